"""Excel's XML of 2003 (SpreadsheetML) -> its blocks. Reporting systems write it under the name .xls."""

from __future__ import annotations

from typing import Any

from lxml import etree

from pipelines.draft import Block
from pipelines.files.limits import MAX_XML, CannotRead
from pipelines.files.sheets import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, blocks_of_sheet, words

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_excel_xml(body: bytes) -> tuple[list[Block], list[str]]:
    """The blocks of the visible sheets, and what lies behind the limits."""
    if len(body) > MAX_XML:
        raise CannotRead(f"it has more than {MAX_XML >> 20} MiB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(body.strip(), parser)
    blocks: list[Block] = []
    gaps: list[str] = []
    sheets = root.findall(f"{_SPACE}Worksheet") if root is not None else []
    if len(sheets) > MAX_SHEETS:
        gaps.append(f"only its first {MAX_SHEETS} sheets were read")
    for sheet in sheets[:MAX_SHEETS]:
        visible = sheet.findtext(".//{urn:schemas-microsoft-com:office:excel}Visible")
        table = sheet.find(f"{_SPACE}Table")
        if table is not None and not (visible or "").startswith("SheetHidden"):
            blocks += _sheet(table, gaps)
    return blocks, gaps


def _sheet(table: Any, gaps: list[str]) -> list[Block]:
    rows: list[list[str]] = []
    merged: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    for row in table.iterfind(f"{_SPACE}Row"):
        top = max(_number(row, "Index", len(rows) + 1) - 1, len(rows))
        if top >= MAX_ROWS:
            gaps.append(f"of a sheet only {MAX_ROWS} rows were read")
            break
        rows += [[] for _ in range(top + 1 - len(rows))]
        if _number(row, "Hidden", 0):
            hidden.add(top)
        left = 0
        for cell in row.iterfind(f"{_SPACE}Cell"):
            left = max(_number(cell, "Index", left + 1) - 1, left)
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if left + across >= MAX_COLUMNS:
                gaps.append(f"of a sheet only {MAX_COLUMNS} columns were read")
                break
            rows[top] += [""] * (left + across + 1 - len(rows[top]))
            rows[top][left] = _text(cell)
            if across or down:
                merged.append((top, left, min(top + down, MAX_ROWS - 1), left + across))
            left += across + 1
    bottom = max((last for _, _, last, _ in merged), default=-1)
    rows += [[] for _ in range(bottom + 1 - len(rows))]
    width = max(map(len, rows), default=0)
    return blocks_of_sheet([row + [""] * (width - len(row)) for row in rows], merged, hidden)


def _text(cell: Any) -> str:
    data = cell.find(f"{_SPACE}Data")
    if data is None:
        return ""
    text = "".join(data.itertext())
    if data.get(f"{_SPACE}Type") == "DateTime":
        return text.partition("T")[0]
    if data.get(f"{_SPACE}Type") == "Number":
        try:
            return words(float(text))
        except ValueError:
            return text
    return words(text)


def _number(element: Any, name: str, otherwise: int) -> int:
    value = element.get(_SPACE + name) or ""
    return int(value) if value.isdigit() and len(value) < 7 else otherwise
