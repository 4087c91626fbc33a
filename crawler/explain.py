"""What `scrapy extract --explain` prints: a page as a person checks it, decision by decision.

Everything shown stands in the record or in the draft; nothing is worked out here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import BinaryIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipelines.draft import Draft
from pipelines.model import Evidence, Figure, Issue, NamedBody, Report, ReportingBody, Section
from pipelines.model import Table as Grid

PLAIN_WIDTH = 120
CUT_WORDS = 100
SEVERITY = {"error": "bold red", "warning": "yellow", "note": "cyan"}
STATE = {"report": "bold green", "needs_review": "yellow"}


@contextmanager
def console_on(out: BinaryIO) -> Iterator[Console]:
    """A console that writes to a binary stream: colours and the window's width on a terminal, plain text elsewhere."""
    file = io.TextIOWrapper(out, encoding="utf-8", errors="replace", write_through=True)
    try:
        yield Console(file=file, width=None if file.isatty() else PLAIN_WIDTH, highlight=False, emoji=False, markup=False)
    finally:
        file.detach()  # the stream is the caller's to close


def explain(draft: Draft, console: Console) -> None:
    """Prints one page. Wide characters count two columns, so that Chinese tables stay straight."""
    report = draft.report
    console.print(Rule(Text(report.url or report.source or "page"), align="left"))
    console.print(_summary(report))
    for heading, parts in (
        ("Decided", _decisions(report)),
        ("Dates", _dates(report)),
        ("Catalogue", _pairs(report.metadata)),
        ("Sections", _outline(report.sections)),
        ("Tables", _grids(report.tables)),
        ("Figures", _figures(report.figures)),
        ("Findings", _findings(report.issues)),
        ("Cut from the page", _cuts(draft)),
    ):
        shown = list(parts)
        if shown:
            console.print(Text(f"\n{heading}", style="bold"))
            console.print(Padding(Group(*shown), (0, 0, 0, 2)))
    console.print()


def _table(*columns: str) -> Table:
    table = Table(*columns, box=box.SIMPLE, pad_edge=False, show_header=any(columns))
    for column in table.columns:
        column.overflow = "fold"
    return table


def _text(value: object) -> Text:
    return Text("—" if value is None or value == "" else str(value))


def _summary(report: Report) -> Table:
    table = _table("", "")
    body = report.reporting_body
    rows: list[tuple[str, object]] = [
        ("title", report.title),
        ("state", report.state if not report.reason else f"{report.state}: {report.reason}"),
        ("kind", f"{report.page_kind} on {report.trust}"),
        ("year", report.report_year),
        (
            "body",
            body and " · ".join(filter(None, (body.name, body.level, body.organ, body.division_code, body.division_name))),
        ),
        ("regime", report.regime),
        ("published", report.published),
        ("signed", " ".join(filter(None, (report.signed, *map(_named, report.signed_by))))),
        ("compiled by", _named(report.compiled_by)),
        ("published by", _named(report.published_by)),
        ("period", report.period and f"{report.period.start or '—'} to {report.period.end or '—'}: {report.period.raw}"),
        ("text", report.text and f"{len(report.text)} characters, script {report.script}"),
    ]
    for name, value in rows:
        if value:
            style = STATE.get(report.state, "red") if name == "state" else ""
            table.add_row(Text(name, style="dim"), Text(str(value), style=style))
    for number, candidate in enumerate(body.candidates if body else []):
        table.add_row(Text("" if number else "may be", style="dim"), Text(f"{candidate.code} {candidate.name}"))
    for attachment in report.attachments:
        became = "read as the report" if attachment.read else attachment.problem
        words = " · ".join(filter(None, (f"{attachment.name} {attachment.url}", became)))
        table.add_row(Text("attachment", style="dim"), Text(words))
    return table


def _body(body: ReportingBody | None) -> str:
    return " · ".join(filter(None, (body.name, body.level, body.organ, body.division_code, body.division_name))) if body else ""


def _named(body: NamedBody | None) -> str:
    return " ".join(filter(None, (body.name, body.code))) if body else ""


def _decisions(report: Report) -> Iterator[RenderableType]:
    """Per field: the value that won (✓) and the words it was read from, what agrees with it (+), the rivals it beat (≠)."""
    if not report.evidence:
        return
    table = _table("field", "", "value", "where", "words", "at")
    for name, readings in report.evidence.items():
        for number, reading in enumerate(readings):
            mark = "✓" if number == 0 else "+" if reading.value == readings[0].value else "≠"
            table.add_row("" if number else name, mark, *_reading(reading), style="dim" if number else "bold")
    yield table


def _reading(reading: Evidence) -> tuple[Text, Text, Text, Text]:
    return _text(reading.value), Text(reading.where), _text(reading.words), Text(_place(reading.start, reading.end))


def _place(start: int | None, end: int | None) -> str:
    return "" if start is None else f"{start}–{end}"


def _dates(report: Report) -> Iterator[RenderableType]:
    if not report.dates:
        return
    table = _table("kind", "value", "where", "as printed", "")
    for date in report.dates:
        remark = " or ".join(date.candidates) if date.candidates else "repaired" if date.repaired else ""
        table.add_row(Text(date.kind), _text(date.value), Text(date.where), Text(date.raw), Text(remark))
    yield table


def _pairs(pairs: dict[str, str | None]) -> Iterator[RenderableType]:
    if not pairs:
        return
    table = _table("", "")
    for name, value in pairs.items():
        table.add_row(Text(name, style="dim"), _text(value))
    yield table


def _outline(sections: Iterable[Section], depth: int = 0) -> Iterator[RenderableType]:
    for section in sections:
        heading = f"{section.number or ''}{section.separator}{section.heading or '(no heading)'}"
        line = Text("  " * depth).append(heading, style="" if depth else "bold")
        line.append(f"  {section.id or '?'}, {len(section.text)} characters at {section.start}–{section.end}", style="dim")
        yield line
        yield from _outline(section.children, depth + 1)


def _grids(tables: Iterable[Grid]) -> Iterator[RenderableType]:
    for table in tables:
        rows, columns = len(table.grid), len(table.grid[0]) if table.grid else 0
        yield Text(f"{table.id or 'not a standard table'}: {rows} × {columns} {table.caption or ''}".rstrip())


def _figures(figures: list[Figure]) -> Iterator[RenderableType]:
    """Figures of sentences one by one; the cells of a standard table in a line per row."""
    in_prose = [figure for figure in figures if figure.source == "sentence"]
    if in_prose:
        table = _table("metric", "value", "unit", "qualifier", "stated", "words")
        for figure in in_prose:
            name = figure.metric if figure.part_of is None else f"{figure.metric} (part of {figure.part_of})"
            table.add_row(
                name,
                _text(figure.value),
                _text(figure.unit),
                figure.qualifier,
                figure.stated,
                _text(" ".join(figure.words.split())),
            )
        yield table
    in_tables = [figure for figure in figures if figure.source != "sentence"]
    if in_tables:
        table = _table("table", "row", "cells")
        for (metric, row), cells in groupby(in_tables, key=lambda figure: (figure.metric, figure.row)):
            table.add_row(metric, row or "", "  ".join(f"{cell.column or 'value'}={_cell(cell)}" for cell in cells))
        yield table


def _cell(figure: Figure) -> str:
    return str(figure.value) if figure.value is not None else figure.stated


def _findings(issues: Iterable[Issue]) -> Iterator[RenderableType]:
    for issue in issues:
        yield Text.assemble((f"{issue.severity} {issue.code}", SEVERITY.get(issue.severity, "")), f": {issue.message}")
        for side in issue.sides:
            value, where, words, at = _reading(side)
            yield Text("    ").append_text(Text("  ").join(part for part in (value, where, words, at) if part.plain))


def _cuts(draft: Draft) -> Iterator[RenderableType]:
    if not draft.cut:
        return
    table = _table("why", "words")
    for cut in draft.cut:
        words = " ".join(cut.text.split())
        table.add_row(Text(cut.why), Text(words if len(words) <= CUT_WORDS else words[: CUT_WORDS - 1] + "…"))
    yield table
