"""How much of a file is read. A report has ten to sixty pages and some hundred kilobytes; what is far beyond is no report."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MAX_FILE = 32 << 20
"""Bytes of a file; scans are larger, and have no text."""
MAX_INFLATED = 64 << 20
"""Bytes of all members of a ZIP, Word or Excel file together."""
MAX_XML = 16 << 20
"""Bytes of one XML part of a Word or Excel file; its tree takes ten times that."""
MAX_RATIO = 200
"""How many times larger than its compressed bytes a member may be, beyond `SMALL`; text gets to about 30."""
SMALL = 1 << 20
MAX_MEMBERS = 2000
MAX_PAGES = 120
MAX_DRAWN = 200_000
"""Characters, paths and forms that a file of fixed layout draws; a page of text has 1,500."""
MAX_BLOCKS = 20_000


BROKEN_ZIP = (BadZipFile, ValueError, OSError, EOFError, zlib.error, NotImplementedError)
"""What `zipfile` raises for archives that are damaged; NotImplementedError is its word for a compression that it does not
know."""


class CannotRead(Exception):
    """A file that cannot or must not be read; the message goes into the record."""


def open_zip(body: bytes, most: int = MAX_MEMBERS, taken: int = 0) -> ZipFile:
    """A ZIP file whose members can all be read within the limits, of which others have `taken` bytes; else CannotRead.

    The sizes are those that the directory declares: `zipfile` never gives out more bytes than that.
    """
    try:
        archive = ZipFile(BytesIO(body))
    except BROKEN_ZIP as error:
        raise CannotRead(f"it is broken: {error}") from error
    members = archive.infolist()
    if len(members) > most:
        raise CannotRead(f"it holds {len(members)} files; at most {most} are opened")
    total = sum(member.file_size for member in members)
    if taken + total > MAX_INFLATED:
        raise CannotRead(f"it unpacks to more than {MAX_INFLATED >> 20} MiB")
    for member in members:
        if member.file_size > MAX_XML and member.filename.endswith(".xml"):
            raise CannotRead(f"a part of it has more than {MAX_XML >> 20} MiB")
        if member.file_size > SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise CannotRead(f"a part of it unpacks to {member.file_size // max(member.compress_size, 1)} times its size")
    if any(member.flag_bits & 1 for member in members):
        raise CannotRead("it is under a password")
    return archive
