"""Whole pages with the year, the dates and the body that a careful reader takes from them.

Each scenario is a way in which such pages tell, hide or confuse who reports and for which year. The texts are made up; the
bodies and their codes come from identity_bodies.tsv. The same call gives the same pages for ever.

Truth is written as in data/identity_titles.tsv: `A|B` either is right, an empty alternative is null, `*` is not measured.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC

from pipelines.model import Capture, Document, Hints
from tests.corpus import identity_markup as markup
from tests.corpus.identity_markup import HALF, Page

BODIES = Path(__file__).with_name("identity_bodies.tsv")
DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Body:
    """A body that reports, with what a page of its portal shows."""

    title_name: str
    name: str
    code: str
    organ: str
    level: str
    first: str
    last: str
    portal: str
    site: str
    host: str
    unit: str
    pronoun: str
    parent: str
    office: str

    @property
    def formal(self) -> str:
        return self.name.split("|")[0]


@dataclass(slots=True)
class Truth:
    """What a careful reader takes from the page."""

    report_year: str
    published: str
    signed: str
    period: str
    """start/end; empty for none."""
    name: str
    code: str
    organ: str
    level: str
    state: str = "report"
    why: str = ""
    """Why the body or the year cannot be decided."""


@dataclass(frozen=True, slots=True)
class Case:
    """One page with its truth."""

    name: str
    kind: str
    document: Document
    truth: Truth


Scenario = Callable[[Page, Truth, Body, int], None]
SCENARIOS: list[tuple[Scenario, int, str, int | None]] = []
TAGS_TELL = {"body_in_tags_and_column"}
"""Scenarios whose pages say nothing as plain text."""


def scenario(pages: int, organs: str = "", year: int | None = None) -> Callable[[Scenario], Scenario]:
    """Registers a scenario for so many pages, with bodies of the organs named or of all, in one year or in any."""

    def register(change: Scenario) -> Scenario:
        SCENARIOS.append((change, pages, organs, year))
        return change

    return register


def bodies() -> list[Body]:
    lines = [line for line in BODIES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [Body(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def spelled(year: int) -> str:
    """二〇一四"""
    return "".join(DIGITS[int(digit)] for digit in str(year))


# --- the page that a scenario starts from -----------------------------------------------------------------------------

PREFACES = (
    "根据《中华人民共和国政府信息公开条例》和上级关于信息公开工作的部署，现将{pronoun}{year}年政府信息公开工作情况报告如下。",
    "本报告按照《政府信息公开条例》第三十二条的要求编写，内容有总体情况、主动公开情况、申请办理情况、复议诉讼情况、不足与打算。",
    "按照规定，现向社会公布{year}年度政府信息公开工作年度报告，欢迎监督。",
)
PERIODS = (
    "报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "本报告中数据的统计期限为{year}年1月1日至{year}年12月31日。",
    "报告数据的统计期限从{year}年1月1日到{year}年12月31日。",
)
TEXTS = (
    (
        "一、总体情况",
        "{year}年，{pronoun}把群众问得最多的事项列成清单，由专人按月核对更新，并对照2007年国务院公布的《条例》修订了三项内部流程。",
        "二、主动公开政府信息情况",
        "{year}年共主动公开政府信息418条，比上年增加37条，其中机构职能类21条，财政资金类64条，其余为工作动态。",
        "三、依申请公开政府信息情况",
        "全年收到政府信息公开申请6件，均在法定期限内答复，没有收取费用。",
        "四、行政复议和行政诉讼情况",
        "{year}年没有发生因政府信息公开引起的行政复议和行政诉讼案件。",
        "五、存在的不足和下一步打算",
        "栏目更新有时偏慢。{next}年，{pronoun}将按季度通报更新情况，争取在{next}年6月底前完成目录修订。",
    ),
    (
        "一、概述",
        "{pronoun}明确一名负责同志分管信息公开，{year}年3月和9月各组织一次业务学习，共96人次参加。",
        "按照《关于做好信息公开重点工作的通知》（办发〔{year}〕37号）的安排，{pronoun}逐条落实责任。",
        "二、主动公开情况",
        "截至{year}年底，累计在网站发布信息1265条，其中{year}年新增302条，利用公告栏公开45条。",
        "三、申请办理情况",
        "{year}年受理当面申请2件、网上申请3件，已全部办结。",
        "四、复议、诉讼情况",
        "{year}年未收到相关行政复议申请，也没有行政诉讼。",
        "五、主要问题和改进措施",
        "与{last}年相比，公开的深度仍有差距。{next}年将加强人员培训，{next}年一季度制定新的工作方案。",
    ),
    (
        "一、总体情况",
        "{year}年以来，{pronoun}继续完善信息发布的审核程序，做到先审查后公开，全年没有发生失泄密事件。",
        "二、主动公开政府信息的情况",
        "{year}年度公开规划计划类信息12条、人事信息9条、应急信息7条，通过政务微博发布动态230条。",
        "三、依申请公开的情况",
        "未收到公民、法人和其他组织提出的政府信息公开申请。",
        "四、收费及复议诉讼的情况",
        "没有向申请人收取任何费用，也没有因此引起的复议和诉讼。",
        "五、工作中的不足",
        "对照{last}年提出的目标，政策解读的形式还比较单一，今后将多用图表说明。",
    ),
)


def starting_page(body: Body, year: int, turn: int) -> tuple[Page, Truth]:
    """A page on which everything agrees."""
    words = {"year": year, "next": year + 1, "last": year - 1, "pronoun": body.pronoun}
    published = f"{year + 1}-03-{turn % 19 + 10}"
    signed = (year + 1, 2, turn % 17 + 11)
    printed = (
        f"发布时间：{published}",
        f"发布日期：{published} 09:3{turn % 10}",
        f"日期：{year + 1}年3月{published[-2:]}日",
        f"发布时间：{published} 16:0{turn % 10}:27",
    )[turn % 4]
    page = Page(
        title=(
            f"{body.title_name}{year}年政府信息公开工作年度报告",
            f"{year}年{body.title_name}政府信息公开工作年度报告",
            f"{body.title_name}{year}年度政府信息公开年度报告",
            f"{year}年度{body.title_name}政府信息公开工作报告",
        )[turn % 4],
        url=f"http://{body.host}/zwgk/xxgknb/{turn + 100}.html",
        site=body.site,
        lines=[
            (PREFACES[turn % 3] + PERIODS[turn // 2 % 3]).format(**words),
            *(line.format(**words) for line in TEXTS[turn // 3 % 3]),
        ],
        sign=[body.formal, f"{signed[0]}年{signed[1]}月{signed[2]}日"],
        printed=printed,
        portal=body.portal if turn % 2 else None,
        crumbs=["首页", "政务公开", "政府信息公开年报"],
        footer=f"主办：{body.parent}　网站标识码：{body.portal}0012　版权所有 2008-2023",
    )
    if turn % 3 == 0:
        page.meta += [
            ("SiteName", body.site),
            ("SiteIDCode", f"{body.portal}0012"),
            ("ColumnName", "政府信息公开年报"),
            ("ArticleTitle", page.title),
            ("PubDate", f"{published} 09:30"),
        ]
    if turn % 5 == 2:
        page.fields = [
            ("索引号", f"0148{turn:05}/{year + 1}-00{turn % 90 + 10}"),
            ("信息分类", "政府信息公开年报"),
            ("发布机构", body.formal),
            ("发布日期", published),
            ("名称", page.title),
            ("文号", ""),
        ]
    truth = Truth(
        report_year=str(year),
        published=published,
        signed=f"{signed[0]}-{signed[1]:02}-{signed[2]:02}",
        period=f"{year}-01-01/{year}-12-31",
        name=body.name,
        code=body.code,
        organ=body.organ,
        level=body.level,
    )
    return page, truth


# --- what scenarios do ------------------------------------------------------------------------------------------------


def without_year(page: Page, body: Body) -> None:
    """No year in the title."""
    page.title = f"{body.title_name}政府信息公开工作年度报告"
    retell_title(page)


def retell_title(page: Page) -> None:
    """The title of the page in the tags and the catalogue too."""
    page.meta = [(name, page.title if name == "ArticleTitle" else value) for name, value in page.meta]
    page.fields = [(name, page.title if name == "名称" else value) for name, value in page.fields]


def with_period(page: Page, sentence: str) -> None:
    """Another sentence in place of the whole period."""
    first = page.lines[0]
    page.lines[0] = first[: first.index("。") + 1] + sentence


def without_context(page: Page) -> None:
    """Nothing on the page but title and text tells a place."""
    page.site = "政府信息公开平台"
    page.url = "http://www.example.gov.cn/content/31877.html"
    page.portal = None
    page.meta = []
    page.fields = []
    page.source = None
    page.footer = "建议使用1024*768分辨率浏览"


def undated(page: Page, truth: Truth) -> None:
    page.printed = None
    page.meta = [(name, value) for name, value in page.meta if name != "PubDate"]
    page.fields = [(name, value) for name, value in page.fields if name != "发布日期"]
    truth.published = ""


def publish(page: Page, truth: Truth, date: str) -> None:
    """Another date of publication, wherever the page tells it."""
    page.printed = f"发布时间：{date}"
    page.meta = [(name, f"{date} 11:20" if name == "PubDate" else value) for name, value in page.meta]
    page.fields = [(name, date if name == "发布日期" else value) for name, value in page.fields]
    truth.published = date


def undecided(truth: Truth, why: str) -> None:
    truth.code = ""
    truth.why = why


# the year


@scenario(18)
def agreeing(page: Page, truth: Truth, body: Body, year: int) -> None:
    """Everything agrees."""


@scenario(6)
def no_period(page: Page, truth: Truth, body: Body, year: int) -> None:
    with_period(page, "")
    truth.period = ""


@scenario(6)
def period_alone(page: Page, truth: Truth, body: Body, year: int) -> None:
    without_year(page, body)
    with_period(page, f"本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。")


@scenario(6)
def end_without_year(page: Page, truth: Truth, body: Body, year: int) -> None:
    without_year(page, body)
    with_period(page, f"报告中所列数据的统计期限自{year}年1月1日至12月31日。")


@scenario(6)
def digits_lost_from_period(page: Page, truth: Truth, body: Body, year: int) -> None:
    damaged = (f"自{year}11日起至{year}1231日止", f"自{year}年11日至{year}年1231日", f"自{year}1月1日至{year}12月31日止")
    with_period(page, f"统计期限{damaged[year % 3]}。")


@scenario(6)
def damaged_period_alone(page: Page, truth: Truth, body: Body, year: int) -> None:
    without_year(page, body)
    with_period(page, f"报告所列数据的统计期限自{year}11日起至{year}1231日止。")


@scenario(6)
def period_in_other_dress(page: Page, truth: Truth, body: Body, year: int) -> None:
    dress = (
        f"{year}.1.1—{year}.12.31",
        f"{year}-01-01至{year}-12-31",
        f"{spelled(year)}年一月一日至{spelled(year)}年十二月三十一日",
        f"{year}年01月01日－{year}年12月31日",
        f"{spelled(year).replace('〇', '○')}年一月一日到十二月三十一日",
    )
    without_year(page, body)
    with_period(page, f"数据统计期限为{dress[year % 5]}。")


@scenario(4, year=2008)
def first_period_of_the_regulation(page: Page, truth: Truth, body: Body, year: int) -> None:
    with_period(page, f"统计期限从{year}年5月1日起至{year}年12月31日止。")
    truth.period = f"{year}-05-01/{year}-12-31"


@scenario(4)
def period_runs_backwards(page: Page, truth: Truth, body: Body, year: int) -> None:
    with_period(page, f"统计期限自{year}年1月1日起至{year - 1}年12月31日止。")
    truth.period = "*"


@scenario(5)
def period_of_the_year_before(page: Page, truth: Truth, body: Body, year: int) -> None:
    """The old sentence was left in: title, text and publication all say the next year."""
    with_period(page, f"统计期限自{year - 1}年1月1日起至{year - 1}年12月31日止。")
    truth.report_year = f"{year}|"
    truth.period = "*"
    truth.why = "the period contradicts everything else"


@scenario(5)
def title_bears_the_year_of_publication(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.title = f"{body.title_name}{year + 1}年政府信息公开工作年度报告"
    retell_title(page)
    truth.report_year = f"{year}|"
    truth.why = "the title contradicts everything else"


@scenario(5)
def statistics_to_november(page: Page, truth: Truth, body: Body, year: int) -> None:
    with_period(page, f"以下数据统计截至{year}年11月30日。")
    truth.period = "*"


@scenario(5)
def point_in_time(page: Page, truth: Truth, body: Body, year: int) -> None:
    with_period(page, f"报告中的数据核定时间点为{year}年12月31日。")
    truth.period = "*"


@scenario(4, "department government")
def months_of_a_year(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.title = f"{body.title_name}{year}年1—11月政府信息公开工作报告"
    retell_title(page)
    with_period(page, f"统计期限自{year}年1月1日至{year}年11月30日。")
    truth.period = f"{year}-01-01/{year}-11-30"
    truth.report_year = ""
    truth.state = "report|not_a_report"
    truth.name += "|"
    truth.code += "|"
    truth.organ += "|"
    truth.level += "|"
    truth.why = "eleven months are no year"


@scenario(4, "department government")
def first_half(page: Page, truth: Truth, body: Body, year: int) -> None:
    months_of_a_year(page, truth, body, year)
    page.title = f"{body.title_name}政府信息公开工作报告"
    retell_title(page)
    page.printed = f"发布时间：{year}-07-16"
    publish(page, truth, f"{year}-07-16")
    with_period(page, f"统计期限自{year}年1月1日至{year}年6月30日。")
    page.sign[1] = f"{year}年7月10日"
    truth.signed = f"{year}-07-10"
    truth.period = f"{year}-01-01/{year}-06-30"


@scenario(4, "department")
def school_year(page: Page, truth: Truth, body: Body, year: int) -> None:
    school = f"{body.parent.removesuffix('人民政府')}实验中学"
    page.title = f"{school}{year - 1}-{year}学年信息公开年度报告"
    retell_title(page)
    with_period(page, f"统计期限自{year - 1}年9月1日至{year}年8月31日。")
    page.sign[0] = school
    truth.report_year = ""
    truth.period = f"{year - 1}-09-01/{year}-08-31"
    truth.name, truth.organ, truth.level = school, "public_institution", "*"
    truth.why = "a school year is part of two years"


@scenario(3, "government")
def several_years(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.title = f"{body.title_name}{year - 2}年至{year}年政府信息公开工作报告"
    retell_title(page)
    with_period(page, f"统计期限自{year - 2}年1月1日至{year}年12月31日。")
    truth.report_year = ""
    truth.period = f"{year - 2}-01-01/{year}-12-31"
    truth.why = "three years"


@scenario(5)
def old_sentences_and_plans(page: Page, truth: Truth, body: Body, year: int) -> None:
    with_period(page, "")
    page.lines += [
        f"预计{year}年4月网上办事大厅投入使用，届时公开栏目将一并迁移。",
        f"{year + 1}年工作打算：{year + 1}年上半年完成栏目清理，{year + 1}年9月底前开展检查，{year + 1}年12月总结。",
        f"{year + 1}年计划公开信息500条，{year + 1}年内培训4期。",
    ]
    truth.period = ""


@scenario(6)
def laws_and_notices(page: Page, truth: Truth, body: Body, year: int) -> None:
    """The preface names the year once between laws and notices of other years."""
    without_year(page, body)
    page.lines[0] = (
        f"依据2007年4月国务院令第492号公布的《政府信息公开条例》、2008年印发的实施办法和《关于加强信息公开的意见》"
        f"（办发〔{year - 1}〕78号）、《关于编制年度报告的通知》（办函〔{year + 1}〕6号），"
        f"现公布{body.formal}{year}年度政府信息公开工作年度报告。"
    )
    truth.period = ""


@scenario(5)
def sections_and_publication(page: Page, truth: Truth, body: Body, year: int) -> None:
    without_year(page, body)
    words = {"year": year, "next": year + 1, "last": year - 1, "pronoun": body.pronoun}
    page.lines = ["现将有关情况报告如下。", *(line.format(**words) for line in TEXTS[0])]
    truth.period = ""


@scenario(4)
def publication_alone(page: Page, truth: Truth, body: Body, year: int) -> None:
    without_year(page, body)
    page.lines = [
        "一、总体情况",
        f"{body.pronoun}把群众问得最多的事项列成清单，由专人按月核对更新，全年没有发生失泄密事件。",
        "二、主动公开政府信息情况",
        "共主动公开政府信息188条，其中机构职能类21条，其余为工作动态和便民服务信息。",
        "三、依申请公开政府信息情况",
        "没有收到政府信息公开申请，没有收取费用，也没有因此引起的行政复议和行政诉讼。",
    ]
    page.sign = page.sign[:1]
    truth.report_year = ""
    truth.signed = ""
    truth.period = ""
    truth.why = "only the date of publication hints at a year"


@scenario(5)
def posted_again_years_later(page: Page, truth: Truth, body: Body, year: int) -> None:
    publish(page, truth, f"{year + 5}-08-2{year % 10}")


@scenario(5)
def path_years_later(page: Page, truth: Truth, body: Body, year: int) -> None:
    undated(page, truth)
    page.url = f"http://{body.host}/zwgk/nb/{year + 4}06/t{year + 4}0619_41872.html"
    truth.published = f"|{year + 4}-06-19"


@scenario(4)
def year_in_the_address(page: Page, truth: Truth, body: Body, year: int) -> None:
    sections_and_publication(page, truth, body, year)
    page.url = f"http://{body.host}/xxgk/xxgkAnnualReport.jsp?area={body.portal}&fbtime={year}"


@scenario(4)
def published_within_the_year(page: Page, truth: Truth, body: Body, year: int) -> None:
    publish(page, truth, f"{year}-12-29")
    page.sign[1] = f"{year}年12月25日"
    truth.signed = f"{year}-12-25"


@scenario(5)
def spelled_year(page: Page, truth: Truth, body: Body, year: int) -> None:
    dress = (
        spelled(year),
        spelled(year).replace("〇", "○"),
        spelled(year).replace("〇", "0"),
        spelled(year).replace("〇", "零"),
    )
    page.title = f"{body.title_name}{dress[year % 4]}年度政府信息公开工作年度报告"
    retell_title(page)
    with_period(page, "")
    truth.period = ""


# the dates of the sign-off


@scenario(5)
def signed_date_repaired(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.sign[1] = f"{year + 1}215日"
    truth.signed = f"{year + 1}-02-15"


@scenario(5)
def signed_date_of_two_readings(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.sign[1] = f"{year + 1}112日"
    truth.signed = f"|{year + 1}-01-12"


@scenario(5)
def signed_in_characters(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.sign[1] = f"{spelled(year + 1).replace('〇', '○') if year % 2 else spelled(year + 1)}年二月十九日"
    truth.signed = f"{year + 1}-02-19"


@scenario(4)
def signed_on_one_line(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.sign = [f"{body.formal}　{year + 1}年1月8日"]
    truth.signed = f"{year + 1}-01-08"


@scenario(4)
def no_sign_off(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.sign = []
    truth.signed = ""


# the body


def bare_title(page: Page, year: int) -> None:
    page.title = f"{year}年政府信息公开工作年度报告"
    retell_title(page)


@scenario(6, "government department")
def body_in_the_sign_off(page: Page, truth: Truth, body: Body, year: int) -> None:
    bare_title(page, year)


@scenario(5, "department")
def body_in_the_catalogue(page: Page, truth: Truth, body: Body, year: int) -> None:
    bare_title(page, year)
    page.sign = page.sign[1:]
    page.fields = [
        ("索引号", f"01{year}55-6/{year + 1}-0311"),
        ("信息分类", "年度报告"),
        ("发布机构", body.formal),
        ("发布日期", truth.published),
        ("名称", page.title),
        ("主题词", ""),
    ]


@scenario(5, "department")
def body_in_the_preface(page: Page, truth: Truth, body: Body, year: int) -> None:
    bare_title(page, year)
    page.sign = []
    page.fields = []
    truth.signed = ""
    page.lines[0] = f"{body.formal}根据《中华人民共和国政府信息公开条例》，编制了{year}年度政府信息公开工作年度报告。"
    truth.period = ""


@scenario(4, "department")
def body_in_tags_and_column(page: Page, truth: Truth, body: Body, year: int) -> None:
    bare_title(page, year)
    page.sign = page.sign[1:]
    page.fields = []
    page.meta = [("SiteName", body.site), ("SiteIDCode", f"{body.portal}0012"), ("ContentSource", body.formal)]
    page.crumbs = ["首页", "政务公开", "部门信息公开", body.formal, "年度报告"]


@scenario(5, "government")
def compiled_by_the_office(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.lines[0] = f"本报告由{body.office}根据各单位报送的材料编制。" + page.lines[0]
    page.source = body.office


@scenario(4, "government_office")
def office_that_covers_the_government(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.lines[2] = f"{year}年，{body.parent}及其办公室继续推进信息公开，各部门合计公开信息2.1万条，其中办公室公开633条。"


@scenario(5, "government")
def two_signers(page: Page, truth: Truth, body: Body, year: int) -> None:
    place = body.formal.removesuffix("人民政府")
    page.sign = [f"中共{place}委员会", body.formal, page.sign[-1]]


@scenario(6)
def other_site_name(page: Page, truth: Truth, body: Body, year: int) -> None:
    """The template of another city was copied with its tags."""
    page.site = "齐齐哈尔市人民政府"
    page.meta = [("SiteName", "齐齐哈尔市人民政府"), ("SiteDomain", "www.qqhr.gov.cn"), ("ArticleTitle", page.title)]


@scenario(6, "government department")
def host_above(page: Page, truth: Truth, body: Body, year: int) -> None:
    province = body.code[:2] + "0000"
    page.portal = province
    page.url = "http://www.example.gov.cn/sxxx/nb/20871.html"
    page.site = "省人民政府门户网站"
    page.footer = f"网站标识码：{province}0077"
    page.meta = []


@scenario(4, "government")
def later_name_around(page: Page, truth: Truth, body: Body, year: int) -> None:
    """Catalogue and source name today's office of the place."""
    page.fields = [("索引号", f"K{year}-11"), ("发布机构", f"{body.site[: body.site.index('人民')]}人民政府办公室")]
    page.fields += [("发布日期", truth.published), ("名称", page.title)]


@scenario(4, "department")
def later_name_of_a_department(page: Page, truth: Truth, body: Body, year: int) -> None:
    place = body.parent.removesuffix("人民政府")
    page.fields = [
        ("索引号", f"{year}55/{year + 1}-01"),
        ("发布机构", f"{place}综合事务和数据局"),
        ("发布日期", truth.published),
    ]
    page.source = f"{place}综合事务和数据局"


NAMESAKES = (
    ("鼓楼区民政局", "department", "320106 350102 320302 410204", "福州市", "350100", "350102"),
    ("朝阳区人民政府", "government", "110105 220104", "长春市", "220100", "220104"),
    ("长安区审计局", "department", "130102 610116", "石家庄市", "130100", "130102"),
    ("西湖区人民政府", "government", "330106 360103", "南昌市", "360100", "360103"),
    ("白云区教育局", "department", "440111 520113", "贵阳市", "520100", "520113"),
    ("新华区财政局", "department", "130104 130902 410402", "平顶山市", "410400", "410402"),
)


def namesake(page: Page, truth: Truth, body: Body, year: int) -> tuple[str, str, str, str]:
    """A body whose place has namesakes; nothing on the page tells which."""
    without_context(page)
    name, organ, _, city, above, code = NAMESAKES[(year + int(body.code[:6])) % len(NAMESAKES)]
    page.title = f"{name.removesuffix('人民政府')}{year}年政府信息公开工作年度报告"
    page.lines = [line.replace(body.formal, name).replace(body.pronoun, "我区") for line in page.lines]
    page.sign = [name, page.sign[-1]]
    truth.name, truth.organ, truth.level, truth.code = f"{name}|{city}{name}", organ, "county", code
    return name, city, above, code


@scenario(8)
def place_with_namesakes(page: Page, truth: Truth, body: Body, year: int) -> None:
    name, *_ = namesake(page, truth, body, year)
    truth.name = name
    undecided(truth, "several districts bear the name and nothing tells which")


@scenario(5)
def namesake_told_by_the_portal(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.portal = namesake(page, truth, body, year)[2]


@scenario(5)
def namesake_told_by_the_site(page: Page, truth: Truth, body: Body, year: int) -> None:
    _, city, above, _ = namesake(page, truth, body, year)
    page.site = f"{city}人民政府"
    page.meta = [("SiteName", f"{city}人民政府"), ("SiteIDCode", f"{above}0003")]
    page.footer = f"主办：{city}人民政府办公室　网站标识码：{above}0003"


@scenario(5)
def namesake_told_by_the_text(page: Page, truth: Truth, body: Body, year: int) -> None:
    name, city, *_ = namesake(page, truth, body, year)
    page.lines[0] = f"{city}{name}按照规定编制了本报告。" + page.lines[0]
    page.sign[0] = f"{city}{name}"


TOWNS = ("城关镇人民政府", "太平镇人民政府", "新华街道办事处", "城郊乡人民政府", "河西乡人民政府")


@scenario(5)
def town_without_county(page: Page, truth: Truth, body: Body, year: int) -> None:
    name = TOWNS[(year + int(body.code[:6])) % len(TOWNS)]
    without_context(page)
    page.title = f"{name.removesuffix('人民政府')}{year}年政府信息公开工作年度报告"
    page.lines = [line.replace(body.pronoun, "我们") for line in page.lines]
    page.sign[0] = name
    truth.name, truth.organ, truth.level = name, "government", "township"
    undecided(truth, "many towns bear the name")


@scenario(5, "department")
def pronoun_and_nothing_else(page: Page, truth: Truth, body: Body, year: int) -> None:
    without_context(page)
    bare_title(page, year)
    page.sign = page.sign[1:]
    truth.name = truth.organ = truth.level = "*"
    undecided(truth, "no body is named anywhere")


@scenario(4, "department")
def short_name_and_portal(page: Page, truth: Truth, body: Body, year: int) -> None:
    """市财政局 on the site of the city; signed as short."""
    short = body.formal.removeprefix(body.parent.removesuffix("人民政府")[:-1])
    page.title = f"{short}{year}年政府信息公开工作年度报告"
    retell_title(page)
    page.sign[0] = short
    page.fields = []
    page.portal = body.portal
    truth.name = f"{body.name}|{short[1:]}"


@scenario(4, "government department")
def replaced_place_name(page: Page, truth: Truth, body: Body, year: int) -> None:
    """A copy on a stolen domain with the place replaced by a brand."""
    place = body.parent.removesuffix("人民政府")
    without_context(page)
    page.url = "http://www.lecaiba88.com/zwgk/201.html"
    page.site = "金彩体育"
    page.title = f"金彩体育{year}年政府信息公开工作年度报告"
    page.lines = [line.replace(place, "金彩体育") for line in page.lines]
    page.sign[0] = "金彩体育"
    truth.name = truth.organ = truth.level = "*"
    undecided(truth, "the place was replaced")


@scenario(4, "department")
def like_a_letter(page: Page, truth: Truth, body: Body, year: int) -> None:
    page.title = f"{body.title_name}关于{year}年度政府信息公开工作情况的报告"
    retell_title(page)
    page.lines.insert(0, f"{body.parent}：")


@scenario(5, "government department")
def traditional(page: Page, truth: Truth, body: Body, year: int) -> None:
    """Converted below, when the page is written."""


NOTICES = (
    (
        "关于做好{year}年度政府信息公开工作年度报告编制工作的通知",
        "各镇人民政府，各部门：",
        "请于{next}年1月20日前将本单位{year}年度报告报送办公室。",
    ),
    (
        "{name}政府信息公开年度报告制度",
        "第一条 为规范年度报告的编制，制定本制度。",
        "第二条 各单位应当于每年3月31日前公布上一年度的报告。",
    ),
    (
        "{name}{year}年政务公开工作总结",
        "一年来，我们围绕重点工作抓公开，现总结如下。",
        "一是健全机制，二是拓宽渠道，三是强化监督。",
    ),
)


@scenario(6, "government department")
def no_report(page: Page, truth: Truth, body: Body, year: int) -> None:
    """Notices, rules and summaries in the column of the reports."""
    title, *lines = (
        text.format(year=year, next=year + 1, name=body.title_name)
        for text in NOTICES[(year + int(body.code[:6])) % len(NOTICES)]
    )
    page.title = title
    retell_title(page)
    page.lines = [
        *lines,
        "编制内容应当包括主动公开、依申请公开、收费、复议诉讼等方面，数据要准确，文字要简洁，逾期未报的予以通报。",
    ]
    for name in ("report_year", "name", "code", "organ", "level", "period", "signed"):
        setattr(truth, name, "" if name not in ("period", "signed") else "*")
    truth.published = "*"
    truth.state = "not_a_report"


# --- the pages --------------------------------------------------------------------------------------------------------


def cases() -> Iterator[Case]:
    """Every page with its truth, in the same order each time."""
    traditional_of = OpenCC("s2t").convert
    everyone = bodies()
    turn = 0
    for change, count, organs, only in SCENARIOS:
        kind = change.__name__
        able = [body for body in everyone if not organs or body.organ in organs.split()]
        able = [body for body in able if only is None or int(body.first) <= only <= int(body.last)]
        for number in range(count):
            body = able[(number * 5 + turn // 3) % len(able)]
            years = range(int(body.first), int(body.last) + 1)
            year = only or years[(turn * 3 + number) % len(years)]
            page, truth = starting_page(body, year, turn)
            change(page, truth, body, year)
            as_text = turn % 7 == 6 and kind not in TAGS_TELL
            write = markup.plain if as_text else markup.HTML[turn % len(markup.HTML)]
            if as_text:
                tell_in_text(page, truth)
            written = write(page)
            if turn % 9 == 4:
                written = written.translate(HALF)
            if kind == "traditional":
                written = traditional_of(written)
            headers = {"content-type": "text/plain; charset=utf-8" if as_text else "text/html; charset=utf-8"}
            capture = Capture(written.encode(), page.url, 200, headers, hints=Hints(division=page.portal))
            yield Case(f"{kind}-{number}", kind, Document(capture), truth)
            turn += 1


def tell_in_text(page: Page, truth: Truth) -> None:
    """Plain text has neither tags nor crumbs nor footer: what only they told, the portal tells."""
    if page.meta or page.footer:
        code = next((value[:6] for name, value in page.meta if name == "SiteIDCode"), None)
        page.portal = page.portal or code
