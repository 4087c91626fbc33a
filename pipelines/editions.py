"""The storing stages that know other pages: which report a page is an edition of, and what follows when it is stored.

What a page says by itself is kept as it is. Everything that depends on other pages (how editions stand to each other, which
one leads, findings beside other pages) is worked out again from the stored set whenever a page is added to it, so the order of
storing leaves no trace, and a page that is stored again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pipelines.draft import Draft
from pipelines.model import Report
from pipelines.stored import likeness
from pipelines.stored.across_years import findings
from pipelines.stored.arrangement import UNDER_REVIEW, Known, Placement, arrange
from pipelines.stored.captures import Key, address_of, content_of, key_of, moment

if TYPE_CHECKING:
    from pipelines.stored.books import Books

_BESIDE_OTHERS = {
    "copy_differs",
    "look_alike",
    "same_key_other_text",
    "unchanged_from_year_before",
    "xyear_carry",
    "xyear_in_force",
    "xyear_items",
}


def place_edition(draft: Draft, books: Books) -> None:
    """Sets `report.edition` and adds what other pages of the report show; a report without body or year stays unplaced.

    A page whose words have nothing in common with the stored report of its body and year is left for review.
    """
    report = draft.report
    key = key_of(report)
    if key is None:
        return
    seen = moment(draft.document.lead.fetched_at)
    known = Known(address_of(report), report, content_of(draft.document), seen)
    group = [known]
    for other in books.editions_of(*key):
        if other.url != known.url:
            group.append(other)
        elif other.fingerprint == known.fingerprint or other.content == known.content:
            known.first_seen = min(known.first_seen, other.first_seen)
        else:
            # An older capture may come later, from the archive.
            newer = seen >= other.first_seen
            other.current, known.current = other.current and not newer, known.current and newer
            group.append(other)
    known.twin = _eldest(other for other in _alike(known, books) if _elder(other, known))
    placement = _arranged(group, books)[known]
    report.edition = placement.edition
    report.issues.extend(placement.issues)
    if placement.edition is None:
        report.state, report.reason = "needs_review", UNDER_REVIEW


def store(draft: Draft, books: Books) -> None:
    """Keeps the page, whatever its state, then works out again what follows from the set of pages."""
    edition, touched = books.keep(draft.document, alone(draft.report))
    if touched:
        touched |= _link(address_of(draft.report), edition, books)
    for body, year in sorted(touched):
        _settle(body, year, books)


def alone(report: Report) -> Report:
    """The record as its page gives it by itself, without what was found beside other pages."""
    own = [issue for issue in report.issues if issue.code not in _BESIDE_OTHERS]
    record = replace(report, edition=None, issues=own)
    if record.reason == UNDER_REVIEW:
        record.state, record.reason = "report", None
    return record


# --- what follows ---------------------------------------------------------------------------------------------------


def _settle(body: str, year: int, books: Books) -> None:
    """Brings one report, and the findings of the year after it, up to date with the editions that are stored."""
    books.place(body, year, _arranged(books.editions_of(body, year), books))
    for changed in (year, books.year_after(body, year)):
        report = None if changed is None else books.lead(body, changed)
        if report is not None and changed is not None:
            before = books.lead_before(body, changed)
            books.note_years(body, changed, [] if before is None else findings(before, report))


def _arranged(group: Iterable[Known], books: Books) -> dict[Known, Placement]:
    """How the editions of one report stand to each other, with what those that look like another one share with it."""
    placements = arrange(group)
    for known, placement in placements.items():
        edition = placement.edition
        if edition and edition.kind == "look_alike":
            twins = [other for other in _alike(known, books) if other.url == edition.of]
            if twins:
                placement.issues.append(likeness.finding(known, twins))
    return placements


def _link(url: str, known: Known | None, books: Books) -> set[Key]:
    """Notes the likenesses of a changed page, each on its younger side; returns the reports whose placement may change."""
    dependent = books.twins_of(url)
    if known is not None:
        dependent += [known, *(other for other in _alike(known, books) if _elder(known, other))]
    for other in dependent:
        books.set_twin(other, _eldest(elder for elder in _alike(other, books) if _elder(elder, other)))
    return {key for other in dependent if (key := key_of(other.report))}


def _alike(known: Known, books: Books) -> list[Known]:
    """Stored editions of other reports with nearly the same words."""
    is_alike = partial(likeness.are_alike, known.fingerprint)
    return [other for other in books.sharing_bands(known.fingerprint, is_alike) if key_of(other.report) != key_of(known.report)]


def _seniority(known: Known) -> tuple[bool, int, str, str]:
    return not known.official, known.report.report_year or 0, known.published, known.url


def _elder(one: Known, other: Known) -> bool:
    return _seniority(one) < _seniority(other)


def _eldest(alike: Iterable[Known]) -> str | None:
    return min(alike, key=_seniority).url if (alike := list(alike)) else None
