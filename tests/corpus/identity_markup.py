"""Whole pages around a report, in the markup of several kinds of publishing system and as plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

HALF = str.maketrans("，：；（）！？", ",:;()!?")


@dataclass(slots=True)
class Page:
    """What stands on a page, before its markup."""

    title: str
    url: str
    site: str
    lines: list[str]
    """Preamble, headings and paragraphs."""
    sign: list[str]
    printed: str | None
    """The date of publication as the page prints it, with its label."""
    source: str | None = None
    portal: str | None = None
    crumbs: list[str] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    """Rows of the disclosure catalogue."""
    footer: str = ""


def head(page: Page) -> str:
    metas = "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in page.meta)
    return f'<html>\n<head>\n<meta charset="utf-8">\n<title>{escape(page.title)}_{page.site}</title>\n{metas}</head>\n'


def links(names: list[str], mark: str) -> str:
    return mark.join(f'<a href="/c{number}/index.html">{name}</a>' for number, name in enumerate(names))


def menu() -> str:
    names = "首页 领导之窗 政务公开 办事服务 互动交流 数据开放".split()
    return "<ul class='nav'>" + "".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(names)) + "</ul>\n"


def newer() -> str:
    rows = "".join(
        f'<li><a href="/n/{n}.html">{name}</a><span>2023-0{n}-1{n}</span></li>'
        for n, name in enumerate(["关于公布便民服务电话的公告", "关于道路临时封闭施工的通告", "2022年度部门决算公开"], 1)
    )
    return f"<div class='side'><h3>最新信息</h3><ul>{rows}</ul></div>\n"


def catalogue(page: Page) -> str:
    if not page.fields:
        return ""
    cells = [f"<td class='lab'>{label}：</td><td>{value}</td>" for label, value in page.fields]
    rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    return f"<table class='xxgk' border='1'>{rows}</table>\n"


def info(page: Page) -> str:
    return "　".join(part for part in (page.printed, f"来源：{page.source}" if page.source else "", "浏览次数：318") if part)


def foot(page: Page) -> str:
    return f"<div class='footer'>{page.footer}</div>\n</body>\n</html>\n"


def division(page: Page) -> str:
    """Containers and paragraphs, menu above and newer items beside."""
    text = "".join(f'<p style="text-indent:2em">{line}</p>\n' for line in page.lines)
    sign = "".join(f'<p style="text-align: right">{line}</p>\n' for line in page.sign)
    return (
        f"{head(page)}<body>\n<div class='top'>{menu()}</div>\n"
        f"<div class='location'>当前位置：{links(page.crumbs, ' &gt; ')}</div>\n{newer()}"
        f"<div class='article'><h1>{page.title}</h1>\n<div class='info'>{info(page)}</div>\n{catalogue(page)}"
        f"<div class='TRS_Editor'>{text}{sign}</div></div>\n{foot(page)}"
    )


def layout(page: Page) -> str:
    """Tables within tables, as portals of the years before 2012 have them."""
    text = "<br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in page.lines)
    sign = "<br>\n".join(page.sign)
    return (
        f"{head(page)}<body>\n<table width='1000'><tr><td>{menu()}</td></tr>\n"
        f"<tr><td>您的位置：{links(page.crumbs, ' -&gt; ')}</td></tr>\n<tr><td>{catalogue(page)}"
        f"<table width='900'><tr><td align='center'><font size='5'><b>{page.title}</b></font></td></tr>\n"
        f"<tr><td align='center'>{info(page)}</td></tr>\n"
        f"<tr><td id='zoom'>{text}<br>\n<br>\n<div align='right'>{sign}</div></td></tr></table></td></tr></table>\n{foot(page)}"
    )


def word(page: Page) -> str:
    """Spans within paragraphs, as pasted from a word processor."""
    text = "".join(
        f"<p class='MsoNormal'><span style='font-family:仿宋'><span>{line[:7]}</span><span>{line[7:]}</span></span></p>\n"
        for line in page.lines
    )
    sign = "".join(f"<p class='MsoNormal' align='right'><span>{line}</span></p>\n" for line in page.sign)
    return (
        f"{head(page)}<body>\n{menu()}<div class='dqwz'>{links(page.crumbs, ' / ')}</div>\n"
        f"<form name='_newscontent_fromname'><div><h2 align='center'>{page.title}</h2>\n"
        f"<div align='center'>{info(page)}</div>\n"
        f"{catalogue(page)}<div id='vsb_content'><div class='v_news_content'>{text}{sign}</div></div></div></form>\n"
        f"{newer()}{foot(page)}"
    )


def whole(page: Page) -> str:
    """The title inside the article, broken over two lines, and its sign-off in the last paragraph's container."""
    at = page.title.find("政府信息公开")
    broken = f"{page.title[:at]}<br>{page.title[at:]}" if at > 0 else page.title
    text = "".join(f"<div>　　{line}</div>\n" for line in page.lines)
    sign = "".join(f"<div align='right'>{line}　　</div>\n" for line in page.sign)
    return (
        f"{head(page)}<body>\n<div class='crumb'>{links(page.crumbs, ' › ')}</div>\n{catalogue(page)}"
        f"<div class='title'>{page.title}</div><div class='date'>{info(page)}</div>\n"
        f"<div class='con'><div align='center'><strong>{broken}</strong></div>\n{text}{sign}</div>\n{foot(page)}"
    )


def plain(page: Page) -> str:
    """Plain text with folded punctuation, its metadata in one line."""
    fields = " ".join(f"{label}: {value}" for label, value in page.fields)
    rows = [page.title, fields or info(page), *page.lines, *page.sign]
    return "\n".join(row for row in rows if row).translate(HALF) + "\n"


HTML = (division, layout, word, whole)
