"""What disagrees about the issuer of a page: names of other years, other places, other bodies."""

from __future__ import annotations

import re

from pipelines.identity.bodies import Body, formal_name
from pipelines.identity.case import TEXT_READ, Case
from pipelines.identity.claims import Claim, strange_words
from pipelines.identity.divisions import Division, gazetteer, same_division
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
    if portal is not None and not _related(case, portal, division):
        message = f"The {winner.where} names {name}, but the portal is that of {places.full_name(portal)}."
        declared = Evidence(portal.name, "portal", portal.code)
        case.draft.add_issue("foreign_place", "note", message, winner.evidence(name), declared)
    for claim in rivals:
        if claim is None or claim is winner or not claim.body.places:
            continue
        other = case.place(claim).division
        if other is None:
            continue
        related = _related(case, other, division)
        called = formal_name(claim.body, other)
        if called in said:
            continue
        if not related:
            code = "foreign_place" if claim.where in ("preamble", "sign_off") else "issuer_conflict"
            message = f"The {winner.where} names {name}, the {claim.where} “{claim.printed}”: two different places."
        elif same_division(other, division) and _other_department(winner.body, claim.body):
            code = "issuer_conflict"
            message = f"The {winner.where} names {name}, the {claim.where} “{claim.printed}”: two bodies of one place."
        else:
            continue
        said.add(called)
        case.draft.add_issue(code, "warning", message, winner.evidence(name), claim.evidence(called))
        if code == "issuer_conflict" and not related and report.reporting_body:
            report.reporting_body.confidence = "conflicting"


def _related(case: Case, one: Division, other: Division) -> bool:
    """Whether one of two divisions lies in the other, or both are one."""
    return gazetteer().inside(one, other, case.year) or gazetteer().inside(other, one, case.year)


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


def _other_department(one: Body, other: Body) -> bool:
    """Whether two names are of two departments; 教育局 and 教育和体育局 are one that was renamed or merged."""
    if one.organ != "department" or other.organ != "department":
        return False
    short, long = sorted((one.rest, other.rest), key=len)
    return not set(short) <= set(long)
