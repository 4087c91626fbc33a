"""Whole pages written one by one in identity_singles.toml, each with what a careful reader takes from it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.model import Capture, Document, Hints
from tests.corpus.identity_pages import Case, Truth

PAGES = Path(__file__).with_suffix(".toml")
MEASURED = ("report_year", "published", "signed", "period", "name", "code", "organ", "level")
TEXT = (
    "一、总体情况",
    "{we}坚持把信息公开作为改进作风的抓手，调整了由主要负责人任组长的领导小组，修订《条例》（国务院令第492号，2007年公布）配套制度4项。",
    "二、主动公开",
    "{year}年通过网站发布各类信息513条，公告栏张贴67份，编印便民手册1200册；{last}年同期为480条。",
    "三、依申请公开",
    "{year}年度收到书面申请2件、电子邮件申请1件，均按期作出答复。",
    "四、因信息公开被复议、诉讼的情况",
    "无。",
    "五、问题和打算",
    "个别科室报送不及时。{next}年我们将开展一次全面自查，{next}年6月底前完成。",
)
UNDATED = (
    "一、总体情况",
    "我局明确专人负责，修订制度4项，全年召开专题会议3次，把信息公开列入科室考核。",
    "二、主动公开",
    "全年发布各类信息513条，公告栏张贴67份，编印便民手册1200册，回复网民留言88条。",
    "三、依申请公开",
    "收到书面申请2件、电子邮件申请1件，均按期作出答复，没有收取费用。",
    "四、存在问题",
    "个别科室报送不及时，解读材料偏少，今后将加强培训和通报。",
)
MENU = '<ul><li><a href="/">首页</a></li><li><a href="/a">新闻</a></li><li><a href="/b">公开</a></li></ul>'


def singles() -> Iterator[Case]:
    """Every page with its truth, in the order of the file."""
    for row in tomllib.loads(PAGES.read_text(encoding="utf-8"))["page"]:
        plain = row.get("plain", False)
        text = as_text(row) if plain else as_html(row)
        headers = {"content-type": f"text/{'plain' if plain else 'html'}; charset=utf-8"}
        capture = Capture(text.encode(), row.get("url"), 200, headers, hints=Hints(division=row.get("portal")))
        truth = Truth(**dict.fromkeys(MEASURED, "*") | row["truth"])
        yield Case(row["kind"], row["kind"], Document(capture), truth)


def lines_of(row: dict[str, Any]) -> list[str]:
    """The report's own lines."""
    if "lines" in row:
        return list(row["lines"])
    year = row.get("year")
    words = {"year": year, "next": year + 1, "last": year - 1, "we": row["we"]} if year else {}
    text = [line.format(**words) for line in TEXT] if year else UNDATED
    return [*row.get("before", ()), *text, *row.get("after", ())]


def as_text(row: dict[str, Any]) -> str:
    return "\n".join(line for line in (row.get("info"), row["title"], *lines_of(row)) if line)


def as_html(row: dict[str, Any]) -> str:
    text = "".join(f"<p>　　{line}</p>" for line in lines_of(row))
    title, info, crumb, foot = row["title"], row.get("info", ""), row.get("crumb", ""), row.get("foot", "")
    head = f'<meta charset="utf-8"><title>{row.get("head_title", title)}</title>{row.get("head", "")}'
    return (
        f"<!DOCTYPE html><html><head>{head}</head>"
        f'<body><div class="header">{MENU}</div><div class="pos">{crumb}</div><div class="main">'
        f'<h1>{row.get("headline", title)}</h1><div class="source">{info}</div><div id="zoom">{text}</div></div>'
        f'<div class="foot">{foot}</div></body></html>'
    )
