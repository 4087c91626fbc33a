"""A row of cells under a header -> figures: what the readers of all standard tables share.

A value is read only where its row and its column are certain: by the order of the cells where a row has as many values as the
header has columns (pages give header and rows different colspans), else by the columns of the grid that a header cell covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.model import Figure, FigureSource, Stated
from pipelines.tabular.cells import value_of
from pipelines.tabular.forms import ANNEX, Axis, Column, Family, Label, keys_of, meaning, unit_noted
from pipelines.tabular.grid import Cell

Line = list[Cell]

NOWHERE = -1
"""The column of a head whose place is not known."""


class Head(NamedTuple):
    """A column of a table on a page: its id (None for one that the form does not have), where it stands, its unit."""

    id: str | None
    column: int
    columns: int
    unit: str | None = None


@dataclass(slots=True)
class Found:
    """What was read from one table of a page."""

    start: int = 0
    """Where the table begins in the report's text."""
    tables: dict[str, None] = field(default_factory=dict)
    """Ids of the standard tables in it, in order."""
    figures: list[Figure] = field(default_factory=list)
    refused: list[tuple[str, Cell | None]] = field(default_factory=list)
    """A standard table of which a row was not read, and the row's label; None for the whole table."""
    unreadable: list[Cell] = field(default_factory=list)
    """Cells that hold words where a number belongs."""
    ambiguous: dict[str, list[Cell]] = field(default_factory=dict)
    """Rows that may all be the same indicator, of which none was read."""


def in_order(columns: Iterable[Column]) -> list[Head]:
    """The columns of a form without their places: rows fit them by order only."""
    return [Head(column.id, NOWHERE, 0, column.unit) for column in columns]


def matched(cells: Line, heads: Sequence[Head]) -> list[tuple[Head, Cell]] | None:
    """Each column's cell in a row: by order where the counts agree, else by place; None where neither is certain."""
    if len(cells) == len(heads):
        return list(zip(heads, cells, strict=True))
    pairs = _matched_by_place(cells, heads)
    if pairs is None and cells and cells[0].text:
        pairs = matched_in_order(cells, heads)
    return pairs


def _matched_by_place(cells: Line, heads: Sequence[Head]) -> list[tuple[Head, Cell]] | None:
    pairs = []
    for head in heads:
        here = [cell for cell in cells if cell.column < head.column + head.columns and head.column < cell.column + cell.columns]
        if len(here) != 1 or here[0].columns > head.columns:
            return None
        pairs.append((head, here[0]))
    used = {cell for _, cell in pairs}
    return pairs if len(used) == len(heads) and all(cell in used or not cell.text for cell in cells) else None


def matched_in_order(cells: Line, heads: Sequence[Head]) -> list[tuple[Head, Cell]] | None:
    """As `matched`, by order only. The places that fill up a short row do not count."""
    while len(cells) > len(heads) and not cells[-1].text:
        cells = cells[:-1]
    return list(zip(heads, cells, strict=True)) if len(cells) == len(heads) else None


def figures_of(table: str, row: str, pairs: Iterable[tuple[Head, Cell]], found: Found) -> list[Figure]:
    figures = []
    for head, cell in pairs:
        if head.id is not None:
            figures.append(figure_of(table, row, head.id, head.unit, cell, found))
    return figures


def figure_of(table: str, row: str, column: str | None, unit: str | None, cell: Cell, found: Found) -> Figure:
    number: int | float | None = None
    stated: Stated = "printed"
    value = value_of(cell.text)
    if value is None:
        found.unreadable.append(cell)
    else:
        number, stated, noted = value
        unit = noted or unit
    source: FigureSource = "annex" if table == ANNEX else "table"
    start, end = found.start + cell.start, found.start + cell.end
    return Figure(table, number, source, cell.text, row, column, unit, "exact", stated, None, start, end)


def last_label(line: Line, family: Family, *axes: Axis) -> tuple[int, Label | None]:
    """The last cell of a line that has a meaning in a family and on one of the axes: its index and its meaning."""
    for at in range(len(line) - 1, -1, -1):
        text = line[at].text
        if text and not text.isdecimal() and (label := meaning(text, family, *axes)):
            return at, label
    return -1, None


def heads_of(cells: Line, columns: Sequence[Column]) -> list[Head]:
    """The columns that header cells name: by place where there are as many as in the form and each may be its own, cut or
    whole (本年新, 本年新, 对外公开总数量); else each by its own words."""
    keys = [keys_of(cell.text) for cell in cells]
    if len(cells) == len(columns) and all(map(_may_be, keys, columns)):
        chosen: list[Column | None] = list(columns)
    else:
        chosen = []
        for names in keys:
            named = [column for column in columns if column not in chosen and any(key in column.keys for key in names)]
            chosen.append(named[0] if named else None)
    return [
        Head(column.id, cell.column, cell.columns, unit_noted(cell.text) or column.unit)
        if column
        else Head(None, cell.column, cell.columns)
        for cell, column in zip(cells, chosen, strict=True)
    ]


def _may_be(names: tuple[str, ...], column: Column) -> bool:
    return any(key == name or (len(name) > 1 and key.startswith(name)) for name in names for key in column.keys)
