"""Standard tables as pages have them, made from the vocabulary and the values that a test gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import turbohtml

from pipelines.draft import Block, Draft
from pipelines.model import Capture, Document
from pipelines.tables import fold_flat_tables, grid_of, render

VOCABULARY = Path(__file__).parents[1] / "pipelines" / "vocabulary"
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
LEAVES = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
FIVE = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]

Rows = Sequence[Sequence[str | tuple[str, str]]]


def form(year: int, table: str) -> dict[str, Any]:
    """A table of the vocabulary."""
    data = json.loads((VOCABULARY / f"tables_{year}.json").read_text(encoding="utf-8"))
    return next(entry for entry in data["tables"] if entry["id"] == table)


def data_rows(year: int) -> list[str]:
    """The ids of the applications rows that have values, in order."""
    return [row["id"] for row in form(year, "applications")["rows"] if row["kind"] == "data"]


def html(rows: Rows) -> str:
    """A table of cells: text, or text with attributes."""
    lines = []
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, "") for cell in row]
        lines.append("<tr>" + "".join(f"<td {attributes}>{text}</td>" for text, attributes in cells) + "</tr>")
    return f"<table>{''.join(lines)}</table>"


def applications_rows(year: int, values: Mapping[str, Sequence[str]]) -> list[list[str | tuple[str, str]]]:
    """The applications table as the form prints it; rows that are not given hold zeros."""
    entry = form(year, "applications")
    rows: list[list[str | tuple[str, str]]] = [
        [(CORNER, "colspan=3 rowspan=3"), ("申请人情况", "colspan=7")],
        [("自然人", "rowspan=2"), ("法人或其他组织", "colspan=5"), ("总计", "rowspan=2")],
        list(LEAVES),
    ]
    outcomes = len([row for row in entry["rows"] if row["kind"] == "data" and row.get("parent")])
    pending: list[str | tuple[str, str]] = []
    for row in entry["rows"]:
        children = sum(other.get("parent") == row["id"] for other in entry["rows"])
        if row["kind"] == "header":
            pending.append((row["label"], f"rowspan={outcomes}"))
        elif row["kind"] == "group":
            pending.append((row["label"], f"rowspan={children}"))
        else:
            width = 3 if not row.get("parent") else 2 if row["parent"] == "outcomes" else 1
            rows.append([*pending, (row["label"], f"colspan={width}"), *values.get(row["id"], ["0"] * 7)])
            pending = []
    return rows


def review_rows(values: Sequence[str]) -> list[list[str | tuple[str, str]]]:
    """The table of reconsideration and litigation."""
    return [
        [("行政复议", "colspan=5"), ("行政诉讼", "colspan=10")],
        [*((label, "rowspan=2") for label in FIVE), ("未经复议直接起诉", "colspan=5"), ("复议后起诉", "colspan=5")],
        FIVE + FIVE,
        list(values),
    ]


def proactive_rows(year: int, values: Mapping[str, Sequence[str]]) -> list[list[str | tuple[str, str]]]:
    """The tables of Article 20 in one, with caption rows."""
    tables = [form(year, f"proactive_art20_{n}") for n in ((1, 5, 6, 8, 9) if year == 2019 else (1, 5, 6, 8))]
    rows: list[list[str | tuple[str, str]]] = []
    for entry in tables:
        count = len(entry["columns"])
        wide = f"colspan={4 - count}"
        rows.append([(entry["title"], "colspan=4")])
        labels = [column["label"] for column in entry["columns"]]
        rows.append(["信息内容", *labels[:-1], (labels[-1], wide)])
        for row in entry["rows"]:
            cells = list(values.get(row["id"], ["0"] * count))
            rows.append([row["label"], *cells[:-1], (cells[-1], wide)])
    return rows


def cells(rows: Rows) -> list[str]:
    """The texts of a table in reading order: what is left when its markup is lost."""
    return [cell[0] if isinstance(cell, tuple) else cell for row in rows for cell in row]


def draft_of_blocks(blocks: list[Block]) -> Draft:
    """A draft whose report consists of these blocks."""
    draft = Draft(Document(Capture(b"")), blocks=blocks)
    at = 0
    for block in blocks:
        block.start, block.end = at, at + len(block.text)
        at = block.end + 1
    draft.report.text = "\n".join(block.text for block in blocks)
    return draft


def draft_of_html(*tables: str) -> Draft:
    """A draft whose report consists of these HTML tables."""
    blocks = []
    for markup in tables:
        node = turbohtml.parse(markup).select_one("table")
        assert node is not None
        grid = grid_of(node)
        blocks.append(Block("table", render(grid), grid))
    return draft_of_blocks(blocks)


def draft_of_lines(lines: Sequence[str]) -> Draft:
    """A draft whose report consists of these paragraphs, tables among them folded."""
    return draft_of_blocks(fold_flat_tables([Block("paragraph", line) for line in lines]))


Damage = Callable[[str], str]
