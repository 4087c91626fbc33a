"""A PDF -> its blocks: the pages' lines and ruled tables, without page numbers and running heads."""

from __future__ import annotations

import logging
import re
import zlib
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
from pipelines.files.fixed_pages import Pages, turn_of
from pipelines.files.limits import MAX_DRAWN, MAX_PAGES, CannotRead

MAX_STREAM = 64 << 20
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each oddity in the insides of a file
_STREAM = re.compile(rb"stream\r?\n")


def read_pdf(body: bytes) -> tuple[list[Block], list[str]]:
    """The blocks, and what is missing from them; raises CannotRead for a scan, a password, a bomb."""
    _refuse_bombs(body)
    try:
        pdf = PDF(BytesIO(body))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise CannotRead("it is under a password") from error
        raise
    pages = Pages()
    drawn = [0]
    for number, page_object in enumerate(PDFPage.create_pages(pdf.doc), 1):
        if number > MAX_PAGES:
            pages.gaps.append(f"only its first {MAX_PAGES} pages were read")
            break
        page = _Page(pdf, page_object, number, drawn)
        if turn := turn_of(page.chars):
            page_object.rotate = (page_object.rotate + turn) % 360
            page = _Page(pdf, page_object, number, drawn)
        pages.add(page, float(page.height))
    return pages.read()


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
