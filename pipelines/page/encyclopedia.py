"""What encyclopedias and their mirrors put around the words of a report: fields, a list of contents, the title in headings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace

from pipelines.page.metadata import read_line
from pipelines.page.pieces import Piece
from pipelines.page.region import View
from pipelines.page.title import key

_LABEL = 6
"""How long a label without a colon may be whose value is the piece below it."""
_VALUE = 60
_LONGEST_CONTENTS = 300
_MOST_HEADINGS = 100
"""How many of the headings below a list of contents names at most."""


@dataclass(frozen=True, slots=True)
class Around:
    """The pieces that are the encyclopedia's, with the reason, and the headings without the title before them."""

    cut: dict[int, str] = field(default_factory=dict)
    headings: dict[int, Piece] = field(default_factory=dict)


def encyclopedia(view: View, start: int, stop: int, title: str) -> Around:
    """What is an encyclopedia's among the pieces from `start` to `stop`."""
    pieces, around = view.page.pieces, Around()
    for i in range(max(start, 1), min(stop, view.body)):
        if _is_value(pieces[i], view.plain[i], view.plain[i - 1]):
            around.cut[i] = "metadata line"
    headings = [i for i in range(start, stop) if pieces[i].heading and pieces[i].grid is None]
    if len(headings) < 2:
        return around
    titled = [i for i in headings if title and pieces[i].text.startswith(title) and len(pieces[i].text) > len(title)]
    for i in titled if len(titled) > 1 else ():
        around.headings[i] = replace(pieces[i], text=pieces[i].text[len(title) :].strip())
    if view.body < stop and title and key(pieces[view.body].text) == key(title):
        around.cut[view.body] = "title"
    named = [key(around.headings.get(i, pieces[i]).text) for i in headings]
    for i in range(start, headings[-2]):
        if not _may_be_contents(pieces[i], view.plain[i]):
            continue
        below = bisect_right(headings, i)
        if _is_contents(pieces[i].text, named[below : below + _MOST_HEADINGS]):
            around.cut[i] = "list of contents"
    return around


def _is_value(piece: Piece, line: str, above: str) -> bool:
    """Whether a piece is the value of a label without a colon that stands alone above it."""
    if len(above) > _LABEL or piece.grid is not None or piece.heading or piece.bold or len(line) > _VALUE or "。" in line:
        return False
    fields = read_line(above)
    return bool(fields) and ":" not in above and not any(fields.values()) and not read_line(line)


def _may_be_contents(piece: Piece, line: str) -> bool:
    return len(line) <= _LONGEST_CONTENTS and "。" not in line and ("," in line or "、" in line) and piece.grid is None


def _is_contents(text: str, named: list[str]) -> bool:
    """Whether a line is two or more of the headings below it, in order, and nothing else."""
    rest, found = key(text), 0
    for name in named:
        if name and rest.startswith(name):
            rest, found = rest[len(name) :], found + 1
    return found > 1 and not rest
