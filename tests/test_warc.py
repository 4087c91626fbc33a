"""WARC in and out: what is written reads back the same, and damage is told, not passed over."""

import gzip
import re
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.warc import Damage, WarcWriter, read_captures
from pipelines.model import Capture, Hints

PAGE = Capture(
    body="<html><body><p>本机关全年主动公开信息12条。</p></body></html>".encode("gb18030"),
    url="http://www.example.gov.cn/xxgk/2015/1.html",
    status=200,
    headers={
        "content-type": "text/html; charset=gb2312",
        "content-encoding": "gzip",
        "content-length": "77",
        "x-note": "one,\ntwo",
    },
    fetched_at="2026-01-02T03:04:05+00:00",
    hints=Hints(portal="youxian", division="430223", trust="official_parent", anchor="2014年年度报告"),
)


def page(number: int, **changes: object) -> Capture:
    fields = {
        "body": f"<p>第{number}页</p>".encode(),
        "url": f"http://www.example.gov.cn/{number}.html",
        "headers": {"content-type": "text/html"},
        "fetched_at": "2026-01-02T03:04:05+00:00",
    }
    return Capture(**{**fields, **changes})  # type: ignore[arg-type]


def archive(path: Path, *captures: Capture) -> Path:
    with WarcWriter(path) as writer:
        for capture in captures:
            writer.write(capture)
    return path


def test_a_capture_comes_back_as_it_was(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", PAGE)
    [(offset, capture)] = read_captures(path)
    assert offset == 0
    assert capture == Capture(PAGE.body, PAGE.url, 200, {**PAGE.headers, "x-note": "one, two"}, PAGE.fetched_at, PAGE.hints)


def test_a_time_with_an_offset_is_the_same_instant(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", page(1, fetched_at="2026-01-02T11:04:05.250000+08:00"))
    [(_, capture)] = read_captures(path)
    assert isinstance(capture, Capture)
    assert capture.fetched_at == "2026-01-02T03:04:05.250000+00:00"


@pytest.mark.parametrize("changes", [{"fetched_at": None}, {"url": None}, {"fetched_at": "2026-01-02T03:04:05"}])
def test_a_capture_without_address_or_instant_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="fetch"):
        archive(tmp_path / "a.warc.gz", page(1, **changes))


def test_offsets_are_those_of_the_records(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", page(1), page(2), page(3))
    offsets = [offset for offset, _ in read_captures(path)]
    for number, offset in enumerate(offsets, 1):
        with path.open("rb") as file:
            file.seek(offset)
            record = next(ArchiveIterator(file))
            assert record.rec_headers.get_header("WARC-Target-URI") == page(number).url


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.warc.gz",
        page(1, headers={"content-type": "image/png"}),
        page(2, status=302),
        page(3, status=304, body=b""),
        page(4, headers={"content-type": "application/pdf"}, body=b"%PDF-1.4"),
        page(5, status=404),
        page(6, headers={}),
    )
    found = [capture.url for _, capture in read_captures(path) if isinstance(capture, Capture)]
    assert found == [page(4).url, page(5).url, page(6).url]


def test_encodings_of_other_archives_are_undone(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>12</p>")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file)
        for number, (encoding, payload) in enumerate([("gzip", chunked), ("zstd", chunked)], 1):
            headers = [("Content-Type", "text/html"), ("Content-Encoding", encoding), ("Transfer-Encoding", "chunked")]
            http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"http://www.example.gov.cn/{number}", "response", BytesIO(payload), len(payload), http_headers=http
            )
            writer.write_record(record)
    (_, first), (_, second) = read_captures(path)
    assert isinstance(first, Capture)
    assert first.body == b"<p>12</p>"
    assert isinstance(second, Damage)
    assert "zstd" in second.reason


def test_a_cut_file_gives_its_whole_records_and_says_what_is_missing(tmp_path: Path) -> None:
    whole = archive(tmp_path / "a.warc.gz", page(1), page(2)).read_bytes()
    second = list(read_captures(tmp_path / "a.warc.gz"))[1][0]
    for end in range(second + 1, len(whole) - 12, 7):
        path = tmp_path / f"{end}.warc.gz"
        path.write_bytes(whole[:end])
        found = list(read_captures(path))
        assert [capture.url for _, capture in found if isinstance(capture, Capture)] == [page(1).url], end
        offset, damage = found[-1]
        assert offset == second
        assert isinstance(damage, Damage)
        assert "cut off" in damage.reason


def test_a_cut_uncompressed_file_is_told_too(tmp_path: Path) -> None:
    packed = archive(tmp_path / "a.warc.gz", page(1), page(2, body=b"<p>" + b"x" * 900)).read_bytes()
    path = tmp_path / "a.warc"
    path.write_bytes(gzip.decompress(packed)[:-400])
    first, second = read_captures(path)
    assert isinstance(first[1], Capture)
    assert isinstance(second[1], Damage)
    assert second[1].url == page(2).url


def test_bytes_that_do_not_fit_their_digest_are_told(tmp_path: Path) -> None:
    packed = archive(tmp_path / "a.warc.gz", page(1, body=b"<p>12</p>"), page(2)).read_bytes()
    path = tmp_path / "a.warc"
    path.write_bytes(gzip.decompress(packed).replace(b"<p>12</p>", b"<p>21</p>"))
    first, second = read_captures(path)
    assert isinstance(first[1], Damage)
    assert "digest" in first[1].reason
    assert isinstance(second[1], Capture)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        (b"Gongkai-Hints", b"{nonsense"),
        (b"Gongkai-Hints", b"[]"),
        (b"WARC-Date", b"yesterday"),
        (b"WARC-Date", b"0001-01-01T00:00:00+14:00"),
    ],
)
def test_a_header_that_makes_no_sense_damages_its_record_alone(tmp_path: Path, header: bytes, value: bytes) -> None:
    packed = archive(tmp_path / "a.warc.gz", page(1), page(2)).read_bytes()
    path = tmp_path / "a.warc"
    whole = gzip.decompress(packed)
    if header == b"WARC-Date":
        path.write_bytes(re.sub(rb"WARC-Date: .*", b"WARC-Date: " + value, whole, count=1))
    else:
        path.write_bytes(
            re.sub(
                rb"(Gongkai-Hints: .*\r\n)?WARC-Type: response",
                header + b": " + value + b"\r\nWARC-Type: response",
                whole,
                count=1,
            )
        )
    first, second = read_captures(path)
    assert isinstance(first[1], Damage)
    assert isinstance(second[1], Capture)


def test_records_in_one_gzip_member_are_told_with_the_mend(tmp_path: Path) -> None:
    packed = archive(tmp_path / "a.warc.gz", page(1), page(2)).read_bytes()
    path = tmp_path / "b.warc.gz"
    path.write_bytes(gzip.compress(gzip.decompress(packed)))
    found = list(read_captures(path))
    assert isinstance(found[-1][1], Damage)
    assert "warcio recompress" in found[-1][1].reason


def test_the_file_has_its_name_only_when_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    writer = WarcWriter(path)
    writer.write(page(1))
    # As a process that is killed now leaves it: the record is on disk already.
    assert [capture for _, capture in read_captures(tmp_path / "a.warc.gz.open")] == [page(1)]
    assert not path.exists()
    writer.close()
    writer.close()
    assert [item.name for item in tmp_path.iterdir()] == ["a.warc.gz"]


def test_no_file_is_written_over(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", page(1))
    with pytest.raises(FileExistsError, match="run"):
        WarcWriter(path)
