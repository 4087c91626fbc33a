"""The tables of the formats of 2019 and 2021 -> figures."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.model import Figure
from pipelines.tabular.cells import value_of
from pipelines.tabular.forms import forms, keys_of, meaning, meanings
from pipelines.tabular.grid import Cell
from pipelines.tabular.rows import (
    NOWHERE,
    Found,
    Head,
    Line,
    figures_of,
    heads_of,
    in_order,
    last_label,
    matched,
    matched_in_order,
)

APPLICATIONS = "applications"
REVIEW = "review_litigation"
REVIEW_ROW = "cases"


# --- 第二十条 -------------------------------------------------------------------------------------------------------


def read_proactive(lines: list[Line], found: Found) -> None:
    """Reads the tables of Article 20: a row's label says its table, the last header above it its columns."""
    header: Line = []
    heads_by_table: dict[str, list[Head]] = {}  # the columns under the last header
    caption: str | None = None
    for line in lines:
        _, above = last_label(line, "proactive", "caption")
        if above:
            caption, header, heads_by_table = above.id, [], {}
            continue
        at, label = last_label(line, "proactive", "row")
        if label is None:
            corner, _ = last_label(line, "proactive", "corner")
            if corner >= 0 or last_label(line, "proactive", "column")[1]:
                heads_by_table = {}
                header = line[max(corner + 1, 0 if meaning(line[0].text, "proactive", "column") else 1) :]
            continue
        if label.table not in heads_by_table:
            heads_by_table[label.table] = _proactive_heads(header, label.table)
        heads = heads_by_table[label.table]
        pairs = matched(line[at + 1 :], heads) if heads else None
        if pairs is not None:
            found.tables[label.table] = None
            found.figures += figures_of(label.table, label.id, pairs, found)
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
        heads = heads_of(header, form.columns)
        known = 2 * sum(head.id is not None for head in heads) + (len(heads) == len(form.columns))
        if known > max(most, 1):
            best, most = heads, known
    return best


# --- 收到和处理政府信息公开申请情况 ---------------------------------------------------------------------------------

_DATA_ROWS = frozenset(row for form in forms(APPLICATIONS) for row in form.data_rows)
_PARENTS = {row.id: row.parent for form in forms(APPLICATIONS) for row in form.rows}
_GROUPS = frozenset(row.id for form in forms(APPLICATIONS) for row in form.rows if row.kind == "group")
_MEMBERS = {
    group: [members for form in forms(APPLICATIONS) if (members := frozenset(r.id for r in form.rows if r.parent == group))]
    for group in _GROUPS
}
"""The rows of each group in each form. Values beside a group are its subtotal where all of them are there; else the label of
one of them may be lost."""
_SUBTOTAL = forms(APPLICATIONS)[0].extra_columns[0]
_ORGANISATIONS = frozenset(column.id for column in forms(APPLICATIONS)[0].columns if column.group) | {_SUBTOTAL.id}


def read_applications(lines: list[Line], found: Found, earlier: list[Head]) -> list[Head]:
    """Reads the table and gives its columns; those of an earlier table hold where it has no header, cut off by a template."""
    first = next((at for at, line in enumerate(lines) if _opens_applications(line)), None)
    if first is None:
        return earlier
    heads = _application_heads([cell for line in lines[:first] for cell in line])
    if not heads and (not earlier or sum(map(_opens_applications, lines)) < 2):
        return earlier
    found.tables[APPLICATIONS] = None
    read: list[tuple[str, Cell, list[Figure]]] = []
    for row, label, cells in _application_rows(lines[first:]):
        pairs = matched(cells, heads) if heads else matched_in_order(cells, earlier)
        if pairs is not None:
            read.append((row, label, figures_of(APPLICATIONS, row, pairs, found)))
        elif any(cell.text for cell in cells) or row in _DATA_ROWS:
            found.refused.append((APPLICATIONS, label))
    rows = {row for row, _, _ in read}
    parents = {_PARENTS.get(row) for row in rows}
    for row, label, figures in read:
        is_data = row in _DATA_ROWS and row not in parents
        if not is_data and all(figure.stated == "blank" for figure in figures):
            continue
        if row in parents and not any(members <= rows for members in _MEMBERS[row]):
            found.refused.append((APPLICATIONS, label))
        else:
            found.figures += figures
    return heads or earlier


def _opens_applications(line: Line) -> bool:
    """The line holds a row label of the table that is no column label as well (其他, 总计)."""
    return any(meaning(cell.text, "applications", "row") and not meaning(cell.text, "applications", "column") for cell in line)


def _application_heads(cells: list[Cell]) -> list[Head]:
    """The columns of values, left to right; empty where the cells are no header of this table.

    A wrong rowspan or colspan in the header moves its columns past each other. Where that shows, the columns are the form's, in
    its order, if all of them are there; else none that a row could fit.
    """
    form = forms(APPLICATIONS)[0]
    labelled = {(cell.column, label.id): cell for cell in cells if (label := meaning(cell.text, "applications", "column"))}
    ids = [id for _, id in sorted(labelled)]
    if len(set(ids)) < 4:
        return []
    named = {column: cell for (column, _), cell in labelled.items()}
    if len(named) < len(labelled) or not _in_one_piece(ids):
        complete = sorted(ids) == sorted(column.id for column in form.columns)
        return in_order(form.columns) if complete else [Head(None, NOWHERE, 0)]
    first, last = min(named), max(named)
    for cell in cells:
        covered = any(at <= cell.column < at + known.columns for at, known in named.items())
        if cell.text and first < cell.column < last and not covered and not meanings(cell.text):
            named[cell.column] = cell
    return heads_of([named[at] for at in sorted(named)], (*form.columns, _SUBTOTAL) if _SUBTOTAL.id in ids else form.columns)


def _in_one_piece(ids: list[str]) -> bool:
    """No other column stands between those of 法人或其他组织."""
    inside = [id in _ORGANISATIONS for id in ids]
    return True not in inside or all(inside[inside.index(True) : len(inside) - inside[::-1].index(True)])


def _application_rows(lines: list[Line]) -> Iterable[tuple[str, Cell, Line]]:
    """Row id, label and cells of values of each row; a subtotal (小计, or values beside a group) has the group's id."""
    group: str | None = None
    for line in lines:
        at, label = last_label(line, "applications", "row")
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


def read_review(lines: list[Line], found: Found) -> None:
    """Reads the one row of values under the header; refused where several rows hold values."""
    groups: list[tuple[str, Cell]] = []
    leaves: list[tuple[str, Cell]] = []
    values: list[Line] = []
    for line in lines:
        labels = [(label, cell) for cell in line if (label := meaning(cell.text, "review", "group", "column"))]
        if not values and labels:
            groups += [(label.id, cell) for label, cell in labels if label.axis == "group" and label.id]
            leaves += [(label.id, cell) for label, cell in labels if label.axis == "column"]
        elif len(leaves) > 4 and line:
            if any(meanings(cell.text) for cell in line):
                break
            values.append(line)
    if len(leaves) < 5 or not groups:
        return
    found.tables[REVIEW] = None
    heads = _review_heads(groups, leaves)
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
        found.figures += figures_of(REVIEW, REVIEW_ROW, pairs, found)


def _review_heads(groups: list[tuple[str, Cell]], leaves: list[tuple[str, Cell]]) -> list[Head]:
    """The columns, each named by the group over it; where the groups do not tell (text tables, wrong spans), by the form's
    order, if the labels stand in it from left to right or as they are read. Empty where they do not."""
    columns = forms(REVIEW)[0].columns
    known = {column.id: column for column in columns}
    by_place = {leaf.column: (name, leaf) for name, leaf in leaves}
    places = [by_place[at] for at in sorted(by_place)]
    over = [_group_over(leaf, groups) for _, leaf in places]
    ids = [f"{group}_{name}" for group, (name, _) in zip(over, places, strict=True)]
    names = [column.id.removeprefix(f"{column.group}_") for column in columns]
    if ids != [column.id for column in columns if column.group in over]:
        if [name for name, _ in places] != names:
            return in_order(columns) if [name for name, _ in leaves] == names else []
        ids = [column.id for column in columns]
    return [Head(id, leaf.column, leaf.columns, known[id].unit) for id, (_, leaf) in zip(ids, places, strict=True)]


def _group_over(leaf: Cell, groups: list[tuple[str, Cell]]) -> str | None:
    return next((group for group, cell in groups if cell.column <= leaf.column < cell.column + cell.columns), None)
