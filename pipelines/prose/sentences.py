"""The sentences of a report's running text, each with the headings and the canonical sections it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.model import Draft, Section
from pipelines.prose.quantities import Quantity, find_quantities

_OPENING = 20
"""A heading that is glued to its paragraph is looked for in so many of its first characters."""

_STOP = re.compile(r"[。!?\n]|\Z")
_NEGATIVE = re.compile(r"[未没无]|不存在")
"""What every zero in words has; see `negation`."""

_Part = tuple[int, int, str, frozenset[str]]
"""Where it and its words begin, headings from the top, canonical ids."""
_NOWHERE: _Part = (0, 0, "", frozenset())


@dataclass(slots=True)
class Sentence:
    """A sentence of folded text and what it stands under."""

    start: int
    end: int
    text: str
    headings: str
    sections: frozenset[str]
    """Ids of the canonical sections around it."""
    opening: str
    """The first words of its paragraph, where a heading may be glued to it."""
    quantities: list[Quantity]


def sentences_of(draft: Draft) -> Iterator[Sentence]:
    """The sentences outside tables and outside the plan for next year that hold a number or a negation.

    A heading that stands before its text on one line is no part of the sentence.
    """
    plain = draft.plain
    parts = list(_parts_of_report(draft.report.sections, "", frozenset())) or [_NOWHERE]
    at = 0
    for begin, end in paragraphs_of(draft):
        quantities = find_quantities(plain, begin, end)
        if not quantities and not _NEGATIVE.search(plain, begin, end):
            continue
        taken = 0
        start = begin
        for stop in _STOP.finditer(plain, begin, end):
            here = []
            while taken < len(quantities) and quantities[taken].start < stop.start():
                here.append(quantities[taken])
                taken += 1
            if here or _NEGATIVE.search(plain, start, stop.start()):
                start += len(plain[start : stop.start()]) - len(plain[start : stop.start()].lstrip())
                place = draft.place(start, start)[0]
                while at + 1 < len(parts) and parts[at + 1][0] <= place:
                    at += 1
                _, body, headings, ids = parts[at]
                while place < body and start < stop.start():
                    start += 1
                    place = draft.place(start, start)[0]
                here = [quantity for quantity in here if quantity.start >= start]
                if start < stop.start() and "next_year_plan" not in ids:
                    opening = plain[begin : begin + _OPENING]
                    yield Sentence(start, stop.start(), plain[start : stop.start()], headings, ids, opening, here)
            start = stop.end()


def paragraphs_of(draft: Draft) -> Iterator[tuple[int, int]]:
    """Start and end of each block outside tables, in folded text."""
    plain = draft.plain
    end = -1
    for block in draft.blocks:
        start = end + 1
        for _ in range(block.text.count("\n") + 1):
            newline = plain.find("\n", end + 1)
            end = newline if newline >= 0 else len(plain)
        if block.kind != "table":
            yield start, end


def _parts_of_report(sections: list[Section], path: str, ids: frozenset[str]) -> Iterator[_Part]:
    """Every section, an outer one before its inner ones; together they cover the text in its order."""
    for section in sections:
        here = f"{path} {section.heading or ''}"
        names = ids | {section.id} if section.id else ids
        head = (section.number or "") + section.separator + (section.heading or "")
        yield section.start, section.start + len(head), here, names
        yield from _parts_of_report(section.children, here, names)
