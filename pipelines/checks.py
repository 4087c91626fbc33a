"""The stage `check`: what a report contradicts in itself, recorded with both sides and never repaired."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.draft import Draft
from pipelines.issues import find
from pipelines.model import Evidence, Figure
from pipelines.prose.metrics import load_metrics
from pipelines.prose.percentages import check_percentages
from pipelines.prose.quantities import printed
from pipelines.tabular.identities import check_tables

DAYS = 365
VISITS_FACTOR = 1.5
"""Means are taken over other spans and rounded; half as much again is no rounding."""
_EXPECTED = re.compile(r"(?:预计|拟于|将于|计划于|计划在|力争在)(?:在|于|到)?(?P<year>20\d\d)\s?年[^,。;\n]{0,20}")
ROUNDING = 0.1
"""How far a total that is stated roughly may be from the sum of its parts, as a share of it."""


def check(draft: Draft) -> None:
    """Holds the report's tables, figures and dates against each other."""
    check_tables(draft)
    plain = _plain_figures(draft)
    for text_check in _TEXT_CHECKS:
        text_check(draft, plain)
    check_percentages(draft)
    _check_lost_characters(draft)
    _check_publication(draft)
    _check_period(draft)
    _check_expectation(draft)


def _check_lost_characters(draft: Draft) -> None:
    """Characters of the report that are lost although its bytes were decoded: by their entities, or in a file's fonts."""
    lost = draft.report.text.count("\ufffd")
    if lost and not any(issue.code == "undecodable_characters" for issue in draft.report.issues):
        words = draft.report.text[max(draft.report.text.index("\ufffd") - 10, 0) :][:20]
        find(draft, "undecodable_characters", f"{lost} characters of the report are lost.", Evidence(lost, "text", words))


Plain = dict[str, list[Figure]]


def _plain_figures(draft: Draft) -> Plain:
    """What sentences state, parts of totals left out, by metric."""
    found: Plain = {}
    for figure in draft.report.figures:
        if figure.source == "sentence" and figure.part_of is None and figure.value is not None:
            found.setdefault(figure.metric, []).append(figure)
    return found


# --- figures of the text against each other ---------------------------------------------------------------------------


def _check_two_values(draft: Draft, plain: Plain) -> None:
    """A metric that is stated with different values."""
    for metric, figures in plain.items():
        values = dict.fromkeys(figure.value for figure in figures)
        if len(values) > 1:
            told = " and ".join(f"{_number(figure)} (“{_quote(figure)}”)" for figure in figures)
            find(draft, "figure_stated_twice", f"The text gives {told} for {_label(metric)}.", *map(_side, figures))


def _check_sums(draft: Draft, plain: Plain) -> None:
    """Parts and channels listed with a total that sum to more than it."""
    by_sentence: dict[int, list[Figure]] = {}
    for figure in draft.report.figures:
        if figure.source == "sentence" and figure.start is not None:
            by_sentence.setdefault(figure.start, []).append(figure)
    sentences = list(by_sentence.values())
    listed = {at: _listed(draft, *sentences[place : place + 2]) for place, at in enumerate(by_sentence)}
    for metric, totals in plain.items():
        for total in totals:
            for parts in _divisions(listed.get(total.start or 0, []), total):
                parts_sum = _sum(parts)
                limit = (total.value or 0) * (1 + (ROUNDING if total.qualifier != "exact" else 0))
                if parts_sum > limit:
                    terms = " + ".join(_number(part) for part in parts)
                    message = (
                        f"The parts of {_label(metric)} add up to {_text(parts_sum)} ({terms}), more than the total "
                        f"{_number(total)} that the text states: “{_quote(total)}”."
                    )
                    find(draft, "parts_exceed_total", message, Evidence(parts_sum, "sentence", terms), _side(total))


def _listed(draft: Draft, here: list[Figure], following: list[Figure] | None = None) -> list[Figure]:
    """The figures that may be parts of one in a sentence: its own, and those of the next where that begins with 其中."""
    if following and following[0].words.startswith("其中") and not draft.report.text[here[0].end : following[0].start].strip():
        return here + following
    return here


def _divisions(listed: list[Figure], total: Figure) -> list[list[Figure]]:
    """The parts of a total among the figures listed with it, once for each way of dividing it: by channel, by level, by
    outcome."""
    metrics = load_metrics().by_id
    unnamed: list[Figure] = []
    groups: dict[str, list[Figure]] = {}
    for figure in listed:
        if figure is total:
            continue
        if figure.part_of == total.metric:
            unnamed.append(figure)
        elif figure.part_of is None and metrics[figure.metric].total == total.metric:
            groups.setdefault(metrics[figure.metric].group, []).append(figure)
    if len(groups) == 1:
        [(_, named)] = groups.items()
        return [sorted(named + unnamed, key=listed.index)]
    return [*groups.values(), unnamed] if unnamed else list(groups.values())


def _check_website(draft: Draft, plain: Plain) -> None:
    """More items on the website than information disclosed in all."""
    for items in plain.get("website_items_published", ()):
        for total in plain.get("proactive_disclosed_total", ()):
            if (items.value or 0) > (total.value or 0):
                message = (
                    f"The website is said to have published {_number(items)} items (“{_quote(items)}”), more than all the "
                    f"information that was disclosed, {_number(total)} (“{_quote(total)}”)."
                )
                find(draft, "website_exceeds_disclosed", message, _side(items), _side(total))


def _check_visits(draft: Draft, plain: Plain) -> None:
    """A daily mean of visits that makes another year than the one stated."""
    for daily in plain.get("site_visits_daily", ()):
        for yearly in plain.get("site_visits", ()):
            made = (daily.value or 0) * DAYS
            low, high = sorted((made, yearly.value or 0))
            if low and high / low > VISITS_FACTOR:
                message = (
                    f"{_number(daily)} visits a day make {_text(made)} in a year, but the text states {_number(yearly)}: "
                    f"“{_quote(yearly)}”."
                )
                find(draft, "visits_contradict", message, _side(daily), _side(yearly))


# --- the text against the tables --------------------------------------------------------------------------------------

_OUTCOMES = {
    "outcome_granted": ("granted", ""),
    "outcome_partially_granted": ("partially_granted", ""),
    "outcome_denied": ("denied", "denied_"),
    "outcome_unable": ("unable_to_provide", "unable_"),
    "outcome_not_processed": ("not_processed", "not_processed_"),
    "outcome_other": ("other_handling", "other_"),
    "carried_in": ("carried_in", ""),
    "carried_out": ("carried_out", ""),
}
"""A metric, its row of the applications table, and how the ids of the rows begin that make it up where it has no cells."""


def _check_received(draft: Draft, plain: Plain) -> None:
    """The number of applications received, with or without those carried in."""
    received = _cells(draft, "applications", {"received_new"}, "total")
    carried = _cells(draft, "applications", {"carried_in"}, "total")
    for figure in plain.get("applications_received", ()) if received else ():
        if figure.value != _sum(received) + _sum(carried):
            _compare(draft, "prose_vs_table_received", figure, received)


def _check_reviews(draft: Draft, plain: Plain) -> None:
    """The numbers of reconsiderations and of litigations."""
    wanted = {
        "reconsiderations": ["reconsideration_total"],
        "litigations": ["litigation_direct_total", "litigation_after_reconsideration_total"],
    }
    for metric, columns in wanted.items():
        if metric not in plain:
            continue
        found = [_cells(draft, "review_litigation", {"cases"}, column) for column in columns]
        for figure in plain[metric] if all(found) else ():
            _compare(draft, "prose_vs_table_review", figure, [cell for cells in found for cell in cells])


def _check_outcomes(draft: Draft, plain: Plain) -> None:
    """What became of the applications."""
    stated = plain.keys() & _OUTCOMES.keys()
    rows = (
        {figure.row for figure in draft.report.figures if figure.metric == "applications" and figure.row} if stated else set()
    )
    for metric in sorted(stated):
        row, members = _OUTCOMES[metric]
        mine = {row} if row in rows or not members else {name for name in rows if name.startswith(members)}
        cells = _cells(draft, "applications", mine, "total")
        for figure in plain[metric] if cells else ():
            _compare(draft, "prose_vs_table_outcome", figure, cells)


_ANNEX_NAMES = {
    "outcome_granted": "answer_granted",
    "outcome_partially_granted": "answer_partially_granted",
    "outcome_denied": "answer_denied",
}
"""Indicators of the statistics annex that are a metric of another name; others have the metric's."""
_YUAN = {"万元": 10_000, "亿元": 100_000_000}


def _check_annex(draft: Draft, plain: Plain) -> None:
    """What the text states and the statistics annex too."""
    annex = {figure.row: figure for figure in draft.report.figures if figure.source == "annex" and figure.value is not None}
    for metric, figures in plain.items() if annex else ():
        if cell := annex.get(_ANNEX_NAMES.get(metric, metric)):
            for figure in figures:
                _compare(draft, "prose_vs_annex", figure, [cell])


def _cells(draft: Draft, table: str, rows: set[str], column: str) -> list[Figure]:
    """A column's cells in some rows; none where the table is not there or one of them states nothing."""
    cells = [
        figure
        for figure in draft.report.figures
        if figure.metric == table and figure.source == "table" and figure.column == column and figure.row in rows
    ]
    return [] if any(cell.value is None for cell in cells) else cells


def _compare(draft: Draft, code: str, figure: Figure, cells: list[Figure]) -> None:
    """A finding where the text states another number, and not roughly, than the cells add up to."""
    in_table = round(sum((cell.value or 0) * _YUAN.get(cell.unit or "", 1) for cell in cells), 2)
    if figure.qualifier != "exact" or figure.value == in_table:
        return
    printed_cells = " + ".join(cell.words for cell in cells)
    message = (
        f"The text gives {_number(figure)} for {_label(figure.metric)} (“{_quote(figure)}”), the table {_text(in_table)}"
        f"{f' ({printed_cells})' if len(cells) > 1 else ''}."
    )
    place = (cells[0].start, cells[0].end) if len(cells) == 1 else ()
    find(draft, code, message, _side(figure), Evidence(in_table, "cell", printed_cells, *place))


# --- dates ------------------------------------------------------------------------------------------------------------


def _check_publication(draft: Draft) -> None:
    """A publication before the day on which the report was signed."""
    published, signed = draft.report.published, draft.report.signed
    if published and signed and len(signed) == len("2020-01-01") and published[:10] < signed:
        sides = [_evidence_of(draft, "published", published), _evidence_of(draft, "signed", signed)]
        message = f"The page was published on {published[:10]}, before the report was signed on {signed} (“{sides[1].words}”)."
        find(draft, "published_before_signed", message, *sides)


def _check_period(draft: Draft) -> None:
    """A statistical period that ends before it begins."""
    period = draft.report.period
    if period and period.start and period.end and period.end < period.start:
        message = f"The statistical period ends on {period.end}, before it begins on {period.start}: “{period.raw}”."
        find(draft, "period_reversed", message, _evidence_of(draft, "period", period.raw))


def _check_expectation(draft: Draft) -> None:
    """Something of the report year that the report still expects: a sentence left from the year before."""
    year = draft.report.report_year
    if year is None:
        return
    for match in _EXPECTED.finditer(draft.plain):
        if int(match["year"]) == year:
            start, end = draft.place(*match.span())
            words = draft.report.text[start:end]
            message = f"The report of {year} still expects something of that year: “{words}”."
            find(draft, "expectation_past", message, Evidence(None, "body", words, start, end))


# --- in words ---------------------------------------------------------------------------------------------------------


def _evidence_of(draft: Draft, name: str, value: str) -> Evidence:
    """What decided a field; the value itself where nothing is recorded."""
    return next(iter(draft.report.evidence.get(name, ())), Evidence(value, name, value))


def _text(number: int | float) -> str:
    return str(int(number) if number == int(number) else round(number, 2))


def _number(figure: Figure) -> str:
    return printed(figure.words, figure.value)


def _quote(figure: Figure) -> str:
    """The figure's sentence without its full stop."""
    return figure.words.rstrip("。")


def _side(figure: Figure) -> Evidence:
    return Evidence(figure.value, "sentence", figure.words, figure.start, figure.end)


def _label(metric: str) -> str:
    return f"“{load_metrics().by_id[metric].label}”"


def _sum(figures: list[Figure]) -> int | float:
    return sum(figure.value for figure in figures if figure.value is not None)


_TEXT_CHECKS: tuple[Callable[[Draft, Plain], None], ...] = (
    _check_two_values,
    _check_sums,
    _check_website,
    _check_visits,
    _check_received,
    _check_reviews,
    _check_outcomes,
    _check_annex,
)
