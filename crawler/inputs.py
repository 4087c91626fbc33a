"""What people give to `scrapy extract` and `scrapy crawl archive`, as documents.

An input is a page (HTML or plain text), JSON Lines, a WARC file, any of them gzipped, a folder of them, or `-` for standard
input. What a file holds is decided by its first bytes, and by its name only where those leave it open. Documents come in input
order, one at a time; what cannot be one comes as `Unreadable`, so that every page, line and record ends in a state.

    page.html             HTML, plain text or another document     source  page.html
    pages.jsonl           {"url", "html" | "text", "headers", "fetched_at", "status"}: the page and what is known of it
                                                                   source  pages.jsonl:LINE, counted from 1; -:LINE for `-`
    crawl.warc.gz         its responses with a page, each with the further pages and files that our archive says are its
                                                                   source  crawl.warc.gz#OFFSET of the record
    folder/               its files by name, folders entered in turn, hidden ones left out
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import msgspec

from crawler.rejoin import rejoined
from crawler.warc import MAX_BODY, Damage
from pipelines.model import Capture, Document, Report
from pipelines.version import PARSER_VERSION

STDIN = "-"
GZIP = b"\x1f\x8b"
HEAD = 4096
LINES_SUFFIXES = (".jsonl", ".ndjson", ".jl")
HTML_SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")
TEXT_SUFFIXES = (".txt", ".text")

FURNITURE = frozenset(
    ".css .js .mjs .map .png .jpg .jpeg .gif .svg .ico .webp .bmp .woff .woff2 .ttf .eot .otf .swf .mp3 .mp4 .webm".split()
)
"""What browsers save beside a page. In a folder it is no page; named by itself it is read like any other file."""

_TAG = re.compile(rb"<(?:!doctype|html|head|body|meta|title|div|table|p|br|script)\b", re.IGNORECASE)
_JSON_LINE = re.compile(rb'(?:\xef\xbb\xbf)?[ \t]*\{[ \t]*"')
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True, frozen=True)
class Unreadable:
    """A file, line or record that holds no document, and why."""

    source: str
    reason: str
    url: str | None = None

    def report(self) -> Report:
        """The record that says so."""
        return Report(url=self.url, source=self.source, state="unreadable", reason=self.reason, parser_version=PARSER_VERSION)


class Line(msgspec.Struct):
    """One page in JSON Lines. `html` and `text` are decoded; where both are given, `html` is read."""

    url: str | None = None
    html: str | None = None
    text: str | None = None
    headers: dict[str, str | list[str]] | None = None
    fetched_at: str | None = None
    status: Annotated[int, msgspec.Meta(ge=0, le=999)] | None = None


_line = msgspec.json.Decoder(Line)


class InputError(ValueError):
    """Inputs that a person must put right first."""


def check_inputs(inputs: Sequence[str]) -> None:
    """Raises InputError when nothing is named, or a name is not there, or standard input is named twice."""
    if not inputs:
        raise InputError("say what to read: files, folders, or - for standard input")
    for name in inputs:
        if name != STDIN and not os.path.exists(name):
            raise InputError(f"no such file or folder: {name}")
    if inputs.count(STDIN) > 1:
        raise InputError("standard input (-) can be read once only")


def documents(inputs: Iterable[str], out: BinaryIO | None = None) -> Iterator[Document | Unreadable]:
    """The documents of the inputs, in their order.

    The file that `out` writes is not read: `scrapy extract . > all.jsonl` would go on for ever.
    """
    for name in inputs:
        if name == STDIN:
            yield from _of_stream(name, cast("BufferedReader", sys.stdin.buffer))
        elif os.path.isdir(name):
            yield from _of_folder(name, out)
        else:
            yield from _of_file(name, out)


def _of_folder(folder: str, out: BinaryIO | None) -> Iterator[Document | Unreadable]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    seen = False
    for entry in entries:
        if entry.name.startswith("."):
            continue
        seen = True
        if entry.is_dir(follow_symlinks=False):
            yield from _of_folder(entry.path, out)
        elif (suffix := os.path.splitext(entry.name)[1].lower()) in FURNITURE:
            yield Unreadable(_printable(entry.path), f"not a page: {suffix} files in a folder are taken for parts of pages")
        elif os.path.isfile(entry.path):
            yield from _of_file(entry.path, out)
        else:
            yield Unreadable(_printable(entry.path), "neither a file nor a folder; links to folders are not followed")
    if not seen:
        yield Unreadable(_printable(folder), "an empty folder")


def _of_file(path: str, out: BinaryIO | None) -> Iterator[Document | Unreadable]:
    try:
        with open(path, "rb") as stream:
            if out is not None and os.path.sameopenfile(stream.fileno(), out.fileno()) and os.path.isfile(path):
                yield Unreadable(_printable(path), "the file that this run writes")
            else:
                yield from _of_stream(path, stream)
    except OSError as error:
        yield _unreadable(path, error)


def _of_stream(name: str, stream: BufferedReader) -> Iterator[Document | Unreadable]:
    """The documents of an open file: what it holds is seen from its first bytes."""
    source = _printable(name)
    head = stream.peek(HEAD)
    content: BinaryIO = stream
    zipped = head.startswith(GZIP)
    if zipped:
        head = _unzipped(head)
        content = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
        name = name.removesuffix(".gz")
    if not head and not zipped:
        yield Unreadable(source, "an empty file")
    elif head.startswith(b"WARC/"):
        yield from _of_warc(source, stream)
    elif _is_lines(name, head):
        yield from _of_lines(source, content)
    elif name.lower().endswith(".json"):
        yield Unreadable(source, "not a page: JSON, but not JSON Lines")
    else:
        yield _of_page(source, name, content, head)


def _unzipped(head: bytes) -> bytes:
    """The first bytes of what a gzip member holds; nothing where it is damaged from the start."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(head, HEAD)
    except zlib.error:
        return b""


def _is_lines(name: str, head: bytes) -> bool:
    """JSON Lines by name; standard input always; otherwise an object that begins and goes on in the first line."""
    lower = name.lower()
    if name == STDIN or lower.endswith(LINES_SUFFIXES):
        return True
    return not lower.endswith(HTML_SUFFIXES + TEXT_SUFFIXES) and _JSON_LINE.match(head) is not None


def _of_page(source: str, name: str, content: BinaryIO, head: bytes) -> Document | Unreadable:
    try:
        body = content.read(MAX_BODY + 1)
    except (OSError, EOFError, zlib.error) as error:
        return _unreadable(source, error)
    if not body or body.isspace():
        return Unreadable(source, "an empty file")
    if len(body) > MAX_BODY:
        return Unreadable(source, f"a file of more than {MAX_BODY >> 20} MiB")
    kind = _content_type(name, head)
    return Document(Capture(body, headers={"content-type": kind} if kind else {}), source)


def _content_type(name: str, head: bytes) -> str | None:
    """text/html or text/plain where bytes or name tell; None leaves it to the decoder."""
    lower = name.lower()
    # UTF-16 puts a NUL beside each letter of a tag.
    if lower.endswith(HTML_SUFFIXES) or _TAG.search(head.replace(b"\0", b"")):
        return "text/html"
    return "text/plain" if lower.endswith(TEXT_SUFFIXES) else None


def _of_lines(source: str, content: BinaryIO) -> Iterator[Document | Unreadable]:
    number = found = 0
    try:
        while line := content.readline(MAX_BODY + 1):
            number += 1
            if len(line) > MAX_BODY:
                while line and not line.endswith(b"\n"):
                    line = content.readline(MAX_BODY)
                yield Unreadable(f"{source}:{number}", f"a line of more than {MAX_BODY >> 20} MiB")
            elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield _of_line(f"{source}:{number}", line)
            else:
                continue
            found += 1
    except (OSError, EOFError, zlib.error) as error:
        yield _unreadable(f"{source}:{number + 1}", error)
    else:
        if not found:
            yield Unreadable(source, "an empty file")


def _of_line(source: str, data: bytes) -> Document | Unreadable:
    try:
        line = _decoded(data.removeprefix(b"\xef\xbb\xbf"))
    except msgspec.ValidationError as error:
        return Unreadable(source, f"not a page: {error}")
    except (ValueError, RecursionError) as error:
        return Unreadable(source, f"not JSON: {error}")
    if line.html is not None:
        text, kind = line.html, "text/html"
    elif line.text is not None:
        text, kind = line.text, "text/plain"
    else:
        return Unreadable(source, 'not a page: neither "html" nor "text"', line.url)
    headers = {
        name.lower(): value if isinstance(value, str) else ", ".join(value) for name, value in (line.headers or {}).items()
    }
    # The text is decoded already: what the server said of its bytes does not hold for these.
    headers["content-type"] = f"{kind}; charset=utf-8"
    capture = Capture(text.encode(), line.url, line.status or 200, headers, _time(line.fetched_at))
    return Document(capture, source)


def _time(text: str | None) -> str | None:
    """A time in ISO 8601; anything else is as good as unknown."""
    try:
        return text if text and datetime.fromisoformat(text).astimezone(UTC) else None
    except (ValueError, OverflowError):
        return None


def _decoded(data: bytes) -> Line:
    try:
        return _line.decode(data)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        # Python writes a lone surrogate as an escape, which is no Unicode text: it becomes U+FFFD.
        whole = json.dumps(json.loads(data), ensure_ascii=False)
        return _line.decode(_SURROGATE.sub("\ufffd", whole))


def _of_warc(source: str, stream: BinaryIO) -> Iterator[Document | Unreadable]:
    found = False
    for offset, document in rejoined(stream):
        found = True
        place = f"{source}#{offset}"
        if isinstance(document, Damage):
            yield Unreadable(place, document.reason, document.url)
        else:
            document.source = place
            yield document
    if not found:
        yield Unreadable(source, "a WARC file without a response that holds a page")


def _unreadable(source: str, error: Exception) -> Unreadable:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Unreadable(_printable(source), f"cannot be read: {reason}")


def _printable(path: str | Path) -> str:
    """A path as text: names that are not UTF-8 (archives made on Chinese Windows) keep what can be shown."""
    return os.fsencode(path).decode("utf-8", "replace")
