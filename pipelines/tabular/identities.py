"""The arithmetic of the standard tables: what a form prints or implies, held against what a page states.

The identities are the codebook's (vocabulary/tables_*.json, annex_2014.json). Each is tried with the cells as they are; where
cells are empty or hold a dash, it is tried again with those as zero, and the issue says which of the two held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isclose
from typing import Literal

from pipelines.draft import Draft
from pipelines.model import Evidence, Figure
from pipelines.tabular.forms import ANNEX, Identity, column_label, group_label, identities, row_label, table_title

_MOST_SPELLED_OUT = 3
"""A sum of more cells than this is named by its first and last cell."""

Cells = dict[str | None, dict[str | None, Figure]]
"""A table's figures by row and column, or by column and row."""
Number = int | float
Result = Literal["holds", "blank_as_zero", "unstated", "fails"]


@dataclass(slots=True)
class _Trial:
    """One identity in one row or column, its `line`: its two sides, and whether it holds, only with blanks as zero, or not;
    `unstated` where one side states nothing, so that there is no contradiction."""

    line: str | None
    left: list[Figure]
    right: list[Figure]
    result: Result


def check_tables(draft: Draft) -> None:
    """Adds an issue for each identity that does not hold in the tables, with both sides of each row or column where it fails.

    The code is the identity's id; `<id>_blank_as_zero`, a note, where it holds only with empty cells read as zero, and
    `<id>_unstated`, a note, where it does not but one side is wholly empty. An identity is tried where the page has every part
    of it; the formats of 2019 and 2021 differ in theirs.
    """
    rows: dict[str, Cells] = defaultdict(lambda: defaultdict(dict))
    columns: dict[str, Cells] = defaultdict(lambda: defaultdict(dict))
    for figure in draft.report.figures:
        if figure.source != "sentence" and figure.row is not None:
            rows[figure.metric][figure.row][figure.column] = figure
            columns[figure.metric][figure.column][figure.row] = figure
    tried: set[str] = set()
    for identity in identities():
        cells = (rows if identity.each == "row" else columns).get(identity.table)
        if cells is None or identity.id in tried:
            continue
        if identity.op == "count":
            _check_counts(draft, identity, (figure for line in cells.values() for figure in line.values()))
            continue
        trials = list(_trials(identity, cells))
        if not trials:
            continue
        tried.add(identity.id)
        for result in ("fails", "blank_as_zero", "unstated"):
            if found := [trial for trial in trials if trial.result == result]:
                _report(draft, identity, result, found)


def _report(draft: Draft, identity: Identity, result: str, found: list[_Trial]) -> None:
    sides = [side for trial in found for side in _sides(identity, trial)]
    if result == "fails":
        draft.add_issue(identity.id, identity.severity, _message(identity, found), *sides)
        return
    where = "、".join(f"“{_name(identity, trial.line)}”" for trial in found)
    what = "add up only if the empty cells are read as 0"
    if result == "unstated":
        what = "cannot be added up: one side is left empty and the other is not"
    draft.add_issue(f"{identity.id}_{result}", "note", f"In the table “{table_title(identity.table)}” {where} {what}.", *sides)


def _trials(identity: Identity, cells: Cells) -> Iterator[_Trial]:
    """The identity in each row or column that has all its parts and states at least one of them."""
    for line, figures in cells.items():
        try:
            left, right = [figures[part] for part in identity.left], [figures[part] for part in identity.right]
        except KeyError:
            continue
        sides = left + right
        unstated = [part for part in sides if part.value is None]
        if unstated and (len(unstated) == len(sides) or any(part.stated == "printed" for part in unstated)):
            continue
        result: Result = "blank_as_zero" if unstated else "holds"
        if not _holds(identity, left, right):
            one_sided = any(all(part.value is None for part in side) for side in (left, right))
            result = "unstated" if one_sided else "fails"
        yield _Trial(line, left, right, result)


def _holds(identity: Identity, left: list[Figure], right: list[Figure]) -> bool:
    a, b = _sum(left), _sum(right)
    return a == b or isclose(a, b, abs_tol=1e-9) or (identity.op == ">=" and a > b)


def _sum(side: list[Figure]) -> Number:
    total = sum([figure.value or 0 for figure in side])
    return int(total) if total == int(total) else round(total, 6)


def _name(identity: Identity, line: str | None) -> str:
    """What the form calls the row or column in which an identity is tried."""
    if identity.table == ANNEX:
        return row_label(ANNEX, identity.right[0])
    if identity.each == "column":
        return column_label(identity.table, line or "")
    return row_label(identity.table, line or "") or group_label(identity.table, identity.right[0])


def _message(identity: Identity, failed: list[_Trial]) -> str:
    first, *others = failed
    against = "is less than" if identity.op == ">=" else "but"
    message = (
        f"In the table “{table_title(identity.table)}”, “{_name(identity, first.line)}”: {_told(identity, first.left)}, "
        f"{against} {_told(identity, first.right)}"
    )
    if others:
        rest = "、".join(
            f"“{_name(identity, trial.line)}” ({_sum(trial.left)} against {_sum(trial.right)})" for trial in others
        )
        message += f"; so also {rest}"
    return message + "."


def _told(identity: Identity, side: list[Figure]) -> str:
    """A side in words: its cells where they are few, and their sum."""
    names = [_part_name(identity, figure) for figure in side]
    total = _sum(side)
    if len(side) == 1:
        return f"“{names[0]}” is {total}"
    if len(side) > _MOST_SPELLED_OUT:
        return f"the {len(side)} cells from “{names[0]}” to “{names[-1]}” make {total}"
    cells = " + ".join(f"“{name}” {figure.words or '(empty)'}" for name, figure in zip(names, side, strict=True))
    return f"{cells} make {total}"


def _part_name(identity: Identity, figure: Figure) -> str:
    if identity.each == "row":
        return column_label(identity.table, figure.column or "")
    return row_label(identity.table, figure.row or "")


def _sides(identity: Identity, trial: _Trial) -> Iterable[Evidence]:
    for side in (trial.left, trial.right):
        if len(side) == 1:
            yield Evidence(side[0].value, "cell", side[0].words, side[0].start, side[0].end)
            continue
        words = [figure.words for figure in side if figure.words]
        yield Evidence(_sum(side) if words else None, "cell", f"{_name(identity, trial.line)}: {' + '.join(words)}")


def _check_counts(draft: Draft, identity: Identity, figures: Iterable[Figure]) -> None:
    """Cells that count cases and are negative or broken."""
    wrong = [
        figure for figure in figures if figure.value is not None and (figure.value < 0 or figure.value != int(figure.value))
    ]
    if wrong:
        words = "、".join(f"“{figure.words}”" for figure in wrong)
        message = f"The table “{table_title(identity.table)}” counts cases, but holds {words}."
        sides = [Evidence(figure.value, "cell", figure.words, figure.start, figure.end) for figure in wrong]
        draft.add_issue(identity.id, identity.severity, message, *sides)
