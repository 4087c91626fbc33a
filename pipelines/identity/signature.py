"""The sign-off: the short last lines of a report, or those before the tables annexed to it, with its signers and its date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.dates import find_dates, readings
from pipelines.draft import Draft

_LINES = 8
_LONGEST = 48
_ANNEX = re.compile(
    r"\(?附\s*(?:件|表|录)?\s*[\d一二三四]{0,2}\s*\)?(?:[:.、\s]|$)|.{2,40}表(?:\s*\(.{1,20}\))?$|\(?单位\s*:|\(?.{0,6}年度?\)?$"
)
"""A line above an annexed table: that it is one, its name, its unit, its year."""
_MARKS = re.compile(r"[\s()\[\]年月日号.\d/-]*")
_BARE_DAMAGED = re.compile(r"20\d{2}[年月日号\d\s]{2,8}")


@dataclass(frozen=True, slots=True)
class SignedDate:
    """The date of the sign-off: ISO, or None with the readings of a damaged one; offsets in `Draft.plain`."""

    value: str | None
    raw: str
    start: int
    end: int
    repaired: bool = False
    candidates: list[str] = field(default_factory=list)


def last_lines(draft: Draft) -> list[tuple[int, int]]:
    """Offsets in `draft.plain` of the short lines that end the report, in order; prose or a table ends the search."""
    lines: list[tuple[int, int]] = []
    end = _before_annexes(draft)
    for line in reversed(draft.plain[:end].rsplit("\n", _LINES)[-_LINES:]):
        start = end - len(line)
        if len(line) > _LONGEST or re.search("[。;；]", line) or "\t" in line:
            break
        lines.append((start, end))
        end = start - 1
    return lines[::-1]


def _before_annexes(draft: Draft) -> int:
    """Where the tables that end the report begin, with the lines that name them; the report's end where it ends with none."""
    end = len(draft.plain)
    behind_is_table = False
    for block in reversed(draft.blocks):
        lines = block.text.count("\n") + 1
        before = draft.plain[:end].rsplit("\n", lines)
        if len(before) <= lines:
            break
        if block.kind == "table":
            behind_is_table = True
        elif not behind_is_table or not _ANNEX.match(" ".join(before[1:])):
            break
        end = len(before[0])
    return end


def signed_date(draft: Draft) -> SignedDate | None:
    """The date of the last short line that is a date, alone or behind the signer's name."""
    for start, end in reversed(last_lines(draft)):
        line = draft.plain[start:end]
        dates = list(find_dates(line))
        if dates:
            last = dates[-1]
            if not line[last.end :].strip(" )]"):
                return SignedDate(last.value[:10], last.raw, start + last.start, start + last.end)
            continue
        damaged = _BARE_DAMAGED.search(line)
        if damaged and _MARKS.fullmatch(line[damaged.start() :]):
            left = readings(damaged.group())
            if left:
                value = left[0] if len(left) == 1 else None
                where = (start + damaged.start(), start + damaged.end())
                return SignedDate(value, damaged.group().strip(), *where, True, [] if value else left)
    return None
