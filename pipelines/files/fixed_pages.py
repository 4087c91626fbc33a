"""The pages of a file of fixed layout (PDF, OFD) as they are drawn -> its blocks, and what is missing from them."""

from __future__ import annotations

from collections import Counter

from pdfplumber.container import Container

from pipelines.draft import Block
from pipelines.files.fixed_flow import Item, PageItems, blocks_of, without_margins
from pipelines.files.fixed_lines import Char, is_unknown, lines_of
from pipelines.files.fixed_tables import Ruled, tables_on
from pipelines.files.limits import CannotRead

MAX_EDGES = 6000
"""Edges of rules on a page; a form of 28 rows and 10 columns with each cell ruled by itself has 1,200. Drawings have more, and
no tables."""
_SIDEWAYS = 50
"""Fewer characters are a mark at the edge of a page."""
_STRAIGHT = 20
"""How many times larger one part of a direction is than the other where a character stands or lies: three degrees."""
_LEVEL = 0.5
"""Points by which a rule may be aslant."""
_AGAIN = 1.0
"""Points between a character and the same one that is drawn again."""
_SHAPES = 500
"""Edges on a page without characters from which on these are drawn as shapes; a lone ruled form has fewer."""
_SCAN = 20
"""Characters on a page, on average, below which the pages that are pictures are the document."""


def angle_of(char: Char) -> int | None:
    """By how many degrees a character is turned to the left; None for one that stands aslant, as in a stamp over the page."""
    a, b = char["matrix"][:2]
    if abs(a) > _STRAIGHT * abs(b):
        return 0 if a > 0 else 180
    if abs(b) > _STRAIGHT * abs(a):
        return 90 if b > 0 else 270
    return None


def turn_of(chars: list[Char]) -> int:
    """By how many degrees to the right a reader turns the page: most of its words stand sideways."""
    angles = Counter(angle_of(char) for char in chars if char["text"].strip())
    turn, count = max(angles.items(), key=lambda entry: entry[1], default=(0, 0))
    return turn if turn and count * 2 > angles.total() else 0


class Pages:
    """The pages of a file, added in the order of reading."""

    def __init__(self) -> None:
        self.gaps: list[str] = []
        self._pages: list[PageItems] = []
        self._pictures: list[int] = []
        self._sideways: list[int] = []
        self._total = self._unknown = 0
        self._shapes = False

    def add(self, page: Container, height: float) -> None:
        """Adds a page: what is drawn on it."""
        printed = _once(page.chars)
        number = len(self._pages) + 1
        chars = [char for char in printed if angle_of(char) == 0]
        if sum(angle_of(char) in (90, 180, 270) for char in printed) >= _SIDEWAYS:
            self._sideways.append(number)
        self._unknown += sum(map(is_unknown, chars))
        self._total += len(chars)
        if any(char["text"].strip() for char in chars):
            self._pages.append(_items(page, height, chars))
            return
        if page.images:
            self._pictures.append(number)
        self._shapes = self._shapes or len(page.edges) > _SHAPES
        self._pages.append(PageItems(height, []))

    def read(self) -> tuple[list[Block], list[str]]:
        """The blocks, and what is missing from them; raises CannotRead for a scan and for what has no characters to read."""
        if not self._pages:
            raise CannotRead("it has no pages")
        pictures = self._pictures
        if len(pictures) == len(self._pages) or (pictures and self._total < _SCAN * len(self._pages)):
            raise CannotRead(f"it is a scan: {len(pictures)} page(s) of pictures without text")
        if self._sideways:
            self.gaps.append(f"text that stands sideways: page {_listed(self._sideways)}")
            if not self._total:
                raise CannotRead("its text stands sideways")
        if self._shapes and not self._total:
            raise CannotRead("it draws shapes, and no characters")
        if self._unknown * 5 > self._total:
            raise CannotRead("its fonts do not say which characters they draw")
        if pictures:
            self.gaps.append(f"pictures without text: page {_listed(pictures)}")
        return blocks_of(without_margins(self._pages)), self.gaps


def _once(chars: list[Char]) -> list[Char]:
    """The characters without those that are drawn again at the same place, to look bold."""
    drawn: dict[tuple[str, int, int], list[Char]] = {}
    for char in chars:
        column, row = int(char["x0"]), int(char["top"])
        near = ((char["text"], x, y) for x in (column - 1, column, column + 1) for y in (row - 1, row, row + 1))
        if not any(_is_again(char, other) for place in near for other in drawn.get(place, ())):
            drawn.setdefault((char["text"], column, row), []).append(char)
    return [char for place in drawn.values() for char in place]


def _is_again(char: Char, other: Char) -> bool:
    across, down = float(char["x0"] - other["x0"]), float(char["top"] - other["top"])
    return max(abs(across), abs(down)) <= _AGAIN


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _items(page: Container, height: float, chars: list[Char]) -> PageItems:
    """The tables of a page and the lines outside of them, from top to bottom."""
    tables: list[Ruled] = []
    _straighten(page)
    if len(page.edges) <= MAX_EDGES:
        tables, chars = tables_on(page, chars)
    found: list[Item] = [*tables, *lines_of(chars)]
    return PageItems(height, sorted(found, key=lambda item: item.top))


def _straighten(page: Container) -> None:
    """Makes rules level that a turned page has aslant by the last digits of a number: pdfplumber takes them for no rules."""
    for line in page.lines:
        for low, high in (("x0", "x1"), ("top", "bottom"), ("y0", "y1")):
            if 0 < abs(line[high] - line[low]) < _LEVEL:
                line[high] = line[low]
                line["width" if low == "x0" else "height"] = 0
