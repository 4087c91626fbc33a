"""Figures in sentences: each metric's examples and counter-examples, negations, parts, and what only looks like a figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines import vocabulary
from pipelines.draft import Block, BlockKind, Draft
from pipelines.model import Capture, Document, Figure, Section
from pipelines.prose.metrics import load_metrics
from pipelines.prose.quantities import chinese_number, find_quantities, printed
from pipelines.prose.reading import read_sentences
from pipelines.script import set_plain

METRICS = vocabulary.toml("metrics.toml")["metrics"]
CODEBOOK = Path(__file__).parents[2] / "shared" / "codebook" / "prose_metrics.json"


def draft_of(*lines: str, year: int | None = 2016, tables: tuple[int, ...] = ()) -> Draft:
    """A draft whose blocks are the lines; those at the places in `tables` are tables."""
    draft = Draft(Document(Capture(b"")))
    start = 0
    for index, line in enumerate(lines):
        kind: BlockKind = "table" if index in tables else "paragraph"
        draft.blocks.append(Block(kind, line, start=start, end=start + len(line)))
        start += len(line) + 1
    draft.report.text = "\n".join(lines)
    draft.report.report_year = year
    set_plain(draft)
    return draft


def figures(*lines: str, year: int | None = 2016) -> list[Figure]:
    return read_sentences(draft_of(*lines, year=year))


def plain_values(metric: str, *lines: str, year: int | None = 2016) -> list[int | float | None]:
    return [figure.value for figure in figures(*lines, year=year) if figure.metric == metric and not figure.part_of]


def zeros(text: str) -> set[str]:
    return {figure.metric for figure in figures(text) if figure.value == 0}


def examples() -> list[object]:
    return [
        pytest.param(name, *example, id=f"{name}-{example[0]}")
        for name, entry in METRICS.items()
        for example in ([*e, "exact"][:3] for e in entry["examples"])
    ]


def counters() -> list[object]:
    return [pytest.param(name, text, id=f"{name}-{text}") for name, entry in METRICS.items() for text in entry["counter"]]


@pytest.mark.parametrize(("metric", "text", "value", "qualifier"), examples())
def test_example(metric: str, text: str, value: float, qualifier: str) -> None:
    found = [figure for figure in figures(text) if figure.metric == metric and not figure.part_of]
    assert [(figure.value, figure.qualifier) for figure in found] == [(value, qualifier)]
    assert found[0].unit == METRICS[metric]["unit"]


@pytest.mark.parametrize(("metric", "text"), counters())
def test_counter_example(metric: str, text: str) -> None:
    assert plain_values(metric, text) == []


def lone_cases(key: str) -> list[object]:
    return [
        pytest.param(name, part, *([case] if isinstance(case, str) else case), id=f"{name}-{part}-{case}")
        for name, entry in METRICS.items()
        for part in entry.get("lone", {}).get("inside", ())
        for case in entry["lone"][key]
    ]


def in_part(part: str, *lines: str) -> Draft:
    """A draft whose lines stand in one canonical part."""
    draft = draft_of(*lines)
    draft.report.sections = [Section(part, None, None, 0, len(draft.report.text))]
    return draft


@pytest.mark.parametrize(("metric", "part", "text", "value"), lone_cases("examples"))
def test_open_wording_counts_in_its_part_and_only_there(metric: str, part: str, text: str, value: float) -> None:
    def stated(draft: Draft) -> list[int | float | None]:
        return [figure.value for figure in read_sentences(draft) if figure.metric == metric and not figure.part_of]

    assert stated(in_part(part, text)) == [value]
    assert stated(in_part("key_areas", text)) == []
    assert stated(in_part("problems_improvements", text)) == []


@pytest.mark.parametrize(("metric", "part", "text"), lone_cases("counter"))
def test_open_wording_is_not_taken_from(metric: str, part: str, text: str) -> None:
    assert [f.value for f in read_sentences(in_part(part, text)) if f.metric == metric and not f.part_of] == []


def test_open_wording_yields_to_a_plain_one() -> None:
    draft = in_part("proactive_disclosure", "全年主动公开政府信息940条。", "全县公开信息310条。")
    assert [f.value for f in read_sentences(draft) if f.metric == "proactive_disclosed_total"] == [940]


def test_metrics_are_those_of_the_codebook() -> None:
    if not CODEBOOK.exists():
        pytest.skip("../shared/codebook is not here")
    wanted = {metric["id"]: metric for metric in json.loads(CODEBOOK.read_text(encoding="utf-8"))["metrics"]}
    own = load_metrics().by_id
    assert set(own) == set(wanted)
    assert {name: metric.unit for name, metric in own.items()} == {
        name: metric["canonical_unit"] for name, metric in wanted.items()
    }
    assert {name: metric.kind for name, metric in own.items()} == {name: metric["kind"] for name, metric in wanted.items()}


# --- negation ---------------------------------------------------------------------------------------------------------

REMEDIES = {"reconsiderations", "litigations"}
DENIALS = [
    ("本年度,我局未收到政府信息公开申请,没有发生复议、诉讼。", {"applications_received"} | REMEDIES),
    ("未收到政府信息公开申请;行政诉讼2件。", {"applications_received"}),
    ("未发生因政府信息公开申请引起的行政复议。", {"reconsiderations"}),
    ("没有因政府信息公开申请产生的收费。", {"application_fees"}),
    ("没有发生政府信息公开行政复议,政府信息公开行政诉讼2件。", {"reconsiderations"}),
    ("全年无针对本机关政府信息公开工作的行政复议、行政诉讼和举报投诉。", REMEDIES | {"appeals_complaints"}),
    ("不存在因政府信息公开被提起行政诉讼的情况。", {"litigations"}),
    ("政府信息公开申请和行政复议、行政诉讼均未发生。", {"applications_received"} | REMEDIES),
    ("全年没有不予公开的申请。", {"outcome_denied"}),
    ("全年未发生一起因政府信息公开引起的行政复议、行政诉讼。", REMEDIES),
    ("没有1件涉及政府信息公开的行政诉讼。", {"litigations"}),
    ("无法提供信息的,依法告知申请人。", set()),
    ("申请人无正当理由逾期不补正的,不再处理其政府信息公开申请。", set()),
    ("公民未经复议直接起诉的,依法应诉。", set()),
    ("对不予公开的申请说明理由。", set()),
    ("没有发现应当公开而未公开的情况。", set()),
    ("没有专人负责政府信息公开申请工作。", set()),
    ("申请信息不存在的,书面告知。", set()),
    ("全年依申请公开工作无差错,收费标准均已公示。", set()),
    ("未发生泄密事件,依法办理行政复议和行政诉讼。", set()),
]


@pytest.mark.parametrize(("text", "metrics"), DENIALS, ids=[text for text, _ in DENIALS])
def test_negation_denies_what_it_governs(text: str, metrics: set[str]) -> None:
    assert zeros(text) == metrics


def test_a_zero_says_how_it_is_stated() -> None:
    stated = {
        text: [figure.stated for figure in figures(text) if figure.metric == "applications_received"]
        for text in (
            "全年未收到信息公开申请。",
            "收到政府信息公开申请0件。",
            "收到政府信息公开申请零件。",
            "收到政府信息公开申请三件。",
        )
    }
    assert list(stated.values()) == [["zero_in_words"], ["printed"], ["zero_in_words"], ["in_words"]]


def test_a_bare_denial_speaks_of_its_heading() -> None:
    draft = draft_of("四、行政复议和行政诉讼情况", "本年度未发生。")
    draft.report.sections = [
        Section("review_litigation", "四", "行政复议和行政诉讼情况", 1, "本年度未发生。", "、", start=0, end=21)
    ]
    assert {figure.metric for figure in read_sentences(draft)} == REMEDIES


def test_a_bare_zero_speaks_of_its_heading() -> None:
    draft = draft_of("五、行政复议和行政诉讼情况", "均为零。")
    draft.report.sections = [Section("review_litigation", "五", "行政复议和行政诉讼情况", 1, "均为零。", "、", start=0, end=18)]
    assert {(figure.metric, figure.value) for figure in read_sentences(draft)} == {(metric, 0) for metric in REMEDIES}


def test_money_of_the_part_on_staff_and_funds_is_spent_on_disclosure() -> None:
    draft = draft_of("六、工作人员和收支情况", "投入经费2万元。")
    draft.report.sections = [Section("staff_funding", "六", "工作人员和收支情况", 1, "投入经费2万元。", "、", start=0, end=20)]
    assert [(figure.metric, figure.value) for figure in read_sentences(draft)] == [("spending_total", 20000)]


def test_the_part_on_problems_denies_nothing() -> None:
    text = "未收到政府信息公开申请的单位对依申请公开不够熟悉。"
    draft = draft_of(text)
    assert {figure.metric for figure in read_sentences(draft)} == {"applications_received"}
    draft.report.sections = [Section("problems_improvements", None, None, 1, text, start=0, end=len(text))]
    assert read_sentences(draft) == []


# --- totals, parts, years ---------------------------------------------------------------------------------------------


def test_a_list_after_its_total_is_its_parts() -> None:
    found = figures("政务新媒体账号9个,其中微信6个、微博3个;栏目12个。")
    assert [(figure.value, figure.part_of) for figure in found] == [
        (9, None),
        (6, "new_media_accounts"),
        (3, "new_media_accounts"),
    ]


def test_members_with_a_metric_of_their_own_keep_it() -> None:
    found = figures("收到政府信息公开申请9件,其中网络申请7件,信函申请2件。")
    assert [(figure.metric, figure.value, figure.part_of) for figure in found] == [
        ("applications_received", 9, None),
        ("applications_online", 7, None),
        ("applications_mail", 2, None),
    ]


def test_venues_are_parts() -> None:
    found = figures("县档案馆接待群众查阅信息40人次。", "县图书馆接待群众查阅信息25人次。")
    assert [(figure.value, figure.part_of) for figure in found] == [(40, "reading_visits"), (25, "reading_visits")]


def test_channels_named_in_a_list_of_parts_have_their_metrics() -> None:
    found = figures("主动公开政府信息3051条,其中:政府网站2600条、政务微信公众号401条、微博9条、其他41条。")
    assert [(f.metric, f.value, f.part_of) for f in found] == [
        ("proactive_disclosed_total", 3051, None),
        ("proactive_website", 2600, None),
        ("proactive_wechat", 401, None),
        ("proactive_weibo", 9, None),
        ("proactive_disclosed_total", 41, "proactive_disclosed_total"),
    ]


def test_a_list_in_brackets_names_channels_and_nothing_else() -> None:
    found = figures("主动公开政府信息2045条(网站810条,微信公众号1235条),比上年(公开1980条)略多。")
    assert [(f.metric, f.value) for f in found] == [
        ("proactive_disclosed_total", 2045),
        ("proactive_website", 810),
        ("proactive_wechat", 1235),
    ]


def test_kinds_of_what_could_not_be_provided_are_parts() -> None:
    found = figures("在答复的政府信息公开申请中,非本机关政府信息4宗。申请信息不存在数1宗。")
    assert [(f.value, f.part_of) for f in found if f.metric == "outcome_unable"] == [
        (4, "outcome_unable"),
        (1, "outcome_unable"),
    ]
    found = figures("在答复的政府信息公开申请中,申请信息不存在数1宗。")
    assert [(f.value, f.part_of) for f in found if f.metric == "outcome_unable"] == [(1, None)]


def test_a_total_said_again_is_one_figure() -> None:
    assert plain_values("proactive_disclosed_total", "主动公开政府信息约3000条。", "全年共主动公开政府信息2987条。") == [2987]


def test_two_values_that_disagree_both_stay() -> None:
    assert plain_values("proactive_disclosed_total", "主动公开政府信息300条。", "共主动公开政府信息450条。") == [300, 450]


YEARS = [
    ("2015年主动公开政府信息80条,2016年主动公开政府信息95条。", [95]),
    ("去年主动公开政府信息80条,今年主动公开政府信息95条。", [95]),
    ("2017年将主动公开政府信息120条以上。", []),
    ("上半年主动公开政府信息40条,下半年主动公开政府信息55条,全年共主动公开政府信息95条。", [95]),
    ("第三季度主动公开政府信息30条。", []),
    ("2008年以来累计主动公开政府信息910条。2016年主动公开政府信息95条。", [95]),
    ("主动公开政府信息95条,比上年增加15条。", [95]),
]


@pytest.mark.parametrize(("text", "values"), YEARS, ids=[text for text, _ in YEARS])
def test_the_report_year_counts(text: str, values: list[int]) -> None:
    assert plain_values("proactive_disclosed_total", text) == values


def test_cumulative_yields_to_new_in_year() -> None:
    text = "2008年以来累计主动公开政府信息910条,其中2016年新增95条。"
    assert plain_values("proactive_disclosed_total", text) == []
    assert plain_values("proactive_new_in_year", text) == [95]


def test_a_total_since_some_beginning_gives_way_to_what_is_new() -> None:
    text = "截至2016年底,累计主动公开政府信息4810条,其中本年度新增370条。"
    assert [(figure.metric, figure.value) for figure in figures(text)] == [("proactive_new_in_year", 370)]
    assert plain_values("proactive_disclosed_total", "2016年累计主动公开政府信息810条,其中本年度新增370条。") == [810]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("收到政府信息公开申请12件,办结12件,均为网络申请。", "applications_online"),
        ("全年收到政府信息公开申请12件,全部通过信函提出。", "applications_mail"),
        ("受理政府信息公开申请12件,申请方式均为当面申请。", "applications_in_person"),
    ],
)
def test_all_by_one_channel(text: str, metric: str) -> None:
    assert plain_values(metric, text) == plain_values("applications_received", text) == [12]


def test_a_heading_glued_to_its_text_is_no_part_of_the_sentence() -> None:
    draft = draft_of("四、收费及减免情况全年信息公开收取费用85元。")
    draft.report.sections = [Section("fees", "四", "收费及减免情况", 1, "", separator="、", end=len(draft.report.text))]
    assert [(figure.value, figure.words) for figure in read_sentences(draft)] == [(85, "全年信息公开收取费用85元。")]


def test_a_sentence_may_go_on_with_what_the_one_before_spoke_of() -> None:
    text = "全年收到政府信息公开申请12件。申请人以网络方式提出的9件。已按时答复11件。"
    assert plain_values("applications_online", text) == [9]
    assert plain_values("applications_answered", text) == [11]


def test_levels_are_parts_of_no_stated_total() -> None:
    assert plain_values("proactive_disclosed_total", "市本级主动公开信息30条,各县区主动公开信息90条。") == []


def test_tables_and_next_years_plan_are_not_read() -> None:
    lines = ("主动公开政府信息70条", "主动公开政府信息\t90条", "全年主动公开政府信息60条。")
    draft = draft_of(*lines, tables=(1,))
    plan, rest = len(lines[0]), len(draft.report.text)
    draft.report.sections = [
        Section("next_year_plan", None, None, 1, lines[0], start=0, end=plan),
        Section("overview", None, None, 1, "\n".join(lines[1:]), start=plan + 1, end=rest),
    ]
    assert [figure.value for figure in read_sentences(draft)] == [60]


def test_words_and_offsets_are_the_pages_own() -> None:
    draft = draft_of("第一句。", "  全年受理政府信息公開申請１２宗，均已答覆。其他。")
    [figure] = [figure for figure in read_sentences(draft) if figure.metric == "applications_received"]
    assert (figure.value, figure.unit) == (12, "件")
    assert figure.words == "全年受理政府信息公開申請１２宗，均已答覆。"
    assert draft.report.text[figure.start : figure.end] == figure.words


# --- quantities -------------------------------------------------------------------------------------------------------

QUANTITIES = [
    ("3 219条", 3219, "条", "exact"),
    ("1 2 3 4余件", 1234, "件", "more_than"),
    ("1,284条", 1284, "条", "exact"),
    ("31250余条", 31250, "条", "more_than"),
    ("4.5万余次", 45000, "次", "more_than"),
    ("约68万元", 680000, "元", "about"),
    ("6000余万元", 60_000_000, "元", "more_than"),
    ("1.2亿元", 120_000_000, "元", "exact"),
    ("2306.45万元", 23064500, "元", "exact"),
    ("近900人", 900, "人", "nearly"),
    ("将近900人", 900, "人", "nearly"),
    ("不足20件", 20, "件", "less_than"),
    ("不少于12次", 12, "次", "at_least"),
    ("至少3场", 3, "场", "at_least"),
    ("不超过5件", 5, "件", "at_most"),
    ("突破700万次", 7_000_000, "次", "more_than"),
    ("300人以上", 300, "人", "more_than"),
    ("50件左右", 50, "件", "about"),
    ("三处", 3, "处", "exact"),
    ("一百二十余件", 120, "件", "more_than"),
    ("85.6%", 85.6, "%", "exact"),
    ("67,占", 67, "", "exact"),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier"), QUANTITIES, ids=[text for text, *_ in QUANTITIES])
def test_quantity(text: str, value: float, unit: str, qualifier: str) -> None:
    [quantity] = find_quantities(text, 0, len(text))
    assert (quantity.value, quantity.unit, quantity.qualifier) == (value, unit, qualifier)
    assert quantity.start == 0


@pytest.mark.parametrize(
    "text", ["第三十三条", "第12条", "2016年3月", "一、概述", "进一步", "2.1 概况", "(相同信息计1条)", "0 0 3,"]
)
def test_no_quantity(text: str) -> None:
    assert find_quantities(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十一", 21), ("一百零五", 105), ("两千三百", 2300), ("二00八", 2008), ("二〇一六", 2016)],
)
def test_chinese_number(numeral: str, value: int) -> None:
    assert chinese_number(numeral) == value


@pytest.mark.parametrize(
    ("words", "value", "as_printed"),
    [("訪問量達96萬人次", 960000, "96萬"), ("共１，２８４条", 1284, "１，２８４"), ("三处", 3, "三")],
)
def test_printed(words: str, value: int, as_printed: str) -> None:
    assert printed(words, value) == as_printed


@pytest.mark.parametrize("words", ["数量", "共有", "共计", "总计累计", "件数人数", "(甲)3大类、"])
def test_a_long_run_of_filler_is_passed_over_at_once(words: str) -> None:
    assert figures(f"公开{words * 60}x5条。") == []
