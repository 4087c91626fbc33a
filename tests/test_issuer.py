"""The reporting body: right, or honestly open; and who compiled, published and signed."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.draft import Block, Cut, Draft
from pipelines.issuer import detect_issuer
from pipelines.model import Capture, Document, Hints, Issue, Report
from pipelines.script import set_plain

DATA = Path(__file__).parent / "data" / "issuers.tsv"


def rows() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t"))


def draft_of(
    title: str,
    *lines: str,
    year: int | None = None,
    published: str | None = None,
    portal: str | None = None,
    metadata: dict[str, str | None] | None = None,
    meta: dict[str, list[str]] | None = None,
    breadcrumb: list[str] | None = None,
    url: str | None = None,
) -> Draft:
    """A draft as the earlier stages leave it."""
    report = Report(title=title, report_year=year, published=published, text="\n".join(lines), metadata=metadata or {})
    draft = Draft(Document(Capture(b"", url, hints=Hints(division=portal))), report)
    draft.blocks = [Block("paragraph", line) for line in lines]
    draft.meta = meta or {}
    draft.breadcrumb = breadcrumb or []
    set_plain(draft)
    return draft


def detected(draft: Draft) -> Report:
    detect_issuer(draft)
    return draft.report


def issues(report: Report, code: str) -> list[Issue]:
    return [issue for issue in report.issues if issue.code == code]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['title']} {row['portal']} {row['publisher']}".strip())
def test_titles(row: dict[str, str]) -> None:
    metadata: dict[str, str | None] = {"publisher": row["publisher"]} if row["publisher"] else {}
    report = detected(draft_of(row["title"], year=int(row["year"]), portal=row["portal"] or None, metadata=metadata))
    body = report.reporting_body
    if row["code"] == "-":
        assert body is None
        assert issues(report, "issuer_unknown")
        return
    assert body is not None
    assert (body.name, body.organ, body.division_code or "") == (row["name"], row["organ"], row["code"].strip("?"))
    if row["code"] == "?":
        assert body.id is None
    else:
        assert body.id == f"{row['code'] or 'cn'}:{row['organ']}:{row['name']}"


def test_a_place_in_the_title_is_its_government_and_keeps_what_is_printed() -> None:
    body = detected(draft_of("东乡县2021年政府信息公开工作年度报告", year=2021)).reporting_body
    assert body is not None
    assert (body.name, body.as_printed) == ("东乡族自治县人民政府", "东乡县")
    assert (body.level, body.division_name) == ("county", "甘肃省临夏回族自治州东乡族自治县")


def test_a_traditional_title_is_read_in_simplified_and_printed_as_it_was() -> None:
    body = detected(draft_of("雲浮市人民政府辦公室2015年政府信息公開工作年度報告", year=2015)).reporting_body
    assert body is not None
    assert (body.name, body.as_printed, body.organ) == (
        "云浮市人民政府办公室",
        "雲浮市人民政府辦公室",
        "government_office",
    )


def test_the_catalogue_decides_between_towns_of_one_name_and_its_later_name_is_said() -> None:
    report = detected(
        draft_of(
            "荷花镇政府信息公开工作2014年度报告",
            "本报告由荷花镇人民政府编制。",
            "中共荷花镇委员会",
            "荷花镇人民政府",
            "2015年2月10日",
            year=2014,
            metadata={"publisher": "腾冲市荷花镇"},
        )
    )
    body = report.reporting_body
    assert body is not None
    assert (body.division_code, body.division_code_now, body.level) == ("530522111", "530581111", "township")
    assert body.division_name == "云南省保山市腾冲县荷花镇"
    (issue,) = issues(report, "division_name_newer")
    assert "腾冲市" in issue.message
    assert "腾冲县" in issue.message
    assert [signer.name for signer in report.signed_by] == ["中共荷花镇委员会", "荷花镇人民政府"]
    assert {signer.code for signer in report.signed_by} == {"530522111"}
    assert report.compiled_by is not None
    assert (report.compiled_by.name, report.compiled_by.code) == ("荷花镇人民政府", "530522111")


def test_an_ambiguous_place_stays_open_with_its_candidates() -> None:
    report = detected(draft_of("鼓楼区2020年政府信息公开工作年度报告", year=2020))
    body = report.reporting_body
    assert body is not None
    assert (body.division_code, body.id, body.confidence, body.level) == (None, None, "ambiguous", "county")
    assert [candidate.code for candidate in body.candidates] == ["320106", "320302", "350102", "410204"]
    assert body.candidates[2].name == "福建省福州市鼓楼区"
    assert len(issues(report, "ambiguous_place")) == 1


@pytest.mark.parametrize(
    ("lines", "meta"),
    [
        (["福州市鼓楼区认真落实福州市的部署。"], {}),
        (["如有疑问，请与福州市鼓楼区人民政府办公室联系（地址：津泰路）。"], {}),
        ([""], {"siteidcode": ["3501020011"]}),
        ([""], {"siteidcode": ["3501020011\n"]}),
        ([""], {"sitename": ["福州市鼓楼区人民政府门户网站"]}),
        ([""], {"contentsource": ["福州市鼓楼区人民政府"]}),
    ],
)
def test_the_page_decides_between_districts_of_one_name(lines: list[str], meta: dict[str, list[str]]) -> None:
    body = detected(draft_of("鼓楼区2020年政府信息公开工作年度报告", *lines, year=2020, meta=meta)).reporting_body
    assert body is not None
    assert body.division_code == "350102"


def test_a_government_whose_report_its_office_compiled_is_the_government() -> None:
    report = detected(draft_of("攸县2016年政府信息公开年度报告", "本报告由攸县人民政府办公室编制。", year=2016))
    assert report.reporting_body is not None
    assert report.reporting_body.organ == "government"
    assert report.compiled_by is not None
    assert report.compiled_by.name == "攸县人民政府办公室"


@pytest.mark.parametrize(
    "lines",
    [
        ["本报告由攸县人民政府办公室汇总编制。", "2016年公开有序，网站改版。"],
        ["本报告由攸县人民政府办公室编制。", "2016年，全县各部门公开信息有序，我县政府网站改版。"],
    ],
)
def test_what_an_office_compiled_of_the_county_is_the_government_s(lines: list[str]) -> None:
    report = detected(draft_of("2016年政府信息公开工作年度报告", *lines, year=2016))
    assert report.reporting_body is not None
    assert report.reporting_body.name == "攸县人民政府"
    assert report.compiled_by is not None
    assert report.compiled_by.name == "攸县人民政府办公室"


def test_an_office_as_publisher_of_a_report_on_the_county_is_not_its_body() -> None:
    text = "2016年，全县各部门公开信息有序，我县政府网站改版。"
    report = detected(draft_of("2016年政府信息公开年度报告", text, year=2016, metadata={"publisher": "攸县人民政府办公室"}))
    assert report.reporting_body is not None
    assert report.reporting_body.name == "攸县人民政府"
    assert report.published_by is not None
    assert report.published_by.name == "攸县人民政府办公室"


def test_an_office_that_reports_on_itself_and_the_government_says_so() -> None:
    report = detected(
        draft_of(
            "云浮市人民政府办公室2012年政府信息公开年度报告",
            "现公布云浮市人民政府及其办公室2012年度的情况。",
            year=2012,
        )
    )
    assert report.reporting_body is not None
    assert report.reporting_body.organ == "government_office"
    assert len(issues(report, "covers_government")) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("本报告由县政府办公室编制。", "攸县人民政府办公室"),
        ("年报由攸县人民政府办公室负责编制，全文如下。", "攸县人民政府办公室"),
        ("编制单位：攸县行政审批服务局", "攸县行政审批服务局"),
        ("本报告由攸县人民政府办公室汇总编制。", "攸县人民政府办公室"),
        ("攸县人民政府办公室综合整理编写了本报告。", "攸县人民政府办公室"),
    ],
)
def test_the_compiler_is_named_in_full(text: str, name: str) -> None:
    report = detected(draft_of("攸县2018年政府信息公开工作年度报告", text, year=2018))
    assert report.compiled_by is not None
    assert (report.compiled_by.name, report.compiled_by.code) == (name, "430223")


@pytest.mark.parametrize("text", ["本报告由本机关编制。", "全文由概述等部分组成。", "问题由多方面原因编制不足造成。"])
def test_no_compiler_is_made_of_other_words(text: str) -> None:
    assert detected(draft_of("攸县2018年政府信息公开工作年度报告", text, year=2018)).compiled_by is None


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["攸县教育局", "2019年1月20日"], ["攸县教育局"]),
        (["攸县教育局2019年1月20日"], ["攸县教育局"]),
        (["中共攸县委员会  攸县人民政府", "二〇一九年一月二十日"], ["中共攸县委员会", "攸县人民政府"]),
        (["下一步打算", "继续加强学习"], []),
        (["我们将继续努力，推动攸县教育局工作再上台阶。"], []),
        (["附件：统计表"], []),
    ],
)
def test_only_a_bodys_name_signs(lines: list[str], names: list[str]) -> None:
    report = detected(draft_of("攸县教育局2018年政府信息公开年度报告", "一、概述。", *lines, year=2018))
    assert [signer.name for signer in report.signed_by] == names


def test_another_bureau_in_the_catalogue_is_a_contradiction() -> None:
    draft = draft_of("攸县财政局2018年政府信息公开年度报告", year=2018, metadata={"publisher": "攸县水利局"})
    report = detected(draft)
    assert report.reporting_body is not None
    assert report.reporting_body.name == "攸县财政局"
    (issue,) = issues(report, "issuer_conflict")
    assert {side.value for side in issue.sides} == {"攸县财政局", "攸县水利局"}


@pytest.mark.parametrize("publisher", ["安岳县教育和体育局", "安岳县人民政府办公室", "资阳市人民政府", "安岳县"])
def test_a_renamed_bureau_and_a_parent_are_no_contradiction(publisher: str) -> None:
    report = detected(draft_of("安岳县教育局2016年政府信息公开年度报告", year=2016, metadata={"publisher": publisher}))
    assert issues(report, "issuer_conflict") == []


def test_a_publisher_of_another_place_is_a_contradiction() -> None:
    report = detected(draft_of("攸县2018年政府信息公开年度报告", year=2018, metadata={"publisher": "美姑县人民政府"}))
    assert report.reporting_body is not None
    assert report.reporting_body.confidence == "conflicting"
    assert len(issues(report, "issuer_conflict")) == 1


def test_a_foreign_place_in_the_preamble_is_said() -> None:
    report = detected(
        draft_of(
            "攸县2018年政府信息公开年度报告",
            "美姑县人民政府2018年政府信息公开工作年度报告根据条例编制。",
            year=2018,
        )
    )
    (issue,) = issues(report, "foreign_place")
    assert "美姑县" in issue.message


def test_a_pronoun_is_resolved_from_the_page() -> None:
    report = detected(draft_of("我局2018年政府信息公开年度报告", "一、概述。", "攸县水利局", "2019年1月9日", year=2018))
    assert report.reporting_body is not None
    assert report.reporting_body.name == "攸县水利局"


def test_without_a_report_year_the_publication_year_tells_the_state() -> None:
    report = detected(draft_of("腾冲县政府信息公开年度报告", published="2014-03-20"))
    assert report.reporting_body is not None
    assert (report.reporting_body.division_code, report.reporting_body.division_code_now) == ("530522", "530581")


def test_the_evidence_names_the_winner_first_and_its_rivals() -> None:
    text = "本报告由攸县人民政府办公室编制。"
    report = detected(draft_of("攸县2018年政府信息公开年度报告", text, year=2018, metadata={"publisher": "攸县政府办"}))
    found = report.evidence["reporting_body"]
    assert [(evidence.where, evidence.value) for evidence in found] == [
        ("title", "攸县人民政府"),
        ("metadata", "攸县人民政府办公室"),
        ("preamble", "攸县人民政府办公室"),
    ]
    preamble = found[2]
    assert report.text[preamble.start : preamble.end] == "攸县人民政府办公室"


def test_agreeing_sources_make_it_certain() -> None:
    alone = detected(draft_of("攸县2018年政府信息公开年度报告", year=2018)).reporting_body
    agreed = detected(
        draft_of("攸县2018年政府信息公开年度报告", year=2018, metadata={"publisher": "攸县人民政府"})
    ).reporting_body
    assert alone is not None
    assert agreed is not None
    assert (alone.confidence, agreed.confidence) == ("supported", "certain")


def test_a_tag_that_names_another_body_than_the_title_is_a_contradiction() -> None:
    meta = {"articletitle": ["美姑县2018年政府信息公开工作年度报告"]}
    report = detected(draft_of("攸县2018年政府信息公开工作年度报告", year=2018, meta=meta))
    (issue,) = issues(report, "issuer_conflict")
    assert {side.value for side in issue.sides} == {"攸县人民政府", "美姑县人民政府"}


@pytest.mark.parametrize("line", ["收藏本站", "关闭窗口", "打印本页", "武昌区", "相关链接", "网站地图"])
def test_furniture_at_the_end_does_not_sign(line: str) -> None:
    assert detected(draft_of("攸县2018年政府信息公开工作年度报告", "一、概述。", line, year=2018)).signed_by == []


def test_a_notice_that_the_preamble_cites_is_not_the_body() -> None:
    text = "根据《四川省人民政府办公厅关于做好2018年政府信息公开年度报告编制工作的通知》要求，编制本报告。"
    report = detected(draft_of("2018年政府信息公开工作年度报告", text, year=2018, metadata={"publisher": "美姑县教育局"}))
    assert report.reporting_body is not None
    assert report.reporting_body.name == "美姑县教育局"
    assert issues(report, "foreign_place") == []


@pytest.mark.parametrize(
    "text",
    [
        "现公布攸县审计局2018年政府信息公开工作年度报告。",
        "根据条例，特向社会公布2018年度攸县审计局政府信息公开年度报告。",
        "现发布《攸县审计局2018年政府信息公开工作年度报告》。",
    ],
)
def test_the_preamble_names_the_body_where_the_title_does_not(text: str) -> None:
    report = detected(draft_of("2018年政府信息公开工作年度报告", text, year=2018))
    assert report.reporting_body is not None
    assert (report.reporting_body.name, report.reporting_body.division_code) == ("攸县审计局", "430223")


def test_one_place_that_the_text_visits_does_not_decide_an_ambiguous_name() -> None:
    report = detected(draft_of("鼓楼区2020年政府信息公开工作年度报告", "赴南京市学习经验。", year=2020))
    assert report.reporting_body is not None
    assert report.reporting_body.confidence == "ambiguous"


@pytest.mark.parametrize(
    ("text", "portal", "name"),
    [
        ("2018年，我县重视公开工作，全县各部门落实责任。", "430223", "攸县人民政府"),
        ("2018年，我局重视公开工作。", "430223", None),
        ("2018年，我镇重视公开工作。", "430223", None),
        ("2018年，我县重视公开工作。", None, None),
    ],
)
def test_what_the_text_calls_its_own_is_resolved_from_the_portal_only(text: str, portal: str | None, name: str | None) -> None:
    body = detected(draft_of("2018年政府信息公开工作年度报告", text, year=2018, portal=portal)).reporting_body
    assert (body.name if body else None) == name
    if body is not None:
        assert body.confidence in ("weak", "certain")


def test_a_report_on_the_portal_of_another_place_is_said() -> None:
    report = detected(draft_of("攸县2018年政府信息公开工作年度报告", year=2018, portal="513400"))
    assert len(issues(report, "foreign_place")) == 1
    assert report.reporting_body is not None
    assert report.reporting_body.division_code == "430223"


WORDS = "攸县 东乡县 荷花镇 上海 鼓楼区 凉山州 人民 政府 信息公开 年度报告 办公室 教育局 2014年 由 编制 请与 联系 中共"
MARKS = "委员会 ( ) 《 》 。 市 我局 我县 雲浮 國家稅務總局 管委会 街道 - 、"
PIECES = st.sampled_from([*WORDS.split(), *MARKS.split(), "\n", " "])


@given(
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=6).map("".join),
    st.sampled_from([None, 1999, 2014, 2016, 2030]),
)
def test_any_words_at_all_leave_a_consistent_record(title: str, text: str, publisher: str, year: int | None) -> None:
    report = detected(draft_of(title, text, year=year, metadata={"publisher": publisher}, meta={"siteidcode": [title]}))
    body = report.reporting_body
    if body is None:
        assert issues(report, "issuer_unknown")
        return
    assert body.name
    assert report.evidence["reporting_body"][0].value == body.name
    assert not (body.candidates and body.division_code)
    assert (body.division_code is None) == (body.division_name is None)
    for evidence in (e for found in report.evidence.values() for e in found if e.start is not None):
        assert report.text[evidence.start : evidence.end] == evidence.words


def test_a_brand_in_the_place_of_the_body_is_said() -> None:
    text = "本报告由攸县人民政府办公室编制，全县公开信息有序，我县网站改版。"
    report = detected(draft_of("2018年大满贯娱乐政府信息公开工作年度报告", text, year=2018))
    (issue,) = issues(report, "title_names_no_body")
    assert "大满贯娱乐" in issue.message
    assert report.reporting_body is not None
    assert (report.reporting_body.name, report.reporting_body.confidence) == ("攸县人民政府", "weak")


@pytest.mark.parametrize("title", ["2018年政府信息公开工作年度报告", "我局2018年政府信息公开年报", "关于2018年政务公开的报告"])
def test_a_title_without_a_name_is_nothing_strange(title: str) -> None:
    report = detected(draft_of(title, year=2018, metadata={"publisher": "攸县教育局"}))
    assert issues(report, "title_names_no_body") == []


@pytest.mark.parametrize(
    ("lines", "metadata", "meta", "name"),
    [
        (["攸县审计局", "2019年1月9日"], {"source": "攸县人民政府"}, {}, "攸县审计局"),
        (["中共攸县委员会", "攸县人民政府"], {}, {}, "攸县人民政府"),
        ([], {"publisher": "教育局"}, {"contentsource": ["攸县人民政府"]}, "攸县教育局"),
        ([], {"publisher": "县教育局", "source": "湖南省攸县"}, {}, "攸县教育局"),
        ([], {"publisher": "攸县人民政府门户网站"}, {}, "攸县人民政府"),
    ],
)
def test_without_a_name_in_the_title_the_rest_of_the_page_names_the_body(
    lines: list[str], metadata: dict[str, str | None], meta: dict[str, list[str]], name: str
) -> None:
    draft = draft_of("2018年政府信息公开工作年度报告", "一、概述。", *lines, year=2018, metadata=metadata, meta=meta)
    body = detected(draft).reporting_body
    assert body is not None
    assert (body.name, body.division_code) == (name, "430223")


# --- branch offices, zones, pages that leave the body to their surroundings


@pytest.mark.parametrize(
    ("title", "portal", "code", "name"),
    [
        ("株洲市公安局天元分局2015年政府信息公开年报", None, "430211", "株洲市公安局天元分局"),
        ("重庆市公安局渝北区分局2016年政府信息公开年报", None, "500112", "重庆市公安局渝北区分局"),
        ("台州市生态环境局临海分局2020年政府信息公开年报", None, "331082", "台州市生态环境局临海分局"),
        ("长沙市公安局交通警察支队岳麓大队2017年信息公开年报", None, "430104", "长沙市公安局交通警察支队岳麓大队"),
        # Named after no place, after a place of another city, after the city itself.
        ("漳州市公安局龙文分局蓝田派出所2017年信息公开年报", None, "350603", "漳州市公安局龙文分局蓝田派出所"),
        ("湛江市公安局开发区分局2016年政府信息公开年报", None, "440800", "湛江市公安局开发区分局"),
        ("株洲市公安局武侯分局2015年政府信息公开年报", None, "430200", "株洲市公安局武侯分局"),
        ("株洲市公安局直属分局2015年政府信息公开年报", None, "430200", "株洲市公安局直属分局"),
        # The city is the portal's, or the county's portal stands for it.
        ("公安局天元分局2015年政府信息公开年报", "430200", "430211", "株洲市公安局天元分局"),
        ("公安局天元分局2015年政府信息公开年报", "430211", "430211", "株洲市公安局天元分局"),
        ("公安分局2015年政府信息公开年报", "430211", "430211", "天元区公安分局"),
    ],
)
def test_a_branch_office_is_where_its_name_says(title: str, portal: str | None, code: str, name: str) -> None:
    body = detected(draft_of(title, year=int(re.findall(r"20\d\d", title)[0]), portal=portal)).reporting_body
    assert body is not None
    assert (body.division_code, body.name) == (code, name)


@pytest.mark.parametrize(
    ("title", "year", "code", "name"),
    [
        ("陕西省西咸新区开发建设管理委员会", 2014, "610000", "陕西省西咸新区开发建设管理委员会"),
        ("陕西省西咸新区开发建设管理委员会", 2018, "610100", "陕西省西咸新区开发建设管理委员会"),
        ("河北雄安新区管委会", 2021, "130000", "河北雄安新区管理委员会"),
        ("兰州新区财政局", 2018, "620100", "兰州新区财政局"),
        ("天府新区眉山管委会", 2019, "511400", "天府新区眉山管理委员会"),
        ("宿迁市湖滨新区管委会", 2015, "321300", "宿迁市湖滨新区管理委员会"),
    ],
)
def test_a_zone_is_tied_to_the_division_that_runs_it_and_keeps_its_name(title: str, year: int, code: str, name: str) -> None:
    report = detected(draft_of(f"{title}{year}年政府信息公开年报", year=year))
    body = report.reporting_body
    assert body is not None
    assert (body.division_code, body.name) == (code, name)
    tied = [evidence for evidence in report.evidence["reporting_body"] if evidence.where == "gazetteer"]
    assert [evidence.value for evidence in tied] == [code]
    assert "no code of its own" in tied[0].words


def test_a_district_that_is_a_new_area_has_its_own_code() -> None:
    report = detected(draft_of("上海市浦东新区2015年政府信息公开年报", year=2015))
    assert report.reporting_body is not None
    assert report.reporting_body.division_code == "310115"
    assert not [evidence for evidence in report.evidence["reporting_body"] if evidence.where == "gazetteer"]


def test_a_town_of_beijing_keeps_its_name_though_its_division_is_an_area() -> None:
    body = detected(draft_of("雁栖镇2016年政府信息公开年报", year=2016, portal="110116")).reporting_body
    assert body is not None
    assert (body.name, body.division_code) == ("雁栖镇人民政府", "110116004")


@pytest.mark.parametrize(
    ("breadcrumb", "portal", "name"),
    [
        (["首页", "乡镇信息公开", "横山镇", "年度报告"], "361103", "横山镇人民政府"),
        (["首页 -", "部门 -", "水利局 -", "年度报告"], "361103", "广丰区水利局"),
        (["首页", "县区", "广丰区", "年度报告"], "361100", "广丰区人民政府"),
        (["广丰区人民政府", "政府信息公开"], "361103", None),  # the portal's own name says whose site it is, not whose report
    ],
)
def test_a_title_that_says_only_we_is_told_by_its_column(breadcrumb: list[str], portal: str, name: str | None) -> None:
    body = detected(draft_of("我单位2017年政府信息公开年报", year=2017, portal=portal, breadcrumb=breadcrumb)).reporting_body
    assert (body.name if body else None) == name


def test_a_title_that_lost_its_first_line_is_completed_by_the_head_of_the_page() -> None:
    draft = draft_of("工作年度报告", year=2014)
    draft.page_title = "梅河口市环境保护局2014年政府信息公开工作年度报告_梅河口市政府网"
    body = detected(draft).reporting_body
    assert body is not None
    assert body.name == "梅河口市环境保护局"


def test_the_head_of_a_page_that_is_a_columns_names_no_body() -> None:
    draft = draft_of("2014年度信息公开年报", "教育局", "2015年3月1日", year=2014, portal="220581")
    draft.page_title = "政府信息公开年报-梅河口市人民政府"
    body = detected(draft).reporting_body
    assert body is not None
    assert body.name == "梅河口市教育局"


def test_the_government_whose_orders_a_report_follows_tells_which_place_is_meant() -> None:
    line = "按照临沂市政府办公室的统一部署，编制本报告，并组织人员到天津市考察。"
    body = detected(draft_of("河东区2014年政府信息公开年报", line, year=2014)).reporting_body
    assert body is not None
    assert body.division_code == "371312"


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("濉溪县临涣镇人民政府", "临涣镇人民政府"),
        ("濉溪县教育局", "濉溪县教育局"),
        ("濉溪县人民政府", None),  # the portal's own name, as a page's head has it
        ("政府信息公开", None),
        ("教育局", None),
    ],
)
def test_a_line_above_the_title_names_the_body(above: str, name: str | None) -> None:
    draft = draft_of("2016年政府信息公开工作年度报告", year=2016, portal="340621")
    draft.cut = [Cut("首页", "page tools"), Cut(above, "before the article"), Cut("2016年政府信息公开", "before the article")]
    body = detected(draft).reporting_body
    assert (body.name if body else None) == name


def test_a_street_that_the_site_s_district_is_not_known_to_have_is_none_of_its_namesakes() -> None:
    draft = draft_of("集贤街道办事处2012年度政府信息公开工作年度报告", year=2012)
    draft.page_title = "集贤街道办事处2012年度政府信息公开工作年度报告-大连市西岗区人民政府"
    body = detected(draft).reporting_body
    assert body is not None
    assert (body.name, body.division_code, body.candidates) == ("集贤街道办事处", None, [])


@pytest.mark.parametrize(
    ("site", "name", "code"),
    [("攸县人民政府", "攸县教育局", "430223"), ("攸县政府网", "攸县教育局", "430223"), ("教育在线", None, None)],
)
def test_the_title_element_says_whose_site_it_is(site: str, name: str | None, code: str | None) -> None:
    draft = draft_of("县教育局2012年政府信息公开工作年度报告", year=2012)
    draft.page_title = f"县教育局2012年政府信息公开工作年度报告_{site}"
    body = detected(draft).reporting_body
    assert (body.division_code if body else None) == code
    if name:
        assert body is not None
        assert body.name == name


def test_the_government_of_the_site_is_not_the_body_of_a_page_that_names_none() -> None:
    draft = draft_of("2012年政府信息公开工作年度报告", "本局公开信息12条。", year=2012)
    draft.page_title = "信息公开年报-攸县人民政府"
    assert detected(draft).reporting_body is None


def test_the_office_of_a_prefecture_that_is_called_area_is_named_once() -> None:
    draft = draft_of("大兴安岭地区水务局2009年政府信息公开工作年度报告", year=2009, metadata={"publisher": "地区水务局"})
    named = detected(draft).published_by
    assert named is not None
    assert (named.name, named.code) == ("大兴安岭地区水务局", "232700")
