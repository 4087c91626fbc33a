"""The sentences of a report's running text, each with the headings and the canonical sections it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.model import Draft, Section

_OPENING = 20
"""A heading that is glued to its paragraph is looked for in so many of its first characters."""

_STOP = re.compile(r"[。!?\n]")


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


def sentences_of(draft: Draft) -> Iterator[Sentence]:
    """The sentences outside tables and outside the plan for next year."""
    plain = draft.plain
    parts = list(_parts_of_report(draft.report.sections, "", frozenset()))
    end = -1
    for block in draft.blocks:
        start = end + 1
        for _ in range(block.text.count("\n") + 1):
            newline = plain.find("\n", end + 1)
            end = newline if newline >= 0 else len(plain)
        if block.kind == "table":
            continue
        place = draft.place(start, start)[0]
        around = (part for part in reversed(parts) if part[0] <= place < part[1])
        _, _, headings, ids = next(around, (0, 0, "", frozenset[str]()))
        if "next_year_plan" in ids:
            continue
        opening = plain[start : start + _OPENING]
        for stop in _STOP.finditer(plain, start, end):
            if stop.start() - start > 1:
                yield Sentence(start, stop.start(), plain[start : stop.start()], headings, ids, opening)
            start = stop.end()
        if end - start > 1:
            yield Sentence(start, end, plain[start:end], headings, ids, opening)


def _parts_of_report(sections: list[Section], path: str, ids: frozenset[str]) -> Iterator[tuple[int, int, str, frozenset[str]]]:
    """Start, end, headings from the top and canonical ids of every section, an outer one before its inner ones."""
    for section in sections:
        here = f"{path} {section.heading or ''}"
        names = ids | {section.id} if section.id else ids
        yield section.start, section.end, here, names
        yield from _parts_of_report(section.children, here, names)
