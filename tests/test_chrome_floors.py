"""The floors of tests/floors.toml for text, title, date and kind, on the generated pages of tests/corpus."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from bench.report_floors import overlap, plain
from pipelines import apply, begin
from pipelines.chrome import strip_chrome
from pipelines.decode import decode
from pipelines.judge import judge
from pipelines.model import Report
from pipelines.script import simplify
from tests.corpus.others import others
from tests.corpus.page import Page
from tests.corpus.reports import reports

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Taken:
    """A page and what was made of it."""

    page: Page
    report: Report


@pytest.fixture(scope="module")
def taken() -> list[Taken]:
    out = []
    for page in [*reports(), *others()]:
        draft = begin(page.document())
        for stage in (decode, strip_chrome, judge):
            apply(stage, draft)
        out.append(Taken(page, draft.report))
    return out


def share(right: dict[str, bool]) -> tuple[float, list[str]]:
    """How many are right, and the first that are not."""
    return sum(right.values()) / len(right), [name for name, ok in right.items() if not ok][:SHOWN]


def test_the_text_is_the_articles_and_nothing_else(taken: list[Taken]) -> None:
    scores = {}
    for one in taken:
        truth, report = one.page.truth, one.report
        if truth.text:
            with_title = overlap(f"{report.title}{report.text}", truth.title + truth.text)
            scores[one.page.name] = max(overlap(report.text, truth.text), with_title)
    worst = sorted(scores, key=lambda name: scores[name])[:SHOWN]
    told = [f"{name} {scores[name]:.3f}" for name in worst]
    assert sum(scores.values()) / len(scores) >= FLOORS["chrome"]["text_mean"], told
    assert scores[worst[0]] >= FLOORS["chrome"]["text_lowest"], told


def cells_of(text: str) -> list[str]:
    """The cells of the tables in a text, in order; simplified, since a label that is broken in two is converted in two."""
    return [cell for line in simplify(text).split("\n") if "\t" in line for cell in map(plain, line.split("\t")) if cell]


def test_cells_stay_in_order(taken: list[Taken]) -> None:
    lost = {}
    for one in taken:
        if one.page.system != "plain" and (printed := cells_of(one.page.truth.text)):
            same = SequenceMatcher(None, printed, cells_of(one.report.text), autojunk=False).get_matching_blocks()
            kept = sum(block.size for block in same) / len(printed)
            if kept < FLOORS["chrome"]["cells_in_order"]:
                lost[one.page.name] = kept
    assert not lost


def test_titles_are_right(taken: list[Taken]) -> None:
    titled = [one for one in taken if one.page.truth.text]
    part, wrong = share({one.page.name: plain(one.report.title or "") == plain(one.page.truth.title) for one in titled})
    assert part >= FLOORS["chrome"]["title"], wrong


def test_dates_are_right(taken: list[Taken]) -> None:
    dated = [one for one in taken if one.page.truth.published]
    part, wrong = share({one.page.name: (one.report.published or "")[:10] == one.page.truth.published for one in dated})
    assert part >= FLOORS["chrome"]["date"], wrong


def test_reports_are_told_from_what_looks_like_them(taken: list[Taken]) -> None:
    floors = FLOORS["kinds"]
    are = {one.page.name for one in taken if one.page.truth.kind == "annual_report"}
    told = {one.page.name for one in taken if one.report.page_kind == "annual_report"}
    assert len(taken) >= floors["pages"]
    assert len(taken) - len(are) >= floors["others"] * len(taken)
    assert len(are & told) / len(told) >= floors["precision"], sorted(told - are)
    assert len(are & told) / len(are) >= floors["recall"], sorted(are - told)


def test_other_pages_are_told_apart(taken: list[Taken]) -> None:
    part, wrong = share({one.page.name: one.report.page_kind == one.page.truth.kind for one in taken})
    assert part >= FLOORS["kinds"]["exact"], wrong
