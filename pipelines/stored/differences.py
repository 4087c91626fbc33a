"""What differs between two records: numbers, and wording. Extraction leaves noise (a lost last paragraph, a table that became
lines), so only what both sides state is compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.fingerprint import sentences
from pipelines.model import Evidence, Figure, Report

Cell = tuple[str, str | None, str | None]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class ChangedNumber(NamedTuple):
    """A number that the two records give differently."""

    ours: Evidence
    theirs: Evidence


def cells(report: Report) -> dict[Cell, list[Figure]]:
    """The figures that state a value, by metric, row and column; a sentence may state the same metric again."""
    found: dict[Cell, list[Figure]] = {}
    for figure in report.figures:
        if figure.value is not None:
            found.setdefault((figure.metric, figure.row, figure.column), []).append(figure)
    return found


def text_sentences(report: Report) -> list[str]:
    """The normalised sentences of a stored record, whose folded text is not kept."""
    return list(sentences(unicodedata.normalize("NFKC", report.text)))


def changed_numbers(ours: Report, theirs: Report) -> list[ChangedNumber]:
    """Figures with other values, and sentences that are the same but for their digits; empty when no number disagrees."""
    return [*_changed_figures(ours, theirs), *_changed_sentences(ours, theirs)]


def reworded(ours: Report, theirs: Report) -> bool:
    """True when each of the two has sentences that the other lacks."""
    mine, yours = set(text_sentences(ours)), set(text_sentences(theirs))
    return bool(mine - yours) and bool(yours - mine)


def quote(figure: Figure, where: str) -> Evidence:
    """A figure as one side of a finding; offsets are left out, for they count in another record's text."""
    return Evidence(figure.value, where, figure.words)


def _changed_figures(ours: Report, theirs: Report) -> Iterator[ChangedNumber]:
    mine, yours = cells(ours), cells(theirs)
    for cell in mine.keys() & yours.keys():
        own, other = ({figure.value for figure in side[cell]} for side in (mine, yours))
        # One side may repeat a metric in a sentence that the other lost: that is a gap, not another number.
        if not (own <= other or other <= own):
            yield ChangedNumber(_differing(mine[cell], other), _differing(yours[cell], own))


def _differing(figures: list[Figure], others: set[int | float | None]) -> Evidence:
    figure = next(figure for figure in figures if figure.value not in others)
    return Evidence(figure.value, figure.source, figure.words, figure.start, figure.end)


def _changed_sentences(ours: Report, theirs: Report) -> Iterator[ChangedNumber]:
    mine, yours = text_sentences(ours), text_sentences(theirs)
    known = set(mine)
    by_form = {_NUMBER.sub("#", sentence): sentence for sentence in yours if sentence not in known}
    known = set(yours)
    for sentence in mine:
        other = None if sentence in known else by_form.get(_NUMBER.sub("#", sentence))
        if other is not None:
            yield ChangedNumber(Evidence(None, "body", sentence), Evidence(None, "body", other))
