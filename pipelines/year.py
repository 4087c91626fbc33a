"""The report year, from every statement on the page that means it; and the dates of the report itself.

Sources in falling order of weight (domain reference, 3.2): the statistical period, the year in the title beside the report
words, the year in the preamble, the year that most of the first part speaks of, an address parameter that means it, the year
before publication. Two sources must agree, or one of the first three stand without another against it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qs

from pipelines import address
from pipelines.dates import year_of
from pipelines.identity.period import Span, find_period, partial_statements
from pipelines.identity.signature import signed_date
from pipelines.model import DateFound, Draft, Evidence, Period

FIRST_YEAR, LAST_YEAR = 2003, 2035
"""Guangzhou and Shanghai reported before the Regulation of 2008; what lies outside is no report year."""

_YEAR = r"(?P<year>20\d\d|二[〇零○Oo0][〇零○Oo0一二三四五六七八九0-9]{2})"
_REPORT = r"(?:政府信息公开|政务信息公开|信息公开|政务公开|政务信息|公开工作|年度报告|年度工作报告|工作报告|年报|报告)"
_TITLE = (
    re.compile(rf"{_YEAR}\s*(?:年度|年|度)(?=.{{0,40}}?{_REPORT})"),  # 2014年…, 2014年度…, 2018度…
    re.compile(rf"{_YEAR}\s*(?={_REPORT})"),  # 2015政府信息公开…
    re.compile(rf"{_REPORT}.{{0,12}}?{_YEAR}\s*(?:年|$|\))"),  # …年度报告(2014年)
)
_TITLE_RANGE = re.compile(r"(20\d\d)\s*年?\s*(?:-|—|–|~|至|到|、|和)\s*(20\d\d)\s*(?P<school>学年)?")
_TITLE_PART = re.compile(r"第?[一二三四1-4]季度|上半年|下半年|\d{1,2}\s*(?:-|至|—)\s*\d{1,2}月")
_PREAMBLE = re.compile(
    rf"{_YEAR}\s*(?:年度|年|度)?[^。;\n《》]{{0,24}}?(?:政府|政务)?信息公开[^。;\n《》]{{0,8}}(?:年度)?(?:工作)?(?:报告|年报)"
)
_QUOTED = re.compile(r"《[^》]{0,120}》|\[(?:19|20)\d\d\]\s*\d*号?|\([^()]{0,12}\[20\d\d\][^()]{0,8}\)")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d?\d月)")
_HEAD = 2000
_WEIGHT = {"period": 4, "title": 4, "preamble": 3, "body": 2, "url": 2, "published": 1}


@dataclass(frozen=True, slots=True)
class _Claim:
    year: int
    where: str
    words: str
    start: int | None = None
    end: int | None = None


def detect_year(draft: Draft) -> None:
    """Sets `report_year`, `period`, `signed` and their evidence; says why where the year stays open."""
    span = _read_period(draft)
    _read_signature(draft)
    claims = list(_claims(draft, span))
    odd = _odd_span(draft, span)
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
        left = span.candidates.get(kind, [])
        name = "period_start" if kind == "start" else "period_end"
        report.dates.append(DateFound(name, value, report.text[start:end], repaired, left, "period", start, end))  # type: ignore[arg-type]
    report.evidence["period"] = [Evidence(f"{span.start}/{span.end}", "period", report.text[start:end], start, end)]
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


def _claims(draft: Draft, span: Span | None) -> list[_Claim]:
    found: list[_Claim] = []
    if span and span.kind == "year" and span.start:
        start, end = draft.place(*span.at)
        found.append(_Claim(int(span.start[:4]), "period", draft.report.text[start:end], start, end))
    title = draft.title_plain
    for pattern in _TITLE:
        match = pattern.search(title)
        year = year_of(match["year"]) if match else None
        if match and year:
            found.append(_Claim(year, "title", match.group()))
            break
    head = _QUOTED.sub(lambda m: "＊" * len(m.group()), draft.plain[:_HEAD])
    if (match := _PREAMBLE.search(head)) and (year := year_of(match["year"])):
        start, end = draft.place(*match.span())
        found.append(_Claim(year, "preamble", draft.report.text[start:end], start, end))
    counted = Counter(int(m.group(1)) for m in _ANY_YEAR.finditer(_QUOTED.sub("", draft.plain[:_HEAD])))
    if counted:
        (year, times), *others = counted.most_common(2)
        if times >= 2 and (not others or others[0][1] < times):
            found.append(_Claim(year, "body", f"{year}年 × {times}"))
    stated = parse_qs(address.split(draft.document.lead.url).query).get("fbtime", [""])[0]
    if re.fullmatch(r"20\d\d", stated):
        found.append(_Claim(int(stated), "url", f"fbtime={stated}"))
    if draft.report.published:
        year = int(draft.report.published[:4])
        found.append(_Claim(year - 1, "published", draft.report.published))
    return [claim for claim in found if FIRST_YEAR <= claim.year <= LAST_YEAR]


def _odd_span(draft: Draft, span: Span | None) -> tuple[str, str, str] | None:
    """Issue code, words and where, when the page covers something else than one year."""
    title = draft.title_plain
    both = _TITLE_RANGE.search(title)
    if both and (both["school"] or both.group(1) != both.group(2)):
        return ("school_year" if both["school"] else "several_years"), both.group(), "title"
    if part := _TITLE_PART.search(title):
        return "partial_year", part.group(), "title"
    if span and span.kind in ("school_year", "several", "part") and span.start and span.end:
        code = {"school_year": "school_year", "several": "several_years", "part": "partial_year"}[span.kind]
        return code, span.raw, "period"
    return None


def _decide(draft: Draft, claims: list[_Claim], odd: tuple[str, str, str] | None) -> None:
    report = draft.report
    weights: Counter[int] = Counter()
    for claim in claims:
        weights[claim.year] += _WEIGHT[claim.where]
    ranked = [year for year, _ in weights.most_common()]
    order = sorted(claims, key=lambda c: (ranked.index(c.year), -_WEIGHT[c.where]))
    report.evidence["report_year"] = [Evidence(c.year, c.where, c.words, c.start, c.end) for c in order]
    if odd:
        code, words, where = odd
        what = {"school_year": "a school year", "several_years": "several years", "partial_year": "a part of a year"}[code]
        draft.add_issue(
            code, "warning", f"The page covers {what} (“{words}”), not one report year.", Evidence(None, where, words)
        )
        return
    if not ranked:
        draft.add_issue("year_unknown", "warning", "Nothing on the page says which year is reported.")
        return
    best = ranked[0]
    mine = [c for c in claims if c.year == best]
    against = [c for c in claims if c.year != best and c.where != "published"]
    enough = len(mine) >= 2 or (_WEIGHT[mine[0].where] >= 3 and not against)
    margin = weights[best] - max((weights[year] for year in ranked[1:]), default=0)
    if against:
        rivals = ", ".join(f"{c.year} ({c.where}: “{c.words}”)" for c in against)
        sides = [Evidence(c.year, c.where, c.words, c.start, c.end) for c in (mine[0], *against)]
        told = f"The page says {best} ({mine[0].where}: “{mine[0].words}”) and {rivals}."
        draft.add_issue("year_conflict", "warning", told, *sides)
    if enough and margin >= 2:
        report.report_year = best


def _note_partial(draft: Draft, year: int) -> None:
    places = partial_statements(draft.plain, year)
    if places:
        sides = []
        for where in places:
            start, end = draft.place(*where)
            sides.append(Evidence(None, "body", draft.report.text[start:end], start, end))
        told = f"Figures for {year} are stated only to {'; '.join(dict.fromkeys(f'“{side.words}”' for side in sides))}."
        draft.add_issue("partial_year_figures", "warning", told, *sides)
