"""The lines and tables of pages of fixed layout -> blocks: one stream over all pages, lines joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal
from unicodedata import east_asian_width

from pipelines.draft import Block, BlockKind
from pipelines.files.fixed_lines import Line
from pipelines.files.fixed_tables import FEWEST_CELLS, Ruled, continues, grid_of, stitch
from pipelines.files.text import joined
from pipelines.tabular.grid import render

Item = Line | Ruled

_PAGE_NUMBER = re.compile(r"[-—–－―·•~\s(（第]*\d{1,3}[\s页]*(?:(?:[/／,，]\s*)?共?\s*\d{1,3}\s*页?)?[-—–－―·•~\s)）]*")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")
_SENTENCE_END = re.compile(r"[。；：！？;:!?”]$")
_MARGIN = 0.12
"""Share of a page's height at its head and foot in which page numbers and running heads stand."""
_INDENT = 1.2
"""Widths of a character by which a paragraph's first line stands in; Chinese documents take two."""
_SHORT = 2.6
"""A line that ends this much before the margin ends its paragraph; less is left where no mark may begin a line."""
_FIRST_WORD = re.compile(r"[(（“‘《〔]*(?:[A-Za-z0-9][A-Za-z0-9.,%:/@-]*|.)[，。、；：？！”’）》〕％]*\d*")
"""What no line break may cut: a number, a word, a character with the marks around it."""
_SPACE = 0.7
"""Widths of a character that typesetters leave between Chinese and Latin in a line."""
_LARGER = 1.15
_COLUMNS = 2
"""So many gaps make a line a row of an unruled table."""


@dataclass(slots=True)
class PageItems:
    """A page as its lines and tables from top to bottom."""

    height: float
    items: list[Item]


def without_margins(pages: list[PageItems]) -> list[PageItems]:
    """The pages without page numbers, and without heads and feet that at least half of them repeat."""
    marks: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        marks.update({_mark(page, line) for line in _marginal(page)})
    often = max(len(pages) / 2, 2)
    return [PageItems(page.height, [item for item in page.items if not _is_margin(page, item, marks, often)]) for page in pages]


def _marginal(page: PageItems) -> list[Line]:
    """The lines that stand first and last on a page, within its margins."""
    edge = [item for item in (*page.items[:2], *page.items[-2:]) if isinstance(item, Line)]
    return [line for line in edge if not page.height * _MARGIN < line.top < page.height * (1 - _MARGIN)]


def _mark(page: PageItems, line: Line) -> tuple[bool, str]:
    """What heads of two pages have in common: side of the page and words, whatever page they count; those of an outer page may
    stand at the other edge."""
    return line.top < page.height / 2, " ".join(sorted(_DIGITS.sub("#", line.text).split()))


def _is_margin(page: PageItems, item: Item, marks: Counter[tuple[bool, str]], often: float) -> bool:
    if not isinstance(item, Line) or item not in _marginal(page):
        return False
    return _PAGE_NUMBER.fullmatch(item.text) is not None or marks[_mark(page, item)] >= often


def blocks_of(pages: list[PageItems]) -> list[Block]:
    """The blocks of all pages; paragraphs and tables go on over page breaks."""
    flow = _Flow([item for page in pages for item in page.items if isinstance(item, Line)])
    for page in pages:
        flow.new_page()
        for item in page.items:
            if isinstance(item, Ruled):
                flow.add_table(item)
            else:
                flow.add_line(item)
    return flow.end()


class _Flow:
    """The paragraph or table that is being collected, and the column that the text stands in."""

    def __init__(self, lines: list[Line]) -> None:
        self.blocks: list[Block] = []
        self.lines: list[Line] = []
        self.table: Ruled | None = None
        self.at_head = True
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size)] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 10.0
        full = [line for line in lines if len(line.text) >= 20 and abs(line.size - self.size) < 1.5] or lines
        starts, ends = sorted(line.x0 for line in full), sorted(line.x1 for line in full)
        self.left = starts[len(starts) // 20] if starts else 0.0
        self.right = ends[-1 - len(ends) // 20] if ends else 0.0

    def new_page(self) -> None:
        self.at_head = True

    def add_table(self, table: Ruled) -> None:
        self._end_paragraph()
        if self.table is not None and self.at_head and continues(self.table, table):
            self.table = stitch(self.table, table)
        else:
            self._end_table()
            self.table = table
        self.at_head = False

    def add_line(self, line: Line) -> None:
        self._end_table()
        if self.lines and self._begins(line, self.lines[-1]):
            self._end_paragraph()
        self.lines.append(line)
        self.at_head = False

    def end(self) -> list[Block]:
        self._end_paragraph()
        self._end_table()
        return self.blocks

    def _begins(self, line: Line, before: Line) -> bool:
        """Whether a line begins a paragraph."""
        if abs(line.size - before.size) > 1.2 or _is_row(line) or _is_row(before):
            return True
        if self._is_large(line) and self._is_large(before) and self._align(line) == "center" and self._is_full(before):
            return False
        align = self._align(line)
        if align != "left" or self._align(before) != "left":
            # A title over several lines is one; lines of a sign-off are not.
            return not (align == self._align(before) == "center" and self._is_large(line))
        if _SENTENCE_END.search(before.text) and _NUMBERED.match(line.text):
            return True
        if line.x0 > self.left + _INDENT * line.size or self._is_short(before, line):
            return True
        return not self.at_head and line.top - before.bottom > 1.8 * line.size

    def _is_full(self, line: Line) -> bool:
        """Whether a line fills the column: it stands at the left margin and in the middle alike."""
        middle = (self.left + self.right) / 2
        return abs((line.x0 + line.x1) / 2 - middle) < 2 * line.size and line.x1 - line.x0 > 0.8 * (self.right - self.left)

    def _is_short(self, line: Line, following: Line) -> bool:
        """Whether a line ends before the column does, although the next line's first word had room on it."""
        room = self.right - line.x1
        if _SENTENCE_END.search(line.text):
            return room > _SHORT * line.size
        word = _FIRST_WORD.match(following.text)
        width = sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in word.group()) if word else 0.0
        return room > max(_SHORT, width + _SPACE) * line.size

    def _is_large(self, line: Line) -> bool:
        return line.size >= _LARGER * self.size

    def _align(self, line: Line) -> Literal["left", "center", "right"]:
        if line.x0 <= self.left + (0.6 if self._is_large(line) else 2.5) * self.size:
            return "left"
        middle = (self.left + self.right) / 2
        if abs((line.x0 + line.x1) / 2 - middle) < line.size:
            return "center"
        return "right" if line.x0 > middle else "left"

    def _end_paragraph(self) -> None:
        if not self.lines:
            return
        first = self.lines[0]
        text = joined([line.text for line in self.lines])
        if not _is_row(first):
            text = " ".join(text.split())
        large = self._is_large(first)
        align = self._align(self.lines[-1] if large else first)
        kind: BlockKind = "heading" if large and align == "center" else "paragraph"
        self.blocks.append(Block(kind, text, bold=large or first.bold, align=align))
        self.lines = []

    def _end_table(self) -> None:
        if self.table is None:
            return
        if len(self.table.cells) < FEWEST_CELLS:
            self.blocks += [Block("paragraph", cell.text) for cell in self.table.cells if cell.text]
        else:
            grid = grid_of(self.table)
            self.blocks.append(Block("table", render(grid), grid))
        self.table = None


def _is_row(line: Line) -> bool:
    return line.text.count("  ") >= _COLUMNS
