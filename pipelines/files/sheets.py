"""Excel files (XLSX, XLS) -> their blocks: each sheet a grid, the lines above its table as paragraphs."""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_left
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from pipelines.draft import Block, Grid
from pipelines.files.limits import CannotRead, open_zip
from pipelines.model import Span
from pipelines.tabular.grid import MAX_PLACES, render

MAX_ROWS = 2000
MAX_COLUMNS = 100
MAX_SHEETS = 40

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,9}):([A-Z]{1,3})(\d{1,9})")
_NOT_COMPUTED = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_PERCENT = re.compile(r"(?:0(?:\.(0+))?|#)%")

Merged = Iterable[tuple[int, int, int, int]]
"""First row, first column, last row, last column, counted from 0."""


def read_xlsx(body: bytes) -> tuple[list[Block], list[str]]:
    """The blocks of the visible sheets with the values that Excel last computed, and what lies behind the limits."""
    from openpyxl import load_workbook
    from openpyxl.worksheet.worksheet import Worksheet

    gaps = _check_parts(body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep: styles, validations, drawings
        book = load_workbook(BytesIO(body), data_only=True)
    blocks: list[Block] = []
    for sheet in _limited(book.worksheets, gaps):
        if not isinstance(sheet, Worksheet) or sheet.sheet_state != "visible":
            continue
        rows, columns = _within(sheet.title, sheet.max_row, sheet.max_column, gaps)
        values = sheet.iter_rows(max_row=rows, max_col=columns)
        merged = [(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges]
        hidden_rows = {at - 1 for at, row in sheet.row_dimensions.items() if row.hidden}
        hidden_columns: set[int] = set()
        for column in sheet.column_dimensions.values():
            if column.hidden and column.min:
                hidden_columns.update(range(column.min - 1, min(column.max, columns)))
        shown = [[words(cell.value, cell.number_format) for cell in row] for row in values]
        blocks += blocks_of_sheet(shown, merged, hidden_rows, hidden_columns)
    return blocks, gaps


def read_xls(body: bytes) -> tuple[list[Block], list[str]]:
    """As `read_xlsx`, of files of Excel 97 and of WPS."""
    import xlrd

    # xlrd reports damage by print.
    book = xlrd.open_workbook(file_contents=body, formatting_info=True, logfile=io.StringIO(), on_demand=True)
    blocks: list[Block] = []
    gaps: list[str] = []
    for sheet in _limited([book.sheet_by_index(i) for i in range(min(book.nsheets, MAX_SHEETS + 1))], gaps):
        if sheet.visibility:
            continue
        rows, columns = _within(sheet.name, sheet.nrows, sheet.ncols, gaps)

        def value_at(row: int, column: int, sheet: xlrd.sheet.Sheet = sheet) -> str:
            if column >= sheet.row_len(row):
                return ""
            cell = sheet.cell(row, column)
            if cell.ctype == xlrd.XL_CELL_DATE:
                return words(xlrd.xldate_as_datetime(cell.value, book.datemode))
            if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_BOOLEAN):
                return ""
            key = book.xf_list[cell.xf_index].format_key if cell.xf_index is not None else 0
            return words(cell.value, book.format_map[key].format_str if key in book.format_map else "")

        merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
        hidden_rows = {at for at, row in sheet.rowinfo_map.items() if row.hidden}
        hidden_columns = {at for at, column in sheet.colinfo_map.items() if column.hidden}
        shown = [[value_at(row, column) for column in range(columns)] for row in range(rows)]
        blocks += blocks_of_sheet(shown, merged, hidden_rows, hidden_columns)
    return blocks, gaps


def _check_parts(body: bytes) -> list[str]:
    """Raises CannotRead for merged cells over millions of places, of which openpyxl would make an object each; returns what is
    missing from cells whose formula was never computed."""
    from openpyxl.utils import column_index_from_string

    gaps: list[str] = []
    with open_zip(body) as archive:
        for member in archive.infolist():
            if not member.filename.startswith("xl/worksheets/"):
                continue
            part = archive.read(member)
            if not gaps and _NOT_COMPUTED.search(part):
                gaps.append("some of its formulas have no value")
            for found in _MERGED.finditer(part):
                first, top, last, bottom = found.groups()
                width = column_index_from_string(last.decode()) - column_index_from_string(first.decode())
                if (abs(width) + 1) * (abs(int(bottom) - int(top)) + 1) > MAX_PLACES:
                    raise CannotRead(f"it merges more than {MAX_PLACES} places into one cell")
    return gaps


def _limited(sheets: list[Any], gaps: list[str]) -> list[Any]:
    if len(sheets) > MAX_SHEETS:
        gaps.append(f"only its first {MAX_SHEETS} sheets were read")
    return sheets[:MAX_SHEETS]


def _within(name: str, rows: int, columns: int, gaps: list[str]) -> tuple[int, int]:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        gaps.append(f"of the sheet {name} only {MAX_ROWS} rows of {MAX_COLUMNS} columns were read")
    return min(rows, MAX_ROWS), min(columns, MAX_COLUMNS)


def words(value: object, number_format: str = "") -> str:
    """A cell's value as a reader sees it: whole numbers without a point, shares in percent, dates as ISO 8601."""
    match value:
        case None | bool():
            return ""
        case int() | float() if percent := _PERCENT.search(number_format):
            return f"{value:.{len(percent.group(1) or '')}%}"
        case float():
            # What Excel shows of 0.1 + 0.2; more digits are the binary number's.
            return str(int(value)) if value.is_integer() else repr(float(f"{value:.15g}"))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
    return "".join(str(value).split("\n")).strip()


def blocks_of_sheet(
    rows: list[list[str]], merged: Merged, hidden_rows: Collection[int] = (), hidden_columns: Collection[int] = ()
) -> list[Block]:
    """The blocks of a sheet: rows before and after its table that hold one text are lines, the rest is the grid."""
    spans: list[Span] = []
    for top, left, bottom, right in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        bottom, right = min(bottom, len(rows) - 1), min(right, len(rows[top]) - 1)
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * (right + 1 - left)
        spans.append(Span(top, left, bottom - top + 1, right - left + 1))
    if hidden_rows or hidden_columns:
        rows, spans = _without_hidden(rows, spans, sorted(hidden_rows), sorted(hidden_columns))
    filled = [at for at, row in enumerate(rows) if any(row)]
    columns = [at for at in range(max(map(len, rows), default=0)) if any(row[at] for row in rows)]
    if not filled or not columns:
        return []
    table = [at for at in filled if len({text for text in rows[at] if text}) > 1]
    if not table:
        return [Block("paragraph", next(text for text in rows[at] if text)) for at in filled]
    first, last = table[0], table[-1]
    before = [Block("paragraph", next(text for text in rows[at] if text), align="center") for at in filled if at < first]
    after = [Block("paragraph", next(text for text in rows[at] if text)) for at in filled if at > last]
    grid = _cut(rows, spans, range(first, last + 1), range(columns[0], columns[-1] + 1))
    return [*before, Block("table", render(grid), grid), *after]


def _without_hidden(
    rows: list[list[str]], spans: list[Span], hidden_rows: list[int], hidden_columns: list[int]
) -> tuple[list[list[str]], list[Span]]:
    """A sheet without the rows and columns that its reader does not see."""

    def seen(start: int, count: int, hidden: list[int]) -> tuple[int, int]:
        before, until = bisect_left(hidden, start), bisect_left(hidden, start + count)
        return start - before, count - (until - before)

    left = []
    for span in spans:
        (row, height), (column, width) = (
            seen(span.row, span.rows, hidden_rows),
            seen(span.column, span.columns, hidden_columns),
        )
        if height > 0 and width > 0:
            left.append(Span(row, column, height, width))
    gone_rows, gone_columns = set(hidden_rows), set(hidden_columns)
    kept = [row for at, row in enumerate(rows) if at not in gone_rows]
    return [[cell for at, cell in enumerate(row) if at not in gone_columns] for row in kept], left


def _cut(rows: list[list[str]], spans: list[Span], kept: range, columns: range) -> Grid:
    """The grid of a range of rows and columns, with the spans that lie in it."""
    cells = [row[columns.start : columns.stop] for row in rows[kept.start : kept.stop]]
    inside = []
    for span in spans:
        row, column = max(span.row, kept.start), max(span.column, columns.start)
        height = min(span.row + span.rows, kept.stop) - row
        width = min(span.column + span.columns, columns.stop) - column
        if height > 0 and width > 0 and (height > 1 or width > 1):
            inside.append(Span(row - kept.start, column - columns.start, height, width))
    return Grid(cells, inside)
