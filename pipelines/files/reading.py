"""A file -> its blocks, or the reason why it has none. Whatever the bytes are, nothing is raised."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from pipelines.draft import Block
from pipelines.files.limits import MAX_FILE, CannotRead
from pipelines.files.sniff import CONVERTIBLE, NAMES, PACKED, is_encrypted_office, media_of
from pipelines.model import Media

logger = logging.getLogger(__name__)

NEEDS_CONVERTER = "install libreoffice-writer to read it"
NEEDS_UNPACKER = "install libarchive-tools (bsdtar) to open it"


@dataclass(slots=True)
class FileText:
    """What a file says."""

    media: Media | None
    """None for bytes of no known kind."""
    blocks: list[Block] = field(default_factory=list)
    problem: str | None = None
    """Why there are no blocks, beginning with what the file is."""
    gaps: list[str] = field(default_factory=list)
    """What is missing although there are blocks: pages that are pictures, what lies behind a limit."""


def read_file(body: bytes) -> FileText:
    """The blocks of a file in reading order, tables as grids in their place."""
    media = media_of(body)
    if len(body) > MAX_FILE:
        return FileText(media, problem=f"{NAMES[media] if media else 'a file'} of more than {MAX_FILE >> 20} MiB")
    if media is None:
        return _read_text(body)
    text = FileText(media)
    try:
        text.blocks, text.gaps = _read(media, body)
    except CannotRead as error:
        text.problem = f"{NAMES[media]}; {error}"
    except RecursionError:
        text.problem = f"{NAMES[media]}; it is broken: nested without end"
    except Exception as error:  # a broken file makes these libraries raise whatever comes first
        logger.debug("cannot read %s", NAMES[media], exc_info=True)
        text.problem = f"{NAMES[media]}; it is broken: {type(error).__name__}{f': {error}' if str(error) else ''}"
    if not text.problem and not text.blocks:
        text.problem = f"{NAMES[media]} without text"
    return text


def _read_text(body: bytes) -> FileText:
    """A file that no bytes at its head name: markup or plain text, or nothing that can be read."""
    from pipelines.files.markup import read_markup

    found = read_markup(body) if body.strip() else None
    if found is None:
        return FileText(None, problem="neither a page nor a file of a known kind" if body.strip() else "an empty file")
    media, blocks = found
    return FileText(media, blocks, problem=None if blocks else f"{NAMES[media]} without text")


def _read(media: Media, body: bytes) -> tuple[list[Block], list[str]]:
    match media:
        case "pdf":
            from pipelines.files.pdf import read_pdf

            return read_pdf(body)
        case "ofd":
            from pipelines.files.ofd import read_ofd

            return read_ofd(body)
        case "docx":
            from pipelines.files.word import read_docx

            return read_docx(body), []
        case "word_xml":
            from pipelines.files.word_xml import read_word_xml

            return read_word_xml(body), []
        case "xlsx":
            from pipelines.files.sheets import read_xlsx

            return read_xlsx(body)
        case "xls":
            from pipelines.files.sheets import read_xls

            return read_xls(body)
        case "excel_xml":
            from pipelines.files.sheets_xml import read_excel_xml

            return read_excel_xml(body)
        case "mht":
            from pipelines.files.markup import read_mht

            return read_mht(body), []
        case "zip":
            from pipelines.files.archive import read_zip

            return read_zip(body)
    if media in CONVERTIBLE:
        raise CannotRead(NEEDS_CONVERTER)
    if media in PACKED:
        raise CannotRead(NEEDS_UNPACKER)
    if media == "office" and is_encrypted_office(body):
        raise CannotRead("it is under a password")
    raise CannotRead("files of this kind are not read")
