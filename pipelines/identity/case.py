"""What one page says of its issuer, collected: every body that it names, and the places that it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from pipelines.draft import Draft
from pipelines.identity import claims
from pipelines.identity.bodies import Body, Place, resolve
from pipelines.identity.claims import Claim
from pipelines.identity.divisions import Division, gazetteer
from pipelines.identity.signs import Sign, signs
from pipelines.model import Evidence

Context = list[tuple[Division, float]]
"""Divisions that the page belongs to, with weights."""

_RULERS = ("人民政府", "政府", "委、", "委和", "委办公", "委市政府", "委县政府", "委区政府")
TEXT_READ = 3000
"""How much of a text is searched for places."""

# How much the place that a source names says of where the page belongs. The portal's own declaration weighs most; tags are
# copied between sites; what the text speaks of weighs at most 1.5.
_WEIGHT = {"portal": 8.0, "metadata": 4.0, "sign_off": 4.0, "contact": 3.0, "preamble": 3.0, "source": 2.0, "meta": 2.0}
_WEIGHT |= {
    "breadcrumb": 2.0,
    "title": 2.0,
    "page title": 2.0,
    "title line": 2.0,
    "site": 2.0,
    "site title": 2.0,
    "column": 2.0,
    "host": 2.0,
    "path": 1.0,
    "phone": 1.0,
    "postcode": 1.0,
}


@dataclass(slots=True)
class Case:
    """What the page says, and what is made of it."""

    draft: Draft
    year: int | None
    """The year whose divisions count: of the report, else the one before publication."""
    title: Claim | None
    tagged: Claim | None
    catalogue: list[Claim]
    compiled: Claim | None
    contact: Claim | None
    itself: Claim | None
    signers: list[Claim]
    site: list[Claim]
    signs: list[Sign]
    copied: CopiedTags | None = None
    context: Context = field(default_factory=list)
    _places: dict[int, tuple[Body, Place]] = field(default_factory=dict)

    def place(self, claim: Claim) -> Place:
        """What a claim's place means on this page."""
        body = claim.body
        if id(body) not in self._places:
            self._places[id(body)] = (body, resolve(body, self.year, self.context))  # kept, so that its id stays its own
        return self._places[id(body)][1]

    def all(self) -> list[Claim]:
        """Every claim, those that may name the reporting body first."""
        one = (self.title, self.tagged, *self.catalogue, *self.signers, self.itself, self.compiled, self.contact, *self.site)
        return [claim for claim in one if claim is not None]

    @property
    def portal(self) -> Division | None:
        """The division whose site the portal's declaration says it is."""
        code = self.draft.document.lead.hints.division
        return _coded(code, self.year) if code else None

    @property
    def site_code(self) -> Division | None:
        """The division of the site's code, unless the tags are a copy's or another site's."""
        return None if self.copied is not None else _site_code(self.draft, self.year)


@dataclass(frozen=True, slots=True)
class CopiedTags:
    """Tags of the site that name another place than the page's surroundings, or than each other."""

    tags: Evidence
    against: Evidence


def collect(draft: Draft) -> Case:
    """Everything that the page says of its issuer."""
    year = draft.report.report_year
    if year is None and draft.report.published:
        year = int(draft.report.published[:4]) - 1
    title, tagged = claims.from_title(draft, year), claims.from_tagged_title(draft, year)
    if tagged is None and (title is None or not title.body.complete):
        tagged = claims.above_title(draft, year) or claims.from_page_title(draft, year)
    case = Case(
        draft,
        year,
        title=title,
        tagged=tagged,
        catalogue=claims.from_catalogue(draft, year),
        compiled=claims.compiled(draft, year),
        contact=claims.contact(draft, year),
        itself=claims.names_itself(draft, year),
        signers=claims.signers(draft, year),
        site=claims.from_site(draft, year),
        signs=signs(draft, year),
    )
    case.copied = _copied(case)
    if case.copied is not None:
        case.site = [claim for claim in case.site if claim.where != "site"]
    case.context = _context(case)
    return case


def _context(case: Case) -> Context:
    """Divisions that the page's surroundings name beyond doubt, with weights; one entry per source and division."""
    named: dict[tuple[str, str], tuple[Division, float]] = {}

    def add(where: str, division: Division | None) -> None:
        if division is not None:
            named.setdefault((where, division.code), (division, _WEIGHT[where]))

    add("portal", case.portal)
    add("site", case.site_code)
    for sign in case.signs:
        for division in sign.divisions:
            add(sign.where, division)
    for claim in case.all():
        for mention in claim.body.places:
            candidates = {candidate.today or candidate.code: candidate for candidate in mention.candidates}
            if len(candidates) == 1:
                add(claim.where, mention.candidates[0])
    unclear = {c.body.places[-1].name for c in case.all() if c.body.places and len(c.body.places[-1].candidates) > 1}
    if unclear:
        for division, weight in _in_text(case, unclear):
            named["body", division.code] = (division, weight)
    return list(named.values())


def _in_text(case: Case, unclear: set[str]) -> Context:
    """Divisions that the text speaks of, up to a weight of 1.5: twice as much where one stands before a name to be cleared, or
    where its government or party committee is named, whose orders a report follows."""
    counted: Counter[Division] = Counter()
    mentions = gazetteer().mentions(case.draft.plain[:TEXT_READ], case.year)
    for mention, following in zip_longest(mentions, mentions[1:]):
        if not mention.bare and len(mention.candidates) == 1 and mention.candidates[0].level != "township":
            joined = following is not None and following.start == mention.end and following.name in unclear
            governs = case.draft.plain.startswith(_RULERS, mention.end)
            counted[mention.candidates[0]] += 2 if joined or governs else 1
    return [(division, min(1.5, times / 2)) for division, times in counted.items()]


def _copied(case: Case) -> CopiedTags | None:
    """The first tag of the site that cannot be of this page: templates are copied between sites with their tags.

    What the portal's declaration says counts most, then the host's pinyin; without both, tags that name two places are not
    believed either.
    """
    code = _site_code(case.draft, case.year)
    tagged = [] if code is None else [(Evidence(code.name, "meta", f"SiteIDCode {code.code}"), code)]
    for claim in case.site:
        place = resolve(claim.body, case.year).division if claim.where == "site" else None
        if place is not None:
            tagged.append((claim.evidence(place.name), place))
    around: list[tuple[Evidence, tuple[Division, ...]]] = []
    if case.portal is not None:
        around.append((Evidence(case.portal.name, "portal", case.portal.code), (case.portal,)))
    around += [(sign.evidence(), sign.divisions) for sign in case.signs if sign.where == "host"]
    around += [(evidence, (place,)) for evidence, place in tagged]
    for told, divisions in around:
        for evidence, place in tagged:
            if told is not evidence and not any(related(place, division, case.year) for division in divisions):
                return CopiedTags(evidence, told)
    return None


def _site_code(draft: Draft, year: int | None) -> Division | None:
    """The division of the first site code of ten digits; a stolen one on an untrusted copy is none."""
    if draft.report.trust == "untrusted_copy":
        return None
    codes = (value.strip() for value in draft.meta.get("siteidcode", ()))
    return next((division for code in codes if re.fullmatch(r"\d{10}", code) and (division := _coded(code[:6], year))), None)


def related(one: Division, other: Division, year: int | None) -> bool:
    """Whether one of two divisions lies in the other, or both are one."""
    return gazetteer().inside(one, other, year) or gazetteer().inside(other, one, year)


def _coded(code: str, year: int | None) -> Division | None:
    """The division of a six-digit code: of the year, else what the division of the code was then, else the code's last."""
    places = gazetteer()
    if (standing := places.at(code, year)) is not None or year is None:
        return standing
    last = places.at(code)
    return (places.then(last, year) or last) if last is not None else None
