"""A page as its pieces, and which of them hold the article.

Every piece has a worth: prose counts its characters, links and site furniture count against. The article is the box whose
pieces sum to the most; around it the sum only falls, since what is added is chrome. Marks of publishing systems, comment pairs
and the portal's own selector are candidates beside it, and win where they hold most of that sum: they cut closer, but
templates are copied between sites and none of them is trusted alone.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate

from pipelines import vocabulary
from pipelines.draft import Block
from pipelines.page.beside import (
    HEADING_NUMBER,
    OWN_WORDS,
    chrome_boxes,
    columns,
    headline,
    is_own_heading,
    is_signed,
    named_boxes,
    teasers,
)
from pipelines.page.embedded import article_markup, is_data
from pipelines.page.furniture import furniture
from pipelines.page.metadata import read_grid, read_line
from pipelines.page.pieces import Box, Page, Piece, read_lines
from pipelines.page.thread import replies
from pipelines.page.walk import read_html
from pipelines.script import convert, fold, script_of
from pipelines.tabular.forms import meanings

_PROSE = re.compile("[，。；：、？！,;:?!]")
_SENTENCE = re.compile("[，。；、,;]")
PROSE_LENGTH = 40
_REPEATED = 30
_SEPARATOR = "\x1f"
"""Parts the pieces' texts while they are folded as one."""
_HEAD_LINES = 12
_SIGN_OFF = 10
_CELL = re.compile(r"[-+—/\d.,%\s|]{1,160}|\S{1,6}")
_CELLS = re.compile(r"\t|\||  +")
_LABEL_CELLS = 3
"""In which of a row's first cells the label of a standard table stands."""
_VALUE = re.compile(r"[-+—/\d.,%\s|]{1,160}|[条件次个人期份篇宗元场]|万元|人次|[无零]")
_NUMBER = r"[\s|]+(?:[-+]?\d[\d.,]*%?|[-—/])"
_ROW = re.compile(rf"\S[^。;]{{1,60}}?(?:[\s|]+(?:[条件次个人期份篇宗元场]|万元|人次)(?:{_NUMBER})+|(?:{_NUMBER}){{2,}})[\s|]*")
"""A row of statistics: its label, the unit and a number, or two numbers."""
_HEADLINE = 45
_SHORTEST_SENTENCE = 6
_DIGIT = re.compile(r"\d")
_FINAL = re.compile("[。；;：:！!？?…]")
_CLOCK = re.compile(r"\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}[^。]{0,60}$")
"""A line of the head that begins with date and time."""
_BEFORE = 0.2
"""The least part of a page's prose that stands behind the headline for it to begin the article."""


@dataclass(slots=True)
class View:
    """The pieces of a page with their matching form, the range that holds the article, and where its own words begin."""

    page: Page
    plain: list[str]
    """Folded, simplified text of each piece."""
    first: int
    last: int
    body: int
    """The first piece of the report's own words; the head of the article stands before it."""
    why: str
    """What decided the range."""
    beside: dict[int, str] = field(default_factory=dict)
    """Pieces inside the range that are not the article's, with the reason."""

    @property
    def head(self) -> range:
        """The pieces just before the report's own words: title, date line, catalogue."""
        return range(max(0, self.body - 80), self.body)


def view_of(markup: str, *, is_html: bool, selector: str | None = None) -> View:
    """A page taken apart, with its article found."""
    if is_data(markup) and (carried := article_markup(markup, [markup])):
        page, is_html = read_html(carried), True
    else:
        page = read_html(markup, selector) if is_html else read_lines(markup)
    silent = is_html and not any(is_sentence(piece.text) for piece in page.pieces)
    if silent and (carried := article_markup(markup, page.scripts)):
        page = _joined(page, read_html(carried))
    plain = _matching_forms(page.pieces)
    if not is_html:
        first, last, why = _densest_lines(page, plain)
        return View(page, plain, first, last, _first_prose(page, plain, first, last), why)
    return article(page, plain)


def _joined(shown: Page, carried: Page) -> Page:
    """A page with the article that it carries behind what it shows, which is its head: title, date line, catalogue."""
    pieces, boxes = len(shown.pieces), len(shown.boxes)
    for piece in carried.pieces:
        piece.box += boxes
    for box in carried.boxes:
        box.parent = box.parent + boxes if box.parent >= 0 else 0
        box.first += pieces
        box.last += pieces
    for link in carried.files:
        link.piece += pieces
    shown.pieces += carried.pieces
    shown.boxes += carried.boxes
    shown.boxes[0].last = len(shown.pieces)
    shown.files += carried.files
    shown.frames += carried.frames
    shown.comments += [(words, at + pieces) for words, at in carried.comments]
    return shown


def view_of_file(blocks: list[Block]) -> View:
    """A file's blocks as a page that is nothing but its article."""
    pieces = [
        Piece(b.text, 0, heading=2 if b.kind == "heading" else 0, bold=b.bold, align=b.align, grid=b.grid) for b in blocks
    ]
    page = Page(pieces, [Box("body", -1, last=len(pieces))])
    plain = _matching_forms(pieces)
    return View(page, plain, 0, len(pieces), _first_prose(page, plain, 0, len(pieces)), "the file")


def _matching_forms(pieces: list[Piece]) -> list[str]:
    """The folded, simplified text of each piece, made in one go."""
    text = _SEPARATOR.join(piece.text.replace(_SEPARATOR, " ") for piece in pieces)
    if script_of(text) == "hant":
        text = convert(text)
    return fold(text).split(_SEPARATOR) if pieces else []


def is_sentence(line: str) -> bool:
    """Whether a line is long enough, and punctuated, to be the report's prose."""
    return len(line) >= PROSE_LENGTH and _SENTENCE.search(line) is not None


@cache
def _marks() -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    systems = vocabulary.toml("marks.toml")["system"]
    names = frozenset(name for system in systems for name in system.get("content", ()))
    return names, tuple((begin, end) for system in systems for begin, end in system.get("comments", ()))


def article(page: Page, plain: list[str]) -> View:
    """The page with the range of its article. `plain` is the pieces' matching form."""
    if not page.pieces:
        return View(page, plain, 0, 0, 0, "the page has no text")
    worth = [_worth(piece, line) for piece, line in zip(page.pieces, plain, strict=True)]
    _discount_copies(page, worth)
    at = headline(page, plain)
    beside = teasers(page, plain, at)
    for i in beside:
        worth[i] = min(worth[i], -8.0)
    answers = replies(page, plain, at, is_sentence)
    for i in answers:
        worth[i] = 0.0
    begun = at if at is not None and _begins(worth, at) else 0
    for i in [*range(begun), *([] if at is None else [at])]:
        worth[i] = min(worth[i], 0.0)
    others = columns(page, plain, worth, at) if at is not None else {}
    for i in others:
        worth[i] = min(worth[i], -8.0)
    full = worth.copy()
    named = chrome_boxes(page)
    for box in named:
        for i in range(box.first, box.last):
            worth[i] = min(worth[i], worth[i] * 0.2)
    first, last, why = _best_range(page, plain, worth)
    beside |= named_boxes(named, plain, full, first, last) | others | answers
    return View(page, plain, first, last, _first_prose(page, plain, max(first, begun), last, beside), why, beside)


def _begins(worth: list[float], at: int) -> bool:
    """Whether the article begins with a headline: what stands before it is of other things (a leader's life, the news of the
    site), unless nearly all of the page's prose does."""
    behind = sum(value for value in worth[at:] if value > 0)
    before = sum(value for value in worth[:at] if value > 0)
    return behind > _BEFORE * (before + behind)


def _best_range(page: Page, plain: list[str], worth: list[float]) -> tuple[int, int, str]:
    """First and last (exclusive) piece of the article, and what decided."""
    total = [0.0, *accumulate(worth)]
    box_sums = [total[box.last] - total[box.first] for box in page.boxes]
    best_sum = max(box_sums)
    densest = [box for box, value in zip(page.boxes, box_sums, strict=True) if value == best_sum]
    best = min(densest, key=lambda box: box.last - box.first)
    marked = list(_marked(page))
    if page.selected is not None:
        chosen = page.boxes[page.selected]
        marked.append((chosen.first, chosen.last, "the portal's selector"))
    sums = [(total[last] - total[first], first - last, why) for first, last, why in marked]
    for _, (first, last, why) in sorted(zip(sums, marked, strict=True), key=lambda pair: pair[0], reverse=True):
        inside = best.first <= first and last <= best.last
        if total[last] - total[first] >= (0.6 if inside else 0.9) * best_sum > 0:
            return first, last, why
    first, last = _with_lines_around(page, plain, best)
    names = " ".join(best.names[:2])
    return first, last, f"densest box <{best.tag}{' ' + names if names else ''}>"


def _with_lines_around(page: Page, plain: list[str], box: Box) -> tuple[int, int]:
    """A box's range; that of a wrapped table with the lines of its parent next to it (who filled it in, who signs)."""
    first, last = box.first, box.last
    if any(page.pieces[i].grid is None for i in range(first, last)):
        return first, last

    def belongs(i: int) -> bool:
        piece = page.pieces[i]
        return piece.box == box.parent and not piece.links and not piece.heading and not furniture(plain[i])

    while first > 0 and belongs(first - 1):
        first -= 1
    while last < len(plain) and belongs(last):
        last += 1
    return first, last


def _densest_lines(page: Page, plain: list[str]) -> tuple[int, int, str]:
    """The run of lines of plain text that sums to the most, with the head before it and the sign-off behind it.

    Menus and lists of links stand before and behind the article as short lines without punctuation, which count against; of a
    flattened table, which is short lines as well, the known labels count for it and the numbers nothing.
    """
    worth = [_line_worth(piece, line) for piece, line in zip(page.pieces, plain, strict=True)]
    _discount_copies(page, worth)
    best = total = 0.0
    first = last = begun = 0
    for i, value in enumerate(worth):
        if total <= 0:
            total, begun = 0.0, i
        total += value
        if total > best:
            best, first, last = total, begun, i + 1
    for i in range(last, min(last + _SIGN_OFF, len(plain))):
        if furniture(plain[i]):
            break
        if (
            is_signed(plain[i])
            or (i == last and _VALUE.fullmatch(plain[i]))
            or (i == last and (plain[i].endswith("。") or HEADING_NUMBER.match(plain[i])))
        ):
            last = i + 1
    return max(first - _HEAD_LINES, 0), last, "densest run of lines"


@lru_cache(maxsize=4096)  # the labels of a form stand in every report
def _is_label(cell: str) -> bool:
    return bool(meanings(cell))


def _line_worth(piece: Piece, line: str) -> float:
    if any(map(_is_label, _CELLS.split(line)[:_LABEL_CELLS])):
        return float(len(line))
    if _ROW.fullmatch(line):
        return float(len(line))
    if _CELL.fullmatch(line):
        return 0.0
    if is_own_heading(line):
        return float(len(line))
    if len(line) < _HEADLINE and not _FINAL.search(line):
        return min(_worth(piece, line), -2.0)  # a headline: it has commas, but is no sentence
    return _worth(piece, line)


def _discount_copies(page: Page, worth: list[float]) -> None:
    """A text that the page prints twice, for phones and for desks, counts once: its second printing adds nothing."""
    seen: set[str] = set()
    for i, piece in enumerate(page.pieces):
        if worth[i] > _REPEATED:
            worth[i] = -1.0 if piece.text in seen else worth[i]
            seen.add(piece.text)


def _marked(page: Page) -> list[tuple[int, int, str]]:
    names, pairs = _marks()
    boxes = [box for box in page.boxes if not names.isdisjoint(box.names)]
    found = [(box.first, box.last, f"mark {name}") for box in boxes for name in box.names if name in names]
    for begin, end in pairs if page.comments else ():
        starts = [at for words, at in page.comments if words == begin]
        stops = [at for words, at in page.comments if words == end]
        if starts and stops and starts[0] < stops[-1]:
            found.append((starts[0], stops[-1], f"comment {begin}"))
    return found


def is_site_table(text: str) -> bool:
    """Whether half the rows of a table are the site's: footers are laid out in tables, too."""
    rows = [row.replace("\t", " ").strip() for row in text.split("\n") if row.strip()]
    return 2 * sum(furniture(row) is not None for row in rows) >= len(rows)


def _worth(piece: Piece, line: str) -> float:
    """What a piece adds to the article's sum, in characters of prose."""
    size = len(piece.text)
    if piece.grid is not None:
        return -15 if is_site_table(line) else size * 0.8 - 2 * piece.links
    if piece.links * 2 > size:
        return -8 * max(len(piece.items), 1) - 0.3 * size
    if furniture(line):
        return -15
    if size >= 20 and _PROSE.search(line):
        return size - 2.0 * piece.links
    return -2.0 if piece.links else _worth_of_few_words(line)


def _worth_of_few_words(line: str) -> float:
    """What a short line adds: short reports, and tables whose cells are paragraphs, hold little else."""
    if (line.endswith("。") and len(line) >= _SHORTEST_SENTENCE) or is_own_heading(line):
        return float(len(line))
    if any(map(_is_label, _CELLS.split(line)[:_LABEL_CELLS])):
        return float(len(line))
    return 0.0 if _VALUE.fullmatch(line) or is_signed(line.strip()) else -2.0


def _states_something(line: str) -> bool:
    """Whether a short sentence gives a number, or speaks of what reports are about."""
    ends = line.endswith("。") and len(line) >= _SHORTEST_SENTENCE
    return ends and (_DIGIT.search(line) is not None or OWN_WORDS.search(line) is not None)


def _first_prose(page: Page, plain: list[str], first: int, last: int, beside: Container[int] = ()) -> int:
    """The first piece of the report's own words: a sentence, a numbered heading or a table that is not the catalogue's; without
    any, what stands behind the date line or the catalogue."""
    behind = first + 1
    for i in range(first, last):
        piece, line = page.pieces[i], plain[i]
        if i in beside:
            continue
        if piece.grid is not None:
            if not read_grid(piece.grid) and len(piece.text) > 40:
                return i
            continue
        if read_line(line) or _CLOCK.match(line):
            behind = i + 1
            continue
        if furniture(line) or piece.links * 2 > len(line):
            continue
        if is_sentence(line) or _states_something(line):
            return i
        if HEADING_NUMBER.match(line) and len(line) < PROSE_LENGTH:
            return i
    return min(behind, last)
