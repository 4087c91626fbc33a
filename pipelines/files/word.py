"""A Word file (DOCX) -> its blocks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Literal

from docx import Document as open_document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from pipelines.draft import Block
from pipelines.files.limits import MAX_BLOCKS, CannotRead, open_zip
from pipelines.files.text import joined, with_whole_title
from pipelines.files.word_numbers import Numbers
from pipelines.tabular.grid import MAX_COLUMNS, Laid, lay_out, render

_TEXT = qn("w:t")
_BREAKS = (qn("w:br"), qn("w:cr"))
_TAB, _HYPHEN = qn("w:tab"), qn("w:noBreakHyphen")
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:smartTag", "w:customXml")))
_UNSEEN = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:pict", "w:drawing", "w:object"))) | {_ALTERNATIVES}
_BOX = qn("w:txbxContent")
_COLUMN, _WIDTH = qn("w:gridCol"), qn("w:w")
_THIN = 30
"""Twips, a point and a half: no character fits in."""
_DELETED_ROW = f"{qn('w:trPr')}/{qn('w:del')}"
_GALLERY = f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}"
_CONTENTS_STYLE = re.compile(r"toc ?\d", re.I)
_ALIGNMENT, _VALUE = f"{qn('w:pPr')}/{qn('w:jc')}", qn("w:val")
_ALIGNED: dict[str | None, Literal["center", "right"]] = {"center": "center", "right": "right", "end": "right"}
_DEEPEST_STYLE = 20
_FEWEST_CELLS = 4
_LONGEST_CELL = 300
"""A cell of more characters than this is a frame around text."""


def read_docx(body: bytes) -> list[Block]:
    """The paragraphs and tables of the body, with automatic numbers written out and text boxes where they hang; headers,
    footers, notes, the table of contents and deleted words are left out."""
    open_zip(body).close()
    document = open_document(BytesIO(body))
    numbers = Numbers(document)
    blocks: list[Block] = []
    for element in _elements(document.element.body):
        if len(blocks) > MAX_BLOCKS:
            raise CannotRead(f"it has more than {MAX_BLOCKS} paragraphs")
        blocks += _of_element(element, document._body, numbers)
    return with_whole_title(blocks)


def _elements(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, wherever controls and tracked changes wrap them; without the table of contents."""
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag in _WRAPPERS:
            gallery = child.find(_GALLERY)
            if gallery is None or gallery.get(_VALUE) != "Table of Contents":
                yield from _elements(child)


def _of_element(element: Any, body: Any, numbers: Numbers) -> list[Block]:
    """The blocks of a paragraph, the text boxes that hang on it first, or of a table."""
    if element.tag == _TABLE:
        return _table(element, body, numbers)
    blocks = [block for box in _boxes(element) for inner in _elements(box) for block in _of_element(inner, body, numbers)]
    return blocks + _paragraph(Paragraph(element, body), numbers)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes of a paragraph; of alternatives, which hold the same words for Word of today and of old, the first."""
    stack = [paragraph]
    while stack:
        node = stack.pop()
        if node.tag == _BOX:
            yield node
        else:
            children = list(node)
            stack += reversed(children[:1] if node.tag == _ALTERNATIVES else children)


def _paragraph(paragraph: Paragraph, numbers: Numbers) -> list[Block]:
    """A block per line of a paragraph; none for an empty one."""
    lines = [words for line in _lines(paragraph._p) if (words := " ".join(line.split()))]
    if not lines:
        return []
    lines[0] = numbers.of(paragraph) + lines[0]
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if _CONTENTS_STYLE.match(style):
        return []
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
            elif child.tag == _HYPHEN:
                lines[-1] += "-"
            elif child.tag in _BREAKS:
                lines.append("")
            elif child.tag not in _UNSEEN:
                walk(child)

    walk(element)
    return lines


def _table(element: Any, body: Any, numbers: Numbers) -> list[Block]:
    """A table block; the paragraphs of the cells where the table is only a frame around text."""
    rows = [_row(row) for row in _children(element, _ROW) if row.find(_DELETED_ROW) is None]
    words = [cell.text for row in rows for cell in row]
    if len(words) < _FEWEST_CELLS or max(map(len, words)) > _LONGEST_CELL:
        blocks: list[Block] = []
        for row in _children(element, _ROW):
            for cell in _children(row, _CELL):
                for inner in _elements(cell):
                    blocks += _of_element(inner, body, numbers)
        return blocks
    grid = lay_out("", [_with_rows(rows, _thin(element))])
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


def _thin(table: Any) -> list[int]:
    """The columns of a table's grid that nobody sees: converters put them where edges of two rows differ by a hair."""
    widths = [width if (width := column.get(_WIDTH, "")).isdigit() else "0" for column in table.iter(_COLUMN)]
    seen = any(int(width) >= _THIN for width in widths)
    return [at for at, width in enumerate(widths) if seen and 0 < int(width) < _THIN]


def _with_rows(rows: list[list[_Cell]], thin: list[int]) -> list[list[Laid]]:
    """The rows of cells with the number of rows that each covers; `thin` columns are left out."""
    places: list[dict[int, _Cell]] = []
    for row in rows:
        at = 0
        starts: dict[int, _Cell] = {}
        for cell in row:
            start, at = at, at + cell.columns
            cell.columns -= bisect_left(thin, at) - bisect_left(thin, start)
            if cell.columns or cell.text:
                starts[start - bisect_left(thin, start)] = cell
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
            laid.append(Laid(cell.text, max(cell.columns, 1), height))
        out.append(laid)
    return out
