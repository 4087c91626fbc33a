"""An HTML table -> its full grid, and a grid -> its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from turbohtml import Element, Node, Text

from pipelines.draft import Grid
from pipelines.model import Span

MAX_COLUMNS = 1000
"""What a browser makes of a colspan at most (HTML Living Standard 4.9.11)."""
WIDE = 100
"""Beyond this many columns those in which no cell begins are left out: they come from careless colspans."""
MAX_PLACES = 200_000
"""Beyond this many places a table is no table of data; it is kept as one column with a row of the page in each place."""

_SECTIONS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_SKIPPED = frozenset(("script", "style", "template", "noscript"))
_MERGED = "[colspan], [rowspan]"
_NEEDS_WALK = "script, style, template, noscript, td table, th table"
_BREAKS = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    )
)
_LATIN = re.compile(r"[A-Za-z]")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_COUNT = re.compile(r"\s*\+?(\d{1,6})")


class Cell(NamedTuple):
    """A cell at its origin, and where it stands in the text that `render` makes."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    start: int
    end: int


class Laid(NamedTuple):
    """A cell as markup gives it: text, and how many columns and rows it covers (0 rows: to the end of its group)."""

    text: str
    columns: int = 1
    rows: int = 1


def grid_of(table: Element) -> Grid:
    """The full grid of a <table>: rectangular, with a caption as its first row over the full width.

    Spans follow the HTML table model: a colspan ends at `MAX_COLUMNS`, a rowspan at the end of its row group; a cell that would
    overlap one from above ends before it. Columns at the right edge in which no cell begins are left out (beyond `WIDE` columns
    all such), and short rows end in empty cells. A line break or a paragraph inside a cell joins without a space
    (本年新⏎制作数量, a number broken over two lines), other white space is folded to one space, and the text of a nested table
    belongs to the cell that holds it.
    """
    return lay_out(*rows_of(table))


def lay_out(caption: str, groups: list[list[list[Laid]]]) -> Grid:
    """The full grid of groups of rows of cells; see `grid_of`."""
    rows: list[list[str]] = []
    spans: list[Span] = []
    begins: set[int] = set()
    places = 0
    for group in groups:
        above: dict[int, tuple[str, int]] = {}
        for index, cells in enumerate(group):
            row, above = _lay(cells, above, len(rows), len(group) - index, spans, begins)
            rows.append(row)
            places += len(row)
            if places > MAX_PLACES:
                return _one_column(caption, groups)
    columns = list(range(max(begins, default=-1) + 1))
    if len(columns) > WIDE:
        columns = sorted(begins)
    if len(columns) * len(rows) > MAX_PLACES:
        return _one_column(caption, groups)
    return _squared(caption, rows, spans, columns)


def _lay(
    cells: list[Laid],
    above: dict[int, tuple[str, int]],
    row_index: int,
    rows_left: int,
    spans: list[Span],
    begins: set[int],
) -> tuple[list[str], dict[int, tuple[str, int]]]:
    """One row of places, and what hangs down from it (column: text, rows still to cover); adds to the spans and to the columns
    in which cells begin."""
    row: list[str] = []
    below: dict[int, tuple[str, int]] = {}
    if not above and all(columns == rows == 1 for _, columns, rows in cells):
        begins.update(range(len(cells)))
        return [cell.text for cell in cells], below

    def let_hang() -> None:
        text, rows = above[len(row)]
        if rows > 1:
            below[len(row)] = (text, rows - 1)
        row.append(text)

    for text, columns, rows in cells:
        while len(row) in above:
            let_hang()
        start = len(row)
        begins.add(start)
        if columns == rows == 1:
            row.append(text)
            continue
        end = max(min(start + columns, MAX_COLUMNS), start + 1)
        rows = min(rows or rows_left, rows_left)
        while len(row) < end and len(row) not in above:
            if rows > 1:
                below[len(row)] = (text, rows - 1)
            row.append(text)
        if rows > 1 or len(row) > start + 1:
            spans.append(Span(row_index, start, rows, len(row) - start))
    last = max(above, default=-1)
    while len(row) <= last:
        if len(row) in above:
            let_hang()
        else:
            row.append("")
    return row, below


def _squared(caption: str, rows: list[list[str]], spans: list[Span], columns: list[int]) -> Grid:
    """The grid of these columns: others cut out, short rows filled up."""
    width = len(columns)
    if columns and columns[-1] >= width:
        place = {column: at for at, column in enumerate(columns)}
        rows = [[row[column] for column in columns if column < len(row)] for row in rows]
        for span in spans:
            last = span.column + span.columns
            span.column, span.columns = place[span.column], sum(span.column <= column < last for column in columns)
    for row in rows:
        if len(row) > width:
            del row[width:]
        elif len(row) < width:
            row += [""] * (width - len(row))
    kept: list[Span] = []
    for span in spans:
        span.columns = min(span.columns, width - span.column)
        if span.rows > 1 or span.columns > 1:
            kept.append(span)
    if caption:
        width = max(width, 1)
        rows.insert(0, [caption] * width)
        for span in kept:
            span.row += 1
        if width > 1:
            kept.insert(0, Span(0, 0, 1, width))
    return Grid(rows, kept)


def _one_column(caption: str, groups: list[list[list[Laid]]]) -> Grid:
    rows = [[" ".join(cell.text for cell in cells if cell.text)] for group in groups for cells in group]
    return Grid([[caption], *rows] if caption else rows)


def rows_of(table: Element) -> tuple[str, list[list[list[Laid]]]]:
    """The caption's text, and the cells of each row of each row group."""
    whole = table.select_one(_NEEDS_WALK) is None
    merged = {node: (_count(node.attr("colspan")) or 1, _count(node.attr("rowspan"))) for node in table.select(_MERGED)}
    caption: list[str] = []
    groups: list[list[list[Laid]]] = [[]]
    for node in _children(table):
        if node.tag == "tr":
            groups[-1].append(_cells(node, whole, merged))
        elif node.tag in _SECTIONS:
            groups.append([_cells(row, whole, merged) for row in _children(node) if row.tag == "tr"])
            groups.append([])
        elif node.tag == "caption":
            caption.append(_text(node, whole=False))
    return " ".join(filter(None, caption)), [group for group in groups if group]


def _cells(row: Element, whole: bool, merged: dict[Element, tuple[int, int]]) -> list[Laid]:
    cells = []
    for node in row:
        if type(node) is Element and node.tag in _CELLS:
            text = node.text if whole else ""
            if not text.isdigit():  # most cells of a form hold a number
                text = _text(node, whole)
            cells.append(Laid(text, *merged[node]) if node in merged else Laid(text))
    return cells


def _children(node: Element) -> list[Element]:
    return [child for child in node if type(child) is Element]


def _count(value: str | None) -> int:
    """A span attribute as HTML reads it: 1 for none or nonsense, 0 only where 0 is written."""
    found = _COUNT.match(value) if value else None
    return int(found.group(1)) if found else 1


def _text(cell: Element, whole: bool) -> str:
    """A cell's text; `whole` says that nothing in the table needs a walk to be left out or kept apart."""
    if whole:
        words = cell.text.split()
        if not words:
            return ""
        if len(words) == 1 and not _LATIN.search(words[0]):
            return words[0] if words[0].isascii() else _INVISIBLE.sub("", words[0])
    return _walked_text(cell)


def _walked_text(cell: Element) -> str:
    """A cell's text where white space or Latin words stand in it: joined at breaks, folded elsewhere."""
    out = ""
    line: list[str] = []
    stack: list[tuple[Element, Iterator[Node]]] = []
    element, nodes = cell, iter(cell)
    while True:
        for node in nodes:
            if type(node) is Text:
                line.append(node.data)
            elif type(node) is Element and node.tag not in _SKIPPED:
                if node.tag in _BREAKS:
                    out, line = _joined(out, line), []
                stack.append((element, nodes))
                element, nodes = node, iter(node)
                break
        else:
            if not stack:
                return _joined(out, line)
            if element.tag in _BREAKS:
                out, line = _joined(out, line), []
            element, nodes = stack.pop()


def _joined(out: str, line: list[str]) -> str:
    """The text so far and the next line of its cell: without a space, but between two Latin words."""
    words = " ".join(_INVISIBLE.sub("", "".join(line)).split())
    if out and words and _LATIN.match(out[-1]) and _LATIN.match(words[0]):
        return f"{out} {words}"
    return out + words


def cells_of(grid: Grid) -> list[list[Cell]]:
    """The cells of each row that begin in it, in order, with their offsets in `render(grid)`."""
    merged = {(span.row, span.column): (span.rows, span.columns) for span in grid.spans}
    out: list[list[Cell]] = []
    offset = 0
    for r, (texts, columns) in enumerate(zip(grid.cells, beginnings(grid), strict=True)):
        cells: list[Cell] = []
        for c in columns:
            text = texts[c]
            end = offset + len(text)
            cells.append(Cell(r, c, *merged.get((r, c), (1, 1)), text, offset, end))
            offset = end + 1
        if not cells:
            offset += 1
        out.append(cells)
    return out


def render(grid: Grid) -> str:
    """The grid as text: a line per row, cells parted by tabs, a merged cell once, where it begins."""
    rows = zip(grid.cells, beginnings(grid), strict=True)
    return "\n".join(["\t".join([texts[c] for c in columns]) for texts, columns in rows])


def beginnings(grid: Grid) -> list[Sequence[int]]:
    """The columns in which a cell begins, of each row."""
    begun = {(span.row, span.column) for span in grid.spans}
    covered: dict[int, set[int]] = {}
    for span in grid.spans:
        for row in range(span.row, span.row + span.rows):
            covered.setdefault(row, set()).update(range(span.column, span.column + span.columns))
    return [
        [c for c in range(len(texts)) if c not in covered[r] or (r, c) in begun] if r in covered else range(len(texts))
        for r, texts in enumerate(grid.cells)
    ]
