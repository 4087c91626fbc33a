"""The sentences of a report's running text, each with the headings and the canonical sections it stands under."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.draft import Draft
from pipelines.model import Section
from pipelines.prose.metrics import Hook, load_metrics
from pipelines.prose.quantities import Quantity, find_quantities

_OPENING = 20
"""A heading that is glued to its paragraph is looked for in so many of its first characters."""

_SHORT = 30
"""A sentence that only denies, without a noun of its own, is shorter than this with the white space before it."""

_SENTENCE = re.compile(r"[^。!?\n]+")
_NEGATIVE = re.compile(r"未|没|无|不存在|为[零0]|免费")
"""What every zero in words has; see `negation`. Words that begin with a character each are found three times faster."""
_LISTS_ON = re.compile(r"\s*(?:其中|包括|分别)")
_MAY_MATTER = re.compile(r"未|没|无|不存在|为[零0]|免费|其中|包括|分别")

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
    hooks: list[Hook]
    """The hooks of metrics in it, in order."""


def sentences_of(draft: Draft) -> Iterator[Sentence]:
    """The sentences outside tables and outside the plan for next year that may state a figure: those with a metric's hook,
    those that go on with a list, and short ones that only deny.

    A heading that stands before its text on one line is no part of the sentence.
    """
    plain, place = draft.plain, draft.place
    hooks = load_metrics().hooks_in(plain)
    ends = [end for _, _, end in hooks]
    parts = list(_parts_of_report(draft.report.sections, "", frozenset())) or [_NOWHERE]
    at = 0
    for begin, end in paragraphs_of(draft):
        if bisect_right(ends, begin) == bisect_right(ends, end) and not _MAY_MATTER.search(plain, begin, end):
            continue
        stated = quantities_of(draft, begin, end)
        if not stated and not _NEGATIVE.search(plain, begin, end):
            continue
        next_quantity = 0
        for found in _SENTENCE.finditer(plain, begin, end):
            start, stop = found.span()
            first_quantity = next_quantity
            while next_quantity < len(stated) and stated[next_quantity].end <= stop:
                next_quantity += 1
            if first_quantity == next_quantity and not _NEGATIVE.search(plain, start, stop):
                continue
            first_hook, next_hook = bisect_right(ends, start), bisect_right(ends, stop)
            if first_hook == next_hook and not _matters(plain, start, stop):
                continue
            while plain[start].isspace():
                start += 1
            where = place(start, start)[0]
            while at + 1 < len(parts) and parts[at + 1][0] <= where:
                at += 1
            _, body, headings, ids = parts[at]
            if where < body and not draft.shifts:
                start = where = min(body, stop - 1)
            while (where < body or plain[start].isspace()) and start < stop - 1:
                start += 1
                where = place(start, start)[0]
            if where < body or "next_year_plan" in ids:
                continue
            opening = plain[begin : begin + _OPENING]
            here = hooks[first_hook:next_hook]
            quantities = [quantity for quantity in stated[first_quantity:next_quantity] if quantity.start >= start]
            yield Sentence(start, stop, plain[start:stop], headings, ids, opening, quantities, here)


def quantities_of(draft: Draft, begin: int, end: int) -> list[Quantity]:
    """The quantities of a paragraph, in order; none goes on behind the end of a line."""
    found = draft.quantities.get(begin)
    if found is None:
        found = draft.quantities[begin] = []
        start = begin
        for line in draft.plain[begin:end].split("\n"):
            found += find_quantities(draft.plain, start, start + len(line))
            start += len(line) + 1
    return found


def _matters(plain: str, start: int, stop: int) -> bool:
    """Whether a sentence without a hook may say something of the one before, or of its heading."""
    if stop - start < _SHORT and _NEGATIVE.search(plain, start, stop):
        return True
    return _LISTS_ON.match(plain, start, stop) is not None


def paragraphs_of(draft: Draft) -> Iterator[tuple[int, int]]:
    """Start and end of each block outside tables, in folded text."""
    if not draft.shifts:
        yield from ((block.start, block.end) for block in draft.blocks if block.kind != "table")
        return
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
