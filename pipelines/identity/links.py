"""The ids under which one body reports in other years: its place was renamed, recoded or merged, or the page names it anew."""

from __future__ import annotations

from dataclasses import replace

from pipelines.identity.bodies import Body, formal_name
from pipelines.identity.case import Case
from pipelines.identity.claims import Claim
from pipelines.identity.divisions import Division, gazetteer, same_division
from pipelines.identity.reforms import is_reformed, related_names
from pipelines.model import PossibleLink


def body_id(body: Body, division: Division | None) -> str | None:
    """Division code, organ and full name: 530522:government:腾冲县人民政府; None where the division is not decided."""
    code = division.code if division is not None else "cn" if body.national else None
    return f"{code}:{body.organ or 'other'}:{formal_name(body, division)}" if code else None


def linked_ids(case: Case, winner: Claim, division: Division) -> list[str]:
    """Ids of the same body in other years, oldest first, its own left out.

    A place that became this one, or that this one became, gives an id each; of a merger only the way forward is one body.
    So does a department that the page calls by its older or younger name too (教育局, 教育和体育局).
    """
    found = [body_id(_at(winner.body, state), state) for state in gazetteer().lineage(division)]
    found += [
        body_id(claim.body, place)
        for claim in case.all()
        if renamed(winner.body, claim.body) and same_division(place := case.place(claim).division, division)
    ]
    own = body_id(winner.body, division)
    return [one for one in dict.fromkeys(found) if one is not None and one != own]


def renamed(one: Body, other: Body) -> bool:
    """Whether two names can be those of one department before and after a reform: 教育局 and 教育和体育局, 国土资源局 and
    自然资源局."""
    if one.organ != "department" or other.organ != "department":
        return False
    short, long = sorted((one.rest, other.rest), key=len)
    return short != long and (set(short) <= set(long) or is_reformed(short, long))


def possible_links(body: Body, division: Division, year: int | None) -> list[PossibleLink]:
    """What a department may have been before a reform of government, and may have become after it, under usual names."""
    if body.organ != "department" or body.in_zone or not body.rest:
        return []
    found = []
    for relation, rest, change in related_names(body.rest, year, "厅" if division.level == "province" else "局"):
        then = change.year - 1 if relation == "predecessor" else change.year + 1
        state = gazetteer().then(division, then) or division
        at = _at(replace(body, rest=rest), state)
        if one := body_id(at, state):
            found.append(PossibleLink(one, relation, f"{change.year}: {change.plan}"))
    return found


def _at(body: Body, state: Division) -> Body:
    """The body as it is called when its place is that state."""
    last = body.places[-1]
    if last.bare or last.candidates[0].zone:
        return body
    return replace(body, places=(*body.places[:-1], replace(last, name=state.name, candidates=(state,))))
