"""What a report contradicts in itself: each text check on a report that fails it and on one that does not; the catalogue."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipelines.checks import check
from pipelines.draft import Block, Draft
from pipelines.issues import catalogue
from pipelines.model import Capture, Document, Evidence, Figure, Issue, Period
from pipelines.prose.reading import read_sentences
from pipelines.script import set_plain
from pipelines.tabular.forms import identities
from pipelines.vocabulary.build.findings import PAGE, page

SEVERITIES = ("error", "warning", "note")
PIPELINES = Path(__file__).parents[1] / "pipelines"


def draft_of(*lines: str, year: int = 2018) -> Draft:
    draft = Draft(Document(Capture(b"")))
    start = 0
    for line in lines:
        draft.blocks.append(Block("paragraph", line, start=start, end=start + len(line)))
        start += len(line) + 1
    draft.report.text = "\n".join(lines)
    draft.report.report_year = year
    set_plain(draft)
    draft.report.figures = read_sentences(draft)
    return draft


def issues(draft: Draft, code: str) -> list[Issue]:
    check(draft)
    return [issue for issue in draft.report.issues if issue.code == code]


def cell(table: str, row: str, column: str, value: float) -> Figure:
    return Figure(table, value, "table", str(value), row, column)


FAILING = [
    (
        "parts_exceed_total",
        "全年主动公开政府信息900条,其中政府网站公开500条,政务微信公开300条,其他渠道公开160条。",
        ["960", "500 + 300 + 160", "900"],
    ),
    ("parts_exceed_total", "共收到政府信息公开申请8件,其中网络申请6件,信函申请5件。", ["11", "6 + 5", "8"]),
    ("website_exceeds_disclosed", "主动公开政府信息2600余条。门户网站全年发布信息7800条。", ["2600余", "7800"]),
    ("visits_contradict", "网站访问量达96万人次,日均访问量410人次。", ["96万", "410", "149650"]),
    ("figure_stated_twice", "全年主动公开政府信息310条。加强督查。2018年共主动公开政府信息420条。", ["310", "420"]),
    ("percentage_wrong", "收到政府信息公开申请50件,予以公开30件,占40%。", ["60.0%", "40%", "30", "50"]),
    ("percentage_wrong", "共接收“12345”热线转办件200件,办结150件,办结率95%。", ["75.0%", "95%"]),
    ("expectation_past", "平台建设稳步推进,预计2018年6月投入使用。", ["预计2018年6月投入使用"]),
]
HOLDING = [
    ("parts_exceed_total", "全年主动公开政府信息960条,其中政府网站公开500条,政务微信公开300条,其他渠道公开160条。"),
    ("parts_exceed_total", "收到政府信息公开申请10件,其中网络申请4件,信函申请6件,其中予以公开9件,部分公开1件。"),
    ("parts_exceed_total", "政府信息公开工作经费支出约60万元,其中培训20万元,网站41万元。"),
    ("website_exceeds_disclosed", "主动公开政府信息8600余条。门户网站全年发布信息7800条。"),
    ("visits_contradict", "网站访问量达15万人次,日均访问量410人次。"),
    ("figure_stated_twice", "全年主动公开政府信息310条。加强督查。2018年共主动公开政府信息300余条。"),
    ("percentage_wrong", "收到政府信息公开申请50件,予以公开30件,占60%;部分公开7件,占14%。"),
    ("percentage_wrong", "信箱收到来信90件,其中有效来信60件,办结率100%。"),
    ("percentage_wrong", "收到政府信息公开申请50件。答复40件,予以公开30件,占申请总数的60%。"),
    ("expectation_past", "二期工程预计2019年6月投入使用。"),
]


@pytest.mark.parametrize(("code", "text", "told"), FAILING, ids=[f"{code}-{text}" for code, text, _ in FAILING])
def test_contradiction_is_told_with_both_sides(code: str, text: str, told: list[str]) -> None:
    draft = draft_of(text)
    [issue] = issues(draft, code)
    assert issue.severity == catalogue()[code].severity
    assert [words for words in told if words not in issue.message] == []
    for side in issue.sides:
        if side.start is not None:
            assert draft.report.text[side.start : side.end] == side.words


@pytest.mark.parametrize(("code", "text"), HOLDING, ids=[f"{code}-{text}" for code, text in HOLDING])
def test_agreement_is_no_finding(code: str, text: str) -> None:
    assert issues(draft_of(text), code) == []


def test_parts_may_follow_in_the_next_sentence() -> None:
    draft = draft_of("主动公开政府信息70条。其中,县直部门主动公开政府信息50条,乡镇政府主动公开政府信息30条。")
    [issue] = issues(draft, "parts_exceed_total")
    assert "80 (50 + 30)" in issue.message


def test_traditional_words_are_quoted_as_printed() -> None:
    draft = draft_of("全年主動公開政府信息80條。門戶網站全年發布信息1.2萬條。")
    [issue] = issues(draft, "website_exceeds_disclosed")
    assert "門戶網站全年發布信息1.2萬條" in issue.message


def test_publication_before_signature() -> None:
    draft = draft_of("全年未发生行政复议。")
    draft.report.published, draft.report.signed = "2019-01-20T09:00:00", "2019-02-11"
    draft.report.evidence["signed"] = [Evidence("2019-02-11", "sign_off", "2019年2月11日")]
    [issue] = issues(draft, "published_before_signed")
    assert "2019-01-20" in issue.message
    assert "2019-02-11" in issue.message
    assert "2019年2月11日" in issue.message


@pytest.mark.parametrize(
    ("published", "signed"), [("2019-02-11", "2019-02-11"), ("2019-01-20", "2019-01"), (None, "2019-02-11")]
)
def test_publication_not_before_signature(published: str | None, signed: str) -> None:
    draft = draft_of("全年未发生行政复议。")
    draft.report.published, draft.report.signed = published, signed
    assert issues(draft, "published_before_signed") == []


@pytest.mark.parametrize(("end", "found"), [("2017-12-31", 1), ("2018-12-31", 0), (None, 0)])
def test_period(end: str | None, found: int) -> None:
    draft = draft_of("全年未发生行政复议。")
    draft.report.period = Period("2018-01-01", end, "自2018年1月1日起")
    assert len(issues(draft, "period_reversed")) == found


@pytest.mark.parametrize(("value", "found"), [(12, 0), (15, 0), (14, 1)])
def test_received_against_table(value: int, found: int) -> None:
    """The text may count those carried in or not."""
    draft = draft_of(f"全年收到政府信息公开申请{value}件。")
    draft.report.figures += [cell("applications", "received_new", "total", 12), cell("applications", "carried_in", "total", 3)]
    assert len(issues(draft, "prose_vs_table_received")) == found


@pytest.mark.parametrize(
    ("text", "found"), [("因政府信息公开引起的行政复议2件,行政诉讼3件。", 0), ("因政府信息公开引起的行政诉讼2件。", 1)]
)
def test_review_against_table(text: str, found: int) -> None:
    draft = draft_of(text)
    draft.report.figures += [
        cell("review_litigation", "cases", "reconsideration_total", 2),
        cell("review_litigation", "cases", "litigation_direct_total", 1),
        cell("review_litigation", "cases", "litigation_after_reconsideration_total", 2),
    ]
    assert len(issues(draft, "prose_vs_table_review")) == found


@pytest.mark.parametrize(
    ("text", "found"), [("申请中不予公开5件,予以公开4件。", 0), ("申请中不予公开3件。", 1), ("申请中无法提供3件。", 0)]
)
def test_outcomes_against_table(text: str, found: int) -> None:
    """A group's rows are summed; an outcome without cells is not compared."""
    draft = draft_of(text)
    draft.report.figures += [
        cell("applications", "granted", "total", 4),
        cell("applications", "denied_state_secret", "total", 2),
        cell("applications", "denied_prohibited_by_law", "total", 3),
    ]
    assert len(issues(draft, "prose_vs_table_outcome")) == found


@pytest.mark.parametrize(
    ("text", "row", "unit", "value", "found"),
    [
        ("全年主动公开政府信息310条。", "proactive_disclosed_total", "条", 301, 1),
        ("全年主动公开政府信息310条。", "proactive_disclosed_total", "条", 310, 0),
        ("全年主动公开政府信息310余条。", "proactive_disclosed_total", "条", 314, 0),
        ("依申请公开政府信息收取费用200元。", "application_fees", "万元", 0.02, 0),
        ("全年答复政府信息公开申请9件,其中同意公开答复5件。", "answer_granted", "件", 4, 1),
    ],
)
def test_text_against_annex(text: str, row: str, unit: str, value: float, found: int) -> None:
    draft = draft_of(text)
    draft.report.figures += [Figure("statistics_annex_2014", value, "annex", str(value), row=row, unit=unit)]
    assert len(issues(draft, "prose_vs_annex")) == found


# --- the catalogue ----------------------------------------------------------------------------------------------------


def raised() -> list[tuple[str, str, str | None]]:
    """Where, code and severity of every finding that the sources raise by a literal code."""
    found = []
    for path in sorted(PIPELINES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = {"add_issue": 0, "Issue": 0, "find": 1, "_report_against_table": 1}.get(name)
            if place is None or len(node.args) <= place + 1:
                continue
            code, severity = node.args[place], node.args[place + 1]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                stated = severity.value if isinstance(severity, ast.Constant) and name in ("add_issue", "Issue") else None
                found.append((f"{path.name}:{node.lineno}", code.value, stated))
    return found


@pytest.mark.parametrize(("where", "code", "severity"), raised(), ids=[code for _, code, _ in raised()])
def test_raised_code_is_catalogued(where: str, code: str, severity: str | None) -> None:
    assert code in catalogue(), f"{where}: add [{code}] to pipelines/vocabulary/issues.toml"
    gravest = SEVERITIES.index(catalogue()[code].severity)
    assert severity is None or SEVERITIES.index(severity) >= gravest


def test_identities_are_catalogued() -> None:
    missing = {identity.id for identity in identities() if identity.id not in catalogue()}
    assert missing == set()
    assert all(catalogue()[identity.id].severity == identity.severity for identity in identities())


def test_catalogue_is_complete_in_itself() -> None:
    for kind in catalogue().values():
        assert kind.severity in SEVERITIES
        assert kind.about.endswith(".")


def test_the_page_of_findings_is_that_of_the_catalogue() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"
    assert all(f"| `{code}` |" in page() for code in catalogue())
