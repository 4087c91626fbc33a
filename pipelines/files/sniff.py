"""What a file is, by its bytes: extensions and Content-Type of portals are often wrong."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from pipelines.files.limits import BROKEN_ZIP
from pipelines.model import Media

NAMES: dict[Media, str] = {
    "pdf": "a PDF file",
    "docx": "a Word file",
    "xlsx": "an Excel file",
    "xls": "an Excel 97 file",
    "doc": "a Word 97 file",
    "rtf": "an RTF file",
    "odt": "an OpenDocument text",
    "ofd": "an OFD file",
    "word_xml": "a Word XML file",
    "excel_xml": "an Excel XML file",
    "html": "a web page",
    "mht": "a web archive (MHT)",
    "txt": "a text file",
    "zip": "a ZIP archive",
    "rar": "a RAR archive",
    "7z": "a 7z archive",
    "office": "an Office file of an unknown kind",
    "image": "an image",
}
"""What people call them."""

CONVERTIBLE: frozenset[Media] = frozenset(("doc", "rtf", "odt"))
"""What the network side turns into Word files, when it has LibreOffice."""
PACKED: frozenset[Media] = frozenset(("rar", "7z"))
"""What the network side turns into ZIP archives, when it has bsdtar."""

_LEADING = b"\0\r\n\t \xef\xbb\xbf"
_MAGIC: dict[bytes, Media] = {
    b"%PDF": "pdf",
    b"{\\rt": "rtf",
    b"Rar!": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\xff\xd8\xff": "image",
    b"\x89PNG": "image",
    b"GIF8": "image",
    b"BM": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
}
_BMP = re.compile(rb"BM.{4}\0{4}", re.S)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: dict[str, Media] = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
"""Streams of a compound file that tell its kind. WPS writes Word's and Excel's into its .wps and .et."""
_MEMBERS: dict[str, Media] = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd"}
_PROGRAM = re.compile(rb"""<\?mso-application\s+progid=["'](Word\.Document|Excel\.Sheet)["']""")
"""What Word and Excel write at the head of their XML of 2003, and of the XML of today in one file."""
_WORD_XML = re.compile(rb"""<(?:w:wordDocument|pkg:package)\s""")
"""Their roots, where nothing is written before them."""
_MHT = re.compile(rb"\A(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?Content-Type:\s*multipart/related\b", re.I)
"""A message whose first part is a page (RFC 2557): what Word, WPS and browsers call a web page in one file."""
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"


def media_of(body: bytes) -> Media | None:
    """The kind of a file; None for what may be text or a page."""
    head = body[:1024].lstrip(_LEADING)
    for magic, media in _MAGIC.items():
        if head.startswith(magic) and (magic != b"BM" or _BMP.match(head)):
            return media
    if body.startswith(_OLE):
        found = (media for stream, media in _OLE_STREAMS.items() if _entry(stream) in body)
        return next(found, "office")
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(body)
    if program := _PROGRAM.search(head):
        return "word_xml" if program.group(1).startswith(b"Word") else "excel_xml"
    if _WORD_XML.search(head):
        return "word_xml"
    return "mht" if _MHT.match(head) else None


def is_encrypted_office(body: bytes) -> bool:
    """Whether a compound file is a Word or Excel file of today under a password (MS-OFFCRYPTO 2.3)."""
    return _entry("EncryptedPackage") in body


def _entry(stream: str) -> bytes:
    """A stream's name as a compound file's directory has it."""
    return (stream + "\0").encode("utf-16-le")


def _kind_of_zip(body: bytes) -> Media:
    if body[30 : 30 + len(_OPEN_DOCUMENT)] == _OPEN_DOCUMENT:
        return "odt"
    try:
        with ZipFile(BytesIO(body)) as archive:
            names = set(archive.namelist())
    except BROKEN_ZIP:
        return "zip"
    return next((media for member, media in _MEMBERS.items() if member in names), "zip")
