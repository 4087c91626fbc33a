"""Web pages, web archives (MHT) and plain text as files -> their blocks.

Word's "save as web page" under the name .doc and a table of markup under the name .xls are as common as the real ones.
"""

from __future__ import annotations

import re

from pipelines.decode import is_html, text_of
from pipelines.draft import Block, BlockKind
from pipelines.files.limits import CannotRead
from pipelines.files.mht import page_in_mht
from pipelines.model import Media
from pipelines.page.pieces import Page, read_lines
from pipelines.page.walk import read_html

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_markup(body: bytes) -> tuple[Media, list[Block]] | None:
    """What a file of markup or plain text is, and its blocks; None for bytes that are no text."""
    text, _ = text_of(body)
    if _CONTROL.search(text) or text.count("\ufffd") * 50 > len(text):
        return None
    if is_html(text, ""):
        return "html", _blocks(read_html(text))
    return "txt", _blocks(read_lines(text))


def read_mht(body: bytes) -> list[Block]:
    """The blocks of the page in a web archive; CannotRead when it holds none."""
    markup, content_type = page_in_mht(body)
    if not markup:
        raise CannotRead("it holds no page")
    return _blocks(read_html(text_of(markup, content_type)[0]))


def _blocks(page: Page) -> list[Block]:
    blocks: list[Block] = []
    for piece in page.pieces:
        kind: BlockKind = "heading" if piece.heading else "list_item" if piece.is_item else "paragraph"
        blocks.append(Block("table" if piece.grid is not None else kind, piece.text, piece.grid, piece.bold, piece.align))
    return blocks
