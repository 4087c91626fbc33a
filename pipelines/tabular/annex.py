"""The statistics annex 政府信息公开情况统计表 of 2014, and local tables with its indicators -> figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.model import Figure
from pipelines.tabular.cells import value_of
from pipelines.tabular.forms import ANNEX, annex_items, annex_value_columns, keys_of, meaning, meanings
from pipelines.tabular.grid import Cell
from pipelines.tabular.rows import Found, Head, Line, figure_of

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")


def read_annex(lines: list[Line], found: Found) -> None:
    """Reads the year's values of the indicators; refused where several columns may be the year's."""
    found.tables[ANNEX] = None
    head, is_certain = _value_head(lines)
    if not is_certain:
        found.refused.append((ANNEX, None))
        return
    items = annex_items()
    seen: list[str] = []
    read: dict[str, list[tuple[Cell, Figure]]] = {}
    for line in _whole(lines):
        at = next((at for at, cell in enumerate(line) if meaning(cell.text, "annex", "row")), None)
        if at is None:
            continue
        item = items[_item(line[at], seen)]
        seen.append(item.id)
        if item.kind == "header":
            continue
        cell = _value(line[at + 1 :], head)
        if cell is None:
            found.refused.append((ANNEX, line[at]))
            continue
        unit = next((label.id for other in line[at + 1 :] if (label := meaning(other.text, "annex", "unit"))), item.unit)
        read.setdefault(item.id, []).append((line[at], figure_of(ANNEX, item.id, None, unit, cell, found)))
    for row, figures in read.items():
        if len(figures) == 1:
            found.figures.append(figures[0][1])
        else:
            found.ambiguous[row] = [label for label, _ in figures]


def _whole(lines: list[Line]) -> Iterator[Line]:
    """The lines, two that hold one indicator as one: its label goes on in the next, and only one of them has cells beside."""
    at = 0
    while at < len(lines):
        joined = _joined(lines[at], lines[at + 1]) if at + 1 < len(lines) else None
        yield joined or lines[at]
        at += 2 if joined else 1


def _joined(line: Line, following: Line) -> Line | None:
    label, rest = next((cell for cell in line if cell.text), None), next((cell for cell in following if cell.text), None)
    if label is None or rest is None or label.column != rest.column or value_of(rest.text) is not None:
        return None
    bare = [cells for cells in (line, following) if sum(bool(cell.text) for cell in cells) == 1]
    words = label.text + rest.text
    if not bare or meaning(rest.text, "annex", "row") or meaning(words, "annex", "row") is None:
        return None
    whole = label._replace(text=words)
    return [whole if cell in (label, rest) else cell for cell in (following if bare[0] is line else line)]


def _value_head(lines: list[Line]) -> tuple[Head | None, bool]:
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


def _item(cell: Cell, seen: list[str]) -> str:
    """The indicator of a label; of two with the same name (被依法纠错数) the one whose heading came last."""
    labels = [label.id for label in meanings(cell.text) if label.family == "annex" and label.axis == "row"]
    items = annex_items()
    return max(labels, key=lambda id: _last_index(seen, items[id].parent))


def _last_index(seen: list[str], id: str | None) -> int:
    return len(seen) - 1 - seen[::-1].index(id) if id in seen else -1


def _value(cells: Line, head: Head | None) -> Cell | None:
    if head is None:
        numbers = [cell for cell in cells if not meaning(cell.text, "annex", "unit")]
        return numbers[0] if len(numbers) == 1 else None
    here = [cell for cell in cells if cell.column <= head.column < cell.column + cell.columns]
    return here[0] if here and here[0].columns <= head.columns else None
