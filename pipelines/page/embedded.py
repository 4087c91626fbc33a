"""What a page carries as data and shows by script: an article as a JSON string or as markup in a text area, its date.

gkmlpt (Guangdong's catalogue platform) writes `window._CONFIG = {… DETAIL: {"title": …, "content": "<p>…"}}`; others put the
article's markup into a hidden text area; WeChat and portals made by script print the date from a variable. Asked only for
pages that show no prose, or no date, of their own.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from json import JSONDecodeError, JSONDecoder

_CONTENT = re.compile(
    r"""["']?\b(?:content|body|articleContent|infoContent|htmlContent|detailContent|txt)["']?\s*:\s*(?=")""", re.I
)
_TITLE = re.compile(r"""["']?\b(?:title|articleTitle|infoTitle)["']?\s*:\s*(?=")""", re.I)
_DATE = re.compile(
    r"""["']?\b(?:display_publish_time|publish_?time|first_publish_time|publishedTime(?:Str)?|pub_?date|showTime)["']?\s*:\s*(?=")""",
    re.I,
)
_TEXTAREA = re.compile(r"<textarea\b[^>]*>(.{200,}?)</textarea>", re.S | re.I)
_SCRIPT = re.compile(r"<script\b[^>]*>(.+?)</script>", re.S | re.I)
_STAMP = re.compile(
    r"""["']?\b(?:create_?time|(?:display_|first_)?publish_?time|pub_?time|pub_?date|publish_?date|date_?published|ct)["']?"""
    r"""\s*[:=]\s*["']?((?:19|20)\d\d-\d\d?-\d\d?|\d{10}(?=(?:\d{3})?\b))""",
    re.I,
)
_HAN = re.compile("[\u4e00-\u9fff]")
_CHINA = timedelta(hours=8)
_JSON = JSONDecoder(strict=False)
_ENOUGH = 40
"""Fewest Han characters for a string to be an article."""


def article_markup(markup: str) -> str | None:
    """An HTML page of the title, date and article that a page carries as data; None when it carries none."""
    best = ""
    for found in _TEXTAREA.finditer(markup):
        best = max(best, html.unescape(found.group(1)), key=_han)
    title = date = ""
    for script in _SCRIPT.finditer(markup):
        source = script.group(1)
        for found in _CONTENT.finditer(source):
            content = _string(source, found.end())
            if _han(content) > _han(best):
                best, title, date = content, _first(_TITLE, source, found.start()), _first(_DATE, source, found.start())
    if _han(best) < _ENOUGH:
        return None
    head = (f"<h1>{html.escape(title)}</h1>" if title else "") + (f"<p>发布时间：{html.escape(date)}</p>" if date else "")
    return f"<body>{head}<div>{best}</div></body>"


def date_in_scripts(markup: str) -> tuple[str, str] | None:
    """The day, ISO, that a script gives for the page, and the words that say so: a date, or seconds since 1970."""
    for script in _SCRIPT.finditer(markup):
        if found := _STAMP.search(script.group(1)):
            said = found.group(1)
            if "-" in said:
                return "-".join(f"{int(part):02}" for part in said.split("-")), found.group()
            return (datetime.fromtimestamp(int(said), UTC) + _CHINA).date().isoformat(), found.group()
    return None


def _first(pattern: re.Pattern[str], source: str, near: int) -> str:
    """The string of a key in the same object: the last before the content, else the first after it."""
    found = list(pattern.finditer(source, max(0, near - 4000), near)) or list(pattern.finditer(source, near))[:1]
    return _string(source, found[-1].end()) if found else ""


def _string(source: str, start: int) -> str:
    """The JSON string that begins at an offset; empty when it does not end."""
    try:
        return str(_JSON.raw_decode(source, start)[0])
    except JSONDecodeError:
        return ""


def _han(text: str) -> int:
    return len(_HAN.findall(text))
