"""What stood when, townships: yearly statistics lists and today's civil-affairs list, linked into lineages.

The two ministries number about a quarter of the towns differently: the civil-affairs number is the code, the other one the
alternative. No open list is older than 2015: before it, the state of 2015 is carried back under the county's code of the time
(the last three digits survive a county's recoding in four cases of five), and marked as inferred.
"""

import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.vocabulary.build.counties import FIRST_YEAR, LAST_YEAR, Counties, State, current_divisions
from pipelines.vocabulary.build.names import township_name

_REAL = re.compile(r"[^()（）]+(?:街道|镇|乡|苏木|地区)$")
# Some lists repeat the city and the district before the town: 四平市铁东区城东乡.
_REPEATED = re.compile(r"^.{2,6}市.{1,5}[区县](?=.{2,}(?:街道|镇|乡)$)")
_DAMAGED = re.compile(r"[?？\ue000-\uf8ff\ufffd0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Listed:
    """A township in one list."""

    code: str
    name: str
    county: str
    """Code of the division above it in that list."""
    lineage: str
    """That county's lineage."""


@dataclass(slots=True)
class Township:
    """A township through the years."""

    states: dict[int, Listed] = field(default_factory=dict)

    @property
    def last(self) -> Listed:
        return self.states[max(self.states)]


@dataclass(frozen=True, slots=True)
class Held:
    """A township's code and name in one year."""

    code: str
    name: str
    parent: str
    alternative: str
    listed: bool
    """Whether a source lists the township in or before this year."""


def pseudo_county(code: str) -> bool:
    """Whether the statistics bureau made the code for a development zone that is no division."""
    return "71" <= code[4:6] <= "79"


def snapshot(archive: Path, year: int, counties: Counties) -> tuple[list[Listed], list[Listed]]:
    """The real townships and the zones of one statistics list."""
    listed = _members(archive)
    rows, areas = listed["streets"], listed["areas"]
    called = {area["code"]: area["name"] for area in areas}
    towns = []
    for row in rows:
        code, name = row["code"][:9], _REPEATED.sub("", township_name(row["name"]))
        county = row.get("areaCode") or row.get("parent_code") or code[:6]
        if counties.lineage(county, year) is None:
            county = _real_county(county, called.get(county, ""), counties.by_year[min(year, LAST_YEAR)]) or county
        lineage = counties.lineage(county, year) or county
        if _REAL.fullmatch(name):
            towns.append(Listed(code, name, county, lineage))
    zones = [
        Listed(row["code"], row["name"], row["code"][:4] + "00", "")
        for row in areas
        if pseudo_county(row["code"]) and not re.search(r"[()（）]", row["name"])
    ]
    return towns, zones


def _real_county(code: str, name: str, states: dict[str, State]) -> str | None:
    """The division that the bureau numbers in its own way: a city without counties by the number of its only 市辖区 (嘉峪关), a
    city under its province's care by one of the province's (定州)."""
    city = code[:4] + "00"
    if code.endswith("01") and city in states:
        return city
    found = [state.code for state in states.values() if state.name == name and state.code[:2] == code[:2]]
    return found[0] if len(found) == 1 else None


def current(archive: Path, counties: Counties) -> list[Listed]:
    """The townships of the civil-affairs list."""
    return [
        Listed(code, name, county, counties.lineage(county, LAST_YEAR) or county)
        for level, code, county, name in current_divisions(archive)
        if level == 4
    ]


def link(lists: dict[int, list[Listed]]) -> list[Township]:
    """One township per lineage, over the lists in order of their years."""
    townships: list[Township] = []
    previous: int | None = None
    for year in sorted(lists):
        rest = _clean(lists[year], townships)
        alive = [town for town in townships if previous in town.states]
        for key, pool in (
            (lambda listed: (listed.lineage, listed.name), townships),
            (lambda listed: (listed.lineage, listed.code[6:]), alive),
            (lambda listed: (listed.lineage, _stem(listed.name)), alive),
            (lambda listed: (listed.code[:4], listed.name), alive),
        ):
            rest = _match(rest, [town for town in pool if year not in town.states], key, year)
        townships += [Township({year: listed}) for listed in rest]
        previous = year
    return townships


def years_of(town: Township, counties: Counties) -> Iterator[tuple[int, Held]]:
    """The township's state in each year that it is known or inferred to have stood, in ascending order."""
    first, last = min(town.states), max(town.states)
    today = town.states.get(LAST_YEAR)
    statistics = town.states.get(max((known for known in town.states if known != LAST_YEAR), default=0))
    first_list = first == 2015
    for year in range(FIRST_YEAR if first_list else first, last + 1):
        listed = town.states[max((known for known in town.states if known <= year), default=first)]
        held = _held(listed, statistics, today, year, counties)
        if held is not None:
            yield year, Held(*held, listed=year >= first)


def _held(
    listed: Listed, statistics: Listed | None, today: Listed | None, year: int, counties: Counties
) -> tuple[str, str, str, str] | None:
    """Code, name, parent and alternative code in a year; None where the county of that year is not certain.

    `listed` is the state that holds, `statistics` the last one of the statistics lists, `today` that of the civil-affairs list.
    """
    zone = pseudo_county(listed.county)
    lineage = today.lineage if today and zone else listed.lineage
    county = counties.code(lineage, year) or (listed.county if year >= 2015 else None)
    if county is None:
        return None
    code = county + listed.code[6:] if not zone else listed.code
    if today and today.name == listed.name and today.lineage == lineage:
        code = county + today.code[6:]
    other = statistics if statistics and statistics.lineage == lineage else listed
    return code, listed.name, county, "" if other.code[6:] == code[6:] else other.code


def _clean(listed: list[Listed], townships: Iterable[Township]) -> list[Listed]:
    """The list without damaged names (麦?镇): mended where the same code has had one that fits, else dropped."""
    known = {(state.lineage, state.code[6:], state.name) for town in townships for state in [town.last]}
    clean = []
    for one in listed:
        if _DAMAGED.search(one.name):
            pattern = re.compile(_DAMAGED.sub(".", one.name))
            fits = [name for lineage, tail, name in known if lineage == one.lineage and pattern.fullmatch(name)]
            if len(fits) != 1:
                continue
            one = Listed(one.code, fits[0], one.county, one.lineage)
        clean.append(one)
    return clean


def _match(rest: list[Listed], pool: list[Township], key: Callable[[Listed], object], year: int) -> list[Listed]:
    """Adds a year's state where a key fits exactly one township and one row; returns the rows that are left."""
    towns, rows = defaultdict(list), defaultdict(list)
    for town in pool:
        towns[key(town.last)].append(town)
    for listed in rest:
        rows[key(listed)].append(listed)
    left = []
    for value, listed_here in rows.items():
        if len(listed_here) == 1 and len(towns[value]) == 1:
            towns[value][0].states[year] = listed_here[0]
        else:
            left += listed_here
    return left


def _stem(name: str) -> str:
    return re.sub(r"(?:街道|镇|乡|苏木|地区)$", "", name)


def _members(archive: Path) -> dict[str, list[dict[str, str]]]:
    """The two lists that are read, taken in one pass: the archives hold 200 MB of villages besides."""
    wanted = {f"package/dist/{name}.json": name for name in ("areas", "streets")}
    found: dict[str, list[dict[str, str]]] = {}
    with tarfile.open(archive, "r|gz") as opened:
        for member in opened:
            if member.name in wanted and (stream := opened.extractfile(member)) is not None:
                found[wanted[member.name]] = json.load(stream)
            if len(found) == len(wanted):
                break
    return found
