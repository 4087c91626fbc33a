"""What the reports of one body say about each other across years: the identities of the forms that run over two years, and
numbers or words that were carried over unchanged.

A finding belongs to the later of the two reports. Blank cells take no part: blank is not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipelines.draft import Draft
from pipelines.model import Evidence, Figure, Issue, Report, Severity
from pipelines.stored.captures import key_of
from pipelines.stored.differences import Cell, cells, text_sentences
from pipelines.stored.likeness import form_sentences

if TYPE_CHECKING:
    from pipelines.stored.books import Books

SAME_NUMBERS = 5
"""Fewest equal figures other than zero that make unchanged numbers a finding: a small office may well repeat one or two."""
SAME_VALUES = 3
"""Fewest distinct values among them: in an applications table one number stands in several cells."""
SAME_SENTENCES = 0.9
"""Share of the shorter report's sentences, years aside, from which its words count as unchanged."""
FEWEST_SENTENCES = 8
"""Fewest sentences of the shorter report for its words to be compared."""
MOST_SHOWN = 4
"""A finding shows no more of the figures that are repeated."""


def compare_years(draft: Draft, books: Books) -> None:
    """Adds what this report contradicts or repeats in the body's report before it; nothing when the store knows none."""
    key = key_of(draft.report)
    before = books.lead_before(*key) if key else None
    if before is not None:
        draft.report.issues.extend(findings(before, draft.report))


def findings(before: Report, report: Report) -> list[Issue]:
    """The findings on `report` beside an earlier report of the same body."""
    if before.report_year is None or report.report_year is None:
        return []
    unchanged = _unchanged(before, report)
    if before.report_year != report.report_year - 1:
        return [*unchanged]
    return [*_broken_identities(before, report), *unchanged]


# --- identities -----------------------------------------------------------------------------------------------------


class _Identity(NamedTuple):
    """left[this year] = sum of right[year before] + sum of plus[this year] - sum of minus[this year].

    Each term is a row of an applications column, or a column of an article-20 row: `across` says what stays fixed.
    """

    code: str
    tables: tuple[str, ...]
    across: str
    left: str
    right: tuple[str, ...]
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    meaning: str = ""


_IDENTITIES = (
    _Identity(
        "xyear_carry",
        ("applications",),
        "column",
        "carried_in",
        ("carried_out",),
        meaning="applications carried in from {before} are not those that the report of {before} carried out",
    ),
    _Identity(
        "xyear_in_force",
        ("proactive_art20_1",),
        "row",
        "in_force",
        ("in_force",),
        ("issued_this_year",),
        ("repealed_this_year",),
        meaning="documents in force are not those in force in {before}, plus the issued, less the repealed ones of {year}",
    ),
    _Identity(
        "xyear_items",
        ("proactive_art20_5", "proactive_art20_6", "proactive_art20_8"),
        "row",
        "items_previous_year",
        ("items_previous_year", "items_change"),
        meaning="the items of the year before are not those that the report of {before} arrives at",
    ),
)


def _broken_identities(before: Report, report: Report) -> Iterator[Issue]:
    earlier, later = cells(before), cells(report)
    names = {"before": before.report_year, "year": report.report_year}
    for identity in _IDENTITIES:
        sides: list[Evidence] = []
        for table in identity.tables:
            for fixed in _fixed(later, table, identity):
                sides += _sides(identity, table, fixed, earlier, later, before)
        if sides:
            quoted = "; ".join(f"{side.where} “{side.words}”" for side in sides[:4])
            yield Issue(identity.code, "warning", f"{identity.meaning.format(**names).capitalize()}: {quoted}.", sides)


def _fixed(figures: dict[Cell, list[Figure]], table: str, identity: _Identity) -> list[str]:
    """The columns, or rows, for which the report states the left side."""
    found = []
    for metric, row, column in figures:
        term, fixed = (row, column) if identity.across == "column" else (column, row)
        if metric == table and term == identity.left and fixed is not None:
            found.append(fixed)
    return found


def _sides(
    identity: _Identity,
    table: str,
    fixed: str,
    earlier: dict[Cell, list[Figure]],
    later: dict[Cell, list[Figure]],
    before: Report,
) -> list[Evidence]:
    """Both sides of the identity where they differ; empty where it holds or a term is not stated."""

    def terms(names: Iterable[str], figures: dict[Cell, list[Figure]]) -> list[Figure | None]:
        keys = ((table, name, fixed) if identity.across == "column" else (table, fixed, name) for name in names)
        return [figures[key][0] if key in figures else None for key in keys]

    left = terms((identity.left,), later)
    right = terms(identity.right, earlier)
    plus, minus = terms(identity.plus, later), terms(identity.minus, later)
    if None in (*left, *right, *plus, *minus):
        return []
    if _sum(left) == _sum(right) + _sum(plus) - _sum(minus):
        return []
    own = [_side(figure, "cell") for figure in (*left, *plus, *minus) if figure]
    return [*own, *(_side(figure, f"report of {before.report_year}") for figure in right if figure)]


def _sum(figures: list[Figure | None]) -> float:
    return sum(figure.value for figure in figures if figure is not None and figure.value is not None)


def _side(figure: Figure, where: str) -> Evidence:
    """A cell as a side of a finding. Another report's offsets mean nothing in this one's text."""
    words = "/".join(part for part in (figure.metric, figure.row, figure.column) if part) + f" = {figure.words}"
    here = where == "cell"
    return Evidence(figure.value, where, words, figure.start if here else None, figure.end if here else None)


# --- unchanged ------------------------------------------------------------------------------------------------------


def _unchanged(before: Report, report: Report) -> Iterator[Issue]:
    numbers = _same_numbers(before, report)
    earlier, later = _yearless(before), _yearless(report)
    share = _shared(earlier, later)
    if not numbers and share < SAME_SENTENCES:
        return
    same = []
    if numbers:
        same.append(f"all {len(numbers)} figures other than zero that both reports state")
    if share >= SAME_SENTENCES:
        same.append(f"{share:.0%} of the sentences, years aside")
    message = f"The report of {report.report_year} repeats that of {before.report_year}: {' and '.join(same)}."
    # Habit repeats words; numbers repeat when nobody counted.
    severity: Severity = "warning" if numbers else "note"
    elsewhere = f"report of {before.report_year}"
    stated = cells(before)
    sides = [
        side
        for figure in numbers[:MOST_SHOWN]
        for side in (_side(figure, "cell"), _side(stated[figure.metric, figure.row, figure.column][0], elsewhere))
    ]
    if share >= SAME_SENTENCES:
        longest = max(earlier.keys() & later.keys(), key=lambda words: (len(words), words))
        sides += [Evidence(round(share, 2), "body", later[longest]), Evidence(round(share, 2), elsewhere, earlier[longest])]
    yield Issue("unchanged_from_year_before", severity, message, sides)


def _same_numbers(before: Report, report: Report) -> list[Figure]:
    """The figures other than zero that both state, if none differs and there are enough of them to mean something."""
    earlier, later = cells(before), cells(report)
    same = []
    for cell in later.keys() & earlier.keys():
        if {figure.value for figure in later[cell]} != {figure.value for figure in earlier[cell]}:
            return []
        same += [figure for figure in later[cell][:1] if figure.value]
    if len(same) < SAME_NUMBERS or len({figure.value for figure in same}) < SAME_VALUES:
        return []
    return sorted(same, key=lambda figure: (figure.metric, figure.row or "", figure.column or ""))


def _shared(earlier: dict[str, str], later: dict[str, str]) -> float:
    """The share of the shorter report's sentences that both have."""
    smaller = min(len(earlier), len(later))
    return len(earlier.keys() & later.keys()) / smaller if smaller >= FEWEST_SENTENCES else 0.0


def _yearless(report: Report) -> dict[str, str]:
    """The sentences that no form prints, by their words with the years around the report's named by their distance."""
    year = report.report_year or 0
    found = {}
    for sentence in text_sentences(report):
        words = sentence
        for distance in (-1, 0, 1):
            words = words.replace(str(year + distance), f"<{distance}>")
        if sentence not in form_sentences():
            found[words] = sentence
    return found
