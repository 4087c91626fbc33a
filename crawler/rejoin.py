"""The documents of a WARC file: each page with the further pages and the files that the archive says are its."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO
from urllib.parse import urlsplit

from crawler.warc import Damage, Role, parts_in, record_at, records_in
from pipelines.model import Capture, Document

Index = dict[str, list[tuple[int, Role]]]
"""By the record of a page: the offsets of its parts and what they are."""


def rejoined(stream: BinaryIO) -> Iterator[tuple[int, Document | Damage]]:
    """The documents of a WARC stream with the offsets of their pages, in the order of the file.

    The file is read twice, first for its index of parts, so that no body waits in memory for another record; what cannot be
    read twice (a pipe) is written to a temporary file first. A record that names no page, as all do in archives of others, is a
    document of its own; so is a part whose page is not in the file.
    """
    with ExitStack() as opened:
        if not stream.seekable():
            spooled = opened.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stream, spooled)
            stream = spooled
            stream.seek(0)
        start = stream.tell()
        index: Index = defaultdict(list)
        for offset, part_of in parts_in(stream):
            index[part_of.record].append((offset, part_of.role))
        stream.seek(start)
        joined: set[str] = set()
        for found in records_in(stream):
            if found.part_of and found.part_of.record in joined:
                continue
            if isinstance(found.content, Damage):
                yield found.offset, found.content
                continue
            if urlsplit(found.content.url or "").path == "/robots.txt":
                continue  # what a crawler asks for itself
            document = Document(found.content)
            if found.id in index:
                joined.add(found.id)
                after = stream.tell()
                _join(document, stream, [(start + at, role) for at, role in index[found.id] if at > found.offset])
                stream.seek(after)
            yield found.offset, document


def _join(document: Document, stream: BinaryIO, parts: list[tuple[int, Role]]) -> None:
    """Adds the parts of a page; of one that was tried again only the last answer."""
    answers: dict[tuple[Role, str | None], Capture] = {}
    for offset, role in parts:
        found = record_at(stream, offset)
        if isinstance(found, Capture):
            answers[role, found.url] = found
        elif found:
            answers[role, found.url] = Capture(b"", found.url, 0, {"x-error": found.reason})
    document.continuations = [capture for (role, _), capture in answers.items() if role == "continuation"]
    document.attachments = [capture for (role, _), capture in answers.items() if role == "attachment"]
