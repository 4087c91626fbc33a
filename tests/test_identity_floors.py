"""How often year, dates and body are right, wrong or left open on the measured sets: never worse than floors.toml says."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.identity_floors import answers, is_open, outcome, pages, titles
from pipelines import run
from pipelines.identity.bodies import read_body, resolve
from pipelines.script import simplify

TESTS = Path(__file__).parent
FLOORS = tomllib.loads((TESTS / "floors.toml").read_text(encoding="utf-8"))["identity"]
STRINGS = TESTS.parent / "bench" / "identity_strings.tsv"
SHOWN = 12

Result = tuple[str, str, str, str | None]
"""What identifies the row, its outcome, the truth, the answer."""


@pytest.fixture(scope="module")
def results() -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = defaultdict(list)
    for _, kind, name, document, truth in (*titles(), *pages()):
        got = answers(run(document))
        for field in FLOORS["pages"]:
            if result := outcome(truth[field], got[field]):
                found[field].append((f"{kind}: {name}", result, truth[field], got[field]))
    return found


def hold(floor: dict[str, float], results: list[Result]) -> None:
    """Fails with the counts and the first rows that are not right when a share is on the wrong side of its floor."""
    valued = [result for result in results if not is_open(result[2])]
    left = [result for result in results if is_open(result[2])]
    shares = {
        "right": percent([outcome == "right" for _, outcome, *_ in valued]),
        "wrong": percent([outcome == "wrong" for _, outcome, *_ in valued]),
        "kept_open": percent([outcome == "right" for _, outcome, *_ in left] or [True]),
    }
    broken = [name for name, share in shares.items() if (share > floor[name] if name == "wrong" else share < floor[name])]
    missed = sorted((row for row in results if row[1] != "right"), key=lambda row: row[1] != "wrong")
    rows = "\n".join(f"  {outcome}: {name}: {answer}, not {truth}" for name, outcome, truth, answer in missed[:SHOWN])
    assert not broken, f"{broken} of {shares}, floors {floor}; {len(missed)} rows are not right:\n{rows}"


def percent(facts: list[bool]) -> float:
    return 100 * sum(facts) / len(facts)


@pytest.mark.parametrize("field", list(FLOORS["pages"]))
def test_pages(field: str, results: dict[str, list[Result]]) -> None:
    assert len(results[field]) > 200
    hold(FLOORS["pages"][field], results[field])


def strings() -> Iterator[Result]:
    with STRINGS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t"):
            year = int(row["year"])
            body = read_body(simplify(row["name"]), year)
            division = resolve(body, year).division if body is not None else None
            code = division.code if division is not None else None
            truth = "" if row["code"] == "-" else row["code"]
            yield f"{row['name']} in {year}", outcome(truth, code) or "right", truth, code


def test_names_alone() -> None:
    found = list(strings())
    assert len(found) >= 300
    hold(FLOORS["names"]["code"], found)


def test_a_broken_floor_names_its_rows() -> None:
    rows: list[Result] = [("one", "right", "1", "1"), ("two", "wrong", "2", "3")]
    with pytest.raises(AssertionError, match="two: 3, not 2"):
        hold({"right": 99.0, "wrong": 0.3, "kept_open": 99.0}, rows)
