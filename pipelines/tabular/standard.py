"""The standard tables of a report -> its table figures, and the format that their labels show.

Tables are known by their labels, never by their place on the page or the report's year. What cannot be read with certainty is
left out, with an issue that names it.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.draft import Block, Draft
from pipelines.model import Evidence, Figure, Regime, Span, Table
from pipelines.tabular.annex import read_annex
from pipelines.tabular.form_tables import REVIEW, read_applications, read_proactive, read_review
from pipelines.tabular.forms import ANNEX, Family, column_label, forms_of, keys_of, marks, meanings, row_label, table_title
from pipelines.tabular.grid import Cell, cells_of
from pipelines.tabular.rows import Found, Head, Line

_FEWEST_INDICATORS = 3
"""A table with no more indicators of the annex than this is another table, but right behind the annex it is its rest."""

TableLines = list[tuple[Block, list[Line], dict[str, Cell]]]
"""Each table of a report, its cells, and what stands in them that may be a label, with the first cell where it does."""


def table_lines(draft: Draft) -> TableLines:
    """The report's tables in order."""
    tables = [(block, cells_of(block.grid)) for block in draft.blocks if block.kind == "table" and block.grid is not None]
    return [(block, lines, _labels_in(lines)) for block, lines in tables]


def _labels_in(lines: list[Line]) -> dict[str, Cell]:
    first: dict[str, Cell] = {}
    for line in lines:
        for cell in line:
            if cell.text not in first:
                first[cell.text] = cell
    return {text: cell for text, cell in first.items() if meanings(text)}


def read_standard_tables(draft: Draft, tables: TableLines) -> list[Figure]:
    """The figures of the report's standard tables; sets `report.tables` to all tables, standard or not.

    A place of a form that is filled twice keeps its first value; where the second differs, an issue has both.
    """
    reader = _Reader()
    figures: dict[tuple[str, str | None, str | None], Figure] = {}
    draft.report.tables = []
    for block, lines, labels in tables:
        found = reader.read(lines, labels, block.start)
        draft.report.tables.append(_table_of(block, found))
        for figure in found.figures:
            first = figures.setdefault((figure.metric, figure.row, figure.column), figure)
            if first is not figure and first.value != figure.value:
                _report_repeated(draft, first, figure)
        _report_refused(draft, block, found)
    return list(figures.values())


class _Reader:
    """Reads the tables of one page in order; knows the columns of a table that a page template cut in two."""

    def __init__(self) -> None:
        self._heads: list[Head] = []
        self._after_annex = False

    def read(self, lines: list[Line], labels: Iterable[str], start: int) -> Found:
        """What the standard tables in one table of the page state, which begins at `start`."""
        found = Found(start)
        names: dict[Family, set[tuple[str, str]]] = {}
        for label in (label for text in labels for label in meanings(text)):
            names.setdefault(label.family, set()).add((label.axis, label.id))
        if max(map(len, lines), default=0) < 2:
            _refuse_shapeless(lines, {family for family, named in names.items() if len(named) > 3}, found)
            return found
        if "proactive" in names:
            read_proactive(lines, found)
        if len(names.get("applications", ())) > 2:
            self._heads = read_applications(lines, found, self._heads)
        if len(names.get("review", ())) > 2:
            read_review(lines, found)
        indicators = sum(axis == "row" for axis, _ in names.get("annex", ()))
        if indicators > (0 if self._after_annex else _FEWEST_INDICATORS):
            read_annex(lines, found)
        self._after_annex = ANNEX in found.tables
        return found


def _refuse_shapeless(lines: list[Line], families: set[Family], found: Found) -> None:
    """A standard table in one column has lost its shape (see `pipelines.tables`): it is named and not read."""
    for label in (label for line in lines for cell in line for label in meanings(cell.text)):
        if label.family not in families:
            continue
        if label.family == "review" and label.axis == "column":
            found.tables[REVIEW] = None
        elif label.table and label.axis == "row":
            found.tables[label.table] = None
    found.refused += [(table, None) for table in found.tables]


def regime_of(draft: Draft, tables: TableLines) -> Regime | None:
    """The format whose own labels stand in the report's tables, with those cells as evidence; None where no table tells.

    Where labels of both formats stand, the more distinct ones win, the rivals follow as evidence, and an issue says so.
    """
    seen: dict[str, tuple[Regime, bool, Evidence]] = {}
    known = marks()
    for block, _, labels in tables:
        for text, cell in labels.items():
            for key in keys_of(text):
                if key in known and key not in seen:
                    seen[key] = (*known[key], _evidence_of_cell(block, cell, known[key][0]))
    score: dict[Regime, int] = {}
    for regime, is_strong, _ in seen.values():
        score[regime] = score.get(regime, 0) + (2 if is_strong else 1)
    if not score:
        return None
    ranked = sorted(score, key=lambda regime: -score[regime])
    sides = [side for best in ranked for regime, _, side in seen.values() if regime == best]
    draft.report.evidence["regime"] = sides
    if len(ranked) > 1:
        firsts = [next(side for side in sides if side.value == regime) for regime in ranked]
        words = f"“{firsts[0].words}” is of {ranked[0]}, “{firsts[1].words}” of {ranked[1]}"
        draft.add_issue("regime_mixed", "warning", f"The tables mix labels of two formats: {words}.", *firsts)
    return ranked[0]


def report_gaps(draft: Draft, regime: Regime) -> None:
    """Issues for the tables of a format that the report does not have, and for rows that are missing in a table that was read.

    A table of which something was refused has its own issue.
    """
    present = {name for table in draft.report.tables if table.id for name in table.id.split()}
    missing = [form.title for form in forms_of(regime) if form.id not in present]
    if missing:
        titles = "、".join(f"“{title}”" for title in missing)
        message = f"The report has no table {titles}, which {regime} asks for."
        draft.add_issue("table_missing", "warning", message, *draft.report.evidence.get("regime", [])[:1])
    refused = any(issue.code == "table_incomplete" for issue in draft.report.issues)
    figures: dict[str, list[Figure]] = {}
    for figure in draft.report.figures:
        if figure.source == "table":
            figures.setdefault(figure.metric, []).append(figure)
    for form in () if refused else forms_of(regime):
        read = figures.get(form.id, [])
        rows = {figure.row for figure in read}
        if rows and (lost := [row.label for row in form.rows if row.kind == "data" and row.id not in rows]):
            labels = "、".join(f"“{label}”" for label in lost)
            message = f"The table “{form.title}” lacks the rows {labels}."
            first, last = read[0], read[-1]
            there = Evidence(len(rows), "table", draft.report.text[first.start : last.end], first.start, last.end)
            draft.add_issue("table_rows_missing", "note", message, Evidence(len(lost), "form", "、".join(lost)), there)


def _table_of(block: Block, found: Found) -> Table:
    grid = block.grid
    assert grid is not None
    caption = None
    width = len(grid.cells[0]) if grid.cells else 0
    if width > 1 and Span(0, 0, 1, width) in grid.spans:
        caption = grid.cells[0][0] or None
    return Table(" ".join(found.tables) or None, caption, grid.cells, grid.spans, block.start, block.end)


def _evidence_of_cell(block: Block, cell: Cell, value: str | None = None) -> Evidence:
    return Evidence(value, "cell", cell.text, block.start + cell.start, block.start + cell.end)


def _report_repeated(draft: Draft, first: Figure, second: Figure) -> None:
    place = f"“{row_label(first.metric, first.row or '')}”"
    if first.column:
        place += f", “{column_label(first.metric, first.column)}”"
    message = f"{place} stands twice in the tables, as “{first.words}” and as “{second.words}”; the first is kept."
    sides = [Evidence(figure.value, "cell", figure.words, figure.start, figure.end) for figure in (first, second)]
    draft.add_issue("table_repeated", "warning", message, *sides)


def _report_refused(draft: Draft, block: Block, found: Found) -> None:
    """Issues for what stands in the table and was not read."""
    for table in dict.fromkeys(table for table, _ in found.refused):
        labels = [label for refused, label in found.refused if refused == table and label is not None]
        some = any(figure.metric == table for figure in found.figures)
        rows = "、".join(f"“{label.text}”" for label in labels[:3]) + (" …" if len(labels) > 3 else "")
        why = f"the cells of {rows} do not fit the columns" if rows else "its cells do not fit the form, some may be lost"
        message = f"{'Part of the' if some else 'The'} table “{table_title(table)}” was not read: {why}; nothing was filled in."
        sides = [_evidence_of_cell(block, label) for label in labels]
        draft.add_issue(
            "table_incomplete",
            "warning",
            message,
            *(sides or [Evidence(None, "cell", block.text[:80], block.start, block.end)]),
        )
    for cell in found.unreadable:
        message = f"A cell of a standard table holds “{cell.text}” where a number belongs."
        draft.add_issue("table_cell_unreadable", "warning", message, _evidence_of_cell(block, cell))
    for row, cells in found.ambiguous.items():
        names = " and ".join(f"“{cell.text}”" for cell in cells)
        message = f"{names} may all be the indicator “{row_label(ANNEX, row)}” of the statistics annex; none was taken for it."
        draft.add_issue("table_row_ambiguous", "note", message, *(_evidence_of_cell(block, cell) for cell in cells))
