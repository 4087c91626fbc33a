"""WARC files: captures in, captures out.

A capture is one `response` record of WARC/1.1. Its body is stored without transfer or content encoding, so the headers that
describe those stand under `X-Archive-Orig-` in the file, the way other archives keep them, and come back under their own names.
What the portal's declaration said of the page travels as JSON in the record header `Gongkai-Hints`. A further page of an
article, and a file that a page carries, name the record of the page that they belong to: `Gongkai-Part-Of` and
`Gongkai-Part-Role`, which docs/decisions/0008-parts-in-the-archive.md explains.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, Self, get_args

import msgspec
from warcio.archiveiterator import ArchiveIterator, UnseekableYetTellable
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from pipelines.model import Capture, Hints

HINTS_HEADER = "Gongkai-Hints"
PART_OF_HEADER = "Gongkai-Part-Of"
ROLE_HEADER = "Gongkai-Part-Role"
ORIGINAL = "x-archive-orig-"
ENCODING_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
READABLE_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate", "br"})

# Larger bodies than this are no page of a portal, and memory is to stay constant.
MAX_BODY = 128 * 1024 * 1024

# Types under which portals send a page or a file that may hold a report; pictures, scripts and films are passed over unread.
PAGE_TYPES = (
    "text/html",
    "text/plain",
    "application/xhtml",
    "application/xml",
    "text/xml",
    "application/octet-stream",
    "application/pdf",
    "application/msword",
    "application/rtf",
    "application/ofd",
    "application/wps",
    "application/kswps",
    "application/zip",
    "application/vnd.ms-",
    "application/vnd.openxmlformats-",
    "application/vnd.rar",
    "application/x-rar",
    "application/x-zip",
    "application/x-download",
    "application/x-msdownload",
    "application/force-download",
)

Role = Literal["continuation", "attachment"]


@dataclass(slots=True, frozen=True)
class Damage:
    """A record, or the rest of a file, that cannot be read, and why."""

    reason: str
    url: str | None = None


@dataclass(slots=True, frozen=True)
class PartOf:
    """The page that a further page or a file belongs to."""

    record: str
    """WARC-Record-ID of the page."""
    role: Role


@dataclass(slots=True, frozen=True)
class Found:
    """A record that holds a page or a document, or should."""

    offset: int
    content: Capture | Damage
    id: str | None = None
    """WARC-Record-ID."""
    part_of: PartOf | None = None


def read_captures(path: Path | str) -> Iterator[tuple[int, Capture | Damage]]:
    """The pages and documents of a WARC file with the offsets of their records, one by one: see `records_in`."""
    with open(path, "rb") as stream:
        for found in records_in(stream):
            yield found.offset, found.content


def records_in(stream: BinaryIO) -> Iterator[Found]:
    """The pages and documents of a WARC stream, gzipped or not, one at a time.

    Only responses over HTTP count, without redirects and 304s. A record that is cut off, or whose block digest does not fit its
    bytes, comes out as `Damage`; so does what stands behind the last record that can be read.
    """
    source = UnseekableYetTellable(stream)
    records = ArchiveIterator(source, no_record_parse=True, check_digests=True)
    try:
        for record in records:
            offset = records.offset
            content = _read(record)
            if content is not None:
                yield Found(offset, content, record.rec_headers.get_header("WARC-Record-ID"), _part_of(record))
    except ArchiveLoadFailed as error:
        yield Found(records.offset, Damage(f"cut off or damaged: {' '.join(str(error).split())}"))
        return
    end = records.offset
    while source.read(1 << 20):
        pass
    if source.tell() > end:
        yield Found(end, Damage(f"cut off or damaged: the {source.tell() - end} bytes from here on are no whole record"))


def parts_in(stream: BinaryIO) -> Iterator[tuple[int, PartOf]]:
    """The records that are parts of a page, with their offsets; bodies are passed over unread."""
    records = ArchiveIterator(UnseekableYetTellable(stream), no_record_parse=True)
    try:
        for record in records:
            part_of = _part_of(record)
            if part_of:
                yield records.offset, part_of
    except (ArchiveLoadFailed, EOFError, AttributeError):
        return  # what the file's end looks like is told when it is read


def record_at(stream: BinaryIO, offset: int) -> Capture | Damage | None:
    """What the record at an offset holds."""
    stream.seek(offset)
    record = next(ArchiveIterator(UnseekableYetTellable(stream), no_record_parse=True, check_digests=True), None)
    return _read(record) if record is not None else None


def _part_of(record: ArcWarcRecord) -> PartOf | None:
    page, role = (record.rec_headers.get_header(name) for name in (PART_OF_HEADER, ROLE_HEADER))
    return PartOf(page, role) if page and role in get_args(Role) else None


def _read(record: ArcWarcRecord) -> Capture | Damage | None:
    """What one record holds; None for a record that is no page. The record is read to its end in each case."""
    url = record.rec_headers.get_header("WARC-Target-URI")
    if not isinstance(record.raw_stream, LimitReader):
        return Damage("cut off or damaged: a record without Content-Length", url)
    try:
        found = _capture(record, url)
        while record.raw_stream.read(1 << 20):
            pass
    except EOFError:
        found = Damage("cut off or damaged: a record without a body", url)
    except (ValueError, OverflowError) as error:
        found = Damage(f"a record that cannot be read: {error}", url)
    if record.raw_stream.limit > 0:
        return Damage(f"cut off or damaged: the last {record.raw_stream.limit} bytes of the record are missing", url)
    if found is not None and any(problem.startswith("block digest") for problem in record.digest_checker.problems):
        return Damage("the record's bytes do not fit their digest (WARC-Block-Digest)", url)
    return found


def _capture(record: ArcWarcRecord, url: str | None) -> Capture | Damage | None:
    if record.rec_type != "response" or not (url or "").startswith(("http://", "https://")):
        return None
    record.http_headers = StatusAndHeadersParser([], verify=False).parse(record.raw_stream)
    status = int(record.http_headers.get_statuscode())
    headers: dict[str, str] = {}
    for name, value in record.http_headers.headers:
        name = name.lower().removeprefix(ORIGINAL)
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    kind = headers.get("content-type", "").strip().lower()
    # What a page carries was asked for as a file, whatever type the server gives it.
    is_file = _part_of(record) is not None
    if status < 200 or 300 <= status < 400 or (kind and not is_file and not kind.startswith(PAGE_TYPES)):
        return None
    encoding = record.http_headers.get_header("content-encoding", "").strip().lower()
    if encoding not in READABLE_ENCODINGS:
        return Damage(f"a body under Content-Encoding {encoding}, which cannot be undone", url)
    body = record.content_stream().read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        return Damage(f"a body of more than {MAX_BODY >> 20} MiB", url)
    hints = record.rec_headers.get_header(HINTS_HEADER)
    return Capture(
        body=body,
        url=url,
        status=status,
        headers=headers,
        fetched_at=_iso(record.rec_headers.get_header("WARC-Date")),
        hints=msgspec.json.decode(hints, type=Hints) if hints else Hints(),
    )


def _iso(date: str | None) -> str | None:
    return datetime.fromisoformat(date).astimezone(UTC).isoformat() if date else None


def write_capture(writer: WARCWriter, capture: Capture, part_of: PartOf | None = None) -> str:
    """Appends a capture as a response record, and returns the record's id. ValueError when the capture does not say what was
    fetched and when."""
    if not capture.url or not capture.fetched_at:
        raise ValueError(f"a WARC record needs the address and the time of the fetch: {capture.url} {capture.fetched_at}")
    fetched = datetime.fromisoformat(capture.fetched_at)
    if fetched.tzinfo is None:
        raise ValueError(f"the time of a fetch needs its offset from UTC: {capture.fetched_at} of {capture.url}")
    phrase = HTTPStatus(capture.status).phrase if capture.status in set(HTTPStatus) else ""
    http = StatusAndHeaders(f"{capture.status} {phrase}", [], protocol="HTTP/1.1")
    for name, value in capture.headers.items():
        http.add_header(ORIGINAL + name if name in ENCODING_HEADERS else name, " ".join(value.split()))
    about = {"WARC-Date": fetched.astimezone(UTC).isoformat().replace("+00:00", "Z")}
    hints = {name: value for name, value in asdict(capture.hints).items() if value is not None}
    if hints:
        about[HINTS_HEADER] = json.dumps(hints)
    if part_of:
        about |= {PART_OF_HEADER: part_of.record, ROLE_HEADER: part_of.role}
    body = BytesIO(capture.body)
    record = writer.create_warc_record(
        capture.url, "response", payload=body, length=len(capture.body), http_headers=http, warc_headers_dict=about
    )
    writer.write_record(record)
    return str(record.rec_headers.get_header("WARC-Record-ID"))


class WarcWriter:
    """A gzipped WARC file in the making: `NAME.open` until it is closed, then NAME.

    Each record is a gzip member of its own and is handed to the system at once, so that a process that is killed leaves an
    `.open` file that reads up to its last record. An existing file is never written over: FileExistsError.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._open = self.path.with_name(self.path.name + ".open")
        if self.path.exists():
            raise FileExistsError(f"{self.path} is there already: give each run a WARC file of its own")
        self._file = self._open.open("xb")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")

    def write(self, capture: Capture, part_of: PartOf | None = None) -> str:
        """Appends a capture: see `write_capture`."""
        return write_capture(self._writer, capture, part_of)

    def close(self) -> None:
        """Gives the file its name."""
        if not self._file.closed:
            self._file.close()
            self._open.rename(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
