"""Addresses as pages write them: a malformed one is an empty one, never an error."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

_EMPTY = urlsplit("")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|rtf|zip|rar|7z)$", re.I)
_DOWNLOAD = re.compile(r"down(?:load|file)\w*(?:\.\w+)?$|getfile\w*(?:\.\w+)?$", re.I)
"""Last part of a path that sends a file by its number or hash: downfile.jsp, download.jsp, /DownloadServlet, GetFile.ashx."""
_QUOTED = re.compile(r"""(["'])([^"'<>\s]{1,500}?)\1""")
_SHOWN = re.compile(r"""PDFObject\.embed\(\s*["']([^"'<>\s]{1,500})["']""")


@lru_cache(maxsize=256)
def split(url: str | None) -> SplitResult:
    """The parts of an address; all empty where it is none (http://[bad/)."""
    try:
        parts = urlsplit(url or "")
        _ = parts.hostname, parts.port
    except ValueError:
        return _EMPTY
    return parts


def host(url: str | None) -> str:
    """The host name, lower case, or an empty string."""
    return split(url).hostname or ""


def absolute(base: str | None, href: str) -> str | None:
    """A link's address resolved against its page's, or None where that is impossible."""
    try:
        return urljoin(base or "", href.strip())
    except ValueError:
        return None


def file_at(base: str | None, words: str) -> str | None:
    """The absolute address of the document file that a link, a frame or a call opens; None where it opens none.

    It is the address itself, or stands in it: `viewer.html?file=/f/nb.pdf` (pdf.js), `view.aspx?src=https%3A%2F%2F…` (Office),
    `javascript:openFile('nb.doc')`, `window.open("/f/nb.pdf")`.
    """
    words = words.strip()
    if words[:11].lower() == "javascript:" or "(" in words.split("?")[0]:
        inside = (file_at(base, found.group(2)) for found in _QUOTED.finditer(words))
        return next((url for url in inside if url), None)
    url = absolute(base, words)
    parts = split(url)
    if not url or parts.scheme not in ("http", "https", ""):
        return None
    url = url.partition("#")[0]
    if _FILE.search(unquote(parts.path)) or (_DOWNLOAD.search(parts.path) and parts.query):
        return url
    for _, value in parse_qsl(parts.query):
        if _FILE.search(unquote(split(value).path)):
            # A viewer is given an address; what is given a bare name sends the file itself.
            is_shown = "/" in value or "view" in parts.path.lower()
            return absolute(url, unquote(value) if "%" in value else value) if is_shown else url
    return None


def files_in_scripts(base: str | None, text: str) -> list[str]:
    """The files that a script, or those of a page, show in it (PDFObject)."""
    if "PDFObject" not in text:
        return []
    shown = (absolute(base, found.group(1)) for found in _SHOWN.finditer(text))
    return list(dict.fromkeys(url.partition("#")[0] for url in shown if url))
