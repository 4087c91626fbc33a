"""What must add up in the standard tables."""

from __future__ import annotations

import pytest

from pipelines.draft import Draft
from pipelines.model import Issue
from pipelines.tabular.forms import ANNEX, annex_items, forms, identities
from pipelines.tabular.identities import check_tables
from pipelines.tabular.standard import read_standard_tables, table_lines
from tests.table_pages import applications_rows, draft_of_html, html, proactive_rows, review_rows

RECEIVED = ["5", "1", "0", "0", "0", "0", "6"]
CARRIED = ["1", "0", "0", "0", "0", "0", "1"]
GRANTED = ["4", "1", "0", "0", "0", "0", "5"]
UNHELD = ["2", "0", "0", "0", "0", "0", "2"]
TOTAL = ["6", "1", "0", "0", "0", "0", "7"]
BALANCED = {
    "received_new": RECEIVED,
    "carried_in": CARRIED,
    "granted": GRANTED,
    "unable_not_held": UNHELD,
    "outcome_total": TOTAL,
}


def check(draft: Draft) -> list[Issue]:
    draft.report.figures = read_standard_tables(draft, table_lines(draft))
    draft.report.issues.clear()
    check_tables(draft)
    return draft.report.issues


def issues(*tables: str) -> dict[str, Issue]:
    found = check(draft_of_html(*tables))
    assert len({issue.code for issue in found}) == len(found)
    return {issue.code: issue for issue in found}


@pytest.mark.parametrize("year", [2019, 2021])
def test_a_table_that_adds_up_has_no_issue(year: int):
    review = ["1", "0", "0", "2", "3", "0", "1", "0", "0", "1", "0", "0", "0", "0", "0"]
    tables = html(proactive_rows(year, {})), html(applications_rows(year, BALANCED)), html(review_rows(review))
    assert issues(*tables) == {}


@pytest.mark.parametrize("year", [2019, 2021])
def test_a_balance_that_fails_has_both_sides_and_their_cells(year: int):
    found = issues(html(applications_rows(year, {**BALANCED, "carried_in": ["3", "0", "0", "0", "0", "0", "3"]})))
    assert list(found) == ["app_flow_balance"]
    issue = found["app_flow_balance"]
    assert issue.severity == "error"
    assert [(side.value, side.words) for side in issue.sides] == [
        (8, "自然人: 5 + 3"),
        (6, "自然人: 6 + 0"),
        (9, "总计: 6 + 3"),
        (7, "总计: 7 + 0"),
    ]
    for words in ("“自然人”", "“一、本年新收政府信息公开申请数量” 5", "make 8", "make 6", "“总计” (9 against 7)"):
        assert words in issue.message


def test_outcomes_that_do_not_make_their_total():
    found = issues(html(applications_rows(2021, {**BALANCED, "unable_not_held": ["3", "0", "0", "0", "0", "0", "3"]})))
    assert list(found) == ["app_outcome_sum"]
    assert [side.value for side in found["app_outcome_sum"].sides] == [7, 6, 8, 7]


def test_applicants_that_do_not_make_the_total_of_a_row():
    draft = draft_of_html(
        html(applications_rows(2021, {**BALANCED, "denied_state_secret": ["0", "1", "0", "0", "0", "0", "0"]}))
    )
    found = {issue.code: issue for issue in check(draft)}
    assert set(found) == {"app_column_sum", "app_outcome_sum"}
    left, right = found["app_column_sum"].sides
    assert (left.value, right.value, right.words) == (1, 0, "0")
    assert right.start is not None
    assert right.end is not None
    assert draft.report.text[right.start : right.end] == "0"
    assert "1.属于国家秘密" in found["app_column_sum"].message


def test_what_adds_up_only_with_blanks_as_zero_is_a_note():
    blank = {row: [cell.replace("0", "") for cell in cells] for row, cells in BALANCED.items()}
    found = issues(html(applications_rows(2019, {**blank, "carried_out": [""] * 7})))
    assert {issue.severity for issue in found.values()} == {"note"}
    assert set(found) == {f"{name}_blank_as_zero" for name in ("app_flow_balance", "app_outcome_sum", "app_column_sum")}
    assert "“自然人”、“商业企业”、“总计”" in found["app_flow_balance_blank_as_zero"].message


def test_dashes_count_as_blanks():
    found = issues(html(review_rows(["1", "—", "/", "0", "1", *["0"] * 10])))
    assert list(found) == ["rev_sum_reconsideration_blank_as_zero"]


def test_a_wholly_empty_total_contradicts_nothing():
    found = issues(html(review_rows(["1", "0", "0", "2", "", *["0"] * 10])))
    assert list(found) == ["rev_sum_reconsideration_unstated"]
    assert [side.value for side in found["rev_sum_reconsideration_unstated"].sides] == [3, None]


def test_each_group_of_reconsideration_and_litigation_has_its_own_sum():
    found = issues(html(review_rows(["1", "0", "0", "0", "2", "0", "0", "0", "0", "1", "3", "0", "0", "0", "4"])))
    names = "reconsideration", "litigation_direct", "litigation_after_reconsideration"
    assert set(found) == {f"rev_sum_{name}" for name in names}
    assert "“未经复议直接起诉”" in found["rev_sum_litigation_direct"].message


def test_a_negative_count():
    found = issues(html(applications_rows(2021, {**BALANCED, "denied_state_secret": ["-1", "1", "0", "0", "0", "0", "0"]})))
    assert [side.words for side in found["app_nonnegative"].sides] == ["-1"]


def test_a_cell_that_could_not_be_read_is_not_summed():
    found = issues(html(applications_rows(2021, {**BALANCED, "granted": ["若干", *GRANTED[1:]]})))
    assert found == {}


def test_a_subtotal_is_held_against_its_rows():
    rows = applications_rows(2021, BALANCED)
    at = next(at for at, row in enumerate(rows) if ("（四）无法提供", "rowspan=3") in row)
    rows.insert(at, [("（四）无法提供", "colspan=2"), "2", "0", "0", "0", "0", "0", "3"])
    assert set(issues(html(rows))) == {"app_unable_to_provide_subtotal", "app_column_sum"}


def annex(**values: str) -> str:
    rows = [(annex_items()[row].label, annex_items()[row].unit or "", value) for row, value in values.items()]
    return html([("统计指标", "单位", "统计数"), *rows])


def test_the_sums_of_the_annex():
    sound = {"applications_received": "5", "applications_in_person": "1", "applications_fax": "0", "applications_online": "4"}
    assert issues(annex(**sound, applications_mail="0")) == {}
    assert list(issues(annex(**sound, applications_mail="1"))) == ["annex_received"]
    assert issues(annex(**sound)) == {}, "a part that the page does not have is not taken for zero"


def test_channels_may_make_more_than_the_total_but_not_less():
    channels = {"proactive_gazette": "1", "proactive_website": "20", "proactive_weibo": "5", "proactive_wechat": "5"}
    assert issues(annex(proactive_disclosed_total="30", **channels, proactive_other_channel="9")) == {}
    found = issues(annex(proactive_disclosed_total="50", **channels, proactive_other_channel="9"))
    assert found["annex_channels"].severity == "warning"
    assert [side.value for side in found["annex_channels"].sides] == [40, 50]


def test_every_part_of_an_identity_is_in_its_form():
    for identity in identities():
        if identity.table == ANNEX or identity.op == "count":
            continue
        names = {
            part.id
            for form in forms(identity.table)
            for part in ((*form.columns, *form.extra_columns) if identity.each == "row" else form.rows)
        }
        assert names.issuperset(identity.left + identity.right)
