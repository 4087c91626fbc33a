"""The ruled tables of pages of fixed layout -> grids; a table that a page ends goes on in the next one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from pdfplumber.container import Container
from pdfplumber.table import TableFinder

from pipelines.draft import Grid
from pipelines.files.fixed_lines import Char, lines_of
from pipelines.files.text import joined
from pipelines.model import Span
from pipelines.tabular.cells import value_of
from pipelines.tabular.forms import meanings

_SAME = 3.0
"""Points by which two edges may differ and be one."""
FEWEST_CELLS = 4
"""Fewer cells are a frame, unless they are what a page break left of a table."""
_LONGEST_CELL = 300
"""A cell of more characters than this is a frame around text."""


@dataclass(slots=True)
class Cell:
    """A cell between its rules, in points."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str = ""


@dataclass(slots=True)
class Ruled:
    """A table of a page as its cells."""

    cells: list[Cell]

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.bottom for cell in self.cells)

    @property
    def x0(self) -> float:
        return min(cell.x0 for cell in self.cells)

    @property
    def x1(self) -> float:
        return max(cell.x1 for cell in self.cells)


def tables_on(page: Container, chars: list[Char]) -> tuple[list[Ruled], list[Char]]:
    """The tables that the rules of a page make, and the characters that stand in none."""
    tables: list[Ruled] = []
    for found in TableFinder(page).tables:  # type: ignore[arg-type]  # it asks a page for its edges only
        table = Ruled([Cell(float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in found.cells])
        inside, outside = _fill(table, chars)
        if inside and max(len(cell.text) for cell in table.cells) <= _LONGEST_CELL:
            tables.append(table)
            chars = outside
    return tables, chars


def _fill(table: Ruled, chars: Iterable[Char]) -> tuple[bool, list[Char]]:
    """Writes into each cell the characters whose middle stands in it; returns whether there are any, and the others."""
    xs = _edges(x for cell in table.cells for x in (cell.x0, cell.x1))
    ys = _edges(y for cell in table.cells for y in (cell.top, cell.bottom))
    owner = {place: cell for cell in table.cells for place in _places(cell, xs, ys)}
    held: dict[int, list[Char]] = {}
    outside: list[Char] = []
    for char in chars:
        column = bisect_right(xs, (char["x0"] + char["x1"]) / 2) - 1
        row = bisect_right(ys, (char["top"] + char["bottom"]) / 2) - 1
        cell = owner.get((row, column))
        if cell is None:
            outside.append(char)
        else:
            held.setdefault(id(cell), []).append(char)
    for cell in table.cells:
        lines = lines_of(held.get(id(cell), ()))
        cell.text = joined([" ".join(line.text.split()) for line in lines])
    return any(cell.text for cell in table.cells), outside


def _edges(values: Iterable[float]) -> list[float]:
    """Distinct edges in order; those within `_SAME` are one, at the first one's place."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME:
            edges.append(value)
    return edges


def _places(cell: Cell, xs: list[float], ys: list[float]) -> list[tuple[int, int]]:
    """The rows and columns of the full grid that a cell covers."""
    (left, right), (top, bottom) = _range(cell.x0, cell.x1, xs), _range(cell.top, cell.bottom, ys)
    return [(row, column) for row in range(top, bottom) for column in range(left, right)]


def _range(first: float, last: float, edges: list[float]) -> tuple[int, int]:
    start = max(bisect_right(edges, first + _SAME / 2) - 1, 0)
    return start, max(bisect_right(edges, last + _SAME / 2) - 1, start + 1)


def grid_of(table: Ruled) -> Grid:
    """The full grid of a table; places that no cell covers are empty."""
    xs = _edges(x for cell in table.cells for x in (cell.x0, cell.x1))
    ys = _edges(y for cell in table.cells for y in (cell.top, cell.bottom))
    rows = [[""] * (len(xs) - 1) for _ in ys[1:]]
    spans: list[Span] = []
    taken: set[tuple[int, int]] = set()
    for cell in sorted(table.cells, key=lambda cell: (cell.top, cell.x0)):
        places = [place for place in _places(cell, xs, ys) if place[0] < len(rows) and place[1] < len(xs) - 1]
        if not places or taken.intersection(places):
            continue
        taken.update(places)
        (row, column), (last_row, last_column) = places[0], places[-1]
        for at_row, at_column in places:
            rows[at_row][at_column] = cell.text
        if len(places) > 1:
            spans.append(Span(row, column, last_row - row + 1, last_column - column + 1))
    return Grid(rows, spans)


def continues(upper: Ruled, lower: Ruled) -> bool:
    """Whether a table at the head of a page can be the rest of the one at the foot of the page before: it is as wide, and
    most columns of the one are the other's."""
    if abs(upper.x0 - lower.x0) > 2 * _SAME or abs(upper.x1 - lower.x1) > 2 * _SAME:
        return False
    edges = _edges(x for cell in upper.cells for x in (cell.x0, cell.x1))
    own = _edges(x for cell in lower.cells for x in (cell.x0, cell.x1))
    shared = sum(any(abs(x - edge) <= _SAME for edge in edges) for x in own)
    return shared * 4 >= min(len(own), len(edges)) * 3


def stitch(upper: Ruled, lower: Ruled) -> Ruled:
    """One table of both parts: a head that is printed again is left out, cells that the page break cut are one again."""
    rest = _without_repeated_head(upper, lower)
    shift = upper.bottom - min(cell.top for cell in rest) if rest else 0.0
    seam = upper.bottom
    for cell in rest:
        cell.top += shift
        cell.bottom += shift
    above = [cell for cell in upper.cells if abs(cell.bottom - seam) <= _SAME]
    pairs = [
        (over, under)
        for under in rest
        if abs(under.top - seam) <= _SAME
        for over in above
        if abs(over.x0 - under.x0) <= _SAME and abs(over.x1 - under.x1) <= _SAME
    ]
    cut = _is_cut(pairs)
    gone: set[int] = set()
    for over, under in pairs:
        if cut or _is_one_label(over.text, under.text):
            over.text = joined([over.text, under.text])
            over.bottom = under.bottom
            gone.add(id(under))
    return Ruled(upper.cells + [cell for cell in rest if id(cell) not in gone])


def _without_repeated_head(upper: Ruled, lower: Ruled) -> list[Cell]:
    """The cells of the lower part without the rows that repeat the first rows of the table."""
    repeated: set[int] = set()
    for first, again in zip(_rows(upper), _rows(lower), strict=False):
        same = len(first) == len(again) and all(
            one.text == other.text and abs(one.x0 - other.x0) <= _SAME for one, other in zip(first, again, strict=True)
        )
        if not same or not any(value_of(cell.text) is None for cell in first):
            break
        repeated.update(map(id, again))
    return [cell for cell in lower.cells if id(cell) not in repeated]


def _rows(table: Ruled) -> list[list[Cell]]:
    """The cells that begin in each row, from left to right."""
    ys = _edges(cell.top for cell in table.cells)
    rows: list[list[Cell]] = [[] for _ in ys]
    for cell in sorted(table.cells, key=lambda cell: cell.x0):
        rows[bisect_right(ys, cell.top + _SAME / 2) - 1].append(cell)
    return rows


def _is_cut(pairs: list[tuple[Cell, Cell]]) -> bool:
    """Whether the page break went through a row: its label makes sense only whole, and its values stand on one side."""
    whole = any(over.text and under.text and _is_whole_label(over.text, under.text) for over, under in pairs)
    return whole and all(not (over.text and under.text) or _is_whole_label(over.text, under.text) for over, under in pairs)


def _is_whole_label(upper: str, lower: str) -> bool:
    return bool(meanings(upper + lower)) and not (meanings(upper) and meanings(lower))


def _is_one_label(upper: str, lower: str) -> bool:
    """Whether the label of a group of rows goes on behind the page break, its words on one side or cut."""
    if upper and lower:
        return _is_whole_label(upper, lower)
    return value_of(upper or lower) is None
