"""`scrapy extract` as people type it: what stands on standard output, in files, and in the exit status."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.explain import console_on, explain
from crawler.warc import WarcWriter
from pipelines import draft_of
from pipelines.draft import Block, Cut, Draft
from pipelines.model import Capture, Document, Evidence, Figure, Issue, Report, ReportingBody, Section, Table

ROOT = Path(__file__).parent.parent
PAGE = """<html><head><title>石桥县2015年政府信息公开工作年度报告</title></head><body>
<h1>石桥县2015年政府信息公开工作年度报告</h1><p>发布时间：2016-03-21</p>
<div><p>现公布石桥县2015年政府信息公开工作年度报告。本报告由石桥县人民政府办公室编制，数据统计期限为2015年1月1日至2015年12月31日。</p>
<p>一、主动公开情况</p><p>全年主动公开政府信息3021条，其中网站公开2977条。</p></div></body></html>"""
COMMAND = [sys.executable, "-m", "scrapy"]


def run(*args: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, "extract", *map(str, args)], cwd=ROOT, input=stdin, capture_output=True, check=False)


def records(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


def test_a_page_becomes_one_record_in_unescaped_utf8(page: Path) -> None:
    done = run(page)
    [record] = records(done)
    assert record["source"] == str(page)
    assert record["schema_version"] == 1
    assert "主动公开政府信息3021条" in record["text"]
    assert "主动公开政府信息3021条".encode() in done.stdout
    assert done.stderr == b""


def test_every_kind_of_input_in_the_order_given(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "b.txt").write_bytes("全年主动公开政府信息31条。".encode("gb18030"))
    (folder / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    lines = tmp_path / "pages.jsonl.gz"
    lines.write_bytes(
        gzip.compress(json.dumps({"url": "http://www.example.gov.cn/1", "html": PAGE}).encode() + b"\nnonsense\n")
    )
    archive = tmp_path / "crawl.warc.gz"
    with WarcWriter(archive) as writer:
        answer = {"content-type": "text/html"}
        writer.write(Capture(PAGE.encode(), "http://www.example.gov.cn/2", 200, answer, "2026-01-02T03:04:05+00:00"))
    (tmp_path / "empty").touch()

    found = records(run(archive, "-", page, lines, folder, tmp_path / "empty", stdin=b'{"text": "x"}\n{"html": 1}\n'))
    assert [record["source"] for record in found] == [
        f"{archive}#0",
        "-:1",
        "-:2",
        str(page),
        f"{lines}:1",
        f"{lines}:2",
        f"{folder}/a.html.gz",
        f"{folder}/b.txt",
        f"{tmp_path}/empty",
    ]
    unreadable = [record["state"] == "unreadable" for record in found]
    assert unreadable == [False, False, True, False, False, True, False, False, True]
    assert all(record["reason"] for record in found if record["state"] == "unreadable")
    assert found[0]["url"] == "http://www.example.gov.cn/2"
    assert found[0]["text"] == found[3]["text"] == found[4]["text"] == found[6]["text"]


def test_output_appears_whole_or_not_at_all(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    assert run(page, tmp_path / "nowhere.html", "-o", out).returncode == 2
    assert out.read_text() == "before"
    done = run("-o", out, page)
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(out.read_text())["source"] == str(page)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "page.html"]


def test_a_run_that_is_killed_leaves_whole_lines_beside_the_old_output(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    with subprocess.Popen([*COMMAND, "extract", "-", "-o", str(out)], cwd=ROOT, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write((json.dumps({"html": PAGE}) + "\n").encode() * 3)
        process.stdin.flush()
        part = tmp_path / f"out.jsonl.{process.pid}.part"
        while not (part.exists() and part.read_bytes().count(b"\n") >= 2):
            assert process.poll() is None
        process.kill()
    assert out.read_text() == "before"
    assert [json.loads(line)["state"] for line in part.read_text().splitlines()[:2]] == ["report", "report"]
    assert run(page, "-o", out).returncode == 0
    assert json.loads(out.read_text())["source"] == str(page)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "what to read"),
        (("nowhere.html",), "no such file or folder: nowhere.html"),
        (("--no-such-option", "-"), "no such option"),
        (("-", "-"), "once only"),
        (("-", "-o", "no/such/folder/out.jsonl"), "no such folder"),
        (("-", "-o", "tests"), "names a folder"),
        (("tests", "-o", "tests/out.jsonl"), "a file that is read, by tests"),
        (("README.md", "-o", "./README.md"), "a file that is read, by README.md"),
        (("-", "-o", "/tmp/records.csv"), "no .csv file: name it records.jsonl"),
        (("-", "-o", "/tmp/records.json"), "no .json file: name it records.jsonl"),
        (("-", "-o", "/tmp/records.jsonl.gz"), "no .gz file: name it records.jsonl"),
    ],
)
def test_bad_usage_is_told_before_anything_is_written(args: tuple[str, ...], words: str) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert b"{" not in done.stdout


def test_the_output_is_not_read(page: Path) -> None:
    """`scrapy extract . > all.jsonl`: each record would be read as a further input."""
    out = page.with_name("all.jsonl")
    with out.open("wb") as file:
        subprocess.run([*COMMAND, "extract", str(page.parent)], cwd=ROOT, stdout=file, check=True, timeout=60)
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(record["source"], record["state"]) for record in found] == [(str(out), "unreadable"), (str(page), "report")]


@pytest.mark.parametrize("options", [(), ("--explain",)])
def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(json.dumps({"html": PAGE}) + "\n" + "nonsense\n" * 20_000)
    with subprocess.Popen(
        [*COMMAND, "extract", *options, str(path)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait()
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told(page: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "extract", str(page)], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["scrapy extract: standard output: No space left on device"]


def test_records_come_while_input_is_still_open() -> None:
    with subprocess.Popen([*COMMAND, "extract", "-"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"url": str(number), "html": PAGE}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["url"] == str(number)
        process.stdin.close()
    assert process.returncode == 0


def test_explain_is_for_a_person(page: Path) -> None:
    done = run("--explain", page, "-", stdin=b"nonsense\n")
    assert done.returncode == 0
    told = done.stdout.decode()
    assert "石桥县2015年政府信息公开工作年度报告" in told
    assert "not JSON" in told
    assert "\x1b" not in told


def test_explain_shows_decisions_rivals_and_findings(tmp_path: Path) -> None:
    text = "石桥县人民政府2015年度报告\n全年受理申请12件"
    figure = Figure("applications_received", 12, "sentence", "全年受理申请12件", qualifier="at_least")
    cell = Figure("applications", None, "table", "", row="total", column="legal_person", stated="blank")
    report = Report(
        url="http://www.example.gov.cn/1",
        state="report",
        title="石桥县2014年报告",
        report_year=2015,
        reporting_body=ReportingBody("石桥县人民政府", "石桥县政府"),
        text=text,
        sections=[Section("preface", "一", "概述", 1, "全年", "、", children=[Section(None, "(一)", "其他", 2, "")])],
        tables=[Table("applications", None, [["", "总计"], ["申请", "12"]])],
        figures=[figure, cell],
        evidence={
            "report_year": [
                Evidence(2015, "period", "2015年度", 7, 13),
                Evidence(2014, "title", "2014年报告"),
                Evidence(2015, "body", "今年"),
            ]
        },
        issues=[Issue("years_disagree", "warning", "Title and text name two years.", [Evidence(2014, "title", "2014年报告")])],
    )
    draft = Draft(
        Document(Capture(b"")), report, blocks=[Block("paragraph", text)], cut=[Cut("您当前的位置 " * 40, "breadcrumb")]
    )
    out = tmp_path / "told.txt"
    with out.open("wb") as file, console_on(file) as console:
        explain(draft, console)
    told = [" ".join(line.split()) for line in out.read_text().splitlines()]
    for expected in (
        "state report",
        "body 石桥县人民政府 · other",
        "report_year ✓ 2015 period 2015年度 7–13",
        "≠ 2014 title 2014年报告",
        "+ 2015 body 今年",
        "一、概述 preface, 2 characters at 0–0",
        "(一)其他 ?, 0 characters at 0–0",
        "applications: 2 × 2",
        "applications_received 12 — at_least printed 全年受理申请12件",
        "applications total legal_person=blank",
        "warning years_disagree: Title and text name two years.",
        "2014 title 2014年报告",
    ):
        assert expected in told
    assert any(line.startswith("breadcrumb 您当前的位置") for line in told)
    assert any(line.endswith("…") for line in told)


@pytest.mark.parametrize(
    ("capture", "state"),
    [
        (Capture(PAGE.replace("2015年1月1日至", "截至").encode()), "report"),
        (Capture("<h1>关于国庆放假的通知</h1><p>十月一日起放假七天，请各单位安排好值班。</p>".encode()), "not_a_report"),
        (Capture(b"", "http://www.example.gov.cn/1", 521), "blocked"),
        (Capture(b"", "http://www.example.gov.cn/1", 404), "gone"),
        (Capture(b"", "http://www.example.gov.cn/1", 0), "unreadable"),
        (Capture("<html><h1>石桥县2015年政府信息公开工作年度报告</h1></html>".encode()), "needs_review"),
    ],
)
def test_explain_says_something_sensible_of_a_page_in_any_state(tmp_path: Path, capture: Capture, state: str) -> None:
    draft = draft_of(Document(capture, "page.html"))
    assert draft.report.state == state
    out = tmp_path / "told.txt"
    with out.open("wb") as file, console_on(file) as console:
        explain(draft, console)
    told = out.read_text()
    assert f"state {state}" in " ".join(told.split())
    assert "None" not in told
    assert (draft.report.reason or "") in " ".join(told.split())


def test_the_archive_spider_reads_the_same_inputs(page: Path, tmp_path: Path) -> None:
    lines = tmp_path / "pages.jsonl"
    lines.write_text(json.dumps({"url": "http://www.example.gov.cn/1", "html": PAGE}) + "\nnonsense\n")
    out = tmp_path / "items.jsonl"
    store = f"GONGKAI_STORE=sqlite:///{tmp_path}/reports.sqlite"
    done = subprocess.run(
        [*COMMAND, "crawl", "archive", "-a", f"inputs={page},{lines}", "-s", store, "-O", str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "default"},
        capture_output=True,
        check=False,
    )
    log = done.stderr.decode()
    assert done.returncode == 0, log
    assert "] ERROR" not in log
    assert "'item_scraped_count': 3" in log
    assert "downloader/request_count" not in log
