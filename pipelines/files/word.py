"""A Word file (DOCX) -> its blocks."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Literal

from docx import Document as open_document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from pipelines.files.limits import MAX_BLOCKS, CannotRead, open_zip
from pipelines.files.text import joined, with_whole_title
from pipelines.files.word_numbers import Numbers
from pipelines.model import Block
from pipelines.tabular.grid import MAX_COLUMNS, Laid, lay_out, render

_TEXT = qn("w:t")
_BREAKS = (qn("w:br"), qn("w:cr"))
_TAB = qn("w:tab")
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:smartTag", "w:customXml")))
_UNSEEN = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:pict", "w:drawing", "w:object"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
}
_ALIGNMENT, _VALUE = f"{qn('w:pPr')}/{qn('w:jc')}", qn("w:val")
_ALIGNED: dict[str | None, Literal["center", "right"]] = {"center": "center", "right": "right", "end": "right"}
_DEEPEST_STYLE = 20
_FEWEST_CELLS = 4
_LONGEST_CELL = 300
"""A cell of more characters than this is a frame around text."""


def read_docx(body: bytes) -> list[Block]:
    """The paragraphs and tables of the body, with automatic numbers written out; headers, footers, notes, text boxes and
    deleted words are left out."""
    open_zip(body).close()
    document = open_document(BytesIO(body))
    numbers = Numbers(document)
    blocks: list[Block] = []
    for element in _elements(document.element.body):
        if len(blocks) > MAX_BLOCKS:
            raise CannotRead(f"it has more than {MAX_BLOCKS} paragraphs")
        if element.tag == _PARAGRAPH:
            blocks += _paragraph(Paragraph(element, document._body), numbers)
        else:
            blocks += _table(element, document._body, numbers)
    return with_whole_title(blocks)


def _elements(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, wherever controls and tracked changes wrap them."""
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _elements(child)


def _paragraph(paragraph: Paragraph, numbers: Numbers) -> list[Block]:
    """A block per line of a paragraph; none for an empty one."""
    lines = [words for line in _lines(paragraph._p) if (words := " ".join(line.split()))]
    if not lines:
        return []
    lines[0] = numbers.of(paragraph) + lines[0]
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    heading = style.lower().startswith(("heading", "title", "标题"))
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = heading or (bool(runs) and all(run.bold for run in runs))
    align = _align(paragraph)
    return [Block("heading" if heading else "paragraph", line, bold=bold, align=align) for line in lines]


def _align(paragraph: Paragraph) -> Literal["left", "center", "right"]:
    """As the paragraph or its style says. Read from the markup: `Paragraph.alignment` refuses start and end, which
    LibreOffice writes."""
    element, style = paragraph._p, paragraph.style
    for _ in range(_DEEPEST_STYLE):
        named = element.find(_ALIGNMENT)
        if named is not None:
            return _ALIGNED.get(named.get(_VALUE), "left")
        if style is None:
            break
        element, style = style.element, style.base_style
    return "left"


def _lines(element: Any) -> list[str]:
    """The words of a paragraph, line by line."""
    lines = [""]

    def walk(node: Any) -> None:
        for child in node:
            if child.tag == _TEXT:
                lines[-1] += child.text or ""
            elif child.tag == _TAB:
                lines[-1] += " "
            elif child.tag in _BREAKS:
                lines.append("")
            elif child.tag not in _UNSEEN:
                walk(child)

    walk(element)
    return lines


def _table(element: Any, body: Any, numbers: Numbers) -> list[Block]:
    """A table block; the paragraphs of the cells where the table is only a frame around text."""
    rows = [_row(row) for row in _children(element, _ROW)]
    words = [cell.text for row in rows for cell in row]
    if len(words) < _FEWEST_CELLS or max(map(len, words)) > _LONGEST_CELL:
        blocks: list[Block] = []
        for row in _children(element, _ROW):
            for cell in _children(row, _CELL):
                for inner in _elements(cell):
                    blocks += (
                        _paragraph(Paragraph(inner, body), numbers) if inner.tag == _PARAGRAPH else _table(inner, body, numbers)
                    )
        return blocks
    grid = lay_out("", [_with_rows(rows)])
    return [Block("table", render(grid), grid)] if any(words) else []


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


class _Cell:
    """A cell of a row: its words, its columns and whether it goes on from the row above."""

    def __init__(self, text: str, columns: int, goes_on: bool) -> None:
        self.text, self.columns, self.goes_on = text, columns, goes_on


def _row(row: Any) -> list[_Cell]:
    cells = [_Cell("", 1, False) for _ in range(min(row.grid_before, MAX_COLUMNS))]
    for cell in _children(row, _CELL):
        lines = [words for node in cell.iter(_PARAGRAPH) for line in _lines(node) if (words := " ".join(line.split()))]
        merged = cell.vMerge == "continue"
        cells.append(_Cell("" if merged else joined(lines), max(cell.grid_span, 1), merged))
    return cells


def _with_rows(rows: list[list[_Cell]]) -> list[list[Laid]]:
    """The rows of cells with the number of rows that each covers."""
    places: list[dict[int, _Cell]] = []
    for row in rows:
        at = 0
        starts: dict[int, _Cell] = {}
        for cell in row:
            starts[at] = cell
            at += cell.columns
        places.append(starts)
    out: list[list[Laid]] = []
    for index, starts in enumerate(places):
        laid: list[Laid] = []
        for at, cell in starts.items():
            above = places[index - 1].get(at) if index else None
            if cell.goes_on and above is not None and above.columns == cell.columns:
                continue
            height = 1
            while (
                index + height < len(places)
                and (under := places[index + height].get(at)) is not None
                and under.goes_on
                and under.columns == cell.columns
            ):
                height += 1
            laid.append(Laid(cell.text, cell.columns, height))
        out.append(laid)
    return out
