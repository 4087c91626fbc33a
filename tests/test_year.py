"""The report year and the dates of the report."""

import pytest

from pipelines import apply
from pipelines.draft import Draft
from pipelines.vocabulary import ZERO
from pipelines.year import detect_year
from tests.pages import BODY, judged, paragraphs, portal_page

BASIS = "本报告依据《中华人民共和国政府信息公开条例》(2007年公布)和上级〔2011〕9号文件编制,如有疑问请与县政务公开办公室联系。"
NO_YEAR = tuple(line.replace("2013年,", "").replace("2013年", "") for line in BODY)


def read(title: str, *lines: str, date: str = "", url: str = "http://www.example.gov.cn/c/1.html") -> Draft:
    page = portal_page(paragraphs(*(lines or (BASIS,)), *NO_YEAR), title=title, date=date)
    draft = judged(page, url=url)
    apply(detect_year, draft)
    return draft


@pytest.mark.parametrize("zero", ZERO)
def test_every_character_for_zero_may_stand_in_the_title(zero: str) -> None:
    assert read(f"安乡县二{zero}一{zero}年政府信息公开工作年度报告").report.report_year == 2010


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("安乡县2014年政府信息公开工作年度报告", 2014),
        ("2014年度安乡县政府信息公开工作年度报告", 2014),
        ("深柳镇政府信息公开工作2014年度报告", 2014),
        ("安丰乡人民政府2018度政府信息公开工作年度报告", 2018),
        ("安乡县二〇一四年政府信息公开工作年度报告", 2014),
        ("安乡县二00八年度政府信息公开工作报告", 2008),
        ("安乡县2015政府信息公开工作年度报告", 2015),
        ("安乡县政府信息公开年度报告(2012年)", 2012),
        ("安乡县２０１４年政府信息公开工作年度报告", 2014),
        ("安乡县2016年政府信息公开工作年度报告 2017年3月", 2016),
        ("2017年3月发布:2016年安乡县政府信息公开工作年度报告", 2016),
        ("2016安乡县水利局政府信息公开年度报告", 2016),
        ("2016-安乡县政府信息公开年度报告", 2016),
        ("2O16年安乡县政府信息公开年度报告", 2016),
        ("二○一六年安乡县政府信息公开年度报告", 2016),
        ("安乡县水利局09年度政府信息公开工作年度报告", 2009),
        ("政府信息公开工作年度报告:安乡县2011年", 2011),
        ("安政办函[2013]7号 安乡县2012年政府信息公开工作年度报告", 2012),
        ("安乡县2014年1-12月政府信息公开工作报告", 2014),
        ("安乡县 20 14 年政府信息公开工作年度报告", 2014),
        ("2008年5月-12月安乡县政府信息公开工作年度报告", 2008),
        ("截至2014年12月31日安乡县政府信息公开工作年度报告", 2014),
        ("安乡县政府信息公开工作年度报告(2016.1.1-2016.12.31)", 2016),
        ("安乡县政府信息公开工作报告(2016年1月1日至12月31日)", 2016),
    ],
)
def test_title_years(title: str, year: int) -> None:
    assert read(title).report.report_year == year


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("所列数据的统计期限自2013年1月1日至2013年12月31日。", ("2013-01-01", "2013-12-31")),
        ("统计期限为2022年1月1日-2022年12月31日。", ("2022-01-01", "2022-12-31")),
        ("内容涵盖全县2015年1月1日至12月31日期间的工作。", ("2015-01-01", "2015-12-31")),
        ("数据统计期限自201711日至20171231日止。", ("2017-01-01", "2017-12-31")),
        ("统计数据从自201011日起至20101231日止。", ("2010-01-01", "2010-12-31")),
        ("统计期限自二〇一四年一月一日至二〇一四年十二月三十一日。", ("2014-01-01", "2014-12-31")),
        ("数据统计期限自2008年5月1日至2008年12月31日。", ("2008-05-01", "2008-12-31")),
        ("统计期限自2013年元月1日至12月31日。", ("2013-01-01", "2013-12-31")),
        ("统计期限为2013.1.1—12.31。", ("2013-01-01", "2013-12-31")),
        ("统计期限自二○一三年一月一日至十二月三十一日。", ("2013-01-01", "2013-12-31")),
        ("统计期限为2013年度(1月1日至12月31日)。", ("2013-01-01", "2013-12-31")),
        ("统计数据的时间范围为2013年1-12月。", ("2013-01", "2013-12")),
        ("统计时间从2013年1月1日零时起至2013年12月31日。", ("2013-01-01", "2013-12-31")),
        ("统计期限自20181月1日至201812月31日止。", ("2018-01-01", "2018-12-31")),
    ],
)
def test_periods_decide_without_a_year_in_the_title(sentence: str, period: tuple[str, str]) -> None:
    report = read("安乡县政府信息公开工作年度报告", BASIS + sentence).report
    assert report.period is not None
    assert (report.period.start, report.period.end) == period
    assert report.report_year == int(period[0][:4])
    assert report.evidence["report_year"][0].where == "period"


@pytest.mark.parametrize(
    ("title", "sentence", "code"),
    [
        ("安乡一中2013-2014学年信息公开年度报告", "", "school_year"),
        ("安乡一中2012/2013学年信息公开年度报告", "", "school_year"),
        ("安乡一中2013学年信息公开年度报告", "", "school_year"),
        ("安乡县2010-2012年政府信息公开工作报告", "", "several_years"),
        ("安乡县二〇一〇年至二〇一二年政府信息公开工作报告", "", "several_years"),
        ("安乡县2010、2011年度政府信息公开工作报告", "", "several_years"),
        ("安乡县2013年1—11月政府信息公开工作报告", "", "partial_year"),
        ("安乡县2013年第三季度政府信息公开工作报告", "", "partial_year"),
        ("安乡县2013年上半年政府信息公开工作报告", "", "partial_year"),
        ("某学院信息公开工作年度报告", "所列数据统计期限自2013年9月1日至2014年8月31日。", "school_year"),
        ("安乡县政府信息公开工作年度报告", "所列数据统计期限自2013年1月1日至2013年11月30日。", "partial_year"),
    ],
)
def test_other_spans_are_not_forced_into_a_year(title: str, sentence: str, code: str) -> None:
    report = read(title, BASIS + sentence).report
    assert report.report_year is None
    assert code in [issue.code for issue in report.issues]


def test_a_contradiction_is_told_with_both_sides() -> None:
    sentence = "所列数据的统计期限自2013年1月1日至2013年12月31日。"
    report = read("安乡县2014年政府信息公开工作年度报告", BASIS + sentence).report
    assert report.report_year is None
    issue = next(i for i in report.issues if i.code == "year_conflict")
    assert {side.value for side in issue.sides} == {2013, 2014}


def test_publication_decides_between_two() -> None:
    sentence = "所列数据的统计期限自2013年1月1日至2013年12月31日。"
    report = read(
        "安乡县2014年政府信息公开工作年度报告", BASIS + sentence, "2013年工作稳步推进,2013年共培训两次。", date="2014-03-02"
    ).report
    assert report.report_year == 2013


@pytest.mark.parametrize("year", ["201年", "20114年", "20  年", "近10年"])
def test_a_damaged_year_is_not_guessed(year: str) -> None:
    report = read(f"{year}安乡县政府信息公开工作年度报告").report
    assert report.report_year is None
    assert "year_unknown" in [issue.code for issue in report.issues]


def test_a_page_older_than_the_end_of_its_year_says_so() -> None:
    report = read("安乡县2014年政府信息公开工作年度报告", date="2014-01-25").report
    assert report.report_year is None
    issue = next(i for i in report.issues if i.code == "year_conflict")
    assert "2014-01-25" in issue.message
    assert {side.value for side in issue.sides} == {2014, "2014-01-25"}


def test_its_period_outweighs_an_early_date() -> None:
    sentence = "所列数据的统计期限自2013年1月1日至2013年12月31日。"
    report = read("安乡县2013年政府信息公开工作年度报告", BASIS + sentence, date="2013-03-02").report
    assert report.report_year == 2013
    assert "year_conflict" in [issue.code for issue in report.issues]


def test_the_year_in_the_title_may_be_that_of_publication() -> None:
    sentence = "所列数据的统计期限自2013年1月1日至2013年12月31日。"
    report = read("安乡县2014年政府信息公开工作年度报告", BASIS + sentence, date="2014-03-02").report
    assert report.report_year == 2013


@pytest.mark.parametrize(("lines", "year"), [((), None), (("2012年成立了领导小组,2012年开展了两次培训。",), 2012)])
def test_dates_alone_give_no_year_but_agree_with_the_text(lines: tuple[str, ...], year: int | None) -> None:
    assert read("安乡县政府信息公开工作年度报告", BASIS, *lines, date="2013-03-02").report.report_year == year


def test_the_day_on_which_data_were_closed_names_the_year() -> None:
    report = read("安乡县政府信息公开工作年度报告", BASIS + "数据核定时间点为2022年12月31日。").report
    assert report.report_year == 2022
    assert report.period is not None
    assert (report.period.start, report.period.end) == (None, "2022-12-31")


def test_the_year_of_record_keeping_is_a_rival_that_decides_nothing() -> None:
    report = read("安乡县2014年政府信息公开工作年度报告", url="http://www.example.gov.cn/xxgk/201907/t20190711_22.html").report
    assert report.report_year == 2014
    assert ("path", 2018) in [(evidence.where, evidence.value) for evidence in report.evidence["report_year"]]


def test_a_law_or_a_notice_never_gives_the_year() -> None:
    report = read("安乡县政府信息公开工作年度报告").report
    assert report.report_year is None
    assert "year_unknown" in [issue.code for issue in report.issues]


def test_the_address_of_a_report_module_names_the_year() -> None:
    url = "http://www.example.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area=001&fbtime=2018"
    assert read("安乡县政府信息公开工作年度报告", date="2019-01-20", url=url).report.report_year == 2018


@pytest.mark.parametrize(
    ("line", "signed", "repaired"),
    [
        ("2015年2月15日", "2015-02-15", False),
        ("二〇一五年二月十五日", "2015-02-15", False),
        ("2015215", "2015-02-15", True),
        ("安乡县人民政府 2015年2月15日", "2015-02-15", False),
        ("2015112", None, True),
    ],
)
def test_signatures(line: str, signed: str | None, repaired: bool) -> None:
    page = portal_page(paragraphs(BASIS, *NO_YEAR, "安乡县人民政府办公室", line), title="安乡县2014年政府信息公开工作年度报告")
    draft = judged(page)
    apply(detect_year, draft)
    assert draft.report.signed == signed
    found = next(d for d in draft.report.dates if d.kind == "signed")
    assert found.repaired is repaired
    assert (found.value is None) == (found.candidates == ["2015-01-12", "2015-11-02"])


@pytest.mark.parametrize("names", [(), ("附件：统计表",), ("附：", "政府信息公开情况统计表", "（2014年度）")])
def test_the_signature_stands_before_the_tables_annexed(names: tuple[str, ...]) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>条</td><td>{n * 7}</td></tr>" for n in range(9))
    text = paragraphs(BASIS, *NO_YEAR, "安乡县人民政府办公室", "2015年2月15日", *names) + f"<table>{rows}</table>"
    draft = judged(portal_page(text, title="安乡县2014年政府信息公开工作年度报告"))
    apply(detect_year, draft)
    assert draft.report.signed == "2015-02-15"


def test_a_date_before_a_table_of_the_text_is_no_signature() -> None:
    text = (
        paragraphs(BASIS, *NO_YEAR, "截至2014年11月30日", "各乡镇数量如下。")
        + "<table><tr><td>荷花镇</td><td>7</td></tr></table>"
    )
    draft = judged(portal_page(text, title="安乡县2014年政府信息公开工作年度报告"))
    apply(detect_year, draft)
    assert draft.report.signed is None


def test_figures_to_a_month_are_told() -> None:
    draft = read("安乡县2014年政府信息公开工作年度报告", BASIS, "截止201411月份我镇共公开各类信息86条,其余见附表。")
    issue = next(i for i in draft.report.issues if i.code == "partial_year_figures")
    assert "11月" in issue.sides[0].words
    assert draft.report.report_year == 2014


# --- the address and the page's <title>


@pytest.mark.parametrize(
    ("path", "date", "year"),
    [
        ("xxgk/annual.jsp?unit=sjj&year=2016", "2017-02-18", 2016),
        ("xxgk/list.aspx?ND=2016&id=3", "2017-02-18", 2016),
        ("xxgk/show?nbnd=2016&id=3", "2017-02-18", 2016),
        ("zfxxgk/2016nb/3.html", "2017-02-18", 2016),
        ("zfxxgk/xxgknb2016/3.html", "2017-02-18", 2016),
        ("zfxxgk/ndbg_2016/3.html", "2017-02-18", 2016),
        # A year of publication: neither agrees with the date, nor stands alone.
        ("xxgk/annual.jsp?year=2017", "2017-02-18", None),
        ("xxgk/annual.jsp?year=2016", "", None),
        ("zfxxgk/nb2017/3.html", "2017-02-18", None),
        # No year of a report.
        ("xxgk/annual.jsp?id=2016&catid=2016", "2017-02-18", None),
        ("2016/3.html", "2017-02-18", None),
        ("zfxxgk/nb20161/3.html", "2017-02-18", None),
    ],
)
def test_an_address_that_may_mean_the_report_year_agrees_with_the_date(path: str, date: str, year: int | None) -> None:
    draft = read("安乡县政府信息公开工作年度报告", date=date, url=f"http://www.example.gov.cn/{path}")
    assert draft.report.report_year == year


def test_a_hint_of_the_address_never_outweighs_the_title() -> None:
    draft = read("安乡县2015年政府信息公开年度报告", date="2016-02-01", url="http://www.example.gov.cn/nb2016/1.jsp?year=2016")
    assert draft.report.report_year == 2015


def test_a_title_without_a_year_is_completed_by_the_head_of_the_page() -> None:
    draft = read("工作年度报告")
    assert draft.report.report_year is None
    draft.page_title = "安乡县2014年政府信息公开工作年度报告_安乡县政府网"
    draft.report.issues.clear()
    apply(detect_year, draft)
    assert draft.report.report_year == 2014


# --- dates of posting


def postings(line: str) -> list[tuple[str, str | None]]:
    page = portal_page(paragraphs(BASIS, *NO_YEAR), title="安乡县2013年政府信息公开工作年度报告", date="@@").replace(
        "发布时间：@@", line
    )
    assert line in page
    report = judged(page, url="http://www.example.gov.cn/c/1.html")
    apply(detect_year, report)
    dates = [(date.kind, date.value) for date in report.report.dates if date.kind in ("published", "reposted", "updated")]
    return [("=", report.report.published), *dates]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("转载时间：2015-08-19", [("=", "2015-08-19"), ("reposted", "2015-08-19")]),
        (
            "转载日期：2015-08-19　原发布日期：2014-03-27",
            [("=", "2015-08-19"), ("reposted", "2015-08-19"), ("published", "2014-03-27")],
        ),
        (
            "发布时间：2014-03-27　更新时间：2019-06-08",
            [("=", "2014-03-27"), ("published", "2014-03-27"), ("updated", "2019-06-08")],
        ),
        ("最后更新：2019-06-08", [("=", "2019-06-08"), ("updated", "2019-06-08")]),
        ("发布时间：2014-03-27　更新时间：2014-03-27", [("=", "2014-03-27"), ("published", "2014-03-27")]),
    ],
)
def test_dates_of_reposting_and_of_changes_are_kept_apart(line: str, found: list[tuple[str, str]]) -> None:
    assert postings(line) == found


def test_the_day_of_a_change_is_not_that_of_publication() -> None:
    assert postings("更新时间：2019-06-08　发布时间：2014-03-27")[0] == ("=", "2014-03-27")


def test_a_re_post_says_nothing_of_the_year() -> None:
    page = portal_page(paragraphs(BASIS, *NO_YEAR), title="安乡县政府信息公开工作年度报告", date="2015-03-19")
    told = {}
    for label in ("发布时间", "转载时间"):
        draft = judged(page.replace("发布时间", label), url="http://www.example.gov.cn/nb2014/1.html")
        apply(detect_year, draft)
        told[label] = draft.report.report_year
    assert told == {"发布时间": 2014, "转载时间": None}
