"""The statistical period that a report states, whole or damaged, and what kind of span it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pipelines import vocabulary
from pipelines.dates import first_date, month_of, readings, year_of
from pipelines.vocabulary import ZERO

SpanKind = Literal["year", "school_year", "part", "several", "reversed", "point"]

_YEAR = rf"(?:20\d\d|二[{ZERO}][{ZERO}一二三四五六七八九0-9]{{2}})"
_MARKS = r"(?:[年月日号./\-元]|\d|[一二三四五六七八九十](?=[年月日一二三四五六七八九十])){0,10}"
_DATE = rf"{_YEAR}{_MARKS}"
_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九元])月"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号]"
_TO = r"(?:至|到|—+|--?|~|～|–|直至|截至|截止到?)"
_PERIOD = re.compile(
    rf"(?P<from>{_YEAR}(?:{_MARKS}|年度?\(\s*{_MONTH}\s*{_DAY}))(?:\([^)]{{0,6}}\))?\s*(?:零时|0时|0点)?(?:起|开始)?\s*,?\s*{_TO}\s*"
    rf"(?P<to>{_DATE}|(?:当年|同年|本年)?\s*{_MONTH}(?:\s*{_DAY})?|\d{{1,2}}[./]\d{{1,2}}(?!\d)|\d{{4}}[日号])"
)
_SHORT_END = re.compile(rf"(?:当年|同年|本年)?\s*(?:{_MONTH}|\d{{4}}[日号])")
_DOTTED_END = re.compile(r"(\d{1,2})[./](\d{1,2})")
_MONTHS = re.compile(rf"(?P<year>{_YEAR})年度?\(?\s*(?P<first>\d{{1,2}})\s*月?\s*{_TO}\s*(?P<last>\d{{1,2}})\s*月(?!\s*\d)")
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


@cache
def _rules() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """How the sentence of a period speaks, a point in time in its place, and a figure that is stated to a month only."""
    rules = vocabulary.toml("years.toml")["period"]
    return re.compile(rules["context"]), re.compile(rules["point"]), re.compile(rules["to_month"])


def find_period(plain: str) -> Span | None:
    """The first period in the head of a report whose sentence speaks of statistics or data; else the day on which its data
    were closed (`kind` point, without a start)."""
    context, point, _ = _rules()
    for found in _PERIOD.finditer(plain, 0, _HEAD):
        sentence = max(plain.rfind(mark, 0, found.start()) for mark in "。;\n") + 1
        span = _read(found)
        said = context.search(plain, sentence, found.end() + 12) is not None
        # A whole calendar year in the preamble is the report's even where its sentence does not say of what.
        if span and (said or (span.kind == "year" and found.start() < _PREAMBLE)):
            return span
    for found in _MONTHS.finditer(plain, 0, _HEAD):
        sentence = max(plain.rfind(mark, 0, found.start()) for mark in "。;\n") + 1
        if context.search(plain, sentence, found.end() + 12) and (span := _of_months(found)):
            return span
    closing = point.search(plain, 0, _HEAD)
    if closing and (closed := first_date(closing["date"])):
        return Span(None, closed.value[:10], "point", closing.group(), closing.span())
    return None


def _of_months(found: re.Match[str]) -> Span | None:
    year, first, last = year_of(found["year"]), int(found["first"]), int(found["last"])
    if not year or not 1 <= first <= last <= 12:
        return None
    start, end = f"{year}-{first:02}", f"{year}-{last:02}"
    return Span(start, end, _kind(start, end), found.group(), found.span())


def _read(found: re.Match[str]) -> Span | None:
    start, start_repaired, start_left = _date(re.sub(r"度?\(", "", found["from"]), first=True)
    if start is None and not start_left:
        return None
    year = (start or start_left[0])[:4]
    end_words = found["to"]
    if _SHORT_END.match(end_words):
        end_words = year + "年" + re.sub(r"当年|同年|本年|\s", "", end_words)
    elif dotted := _DOTTED_END.fullmatch(end_words):
        end_words = f"{year}年{dotted[1]}月{dotted[2]}日"
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


_QUANTITY = re.compile(r"\d+\s*(?:余|多)?\s*(?:条|件|次|份|篇|个|宗)")


def partial_statements(plain: str, year: int) -> list[tuple[int, int]]:
    """Places where a figure of the report year is stated only to a month before December."""
    *_, to_month = _rules()
    found = []
    for match in to_month.finditer(plain):
        month = month_of(match["month"])
        if not 1 <= month <= 11 or (match["year"] and int(match["year"]) != year):
            continue
        end = min(x for x in (plain.find("。", match.end()), plain.find("\n", match.end()), match.end() + 60) if x >= 0)
        if _QUANTITY.search(plain[match.end() : end]):
            found.append(match.span())
    return found
