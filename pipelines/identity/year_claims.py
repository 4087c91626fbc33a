"""What a page says of its report year, place by place, and whether it covers something else than one year.

The rules and the weight of each source are in `vocabulary/years.toml`, with their reasons.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import parse_qsl

from pipelines import address, vocabulary
from pipelines.dates import year_of
from pipelines.draft import Draft
from pipelines.identity.period import Span
from pipelines.identity.postings import is_first_posting
from pipelines.script import fold, simplify

FIRST_YEAR, LAST_YEAR = 2003, 2035
"""Guangzhou and Shanghai reported before the Regulation of 2008; what lies outside is no report year."""

_HEAD = 2000
# It looks back from behind its first digits: a text is searched for those ten times faster.
_ANY_YEAR = re.compile(r"(20(?<!\d20)\d\d)年(?!\d?\d月)")
_INDEX_YEAR = re.compile(r"(?:/|-)(20\d\d)(?=-|\d{5})")


@dataclass(frozen=True, slots=True)
class Source:
    """How much a place of the page is believed; `names` and `dates` are explained in the rules' file."""

    weight: int
    names: bool
    dates: bool


@dataclass(frozen=True, slots=True)
class YearClaim:
    """A year that one place of the page speaks for; offsets in `report.text` where the words stand there."""

    year: int
    where: str
    words: str
    start: int | None = None
    end: int | None = None

    @property
    def source(self) -> Source:
        """How much the place is believed."""
        return _rules().sources[self.where]


@dataclass(frozen=True, slots=True)
class OddSpan:
    """What a page covers that is not one year: the code of the finding, the page's words, where they stand."""

    code: str
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class _Rules:
    sources: dict[str, Source]
    title: tuple[tuple[str, re.Pattern[str]], ...]
    span: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]
    preamble: tuple[re.Pattern[str], ...]
    quoted: re.Pattern[str]
    damaged: re.Pattern[str]
    parameters: dict[str, str]
    """Source by the parameter's name in lower case."""
    path: re.Pattern[str]


@cache
def _rules() -> _Rules:
    table = vocabulary.toml("years.toml")

    def compiled(rule: dict[str, str]) -> re.Pattern[str]:
        pattern = rule["pattern"]
        for name, words in table["words"].items():
            pattern = pattern.replace("{" + name + "}", words)
        return re.compile(pattern)

    return _Rules(
        {s["name"]: Source(s["weight"], s.get("names", False), s.get("dates", False)) for s in table["source"]},
        tuple((rule.get("source", "title"), compiled(rule)) for rule in table["title"]),
        tuple((rule["code"], tuple(rule["words"]), compiled(rule)) for rule in table["span"]),
        tuple(compiled(rule) for rule in table["preamble"]),
        re.compile(table["quoted"]["pattern"]),
        re.compile(table["damaged"]["pattern"]),
        {name: rule["source"] for rule in table["address"] for name in rule.get("parameters", ())},
        re.compile("|".join(rule["pattern"] for rule in table["address"] if "pattern" in rule)),
    )


def year_claims(draft: Draft, span: Span | None) -> list[YearClaim]:
    """Every year that the page speaks for, in falling order of the sources."""
    head = _rules().quoted.sub(lambda m: "＊" * len(m.group()), draft.plain[:_HEAD])
    found = [*_in_period(draft, span), *_in_title(draft), *_in_preamble(draft, head), *_in_body(head), *_in_address(draft)]
    found += _dated(draft)
    return [claim for claim in found if FIRST_YEAR <= claim.year <= LAST_YEAR]


def odd_span(draft: Draft, span: Span | None) -> OddSpan | None:
    """What the page covers instead of one year, by its title, else by its period; None for one year."""
    title = draft.title_plain
    for code, pattern in _spans(title):
        found = pattern.search(title)
        if found and not (code == "several_years" and year_of(found["year"]) == year_of(found["other"])):
            return OddSpan(code, found.group(), "title")
    if span and span.start and span.end:
        codes = {"school_year": "school_year", "several": "several_years", "part": "partial_year"}
        if span.kind in codes:
            return OddSpan(codes[span.kind], span.raw, "period")
    return None


def time_words(title: str) -> list[tuple[int, int]]:
    """Offsets of the words of a title that tell a time and belong to no name: 2013-2014学年, 上半年, 20  年."""
    rules = _rules()
    found = [match.span() for _, pattern in _spans(title) for match in pattern.finditer(title)]
    return found + [match.span() for match in rules.damaged.finditer(title)]


def _spans(title: str) -> list[tuple[str, re.Pattern[str]]]:
    """The rules of other spans than one year that a title may meet, by their codes."""
    return [(code, pattern) for code, words, pattern in _rules().span if any(word in title for word in words)]


def _in_period(draft: Draft, span: Span | None) -> Iterator[YearClaim]:
    if span is None:
        return
    start, end = draft.place(*span.at)
    words = draft.report.text[start:end]
    if span.kind == "year" and span.start:
        yield YearClaim(int(span.start[:4]), "period", words, start, end)
    elif span.kind == "point" and span.end and span.end[5:7] == "12":
        yield YearClaim(int(span.end[:4]), "point", words, start, end)


def _in_title(draft: Draft) -> Iterator[YearClaim]:
    """The year of the title; where it has none, that of the page's <title>."""
    claim = _titled(draft.title_plain)
    if claim is None and draft.page_title and draft.page_title != draft.report.title:
        claim = _titled(fold(simplify(draft.page_title)))
        claim = replace(claim, where="page title") if claim else None
    if claim is not None:
        yield claim


def _titled(title: str) -> YearClaim | None:
    for where, pattern in _rules().title:
        for found in pattern.finditer(title):
            digits = found["year"] or found["year2"] if "year2" in pattern.groupindex else found["year"]
            year = year_of(digits if len(digits) > 2 else "20" + digits)
            if year and FIRST_YEAR <= year <= LAST_YEAR:
                return YearClaim(year, where, found.group())
    return None


def _in_preamble(draft: Draft, head: str) -> Iterator[YearClaim]:
    for pattern in _rules().preamble:
        if (found := pattern.search(head)) and (year := year_of(found["year"])):
            start, end = draft.place(*found.span())
            yield YearClaim(year, "preamble", draft.report.text[start:end], start, end)
            return


def _in_body(head: str) -> Iterator[YearClaim]:
    """The year that the head names at least twice and more often than any other."""
    counted = Counter(int(found[1]) for found in _ANY_YEAR.finditer(head))
    ranked = counted.most_common(2)
    if ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[1][1] < ranked[0][1]):
        year, times = ranked[0]
        yield YearClaim(year, "body", f"{year}年 × {times}")


def _in_address(draft: Draft) -> Iterator[YearClaim]:
    url, rules = address.split(draft.document.lead.url), _rules()
    for parameter, stated in parse_qsl(url.query):
        if (where := rules.parameters.get(parameter.lower())) and re.fullmatch(r"20\d\d", stated):
            yield YearClaim(int(stated), where, f"{parameter}={stated}")
            return
    if column := rules.path.search(url.path.lower()):
        yield YearClaim(int(column[column.lastgroup or 0]), "column path", column.group())


def _dated(draft: Draft) -> Iterator[YearClaim]:
    """The year before the page appeared, in the months in which reports are due, unless it is a re-post; and before it was
    recorded."""
    report = draft.report
    published = report.published if is_first_posting(draft) else None
    for where, date in (("published", published), ("signed", report.signed)):
        if date and date[5:7] <= "06":
            yield YearClaim(int(date[:4]) - 1, where, date)
    index = report.metadata.get("index_number") or ""
    if found := _INDEX_YEAR.search(index):
        yield YearClaim(int(found[1]) - 1, "index number", index)
    for date_found in report.dates:
        if date_found.kind == "path" and date_found.value:
            yield YearClaim(int(date_found.value[:4]) - 1, "path", date_found.raw)
