"""The reporting body, from every place that names it; and who compiled, published and signed the report.

The title names the body, the catalogue's publisher and the sign-off confirm it, and the portal, the tags and the places in the
text tell which of several places of one name is meant. What cannot be told stays open, with its candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from pipelines.draft import Draft
from pipelines.identity.bodies import Body, Place, formal_name, government_of, level_of, placed, resolve
from pipelines.identity.case import Case, Context, collect
from pipelines.identity.claims import Claim
from pipelines.identity.conflicts import (
    say_conflicts,
    say_copied_tags,
    say_coverage,
    say_far_numbers,
    say_renamed,
    say_strange_title,
)
from pipelines.identity.divisions import Division, gazetteer, same_division
from pipelines.identity.links import body_id, linked_ids, possible_links
from pipelines.identity.trust import trust_of
from pipelines.model import Confidence, DivisionCandidate, Evidence, NamedBody, ReportingBody

# Where the body is looked for when the title does not name it. A sign-off is the body's own word; a source is often the portal.
_ORDER = ("sign_off", "metadata", "preamble", "title line", "page title", "meta", "source", "column", "breadcrumb")
_OF_PORTALS = ("government", "government_office")
_PORTAL_STEPS = ("title line", "column", "breadcrumb")
"""Where a government is mostly the portal's: another body, or the government of a place below, is the page's."""
_ABOVE = 0.9
"""How much of a weight is left for the divisions above the one that a source names."""
_KINDS = {
    "省": ("province", ("省", "自治区")),
    "市": ("prefecture county province", ("市",)),
    "地区": ("prefecture", ("地区",)),
    "州": ("prefecture", ("州",)),
    "盟": ("prefecture", ("盟",)),
    "县": ("county", ("县",)),
    "旗": ("county", ("旗",)),
    "区": ("county", ("区",)),
    "镇": ("township", ("镇",)),
    "乡": ("township", ("乡", "苏木")),
    "街道": ("township", ("街道",)),
}
_OWN_TERRITORY = re.compile("[我全](?P<kind>省|地区|市|州|盟|县|区|旗|镇|乡|街道)")
_GATHERED = re.compile("(?:负责|負責)?(?:汇总|匯總|彙總)")
_OWN_OFFICE = re.compile("[我本](?:办|局|单位|机关|部门|委|厅)")


def detect_issuer(draft: Draft) -> None:
    """Sets `reporting_body`, `compiled_by`, `published_by`, `signed_by`, their evidence, and the issues between the sources."""
    case = collect(draft)
    winner = _winner(case)
    division = None
    if winner is None:
        draft.add_issue("issuer_unknown", "warning", "Nothing on the page names the body whose report this is.")
    else:
        division = _set_body(case, winner)
        say_strange_title(case, winner)
        if division is not None:
            draft.report.trust = trust_of(case, winner, division)
    _set_others(case, division)
    say_renamed(case)
    say_copied_tags(case)
    if winner is not None and division is not None:
        say_conflicts(case, winner, division)
        say_far_numbers(case, division)
    say_coverage(case)


# --- the reporting body ----------------------------------------------------------------------------------------------


def _winner(case: Case) -> Claim | None:
    """The claim that names the reporting body, completed where the title leaves its place to the reader."""
    if case.title is not None and case.title.body.complete:
        return case.title
    named = [
        claim for claim in case.all() if claim.where in _ORDER and claim.body.organ is not None and claim is not case.title
    ]
    named = [claim for claim in named if not _is_the_portals(case, claim)]
    named.sort(key=lambda claim: (claim.body.organ == "party_or_mass_organisation", _ORDER.index(claim.where)))
    whole = [claim for claim in named if claim.body.complete]
    if case.title is not None:
        return _completed(case, case.title, whole)
    if named:
        return _whose_report(case, _completed(case, named[0], whole))
    return _own_territory(case)


def _is_the_portals(case: Case, claim: Claim) -> bool:
    """Whether a step of the way to the page names the government whose portal this is, or may be."""
    if claim.where not in _PORTAL_STEPS or claim.body.organ not in _OF_PORTALS:
        return False
    division, portal = case.place(claim).division, case.portal or case.site_code
    if division is None or same_division(portal, division):
        return True
    if division.level == "township":
        return False  # its pages are columns of the county's portal
    return portal is None or not gazetteer().inside(division, portal, case.year)


def _own_territory(case: Case) -> Claim | None:
    """The government of what the text calls 我县, if the surroundings know one; nothing where an office speaks (我局)."""
    plain = case.draft.plain
    kinds = Counter(match["kind"] for match in _OWN_TERRITORY.finditer(plain))
    if kinds.total() <= len(_OWN_OFFICE.findall(plain)):
        return None
    kind = kinds.most_common(1)[0][0]
    division = _meant(case.context, kind)
    return Claim("body", government_of(division), f"我{kind}") if division else None


def _completed(case: Case, claim: Claim, others: list[Claim]) -> Claim:
    """The claim with its place: of another claim on the same organ, else of the one division around that it can mean."""
    body = claim.body
    if body.places or body.organ is None:
        return claim
    for other in others:
        if other.body.places and other.body.organ == body.organ and other.body.rest.endswith(body.rest):
            return replace(claim, body=replace(body, places=other.body.places, prefix=other.body.prefix, rest=other.body.rest))
    return replace(claim, body=_of(body, case.context, case.year))


def _meant(context: Context, kind: str | None) -> Division | None:
    """The division at hand that 市 or 县 means, or that a name without any place belongs to; None where two are as good."""
    places = gazetteer()
    parts = {
        part.today or part.code: part for division, _ in context for part in (places.path(division) if kind else (division,))
    }
    if kind:
        levels, endings = _KINDS[kind]
        parts = {code: part for code, part in parts.items() if part.level in levels and part.name.endswith(endings)}
    scored = []
    for part in parts.values():
        # On the site of a city of the county level 市 is that city, not the one above it.
        near = (
            w if places.inside(part, d) else w * _ABOVE
            for d, w in context
            if places.inside(part, d) or (kind and places.inside(d, part))
        )
        scored.append((sum(near), part))
    scored.sort(key=lambda entry: -entry[0])
    if not scored or scored[0][0] < 2 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _whose_report(case: Case, claim: Claim) -> Claim:
    """A government's report that its office published or signed is the government's, where the text speaks of the territory or
    the office put it together from what others sent."""
    if claim.body.organ != "government_office" or not claim.body.places:
        return claim
    plain = case.draft.plain
    gathered = claim.where == "preamble" and claim.end is not None and _GATHERED.match(case.draft.report.text, claim.end)
    if not gathered and len(_OWN_TERRITORY.findall(plain)) <= len(_OWN_OFFICE.findall(plain)):
        return claim
    return replace(claim, body=replace(claim.body, organ="government", rest=""))


def _set_body(case: Case, winner: Claim) -> Division | None:
    """Writes the reporting body; returns its division of the report year."""
    report, body, places = case.draft.report, winner.body, gazetteer()
    place = case.place(winner)
    division = place.division
    name = formal_name(body, division)
    organ = body.organ or "other"
    set_body = ReportingBody(name, winner.printed, level=level_of(body, division), organ=organ)
    if division is not None:
        set_body.division_code = division.code
        now = places.now(division)
        set_body.division_code_now = now.code if now else None
        set_body.division_name = places.full_name(division, case.year if division.held(case.year) else None)
        set_body.linked_ids = linked_ids(case, winner, division)
        set_body.possible_links = possible_links(body, division, case.year)
    set_body.id = body_id(body, division)
    set_body.candidates = [DivisionCandidate(c.code, places.full_name(c, case.year)) for c in place.candidates]
    set_body.confidence = _confidence(case, winner, place)
    report.reporting_body = set_body
    rivals = [(claim, formal_name(claim.body, case.place(claim).division)) for claim in case.all() if claim is not winner]
    report.evidence["reporting_body"] = [winner.evidence(name), *(claim.evidence(value) for claim, value in rivals)]
    report.evidence["reporting_body"] += [sign.evidence() for sign in case.signs]
    if division is not None and (organ == "zone_committee" or body.in_zone):
        host = places.full_name(division, case.year if division.held(case.year) else None)
        tied = Evidence(division.code, "gazetteer", f"a development zone has no code of its own: this is that of {host}")
        report.evidence["reporting_body"].append(tied)
    if place.candidates:
        told = ", ".join(f"{candidate.name} ({candidate.code})" for candidate in set_body.candidates)
        message = f"“{winner.printed}” can be {told}; nothing on the page tells which."
        case.draft.add_issue("ambiguous_place", "warning", message, winner.evidence(name))
    return division


def _confidence(case: Case, winner: Claim, place: Place) -> Confidence:
    if place.candidates:
        return "ambiguous"
    if winner.body.national:
        return "supported"
    division = place.division
    if division is None or case.year is None or winner.where not in ("title", "metadata", "sign_off", "preamble"):
        return "weak"
    others = [claim for claim in case.all() if claim.where != winner.where]
    agree = any(same_division(case.place(claim).division, division) for claim in others)
    portal = case.portal
    hosts = [place for sign in case.signs if sign.where == "host" for place in sign.divisions]
    if agree or any(gazetteer().inside(division, place, case.year) for place in (*hosts, *([portal] if portal else ()))):
        return "certain"
    return "supported" if winner.where in ("title", "metadata") else "weak"


# --- compiled, published, signed -------------------------------------------------------------------------------------


def _set_others(case: Case, division: Division | None) -> None:
    report = case.draft.report
    if case.compiled is not None:
        report.compiled_by = _named(case, case.compiled, division)
        report.evidence["compiled_by"] = [case.compiled.evidence(report.compiled_by.name)]
    if case.catalogue:
        report.published_by = _named(case, case.catalogue[0], division)
        report.evidence["published_by"] = [claim.evidence(claim.body.words) for claim in case.catalogue]
    elif publisher := report.metadata.get("publisher"):
        report.published_by = NamedBody(publisher)
        report.evidence["published_by"] = [Evidence(publisher, "metadata", publisher)]
    report.signed_by = [_named(case, claim, division) for claim in case.signers]
    if case.signers:
        report.evidence["signed_by"] = [
            claim.evidence(body.name) for claim, body in zip(case.signers, report.signed_by, strict=True)
        ]


def _named(case: Case, claim: Claim, division: Division | None) -> NamedBody:
    """The body under its full name; 县政府办公室 is that of the reporting body's county."""
    body = claim.body
    if not body.places and body.organ is not None and not body.national and not body.unlisted:
        around: Context = [(division, 9.0)] if division is not None else case.context
        body = _of(body, around, case.year)
    if division is not None:
        place = resolve(body, case.year, [*case.context, (division, 9.0)])
    else:
        place = resolve(body, case.year, case.context)
    return NamedBody(formal_name(body, place.division), place.division.code if place.division else None)


def _of(body: Body, context: Context, year: int | None) -> Body:
    """The body with the place that its surroundings give it, if they give one."""
    division = _meant(context, body.relative)
    return body if division is None else placed(body, division, year)
