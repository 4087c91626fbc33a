"""Where the headings of a report stand: numbered, bold, without numeral, glued to their text, several on one line.

`find_marks` gives the headings and numbered items in reading order with their rank in the outline; `sections` makes the tree.
All offsets are of the matching form (`Draft.plain`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines import headings
from pipelines.enumerators import HAN, Enumerator, Rank, read_enumerator
from pipelines.model import Block, Draft
from pipelines.preamble import Announcement


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
        return headings.known_phrase(self.name) is not None or (
            headings.canonical(self.name) is not None and headings.ends_as_name(self.name)
        )


@dataclass(slots=True)
class Line:
    """A line of the report without the white space around it."""

    start: int
    end: int
    text: str
    block: Block


_STOP = re.compile(r"[。!?;:]")
_INSIDE = re.compile(r"[。!?;:,]")
_QUANTITY = re.compile(r"\d[\d.,]*\s*[余多几]?[万亿]?(?:[条件次篇份个人元场期宗家项名则起例户]|%)")
_TITLE_OF_RULE = re.compile(r"《|“.{0,20}”.{0,6}“")
_INNER_HAN = re.compile(rf"(?<=[。;!?:\s”)])[{HAN}]{{1,2}}[、.]")
_INNER_LOWER = re.compile(rf"(?<=[。;!?:\s”)])(?:\([{HAN}]{{1,2}}\)|\d{{1,2}}[、.](?!\d))")
_LONGEST = {"stand": 60, "stop": 32, "stop_han": 40, "colon": 20, "free": 40, "emphasised": 30, "glued": 60}


def lines_of(draft: Draft) -> list[Line]:
    """The lines of the report that have text, each with its block."""
    lines: list[Line] = []
    blocks = draft.blocks
    at = text_at = i = 0
    for text, printed in zip(draft.plain.split("\n"), draft.report.text.split("\n"), strict=True):
        while i + 1 < len(blocks) and blocks[i + 1].start <= text_at:
            i += 1
        words = text.strip()
        if words and blocks:
            start = at + text.index(words)
            lines.append(Line(start, start + len(words), words, blocks[i]))
        at += len(text) + 1
        text_at += len(printed) + 1
    return lines


def find_marks(draft: Draft, announcement: Announcement) -> list[Mark]:
    """The headings and numbered items of a report in reading order."""
    finder = _Finder(draft.plain, lines_of(draft), announcement)
    marks = finder.marks()
    marks = _without_contents(draft.plain, marks)
    _rank_emphasised(marks)
    _lower_overview_parts(marks)
    _lower_restarted(marks)
    overview = finder.missing_overview(marks)
    if overview:
        return sorted([*marks, overview], key=lambda mark: (mark.start, mark.rank))
    _raise_early(marks)
    return marks


class _Finder:
    def __init__(self, plain: str, lines: list[Line], announcement: Announcement) -> None:
        self.plain = plain
        self.lines = lines
        self.announcement = announcement

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
            mark = self._at_line(i, line, in_annex)
            if mark:
                marks.append(mark)
                done = mark.name_end
                in_annex = in_annex and mark.rank > Rank.HAN
            if line.end - line.start > _LONGEST["emphasised"]:
                marks += self._inside(line, marks)
        return marks

    # --- at the beginning of a line

    def _at_line(self, i: int, line: Line, in_annex: bool) -> Mark | None:
        numeral = read_enumerator(self.plain, line.start, line.end)
        if numeral is None:
            return None if in_annex else self._without_numeral(i, line)
        rest = self.plain[numeral.after : line.end]
        if headings.is_table_row(rest, numeral.rank) or (in_annex and headings.is_annex_row(rest)):
            return None
        if self.announcement.start < line.start < self.announcement.end:
            return None
        if not rest:
            return self._number_alone(i, line, numeral)
        if numeral.rank < Rank.HAN and numeral.end == numeral.after and headings.CONTINUATION.match(rest):
            return None  # 第一部分是…
        mark = self._mark(numeral, line.start, line.end)
        if line.block.kind == "heading" and mark.name_end == mark.name_start and len(rest) <= _LONGEST["stand"]:
            mark = replace(mark, name_end=line.end, name=rest)
        if numeral.weak and not (self._named(mark.name) and (mark.names_a_part or line.block.bold)):
            return None
        return mark

    def _mark(self, numeral: Enumerator, start: int, end: int) -> Mark:
        name_end = self._name_end(numeral.after, end, numeral.rank)
        name = self.plain[numeral.after : name_end].strip()
        return Mark(start, numeral.end, numeral.after, name_end, numeral.rank, name, numeral.ordinal)

    def _number_alone(self, i: int, line: Line, numeral: Enumerator) -> Mark | None:
        """A numeral on a line of its own, with its heading on the next."""
        if i + 1 == len(self.lines):
            return None
        following = self.lines[i + 1]
        fits = (
            following.block.kind != "table" and len(following.text) <= _LONGEST["free"] and not _INSIDE.search(following.text)
        )
        if not fits or read_enumerator(self.plain, following.start, following.end):
            return None
        return Mark(line.start, numeral.end, following.start, following.end, numeral.rank, following.text, numeral.ordinal)

    def _without_numeral(self, i: int, line: Line) -> Mark | None:
        """A heading that lost its numeral, or that is only bold or a heading element."""
        text = line.text
        words = text.rstrip("。:;")
        if not 1 < len(text) <= _LONGEST["free"] or line.block.align == "right" or i + 1 == len(self.lines):
            return None
        mark = Mark(line.start, line.start, line.start, line.end, Rank.HAN, text)
        announced = self.announcement.holds(words)
        if _INSIDE.search(words) and not announced:
            return None
        if headings.canonical(words) == "annex_statistics":
            return mark if self._table_follows(i) else None
        strong = line.block.bold or line.block.kind == "heading"
        if (
            strong
            and self._is_like_name(words)
            and (mark.names_a_part or (line.block.kind == "heading" and self._named(words)))
        ):
            return mark
        if (announced or headings.known_phrase(words)) and self._stands_alone(i):
            return mark
        return self._emphasised(i, line, mark) if strong else None

    def _emphasised(self, i: int, line: Line, mark: Mark) -> Mark | None:
        following = self.lines[i + 1].block
        heads = following.kind == "table" or not (following.bold or following.kind == "heading")
        fits = (
            i > 0 and len(line.text) <= _LONGEST["emphasised"] and line.block.align == "left" and self._is_like_name(mark.name)
        )
        if not (heads and fits) or headings.is_sign_off(line.text) or headings.is_furniture(line.text):
            return None
        mark.emphasised = True
        return mark

    def _stands_alone(self, i: int) -> bool:
        """Whether the line before ends its sentence or its list, so that this one can be a heading."""
        return i == 0 or self.lines[i - 1].text[-1] in "。!?;:…”)》." or len(self.lines[i - 1].text) <= _LONGEST["free"]

    def _table_follows(self, i: int) -> bool:
        return any(line.block.kind == "table" or headings.opens_annex(line.text) for line in self.lines[i + 1 : i + 4])

    # --- where a heading ends

    def _named(self, name: str) -> bool:
        return headings.canonical(name) is not None or self.announcement.holds(name)

    def _name_end(self, start: int, end: int, rank: Rank) -> int:
        """Where the heading ends that begins at `start`; `start` itself where the line is text."""
        glued = self._glued_end(start, end, rank)
        if glued:
            return glued
        stop = _STOP.search(self.plain, start, end)
        if stop is None:
            return end if end - start <= _LONGEST["stand"] and self._is_like_name(self.plain[start:end]) else start
        longest = _LONGEST["colon"] if stop.group() == ":" else _LONGEST["stop_han" if rank <= Rank.HAN else "stop"]
        if stop.group() == ";" or stop.start() - start > longest or not self._is_like_name(self.plain[start : stop.start()]):
            return start
        return stop.end()

    def _glued_end(self, start: int, end: int, rank: Rank) -> int | None:
        """Where a heading ends to which its text is glued: its name is whole, and a sentence begins."""
        stop = _STOP.search(self.plain, start, end)
        for tail in headings.TAIL.finditer(self.plain, start, min(stop.start() if stop else end, start + _LONGEST["glued"])):
            at = tail.end()
            if at == end or self.plain[at] in "。,、;:" or not self._named(self.plain[start:at]):
                continue
            behind = self.plain[at:end].strip()
            goes_on = headings.CONTINUATION.match(self.plain, at, end) is not None
            if self.plain[at].isspace() and not goes_on and headings.known_phrase(self.plain[start:at]):
                return at
            is_sentence = _INSIDE.search(behind) is not None or len(behind) > _LONGEST["colon"]
            if is_sentence and (headings.SENTENCE_BEHIND.match(self.plain, at, end) or self.plain[at].isspace()):
                return at
            is_clauses = _INSIDE.search(behind.rstrip("。:;")) is not None or len(behind) > _LONGEST["colon"]
            if is_clauses and rank <= Rank.HAN and not goes_on:
                return at
        return None

    def _is_like_name(self, words: str) -> bool:
        words = words.strip()
        if len(words) < 2 or words.count(",") > 2 or _QUANTITY.search(words) or _TITLE_OF_RULE.search(words):
            return False
        return (
            headings.SENTENCE.match(words) is None
            or headings.ends_as_name(words)
            or headings.canonical(words) == "next_year_plan"
        )

    # --- several headings on one line

    def _inside(self, line: Line, before: list[Mark]) -> list[Mark]:
        """Headings inside a long line: those of parts in their order, and where there are two of them their items too."""
        numerals = [
            (found.start(), numeral)
            for found in _INNER_HAN.finditer(self.plain, line.start + 1, line.end)
            if not self.announcement.start <= found.start() < self.announcement.end
            and (numeral := read_enumerator(self.plain, found.start(), line.end))
            and not headings.is_table_row(self.plain[numeral.after : line.end], numeral.rank)
        ]
        if not numerals:
            return []
        ends = [start for start, _ in numerals[1:]] + [line.end]
        last = next((mark.ordinal or 0 for mark in reversed(before) if mark.rank == Rank.HAN), 0)
        parts: list[Mark] = []
        for (start, numeral), end in zip(numerals, ends, strict=True):
            mark = self._mark(numeral, start, end)
            if mark.names_a_part and last < numeral.ordinal <= last + 2:
                parts.append(mark)
                last = numeral.ordinal
        first = [mark for mark in before[-1:] if mark.start == line.start]
        if len(parts) + len(first) < 2:
            return parts
        return sorted(parts + self._items(line, first + parts), key=lambda mark: mark.start)

    def _items(self, line: Line, parts: list[Mark]) -> list[Mark]:
        """The numbered items between the parts of one line; their numerals count from 1."""
        items: list[Mark] = []
        ends = [mark.start for mark in parts[1:]] + [line.end]
        for part, end in zip(parts, ends, strict=True):
            counted: dict[Rank, int] = {}
            found = list(_INNER_LOWER.finditer(self.plain, part.name_end, end))
            stops = [item.start() for item in found[1:]] + [end]
            for item, stop in zip(found, stops, strict=False):
                numeral = read_enumerator(self.plain, item.start(), stop)
                if numeral is None or headings.is_table_row(self.plain[numeral.after : stop], numeral.rank):
                    continue
                if numeral.ordinal == counted.get(numeral.rank, 0) + 1:
                    counted[numeral.rank] = numeral.ordinal
                    counted.pop(Rank.DIGITS, None) if numeral.rank < Rank.DIGITS else None
                    items.append(self._mark(numeral, item.start(), stop))
        return items

    # --- a heading that is not there

    def missing_overview(self, marks: list[Mark]) -> Mark | None:
        """The beginning of an overview without heading, or None.

        Evidence: the preamble announces it first or site furniture stands in its place, no heading is one, the first part is
        not counted 一, and a paragraph stands between the preamble and the first part.
        """
        tops = [mark for mark in marks if mark.rank <= Rank.HAN]
        if not tops or tops[0].ordinal == 1 or any(headings.canonical(mark.name) == "overview" for mark in tops):
            return None
        announced = bool(self.announcement.parts) and self.announcement.parts[0].part == "overview"
        begun = not announced
        furniture = False
        for line in self.lines:
            if line.start >= tops[0].start:
                break
            if begun and headings.is_furniture(line.text):
                furniture = line.start > self.lines[0].start
            elif begun and (announced or furniture) and line.block.kind != "table" and not headings.is_preface_line(line.text):
                return Mark(line.start, line.start, line.start, line.start, Rank.HAN, inferred="overview")
            begun = begun or line.end >= self.announcement.end
        return None


# --- the outline as a whole


def _without_contents(plain: str, marks: list[Mark]) -> list[Mark]:
    """Leaves out a table of contents: headings without text at the beginning whose names come again."""
    run = 0
    while run + 1 < len(marks) and marks[run].name and not plain[marks[run].name_end : marks[run + 1].start].strip():
        run += 1
    later = {headings.stem(mark.name) for mark in marks[run:]}
    contents = 0
    while contents < run and headings.stem(marks[contents].name) in later:
        contents += 1
    return marks[contents:] if contents >= 3 else marks


def _rank_emphasised(marks: list[Mark]) -> None:
    """Headings that only their type shows are below the numbered ones, and the highest where nothing is numbered."""
    if any(not mark.emphasised and mark.rank <= Rank.HAN for mark in marks):
        for mark in marks:
            if mark.emphasised:
                mark.rank = Rank.HAN_BRACKETS


def _lower_overview_parts(marks: list[Mark]) -> None:
    """主动公开 without numeral inside 总体情况 is below it, when the part itself comes later."""
    inside = False
    for i, mark in enumerate(marks):
        if mark.rank > Rank.HAN:
            continue
        part = headings.canonical(mark.name)
        if part == "overview":
            inside = True
        elif mark.ordinal is None and inside and headings.overview_part(mark.name):
            later = any(headings.canonical(other.name) == part for other in marks[i + 1 :] if other.rank <= Rank.HAN)
            if later or part is None:
                mark.rank = Rank.HAN_BRACKETS
        else:
            inside = False


def _lower_restarted(marks: list[Mark]) -> None:
    """一、二、 that count anew and name no part are inside the part where they stand."""
    current = inner = 0
    for mark in marks:
        if mark.rank != Rank.HAN or mark.ordinal is None:
            continue
        goes_on = mark.ordinal == inner + 1 and not mark.names_a_part if inner else mark.ordinal == 1 and current > 0
        if goes_on and not mark.names_a_part:
            inner = mark.ordinal
            mark.rank = Rank.HAN_INSIDE
        else:
            current, inner = mark.ordinal, 0


def _raise_early(marks: list[Mark]) -> None:
    """A report whose parts are counted (一) keeps them as its parts when only an annex or a late heading stands higher."""
    top = min((mark.rank for mark in marks), default=Rank.PART)
    first = next((i for i, mark in enumerate(marks) if mark.rank == top), 0)
    highest = min((mark.rank for mark in marks[:first]), default=top)
    early = [mark for mark in marks[:first] if mark.rank == highest]
    parts = {headings.canonical(mark.name) for mark in early if mark.names_a_part}
    if len(parts) > 1 and len(early) > sum(mark.rank == top for mark in marks):
        for mark in marks:
            if mark.rank == highest:
                mark.rank = top
