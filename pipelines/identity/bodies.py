"""Names of public bodies: a name is parted into its place and its organ, and its place into a division of a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipelines import vocabulary
from pipelines.identity.branches import branch_place
from pipelines.identity.divisions import Division, Mention, gazetteer
from pipelines.model import Level, Organ

_LONGEST = 40
_ENOUGH = 1.0
_BEYOND_DOUBT = 2.0
_NOT_A_NAME = re.compile(r"[,，。;；:：!！?？、|<>《》\"“”\d]")
# 市教育局 means the city at hand; 市场监督管理局 and 市政管理局 do not begin with a city.
_RELATIVE = re.compile(r"(?:[我本全])?(?P<kind>省|地区|市(?![场容])(?!政(?![府务协法]))|州|盟|县|区|旗|镇|乡|街道)(?=.)")
PRONOUN = re.compile(r"[我本](?:机关|单位|部门|中心|公司|街道|[局委办厅部院校馆所站队行处省市州盟县区旗镇乡])?")
_UNLISTED = re.compile(
    r"(?![各全本]|[乡城村]镇|[市城]区)(?P<place>[\u3400-\u9fff]{1,8}(?:镇|乡|街道|苏木)|[\u3400-\u9fff]{2,6}[区县旗])(?P<organ>人民政府|政府|办事处)?"
)
_ZONE = re.compile(
    r"(?:开发|高新|新|园|示范|度假|管理|风景|名胜|旅游|保护|保税|港|试验|实验|合作|经开|自贸|商务|功能|试点|集聚|产业)区$"
)
_TAX = "国家税务总局"
_STREET = re.compile(r"(?P<name>[\u3400-\u9fff]{2,4})街(?!道)(?=办事处|$)")
_FORMAL = ("government", "government_office", "department", "court", "procuratorate", "party_or_mass_organisation")


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name, parted."""

    words: str
    prefix: str
    """Words of the name before its place: 国家税务总局."""
    places: tuple[Mention, ...]
    """Names of places from the higher to the lower one; the last one is the body's."""
    rest: str
    """Words after the place."""
    organ: Organ | None
    """None when no rule knows the kind of organ."""
    relative: str | None = None
    """The kind of division in a name that leaves its place to the reader: 市 in 市教育局."""
    unlisted: str | None = None
    """The name of a place that the gazetteer does not know."""
    national: bool = False

    @property
    def complete(self) -> bool:
        """Whether the words name one body by themselves: a place and an organ, or a body of the whole country."""
        return self.organ is not None and bool(self.places or self.national or self.unlisted)

    @property
    def in_zone(self) -> bool:
        """Whether its place is a development zone, which is tied to the division that runs it."""
        return bool(self.places) and all(candidate.zone for candidate in self.places[-1].candidates)


@dataclass(frozen=True, slots=True)
class Place:
    """What a body's place means in a year."""

    division: Division | None
    """The division of the year; None when ambiguous or unknown."""
    candidates: tuple[Division, ...] = ()
    """What is left when no division stands out."""


@lru_cache(maxsize=2048)
def read_body(words: str, year: int | None = None) -> Body | None:
    """The parts of a body's name; None for a pronoun, a sentence or anything else that is no name.

    `words` are in Simplified script and half-width. A place alone is read as its government. Names are remembered: a page gives
    the same ones in its title, tags and breadcrumb, and the pages of a portal those of its site.
    """
    words = re.sub(r"\s+", "", words)
    if not 2 <= len(words) <= _LONGEST or _NOT_A_NAME.search(words) or PRONOUN.fullmatch(words):
        return None
    prefix = _prefix(words)
    named = words[len(prefix) :]
    chain = _chain(named, gazetteer().mentions(named, year))
    rest = named[chain[-1].end if chain else 0 :]
    while chain and chain[-1].bare and not _bare_place(chain, rest, year, prefix):
        rest = chain[-1].name + rest
        chain = chain[:-1]
    prefix, chain, rest = _reparted(prefix, chain, rest, year)
    if chain and (match := _unlisted(rest)):
        return Body(words, prefix, tuple(chain), match["organ"] or "", "government", unlisted=match["place"])
    if chain:
        return Body(words, prefix, tuple(chain), rest, _organ(prefix, rest, chain[-1]))
    return _without_place(words)


def government_of(division: Division) -> Body:
    """The government of a division, as if the page had named it."""
    place = Mention(0, len(division.name), division.name, (division,), bare=False)
    return Body(division.name, "", (place,), "", "government")


def placed(body: Body, division: Division, year: int | None) -> Body:
    """A body that leaves its place to the reader, in the division that its surroundings give it; a branch office
    (公安局天元分局) in the county that it is named after."""
    above = gazetteer().path(division, year)[-2:][0] if division.level == "county" else division
    branch = branch_place(body.rest, above, year)
    if branch is None or body.organ not in ("department", "vertical_body"):
        return replace(body, places=government_of(division).places, relative=None)
    higher = government_of(above).places
    before = above.name + body.rest[: branch.start]
    return replace(body, prefix=before, places=(*higher, branch), rest=body.rest[branch.end :], relative=None)


@lru_cache(maxsize=8192)
def organ_of(rest: str) -> Organ | None:
    """The kind of organ that the words after a place tell."""
    return next((organ for organ, pattern in _rules() if pattern.search(rest)), None)


def resolve(body: Body, year: int | None, context: Sequence[tuple[Division, float]] = ()) -> Place:
    """The division of a body's place in a year.

    `context` are divisions that the page belongs to, with weights. A place of several meanings is decided by the places printed
    before it, then by the context, then by the better form of the name in that year; without a clear winner it stays open,
    unless the page belongs to a county that has none of them. A context that weighs less than `_ENOUGH` decides nothing.
    """
    if not body.places or body.unlisted:
        return Place(None)
    places = gazetteer()
    name = body.places[-1].name
    candidates = list(body.places[-1].candidates)
    for above in body.places[:-1]:
        candidates = _inside(candidates, above, year) or _inside(places.named(name), above, year)
    if not candidates:
        return Place(None)  # a place that the gazetteer does not know in the place that is printed before it
    if len(candidates) == 1 and candidates[0].held(year) and not candidates[0].zone:
        return Place(candidates[0])
    scored = []
    for candidate in dict.fromkeys(map(_host, candidates)):
        around = sum(weight for division, weight in context if places.inside(candidate, division, _year_for(candidate, year)))
        scored.append((around if around >= _ENOUGH else 0.0, _fit(candidate, name, year), candidate))
    best = max(scored, key=lambda entry: entry[:2])
    equal = [candidate for *score, candidate in scored if tuple(score) == best[:2]]
    if len(equal) > 1:
        return Place(None) if not best[0] and _elsewhere(equal, context) else Place(None, tuple(equal))
    decided = best[2]
    return Place(decided if year is None or decided.held(year) else places.then(decided, year))


def formal_name(body: Body, division: Division | None) -> str:
    """The body's name in full with the division's formal name: 东乡县 → 东乡族自治县人民政府, 政府办 → 人民政府办公室."""
    if division is None or not body.places:
        if body.relative:
            return body.words
        place = body.unlisted or (body.places[-1].name if body.places else "")
        return body.prefix + place + _full_organ(body, place, None)
    place = division.name
    inside = body.rest.startswith(place[:-1]) and len(place) > 2 and body.organ not in _FORMAL
    if inside and not body.words.startswith(place):
        return body.prefix + _full_organ(body, place, division)  # 永川高新区 of the site of 永川区 has its place in its name
    if body.prefix == _TAX and place.endswith("区") and division.level == "county":
        city = gazetteer().at(division.parent, division.end)
        return body.prefix + (city.name if city else "") + place + body.rest  # districts' tax offices bear their city's name
    last = body.places[-1]
    if body.in_zone:
        # A zone's bodies are not those of its host; 陕西省西咸新区, 成都市天府新区 are their full names.
        place = "".join(mention.name for mention in body.places)
    elif (last.bare and body.rest) or body.organ not in _FORMAL or _is_area(last):
        # Schools, hospitals and companies keep the name that they print, and 上海海关 is not 上海市海关.
        place = last.name
    return body.prefix + place + _full_organ(body, place, division)


def level_of(body: Body, division: Division | None) -> Level | None:
    """The level of government at which the body stands."""
    if division is not None:
        return division.level
    if body.national:
        return "national"
    if body.unlisted:
        return "county" if body.unlisted.endswith(("区", "县", "旗")) else "township"
    levels = {candidate.level for candidate in body.places[-1].candidates} if body.places else set()
    return levels.pop() if len(levels) == 1 else None


def _full_organ(body: Body, place: str, division: Division | None) -> str:
    rest = body.rest
    if body.organ == "government":
        return _government(place, division)
    if body.organ == "zone_committee" and not re.search(r"管委会$|[会局处室]$", rest):
        return rest + "管理委员会"
    if body.organ == "government_office":
        if rest.startswith(("街道", "办事处")) or place.endswith("街道"):
            return rest
        if "党政" in rest:
            return rest
        ending = "办公厅" if rest.endswith("厅") else "办公室"
        return ("行政公署" if _government(place, division) == "行政公署" else "人民政府") + ending
    return re.sub(r"管委会$", "管理委员会", rest)


def _is_area(place: Mention) -> bool:
    """Whether a town of Beijing is meant, which is an area (雁栖地区) by its other name."""
    return place.name.endswith(("镇", "乡")) and all(candidate.name.endswith("地区") for candidate in place.candidates)


def _government(place: str, division: Division | None) -> str:
    if place.endswith(("街道", "地区")) and (division is None or division.level == "township"):
        return "办事处"
    if division is not None and division.level == "prefecture" and place.endswith(("地区", "盟")):
        return "行政公署"
    return "政府" if place.endswith("特别行政区") else "人民政府"


def _prefix(words: str) -> str:
    """The known words before a place; 国家税务总局 alone, with nothing after it, is the body itself."""
    match = _prefix_pattern().match(words)
    return match.group() if match and match.end() < len(words) else ""


def _reparted(prefix: str, chain: list[Mention], rest: str, year: int | None) -> tuple[str, list[Mention], str]:
    """The parts of a name anew where the last place is a zone's, a street is called 街, or a branch names its place last."""
    if len(chain) > 1 and organ_of(rest) == "zone_committee" and not _inside(chain[-1].candidates, chain[-2], year):
        return prefix, chain[:-1], chain[-1].name + rest  # 漯河市西城区管理委员会: no 西城区 is in 漯河
    if len(chain) > 1 and chain[-1].bare and rest.startswith(("新区", "新城")):
        return prefix, chain[:-1], chain[-1].name + rest  # 桂林市临桂新区: a new area of the city, named after its site
    if not chain:
        return prefix, chain, rest
    last = chain[-1]
    if (street := _STREET.match(rest)) and last.candidates[0].level == "county":
        named = gazetteer().named(street["name"] + "街道", year)
        if lying := _inside(named, last, year):
            mention = Mention(last.end, last.end + street.end(), street["name"] + "街道", tuple(lying), bare=False)
            return prefix, [*chain, mention], rest[street.end() :]
    if branch := branch_place(rest, last, year):
        whole = "".join(place.name for place in chain) + rest[: branch.start]
        return prefix + whole, [*chain, branch], rest[branch.end :]
    return prefix, chain, rest


def _chain(words: str, mentions: list[Mention]) -> list[Mention]:
    """The places that open a name, one directly after the other or after the other's government (…市人民政府…街道)."""
    chain: list[Mention] = []
    at = 0
    for mention in mentions:
        between = words[at : mention.start]
        if between and not (chain and between == "人民政府" and not mention.bare):
            break
        chain.append(mention)
        at = mention.end
    return chain


def _bare_place(chain: list[Mention], rest: str, year: int | None, prefix: str) -> bool:
    """Whether a bare name is a place: 四川 in 四川美姑, 上海 in 上海海关, 沅江 in 国家统计局沅江调查队; not 公安 in 公安局, nor
    中山 in 中山大学."""
    *above, last = chain
    if not rest and not above:
        return last.candidates[0].level == "province"  # 宁夏2018年…
    standing = [candidate for candidate in last.candidates if candidate.held(year)]
    if above:
        fits = bool(_inside(standing, above[-1], year))
    else:
        # Three characters that are the name of one place only are no other word: 武夷山.
        whole = (len(last.name) > 2 or bool(prefix)) and len(standing) == 1
        fits = whole or any(candidate.level in ("province", "prefecture") for candidate in standing)
    organ = organ_of(rest) if len(rest) > 1 else None
    return fits and organ is not None and organ not in ("public_institution", "state_enterprise")


def _organ(prefix: str, rest: str, place: Mention) -> Organ | None:
    if prefix in ("中共", "中国共产党", "共青团", "共产主义青年团"):
        return "party_or_mass_organisation"
    if not rest:
        return "zone_committee" if all(candidate.zone for candidate in place.candidates) else "government"
    if all(candidate.zone for candidate in place.candidates) and re.fullmatch("管理委员会|管委会", rest):
        return "zone_committee"
    return organ_of(rest)


def _without_place(words: str) -> Body | None:
    if _national().search(words):
        return Body(words, "", (), words, organ_of(words) or "department", national=True)
    if match := _unlisted(words):
        return Body(words, "", (), match["organ"] or "", "government", unlisted=match["place"])
    relative = _RELATIVE.match(words)
    if relative and (organ := organ_of(words[relative.end() :])):
        return Body(words, "", (), words[relative.end() :], organ, relative=relative["kind"])
    organ = organ_of(words)
    return Body(words, "", (), words, organ) if organ else None


def _inside(candidates: Sequence[Division], above: Mention, year: int | None) -> list[Division]:
    """Those that lie in one of the places that a name can mean."""
    places = gazetteer()
    return [c for c in candidates if any(places.inside(c, a, _year_for(c, year)) for a in above.candidates)]


def _elsewhere(candidates: Sequence[Division], context: Sequence[tuple[Division, float]]) -> bool:
    """Whether the page belongs to a county that has none of these townships: it has one that the gazetteer does not know."""
    counties = any(division.level == "county" and weight >= _BEYOND_DOUBT for division, weight in context)
    return counties and all(candidate.level == "township" for candidate in candidates)


def _host(division: Division) -> Division:
    """The real division in which a development zone lies; any other division itself."""
    return next((part for part in reversed(gazetteer().path(division)) if not part.zone), division)


def _unlisted(words: str) -> re.Match[str] | None:
    """A township or county, with or without its government, that may be missing from the gazetteer; no development zone."""
    match = _UNLISTED.fullmatch(words)
    return match if match and not _ZONE.search(match["place"]) else None


def _fit(candidate: Division, name: str, year: int | None) -> float:
    """How well a name fits a division in a year: formal before everyday names, the state of 31 December before a part of it."""
    form = candidate.form(name)
    if form in ("bare", None):  # None: the host of a zone
        return {"province": 0.3, "prefecture": 0.2}.get(candidate.level, 0.1)
    fit = 2.0 if form == "formal" else 1.0
    if candidate.holds(year):
        fit += 1.0
    elif not candidate.held(year):
        fit -= 1.0
    return fit


def _year_for(candidate: Division, year: int | None) -> int | None:
    """The year in which to look at the parents of a division whose name may be of another year."""
    return year if candidate.held(year) else None


@cache
def _data() -> dict[str, object]:
    return vocabulary.toml("organs.toml")


@cache
def _rules() -> tuple[tuple[Organ, re.Pattern[str]], ...]:
    rules = _data()["rule"]
    assert isinstance(rules, list)
    return tuple((rule["organ"], re.compile(rule["pattern"])) for rule in rules)


@cache
def _prefix_pattern() -> re.Pattern[str]:
    data = _data()
    prefixes = data["prefixes"]
    assert isinstance(prefixes, list)
    return re.compile("|".join([str(data["prefix_pattern"]), *map(re.escape, sorted(prefixes, key=len, reverse=True))]))


@cache
def _national() -> re.Pattern[str]:
    return re.compile(str(_data()["national"]))
