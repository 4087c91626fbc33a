"""The floors of tests/floors.toml for parts, cells and figures, on the generated pages of tests/corpus; and damaged tables, of
which no wrong number may come out unflagged."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from bench.report_floors import Score as PageScore
from bench.report_floors import score_cells, score_figures, score_parts
from pipelines import run
from pipelines.checks import check
from pipelines.draft import Draft
from pipelines.figures import read_figures
from tests.corpus.forms import Form, Style
from tests.corpus.layouts import html, markdown
from tests.corpus.page import Cell, CellKey
from tests.corpus.reports import reports
from tests.table_pages import draft_of_html, draft_of_lines

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
SHOWN = 12
"""So many of the first faults are named where a floor is missed."""
DAMAGED = 240
ODD_DIGIT = "7"


@dataclass
class Measured:
    """What came out of all pages: counts, and the faults by what they are about, each with its page."""

    parts: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def told(self, kind: str, share: float, floor: float) -> str:
        """Why the floor is missed."""
        rows = "\n  ".join(self.faults.get(kind, [])[:SHOWN])
        return f"{share:.4f} is below the floor of {floor}:\n  {rows}"


@pytest.fixture(scope="module")
def measured() -> Measured:
    whole = Measured()
    for page in reports():
        report = run(page.document())
        for kind, score in (("parts", score_parts), ("cells", score_cells), ("figures", score_figures)):
            counted = PageScore()
            score(page, report, counted)
            getattr(whole, kind).update(getattr(counted, kind))
            whole.faults.setdefault(kind, []).extend(f"{page.name}: {fault}" for fault in counted.faults)
    return whole


def test_parts_are_found_and_named(measured: Measured) -> None:
    count, floor = measured.parts, FLOORS["sections"]["f1"]
    f1 = 2 * count["hit"] / (2 * count["hit"] + count["missed"] + count["extra"])
    assert f1 >= floor, measured.told("parts", f1, floor)


def test_cells_are_right_where_they_are_answered(measured: Measured) -> None:
    count = measured.cells
    share = count["right"] / (count["right"] + count["wrong"])
    assert share >= FLOORS["tables"]["cells_right"], measured.told("cells", share, FLOORS["tables"]["cells_right"])
    assert count["wrong unflagged"] <= FLOORS["tables"]["wrong_unflagged"], measured.told("cells", share, 0)


def test_cells_are_answered(measured: Measured) -> None:
    count, floor = measured.cells, FLOORS["tables"]["cells_answered"]
    share = (count["right"] + count["wrong"]) / (count["right"] + count["wrong"] + count["unanswered"])
    assert share >= floor, measured.told("cells", share, floor)


def test_figures_of_sentences_are_right(measured: Measured) -> None:
    count, floor = measured.figures, FLOORS["figures"]["precision"]
    precision = count["hit"] / (count["hit"] + count["extra"])
    assert precision >= floor, measured.told("figures", precision, floor)


def test_figures_of_sentences_are_found(measured: Measured) -> None:
    count, floor = measured.figures, FLOORS["figures"]["recall"]
    recall = count["hit"] / (count["hit"] + count["missed"])
    assert recall >= floor, measured.told("figures", recall, floor)


# --- damaged tables


def damaged_draft(draw: Random) -> tuple[Draft, dict[CellKey, float | None]]:
    """A page with the table of applications, one thing of it damaged, and what the table said before."""
    form = Form(draw, Style(broken=draw.random() < 0.5, wide=draw.random() < 0.2))
    received = draw.randint(3, 60)
    outcomes = {"granted": received // 2, "denied_process_information": received - received // 2}
    table = form.applications(draw.choice([2019, 2021]), received, 0, 0, outcomes)
    layout = draw.choice(["html", "flat", "tabs", "markdown", "line"])
    damage(table, draw)
    heading = "三、收到和处理政府信息公开申请情况"
    if layout == "html":
        return draft_of_html(html(table, draw, [])), form.values
    rows = [[cell.text for cell in row] for row in table]
    lines = {
        "flat": [text for row in rows for text in row],
        "tabs": ["\t".join(row) for row in rows],
        "markdown": markdown(table).split("\n"),
        "line": [" ".join(text for row in rows for text in row)],
    }[layout]
    return draft_of_lines([heading, *lines]), form.values


def damage(table: list[list[Cell]], draw: Random) -> None:
    """Changes a digit, loses a cell, a row or its values, or swaps two neighbours."""
    row = draw.choice([row for row in table if sum(cell.text.isdigit() for cell in row) == 7])
    at = len(row) - draw.randint(1, 6)
    match draw.choice(["digit", "lost cell", "lost row", "swapped", "lost label"]):
        case "digit":
            row[at].text += ODD_DIGIT
        case "lost cell":
            del row[at]
        case "lost row":
            if not any(cell.rows > 1 for cell in row):
                table.remove(row)
        case "swapped":
            row[at].text, row[at - 1].text = row[at - 1].text, row[at].text
        case "lost label":
            row[-8].text = ""


@pytest.mark.parametrize("seed", range(DAMAGED))
def test_no_wrong_number_of_a_damaged_table_is_unflagged(seed: int) -> None:
    draft, truth = damaged_draft(Random(f"damaged-{seed}"))
    read_figures(draft)
    check(draft)
    wrong = [
        (figure.row, figure.column, figure.value)
        for figure in draft.report.figures
        if figure.metric == "applications"
        and figure.value is not None
        and figure.value != truth.get((figure.metric, figure.row or "", figure.column or ""))
    ]
    flags = {issue.code for issue in draft.report.issues if issue.severity != "note"}
    assert not wrong or any(code.startswith(("app_", "table_")) for code in flags), wrong
