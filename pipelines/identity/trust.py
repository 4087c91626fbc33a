"""What the host is to the body that reports: its own site, the site of a division above it, or neither."""

from __future__ import annotations

from pipelines.identity.bodies import formal_name
from pipelines.identity.case import Case
from pipelines.identity.claims import Claim
from pipelines.identity.divisions import Division, gazetteer, same_division
from pipelines.model import Trust


def trust_of(case: Case, winner: Claim, division: Division) -> Trust:
    """The trust of a page once its body is known; the host's base value where the site's division is not known.

    A government and its office share their division's portal; a department has its own site only where the site bears its name.
    """
    base = case.draft.report.trust
    if base not in ("government_host", "official_body", "official_parent"):
        return base
    named = formal_name(winner.body, division)
    for claim in case.site:
        place = case.place(claim).division if claim.where == "site" else None
        if place is not None and same_division(place, division) and formal_name(claim.body, place) == named:
            return "official_body"
    site = case.portal or case.site_code
    if site is None:
        return base
    if same_division(site, division):
        return "official_body" if winner.body.organ in ("government", "government_office") else "official_parent"
    return "official_parent" if gazetteer().inside(division, site, case.year) else "government_host"
