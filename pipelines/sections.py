"""Headings -> the report's parts as a tree, named canonically, and what the preamble announced against what came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipelines.draft import Draft
from pipelines.issues import find
from pipelines.model import Evidence, Section
from pipelines.outline import canonical as headings
from pipelines.outline.enumerators import Rank
from pipelines.outline.marks import Mark, find_marks, lines_of
from pipelines.outline.preamble import Announced, Announcement, read_announcement
from pipelines.outline.ranks import settle

# Parts whose items are about them, whatever words stand in them: the id of the part, and the ids that an item may have instead.
_CLOSED: dict[str, frozenset[str]] = {
    "preface": frozenset(),
    "key_areas": frozenset(),
    "proposals": frozenset(),
    "problems_improvements": frozenset({"next_year_plan"}),
    "next_year_plan": frozenset({"problems_improvements"}),
    "other_matters": frozenset({"annex_statistics"}),
    "annex_statistics": frozenset(),
}

_MODERN_PARTS = 3
"""So many of the five parts of 总体情况 inside an overview show the format; older overviews have one or two of their words."""


@dataclass(slots=True)
class _Node:
    mark: Mark
    part: str | None = None
    children: list[_Node] = field(default_factory=list)


def split_sections(draft: Draft) -> None:
    """Fills `report.sections`: the preface, where there is one, and the parts of the highest level, each with its own.

    Number, separator, heading and text of every part in reading order give `report.text`, white space between them aside.
    Adds the findings `announced_part_missing`, `part_not_announced`, `announced_count_wrong` and `section_unrecognised`.
    """
    lines = lines_of(draft)
    first = next((line.start for line in lines[1:] if line.numeral and not line.numeral.weak), len(draft.plain))
    announcement = read_announcement(draft.plain, first)
    marks = settle(draft.plain, lines, find_marks(draft, announcement, lines), announcement)
    tops = _tree(marks)
    if len(tops) > 1 and not tops[0].children and not draft.plain[: tops[1].mark.start].strip():
        del tops[0]  # the report begins with its first heading
    _name(tops, announcement)
    draft.report.sections = list(_sections(draft, tops, len(draft.plain), 1))
    _report_unrecognised(draft, tops)
    if announcement.parts:
        _compare(draft, announcement, tops)


# --- the tree


def _tree(marks: list[Mark]) -> list[_Node]:
    """The parts of the highest level, the preface first; an introduction that opens the report is the preface itself.

    Numbered paragraphs alone, without one heading, are no parts.
    """
    top = min((mark.rank for mark in marks if mark.name or mark.inferred or mark.rank <= Rank.HAN), default=Rank.PART)
    preface = _Node(Mark(0, 0, 0, 0, top), "preface")
    tops = [preface]
    stack = [preface]
    for mark in marks:
        node = _Node(mark)
        if mark.rank <= top:
            tops.append(node)
            stack = [node]
            continue
        while len(stack) > 1 and stack[-1].mark.rank >= mark.rank:
            stack.pop()
        stack[-1].children.append(node)
        stack.append(node)
    opening = tops[1] if len(tops) > 1 and not preface.children else preface
    if opening.mark.start == 0 and headings.canonical(opening.mark.name) == "preface":
        opening.part = "preface"
        return tops[1:]
    return tops


def _sections(draft: Draft, nodes: list[_Node], end: int, level: int) -> Iterator[Section]:
    """The record's form of sibling parts that end at `end`."""
    text, place = draft.report.text, draft.place
    for i, node in enumerate(nodes):
        mark = node.mark
        stop = nodes[i + 1].mark.start if i + 1 < len(nodes) else end
        below = node.children[0].mark.start if node.children else stop
        start, number_end = place(mark.start, mark.number_end)
        name_start, name_end = place(mark.name_start, mark.name_end)
        own_end, finish = place(below, stop)
        yield Section(
            id=node.part,
            number=text[start:number_end] or None,
            heading=text[name_start:name_end].strip() or None,
            level=0 if node.part == "preface" and not i else level,
            text=text[name_end:own_end].strip(),
            separator=text[number_end:name_start],
            children=list(_sections(draft, node.children, stop, level + 1)) if node.children else [],
            start=start,
            end=start + len(text[start:finish].rstrip()),
        )


# --- what the parts are


def _name(tops: list[_Node], announcement: Announcement) -> None:
    parts = [node for node in tops if node.part != "preface"]
    for node in parts:
        node.part = node.mark.inferred or headings.canonical(node.mark.name)
    known = {node.part for node in parts}
    named_modern = any(headings.is_modern(node.mark.name) for node in parts)
    for place, node in enumerate(parts):
        if node.part is None:
            node.part = _by_place(announcement, place, known)
        if node.part is None and named_modern:
            node.part = headings.overview_name(node.mark.name)
        node.part = node.part or _by_first_child(node)
    held = {node.part for node in tops}
    modern = named_modern or _has_modern_overview(parts)
    for node in tops:
        for child in node.children:
            child.part = _child_part(child.mark.name, node.part, held, modern)


def _has_modern_overview(parts: list[_Node]) -> bool:
    """Whether the overview has the parts of the formats of 2019 and 2021, although its heading may be an older one."""
    overview = next((node for node in parts if node.part == "overview"), None)
    named = {headings.overview_part(child.mark.name) for child in overview.children} if overview else set()
    return len(named & headings.OVERVIEW_PARTS) >= _MODERN_PARTS


def _by_place(announcement: Announcement, place: int, known: set[str | None]) -> str | None:
    """The part that the preamble announces where an undecided heading stands, unless another heading is that part."""
    part = announcement.parts[place].part if place < len(announcement.parts) else None
    return None if part in known else part


def _by_first_child(node: _Node) -> str | None:
    return headings.canonical(node.children[0].mark.name) if node.children else None


def _child_part(name: str, parent: str | None, held: set[str | None], modern: bool) -> str | None:
    """The part that a heading inside a part is: none that has its own place among the highest, save the parent's."""
    if not name:
        return None
    if parent == "overview" and modern:
        part = headings.overview_part(name)
        if part:
            return part
    part = headings.canonical(name)
    if part is None:
        return parent if headings.inside_part(name) == parent else None
    if part == parent:
        return part
    if parent in _CLOSED:
        return part if part in _CLOSED[parent] else None
    return None if part in held or part in ("overview", "preface") else part


# --- findings


def _compare(draft: Draft, announcement: Announcement, tops: list[_Node]) -> None:
    """What the preamble announces against what came."""
    parts = [node for node in tops if node.part != "preface"]
    nodes = [*parts, *(child for node in parts for child in node.children)]
    delivered = {part for node in nodes for part in (node.part, *headings.mentions(node.mark.name))}
    if _has_annex(draft):
        delivered.add("annex_statistics")
    stems = {headings.stem(node.mark.name) for node in nodes}
    for announced in announcement.parts:
        if not (
            headings.mentions(announced.name) & delivered
            or headings.stem(announced.name) in stems
            or announced.part in delivered
        ):
            side = _announced_evidence(draft, announced)
            find(
                draft,
                "announced_part_missing",
                f"The preamble announces a part “{side.words}”, and no heading of the report is it.",
                side,
            )
    promised = {part for announced in announcement.parts for part in (announced.part, *headings.mentions(announced.name))}
    for node in parts:
        expected = node.part in promised or headings.mentions(node.mark.name) & promised or announcement.holds(node.mark.name)
        if not expected and not node.mark.inferred:
            side = _heading_evidence(draft, node)
            find(draft, "part_not_announced", f"The preamble does not announce the part “{side.words}”.", side)
    _check_count(draft, announcement)


def _check_count(draft: Draft, announcement: Announcement) -> None:
    names = announcement.parts
    own = sum(not announced.appended for announced in names)
    if announcement.count is None or announcement.count in (own, len(names)):
        return
    start, end = draft.place(*announcement.count_at)
    first, last = draft.place(announcement.start, announcement.end)
    find(
        draft,
        "announced_count_wrong",
        f"The preamble speaks of {announcement.count} parts (“{draft.report.text[start:end]}”) and names {own}.",
        Evidence(announcement.count, "preamble", draft.report.text[start:end], start, end),
        Evidence(own, "preamble", draft.report.text[first:last], first, last),
    )


def _report_unrecognised(draft: Draft, tops: Iterable[_Node]) -> None:
    for node in tops:
        if node.part is None:
            side = _heading_evidence(draft, node)
            find(draft, "section_unrecognised", f"The part “{side.words}” is none of the parts that reports have.", side)


def _announced_evidence(draft: Draft, announced: Announced) -> Evidence:
    start, end = draft.place(announced.start, announced.end)
    return Evidence(announced.part, "preamble", draft.report.text[start:end], start, end)


def _heading_evidence(draft: Draft, node: _Node) -> Evidence:
    mark = node.mark
    start, end = draft.place(mark.start, mark.name_end if mark.name else min(mark.name_end + 20, len(draft.plain)))
    return Evidence(node.part, "heading", draft.report.text[start:end].strip(), start, end)


def _has_annex(draft: Draft) -> bool:
    """Whether the report carries a statistics annex without a heading: as a table or as a file."""
    if any(headings.canonical(attachment.name) == "annex_statistics" for attachment in draft.report.attachments):
        return True
    return any(
        block.kind == "table" and headings.opens_annex(block.text.partition("\n")[0].replace("\t", " "))
        for block in draft.blocks
    )
