"""The cells of a flattened standard table, in reading order -> the grid that its form has, where they fit the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.draft import Grid
from pipelines.tabular.cells import value_of
from pipelines.tabular.forms import Family, Form, Label, annex_items, forms, meanings
from pipelines.tabular.grid import Laid, lay_out

Rows = list[list[Laid]]

_LONGEST_VALUE = 40


@dataclass(slots=True)
class Token:
    """A cell of a flattened table, or a piece of one."""

    text: str
    labels: tuple[Label, ...]
    is_value: bool
    parts: list[tuple[int, str]]
    """The index of the block of each piece that it was joined from, and the piece."""
    by_place: bool = False
    """It comes from a line with tabs or pipes, where an empty cell keeps its place."""

    @classmethod
    def of(cls, text: str, block: int, *, by_place: bool = False) -> Token:
        return cls(text, meanings(text), len(text) < _LONGEST_VALUE and value_of(text) is not None, [(block, text)], by_place)

    @property
    def known(self) -> bool:
        return self.is_value or bool(self.labels)

    def label(self, family: Family, *axes: str) -> Label | None:
        return next((label for label in self.labels if label.family == family and label.axis in axes), None)


@dataclass(slots=True)
class _Entry:
    """A label and the values that follow it."""

    token: Token
    values: list[Token] = field(default_factory=list)
    is_open: bool = False
    """Empty cells at its end may have gone with the white space at the end of its line."""


def lay_flat(family: Family, tokens: Sequence[Token]) -> tuple[Grid | None, int]:
    """The grid and how many tokens it takes; None where the tokens do not fit the form.

    Words such as 无 that follow the last value of the form are not taken: they begin the paragraph after the table.
    """
    end = len(tokens)
    while end and tokens[end - 1].is_value:
        rows = _LAYOUTS[family](tokens[:end])
        if rows is not None:
            return lay_out("", [rows]), end
        value = value_of(tokens[end - 1].text)
        if value is None or value.value is not None:
            break
        end -= 1
    return None, len(tokens)


def _entries(tokens: Sequence[Token]) -> list[_Entry] | None:
    """Labels with their values; None where a value stands before the first label."""
    keeps_places = any(token.by_place and not token.text for token in tokens)
    entries: list[_Entry] = []
    for token in tokens:
        if not token.is_value:
            entries.append(_Entry(token, is_open=token.by_place and keeps_places))
        elif entries:
            entries[-1].values.append(token)
        elif token.text:
            return None
    return entries


def _fitted(entry: _Entry, count: int) -> list[str] | None:
    """The values of a row where they are as many as the form has; empty places at the end of a delimited line do not count."""
    values = [token.text for token in entry.values]
    if entry.token.by_place:
        while len(values) > count and not values[-1]:
            values.pop()
        if entry.is_open or not values:
            values += [""] * (count - len(values))
    return values if len(values) == count else None


def _is_bare(entry: _Entry) -> bool:
    """No value stands beside the label."""
    return not any(token.text for token in entry.values)


def _stretched(cells: list[str], width: int) -> list[Laid]:
    """A row whose last cell covers what is left of the width."""
    return [*map(Laid, cells[:-1]), Laid(cells[-1], width - len(cells) + 1)]


def _proactive(tokens: Sequence[Token]) -> Rows | None:
    """The tables of Article 20: captions, headers 信息内容 …, and rows."""
    entries = _entries(tokens)
    if entries is None or not _has_all_rows(entries):
        return None
    lines: list[list[str]] = []
    header: list[str] = []
    open_header = False
    for entry in entries:
        text = entry.token.text
        if entry.token.label("proactive", "row"):
            values = _fitted(entry, len(header) - 1)
            if len(header) < 2 or values is None:
                return None
            lines.append([text, *values])
            open_header = False
        elif not _is_bare(entry):
            return None
        elif entry.token.label("proactive", "caption"):
            lines.append([text])
            header, open_header = [], False
        elif entry.token.label("proactive", "corner", "column"):
            if not open_header:
                header = [] if entry.token.label("proactive", "corner") else [""]
                lines.append(header)
                open_header = True
            header.append(text)
        else:
            return None
    width = max(map(len, lines), default=0)
    return [_stretched(line, width) for line in lines] if len(lines[-1:] and lines[-1]) > 1 and not open_header else None


def _has_all_rows(entries: list[_Entry]) -> bool:
    """No table of Article 20 with a cell per line lacks a row of its form: a lost label would give its values to another."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        label = entry.token.label("proactive", "row")
        line = entry.token.parts[-1][0]
        if label and any(value.parts[0][0] != line for value in entry.values):
            found.setdefault(label.table, set()).add(label.id)
    return all(any(form.data_rows <= rows for form in forms(table)) for table, rows in found.items())


def _applications(tokens: Sequence[Token]) -> Rows | None:
    """收到和处理政府信息公开申请情况: three columns of labels, a header of three rows, then seven values a row."""
    entries = _entries(tokens)
    if entries is None:
        return None
    start = next((i for i, entry in enumerate(entries) if _opens_applications(entry)), None)
    if start is None or not all(map(_is_bare, entries[:start])):
        return None
    header = _applications_header([entry.token for entry in entries[:start]])
    form = _format_of(entries[start:])
    if header is None or form is None:
        return None
    rows, count = header
    parents = {row.id: row.parent for row in form.rows}
    groups = {row.id for row in form.rows if row.kind == "group"}
    named = [(entry.token.label("applications", "row"), entry) for entry in entries[start:]]
    outcome_rows = sum(1 for row, entry in named if row and parents.get(row.id) and not _opens_group(row, entry, groups))
    outcomes: str | None = ""
    group: tuple[str, int] | None = None
    for label, entry in named:
        if label is None:
            return None
        text = entry.token.text
        if label.id == "outcomes":
            if not _is_bare(entry):
                return None
            outcomes = text
            continue
        if _opens_group(label, entry, groups):
            children = sum(1 for other, _ in named if other and parents.get(other.id) == label.id)
            group = (text, children)
            continue
        values = _fitted(entry, count)
        if values is None:
            return None
        parent = parents.get(label.id)
        row = list(map(Laid, values))
        if parent is None:
            rows.append([Laid(text, 3), *row])
            continue
        head = [Laid(outcomes, 1, outcome_rows)] if outcomes is not None else []
        outcomes = None
        if parent == "outcomes":
            rows.append([*head, Laid(text, 2), *row])
            continue
        if group:
            head.append(Laid(group[0], 1, group[1]))
            group = None
        rows.append([*head, Laid(text), *row])
    return rows


def _opens_applications(entry: _Entry) -> bool:
    label = entry.token.label("applications", "row")
    return label is not None and not entry.token.label("applications", "column")


def _opens_group(label: Label, entry: _Entry, groups: set[str]) -> bool:
    return label.id in groups and _is_bare(entry)


def _applications_header(tokens: list[Token]) -> tuple[Rows, int] | None:
    """The three header rows and the count of value columns; None where a column of the form is missing."""
    columns: dict[str, str] = {}
    others: dict[str, str] = {}
    for token in tokens:
        if column := token.label("applications", "column"):
            if column.id in columns:
                return None
            columns[column.id] = token.text
        elif other := token.label("applications", "corner", "group"):
            others[other.id] = token.text
        else:
            return None
    if not columns.keys() >= {column.id for column in forms("applications")[0].columns}:
        return None
    person, total = columns.pop("natural_person"), columns.pop("total")
    count = len(columns) + 2
    return [
        [Laid(others.get("corner", ""), 3, 3), Laid(others.get("applicant", ""), count)],
        [Laid(person, 1, 2), Laid(others.get("legal_or_other_organization", ""), count - 2), Laid(total, 1, 2)],
        [Laid(text) for text in columns.values()],
    ], count


def _format_of(entries: list[_Entry]) -> Form | None:
    """The format whose rows these are, each once; None where one is missing: a lost label would give its values to another."""
    found = [label.id for entry in entries if (label := entry.token.label("applications", "row"))]
    for form in forms("applications"):
        if form.data_rows <= set(found) <= {row.id for row in form.rows} and len(set(found)) == len(found):
            return form
    return None


def _review(tokens: Sequence[Token]) -> Rows | None:
    """政府信息公开行政复议、行政诉讼情况: a header of three rows, then fifteen values."""
    form = forms("review_litigation")[0]
    first = next((i for i, token in enumerate(tokens) if token.is_value and token.text), len(tokens))
    head = [token for token in tokens[:first] if token.text]
    values = [token.text for token in tokens[first:]]
    while len(values) > len(form.columns) and not values[-1] and tokens[first].by_place:
        values.pop()
    groups = [(token.text, label.id) for token in head if (label := token.label("review", "group"))]
    leaves = [(token.text, label.id) for token in head if (label := token.label("review", "column"))]
    wanted = [column.id.removeprefix(f"{column.group}_") for column in form.columns]
    named = {name for _, name in groups if name}
    if [name for _, name in leaves] != wanted or len(groups) + len(leaves) != len(head) or len(values) != len(wanted):
        return None
    if named != {column.group for column in form.columns}:
        return None
    texts = {name: text for text, name in groups}
    labels = [text for text, _ in leaves]
    return [
        [Laid(texts["reconsideration"], 5), Laid(texts.get("", ""), 10)],
        [
            *(Laid(text, 1, 2) for text in labels[:5]),
            Laid(texts["litigation_direct"], 5),
            Laid(texts["litigation_after_reconsideration"], 5),
        ],
        list(map(Laid, labels[5:])),
        list(map(Laid, values)),
    ]


def _annex(tokens: Sequence[Token]) -> Rows | None:
    """政府信息公开情况统计表: a head, then indicator, unit and value; headings stand alone or with dashes."""
    head: list[str] = []
    lines: list[tuple[bool, list[str]]] = []
    for token in tokens:
        item = token.label("annex", "row")
        if item or not token.known:
            is_heading = item is not None and annex_items()[item.id].kind == "header"
            lines.append((is_heading, [token.text]))
        elif lines:
            lines[-1][1].append(token.text)
        elif token.label("annex", "column"):
            head.append(token.text)
        elif token.text:
            return None
    width = len(head) or max((len(cells) for _, cells in lines), default=0)
    rows = [list(map(Laid, head))] if head else []
    for is_heading, cells in lines:
        if is_heading and len(cells) == 1:
            cells += [""] * (width - 1)
        if len(cells) == 2 and width == 3 and value_of(cells[1]) is None:
            cells.append("")  # the unit, and no value
        if len(cells) != width or width < 2:
            return None
        rows.append(list(map(Laid, cells)))
    return rows


_LAYOUTS: dict[Family, Callable[[Sequence[Token]], Rows | None]] = {
    "proactive": _proactive,
    "applications": _applications,
    "review": _review,
    "annex": _annex,
}
