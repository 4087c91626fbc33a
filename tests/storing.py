"""Finished drafts for the tests of the store: words of our own, figures where a test needs them."""

from collections.abc import Sequence

from pipelines.draft import Draft
from pipelines.fingerprint import fingerprint
from pipelines.model import Capture, Document, Figure, Hints, Report, ReportingBody, State, Trust

QINGSHUI = ReportingBody(
    "青水县人民政府", "青水县人民政府", "990101-government-青水县人民政府", "county", "government", "990101"
)
BAIHE = ReportingBody("白河县人民政府", "白河县人民政府", "990102-government-白河县人民政府", "county", "government", "990102")

SENTENCES = (
    "{place}围绕群众关心的事项,全年向社会发布各类信息{n}条",
    "其中通过{place}门户网站发布的信息占到总数的七成以上",
    "各乡镇在便民服务大厅设置了信息查阅的固定窗口和资料架",
    "县档案馆与图书馆继续承担纸质文件的集中陈列和借阅任务",
    "{year}年收到群众书面提出的公开申请{m}件,均在期限内答复",
    "答复的内容以征地补偿和学校招生的政策依据为主要类别",
    "全年没有因为信息公开而引起的行政复议和行政诉讼案件发生",
    "办公室组织两次业务培训,参加的工作人员来自三十个单位",
    "存在的不足是部分单位更新栏目内容不够及时,形式比较单一",
    "下一步将把栏目维护情况列入年终考核并且每个季度通报一次",
    "同时加强对乡镇一级的指导,帮助他们配齐专职的工作人员",
    "财政预算和决算的说明今后将采用图表方式,方便群众阅读",
)


def text_of(place: str = "青水县", year: int = 2020, n: int = 3127, m: int = 14, keep: int = len(SENTENCES)) -> str:
    """A short report; `keep` cuts its end off as a careless re-post does."""
    return "\n".join(f"{words.format(place=place, year=year, n=n, m=m)}。" for words in SENTENCES[:keep])


def draft_of(
    text: str | None = None,
    *,
    url: str | None = "http://www.qingshui.gov.cn/xxgk/2020.html",
    body: ReportingBody | None = QINGSHUI,
    year: int | None = 2020,
    trust: Trust = "official_body",
    title: str = "青水县人民政府2020年政府信息公开工作年度报告",
    published: str | None = "2021-01-25",
    fetched_at: str | None = "2023-05-01T10:00:00+08:00",
    portal: str | None = "qingshui",
    state: State = "report",
    status: int = 200,
    figures: Sequence[Figure] = (),
    bytes_: bytes | None = None,
) -> Draft:
    """What the pure stages would hand to the storing ones."""
    words = text_of() if text is None else text
    capture = Capture(
        words.encode() if bytes_ is None else bytes_,
        url,
        status,
        fetched_at=fetched_at,
        hints=Hints(portal=portal, trust=trust),
    )
    report = Report(url=url, state=state, trust=trust, title=title, published=published, text=words, report_year=year)
    report.reporting_body, report.figures, report.parser_version = body, list(figures), "1.0.0"
    draft = Draft(Document(capture), report, plain=words)
    if state == "report":
        report.page_kind = "annual_report"
        fingerprint(draft)
    return draft


def cell(table: str, row: str, column: str, value: float | None) -> Figure:
    """A cell of a standard table."""
    words = "" if value is None else f"{value:g}"
    return Figure(table, value, "table", words, row, column, stated="blank" if value is None else "printed")
