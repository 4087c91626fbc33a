"""LibreOffice and bsdtar, where they are installed: Word 97 to Word, RAR to ZIP; nothing fetched, nothing left running."""

import http.server
import io
import os
import struct
import threading
import zipfile
import zlib
from pathlib import Path

import pytest

from crawler import convert, unpack
from crawler.convert import NotConverted, converted, docx_of, needs_converter, program
from crawler.portal import PORTALS, read_portal
from crawler.saved import serve
from crawler.warc import read_captures
from pipelines import run
from pipelines.attachments import CONVERTED_FROM, NOT_CONVERTED
from pipelines.files.reading import read_file
from pipelines.model import Capture, Document
from tests.crawling import list_of, page, scrapy, write_site
from tests.test_files import form, grids

FILES = Path(__file__).parent / "data" / "files"
DOC = (FILES / "report.doc").read_bytes()
needs_office = pytest.mark.skipif(
    program() is None, reason="soffice is not installed (apt-get install libreoffice-writer-nogui)"
)


@needs_office
def test_a_word_97_file_is_read_with_each_cell_in_its_place() -> None:
    document = converted(Document(Capture(DOC)))
    assert document.lead.headers == {CONVERTED_FROM: "doc"}
    assert grids(read_file(document.lead.body))[0].cells == form()
    report = run(document)
    assert (report.state, report.title) == ("report", "安乡县档案馆2022年政府信息公开工作年度报告")


@needs_office
def test_a_document_fetches_nothing_while_it_is_converted() -> None:
    asked: list[str] = []

    class Listen(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listen) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        picture = f'<draw:image xlink:href="http://127.0.0.1:{server.server_port}/a.png"/>'
        names = {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
            "xlink": "http://www.w3.org/1999/xlink",
        }
        spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
        source = (
            f'<?xml version="1.0"?><office:document {spaces} office:version="1.2"'
            ' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
            f"<text:p>x<draw:frame>{picture}</draw:frame></text:p></office:text></office:body></office:document>"
        )
        made = docx_of(source.encode(), "file.fodt")
        server.shutdown()
    assert [block.text for block in read_file(made).blocks] == ["x"]
    assert asked == []


@needs_office
def test_a_crawl_reads_a_report_that_is_a_word_97_file(tmp_path: Path) -> None:
    portal = read_portal(PORTALS / "youxian.toml")
    column = portal.columns[0].url
    host = column.split("/c")[0]
    title = "安乡县档案馆2022年政府信息公开工作年度报告"
    article = f"{host}/c26829/20230118/i1.html"
    site = write_site(
        tmp_path / "site",
        [
            {"url": column, "status": 200, "headers": {"content-type": "text/html"}, "text": list_of({article: title})},
            {
                "url": article,
                "status": 200,
                "headers": {"content-type": "text/html; charset=utf-8"},
                "text": page(title, '<p><a href="/f/nb.doc">年报全文.doc</a></p>'),
            },
            {"url": f"{host}/f/nb.doc", "status": 200, "headers": {"content-type": "application/msword"}, "text": DOC},
        ],
    )
    with serve(site) as saved:
        ran = scrapy(tmp_path, "crawl", "youxian", "-O", "items.jsonl", "-s", "DOWNLOAD_DELAY=0", saved=saved)
    record = next(item for item in ran.items if item["url"] == article)
    assert (record["state"], record["report_year"]) == ("report", 2022)
    assert [(a["media"], a["read"]) for a in record["attachments"]] == [("doc", True)]
    kept = [
        capture.body
        for path in (tmp_path / "data" / "archive").iterdir()
        for _, capture in read_captures(path)
        if isinstance(capture, Capture) and capture.url == f"{host}/f/nb.doc"
    ]
    assert kept == [DOC]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of LibreOffice, to be written."""
    path = tmp_path / "soffice"
    monkeypatch.setattr(convert, "program", lambda: str(path))
    return path


def write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_each_call_has_a_profile_of_its_own(office: Path, tmp_path: Path) -> None:
    write(office, f'echo "$1" >> {tmp_path}/profiles; mkdir -p "$7"; cp "$8" "$7/file.docx"')
    assert docx_of(b"one", "file.doc") == b"one"
    assert docx_of(b"two", "file.doc") == b"two"
    profiles = (tmp_path / "profiles").read_text(encoding="utf-8").split()
    assert len(set(profiles)) == 2
    assert all(profile.startswith("-env:UserInstallation=file:///") for profile in profiles)


def test_a_program_that_hangs_is_ended_with_what_it_started(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "SECONDS", 1)
    write(office, f"sleep 300 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(NotConverted, match="did not end within 1 seconds"):
        docx_of(b"x", "file.doc")
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    state = Path(f"/proc/{child}/stat")
    if os.path.isdir("/proc/self"):
        assert not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z"


def test_a_file_that_is_not_converted_keeps_its_bytes_and_the_reason(office: Path) -> None:
    write(office, "exit 1")
    document = converted(Document(Capture(b""), attachments=[Capture(DOC)]))
    assert document.attachments[0].body == DOC
    assert document.attachments[0].headers == {NOT_CONVERTED: "LibreOffice cannot read it"}


# --- archives ---------------------------------------------------------------------------------------------------------

needs_bsdtar = pytest.mark.skipif(unpack.program() is None, reason="bsdtar is not installed (apt-get install libarchive-tools)")


def rar(files: dict[str, bytes]) -> bytes:
    """A RAR 5 archive that compresses nothing (RAR 5.0 archive format, technical note)."""

    def number(value: int) -> bytes:
        return bytes([value & 127 | 128]) + number(value >> 7) if value > 127 else bytes([value])

    def header(*parts: int | bytes) -> bytes:
        body = b"".join(part if isinstance(part, bytes) else number(part) for part in parts)
        sized = number(len(body)) + body
        return zlib.crc32(sized).to_bytes(4, "little") + sized

    out = b"Rar!\x1a\x07\x01\x00" + header(1, 0, 0)
    for name, data in files.items():
        crc, printed = zlib.crc32(data).to_bytes(4, "little"), name.encode()
        # A file with data behind its header; its size, flags for a CRC, no compression, Windows.
        out += header(2, 2, len(data), 4, len(data), 32, crc, 0, 0, len(printed), printed) + data
    return out + header(5, 0, 0)


@needs_bsdtar
def test_a_rar_archive_is_read_like_a_zip_archive() -> None:
    body = rar({"../年报/2022年年报.docx": (FILES / "report.docx").read_bytes(), "年报/说明.txt": "见年报。".encode()})
    document = converted(Document(Capture(body)))
    assert document.lead.headers == {CONVERTED_FROM: "rar"}
    report = run(document)
    assert (report.state, report.title) == ("report", "安乡县档案馆2022年政府信息公开工作年度报告")
    scan = rar({"扫描件.pdf": (FILES / "scan.pdf").read_bytes()})
    told = run(converted(Document(Capture(scan)))).reason or ""
    assert "扫描件.pdf is a PDF file; it is a scan" in told
    assert told.endswith("(made of a RAR archive)")


@needs_bsdtar
def test_a_word_file_at_the_end_of_a_rar_archive_is_not_taken_for_the_archive() -> None:
    files = {"说明.txt": "见年报。".encode(), "年报.docx": (FILES / "report.docx").read_bytes()}
    with zipfile.ZipFile(io.BytesIO(unpack.zip_of(rar(files)))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def rar_4(files: dict[str, bytes], flags: int = 0) -> bytes:
    """A RAR 4 archive that compresses nothing; the flags are those of its files."""

    def header(kind: int, flags: int, rest: bytes) -> bytes:
        body = bytes([kind]) + struct.pack("<HH", flags, 7 + len(rest)) + rest
        return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body

    out = b"Rar!\x1a\x07\x00" + header(0x73, 0, bytes(6))
    for name, data in files.items():
        printed = name.encode()
        sizes = struct.pack("<IIBI", len(data), len(data), 2, zlib.crc32(data))
        out += header(0x74, 0x8000 | flags, sizes + struct.pack("<IBBHI", 0, 29, 0x30, len(printed), 32) + printed) + data
    return out + header(0x7B, 0x4000, b"")


@needs_bsdtar
def test_a_solid_archive_of_rar_3_says_that_it_is_one() -> None:
    files = {"a.txt": "年报。".encode(), "b.txt": "附表。".encode()}
    with zipfile.ZipFile(io.BytesIO(unpack.zip_of(rar_4(files)))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    told = run(converted(Document(Capture(rar_4(files, flags=0x10)))))
    assert told.state == "needs_review"
    assert told.reason == "the document is a RAR archive; bsdtar cannot read it: RAR solid archive support unavailable"


@needs_bsdtar
def test_a_rar_archive_that_is_broken_or_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rar({"a.txt": bytes(9 << 20)})
    assert "a RAR archive; bsdtar cannot read it" in (run(converted(Document(Capture(whole[:2000])))).reason or "")
    monkeypatch.setattr(unpack, "MAX_INFLATED", 1 << 20)
    assert "a RAR archive; it unpacks to more than 1 MiB" in (run(converted(Document(Capture(whole)))).reason or "")


def test_a_rar_archive_without_bsdtar_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "program", lambda: None)
    document = converted(Document(Capture(rar({"a.txt": b"x"}))))
    assert run(document).reason == "the document is a RAR archive; install libarchive-tools (bsdtar) to open it"


def test_an_old_word_file_in_an_archive_is_converted(office: Path) -> None:
    new = (FILES / "report.docx").read_bytes()
    (office.parent / "new.docx").write_bytes(new)
    write(office, f'mkdir -p "$7"; cp {office.parent}/new.docx "$7/file.docx"')
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("年报/年报.doc", DOC)
        archive.writestr("年报/附表.txt", "见年报。")
    document = converted(Document(Capture(packed.getvalue())))
    with zipfile.ZipFile(io.BytesIO(document.lead.body)) as archive:
        assert {name: len(archive.read(name)) for name in archive.namelist()} == {
            "年报/年报.doc": len(new),
            "年报/附表.txt": 12,
        }
    assert run(document).state == "report"
    assert not needs_converter(Document(Capture(b"PK\x03\x04 and no more")))


def test_nothing_is_asked_of_libreoffice_without_need_or_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "program", lambda: None)
    document = Document(Capture(DOC))
    assert not needs_converter(document)
    assert converted(document) is document
    monkeypatch.setattr(convert, "program", lambda: "soffice")
    assert needs_converter(document)
    assert not needs_converter(Document(Capture(b"<html>")))
    assert not needs_converter(Document(Capture(DOC, status=404)))
