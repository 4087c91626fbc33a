"""The cells of one table -> figures of the standard tables in it.

A value is read only where its row and its column are certain: by the order of the cells where a row has as many values as the
header has columns (pages give header and rows different colspans), else by the columns of the grid that a header cell covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.cells import value_of
from pipelines.forms import (
    ANNEX,
    Axis,
    Column,
    Family,
    Label,
    annex_items,
    annex_value_columns,
    forms,
    keys_of,
    meaning,
    meanings,
    unit_noted,
)
from pipelines.grid import Cell
from pipelines.model import Figure

Line = list[Cell]

APPLICATIONS = "applications"
REVIEW = "review_litigation"
REVIEW_ROW = "cases"
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")


class Head(NamedTuple):
    """A column of a table on a page: its id (None for one that the form does not have), where it stands, its unit."""

    id: str | None
    column: int
    columns: int
    unit: str | None = None


@dataclass(slots=True)
class Found:
    """What was read from one table of a page."""

    tables: dict[str, None] = field(default_factory=dict)
    """Ids of the standard tables in it, in order."""
    figures: list[Figure] = field(default_factory=list)
    """Offsets count from the start of the table's text."""
    refused: list[tuple[str, Cell | None]] = field(default_factory=list)
    """A standard table of which a row was not read, and the row's label; None for the whole table."""
    unreadable: list[Cell] = field(default_factory=list)
    """Cells that hold words where a number belongs."""
    ambiguous: dict[str, list[Cell]] = field(default_factory=dict)
    """Rows that may all be the same indicator, of which none was read."""


class TableReader:
    """Reads the tables of one page in order; knows the columns of a table that a page template cut in two."""

    def __init__(self) -> None:
        self._application_heads: list[Head] = []

    def read(self, lines: list[Line]) -> Found:
        found = Found()
        names: dict[Family, set[tuple[str, str]]] = {}
        for label in (label for line in lines for cell in line for label in meanings(cell.text)):
            names.setdefault(label.family, set()).add((label.axis, label.id))
        if max(map(len, lines), default=0) < 2:
            _refuse_shapeless(lines, {family for family, labels in names.items() if len(labels) > 3}, found)
            return found
        if "proactive" in names:
            _read_proactive(lines, found)
        if len(names.get("applications", ())) > 2:
            self._read_applications(lines, found)
        if len(names.get("review", ())) > 2:
            _read_review(lines, found)
        if sum(axis == "row" for axis, _ in names.get("annex", ())) > 3:
            _read_annex(lines, found)
        return found

    def _read_applications(self, lines: list[Line], found: Found) -> None:
        first = next((at for at, line in enumerate(lines) if _opens_applications(line)), None)
        if first is None:
            return
        heads = _application_heads([cell for line in lines[:first] for cell in line])
        if heads:
            self._application_heads = heads
        elif not self._application_heads or sum(map(_opens_applications, lines)) < 2:
            return
        found.tables[APPLICATIONS] = None
        read: dict[str, list[Figure]] = {}
        for row, label, cells in _application_rows(lines[first:]):
            pairs = matched(cells, heads) if heads else _matched_in_order(cells, self._application_heads)
            if pairs is not None:
                read[row] = _figures(APPLICATIONS, row, pairs, found)
            elif any(cell.text for cell in cells) or row in _DATA_ROWS:
                found.refused.append((APPLICATIONS, label))
        parents = {_PARENTS.get(row) for row in read}
        for row, figures in read.items():
            is_data = row in _DATA_ROWS and row not in parents
            if is_data or any(figure.stated != "blank" for figure in figures):
                found.figures += figures


def matched(cells: Line, heads: Sequence[Head]) -> list[tuple[Head, Cell]] | None:
    """Each column's cell in a row: by order where the counts agree, else by place; None where neither is certain."""
    if len(cells) == len(heads):
        return list(zip(heads, cells, strict=True))
    pairs = []
    for head in heads:
        here = [cell for cell in cells if cell.column < head.column + head.columns and head.column < cell.column + cell.columns]
        if len(here) != 1 or here[0].columns > head.columns:
            return None
        pairs.append((head, here[0]))
    used = {cell for _, cell in pairs}
    return pairs if len(used) == len(heads) and all(cell in used or not cell.text for cell in cells) else None


def _matched_in_order(cells: Line, heads: Sequence[Head]) -> list[tuple[Head, Cell]] | None:
    """As `matched`, by order only: the columns are another table's. Places that fill up a short row do not count."""
    while len(cells) > len(heads) and not cells[-1].text:
        cells = cells[:-1]
    return list(zip(heads, cells, strict=True)) if len(cells) == len(heads) else None


def _figures(table: str, row: str, pairs: Iterable[tuple[Head, Cell]], found: Found) -> list[Figure]:
    figures = []
    for head, cell in pairs:
        if head.id is not None:
            figures.append(_figure(table, row, head.id, head.unit, cell, found))
    return figures


def _figure(table: str, row: str, column: str | None, unit: str | None, cell: Cell, found: Found) -> Figure:
    value = value_of(cell.text)
    figure = Figure(
        table, None, "annex" if table == ANNEX else "table", cell.text, row, column, unit, start=cell.start, end=cell.end
    )
    if value is None:
        found.unreadable.append(cell)
        return figure
    figure.value, figure.stated = value.value, value.stated
    figure.unit = value.unit or unit
    return figure


def _refuse_shapeless(lines: list[Line], families: set[Family], found: Found) -> None:
    """A standard table in one column has lost its shape (see `pipelines.tables`): it is named and not read."""
    for label in (label for line in lines for cell in line for label in meanings(cell.text)):
        if label.family not in families:
            continue
        if label.family == "review" and label.axis == "column":
            found.tables[REVIEW] = None
        elif label.table and label.axis == "row":
            found.tables[label.table] = None
    found.refused += [(table, None) for table in found.tables]


def _last_label(line: Line, family: Family, *axes: Axis) -> tuple[int, Label | None]:
    """The last cell of a line that has a meaning in a family and on one of the axes: its index and its meaning."""
    for at in range(len(line) - 1, -1, -1):
        if label := meaning(line[at].text, family, *axes):
            return at, label
    return -1, None


def _assigned(cells: Line, columns: Sequence[Column]) -> list[Head]:
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


# --- 第二十条 -------------------------------------------------------------------------------------------------------


def _read_proactive(lines: list[Line], found: Found) -> None:
    header: Line | None = None
    caption: str | None = None
    for line in lines:
        _, above = _last_label(line, "proactive", "caption")
        if above:
            caption, header = above.id, None
            continue
        at, label = _last_label(line, "proactive", "row")
        if label is None:
            corner, _ = _last_label(line, "proactive", "corner")
            if corner >= 0 or _last_label(line, "proactive", "column")[1]:
                header = line[max(corner + 1, 0 if meaning(line[0].text, "proactive", "column") else 1) :]
            continue
        heads = _proactive_heads(header or [], label.table)
        pairs = matched(line[at + 1 :], heads) if heads else None
        if pairs is not None:
            found.tables[label.table] = None
            found.figures += _figures(label.table, label.id, pairs, found)
        elif heads or caption == label.table:
            found.tables[label.table] = None
            found.refused.append((label.table, line[at]))


def _proactive_heads(header: Line, table: str) -> list[Head]:
    """The columns in the format that knows most of them; empty where none knows any."""
    while header and not header[-1].text:
        header = header[:-1]
    best: list[Head] = []
    most = 0
    for form in forms(table):
        heads = _assigned(header, form.columns)
        known = 2 * sum(head.id is not None for head in heads) + (len(heads) == len(form.columns))
        if known > max(most, 1):
            best, most = heads, known
    return best


# --- 收到和处理政府信息公开申请情况 ---------------------------------------------------------------------------------

_DATA_ROWS = frozenset(row for form in forms(APPLICATIONS) for row in form.data_rows)
_PARENTS = {row.id: row.parent for form in forms(APPLICATIONS) for row in form.rows}
_GROUPS = frozenset(row.id for form in forms(APPLICATIONS) for row in form.rows if row.kind == "group")
_SUBTOTAL = forms(APPLICATIONS)[0].extra_columns[0]


def _opens_applications(line: Line) -> bool:
    """The line holds a row label of the table that is no column label as well (其他, 总计)."""
    return any(meaning(cell.text, "applications", "row") and not meaning(cell.text, "applications", "column") for cell in line)


def _application_heads(cells: list[Cell]) -> list[Head]:
    """The columns of values, left to right; empty where the cells are no header of this table."""
    named = {cell.column: cell for cell in cells if meaning(cell.text, "applications", "column")}
    if len(named) < 4:
        return []
    first, last = min(named), max(named)
    for cell in cells:
        covered = any(at <= cell.column < at + known.columns for at, known in named.items())
        if cell.text and first < cell.column < last and not covered and not meanings(cell.text):
            named[cell.column] = cell
    form = forms(APPLICATIONS)[0]
    leaves = [named[at] for at in sorted(named)]
    extra = [cell for cell in leaves if any(key in _SUBTOTAL.keys for key in keys_of(cell.text))]
    columns = form.columns if not extra else (*form.columns, _SUBTOTAL)
    return _assigned(leaves, columns)


def _application_rows(lines: list[Line]) -> Iterable[tuple[str, Cell, Line]]:
    """Row id, label and cells of values of each row; a subtotal (小计, or values beside a group) has the group's id."""
    group: str | None = None
    for line in lines:
        at, label = _last_label(line, "applications", "row")
        row = label.id if label else None
        for cell in line[: at + 1]:
            above = meaning(cell.text, "applications", "row")
            if above and above.id in _GROUPS:
                group = above.id
        after = line[at + 1] if at + 1 < len(line) else None
        if after and any(key in _SUBTOTAL.keys for key in keys_of(after.text)):
            at, row = at + 1, group
        if row in _DATA_ROWS or row in _GROUPS:
            yield row, line[at], line[at + 1 :]


# --- 政府信息公开行政复议、行政诉讼情况 -----------------------------------------------------------------------------


def _read_review(lines: list[Line], found: Found) -> None:
    groups: list[tuple[str, Cell]] = []
    leaves: dict[int, tuple[str, Cell]] = {}
    values: list[Line] = []
    for line in lines:
        labels = [(label, cell) for cell in line if (label := meaning(cell.text, "review", "group", "column"))]
        if not values and labels:
            groups += [(label.id, cell) for label, cell in labels if label.axis == "group" and label.id]
            leaves |= {cell.column: (label.id, cell) for label, cell in labels if label.axis == "column"}
        elif len(leaves) > 4 and line:
            if any(meanings(cell.text) for cell in line):
                break
            values.append(line)
    if len(leaves) < 5 or not groups:
        return
    found.tables[REVIEW] = None
    heads = _review_heads(groups, [leaves[at] for at in sorted(leaves)])
    stated = [line for line in values if any(cell.text for cell in line)] or values[:1]
    pairs = None
    if heads and len(stated) == 1:
        cells = stated[0]
        while len(cells) > len(heads) and cells[0].text and value_of(cells[0].text) is None:
            cells = cells[1:]
        pairs = matched(cells, heads)
    if pairs is None:
        found.refused.append((REVIEW, None))
    else:
        found.figures += _figures(REVIEW, REVIEW_ROW, pairs, found)


def _review_heads(groups: list[tuple[str, Cell]], leaves: list[tuple[str, Cell]]) -> list[Head]:
    """The columns, each named by the group over it; by the form's order where the groups cover nothing (text tables)."""
    columns = forms(REVIEW)[0].columns
    known = {column.id: column for column in columns}
    over = [
        next((group for group, cell in groups if cell.column <= leaf.column < cell.column + cell.columns), None)
        for _, leaf in leaves
    ]
    ids = [f"{group}_{name}" for group, (name, _) in zip(over, leaves, strict=True)]
    if len(set(ids)) < len(ids) or not known.keys() >= set(ids):
        names = [column.id.removeprefix(f"{column.group}_") for column in columns]
        if [name for name, _ in leaves] != names:
            return []
        ids = [column.id for column in columns]
    return [Head(id, leaf.column, leaf.columns, known[id].unit) for id, (_, leaf) in zip(ids, leaves, strict=True)]


# --- 政府信息公开情况统计表 -----------------------------------------------------------------------------------------


def _read_annex(lines: list[Line], found: Found) -> None:
    found.tables[ANNEX] = None
    head, is_certain = _annex_value_head(lines)
    if not is_certain:
        found.refused.append((ANNEX, None))
        return
    items = annex_items()
    seen: list[str] = []
    read: dict[str, list[tuple[Cell, Figure]]] = {}
    for line in lines:
        at = next((at for at, cell in enumerate(line) if meaning(cell.text, "annex", "row")), None)
        if at is None:
            continue
        item = items[_annex_item(line[at], seen)]
        seen.append(item.id)
        if item.kind == "header":
            continue
        cell = _annex_value(line[at + 1 :], head)
        if cell is None:
            found.refused.append((ANNEX, line[at]))
            continue
        unit = next((label.id for other in line[at + 1 :] if (label := meaning(other.text, "annex", "unit"))), item.unit)
        read.setdefault(item.id, []).append((line[at], _figure(ANNEX, item.id, None, unit, cell, found)))
    for row, figures in read.items():
        if len(figures) == 1:
            found.figures.append(figures[0][1])
        else:
            found.ambiguous[row] = [label for label, _ in figures]


def _annex_value_head(lines: list[Line]) -> tuple[Head | None, bool]:
    """The column of the year's values and whether it is certain; None for a table without a head, which has one column."""
    for line in lines:
        if any(meaning(cell.text, "annex", "row") for cell in line):
            break
        if not any(label.axis == "column" for cell in line for label in meanings(cell.text) if label.family == "annex"):
            continue
        ranks: dict[int, list[Cell]] = {}
        for cell in line:
            keys = keys_of(cell.text)
            rank = next((at for at, word in enumerate(annex_value_columns()) if word in keys), None)
            if rank is None and keys and _YEAR.fullmatch(keys[0]):
                rank = 0
            if rank is None and keys and keys[0].endswith(annex_value_columns()[0]):
                rank = len(annex_value_columns())
            if rank is not None:
                ranks.setdefault(rank, []).append(cell)
        if ranks:
            best = ranks[min(ranks)]
            return Head(None, best[0].column, best[0].columns), len(best) == 1
    return None, True


def _annex_item(cell: Cell, seen: list[str]) -> str:
    """The indicator of a label; of two with the same name (被依法纠错数) the one whose heading came last."""
    labels = [label.id for label in meanings(cell.text) if label.family == "annex" and label.axis == "row"]
    items = annex_items()
    return max(labels, key=lambda id: _last_index(seen, items[id].parent))


def _last_index(seen: list[str], id: str | None) -> int:
    return len(seen) - 1 - seen[::-1].index(id) if id in seen else -1


def _annex_value(cells: Line, head: Head | None) -> Cell | None:
    if head is None:
        numbers = [cell for cell in cells if not meaning(cell.text, "annex", "unit")]
        return numbers[0] if len(numbers) == 1 else None
    here = [cell for cell in cells if cell.column <= head.column < cell.column + cell.columns]
    return here[0] if here and here[0].columns <= head.columns else None
