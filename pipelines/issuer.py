"""The reporting body, from every place that names it; and who compiled, published and signed the report.

The title names the body, the catalogue's publisher and the sign-off confirm it, and the portal, the tags and the places in the
text tell which of several places of one name is meant. What cannot be told stays open, with its candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipelines import claims
from pipelines.bodies import Body, Place, formal_name, level_of, resolve
from pipelines.claims import Claim
from pipelines.divisions import Division, Mention, gazetteer
from pipelines.model import Confidence, DivisionCandidate, Draft, Evidence, NamedBody, ReportingBody

Context = list[tuple[Division, float]]

# How much the place that a source names says of where the page belongs. The portal's own declaration weighs most; tags are
# copied between sites; a place that the text merely mentions decides only where nothing else does.
_WEIGHT = {"portal": 8.0, "metadata": 4.0, "sign_off": 4.0, "contact": 3.0, "preamble": 3.0, "source": 2.0, "meta": 2.0}
_WEIGHT |= {"breadcrumb": 2.0, "title": 2.0, "body": 0.5}
_TEXT_READ = 3000
_KINDS = {
    "省": ("province", ("省", "自治区")),
    "市": ("prefecture county province", ("市",)),
    "州": ("prefecture", ("州",)),
    "盟": ("prefecture", ("盟",)),
    "县": ("county", ("县",)),
    "旗": ("county", ("旗",)),
    "区": ("county", ("区",)),
    "镇": ("township", ("镇",)),
    "乡": ("township", ("乡", "苏木")),
    "街道": ("township", ("街道",)),
}
_OWN_TERRITORY = re.compile("[我全](?:省|市|州|盟|县|区|旗|镇|乡)")
_COVERS_GOVERNMENT = re.compile("政府(?:及|和|与|、)(?:其|[省市州县区旗])?(?:人民)?(?:政府|府)?办(?:公室|公厅)?")
_OWN_OFFICE = re.compile("[我本](?:办|局|单位|机关|部门|委|厅)")


@dataclass(slots=True)
class _Case:
    """What the page says, and what is made of it."""

    draft: Draft
    year: int | None
    title: Claim | None
    tagged: Claim | None
    catalogue: list[Claim]
    compiled: Claim | None
    contact: Claim | None
    itself: Claim | None
    signers: list[Claim]
    site: list[Claim]
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


def detect_issuer(draft: Draft) -> None:
    """Sets `reporting_body`, `compiled_by`, `published_by`, `signed_by`, their evidence, and the issues between the sources."""
    year = _year(draft)
    case = _Case(
        draft,
        year,
        claims.from_title(draft, year),
        claims.from_tagged_title(draft, year),
        claims.from_catalogue(draft, year),
        claims.compiled(draft, year),
        claims.contact(draft, year),
        claims.names_itself(draft, year),
        claims.signers(draft, year),
        claims.from_site(draft, year),
    )
    case.context = _context(case)
    winner = _winner(case)
    division = None
    if winner is None:
        draft.add_issue("issuer_unknown", "warning", "Nothing on the page names the body whose report this is.")
    else:
        division = _set_body(case, winner)
    _set_others(case, division)
    _say_renamed(case)
    if winner is not None and division is not None:
        _say_conflicts(case, winner, division)
    _say_coverage(case)


def _year(draft: Draft) -> int | None:
    if draft.report.report_year is not None:
        return draft.report.report_year
    return int(draft.report.published[:4]) - 1 if draft.report.published else None


# --- where the page belongs ------------------------------------------------------------------------------------------


def _context(case: _Case) -> Context:
    """Divisions that the page's surroundings name beyond doubt, with weights; one entry per source and division."""
    places = gazetteer()
    named: dict[tuple[str, str], tuple[Division, float]] = {}

    def add(where: str, division: Division | None) -> None:
        if division is not None:
            named.setdefault((where, division.code), (division, _WEIGHT[where]))

    hints = case.draft.document.lead.hints
    if hints.division:
        add("portal", _coded(hints.division, case.year))
    for value in case.draft.meta.get("siteidcode", ()):
        add("meta", _coded(value.strip()[:6], case.year))
    for claim in case.all():
        for mention in claim.body.places:
            candidates = {candidate.today or candidate.code: candidate for candidate in mention.candidates}
            if len(candidates) == 1:
                add(claim.where, mention.candidates[0])
    if any(len(claim.body.places[-1].candidates) > 1 for claim in case.all() if claim.body.places):
        for mention in places.mentions(case.draft.plain[:_TEXT_READ], case.year):
            if not mention.bare and len(mention.candidates) == 1 and mention.candidates[0].level != "township":
                add("body", mention.candidates[0])
    return list(named.values())


def _coded(code: str, year: int | None) -> Division | None:
    """The division of a six-digit code, of the year or of any."""
    return gazetteer().at(code, year) or gazetteer().at(code)


# --- the reporting body ----------------------------------------------------------------------------------------------


def _winner(case: _Case) -> Claim | None:
    """The claim that names the reporting body, completed where the title leaves its place to the reader."""
    others = [
        claim
        for claim in (case.tagged, *case.catalogue, *case.signers, case.itself, case.compiled)
        if claim and claim.body.complete
    ]
    if case.title is not None:
        return _completed(case, case.title, others) if not case.title.body.complete else case.title
    if others:
        return _whose_report(case, others[0])
    relative = [claim for claim in (*case.catalogue, *case.signers) if claim.body.organ is not None]
    if relative:
        return _completed(case, relative[0], [])
    return next((claim for claim in case.site if claim.body.complete and claim.where == "meta"), None)


def _completed(case: _Case, claim: Claim, others: list[Claim]) -> Claim:
    """The claim with its place: of another claim on the same organ, else of the one division around that it can mean."""
    body = claim.body
    if body.places or body.organ is None:
        return claim
    for other in others:
        if other.body.places and other.body.organ == body.organ and other.body.rest.endswith(body.rest):
            return replace(claim, body=replace(body, places=other.body.places, prefix=other.body.prefix, rest=other.body.rest))
    return replace(claim, body=_of(body, case.context))


def _meant(context: Sequence[tuple[Division, float]], kind: str | None) -> Division | None:
    """The division at hand that 市 or 县 means, or that the portal is of; None where two are as good."""
    places = gazetteer()
    weights: dict[str, tuple[float, Division]] = {}
    for division, weight in context:
        for part in places.path(division) if kind else (division,):
            levels, endings = _KINDS[kind] if kind else ("", ("",))
            if kind is None or (part.level in levels and part.name.endswith(endings)):
                key = part.today or part.code
                weights[key] = (weights.get(key, (0.0, part))[0] + weight, part)
    ranked = sorted(weights.values(), key=lambda entry: -entry[0])
    if not ranked or ranked[0][0] < 2 or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _whose_report(case: _Case, claim: Claim) -> Claim:
    """A government's report that its office published or signed is the government's, where the text speaks of the territory."""
    if claim.body.organ != "government_office" or not claim.body.places:
        return claim
    plain = case.draft.plain
    if len(_OWN_TERRITORY.findall(plain)) <= len(_OWN_OFFICE.findall(plain)):
        return claim
    return replace(claim, body=replace(claim.body, organ="government", rest=""))


def _set_body(case: _Case, winner: Claim) -> Division | None:
    """Writes the reporting body; returns its division of the report year."""
    report, body, places = case.draft.report, winner.body, gazetteer()
    place = case.place(winner)
    division = place.division if body.unlisted is None else None
    name = formal_name(body, division)
    organ = body.organ or "other"
    set_body = ReportingBody(name, winner.printed, level=level_of(body, division), organ=organ)
    if division is not None:
        set_body.division_code = division.code
        now = places.now(division)
        set_body.division_code_now = now.code if now else None
        set_body.division_name = places.full_name(division, case.year if division.held(case.year) else None)
        set_body.id = f"{division.code}:{organ}:{name}"
    elif body.national:
        set_body.id = f"cn:{organ}:{name}"
    set_body.candidates = [DivisionCandidate(c.code, places.full_name(c, case.year)) for c in place.candidates]
    set_body.confidence = _confidence(case, winner, place)
    report.reporting_body = set_body
    rivals = [(claim, formal_name(claim.body, case.place(claim).division)) for claim in case.all() if claim is not winner]
    report.evidence["reporting_body"] = [winner.evidence(name), *(claim.evidence(value) for claim, value in rivals)]
    if place.candidates:
        told = ", ".join(f"{candidate.name} ({candidate.code})" for candidate in set_body.candidates)
        message = f"“{winner.printed}” can be {told}; nothing on the page tells which."
        case.draft.add_issue("ambiguous_place", "warning", message, winner.evidence(name))
    return division


def _confidence(case: _Case, winner: Claim, place: Place) -> Confidence:
    if place.candidates:
        return "ambiguous"
    if winner.body.national:
        return "supported"
    division = place.division
    if division is None or case.year is None or winner.where not in ("title", "metadata", "sign_off", "preamble"):
        return "weak"
    places = gazetteer()
    around = [near for near, weight in case.context if weight >= 2 and near.level != "province"]
    agree = {claim.where for claim in case.all() if claim.where != winner.where and _same(case.place(claim).division, division)}
    hinted = case.draft.document.lead.hints.division
    portal = _coded(hinted, case.year) if hinted else None
    if agree or (portal is not None and places.inside(division, portal, case.year)):
        return "certain"
    return "supported" if winner.where in ("title", "metadata") or around else "weak"


def _same(one: Division | None, other: Division) -> bool:
    return one is not None and (one.code == other.code or (one.today is not None and one.today == other.today))


# --- compiled, published, signed -------------------------------------------------------------------------------------


def _set_others(case: _Case, division: Division | None) -> None:
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


def _named(case: _Case, claim: Claim, division: Division | None) -> NamedBody:
    """The body under its full name; 县政府办公室 is that of the reporting body's county."""
    body = claim.body
    if not body.places and body.organ is not None and not body.national and not body.unlisted:
        around: Context = [(division, 9.0)] if division is not None else case.context
        body = _of(body, around)
    if division is not None:
        place = resolve(body, case.year, [*case.context, (division, 9.0)])
    else:
        place = resolve(body, case.year, case.context)
    return NamedBody(formal_name(body, place.division), place.division.code if place.division else None)


def _of(body: Body, context: Context) -> Body:
    """The body with the place that its surroundings give it, if they give one."""
    division = _meant(context, body.relative)
    if division is None:
        return body
    place = Mention(0, len(division.name), division.name, (division,), bare=False)
    return replace(body, places=(place,), relative=None)


# --- what disagrees --------------------------------------------------------------------------------------------------


def _say_renamed(case: _Case) -> None:
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


def _say_conflicts(case: _Case, winner: Claim, division: Division) -> None:
    """Says where another source names a body of another place, or another body of the same kind in the same place."""
    places, report = gazetteer(), case.draft.report
    rivals: Iterable[Claim | None] = (case.tagged, *case.catalogue, case.itself, case.compiled, *case.signers)
    name = report.reporting_body.name if report.reporting_body else ""
    said = set()
    for claim in rivals:
        if claim is None or claim is winner or not claim.body.places:
            continue
        other = case.place(claim).division
        if other is None:
            continue
        related = places.inside(other, division, case.year) or places.inside(division, other, case.year)
        called = formal_name(claim.body, other)
        if called in said:
            continue
        if not related:
            code = "foreign_place" if claim.where in ("preamble", "sign_off") else "issuer_conflict"
            message = f"The {winner.where} names {name}, the {claim.where} “{claim.printed}”: two different places."
        elif _same(other, division) and _other_department(winner.body, claim.body):
            code = "issuer_conflict"
            message = f"The {winner.where} names {name}, the {claim.where} “{claim.printed}”: two bodies of one place."
        else:
            continue
        said.add(called)
        case.draft.add_issue(code, "warning", message, winner.evidence(name), claim.evidence(called))
        if code == "issuer_conflict" and not related and report.reporting_body:
            report.reporting_body.confidence = "conflicting"


def _say_coverage(case: _Case) -> None:
    """Says when an office's own report covers the government too: its figures are of both."""
    body = case.draft.report.reporting_body
    match = _COVERS_GOVERNMENT.search(case.draft.plain, 0, _TEXT_READ)
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
