"""Headings that lost their numeral and their line break: a part's name with its text behind it, at the beginning of a line or
in the middle of a report that stands on one line.

Words alone are weak evidence (主动公开情况良好 is text), so a name counts only whole, with a sentence behind it, and only where
the outline asks for it: the numerals beside it leave its number out, the preamble announces it, or nothing is numbered at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipelines.outline import canonical as headings
from pipelines.outline.enumerators import Rank
from pipelines.outline.heading_words import LONGEST_FREE, HeadingWords
from pipelines.outline.marks import Line, Mark
from pipelines.outline.preamble import Announcement

_FEWEST_UNNUMBERED = 3
"""A report without numbered parts has so many names that are followed by their text."""
_BEGINS = re.compile(r"(?<=[。!?;”\s])\S")


def unnumbered(plain: str, lines: list[Line], marks: list[Mark], announcement: Announcement, top: Rank) -> list[Mark]:
    """The headings without numeral and line that the marks of the parts leave room for."""
    parts = [mark for mark in marks if mark.rank == top and (mark.name or mark.ordinal)]
    known = {headings.canonical(mark.name) for mark in parts}
    words = HeadingWords(plain, announcement, top)
    if not any(mark.ordinal for mark in parts):
        found = [
            mark
            for line in lines
            for mark in _in_line(plain, line, words, top)
            if mark.start >= announcement.end
            and not any(other.start <= mark.start < other.name_end for other in marks)
            and headings.canonical(mark.name) not in known
        ]
        named = {headings.canonical(mark.name): mark for mark in reversed(found)}
        return list(named.values()) if len(named) + len(known) >= _FEWEST_UNNUMBERED else []
    out: list[Mark] = []
    gaps = [(one.start, other.start) for one, other in pairwise(parts) if _leaves_one_out(one, other)]
    missing = {name.part for name in announcement.parts} - known
    for line in lines if gaps or missing else ():
        if line.start < announcement.end:
            continue
        mark = _at(plain, line.start, line, words, top)
        if mark is None or (part := headings.canonical(mark.name)) in known:
            continue
        if part in missing or any(start < mark.start < end for start, end in gaps):
            out.append(mark)
            known.add(part)
    return out


def _leaves_one_out(one: Mark, other: Mark) -> bool:
    return one.ordinal is not None and other.ordinal is not None and other.ordinal == one.ordinal + 2


def _in_line(plain: str, line: Line, words: HeadingWords, rank: Rank) -> Iterator[Mark]:
    starts = [line.start, *(found.start() for found in _BEGINS.finditer(plain, line.start, line.end))]
    for start in starts:
        if mark := _at(plain, start, line, words, rank):
            yield mark


def _at(plain: str, start: int, line: Line, words: HeadingWords, rank: Rank) -> Mark | None:
    """The heading that begins at a place of a line and has text behind it."""
    if line.block.kind == "table" or (start == line.start and line.numeral) or line.end - start <= LONGEST_FREE // 2:
        return None
    end = words.end(start, line.end, rank)
    name = plain[start:end].strip()
    if not (plain[end - 1] in "。:" or plain[end : end + 1].isspace() or headings.SENTENCE_BEHIND.match(plain, end, line.end)):
        return None
    if not name or end >= line.end or len(name) > LONGEST_FREE or headings.known_phrase(name.rstrip("。:")) is None:
        return None
    return Mark(start, start, start, end, rank, name)
