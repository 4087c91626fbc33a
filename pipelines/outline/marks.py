"""Where the headings of a report stand: numbered, bold, without numeral, glued to their text, several on one line.

`find_marks` gives the headings and numbered items in reading order with their rank; `sections` makes the tree. All offsets are
of the matching form (`Draft.plain`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipelines.draft import Block, Draft
from pipelines.outline import canonical as headings
from pipelines.outline.enumerators import HAN, Enumerator, Rank, read_enumerator
from pipelines.outline.heading_words import INSIDE, LONGEST_ALONE, LONGEST_FREE, HeadingWords, is_like_name
from pipelines.outline.preamble import Announcement


@dataclass(slots=True)
class Mark:
    """A heading or a numbered item: numeral [start, number_end], name [name_start, name_end]; an item has an empty name."""

    start: int
    number_end: int
    name_start: int
    name_end: int
    rank: Rank
    name: str = ""
    ordinal: int | None = None
    emphasised: bool = False
    """Known as a heading by its type only: the words name no part."""
    inferred: str | None = None
    """The part that begins here although no heading says so."""

    @property
    def names_a_part(self) -> bool:
        """Whether the words are the name of a part and not only about its subject."""
        if headings.known_phrase(self.name) is not None:
            return True
        return headings.canonical(self.name) is not None and headings.ends_as_name(self.name)


@dataclass(slots=True)
class Line:
    """A line of the report without the white space around it, and the numeral that it begins with."""

    start: int
    end: int
    text: str
    block: Block
    numeral: Enumerator | None

    @property
    def strong(self) -> bool:
        """Whether the page prints the line as a heading."""
        return self.block.bold or self.block.kind == "heading"


_SPACE = "".join(filter(str.isspace, map(chr, range(0x3001))))
r"""What \s stands for: a set of characters alone is searched for twice as fast as one with a class in it."""
_INNER = re.compile(
    rf"[。;!?:{_SPACE}”)](?=第[{HAN}]{{1,2}}部分|[{HAN}]{{1,2}}(?:[、.]|\s(?=\S\S))|\([{HAN}]{{1,2}}\)|\d{{1,2}}(?:、|\.(?!\d)))"
)
_CIRCLED = re.compile("[①-⑳]")
_LONGEST_EMPHASISED = 30
_DENIES = re.compile(r"没有|尚未|无(?![障线偿形人])")
"""本年度没有其他需要报告的事项 is the text of a part, though it ends as a heading does."""


def lines_of(draft: Draft) -> list[Line]:
    """The lines of the report that have text, each with its block."""
    lines: list[Line] = []
    blocks, plain = draft.blocks, draft.plain
    at = text_at = i = 0
    for text, printed in zip(plain.split("\n"), draft.report.text.split("\n"), strict=True):
        while i + 1 < len(blocks) and blocks[i + 1].start <= text_at:
            i += 1
        words = text.strip()
        if words and blocks:
            start = at + (text.index(words) if len(words) < len(text) else 0)
            end = start + len(words)
            numeral = None if blocks[i].kind == "table" else read_enumerator(plain, start, end)
            if numeral and headings.is_table_row(plain[numeral.after : end], numeral.rank):
                numeral = None
            lines.append(Line(start, end, words, blocks[i], numeral))
        at += len(text) + 1
        text_at += len(printed) + 1
    return lines


def find_marks(draft: Draft, announcement: Announcement, lines: list[Line]) -> list[Mark]:
    """The headings and numbered items of a report in reading order, ranked by their style of numbering."""
    counted = Counter(line.numeral.rank for line in lines if line.numeral and not line.numeral.weak)
    part_rank = min((rank for rank, n in counted.items() if n > 1), default=Rank.HAN)
    return _Finder(draft.plain, lines, announcement, part_rank).marks()


class _Finder:
    def __init__(self, plain: str, lines: list[Line], announcement: Announcement, part_rank: Rank) -> None:
        self.plain = plain
        self.lines = lines
        self.announcement = announcement
        self.part_rank = part_rank
        self.words = HeadingWords(plain, announcement, part_rank)
        self.has_circled = _CIRCLED.search(plain) is not None

    def marks(self) -> list[Mark]:
        marks: list[Mark] = []
        in_annex = False
        done = 0  # a heading whose numeral stands alone takes the next line too
        for i, line in enumerate(self.lines):
            if line.block.kind == "table" or line.start < done:
                continue
            if headings.opens_annex(line.text):
                in_annex = True
                continue
            mark = self._at_line(i, line, marks, in_annex)
            if mark:
                marks.append(mark)
                done = mark.name_end
                in_annex = in_annex and mark.rank > self.part_rank
            if line.end - line.start > _LONGEST_EMPHASISED:
                marks += self._inside(line, marks)
        return marks

    # --- at the beginning of a line

    def _at_line(self, i: int, line: Line, before: list[Mark], in_annex: bool) -> Mark | None:
        numeral = line.numeral
        if numeral is None:
            return None if in_annex else self._without_numeral(i, line, before)
        rest = self.plain[numeral.after : line.end]
        if in_annex and headings.is_annex_row(rest):
            return None
        if self.announcement.start < line.start < self.announcement.end:
            return None
        if not rest:
            return self._number_alone(i, line, numeral)
        if numeral.rank < Rank.HAN and numeral.end == numeral.after and headings.CONTINUATION.match(rest):
            return None  # 第一部分是…
        mark = self._mark(numeral, line.start, line.end)
        if line.block.kind == "heading" and not mark.name and len(rest) <= LONGEST_ALONE:
            mark.name_end, mark.name = line.end, rest
        if numeral.weak and not self._is_heading_after_space(mark, line, before):
            return None
        return mark

    def _mark(self, numeral: Enumerator, start: int, end: int) -> Mark:
        name_end = self.words.end(numeral.after, end, numeral.rank)
        name = self.plain[numeral.after : name_end].strip()
        return Mark(start, numeral.end, numeral.after, name_end, numeral.rank, name, numeral.ordinal)

    def _is_heading_after_space(self, mark: Mark, line: Line, before: list[Mark]) -> bool:
        """Whether a numeral with nothing but white space behind it counts a heading."""
        if mark.names_a_part or (mark.name and line.strong):
            return True
        last = next((other.ordinal for other in reversed(before) if other.rank == mark.rank), None)
        return mark.name_end == line.end and last is not None and mark.ordinal == last + 1

    def _number_alone(self, i: int, line: Line, numeral: Enumerator) -> Mark | None:
        """A numeral on a line of its own, with its heading on the next."""
        following = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if following is None or following.block.kind == "table" or following.numeral:
            return None
        if len(following.text) > LONGEST_FREE or INSIDE.search(following.text):
            return None
        return Mark(line.start, numeral.end, following.start, following.end, numeral.rank, following.text, numeral.ordinal)

    def _without_numeral(self, i: int, line: Line, before: list[Mark]) -> Mark | None:
        """A heading that lost its numeral, or that is only bold or a heading element."""
        if not 1 < len(line.text) <= LONGEST_FREE or line.block.align == "right" or i + 1 == len(self.lines):
            return None
        words = line.text.rstrip("。:;")
        if _DENIES.search(words):
            return None
        mark = Mark(line.start, line.start, line.start, line.end, Rank.HAN, line.text)
        if headings.canonical(words) == "annex_statistics":
            return mark if self._table_follows(i) and not self._entitles_annex(line, before) else None
        announced = self.announcement.holds(words)
        if INSIDE.search(words) and not announced:
            return None
        if (announced or headings.known_phrase(words)) and (line.strong or self._stands_alone(i)):
            return mark
        if not is_like_name(words):
            return None
        if mark.names_a_part and (line.strong or self._follows_text(i)):
            return mark
        if not line.strong:
            return None
        if line.block.kind == "heading" and self.words.named(words):
            return mark
        return mark if self._emphasise(i, line, mark) else None

    def _emphasise(self, i: int, line: Line, mark: Mark) -> bool:
        """Whether a line that names no part is a heading by its type; a body or date that signs the report is none."""
        following = self.lines[i + 1]
        heads = following.block.kind == "table" or not following.strong
        fits = i > 0 and len(line.text) <= _LONGEST_EMPHASISED and line.block.align == "left"
        mark.emphasised = heads and fits and not headings.is_sign_off(line.text) and not headings.is_furniture(line.text)
        return mark.emphasised

    def _stands_alone(self, i: int) -> bool:
        """Whether the line before ends its sentence or its list, so that this one can be a heading."""
        return i == 0 or self.lines[i - 1].text[-1] in "。!?;:…”)》." or len(self.lines[i - 1].text) <= LONGEST_FREE

    def _follows_text(self, i: int) -> bool:
        return i > 0 and (self.lines[i - 1].text[-1] in "。!?”" or self.lines[i - 1].block.kind == "table")

    def _entitles_annex(self, line: Line, before: list[Mark]) -> bool:
        """Whether a line is the title of the annex whose heading stands just above it (八、附表)."""
        if not before or self.plain[before[-1].name_end : line.start].strip():
            return False
        return headings.canonical(before[-1].name) == "annex_statistics"

    def _table_follows(self, i: int) -> bool:
        return any(line.block.kind == "table" or headings.opens_annex(line.text) for line in self.lines[i + 1 : i + 4])

    # --- several headings on one line

    def _inside(self, line: Line, before: list[Mark]) -> list[Mark]:
        """Headings inside a long line: names of parts in their order, and where the line holds several their items too."""
        inner = self._inner_marks(line)
        if not inner:
            return []
        named = Counter(mark.rank for mark in inner if mark.names_a_part)
        rank = self.part_rank
        if not any(mark.rank == rank for mark in before):
            rank = min((style for style, n in named.items() if n > 1), default=rank)
        last = next((mark.ordinal or 0 for mark in reversed(before) if mark.rank == rank), 0)
        parts: list[Mark] = []
        for mark in inner:
            ordinal = mark.ordinal or 0
            follows = last < ordinal <= last + (2 if mark.names_a_part else 1)
            if mark.rank == rank and follows and self.words.named(mark.name):
                parts.append(mark)
                last = ordinal
        first = [mark for mark in before[-1:] if mark.start == line.start]
        if len(parts) + len(first) > 1:
            return sorted(parts + _items(inner, first + parts, rank), key=lambda mark: mark.start)
        return parts if rank <= Rank.HAN else []

    def _inner_marks(self, line: Line) -> list[Mark]:
        places = [found.end() for found in _INNER.finditer(self.plain, line.start, line.end)]
        if self.has_circled:
            places = sorted({*places, *(found.start() for found in _CIRCLED.finditer(self.plain, line.start + 1, line.end))})
        if not places:
            return []
        numerals = [
            (place, numeral)
            for place in places
            if not self.announcement.start <= place < self.announcement.end
            and (numeral := read_enumerator(self.plain, place, line.end))
            and not headings.is_table_row(self.plain[numeral.after : line.end], numeral.rank)
        ]
        ends = [start for start, _ in numerals[1:]] + [line.end]
        marks = [self._mark(numeral, start, end) for (start, numeral), end in zip(numerals, ends, strict=False)]
        weak = {start for start, numeral in numerals if numeral.weak}
        return [mark for mark in marks if mark.start not in weak or mark.names_a_part]


def _items(inner: list[Mark], parts: list[Mark], rank: Rank) -> list[Mark]:
    """The numbered items between the parts of one line; each style counts from 1."""
    items: list[Mark] = []
    starts = {mark.start for mark in parts}
    counted: Counter[Rank] = Counter()
    begun = False
    for mark in sorted([*inner, *(mark for mark in parts if mark not in inner)], key=lambda mark: mark.start):
        if mark.start in starts:
            begun = True
            counted.clear()
        elif begun and mark.rank > rank and mark.ordinal == counted[mark.rank] + 1:
            for lower in [style for style in counted if style > mark.rank]:
                del counted[lower]
            counted[mark.rank] += 1
            items.append(mark)
    return items
