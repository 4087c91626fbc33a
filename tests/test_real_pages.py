"""The main text of saved real pages, held by their own script against the text marked by hand."""

from functools import cache
from typing import Any

import pytest

from pipelines.model import Capture, Document
from tests.shared import SHARED, checker, record_of

FOLDER = SHARED / "real"
FLOOR = 0.85
MEAN_FLOOR = 0.95
check = checker("real")
WITH_GOLD: dict[str, dict[str, Any]] = {row["file"]: row for row in check.ROWS if row.get("gold")}


@cache
def score(file: str) -> float:
    """F1 of character 3-grams; the title may be in or out."""
    row = WITH_GOLD[file]
    record = record_of(Document(Capture((FOLDER / file).read_bytes(), check.address(row), 200)))
    gold = (FOLDER / row["gold"]).read_text(encoding="utf-8")
    text, title = record["text"], record["title"] or ""
    return float(max(check.f1(text, gold), check.f1(f"{title}\n{text}", gold), check.f1(text, f"{title}\n{gold}")))


@pytest.mark.parametrize("file", sorted(WITH_GOLD))
def test_main_text(file: str) -> None:
    assert score(file) >= FLOOR


def test_main_text_in_the_mean() -> None:
    assert sum(map(score, WITH_GOLD)) / len(WITH_GOLD) >= MEAN_FLOOR


@pytest.mark.parametrize("file", [row["file"] for row in check.ROWS])
def test_every_page_ends_in_a_state(file: str) -> None:
    record = record_of(Document(Capture((FOLDER / file).read_bytes())))
    assert [issue for issue in record["issues"] if issue["code"] == "stage_failed"] == []
