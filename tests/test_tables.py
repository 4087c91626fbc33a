"""Grids of HTML tables, and tables that were saved as text."""

from __future__ import annotations

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.draft import Block, Grid
from pipelines.model import Span
from pipelines.tables import fold_flat_tables, grid_of, render
from pipelines.tabular.grid import WIDE, cells_of
from tests.table_pages import applications_rows, cells, draft_of_lines, proactive_rows, review_rows


def grid(markup: str) -> Grid:
    table = turbohtml.parse(markup).select_one("table")
    assert table is not None
    return grid_of(table)


def fold(*lines: str) -> list[Block]:
    return fold_flat_tables([Block("paragraph", line) for line in lines])


# --- grids ---


def test_a_merged_cell_repeats_its_text_and_spans_say_where_it_begins():
    made = grid("<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2</table>")
    assert made.cells == [["甲", "乙", "乙"], ["甲", "1", "2"]]
    assert made.spans == [Span(0, 0, 2, 1), Span(0, 1, 1, 2)]
    assert render(made) == "甲\t乙\n1\t2"


def test_rows_that_are_too_short_end_in_empty_cells():
    assert grid("<table><tr><td>a<td>b<td>c<tr><td>d</table>").cells == [["a", "b", "c"], ["d", "", ""]]


def test_a_cell_that_would_overlap_one_from_above_ends_before_it():
    made = grid("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d</table>")
    assert made.cells == [["a", "b", ""], ["c", "b", "d"]]


@pytest.mark.parametrize("count", ["10000", "99999999999", "1000"])
def test_a_huge_colspan_does_not_widen_the_table(count: str):
    made = grid(f"<table><tr><td colspan={count}>标题<tr><td>1<td>2</table>")
    assert made.cells == [["标题", "标题"], ["1", "2"]]
    assert made.spans == [Span(0, 0, 1, 2)]


@pytest.mark.parametrize("count", ["0", "65534", "7"])
def test_a_rowspan_ends_with_its_row_group(count: str):
    made = grid(f"<table><tbody><tr><td rowspan={count}>a<td>1<tr><td>2</tbody><tbody><tr><td>b<td>3</tbody></table>")
    assert made.cells == [["a", "1"], ["a", "2"], ["b", "3"]]


@pytest.mark.parametrize("count", ["", "x", "-3", "1.9", " 1"])
def test_a_span_that_is_no_number_counts_as_one(count: str):
    assert grid(f"<table><tr><td colspan='{count}'>a<td>b</table>").cells == [["a", "b"]]


def test_the_text_of_a_nested_table_belongs_to_its_cell_once():
    made = grid("<table><tr><td>外<table><tr><td>内<td>里</table><td>右<tr><td>下<td>1</table>")
    assert made.cells == [["外内里", "右"], ["下", "1"]]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("本年新<br>制作数量", "本年新制作数量"),
        ("<p>商业</p>\n  <p>企业</p>", "商业企业"),
        ("<span>12</span><span>34</span>", "1234"),
        ("12<br/>34", "1234"),
        ("&nbsp;", ""),
        ("&nbsp;\n<p> 5 </p>", "5"),
        ("总 \n 计", "总 计"),
        ("open<br>data", "open data"),
        ("<script>var a=1</script>7<style>p{}</style><!-- 8 -->", "7"),
        ("现\u200b行\ufeff有效", "现行有效"),
    ],
)
def test_the_text_of_a_cell(markup: str, text: str):
    assert grid(f"<table><tr><td>{markup}</td></tr></table>").cells == [[text]]


def test_a_caption_is_the_first_row():
    made = grid("<table><caption>统计表</caption><tr><td>a<td>b</table>")
    assert made.cells == [["统计表", "统计表"], ["a", "b"]]
    assert render(made) == "统计表\na\tb"


def test_a_table_of_absurd_size_is_kept_as_its_rows():
    row = "<tr>" + "<td colspan=1000 rowspan=60000>甲" * 3 + "</tr>"
    made = grid(f"<table>{row * 400}</table>")
    assert made.cells == [["甲 甲 甲"]] * 400


markup = st.recursive(
    st.sampled_from(["甲", "12", " ", "<br>", "<p>乙</p>", "&nbsp;", "a b"]),
    lambda inner: st.lists(
        st.lists(
            st.tuples(
                inner, st.sampled_from(["", "1", "2", "0", "-1", "x", "1200", "99999"]), st.sampled_from(["", "2", "0", "9"])
            ),
            max_size=4,
        ),
        max_size=4,
    ).map(
        lambda rows: (
            "<table>"
            + "".join("<tr>" + "".join(f"<td colspan='{c}' rowspan='{r}'>{t}" for t, c, r in row) for row in rows)
            + "</table>"
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(st.lists(markup, min_size=1, max_size=3))
def test_any_table_gives_a_rectangle_whose_text_has_each_cell_where_it_says(parts: list[str]):
    for table in turbohtml.parse("".join(parts)).select("table"):
        made = grid_of(table)
        assert len({len(row) for row in made.cells}) <= 1
        assert all(len(row) <= WIDE for row in made.cells)
        text = render(made)
        covered: set[tuple[int, int]] = set()
        for cell in (cell for line in cells_of(made) for cell in line):
            assert text[cell.start : cell.end] == cell.text
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    assert (row, column) not in covered
                    covered.add((row, column))
                    assert made.cells[row][column] == cell.text
        assert covered == {(r, c) for r, row in enumerate(made.cells) for c in range(len(row))}


# --- flattened tables ---

PROACTIVE = proactive_rows(2021, {"normative_documents": ["4", "1", "19"], "administrative_fees": ["3.5"]})
APPLICATIONS = applications_rows(2021, {"received_new": ["3", "0", "0", "1", "0", "0", "4"]})
REVIEW = review_rows(["0"] * 15)


def test_one_cell_per_line_becomes_the_table_that_it_was():
    lines = ["二、主动公开政府信息情况", *cells(PROACTIVE), "三、收到和处理政府信息公开申请情况", *cells(APPLICATIONS)]
    lines += [
        "四、政府信息公开行政复议、行政诉讼情况",
        *cells(REVIEW),
        "五、存在的主要问题及改进情况",
        "基层的公开意识还不够强。",
    ]
    folded = fold(*lines)
    assert [block.kind for block in folded] == ["paragraph", "table"] * 3 + ["paragraph"] * 2
    assert [block.text for block in folded[::2]][:3] == [
        lines[0],
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]
    made = folded[3].grid
    assert made is not None
    assert (len(made.cells), len(made.cells[0])) == (28, 10)
    assert made.cells[3] == ["一、本年新收政府信息公开申请数量"] * 3 + ["3", "0", "0", "1", "0", "0", "4"]
    assert made.cells[7][:4] == ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", "0"]
    assert made.cells[27][0] == "四、结转下年度继续办理"
    assert folded[3].text == render(made)


def test_labels_cut_in_pieces_are_joined_where_only_together_they_are_known():
    pieces: list[str] = []
    for text in cells(APPLICATIONS) + cells(REVIEW):
        pieces += {"商业企业": ["商业", "企业"], "社会公益组织": ["社会", "公益", "组织"], "其他结果": ["其他", "结果"]}.get(
            text, [text]
        )
    folded = fold(*pieces)
    assert [len(block.grid.cells) for block in folded if block.grid] == [28, 4]
    assert folded[0].grid is not None
    assert folded[0].grid.cells[2][3:] == ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    assert folded[1].text.splitlines()[2].split("\t")[2] == "其他结果"


@pytest.mark.parametrize("label", [["四、结转下年度继续办理"], ["四、结转下年", "度继续办理"]])
def test_a_single_row_that_a_template_cut_off_goes_back_to_its_table(label: list[str]):
    *most, last = APPLICATIONS
    whole = fold(*cells(APPLICATIONS))[0]
    table = fold(*cells(APPLICATIONS))[0]
    assert table.grid is not None
    table.grid.cells.pop()
    table.grid.spans = [span for span in table.grid.spans if span.row < len(most)]
    table.text = render(table.grid)
    alone = [Block("paragraph", text) for text in (*label, *cells([last])[1:], "四、其他情况")]
    folded = fold_flat_tables([table, *alone])
    assert [block.text for block in folded] == [whole.text, "四、其他情况"]
    assert folded[0].grid == whole.grid


def test_a_row_of_which_a_value_is_lost_is_not_put_back():
    table = fold(*cells(APPLICATIONS[:-1]), "四、结转下年度继续办理", *"0000000")[0]
    assert table.grid is not None
    lines = [Block("paragraph", text) for text in ("一、本年新收政府信息公开申请数量", "1", "0")]
    assert fold_flat_tables([table, *lines])[1:] == lines


@pytest.mark.parametrize("joint", ["\t", "  ", "　", " "])
def test_a_line_per_row(joint: str):
    lines = [joint.join(cells([row])) for row in (*APPLICATIONS, *REVIEW)]
    folded = fold("三、收到和处理政府信息公开申请情况", *lines, "以上数据截至年底。")
    assert [block.kind for block in folded] == ["paragraph", "table", "table", "paragraph"]
    assert folded[1].text == fold(*cells(APPLICATIONS))[0].text


def test_a_table_run_together_in_one_line():
    folded = fold("一、总体情况", " ".join(cells(PROACTIVE)), "二、其他")
    assert folded[1].text == fold(*cells(PROACTIVE))[0].text


def test_a_page_in_one_line():
    words = [
        "一、总体情况 今年公开信息 120 条，其中网站 80 条。",
        "三、收到和处理政府信息公开申请情况",
        *cells(APPLICATIONS),
        "五、主要问题 公开不够及时。",
    ]
    folded = fold(" ".join(words))
    assert [block.kind for block in folded] == ["paragraph", "table", "paragraph"]
    assert folded[0].text == " ".join(words[:2])
    assert folded[1].text == fold(*cells(APPLICATIONS))[0].text
    assert folded[2].text == words[-1]


def test_pipes_keep_their_grid_and_their_empty_cells():
    lines = [
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
        "|---|:--:|---|---|",
        "| 规章 |  | 0 | 0 |",
        "| 行政规范性文件 | 2 |  | 9 |",
    ]
    folded = fold("见下表：", *lines, "（完）")
    assert [block.kind for block in folded] == ["paragraph", "table", "paragraph"]
    assert folded[1].grid is not None
    assert folded[1].grid.cells == [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "", "0", "0"],
        ["行政规范性文件", "2", "", "9"],
    ]


def test_any_markdown_table_is_a_table_but_other_lines_with_pipes_are_none():
    assert [b.kind for b in fold("| 渠道 | 条数 |", "| --- | --- |", "| 广播 | 12 |")] == ["table"]
    assert [b.kind for b in fold("首页 | 政务公开 | 互动", "上一篇 | 下一篇 | 返回")] == ["paragraph"] * 2


def test_tabs_keep_empty_cells():
    rows = applications_rows(2021, {"received_new": ["3", "", "", "1", "", "", "4"], "granted": [""] * 7})
    folded = fold(*["\t".join(cells([row])) for row in rows])
    assert folded[0].grid is not None
    assert folded[0].grid.cells[3][3:] == ["3", "", "", "1", "", "", "4"]
    assert folded[0].grid.cells[5][2:] == ["（一）予以公开"] + [""] * 7


def test_both_widths_of_punctuation_and_traditional_script():
    half = [text.replace("（", "(").replace("）", ")").replace("，", ",").replace("：", ":") for text in cells(APPLICATIONS)]
    assert [len(b.grid.cells) for b in fold(*half) if b.grid] == [28]
    lines = ["第二十條第（一）項", "信息內容", "本年制發件數", "本年廢止件數", "現行有效件數"]
    lines += ["規章", "0", "0", "0", "行政規範性文件", "2", "1", "8"]
    folded = fold(*lines)
    assert [block.kind for block in folded] == ["table"]
    assert folded[0].text.endswith("行政規範性文件\t2\t1\t8")


@pytest.mark.parametrize("lost", [30, 60, 100, 150])
def test_a_lost_cell_leaves_a_table_of_one_column(lost: int):
    lines = cells(APPLICATIONS)
    del lines[lost]
    folded = fold("三、收到和处理政府信息公开申请情况", *lines, "四、政府信息公开行政复议、行政诉讼情况")
    assert [block.kind for block in folded] == ["paragraph", "table", "paragraph"]
    assert folded[1].text.splitlines() == lines


def test_lines_that_an_extractor_removed_because_they_repeat():
    lines = list(dict.fromkeys(cells(PROACTIVE)))
    folded = fold("二、主动公开政府信息情况", *lines, "三、收到和处理政府信息公开申请情况")
    assert [block.kind for block in folded] == ["paragraph", "table", "paragraph"]
    assert folded[1].text.splitlines() == lines


def test_words_behind_the_last_value_stay_a_paragraph():
    folded = fold(*cells(REVIEW), "无", "六、其他需要报告的事项")
    assert [block.kind for block in folded] == ["table", "paragraph", "paragraph"]


def test_an_annex_with_an_indicator_of_its_own():
    lines = ["统计指标", "单位", "统计数", "一、主动公开情况", "——", "——", "（一）主动公开政府信息数", "条", "310"]
    lines += [
        "主动公开村务信息数",
        "条",
        "40",
        "制发规范性文件总数",
        "件",
        "2",
        "三、依申请公开情况",
        "（一）收到申请数",
        "件",
        "1",
    ]
    folded = fold("附件：统计表", *lines, "单位负责人：")
    assert [block.kind for block in folded] == ["paragraph", "table", "paragraph"]
    assert folded[1].grid is not None
    assert folded[1].grid.cells[3] == ["主动公开村务信息数", "条", "40"]
    assert folded[1].grid.cells[5] == ["三、依申请公开情况", "", ""]


def test_prose_stays_as_it_is():
    lines = [
        "一、概述",
        "规章",
        "2016年全镇公开信息 120 条，其中村务 30 条。",
        "1、行政许可",
        "3",
        "总计",
        "（二）行政复议",
        "无",
        "其他",
    ]
    blocks = [Block("paragraph", line) for line in lines]
    assert fold_flat_tables(blocks) == blocks
    assert all(a is b for a, b in zip(fold_flat_tables(blocks), blocks, strict=True))


def test_no_word_is_lost_whatever_the_lines():
    pool = (
        cells(PROACTIVE) + cells(APPLICATIONS)[:60] + cells(REVIEW) + ["商业", "企业", "| 规章 | 0 |", "无", "一、概述", "a\tb"]
    )

    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.sampled_from(pool), max_size=80))
    def check(lines: list[str]) -> None:
        def plain(texts: list[str]) -> list[str]:
            return sorted("".join(texts).replace("\t", "").replace("\n", "").replace("|", "").replace(" ", ""))

        assert plain([block.text for block in fold(*lines)]) == plain(lines)

    check()


def test_offsets_of_folded_tables_hold_in_the_report():
    draft = draft_of_lines(["前言", *cells(REVIEW), "结尾"])
    table = draft.blocks[1]
    assert draft.report.text[table.start : table.end] == table.text
