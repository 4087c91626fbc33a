"""Any byte string at all ends in a state: no exception, no stage that failed, no lone surrogate in the record."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.inputs import Unreadable, documents
from pipelines import run
from pipelines.model import Capture, Document, Report, State

# Words that wake the rules: headings, dates, years, places, numbers, labels, in both scripts and in damaged forms.
WORDS: Sequence[str] = (
    "2015年政府信息公开工作年度报告",
    "二〇一四年",
    "2O15年",
    "石桥县人民政府",
    "岷江省岷江市石桥区青石镇人民政府办公室",
    "政府信息公開年度報告",
    "2015年1月1日至2015年12月31日",
    "2016215",
    "2016-13-45",
    "发布时间：",
    "索引号",
    "发文机关",
    "来源：",
    "一、",
    "（一）",
    "1、",
    "第一部分",
    "主动公开政府信息情况",
    "依申请公开",
    "行政复议",
    "存在的主要问题及改进措施",
    "受理申请12件，其中当面申请3件",
    "99999999999999999999999999999件",
    "1.2.3万条",
    "3万余条",
    "无。",
    "零件",
    "/",
    "-",
    "\t",
    "\n",
    "\u3000",
    "\x00",
    "\ufeff",
    "\ufffd",
    "\U0001f600",
    "%",
    "。",
    "，",
)
TAGS = ("html", "head", "title", "body", "div", "p", "h1", "table", "tr", "td", "th", "span", "a", "ul", "li", "script", "meta")
ATTRIBUTES = (
    "",
    ' class="article"',
    ' id="zoom"',
    ' rowspan="2"',
    ' colspan="0"',
    ' rowspan="99999999"',
    ' colspan="-1"',
    ' colspan="x"',
    ' name="PubDate" content="2016-03-0',
    ' charset="nonsense"',
    ' http-equiv="Content-Type" content="text/html; charset=utf-7"',
    ' href="javascript:void(0)"',
    ' href="http://[bad/"',
    ' style="text-align:center"',
)

words = st.sampled_from(WORDS) | st.text(max_size=8)
tags = st.builds("<{}{}{}>".format, st.sampled_from(("", "/")), st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
# A page may end anywhere, also within a tag or a character.
pages = st.lists(words | tags, max_size=60).map("".join)
encodings = st.sampled_from(("utf-8", "gb18030", "big5", "utf-16", "utf-7", "latin-1"))
encoded = st.builds(lambda page, encoding: page.encode(encoding, "ignore"), pages, encodings)
cut = st.builds(lambda page, end: page[: len(page) - end], encoded, st.integers(0, 5))
mixed = st.lists(cut | st.binary(max_size=40), max_size=4).map(b"".join)
headers = st.fixed_dictionaries(
    {}, optional={"content-type": st.sampled_from(("text/html", "text/plain", "text/html; charset=gbk", "x; charset=", "\xff"))}
)
urls = st.none() | st.sampled_from(("http://www.example.gov.cn/art/2016/3/1/art_1_2.html", "http://[bad/", "", "年报.html"))

steady = settings(deadline=None, max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def settled(capture: Capture) -> Report:
    """The report of a page, when it is one that a store and a reader can take."""
    report = run(Document(capture))
    assert report.state in get_args(State)
    assert [issue for issue in report.issues if issue.code == "stage_failed"] == []
    msgspec.json.encode(report)
    for offsets in (*report.sections, *report.tables):
        assert 0 <= offsets.start <= offsets.end <= len(report.text)
    for readings in report.evidence.values():
        for reading in readings:
            if reading.start is not None and reading.end is not None:
                assert report.text[reading.start : reading.end] == reading.words
    return report


@steady
@given(body=st.binary(max_size=400), headers=headers, url=urls, status=st.sampled_from((200, 404, 521)))
def test_any_bytes(body: bytes, headers: dict[str, str], url: str | None, status: int) -> None:
    settled(Capture(body, url, status, headers))


@steady
@given(body=mixed, headers=headers, url=urls)
def test_any_page(body: bytes, headers: dict[str, str], url: str | None) -> None:
    settled(Capture(body, url, 200, headers))


@steady
@given(text=st.lists(words, max_size=60).map("".join))
def test_any_plain_text(text: str) -> None:
    settled(Capture(text.encode(), headers={"content-type": "text/plain; charset=utf-8"}))


@steady
@given(body=encoded)
def test_the_same_bytes_give_the_same_record(body: bytes) -> None:
    assert settled(Capture(body)) == settled(Capture(body))


@settings(steady, suppress_health_check=[*HealthCheck])
@given(
    line=st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(), max_size=5),
        lambda inner: st.dictionaries(st.sampled_from(("url", "html", "text", "headers", "status", "fetched_at")), inner),
        max_leaves=8,
    ).map(lambda row: json.dumps(row).encode())
)
def test_any_line(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line)
    for found in documents([str(path)]):
        report = found.report() if isinstance(found, Unreadable) else settled(found.lead)
        msgspec.json.encode(report)


HUGE = {
    "nested tags": b"<div>" * 100_000 + b"x",
    "nested tables": b"<table><tr><td>" * 30_000 + b"x",
    "scripts that never end": b"<script>x " * 100_000,
    "posts of a forum": "<div class=p1><p>发表于 2020-01-01</p></div>".encode() * 10_000,
    "hidden parts": b"<div class=p>x</div>" + "<div class=p hidden>一、公开</div>".encode() * 20_000,
    "headings and lists": "<h3>概况</h3><p>甲、乙，丙</p>".encode() * 20_000,
    "wrapped lines": b"<pre>" + ("报" * 40 + "\n").encode() * 50_000,
    "nested inline tags": b"<p>" + b"<b><i>" * 50_000 + b"x",
    "unclosed brackets": "（".encode() * 200_000,
    "digits": b"1" * 1_000_000,
    "one table row": b"<table><tr>" + b"<td>1</td>" * 50_000,
    "spans": b"<table>" + b'<tr><td rowspan="65534" colspan="1000">1</td></tr>' * 200,
    "dates": "2015年1月1日".encode() * 50_000,
    "headings": "<p>一、概述</p>".encode() * 50_000,
    "numbered lines": "".join(f"{number}、公开情况\n" for number in range(50_000)).encode(),
    "names": "石桥县人民政府办公室".encode() * 50_000,
    "NULs": b"\x00" * 1_000_000,
    "surrogate references": b"&#xD800;&#xDFFF;&#x110000;" * 1000,
    "50 MB": "<p>全年主动公开政府信息3021条，受理申请12件。</p>\n".encode() * 750_000,
}


@pytest.mark.parametrize("body", HUGE.values(), ids=HUGE)
def test_a_monstrous_page_ends(body: bytes) -> None:
    settled(Capture(body, "http://www.example.gov.cn/1"))
