"""The statistical period that a report states, whole or damaged, and what kind of span it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from pipelines.dates import first_date, readings

SpanKind = Literal["year", "school_year", "part", "several", "reversed"]

_DATE = r"(?:20\d\d|二[〇零○Oo0]\S{2})(?:[年月日号./\-]|\d|[一二三四五六七八九十](?=[年月日一二三四五六七八九十])){0,10}"
_PERIOD = re.compile(
    rf"(?P<from>{_DATE})(?:\([^)]{{0,6}}\))?\s*(?:起|开始)?\s*,?\s*(?:至|到|—+|--?|~|～|–|直至|截至|截止到?)\s*"
    rf"(?P<to>{_DATE}|(?:当年|同年)?\s*\d{{1,2}}月\d{{1,2}}[日号]?|\d{{4}}[日号])"
)
_CONTEXT = re.compile("统计|期限|时限|数据|期间|涵盖|报告期|起止|时间范围|截止时间|所列|反映")
_PREAMBLE = 600
_HEAD = 3000
"""The period stands in the preamble; later pairs of dates are of projects and plans."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stated period: ISO dates (None where a damaged one has several readings), its kind and its words' place."""

    start: str | None
    end: str | None
    kind: SpanKind
    raw: str
    at: tuple[int, int]
    start_repaired: bool = False
    end_repaired: bool = False
    candidates: dict[str, list[str]] = field(default_factory=dict)


def find_period(plain: str) -> Span | None:
    """The first period in the head of a report whose sentence speaks of statistics or data."""
    for found in _PERIOD.finditer(plain, 0, _HEAD):
        sentence = max(plain.rfind(mark, 0, found.start()) for mark in "。;\n") + 1
        span = _read(found)
        said = _CONTEXT.search(plain[sentence : found.end() + 12]) is not None
        # A whole calendar year in the preamble is the report's even where its sentence does not say of what.
        if span and (said or (span.kind == "year" and found.start() < _PREAMBLE)):
            return span
    return None


def _read(found: re.Match[str]) -> Span | None:
    start, start_repaired, start_left = _date(found["from"], first=True)
    if start is None and not start_left:
        return None
    year = (start or start_left[0])[:4]
    end_words = found["to"]
    if re.match(r"(?:当年|同年)?\s*\d{1,2}月|\d{4}[日号]", end_words):
        end_words = year + "年" + re.sub(r"当年|同年|\s", "", end_words)
    end, end_repaired, end_left = _date(end_words, first=False)
    if end is None and not end_left:
        return None
    candidates = {"start": start_left, "end": end_left}
    kind = _kind(start, end) if start and end else "part"
    if not (start and end):
        return Span(start, end, kind, found.group(), found.span(), start_repaired, end_repaired, candidates)
    return Span(start, end, kind, found.group(), found.span(), start_repaired, end_repaired)


def _date(words: str, *, first: bool) -> tuple[str | None, bool, list[str]]:
    """ISO date, whether it was repaired, and the readings left. A period begins on 1 January and ends on 31 December where a
    damaged date leaves the choice."""
    whole = first_date(words)
    if whole and len(whole.value) >= 10:
        return whole.value[:10], False, []
    if whole and len(whole.value) == 7:
        return whole.value, False, []
    left = readings(words)
    usual = [d for d in left if d.endswith("-01-01" if first else "-12-31")]
    if len(usual) == 1:
        return usual[0], True, []
    return (left[0], True, []) if len(left) == 1 else (None, False, left)


def _kind(start: str, end: str) -> SpanKind:
    if end < start:
        return "reversed"
    first, last = (int(start[:4]), int(start[5:7])), (int(end[:4]), int(end[5:7]))
    months = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    # The Regulation came into force on 1 May 2008: the first year's reports begin there.
    if first[0] == last[0] and last[1] == 12 and (first[1] <= 2 or first == (2008, 5)):
        return "year"
    if last[0] == first[0] + 1 and 8 <= first[1] <= 9 and 7 <= last[1] <= 9:
        return "school_year"
    return "part" if months < 12 else "several"


_PARTIAL = re.compile(
    r"(?:截止|截至|截止到|截至到|到)\s*(?:目前)?\s*(?:(?P<year>20\d\d)年?|今年|本年度?)?\s*(?P<month>\d{1,2}|十[一]?|[一二三四五六七八九])月(?:份|底|末|\d{1,2}[日号])?"
)
_QUANTITY = re.compile(r"\d+\s*(?:余|多)?\s*(?:条|件|次|份|篇|个|宗)")


def partial_statements(plain: str, year: int) -> list[tuple[int, int]]:
    """Places where a figure of the report year is stated only to a month before December."""
    months = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"十": 10, "十一": 11}
    found = []
    for match in _PARTIAL.finditer(plain):
        month = months.get(match["month"]) or int(match["month"])
        if not 1 <= month <= 11 or (match["year"] and int(match["year"]) != year):
            continue
        end = min(x for x in (plain.find("。", match.end()), plain.find("\n", match.end()), match.end() + 60) if x >= 0)
        if _QUANTITY.search(plain[match.end() : end]):
            found.append(match.span())
    return found
