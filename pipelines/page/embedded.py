"""What a page carries as data and shows by script: its article, its date.

gkmlpt (Guangdong's catalogue platform) writes `window._CONFIG = {… DETAIL: {"title": …, "content": "<p>…"}}`; others write the
article from a variable or a literal, or keep its markup in a text area, a template, a hidden field; an interface answers with
JSON alone. WeChat and portals made by script print the date from a variable. Asked only for pages that show no prose, or no
date, of their own.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from itertools import chain

_KEY = r"""["']?\s*[:=]\s*(?=["'`])"""
_ENOUGH = 40
"""Fewest Han characters for a string that data names its content to be an article."""
_OPENED = re.compile(rf"""[:=(](?:(?<=\()\s*unescape\()?\s*(?=["'`])(?!(["'`])[^\\"'`]{{,{_ENOUGH - 1}}}\1)""")
"""Where a script gives a string: to a key, a variable, a call. Most are a word or two, too short for an article."""
_CONTENT = re.compile(
    r"""["']?\b(?:(?:article|info|html|detail|news|doc)?_?content\w{0,5}|body|txt|innerHTML)["']?\s*$""", re.I
)
_CONTENT_WORDS = ("content", "body", "txt", "innerhtml")
_WRITES = re.compile(r"(?:document\.write(?:ln)?|\.(?:html|append))$", re.I)
_TITLE = re.compile(r"""["']?\b(?:article|info|news|doc)?_?title""" + _KEY, re.I)
_DATE = re.compile(
    r"""["']?\b(?:display_publish_time|publish_?time|first_publish_time|publishedTime(?:Str)?|pub_?date|showTime)["']?\s*:\s*(?=")""",
    re.I,
)
_HOLDER = re.compile(
    r"<(textarea|template|noscript|xmp|script(?=[^<>]{0,500}\stype=[\"']?text/(?:html|template|x-)))\b[^<>]{0,500}>"
    r"((?:[^<]|<(?!\1\b)){200,}?)</\1>|<input\b[^<>]{0,500}?\svalue=\"([^\"]{200,})\"",
    re.S | re.I,
)
_HOLDING_ATTRIBUTE = re.compile(r'data-[\w-]+="([^"]{200,})"')
_DATA = re.compile(r"\s*(?:[\w.$]{1,60}\(\s*)?[{\[]\s*[\"{\[]")
"""How JSON begins, with a call around it or without."""
_LITERAL = re.compile(r"""(["'`])((?:[^\\]|\\.)*?)\1""", re.S)
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.))|%u([0-9a-f]{4})", re.S | re.I)
_CONTROL = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "\n": ""}
_STAMP = re.compile(r"""[:=]\s*["']?((?:19|20)\d\d-\d\d?-\d\d?|\d{10}(?=(?:\d{3})?\b))""")
_STAMP_KEY = re.compile(
    r"""["']?\b(?:create_?time|(?:display_|first_)?publish_?time|pub_?time|pub_?date|publish_?date|date_?published|ct)["']?\s*$""",
    re.I,
)
_NEAR = 16
"""Within how many characters before a value the words of its key stand: content_html" : """
_LONGEST_KEY = 40
"""Characters, with quotes and blanks."""
_HAN = re.compile("[\u4e00-\u9fff]+")
_WORDS = re.compile(f"(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){{{_ENOUGH}}}")
_CHINA = timedelta(hours=8)
_LONG = 150
"""Fewest for what else a page holds ready: notices and dialogs are shorter."""


def article_markup(markup: str, scripts: list[str]) -> str | None:
    """An HTML page of the title, date and article that a page carries in its scripts, or in elements that hold text ready;
    None when it carries none."""
    best = title = date = ""
    for found in chain(_HOLDER.finditer(markup), _HOLDING_ATTRIBUTE.finditer(markup)):
        held = found[found.lastindex or 0]
        held = html.unescape(held) if "<" not in held else held
        best = max(best, held if _han(held) >= _LONG else "", key=_han)
    for source in filter(_has_words, scripts):
        for found in _OPENED.finditer(source):
            at, opened = found.start(), source[found.start()]
            near = source[max(at - _NEAR, 0) : at].lower()
            if opened != "(" and not any(word in near for word in _CONTENT_WORDS):
                continue
            if not _before(_WRITES if opened == "(" else _CONTENT, source, at):
                continue
            content = _string(source, found.end())
            if _han(content) > max(_han(best), (_ENOUGH if opened == ":" else _LONG) - 1):
                best, title, date = content, _first(_TITLE, source, at), _first(_DATE, source, at)
    if not best:
        return None
    head = (f"<h1>{html.escape(title)}</h1>" if title else "") + (f"<p>发布时间：{html.escape(date)}</p>" if date else "")
    return f"<body>{head}<div>{best}</div></body>"


def is_data(markup: str) -> bool:
    """Whether an answer is JSON and no page."""
    return _DATA.match(markup) is not None


def date_in_scripts(scripts: list[str]) -> tuple[str, str] | None:
    """The day, ISO, that a script gives for the page, and the words that say so: a date, or seconds since 1970."""
    for script in scripts:
        for found in _STAMP.finditer(script):
            if key := _before(_STAMP_KEY, script, found.start()):
                said, words = found.group(1), key.group() + found.group()
                if "-" in said:
                    return "-".join(f"{int(part):02}" for part in said.split("-")), words
                return (datetime.fromtimestamp(int(said), UTC) + _CHINA).date().isoformat(), words
    return None


def _before(key: re.Pattern[str], source: str, at: int) -> re.Match[str] | None:
    """The key that ends at an offset. Values are looked for first, and the key before them then: values that may count are
    few, and told by their first character; names of keys stand everywhere in scripts."""
    return key.search(source, max(at - _LONGEST_KEY, 0), at)


def _has_words(source: str) -> bool:
    """Whether a script can hold an article: Han characters, or escapes that stand for them."""
    return any(mark in source for mark in ("\\u", "\\x", "%u", "&#")) or (
        not source.isascii() and _WORDS.match(source) is not None
    )


def _first(pattern: re.Pattern[str], source: str, near: int) -> str:
    """The string of a key in the same object: the last before the content, else the first after it."""
    found = list(pattern.finditer(source, max(0, near - 4000), near)) or list(pattern.finditer(source, near))[:1]
    return _string(source, found[-1].end()) if found else ""


def _string(source: str, start: int) -> str:
    """The string of JSON or of a script that begins at an offset; empty when it does not end."""
    found = _LITERAL.match(source, start)
    if not found:
        return ""
    # an emoji is escaped as a pair of surrogates, which is one character only after this
    return _ESCAPE.sub(_character, found.group(2)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[4]
    return chr(int(code, 16)) if code else _CONTROL.get(escape[3], escape[3])


def _han(text: str) -> int:
    return sum(map(len, _HAN.findall(text)))
