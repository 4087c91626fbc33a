"""Word 97, RTF and OpenDocument files as Word files of today, alone or in archives; RAR and 7z archives as ZIP archives: other
programs' work, done before the stages see the document.

A file that was converted says of what (`CONVERTED_FROM`), one that could not be says why (`NOT_CONVERTED`); without LibreOffice
or bsdtar nothing is changed, and the record says what to install. What was fetched is archived as it came.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from zipfile import ZipFile

from crawler import unpack
from pipelines.attachments import CONVERTED_FROM, NOT_CONVERTED
from pipelines.files.archive import files_in
from pipelines.files.limits import BROKEN_ZIP, MAX_FILE, CannotRead
from pipelines.files.sniff import CONVERTIBLE, PACKED, media_of
from pipelines.model import Capture, Document

logger = logging.getLogger(__name__)

SECONDS = 60
"""For one file; LibreOffice takes one or two, and hangs on some broken ones."""
MAX_CONVERTED = 5
"""Files of one archive that are converted; a report is one of few."""
_one_at_a_time = Lock()

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
</oor:items>
"""
"""Settings of LibreOffice: a document may neither run macros nor fetch the pictures that it links to."""


class NotConverted(Exception):
    """A file that LibreOffice did not convert, and why."""


def needs_converter(document: Document) -> bool:
    """Whether a document holds a file that another program has to convert, and the program is there."""
    return any(_is_convertible(capture) for capture in (document.lead, *document.attachments))


def converted(document: Document) -> Document:
    """The document with its Word 97, RTF and OpenDocument files as Word files, its archives as ZIP. Takes seconds for each."""
    if not needs_converter(document):
        return document
    return replace(document, lead=_capture(document.lead), attachments=[_capture(capture) for capture in document.attachments])


@cache
def program() -> str | None:
    """Where LibreOffice is; None without it."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _is_convertible(capture: Capture) -> bool:
    if capture.status != 200 or len(capture.body) > MAX_FILE:
        return False
    media = media_of(capture.body)
    if media in PACKED:
        return unpack.program() is not None
    return program() is not None and (media in CONVERTIBLE or (media == "zip" and any(_old_members(capture.body))))


def _capture(capture: Capture) -> Capture:
    if not _is_convertible(capture):
        return capture
    media = str(media_of(capture.body))
    headers = capture.headers if media == "zip" else capture.headers | {CONVERTED_FROM: media}
    try:
        if media == "zip":
            return replace(capture, body=_with_new_members(capture.body))
        if media not in PACKED:
            return replace(capture, body=docx_of(capture.body, f"file.{media}"), headers=headers)
        return replace(capture, body=_with_new_members(unpack.zip_of(capture.body)), headers=headers)
    except (NotConverted, unpack.NotUnpacked) as error:
        logger.warning("not converted: %s: %s", capture.url or "a file", error)
        return replace(capture, headers=capture.headers | {NOT_CONVERTED: str(error)})


def _old_members(body: bytes) -> Iterator[str]:
    """The names of the files in a ZIP archive that LibreOffice has to convert; none of one that is not opened."""
    try:
        yield from (file.name for file in files_in(body) if media_of(file.content) in CONVERTIBLE)
    except (CannotRead, *BROKEN_ZIP):
        return  # the stages say what is wrong with it


def _with_new_members(body: bytes) -> bytes:
    """A ZIP archive with its first old Word files as Word files of today, and the files of archives in it; those that are not
    converted stay."""
    old = list(_old_members(body))[:MAX_CONVERTED] if program() else []
    if not old:
        return body
    out = BytesIO()
    with ZipFile(out, "w") as new:
        for file in files_in(body):
            content = file.content
            if file.name in old:
                with suppress(NotConverted):
                    content = docx_of(content, f"file.{media_of(content)}")
            new.writestr(file.name, content)
    return out.getvalue()


def docx_of(body: bytes, name: str) -> bytes:
    """The Word file that LibreOffice makes of a file; NotConverted when it makes none.

    Each call has a profile of its own: two programs on one profile end each other.
    """
    office = program()
    if office is None:
        raise NotConverted("LibreOffice is not installed")
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, name)
        source.write_bytes(body)
        out = Path(folder, "out")
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        command = [office, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "docx", "--outdir", str(out), str(source)]
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            child.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise NotConverted(f"LibreOffice did not end within {SECONDS} seconds") from None
        finally:
            _end(child)
        made = out / f"{source.stem}.docx"
        if not made.is_file():
            raise NotConverted("LibreOffice cannot read it")
        return made.read_bytes()


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends what is left of LibreOffice: the program that was started only starts another."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
