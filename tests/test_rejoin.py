"""Pages and their parts: apart in the archive, one document again when it is replayed."""

import gzip
import io
import json
import os
import tracemalloc
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from crawler.inputs import Unreadable, documents
from crawler.portal import PORTALS, read_portal
from crawler.saved import serve
from crawler.warc import PartOf, Role, WarcWriter, read_captures
from pipelines import run
from pipelines.model import Capture, Document
from tests.crawling import ROOT, Ran, list_of, page, scrapy, write_site

LIST = read_portal(PORTALS / "youxian.toml").columns[0].url
HOST = LIST.split("/c")[0]
FILES = Path(__file__).parent / "data" / "files"
SAVED = ROOT / "fixtures" / "portals"


def answer(url: str, body: bytes = b"<p>\xe6\x9d\xa1</p>", kind: str = "text/html", status: int = 200) -> Capture:
    return Capture(body, f"{HOST}/{url}", status, {"content-type": kind}, "2026-01-02T03:04:05+00:00")


def archive(path: Path, *records: tuple[Capture, str | None, Role | None]) -> Path:
    """Writes captures; each may name the address of the page, written before it, that it is a part of."""
    ids: dict[str, str] = {}
    with WarcWriter(path) as writer:
        for capture, lead, role in records:
            part_of = PartOf(ids.get(f"{HOST}/{lead}", "<urn:uuid:elsewhere>"), role) if lead and role else None
            ids[capture.url or ""] = writer.write(capture, part_of)
    return path


def shapes(*found: Document | Unreadable) -> list[tuple[str, list[str], list[str]]]:
    """The last parts of the addresses of each document."""

    def names(captures: list[Capture]) -> list[str]:
        return [(capture.url or "").rpartition("/")[2] for capture in captures]

    documents = [item for item in found if isinstance(item, Document)]
    return [(names([d.lead])[0], names(d.continuations), names(d.attachments)) for d in documents]


def test_parts_come_back_to_their_page_in_order_though_other_pages_stand_between(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.warc.gz",
        (answer("1.html"), None, None),
        (answer("2.html"), None, None),
        (answer("1_2.html"), "1.html", "continuation"),
        (answer("2.pdf", b"%PDF-1", "application/x-anything"), "2.html", "attachment"),
        (answer("1_3.html"), "1.html", "continuation"),
        (answer("1.doc", b"\xd0\xcf", "image/png"), "1.html", "attachment"),
        (answer("3.html"), None, None),
    )
    found = list(documents([str(path)]))
    assert shapes(*found) == [("1.html", ["1_2.html", "1_3.html"], ["1.doc"]), ("2.html", [], ["2.pdf"]), ("3.html", [], [])]
    offsets = [offset for offset, _ in read_captures(path)]
    assert [item.source for item in found] == [f"{path}#{offsets[0]}", f"{path}#{offsets[1]}", f"{path}#{offsets[-1]}"]
    # The same through a pipe, which cannot be read twice.
    unpacked = tmp_path / "a.warc"
    unpacked.write_bytes(gzip.decompress(path.read_bytes()))
    assert shapes(*documents([str(unpacked)])) == shapes(*found)


def test_a_pipe_is_read_whole_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.warc.gz", (answer("1.html"), None, None), (answer("1.pdf"), "1.html", "attachment"))

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    class Stdin:
        buffer = io.BufferedReader(Pipe(path.read_bytes()))

    monkeypatch.setattr("sys.stdin", Stdin())
    assert shapes(*documents(["-"])) == [("1.html", [], ["1.pdf"])]


def test_a_part_whose_page_is_elsewhere_is_a_document(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", (answer("9.pdf", b"%PDF-1"), "0.html", "attachment"), (answer("1.html"), None, None))
    assert shapes(*documents([str(path)])) == [("9.pdf", [], []), ("1.html", [], [])]


def test_of_a_part_that_was_asked_again_the_last_answer_counts(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.warc.gz",
        (answer("1.html"), None, None),
        (answer("1.pdf", b"busy", status=503), "1.html", "attachment"),
        (answer("1.pdf", b"%PDF-1"), "1.html", "attachment"),
    )
    [found] = documents([str(path)])
    assert isinstance(found, Document)
    assert [capture.status for capture in found.attachments] == [200]


def test_a_damaged_part_is_told_by_its_page(tmp_path: Path) -> None:
    packed = archive(
        tmp_path / "a.warc.gz", (answer("1.html"), None, None), (answer("1.pdf", b"%PDF-one"), "1.html", "attachment")
    ).read_bytes()
    path = tmp_path / "a.warc"
    path.write_bytes(gzip.decompress(packed).replace(b"%PDF-one", b"%PDF-two"))
    [found] = documents([str(path)])
    assert isinstance(found, Document)
    assert "digest" in found.attachments[0].headers["x-error"]


def test_many_parts_are_never_in_memory_together(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with WarcWriter(path) as writer:
        pages = [writer.write(answer(f"{number}.html")) for number in range(40)]
        for number, record in enumerate(pages):
            writer.write(answer(f"{number}.pdf", os.urandom(1 << 20)), PartOf(record, "attachment"))
    tracemalloc.start()
    assert sum(len(item.attachments) for item in documents([str(path)]) if isinstance(item, Document)) == 40
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 << 20


# --- a crawl and its replay ---------------------------------------------------------------------------------------------


def crawled(folder: Path, *pages: dict[str, object]) -> Ran:
    """A crawl of pages that the list links to; its archive lies in `archive`."""
    with serve(write_site(folder / "site", pages)) as saved:
        options = ("-s", "DOWNLOAD_DELAY=0", "-s", "GONGKAI_ARCHIVE=archive", "-O", "items.jsonl")
        ran = scrapy(folder, "crawl", "youxian", *options, saved=saved)
    assert ran.code == 0, ran.log
    return ran


def replayed(path: Path) -> dict[str | None, dict[str, object]]:
    """The records of an archive by address, as `scrapy extract` makes them."""
    found = [run(item) for item in documents([str(path)]) if isinstance(item, Document)]
    return {report.url: json.loads(msgspec.json.encode(replace(report, source="youxian"))) for report in found}


def article(number: int) -> str:
    return f"{HOST}/c26829/20140328/i{number}.html"


def site(text: str, pdf: bytes, second: str = "<p>后一页的文字，全年收到申请3件。</p>") -> list[dict[str, object]]:
    names = {article(n): f"清水县{2010 + n}年政府信息公开工作年度报告" for n in (1, 2)}
    return [
        {"url": LIST, "text": list_of(names)},
        {"url": article(1), "text": page(names[article(1)], f'<p>{text}</p><a href="report.pdf">年报.pdf</a>')},
        {"url": f"{HOST}/c26829/20140328/report.pdf", "text": pdf, "headers": {"content-type": "image/x-odd"}},
        {"url": article(2), "text": page(names[article(2)], '<p>前一页的文字。</p><a href="i2_2.html">2</a>')},
        {"url": article(2).replace("i2", "i2_2"), "text": page(names[article(2)], second)},
    ]


def test_the_records_of_a_replay_are_those_of_the_crawl(tmp_path: Path) -> None:
    ran = crawled(tmp_path, *site("", (FILES / "report.pdf").read_bytes()))
    records = {item["url"]: {**item, "edition": None} for item in ran.items}
    (file,) = (tmp_path / "archive").glob("*.warc.gz")
    again = replayed(file)
    assert set(again) - set(records) == {LIST}
    assert {url: again[url] for url in records} == records
    assert [a["read"] for a in again[article(1)]["attachments"]] == [True]  # type: ignore[attr-defined]
    assert "后一页的文字" in str(again[article(2)]["text"])


@pytest.mark.parametrize("changed", ["page", "file"])
def test_a_file_of_the_archive_holds_the_whole_of_what_changed(tmp_path: Path, changed: str) -> None:
    """The answer 304 for the other part leaves no hole: each run's file can be replayed alone."""
    pdf = (FILES / "report.pdf").read_bytes()
    crawled(tmp_path, *site("", pdf))
    (first,) = (tmp_path / "archive").glob("*.warc.gz")
    new = site("请下载附件。", pdf) if changed == "page" else site("", (FILES / "plain.pdf").read_bytes())
    ran = crawled(tmp_path, *new)
    (second,) = set((tmp_path / "archive").glob("*.warc.gz")) - {first}
    records = {item["url"]: {**item, "edition": None} for item in ran.items}
    again = replayed(second)
    assert set(again) == {article(1)}
    assert again[article(1)] == records[article(1)]


def test_a_saved_portal_is_replayed_as_it_was_crawled(tmp_path: Path) -> None:
    """Through the commands that people type: `scrapy crawl` with the archive, then `scrapy extract` of it."""
    with serve(SAVED) as saved:
        options = ("-s", "DOWNLOAD_DELAY=0", "-s", "GONGKAI_ARCHIVE=archive", "-O", "items.jsonl")
        ran = scrapy(tmp_path, "crawl", "linxia", *options, saved=saved)
    assert ran.code == 0, ran.log
    again = scrapy(tmp_path, "extract", "archive", "-o", "again.jsonl")
    assert (again.code, again.log) == (0, "")
    lines = (tmp_path / "again.jsonl").read_text(encoding="utf-8").splitlines()
    records = {record["url"]: {**record, "source": "linxia"} for record in map(json.loads, lines)}
    # A page that healed left its first answer, too: the later record of an address is the crawl's.
    assert {item["url"]: records[item["url"]] for item in ran.items} == {
        item["url"]: {**item, "edition": None} for item in ran.items
    }
    assert any(attachment["read"] for record in records.values() for attachment in record["attachments"])
