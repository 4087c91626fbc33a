"""Inputs -> documents: every file, line and record ends as a document or as a reason."""

import gzip
import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from crawler.inputs import Unreadable, documents
from crawler.warc import WarcWriter
from pipelines.model import Capture, Document

HTML = "<html><body><p>全年收到申请3件。</p></body></html>"


def read(*inputs: Path | str) -> list[Document | Unreadable]:
    return list(documents(map(str, inputs)))


def one(*inputs: Path | str) -> Document | Unreadable:
    [found] = read(*inputs)
    return found


def reason(found: Document | Unreadable) -> str:
    assert isinstance(found, Unreadable), found
    return found.reason


def lead(found: Document | Unreadable) -> Capture:
    assert isinstance(found, Document), found
    return found.lead


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows))
    return path


class Stdin:
    """Standard input that holds these bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", HTML.encode(), "text/html"),
        ("a.htm", b"no tags at all", "text/html"),
        ("a.txt", "全年收到申请3件。".encode("gb18030"), "text/plain"),
        ("a.txt", HTML.encode("gb18030"), "text/html"),
        ("a.txt", HTML.encode("utf-16"), "text/html"),
        ("page", HTML.encode(), "text/html"),
        ("page", "全年收到申请3件。".encode(), None),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
    ],
)
def test_a_page_keeps_its_bytes_and_says_its_kind(tmp_path: Path, name: str, content: bytes, kind: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = one(path)
    assert lead(found).body == content
    assert lead(found).headers.get("content-type") == kind
    assert isinstance(found, Document)
    assert found.source == str(path)


def test_a_gzipped_page_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(HTML.encode()))
    assert lead(one(path)).body == HTML.encode()


def test_json_lines_keep_what_is_known_of_the_page(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        {
            "url": "http://www.example.gov.cn/1",
            "html": HTML,
            "headers": {"Content-Type": "text/html; charset=gbk", "Last-Modified": "x", "Via": ["a", "b"]},
            "fetched_at": "2026-01-02T03:04:05+00:00",
            "status": 404,
        },
        {"url": "http://www.example.gov.cn/2", "text": "全年收到申请3件。", "html": None, "status": None},
    )
    first, second = read(path)
    assert lead(first) == Capture(
        HTML.encode(),
        "http://www.example.gov.cn/1",
        404,
        {"content-type": "text/html; charset=utf-8", "last-modified": "x", "via": "a, b"},
        "2026-01-02T03:04:05+00:00",
    )
    assert lead(second) == Capture(
        "全年收到申请3件。".encode(), "http://www.example.gov.cn/2", 200, {"content-type": "text/plain; charset=utf-8"}
    )
    assert [first.source, second.source] == [f"{path}:1", f"{path}:2"]


def test_a_bad_line_is_told_and_the_next_one_read(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        "\ufeff" + json.dumps({"html": HTML}),
        "nonsense",
        {"url": "u", "html": 3},
        {"url": "u"},
        "",
        [1],
        '{"html": "cut',
        "[" * 100_000,
        {"html": HTML},
    )
    with path.open("ab") as file:
        file.write(b'{"html": "\xb9\xab"}\n')
    found = read(path)
    assert [type(item) is Document for item in found] == [True, *[False] * 6, True, False]
    assert [item.source.rpartition(":")[2] for item in found if item.source] == ["1", "2", "3", "4", "6", "7", "8", "9", "10"]
    assert "not JSON" in reason(found[1])
    assert "$.html" in reason(found[2])
    assert "neither" in reason(found[3])
    assert "array" in reason(found[4])
    assert "utf-8" in reason(found[8])


@pytest.mark.parametrize("blanks", [b"\r\n" * 5000, b" " * 9000])
def test_a_page_may_begin_with_blanks(tmp_path: Path, blanks: bytes) -> None:
    """Scripts of older servers send thousands before the first tag."""
    path = tmp_path / "page.html"
    path.write_bytes(blanks + HTML.encode())
    (found,) = read(path)
    assert isinstance(found, Document)
    path.write_bytes(blanks)
    assert reason(read(path)[0]) == "an empty file"


def test_what_is_no_time_is_unknown_and_what_is_no_status_is_told(tmp_path: Path) -> None:
    times = ["2023-05-01T10:00:00+08:00", "yesterday", "0001-01-01T00:00:00+14:00"]
    bad = [{"html": HTML, "status": 10**30}, {"html": HTML, "status": -1}]
    found = read(lines(tmp_path / "a.jsonl", *({"html": HTML, "fetched_at": time} for time in times), *bad))
    assert [item.lead.fetched_at for item in found if isinstance(item, Document)] == [times[0], None, None]
    assert all("$.status" in reason(item) for item in found[3:])


def test_a_lone_surrogate_becomes_a_replacement_character(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", '{"url": "http://h/\\udc80", "html": "<p>\\ud800条\\ud83d\\ude00</p>"}')
    assert lead(one(path)).body.decode() == "<p>\ufffd条\U0001f600</p>"
    assert lead(one(path)).url == "http://h/\ufffd"


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a.jsonl.gz", "anything"])
def test_json_lines_are_known_by_name_or_first_bytes(tmp_path: Path, name: str) -> None:
    data = json.dumps({"html": HTML}).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    found = one(path)
    assert lead(found).body == HTML.encode()
    assert found.source == f"{path}:1"


def test_a_json_document_is_no_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "meta.json"
    path.write_text(json.dumps({"a": 1, "b": 2}, indent=1))
    assert "not JSON Lines" in reason(one(path))


def test_what_a_browser_saves_beside_a_page_is_no_page(tmp_path: Path) -> None:
    for name in ("page.html", "page_files/logo.PNG", "page_files/site.js"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(HTML)
    page, logo, script = read(tmp_path)
    assert lead(page).body == HTML.encode()
    assert ".png" in reason(logo)
    assert ".js" in reason(script)
    assert lead(one(tmp_path / "page_files" / "logo.PNG")).body == HTML.encode()


@pytest.mark.parametrize("zipped", [False, True])
def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch, zipped: bool) -> None:
    data = json.dumps({"html": HTML}).encode() + b"\nx\n"
    monkeypatch.setattr("sys.stdin", Stdin(gzip.compress(data) if zipped else data))
    found = read("-")
    assert [item.source for item in found] == ["-:1", "-:2"]
    assert lead(found[0]).body == HTML.encode()
    assert "not JSON" in reason(found[1])


def warc(path: Path, *numbers: int) -> Path:
    with WarcWriter(path) as writer:
        for number in numbers:
            writer.write(
                Capture(
                    HTML.encode(),
                    f"http://www.example.gov.cn/{number}",
                    headers={"content-type": "text/html"},
                    fetched_at="2026-01-02T03:04:05+00:00",
                )
            )
    return path


def test_a_warc_file_is_known_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = warc(tmp_path / "archive.bin", 1, 2)
    found = read(path)
    assert [lead(item).url for item in found] == ["http://www.example.gov.cn/1", "http://www.example.gov.cn/2"]
    assert found[0].source == f"{path}#0"
    monkeypatch.setattr("sys.stdin", Stdin(path.read_bytes()))
    assert [lead(item) for item in read("-")] == [lead(item) for item in found]


def test_the_rest_of_a_cut_warc_file_is_told(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc.gz", 1, 2)
    path.write_bytes(path.read_bytes()[:-40])
    first, second = read(path)
    assert lead(first).url == "http://www.example.gov.cn/1"
    assert "cut off" in reason(second)
    assert second.source is not None
    assert second.source.startswith(f"{path}#")


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.html", "a/2.html", "a/10.html", ".hidden.html", ".git/c.html", "c.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(HTML)
    names = [os.path.relpath(item.source or "", tmp_path) for item in read(tmp_path)]
    assert names == ["a/10.html", "a/2.html", "b.html", "c.html"]


def test_nothing_ends_without_a_state(tmp_path: Path) -> None:
    (tmp_path / "1-empty").touch()
    (tmp_path / "2-folder").mkdir()
    (tmp_path / "3-lines.jsonl").write_text("\n\n")
    os.mkfifo(tmp_path / "4-pipe")
    (tmp_path / "5-loop").symlink_to(tmp_path / "5-loop")
    (tmp_path / "6-cut.html.gz").write_bytes(gzip.compress(os.urandom(9000))[:5000])
    (tmp_path / "7-cut.jsonl.gz").write_bytes(gzip.compress(b'{"html": ""}\n' + os.urandom(90_000))[:50_000])
    (tmp_path / "8-not.gz").write_bytes(b"\x1f\x8bnothing of the kind")
    found = read(tmp_path)
    names = [os.path.basename(item.source or "")[:1] for item in found]
    assert sorted(set(names)) == list("12345678")
    assert [item.source for item in found if isinstance(item, Document)] == [str(tmp_path / "7-cut.jsonl.gz:1")]
    assert "empty" in reason(found[0])
    assert "empty" in reason(found[1])
    assert "empty" in reason(found[2])
    assert "cannot be read" in reason(found[-2])


def test_a_name_that_is_no_utf8_can_be_printed(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + "/年报.html".encode("gb18030")
    with open(path, "wb") as file:
        file.write(HTML.encode())
    source = one(os.fsdecode(path)).source
    assert source is not None
    assert source.encode().endswith(b".html")


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    row = json.dumps({"html": HTML * 100}).encode() + b"\n"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(4000):
            file.write(row)
    tracemalloc.start()
    try:
        assert sum(1 for _ in documents([str(path)])) == 4000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 50 * len(row)
