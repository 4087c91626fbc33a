"""The report year, from every statement on the page that means it; and the dates of the report itself.

Two sources must agree, or one that names the year stand without another against it; a page that appeared before the year was
over needs its period, or three sources. What stays open is said with every side.
"""

from __future__ import annotations

from collections import Counter

from pipelines.draft import Draft
from pipelines.identity.period import Span, find_period, partial_statements
from pipelines.identity.postings import sort_postings
from pipelines.identity.signature import signed_date
from pipelines.identity.year_claims import OddSpan, YearClaim, odd_span, year_claims
from pipelines.model import DateFound, Evidence, Period

_MARGIN = 2
"""How much more the year must weigh than any other."""
_ODD = {"school_year": "a school year", "several_years": "several years", "partial_year": "a part of a year"}


def detect_year(draft: Draft) -> None:
    """Sets `report_year`, `period`, `signed` and their evidence; says why where the year stays open."""
    sort_postings(draft)
    span = _read_period(draft)
    _read_signature(draft)
    odd = odd_span(draft, span)
    claims = year_claims(draft, span)
    _decide(draft, claims, odd)
    if draft.report.report_year:
        _note_partial(draft, draft.report.report_year)


def _read_period(draft: Draft) -> Span | None:
    span = find_period(draft.plain)
    if span is None:
        return None
    report = draft.report
    start, end = draft.place(*span.at)
    report.period = Period(span.start, span.end, report.text[start:end])
    for kind, value, repaired in (("start", span.start, span.start_repaired), ("end", span.end, span.end_repaired)):
        if kind == "start" and span.kind == "point":
            continue
        left = span.candidates.get(kind, [])
        name = "period_start" if kind == "start" else "period_end"
        report.dates.append(DateFound(name, value, report.text[start:end], repaired, left, "period", start, end))  # type: ignore[arg-type]
    report.evidence["period"] = [Evidence(f"{span.start or ''}/{span.end or ''}", "period", report.text[start:end], start, end)]
    return span


def _read_signature(draft: Draft) -> None:
    signed = signed_date(draft)
    if signed is None:
        return
    start, end = draft.place(signed.start, signed.end)
    raw = draft.report.text[start:end]
    draft.report.signed = signed.value
    draft.report.dates.append(
        DateFound("signed", signed.value, raw, signed.repaired, signed.candidates, "sign_off", start, end)
    )
    draft.report.evidence["signed"] = [Evidence(signed.value, "sign_off", raw, start, end)]
    if signed.value is None:
        left = " or ".join(signed.candidates)
        draft.add_issue(
            "ambiguous_date", "note", f"The damaged date “{raw}” can be {left}.", Evidence(None, "sign_off", raw, start, end)
        )


def _decide(draft: Draft, claims: list[YearClaim], odd: OddSpan | None) -> None:
    report = draft.report
    early = {claim.year for claim in claims if _appeared_before_its_end(draft, claim.year)}
    weights: Counter[int] = Counter()
    for claim in claims:
        weights[claim.year] += claim.source.weight
    for year in early:
        weights[year] -= _MARGIN
    ranked = [year for year, _ in weights.most_common()]
    order = sorted(claims, key=lambda c: (ranked.index(c.year), -c.source.weight))
    report.evidence["report_year"] = [Evidence(c.year, c.where, c.words, c.start, c.end) for c in order]
    if odd:
        told = f"The page covers {_ODD[odd.code]} (“{odd.words}”), not one report year."
        draft.add_issue(odd.code, "warning", told, Evidence(None, odd.where, odd.words))
        return
    if not ranked or weights[ranked[0]] <= 0:
        draft.add_issue("year_unknown", "warning", "Nothing on the page says which year is reported.")
        return
    best = ranked[0]
    mine = [claim for claim in order if claim.year == best and claim.source.weight]
    against = [claim for claim in order if claim.year != best and claim.source.weight and not claim.source.dates]
    sources = {"dates" if claim.source.dates else claim.where for claim in mine}
    enough = len(sources) >= 2 or (mine[0].source.names and not against)
    if best in early:
        enough = "period" in sources or len(sources) >= 3
    if enough and weights[best] - max((weights[year] for year in ranked[1:]), default=0) >= _MARGIN:
        report.report_year = best
    _say_conflict(draft, mine, against, early=best in early)
    if report.report_year is None and not against and best not in early:
        told = f"Only the {mine[0].where} (“{mine[0].words}”) hints at a report year, {best}."
        draft.add_issue("year_unknown", "warning", told, Evidence(best, mine[0].where, mine[0].words))


def _appeared_before_its_end(draft: Draft, year: int) -> bool:
    """Whether the page was published, else signed, before the December of a year: its report cannot have been written."""
    appeared = draft.report.published or draft.report.signed
    return appeared is not None and appeared[:7] < f"{year}-12"


def _say_conflict(draft: Draft, mine: list[YearClaim], against: list[YearClaim], *, early: bool) -> None:
    """Says which sources name another year, or that the page is older than the year's end, with every side."""
    if not against and not early:
        return
    best = mine[0]
    sides = [Evidence(c.year, c.where, c.words, c.start, c.end) for c in (best, *against)]
    rivals = [f"{claim.year} ({claim.where}: “{claim.words}”)" for claim in against]
    if early:
        where, date = ("published", draft.report.published) if draft.report.published else ("signed", draft.report.signed)
        sides.append(Evidence(date, where, date or ""))
        rivals.append(f"was {where} on {date}, before that year was over")
    draft.add_issue(
        "year_conflict", "warning", f"The page says {best.year} ({best.where}: “{best.words}”) and {', '.join(rivals)}.", *sides
    )


def _note_partial(draft: Draft, year: int) -> None:
    sides: dict[str, Evidence] = {}
    for where in partial_statements(draft.plain, year):
        start, end = draft.place(*where)
        words = draft.report.text[start:end]
        sides.setdefault(words, Evidence(None, "body", words, start, end))
    if sides:
        told = f"Figures for {year} are stated only to {'; '.join(f'“{words}”' for words in sides)}."
        draft.add_issue("partial_year_figures", "warning", told, *sides.values())
