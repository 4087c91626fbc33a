"""What disagrees about the issuer of a page: names of other years, other places, other bodies."""

from __future__ import annotations

import re

from pipelines.identity.bodies import formal_name
from pipelines.identity.case import TEXT_READ, Case, related
from pipelines.identity.claims import Claim, strange_words
from pipelines.identity.divisions import Division, gazetteer, same_division
from pipelines.identity.links import renamed
from pipelines.model import Evidence

_COVERS_GOVERNMENT = re.compile("政府(?:及|和|与|、)(?:其|[省市州县区旗])?(?:人民)?(?:政府|府)?办(?:公室|公厅)?")


def say_renamed(case: Case) -> None:
    """Says of each place name that is of another year than the report, what the place was called then."""
    if case.draft.report.report_year is None:
        return
    places, year = gazetteer(), case.draft.report.report_year
    said = set()
    for claim in case.all():
        for mention in claim.body.places:
            meant = mention.candidates[0]
            if len(mention.candidates) > 1 or meant.held(year) or mention.name in said:
                continue
            then = places.then(meant, year)
            if then is None or then.name == meant.name:
                continue
            said.add(mention.name)
            age = "only later" if meant.start > year else "only earlier"
            message = f"“{claim.printed}” ({claim.where}) names {mention.name}, so called {age}: in {year} it was {then.name}."
            code = "division_name_newer" if meant.start > year else "division_name_older"
            case.draft.add_issue(
                code, "note", message, claim.evidence(mention.name), Evidence(then.name, "gazetteer", then.code)
            )


def say_conflicts(case: Case, winner: Claim, division: Division) -> None:
    """Says where another source names a body of another place, or another body of the same kind in the same place."""
    places, report = gazetteer(), case.draft.report
    rivals = (case.tagged, *case.catalogue, case.itself, case.compiled, *case.signers)
    name = report.reporting_body.name if report.reporting_body else ""
    said = set()
    portal = case.portal
    if portal is not None and not related(portal, division, case.year):
        message = f"The {winner.where} names {name}, but the portal is that of {places.full_name(portal)}."
        declared = Evidence(portal.name, "portal", portal.code)
        case.draft.add_issue("foreign_place", "note", message, winner.evidence(name), declared)
    for claim in rivals:
        if claim is None or claim is winner or not claim.body.places:
            continue
        other = case.place(claim).division
        if other is None:
            continue
        akin = related(other, division, case.year)
        called = formal_name(claim.body, other)
        if called in said:
            continue
        if not akin:
            code = "foreign_place" if claim.where in ("preamble", "sign_off") else "issuer_conflict"
            message = f"The {winner.where} names {name}, the {claim.where} “{claim.printed}”: two different places."
        elif same_division(other, division) and _other_department(winner, claim):
            code = "issuer_conflict"
            message = f"The {winner.where} names {name}, the {claim.where} “{claim.printed}”: two bodies of one place."
        else:
            continue
        said.add(called)
        case.draft.add_issue(code, "warning", message, winner.evidence(name), claim.evidence(called))
        if code == "issuer_conflict" and not akin and report.reporting_body:
            report.reporting_body.confidence = "conflicting"


def say_copied_tags(case: Case) -> None:
    """Says that the tags of the site are those of another: they were not believed."""
    if case.copied is not None:
        tags, against = case.copied.tags, case.copied.against
        message = f"The page's tags name {tags.value} (“{tags.words}”), its {against.where} {against.value}: copied tags."
        case.draft.add_issue("copied_tags", "warning", message, tags, against)


def say_far_numbers(case: Case, division: Division) -> None:
    """Says of a telephone area code or postcode in the text that it is that of another place."""
    body = case.draft.report.reporting_body
    for sign in case.signs:
        if sign.where not in ("phone", "postcode") or body is None:
            continue
        if not any(related(division, place, case.year) for place in sign.divisions):
            named = "、".join(place.name for place in sign.divisions)
            message = f"The report of {body.name} gives “{sign.words}”, which is a {sign.where} number of {named}."
            case.draft.add_issue(
                "foreign_place", "note", message, Evidence(body.name, "gazetteer", division.code), sign.evidence()
            )


def say_strange_title(case: Case, winner: Claim) -> None:
    """Says when the title has other words where the body's name should stand, as on a copy whose place names were replaced."""
    body = case.draft.report.reporting_body
    words = strange_words(case.draft) if case.title is None else None
    if words is None or body is None:
        return
    message = f"The title says “{words}” where a body's name should stand; the {winner.where} names {body.name}."
    title = Evidence(None, "title", words)
    case.draft.add_issue("title_names_no_body", "warning", message, title, winner.evidence(body.name))


def say_coverage(case: Case) -> None:
    """Says when an office's own report covers the government too: its figures are of both."""
    body = case.draft.report.reporting_body
    match = _COVERS_GOVERNMENT.search(case.draft.plain, 0, TEXT_READ)
    if body is None or body.organ != "government_office" or match is None:
        return
    start, end = case.draft.place(*match.span())
    words = case.draft.report.text[start:end]
    message = f"The report is that of {body.name}, but its text says that it covers the government as well (“{words}”)."
    case.draft.add_issue("covers_government", "note", message, Evidence(body.name, "preamble", words, start, end))


def _other_department(one: Claim, other: Claim) -> bool:
    """Whether two names are of two departments, and not of one that was renamed or merged."""
    departments = one.body.organ == other.body.organ == "department"
    return departments and one.body.rest != other.body.rest and not renamed(one.body, other.body)
