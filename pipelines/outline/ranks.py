"""The outline of a report as a whole: which headings are its parts, which stand inside them, and the one that is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipelines.outline import canonical as headings
from pipelines.outline.enumerators import Rank
from pipelines.outline.marks import Line, Mark
from pipelines.outline.preamble import Announcement
from pipelines.outline.unnumbered import unnumbered

_CONTENTS = 3  # so many empty headings at the beginning that come again are a table of contents


def settle(plain: str, lines: list[Line], marks: list[Mark], announcement: Announcement) -> list[Mark]:
    """The marks with their final ranks; the highest rank among them is that of the parts."""
    marks = _without_contents(plain, marks)
    top = _part_rank(marks)
    _lower_inverted(marks, top)
    _rank_unnumbered(marks, top)
    marks = sorted([*marks, *unnumbered(plain, lines, marks, announcement, top)], key=lambda mark: (mark.start, mark.rank))
    _lower_overview_parts(marks, top)
    _lower_restarted(marks, top)
    overview = _missing_overview(lines, marks, announcement, top)
    return sorted([*marks, overview], key=lambda mark: (mark.start, mark.rank)) if overview else marks


def _without_contents(plain: str, marks: list[Mark]) -> list[Mark]:
    """Leaves out a table of contents: headings without text at the beginning whose names come again."""
    run = 0
    while run + 1 < len(marks) and marks[run].name and not plain[marks[run].name_end : marks[run + 1].start].strip():
        run += 1
    if run < _CONTENTS:
        return marks
    later = {headings.stem(mark.name) for mark in marks[run:]}
    contents = next((i for i, mark in enumerate(marks[:run]) if headings.stem(mark.name) not in later), run)
    return marks[contents:] if contents >= _CONTENTS else marks


def _part_rank(marks: list[Mark]) -> Rank:
    """The style that counts the parts: the highest with two headings, or the first heading's.

    Headings without numeral stand as 一、 would; a lower style counts the parts beside them when it names others than they do.
    Where the first heading's style names more parts than a style above it, it counts them: (一) stands inside 1. there.
    """
    headed = [mark for mark in marks if mark.name and not mark.emphasised]
    free = _named_parts(mark for mark in headed if mark.ordinal is None)
    counted = Counter(mark.rank for mark in headed if mark.ordinal is not None)
    opening = _parts_counted(headed, headed[0].rank) if headed and headed[0].ordinal is not None else set()
    for rank in sorted(counted):
        names = _parts_counted(headed, rank)
        if rank > Rank.HAN and rank < headed[0].rank and len(opening) > max(len(names), 1):
            continue
        if counted[rank] == 1 and rank != headed[0].rank and not (free and names):
            continue
        if rank <= Rank.HAN or not free or (len(names) > 1 and not names & free):
            return rank
    return Rank.HAN


def _parts_counted(headed: list[Mark], rank: Rank) -> set[str | None]:
    return _named_parts(mark for mark in headed if mark.rank == rank and mark.ordinal is not None)


def _named_parts(marks: Iterable[Mark]) -> set[str | None]:
    return {headings.canonical(mark.name) for mark in marks if mark.names_a_part}


def _below(top: Rank) -> Rank:
    """The rank of headings inside the parts that have no numeral to tell it."""
    return max(Rank.HAN_BRACKETS, Rank(min(top + 10, Rank.CIRCLED)))


def _lower_inverted(marks: list[Mark], top: Rank) -> None:
    """(一) inside parts that 1. counts is below them."""
    for mark in marks if top > Rank.HAN_BRACKETS else ():
        if Rank.HAN < mark.rank < top:
            mark.rank = _below(top)


def _rank_unnumbered(marks: list[Mark], top: Rank) -> None:
    """Headings without numeral that name a part are parts; those that only their type shows are so where nothing else is.

    A single numeral of a higher style (一、 in an annex) does not stand above the parts.
    """
    has_parts = any(mark.rank <= top and not mark.emphasised for mark in marks)
    for mark in marks:
        if mark.emphasised and has_parts:
            mark.rank = _below(top)
        elif mark.ordinal is None or mark.rank < top:
            mark.rank = top


def _lower_overview_parts(marks: list[Mark], top: Rank) -> None:
    """主动公开 without numeral inside 总体情况 is below it, when the part itself comes later."""
    inside = False
    parts = [mark for mark in marks if mark.rank == top]
    for i, mark in enumerate(parts):
        part = headings.canonical(mark.name)
        if part == "overview":
            inside = True
        elif mark.ordinal is None and inside and headings.overview_part(mark.name):
            if part is None or any(headings.canonical(later.name) == part for later in parts[i + 1 :]):
                mark.rank = _below(top)
        else:
            inside = False


def _lower_restarted(marks: list[Mark], top: Rank) -> None:
    """一、二、 that count anew and name no part are inside the part where they stand."""
    current = inner = 0
    for mark in marks:
        if mark.rank != Rank.HAN or top != Rank.HAN or mark.ordinal is None:
            continue
        goes_on = mark.ordinal == inner + 1 if inner else mark.ordinal == 1 and current > 0
        if goes_on and not mark.names_a_part:
            inner = mark.ordinal
            mark.rank = Rank.HAN_INSIDE
        else:
            current, inner = mark.ordinal, 0


def _missing_overview(lines: list[Line], marks: list[Mark], announcement: Announcement, top: Rank) -> Mark | None:
    """The beginning of an overview without heading, or None.

    Evidence: the preamble announces it first or site furniture stands in its place, no heading is one, the first part is not
    counted 一, and a paragraph stands between the preamble and the first part.
    """
    parts = [mark for mark in marks if mark.rank == top]
    if not parts or parts[0].ordinal == 1 or any(headings.canonical(mark.name) == "overview" for mark in parts):
        return None
    announced = bool(announcement.parts) and announcement.parts[0].part == "overview"
    begun = not announced
    furniture = False
    for line in lines:
        if line.start >= parts[0].start:
            break
        if begun and headings.is_furniture(line.text):
            furniture = line.start > lines[0].start
        elif begun and (announced or furniture) and line.block.kind != "table" and not headings.is_preface_line(line.text):
            return Mark(line.start, line.start, line.start, line.start, top, inferred="overview")
        begun = begun or line.end >= announcement.end
    return None
