"""The standard tables, read by their labels from sound and damaged pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.draft import Block, Draft
from pipelines.model import Figure
from pipelines.tables import grid_of, render
from pipelines.tabular.cells import value_of
from pipelines.tabular.forms import annex_items
from pipelines.tabular.standard import read_standard_tables, regime_of, report_gaps, table_lines
from tests.table_pages import (
    CORNER,
    FIVE,
    applications_rows,
    cells,
    data_rows,
    draft_of_blocks,
    draft_of_html,
    draft_of_lines,
    form,
    html,
    proactive_rows,
    review_rows,
)

REAL = Path(__file__).parents[2] / "shared" / "real"
COLUMNS = [column["id"] for column in form(2021, "applications")["columns"]]
REVIEW_COLUMNS = [column["id"] for column in form(2021, "review_litigation")["columns"]]

ROW = ["3", "1", "0", "0", "2", "0", "6"]


def values(figures: list[Figure], metric: str, row: str) -> list[int | float | None]:
    return [figure.value for figure in figures if figure.metric == metric and figure.row == row]


def read(draft: Draft) -> list[Figure]:
    figures = read_standard_tables(draft, table_lines(draft))
    for figure in figures:
        assert figure.start is not None
        assert figure.end is not None
        assert draft.report.text[figure.start : figure.end] == figure.words
    return figures


def codes(draft: Draft) -> list[str]:
    return [issue.code for issue in draft.report.issues]


# --- both formats ---


@pytest.mark.parametrize("year", [2019, 2021])
def test_every_cell_of_a_format_has_its_row_and_column(year: int):
    numbers = {row: [str(7 * i + j) for j in range(7)] for i, row in enumerate(data_rows(year))}
    review = [str(n) for n in range(15)]
    rows = form(year, "proactive_art20_1")["rows"]
    draft = draft_of_html(
        html(proactive_rows(year, {row["id"]: ["5", "6", "7"] for row in rows})),
        html(applications_rows(year, numbers)),
        html(review_rows(review)),
    )
    figures = read(draft)
    found = {(f.row, f.column): f.value for f in figures if f.metric == "applications"}
    assert found == {
        (row, column): int(cell) for row, line in numbers.items() for column, cell in zip(COLUMNS, line, strict=True)
    }
    assert [(f.column, f.value) for f in figures if f.metric == "review_litigation"] == list(
        zip(REVIEW_COLUMNS, range(15), strict=True)
    )
    assert values(figures, "proactive_art20_1", "normative_documents") == [5, 6, 7]
    assert all(figure.source == "table" and figure.stated == "printed" for figure in figures)
    assert regime_of(draft, table_lines(draft)) == f"format_{year}"
    assert draft.report.evidence["regime"][0].words in draft.report.text
    numbers_20 = [1, 5, 6, 8, 9] if year == 2019 else [1, 5, 6, 8]
    proactive = " ".join(f"proactive_art20_{n}" for n in numbers_20)
    assert [table.id for table in draft.report.tables] == [proactive, "applications", "review_litigation"]
    assert draft.report.tables[0].caption == "第二十条第（一）项"
    assert codes(draft) == []


def test_the_number_of_cells_of_both_formats():
    for year, count in ((2019, 161), (2021, 175)):
        assert len(read(draft_of_html(html(applications_rows(year, {}))))) == count


def test_all_tables_in_one():
    rows = [*proactive_rows(2021, {}), *applications_rows(2021, {"granted": ROW}), *review_rows(["1"] * 15)]
    draft = draft_of_html(html(rows))
    figures = read(draft)
    assert values(figures, "applications", "granted") == [3, 1, 0, 0, 2, 0, 6]
    assert values(figures, "review_litigation", "cases") == [1] * 15
    assert draft.report.tables[0].id is not None
    assert draft.report.tables[0].id.split()[-2:] == ["applications", "review_litigation"]


cell = st.one_of(st.integers(0, 99999).map(str), st.sampled_from(["", "-", "/", "—", "无", "1,234", "０", "３５", " 7 "]))


@settings(deadline=None, max_examples=40)
@given(st.data(), st.sampled_from([2019, 2021]))
def test_what_is_written_is_read_in_html_and_with_tabs(data: st.DataObject, year: int):
    numbers = {
        row: data.draw(st.lists(cell, min_size=7, max_size=7)) for row in data.draw(st.sets(st.sampled_from(data_rows(year))))
    }
    rows = applications_rows(year, numbers)
    for draft in (draft_of_html(html(rows)), draft_of_lines(["\t".join(cells([row])) for row in rows])):
        figures = read(draft)
        for row, line in numbers.items():
            expected = [value_of(text) for text in line]
            mine = [f for f in figures if f.row == row]
            assert [(f.value, f.stated) for f in mine] == [(e.value, e.stated) for e in expected if e]
            assert [f.column for f in mine] == COLUMNS


# --- values ---


@pytest.mark.parametrize(
    ("words", "value", "stated", "unit"),
    [
        ("", None, "blank", "件"),
        ("　", None, "blank", "件"),
        ("0", 0, "printed", "件"),
        ("０", 0, "printed", "件"),
        ("零", 0, "printed", "件"),
        ("1,205", 1205, "printed", "件"),
        ("１２，３４５", 12345, "printed", "件"),
        ("/", None, "dash", "件"),
        ("——", None, "dash", "件"),
        ("无", None, "not_applicable", "件"),
        ("不适用", None, "not_applicable", "件"),
        ("12件", 12, "printed", "件"),
        ("见附件", None, "printed", "件"),
    ],
)
def test_what_a_cell_states(words: str, value: int | None, stated: str, unit: str):
    draft = draft_of_html(html(proactive_rows(2021, {"administrative_licenses": [words]})))
    figure = next(f for f in read_standard_tables(draft, table_lines(draft)) if f.row == "administrative_licenses")
    assert (figure.value, figure.stated, figure.unit) == (value, stated, unit)
    assert codes(draft) == (["table_cell_unreadable"] if words == "见附件" else [])


@pytest.mark.parametrize(
    ("words", "value"), [("+461", 461), ("−35", -35), ("－35", -35), ("增加3", 3), ("减少2", -2), ("0", 0)]
)
def test_a_change_has_its_sign(words: str, value: int):
    draft = draft_of_html(html(proactive_rows(2019, {"administrative_penalties": ["120", words, "88"]})))
    assert values(read(draft), "proactive_art20_6", "administrative_penalties") == [120, value, 88]


@pytest.mark.parametrize(("words", "value", "unit"), [("320000元", 320000, "元"), ("32.5万元", 32.5, "万元"), ("41", 41, None)])
def test_an_amount_has_the_unit_of_its_cell_or_none(words: str, value: float, unit: str | None):
    draft = draft_of_html(html(proactive_rows(2019, {"centralized_procurement": ["2", words]})))
    figure = next(f for f in read(draft) if f.column == "procurement_amount")
    assert (figure.value, figure.unit) == (value, unit)


def test_an_amount_has_the_unit_of_its_header():
    draft = draft_of_html(html(proactive_rows(2021, {"administrative_fees": ["19.4"]})))
    figure = next(f for f in read(draft) if f.column == "amount_collected")
    assert (figure.value, figure.unit) == (19.4, "万元")
    changed = [
        [c.replace("万元", "元") if isinstance(c, str) else (c[0].replace("万元", "元"), c[1]) for c in row]
        for row in proactive_rows(2021, {})
    ]
    assert {f.unit for f in read(draft_of_html(html(changed))) if f.column == "amount_collected"} == {"元"}


def test_a_number_in_two_spans_or_lines_is_one():
    draft = draft_of_html(html(proactive_rows(2021, {"regulations": ["<span>1</span><span>2</span>", "3<br>4", "<p>5</p>\n"]})))
    assert values(read(draft), "proactive_art20_1", "regulations") == [12, 34, 5]


# --- damaged labels and layouts ---


def relabelled(rows: list[list[str | tuple[str, str]]], old: str, new: str) -> list[list[str | tuple[str, str]]]:
    return [[c.replace(old, new) if isinstance(c, str) else (c[0].replace(old, new), c[1]) for c in row] for row in rows]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("现行有效件数", "现行有效件"),
        ("第二十条第（一）项", "第二十条(一)项"),
        ("第二十条第（一）项", ""),
        ("行政规范性文件", "规范性文件"),
        ("本年制发件数", "本年<br>制发件数"),
        ("规章", "规 章"),
        ("本年废止件数", "本年廢止件數"),
    ],
)
def test_damaged_labels_of_article_20(old: str, new: str):
    draft = draft_of_html(
        html(
            relabelled(proactive_rows(2021, {"regulations": ["1", "2", "3"], "normative_documents": ["4", "5", "6"]}), old, new)
        )
    )
    figures = read(draft)
    assert [(f.column, f.value) for f in figures if f.row == "regulations"] == [
        ("issued_this_year", 1),
        ("repealed_this_year", 2),
        ("in_force", 3),
    ]
    assert values(figures, "proactive_art20_1", "normative_documents") == [4, 5, 6]


def test_two_headers_cut_to_the_same_words_are_told_apart_by_their_place():
    rows = proactive_rows(2019, {"normative_documents": ["4", "5", "60"]})
    for label in ("本年新制作数量", "本年新公开数量"):
        rows = relabelled(rows, label, "本年新")
    figures = [f for f in read(draft_of_html(html(rows))) if f.row == "normative_documents"]
    assert [(f.column, f.value) for f in figures] == [("newly_made", 4), ("newly_published", 5), ("published_total", 60)]


def test_header_and_rows_may_have_other_colspans():
    markup = """<table><tr><td colspan=5>第二十条第（五）项
      <tr><td>信息内容<td>上一年项目数量<td colspan=2>本年增/减<td>处理决定数量
      <tr><td>行政许可<td colspan=2>8<td>-1<td>70</table>"""
    assert values(read(draft_of_html(markup)), "proactive_art20_5", "administrative_licenses") == [8, -1, 70]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（三）不予公开", "(三) 不予公开"),
        ("1.属于国家秘密", "1、属于国家秘密"),
        ("2.其他法律行政法规禁止公开", "2.其他法律、行政法规禁止公开"),
        ("3.危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("四、结转下年度继续办理", "四、结转下年度继续办"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        ("总计", "总 计"),
        ("其他</td>", "其它</td>"),
        ("商业企业", "商业<br>企业"),
        ("法律服务机构", "法律服务"),
        (CORNER, ""),
        ("一、本年新收政府信息公开申请数量", "一、本年新收政府資訊公開申請數量"),
    ],
)
def test_damaged_labels_of_applications(old: str, new: str):
    numbers = {row: [str(i), *ROW[1:]] for i, row in enumerate(data_rows(2021))}
    markup = html(applications_rows(2021, numbers)).replace(old, new)
    figures = read(draft_of_html(markup))
    assert len(figures) == 175
    for i, row in enumerate(data_rows(2021)):
        assert values(figures, "applications", row) == [i, 1, 0, 0, 2, 0, 6]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<td rowspan=2>自然人", "<td rowspan=1>自然人"),
        ("<td rowspan=2>自然人", "<td rowspan=3>自然人"),
        ("<td rowspan=2>总计", "<td>总计"),
        ("<td colspan=5>法人", "<td colspan=4>法人"),
        ("<td colspan=5>法人", "<td>法人"),
        ("<td colspan=5>法人", "<td colspan=7>法人"),
        ("<td colspan=3 rowspan=3>", "<td colspan=3 rowspan=2>"),
        ("<td colspan=3 rowspan=3>", "<td colspan=2 rowspan=3>"),
        ("<td rowspan=22>", "<td rowspan=20>"),
        ("<td rowspan=8>", "<td rowspan=9>"),
    ],
)
def test_wrong_spans_move_no_value(old: str, new: str):
    numbers = {row: [str(10 * i + j) for j in range(7)] for i, row in enumerate(data_rows(2021))}
    markup = html(applications_rows(2021, numbers))
    assert old in markup
    figures = read(draft_of_html(markup.replace(old, new)))
    assert {(f.row, f.column): f.value for f in figures} == {
        (row, column): int(cell) for row, line in numbers.items() for column, cell in zip(COLUMNS, line, strict=True)
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<td rowspan=2>结果维持", "<td>结果维持"),
        ("<td rowspan=2>总计", "<td>总计"),
        ("<td colspan=5>行政复议", "<td colspan=6>行政复议"),
        ("<td colspan=5>行政复议", "<td colspan=4>行政复议"),
        ("<td colspan=5>未经复议", "<td colspan=4>未经复议"),
        ("<td colspan=10>行政诉讼", "<td>行政诉讼"),
    ],
)
def test_wrong_spans_over_reconsideration_and_litigation(old: str, new: str):
    markup = html(review_rows([str(n) for n in range(15)]))
    assert old in markup
    figures = read(draft_of_html(markup.replace(old, new, 1)))
    assert [(f.column, f.value) for f in figures] == list(zip(REVIEW_COLUMNS, range(15), strict=True))


def test_a_header_that_is_neither_sound_nor_complete_is_refused():
    markup = html(applications_rows(2021, {})).replace("<td rowspan=2>自然人", "<td>自然人").replace("<td >科研机构</td>", "")
    draft = draft_of_html(markup)
    assert read(draft) == []
    assert codes(draft) == ["table_incomplete"]


def test_other_and_total_are_rows_and_columns():
    figures = read(draft_of_html(html(applications_rows(2021, {"other_remaining": ROW, "outcome_total": ["9"] * 7}))))
    assert values(figures, "applications", "other_remaining") == [3, 1, 0, 0, 2, 0, 6]
    assert [f.value for f in figures if f.column == "total" and f.row in ("other_remaining", "outcome_total")] == [6, 9]


def test_added_subtotals_are_read_under_names_of_their_own():
    rows = applications_rows(2021, {})
    rows[0][1] = ("申请人情况", "colspan=8")
    rows[1][1] = ("法人或其他组织", "colspan=6")
    rows[2].append("小计")
    for row in rows[3:]:
        row.insert(-1, "5")
    at = next(at for at, row in enumerate(rows) if ("（四）无法提供", "rowspan=3") in row)
    rows[at][0] = ("（四）无法提供", "rowspan=4")
    rows.insert(at + 3, ["小计", *["8"] * 8])
    figures = read(draft_of_html(html(rows)))
    assert {f.value for f in figures if f.column == "organization_subtotal" and f.row != "unable_to_provide"} == {5}
    assert values(figures, "applications", "unable_to_provide") == [8] * 8
    assert values(figures, "applications", "unable_unclear_after_correction")[-1] == 0


def test_a_table_that_a_page_template_cut_in_two():
    rows = applications_rows(2021, {"not_processed_duplicate": ROW, "carried_out": ROW})
    cut = next(i for i, row in enumerate(rows) if row[0] == ("2.重复申请", "colspan=1"))
    draft = draft_of_html(html(rows[:cut]), html(rows[cut:]))
    figures = read(draft)
    assert len(figures) == 175
    assert values(figures, "applications", "carried_out") == [3, 1, 0, 0, 2, 0, 6]
    assert [table.id for table in draft.report.tables] == ["applications", "applications"]


def test_a_grid_without_spans_as_text_formats_have_it():
    def spread(rows: list[list[str | tuple[str, str]]], *, fill: bool) -> list[str]:
        draft = draft_of_html(html(rows))
        grid = draft.blocks[0].grid
        assert grid is not None
        lines = [list(row) for row in grid.cells]
        if not fill:
            for span in grid.spans:
                for r in range(span.row, span.row + span.rows):
                    for c in range(span.column, span.column + span.columns):
                        if (r, c) != (span.row, span.column):
                            lines[r][c] = ""
        return ["| " + " | ".join(line) + " |" for line in lines]

    for fill in (False, True):
        lines = spread(applications_rows(2021, {"granted": ROW, "denied_third_party_rights": ["", *ROW[1:]]}), fill=fill)
        figures = read(
            draft_of_lines(["三、申请", *lines, "四、复议", *spread(review_rows([str(n) for n in range(15)]), fill=fill)])
        )
        assert values(figures, "applications", "granted") == [3, 1, 0, 0, 2, 0, 6]
        assert values(figures, "applications", "denied_third_party_rights") == [None, 1, 0, 0, 2, 0, 6]
        assert values(figures, "review_litigation", "cases") == list(range(15))


def test_reconsideration_and_litigation_in_two_tables():
    first = html([[("行政复议", "colspan=5")], FIVE, ["1", "0", "0", "2", "3"]])
    second = html(
        [
            [("行政诉讼", "colspan=10")],
            [("未经复议直接起诉", "colspan=5"), ("复议后起诉", "colspan=5")],
            FIVE * 2,
            [str(n) for n in range(10)],
        ]
    )
    figures = read(draft_of_html(first, second))
    assert [(f.column, f.value) for f in figures] == list(zip(REVIEW_COLUMNS, [1, 0, 0, 2, 3, *range(10)], strict=True))


# --- refused ---


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("applications", applications_rows(2021, {"granted": ROW})),
        ("review_litigation", review_rows(["1", *["0"] * 14])),
        ("proactive_art20_1", proactive_rows(2021, {"regulations": ["1", "0", "2"]})),
    ],
)
@pytest.mark.parametrize("defect", ["a value lost", "repeated lines removed"])
def test_flattened_tables_with_lost_cells_are_named_and_not_read(
    table: str, rows: list[list[str | tuple[str, str]]], defect: str
):
    lines = cells(rows)
    if defect == "a value lost":
        lines.pop(len(lines) - 1 - lines[::-1].index("0"))
    else:
        lines = list(dict.fromkeys(lines))
    draft = draft_of_lines(["二、情况", *lines, "五、问题"])
    assert [f for f in read(draft) if f.metric == table] == []
    assert "table_incomplete" in codes(draft)
    assert table in (draft.report.tables[0].id or "").split()
    assert draft.report.text.splitlines()[-1] == "五、问题"


def test_a_row_without_its_cells_is_refused_and_the_others_are_read():
    rows = applications_rows(2021, {"granted": ROW})
    rows[3] = [rows[3][0], "4", ("2", "colspan=3"), "0", "6"]
    draft = draft_of_html(html(rows))
    figures = read(draft)
    assert values(figures, "applications", "received_new") == []
    assert values(figures, "applications", "granted") == [3, 1, 0, 0, 2, 0, 6]
    assert codes(draft) == ["table_incomplete"]
    assert draft.report.issues[0].sides[0].words == "一、本年新收政府信息公开申请数量"


def test_a_place_that_is_filled_twice_keeps_the_first_and_says_so():
    first, second = html(review_rows(["0"] * 15)), html(review_rows(["0", "1", *["0"] * 12, "1"]))
    draft = draft_of_html(first, second)
    assert values(read(draft), "review_litigation", "cases") == [0] * 15
    assert codes(draft) == ["table_repeated"] * 2


def test_tables_and_rows_that_a_format_has_and_the_page_has_not():
    rows = [row for row in proactive_rows(2021, {}) if row[0] != "行政强制"]
    draft = draft_of_html(html(rows), html(review_rows(["0"] * 15)))
    draft.report.figures = read(draft)
    report_gaps(draft, "format_2021")
    assert codes(draft) == ["table_missing", "table_rows_missing"]
    assert [side.where for side in draft.report.issues[-1].sides] == ["form", "table"]
    assert "“收到和处理政府信息公开申请情况”" in draft.report.issues[0].message
    assert "“行政强制”" in draft.report.issues[1].message
    draft.report.issues.clear()
    report_gaps(draft, "regulation_2008")
    assert codes(draft) == []


def test_a_lost_label_does_not_give_its_values_to_the_row_before():
    lines = cells(proactive_rows(2021, {"administrative_penalties": ["41"], "administrative_coercion": ["3"]}))
    at = lines.index("41")
    assert lines[at + 1] == "行政强制"
    draft = draft_of_lines(lines[:at] + lines[at + 2 :])
    assert read(draft) == []
    assert codes(draft) == ["table_incomplete"] * 4


@pytest.mark.parametrize(
    "rows",
    [
        [["渠道", "数量"], ["政府网站", "120"], ["总计", "120"]],
        [["项目", "单位", "合计"], ["行政许可", "件", "30"], ["其他", "件", "2"]],
        [["年度", "行政复议", "行政诉讼"], ["2020", "1", "0"]],
        [["规章", "规范性文件"], ["1", "2"]],
    ],
)
def test_other_tables_are_kept_and_not_taken_for_a_standard_one(rows: list[list[str | tuple[str, str]]]):
    draft = draft_of_html(html(rows))
    assert read(draft) == []
    assert [table.id for table in draft.report.tables] == [None]
    assert codes(draft) == []
    assert regime_of(draft, table_lines(draft)) is None


def test_the_applications_table_alone_shows_its_format_where_its_rows_do():
    newer, older = (draft_of_html(html(applications_rows(year, {}))) for year in (2021, 2019))
    assert regime_of(newer, table_lines(newer)) == "format_2021"
    assert regime_of(older, table_lines(older)) is None


def test_tables_of_two_formats_leave_an_issue():
    draft = draft_of_html(html(proactive_rows(2021, {})), html(proactive_rows(2019, {})[:4]))
    assert regime_of(draft, table_lines(draft)) == "format_2021"
    assert codes(draft) == ["regime_mixed"]
    assert {side.value for side in draft.report.issues[0].sides} == {"format_2019", "format_2021"}


# --- the annex of 2014 ---


def annex(*rows: tuple[str, ...], head: tuple[str, ...] = ("统计指标", "单位", "统计数")) -> str:
    return html([head, *rows])


ANNEX = (
    ("一、主动公开情况", "——", "——"),
    ("（一）主动公开政府信息数<br>（不同渠道和方式公开相同信息计1条）", "条", "310"),
    ("　　其中：主动公开规范性文件数", "条", "4"),
    ("制发规范性文件总数", "件", "/"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——", "——"),
    ("1．政府公报公开政府信息数", "条", ""),
    ("四、行政复议数量", "件", "3"),
    ("（二）被依法纠错数", "件", "1"),
    ("五、行政诉讼数量", "件", "2"),
    ("（二）被依法纠错数", "件", "0"),
    ("七、依申请公开信息收取的费用", "万元", "0.15"),
    ("（三）接受培训人员数", "人次", "1,250"),
)


def test_the_annex_by_its_labels():
    draft = draft_of_html(annex(*ANNEX))
    found = {f.row: (f.value, f.stated, f.unit) for f in read(draft)}
    assert found == {
        "proactive_disclosed_total": (310, "printed", "条"),
        "proactive_normative_documents": (4, "printed", "条"),
        "normative_documents_issued": (None, "dash", "件"),
        "proactive_gazette": (None, "blank", "条"),
        "reconsiderations": (3, "printed", "件"),
        "reconsideration_corrected": (1, "printed", "件"),
        "litigations": (2, "printed", "件"),
        "litigation_corrected": (0, "printed", "件"),
        "application_fees": (0.15, "printed", "万元"),
        "trainees": (1250, "printed", "人次"),
    }
    assert {(f.metric, f.source, f.column) for f in read(draft)} == {("statistics_annex_2014", "annex", None)}
    assert draft.report.tables[0].id == "statistics_annex_2014"
    assert regime_of(draft, table_lines(draft)) is None
    assert codes(draft) == []


def test_every_indicator_of_the_annex_is_read_in_order():
    rows = [
        (item.label, item.unit or "——", str(n) if item.kind == "data" else "——")
        for n, item in enumerate(annex_items().values())
    ]
    found = {f.row: f.value for f in read(draft_of_html(annex(*rows)))}
    assert found == {item.id: n for n, item in enumerate(annex_items().values()) if item.kind == "data"}
    flat = [text for row in [("统计指标", "单位", "统计数"), *rows] for text in row]
    assert {f.row: f.value for f in read(draft_of_lines(flat))} == found


@pytest.mark.parametrize(
    "head", [("指标名称", "计量单位", "2012年度", "历年累计"), ("指标名称", "计量单位", "历年累计", "本年累计")]
)
def test_the_sum_of_all_years_is_not_the_years(head: tuple[str, ...]):
    at = 2 if "年度" in head[2] else 3
    rows = [(*row[:2], *((row[2], "9999") if at == 2 else ("9999", row[2]))) for row in ANNEX[:4] + ANNEX[6:8]]
    found = {f.row: f.value for f in read(draft_of_html(annex(*rows, head=head)))}
    assert found["proactive_disclosed_total"] == 310
    assert 9999 not in found.values()


def test_several_columns_of_counts_are_not_chosen_from():
    head = ("序号", "统计指标", "单位", "区政府统计数", "区直单位统计数")
    draft = draft_of_html(annex(*(("1", *row, "8") for row in ANNEX), head=head))
    assert read(draft) == []
    assert codes(draft) == ["table_incomplete"]


@pytest.mark.parametrize("beside", [0, 1])
def test_an_indicator_in_two_rows_is_one(beside: int):
    """A label that a template broke over two rows, its unit and value beside the first or the second half."""
    halves = [("（一）回应公众关注热点或", "", ""), ("重大舆情数（不同方式回应同一热点或舆情计1次）", "", "")]
    halves[beside] = (halves[beside][0], "次", "7")
    text = annex(
        ("（一）主动公开政府信息数（不同渠道", "", ""),
        ("和方式公开相同信息计1条）", "条", "431"),
        *halves,
        ("1.参加或举办新闻发布会总次数", "次", "5"),
        ("3.政策解读稿件发布数", "篇", "9"),
        ("4.微博微信回应事件数", "次", "2"),
        ("5.其他方式回应事件数", "次", "8"),
    )
    figures = read_standard_tables(draft := draft_of_html(text), table_lines(draft))
    found = {figure.row: (figure.value, figure.words) for figure in figures}
    assert found == {
        "proactive_disclosed_total": (431, "431"),
        "hot_issue_responses": (7, "7"),
        "press_conferences": (5, "5"),
        "policy_interpretations": (9, "9"),
        "weibo_wechat_responses": (2, "2"),
        "other_responses": (8, "8"),
    }


def test_an_annex_of_lines_keeps_the_row_that_has_no_value():
    lines = ["统计指标", "单位", "统计数", "（一）收到申请数", "件", "3", "1.当面申请数", "件", "2.传真申请数", "件", "0"]
    lines += ["（二） 申请办结数", "件", "3", "1.按时办结数", "件", "3"]
    figures = read(draft_of_lines(["附表", *lines]))
    assert values(figures, "statistics_annex_2014", "applications_in_person") == [None]
    assert values(figures, "statistics_annex_2014", "applications_fax") == [0]
    assert values(figures, "statistics_annex_2014", "applications_completed") == [3]


def test_empty_cells_at_the_end_of_a_line_are_empty_where_others_keep_their_tabs():
    draft = draft_of_html(html(applications_rows(2021, {"granted": ["3", "", "0", "0", "2", "", ""]})))
    grid = draft.blocks[0].grid
    assert grid is not None
    starts = {(span.row, span.column) for span in grid.spans}
    lines = [list(row) for row in grid.cells]
    for span in grid.spans:
        for r in range(span.row, span.row + span.rows):
            for c in range(span.column, span.column + span.columns):
                if (r, c) not in starts:
                    lines[r][c] = ""
    figures = read(draft_of_lines(["三、申请", *("\t".join(line).rstrip("\t") for line in lines)]))
    assert values(figures, "applications", "granted") == [3, None, 0, 0, 2, None, None]
    assert len(figures) == 175


def test_two_rows_for_one_indicator_are_named_and_neither_is_taken():
    rows = [
        ("三、依申请公开情况", "——", "——"),
        ("（一）收到申请数", "件", "6"),
        ("1.当面申请数", "件", "1"),
        ("网上申请数", "件", "2"),
        ("电子邮件申请数", "件", "3"),
    ]
    draft = draft_of_html(annex(*rows))
    assert {f.row: f.value for f in read(draft)} == {"applications_received": 6, "applications_in_person": 1}
    assert codes(draft) == ["table_row_ambiguous"]


# --- a real page ---


@pytest.mark.skipif(not REAL.exists(), reason="the saved real pages are not beside the repository")
def test_the_real_form_of_2019_as_its_truth_says():
    name = "report-shanghai-bgt-2019.html"
    truth = next(
        json.loads(line)["truth"] for line in (REAL / "index.jsonl").read_text(encoding="utf-8").splitlines() if name in line
    )
    blocks = []
    for node in turbohtml.parse((REAL / name).read_text(encoding="utf-8")).select("table"):
        grid = grid_of(node)
        blocks.append(Block("table", render(grid), grid))
    draft = draft_of_blocks(blocks)
    figures = read(draft)
    for label, row in {
        "本年新收": "received_new",
        "上年结转": "carried_in",
        "予以公开": "granted",
        "总计": "outcome_total",
        "结转下年度": "carried_out",
    }.items():
        assert values(figures, "applications", row) == truth["table3"][label]
    assert values(figures, "review_litigation", "cases") == truth["table4"]
    assert values(figures, "proactive_art20_1", "regulations") == truth["table2"]["规章"]
    assert values(figures, "proactive_art20_1", "normative_documents") == truth["table2"]["规范性文件"]
    assert [(f.value, f.unit) for f in figures if f.row == "centralized_procurement"] == [(6, "项"), (251000, "元")]
    assert all(f.stated == "blank" for f in figures if f.value is None)
    assert regime_of(draft, table_lines(draft)) == "format_2019"
    assert codes(draft) == []
