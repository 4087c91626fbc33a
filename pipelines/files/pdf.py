"""A PDF -> its blocks: the pages' lines and ruled tables, without page numbers and running heads."""

from __future__ import annotations

import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer.layout import LTPage
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from pipelines.draft import Block
from pipelines.files.limits import MAX_PAGES, CannotRead
from pipelines.files.pdf_flow import Item, PageItems, blocks_of, without_margins
from pipelines.files.pdf_lines import Char, lines_of
from pipelines.files.pdf_tables import Ruled, tables_on

MAX_DRAWN = 200_000
"""Characters, paths and forms that are drawn; a page of text has 1,500."""
MAX_EDGES = 6000
"""Edges of rules on a page; a form of 28 rows and 10 columns with each cell ruled by itself has 1,200. Drawings have more, and
no tables."""
MAX_STREAM = 64 << 20
_SIDEWAYS = 50
"""Fewer characters are a mark at the edge of a page."""
_STRAIGHT = 20
"""How many times larger one part of a direction is than the other where a character stands or lies: three degrees."""
_LEVEL = 0.5
"""Points by which a rule may be aslant."""
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each oddity in the insides of a file
_STREAM = re.compile(rb"stream\r?\n")
_UNKNOWN_GLYPH = re.compile(r"\(cid:\d+\)")


def read_pdf(body: bytes) -> tuple[list[Block], list[str]]:
    """The blocks, and what is missing from them; raises CannotRead for a scan, a password, a bomb."""
    _refuse_bombs(body)
    try:
        pdf = PDF(BytesIO(body))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise CannotRead("it is under a password") from error
        raise
    pages: list[PageItems] = []
    pictures: list[int] = []
    gaps: list[str] = []
    drawn = [0]
    sideways: list[int] = []
    unknown = total = 0
    for number, page_object in enumerate(PDFPage.create_pages(pdf.doc), 1):
        if number > MAX_PAGES:
            gaps.append(f"only its first {MAX_PAGES} pages were read")
            break
        page = _Page(pdf, page_object, number, drawn)
        if turn := _turn_of(page):
            page_object.rotate = (page_object.rotate + turn) % 360
            page = _Page(pdf, page_object, number, drawn)
        printed: list[Char] = page.dedupe_chars(extra_attrs=()).chars
        chars = [char for char in printed if _angle(char) == 0]
        if sum(_angle(char) in (90, 180, 270) for char in printed) >= _SIDEWAYS:
            sideways.append(number)
        unknown += sum(_UNKNOWN_GLYPH.fullmatch(char["text"]) is not None for char in chars)
        total += len(chars)
        if not any(char["text"].strip() for char in chars):
            if page.images:
                pictures.append(number)
            pages.append(PageItems(float(page.height), []))
            continue
        pages.append(_items(page, chars))
    if not pages:
        raise CannotRead("it has no pages")
    if len(pictures) == len(pages) or (pictures and total < 20 * len(pages)):
        raise CannotRead(f"it is a scan: {len(pictures)} page(s) of pictures without text")
    if sideways:
        gaps.append(f"text that stands sideways: page {', '.join(map(str, sideways))}")
        if not total:
            raise CannotRead("its text stands sideways")
    if unknown * 5 > total:
        raise CannotRead("its fonts do not say which characters they draw")
    if pictures:
        gaps.append(f"pictures without text: page {', '.join(map(str, pictures))}")
    return blocks_of(without_margins(pages)), gaps


class _Page(Page):
    """A page whose drawing is counted; `drawn` holds what all pages of the file have drawn so far."""

    def __init__(self, pdf: PDF, page_object: PDFPage, number: int, drawn: list[int]) -> None:
        self._drawn = drawn
        super().__init__(pdf, page_object, number)

    @property
    def layout(self) -> LTPage:
        if not hasattr(self, "_layout"):
            device = _Counting(self.pdf.rsrcmgr, pageno=self.page_number)
            device.drawn = self._drawn
            PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout


class _Counting(PDFPageAggregatorWithMarkedContent):
    """Ends a page that draws without end: forms may call each other a million times from a few bytes."""

    drawn: list[int]

    def _count(self) -> None:
        self.drawn[0] += 1
        if self.drawn[0] > MAX_DRAWN:
            raise CannotRead(f"it draws more than {MAX_DRAWN} things")

    def render_char(self, *args: Any, **named: Any) -> float:
        self._count()
        return super().render_char(*args, **named)

    def paint_path(self, *args: Any, **named: Any) -> None:
        self._count()
        super().paint_path(*args, **named)

    def begin_figure(self, *args: Any, **named: Any) -> None:
        self._count()
        super().begin_figure(*args, **named)


def _angle(char: Char) -> int | None:
    """By how many degrees a character is turned to the left; None for one that stands aslant, as in a stamp over the page."""
    a, b = char["matrix"][:2]
    if abs(a) > _STRAIGHT * abs(b):
        return 0 if a > 0 else 180
    if abs(b) > _STRAIGHT * abs(a):
        return 90 if b > 0 else 270
    return None


def _turn_of(page: Page) -> int:
    """By how many degrees to the right a reader turns the page: most of its words stand sideways."""
    angles = Counter(_angle(char) for char in page.chars if char["text"].strip())
    turn, count = max(angles.items(), key=lambda entry: entry[1], default=(0, 0))
    return turn if turn and count * 2 > angles.total() else 0


def _straighten(page: Page) -> None:
    """Makes rules level that a turned page has aslant by the last digits of a number: pdfplumber takes them for no rules."""
    for line in page.lines:
        for low, high in (("x0", "x1"), ("top", "bottom"), ("y0", "y1")):
            if 0 < abs(line[high] - line[low]) < _LEVEL:
                line[high] = line[low]
                line["width" if low == "x0" else "height"] = 0


def _items(page: _Page, chars: list[Char]) -> PageItems:
    """The tables of a page and the lines outside of them, from top to bottom."""
    tables: list[Ruled] = []
    _straighten(page)
    if len(page.edges) <= MAX_EDGES:
        tables, chars = tables_on(page, chars)
    found: list[Item] = [*tables, *lines_of(chars)]
    return PageItems(float(page.height), sorted(found, key=lambda item: item.top))


def _refuse_bombs(body: bytes) -> None:
    """Raises CannotRead when a stream inflates to more than a page can need: the library would inflate it whole."""
    for found in _STREAM.finditer(body):
        for size in _inflated(body, found.end()):
            if size > MAX_STREAM:
                raise CannotRead(f"a stream of it inflates to more than {MAX_STREAM >> 20} MiB")


def _inflated(body: bytes, at: int) -> Iterator[int]:
    """What a stream that begins at an offset inflates to, filter by filter; nothing for one that is not deflated."""
    data = memoryview(body)[at : at + MAX_STREAM]
    while len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0:
        try:
            out = zlib.decompressobj().decompress(data, MAX_STREAM + 1)
        except zlib.error:
            return
        yield len(out)
        data = memoryview(out)
