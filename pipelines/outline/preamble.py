"""The parts that a report's preamble announces: 全文由A、B、C等七部分组成.

The announcement is a hint and never the truth: its names and its count are compared with what comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from pipelines.outline import canonical as headings
from pipelines.outline.enumerators import HAN, han_number


@dataclass(frozen=True, slots=True)
class Announced:
    """One announced part; offsets in the matching form of the text."""

    name: str
    start: int
    end: int
    part: str | None
    """Canonical id, null for a name that no rule decides."""
    appended: bool = False
    """Announced as an annex that comes with the parts (并附…): the stated count leaves it out."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the preamble says of the report's parts."""

    parts: tuple[Announced, ...] = ()
    count: int | None = None
    """The stated number of parts."""
    count_at: tuple[int, int] = (0, 0)
    start: int = 0
    end: int = 0
    """The whole list."""
    names: frozenset[str] = field(default=frozenset())
    """The announced names without white space."""
    stems: frozenset[str] = field(default=frozenset())

    def holds(self, name: str) -> bool:
        """Whether a heading has the words of an announced name."""
        return bool(self.names) and (headings.tidy(name) in self.names or headings.stem(name) in self.stems)


_REACH = 4000  # a preamble stands at the beginning; no longer one was seen
_LEAD = re.compile(r"包括|包含|分为|分成|涵盖|分别为|分别是|内容[为有]|如下|共分|分|由|从|部分(?=[:,])")
_ABOUT_REPORT = re.compile(r"全文|全篇|正文|本文|报告|年报|内容")
_COUNT = rf"(?P<count>[{HAN}两]{{1,2}}|\d{{1,2}})\s*(?:个|大|项)?\s*(?:部分|部份|方面|板块|章)"
_COUNT_FIRST = re.compile(
    rf"\s*(?:为|共|成|以下)?\s*{_COUNT}(?:内容)?(?:组成|构成)?\s*[:,]?\s*(?:主要|分别)?(?:包括|包含|是|为)?\s*[:,]?"
)
_END = re.compile(
    rf"[,;]?等?(?:内容)?(?:共|共计|合计|总共|这|以上)?\s*{_COUNT}|等几?个?(?:部分|部份|方面|内容)|(?:部分)?(?:组成|构成)|进行|予以"
)
_ITEM = re.compile(rf"(?:^|(?<=[,;、:\s]))(?:第[{HAN}]部分|[({{]?(?:[{HAN}]{{1,2}}|\d{{1,2}})[)、.](?!\d)|[①-⑳])\s*[:、]?\s*")
_LINK = re.compile(r"^(?:[\s:,;、]|以及|并?附(?:有(?!关))?|并|还有|还|分别是|包括|和|及|与(?!诉讼))+")
_APPENDED = re.compile(r"^[\s,;、]*(?:并附|附有?|另附)")
_ANNEX = re.compile(r"(?:并|另)附(?:有(?!关)|上)?(?P<name>[^,。;]{2,20})")
_TRAIL = re.compile(r"[\s,;、。:]*等?[\s,;、。:]*$")
_AND = re.compile(r"(?:(?<=情况)|(?<=概述)|(?<=概况)|(?<=事项)|(?<=措施))(?:以及|及(?!其[^他它])|和|与)|以及")
_REMARK = re.compile(r"\([^()]*\)$")
_CLAUSE, _PAUSE = re.compile("[,;]"), re.compile("、")
_SIGNS = (_PAUSE, re.compile(";"), re.compile(","))
_LONGEST_NAME = 45

_Span = tuple[int, int]


def read_announcement(plain: str, reach: int) -> Announcement:
    """The parts that the text before `reach` announces; none where it does not name at least two that are canonical."""
    at = 0
    for sentence in re.split(r"[。\n]", plain[: min(reach, _REACH)]):
        if _ABOUT_REPORT.search(sentence):
            for lead in _LEAD.finditer(sentence):
                found = _read_list(plain, at + lead.end(), at + len(sentence))
                if found:
                    return found
        at += len(sentence) + 1
    return Announcement()


def _read_list(plain: str, start: int, end: int) -> Announcement | None:
    count: int | None = None
    count_at = (start, start)
    first = _COUNT_FIRST.match(plain, start, end)
    if first:
        count, count_at, start = _number(first.group("count")), first.span("count"), first.end()
    stop = end
    last = _END.search(plain, start + 1, end)
    if last:
        end = last.start()
        if last.group("count"):
            count, count_at = _number(last.group("count")), last.span("count")
    pieces = _fitting(plain, start, end, count)
    parts = tuple(_part(plain, piece) for piece in pieces)
    annex = _ANNEX.search(plain, end, stop)
    if annex and parts and headings.canonical(annex.group("name")) == "annex_statistics":
        parts += (Announced(annex.group("name"), *annex.span("name"), "annex_statistics", appended=True),)
    if len({part.part for part in parts if part.part and _is_whole(part.name)}) < 2:
        return None
    names = frozenset(headings.tidy(part.name) for part in parts)
    stems = frozenset(headings.stem(part.name) for part in parts)
    return Announcement(parts, count, count_at, parts[0].start, parts[-1].end, names, stems)


def _fitting(plain: str, start: int, end: int, count: int | None) -> list[_Span]:
    """The names of a list: the way to part it that gives the stated count, or the most cautious one."""
    coarse = _items(plain, start, end) or _cut(plain, start, end, _CLAUSE)
    merged = [name for piece in coarse for name in _merge(plain, _cut(plain, *piece, _PAUSE))]
    finer = [name for piece in merged for name in _cut(plain, *piece, _AND)]
    ways = [[name for name in way if _is_name(plain, name)] for way in (merged, finer)]
    if count is None:
        return ways[0]
    cuts = (_cut(plain, start, end, sign) for sign in _SIGNS)
    for way in chain(ways, _any_names(plain, chain(cuts, (coarse, merged)))):
        if count in (len(way), sum(not _APPENDED.match(plain[slice(*name)]) for name in way)):
            return way
    return ways[0]


def _any_names(plain: str, ways: Iterable[list[_Span]]) -> Iterator[list[_Span]]:
    """The ways of parting a list by which every piece may be a name, also one that no rule knows (夯实工作基础)."""
    for way in ways:
        if all(1 < len(_trimmed(plain, *piece)) <= _LONGEST_NAME for piece in way):
            yield way


def _items(plain: str, start: int, end: int) -> list[_Span]:
    """The pieces of a list that numbers its names."""
    marks = list(_ITEM.finditer(plain, start, end))
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]] + [end]
    return [(mark.end(), stop) for mark, stop in zip(marks, ends, strict=True)]


def _cut(plain: str, start: int, end: int, at: re.Pattern[str]) -> list[_Span]:
    spans = []
    for mark in at.finditer(plain, start, end):
        spans.append((start, mark.start()))
        start = mark.end()
    return [*spans, (start, end)]


def _merge(plain: str, pieces: list[_Span]) -> list[_Span]:
    """Joins what was parted inside a name: a piece goes on until one ends as names do (复议、诉讼和申诉情况).

    Pieces that are left at the end stay apart where each names another part (概述、收费、复议).
    """
    names: list[_Span] = []
    open_pieces: list[_Span] = []
    for piece in pieces:
        open_pieces.append(piece)
        if _ends(plain, piece):
            names.append((open_pieces[0][0], piece[1]))
            open_pieces = []
    meanings = [headings.canonical(_trimmed(plain, *piece)) for piece in open_pieces]
    if all(meanings) and len(set(meanings)) == len(meanings):
        return names + open_pieces
    return [*names, (open_pieces[0][0], open_pieces[-1][1])]


def _trimmed(plain: str, start: int, end: int) -> str:
    return _tidied(plain[start:end])


@lru_cache(maxsize=4096)
def _tidied(words: str) -> str:
    return headings.tidy(_TRAIL.sub("", words))


@lru_cache(maxsize=4096)
def _has_tail(name: str) -> bool:
    """Whether a name ends as announced names do, a remark in brackets aside."""
    return headings.ANNOUNCED_TAIL.search(_REMARK.sub("", name)) is not None


def _ends(plain: str, piece: _Span) -> bool:
    return _has_tail(_trimmed(plain, *piece))


def _is_whole(name: str) -> bool:
    """Whether a name is one of a part, not words about its subject."""
    return headings.known_phrase(name) is not None or _has_tail(name)


def _is_name(plain: str, piece: _Span) -> bool:
    return _may_name(_trimmed(plain, *piece))


@lru_cache(maxsize=4096)
def _may_name(words: str) -> bool:
    name = _LINK.sub("", words)
    if not 1 < len(name) <= _LONGEST_NAME:
        return False
    return headings.canonical(name) is not None or headings.ANNOUNCED_TAIL.search(name) is not None


def _part(plain: str, piece: _Span) -> Announced:
    words = plain[slice(*piece)]
    first, last, appended = _name_in(words)
    name = words[first:last]
    return Announced(name, piece[0] + first, piece[0] + last, headings.canonical(name), appended)


@lru_cache(maxsize=4096)
def _name_in(words: str) -> tuple[int, int, bool]:
    """Where the name of an announced part begins and ends in its piece of the list, and whether it is that of an annex."""
    link, trail = _LINK.match(words), _TRAIL.search(words)
    first, last = link.end() if link else 0, trail.start() if trail else len(words)
    return first, last, _APPENDED.match(words) is not None


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else han_number(numeral.replace("两", "二"))
