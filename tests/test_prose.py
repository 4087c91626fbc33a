"""Figures in sentences: each metric's examples and counter-examples, negations, parts, and what only looks like a figure."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipelines.metrics import SOURCE
from pipelines.model import Block, BlockKind, Capture, Document, Draft, Figure
from pipelines.prose import read_sentences
from pipelines.script import set_plain

METRICS = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["metrics"]
CODEBOOK = Path(__file__).parents[2] / "shared" / "codebook" / "prose_metrics.json"


def draft_of(*lines: str, year: int | None = 2016, tables: tuple[int, ...] = ()) -> Draft:
    """A draft whose blocks are the lines; those at the places in `tables` are tables."""
    draft = Draft(Document(Capture(b"")))
    start = 0
    for index, line in enumerate(lines):
        kind: BlockKind = "table" if index in tables else "paragraph"
        draft.blocks.append(Block(kind, line, start=start, end=start + len(line)))
        start += len(line) + 1
    draft.report.text = "\n".join(lines)
    draft.report.report_year = year
    set_plain(draft)
    return draft


def figures(*lines: str, year: int | None = 2016) -> list[Figure]:
    return read_sentences(draft_of(*lines, year=year))


def plain_values(metric: str, *lines: str, year: int | None = 2016) -> list[int | float | None]:
    return [figure.value for figure in figures(*lines, year=year) if figure.metric == metric and not figure.part_of]


def zeros(text: str) -> set[str]:
    return {figure.metric for figure in figures(text) if figure.value == 0}


def examples() -> list[object]:
    return [
        pytest.param(name, *example, id=f"{name}-{example[0]}")
        for name, entry in METRICS.items()
        for example in ([*e, "exact"][:3] for e in entry["examples"])
    ]


def counters() -> list[object]:
    return [pytest.param(name, text, id=f"{name}-{text}") for name, entry in METRICS.items() for text in entry["counter"]]


@pytest.mark.parametrize(("metric", "text", "value", "qualifier"), examples())
def test_example(metric: str, text: str, value: float, qualifier: str) -> None:
    found = [figure for figure in figures(text) if figure.metric == metric and not figure.part_of]
    assert [(figure.value, figure.qualifier) for figure in found] == [(value, qualifier)]
    assert found[0].unit == METRICS[metric]["unit"]


@pytest.mark.parametrize(("metric", "text"), counters())
def test_counter_example(metric: str, text: str) -> None:
    assert plain_values(metric, text) == []
