"""The links of a page: articles with their words and dates, columns, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from parsel import Selector

from crawler.families.page import Link, Page
from pipelines.address import file_at, files_in_scripts

DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(1[0-2]|0?[1-9])\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?!\d)")
CUT = re.compile(r"(…|\.{2,}|。{2,})\s*$")
ROWS = frozenset({"li", "tr", "dd", "dt", "p"})
ROW_ABOVE = 12
"""Elements from a link up to its row; what lies deeper is no list that a person reads."""
ROW_LINKS = 3
"""Most links of a row: title, picture, "more"."""
MAX_WORDS = 300
"""Characters; a link around a whole page has no title."""
FILE = re.compile(r"\.(pdf|docx?|xlsx?|wps|et|ofd|rtf|zip|rar|7z)$", re.I)
FRAMED = ", ".join(
    ("iframe::attr(src)", "embed::attr(src)", "object::attr(data)", "object > param::attr(value)", "frame::attr(src)")
)


def anchors(root: Selector, page: Page) -> Iterator[tuple[Selector, str, str]]:
    """Each link with its address and words."""
    for anchor in root.css("a[href]"):
        url = page.join(anchor.xpath("@href").get(""))
        if url:
            yield anchor, url, words(anchor)


def words(anchor: Selector) -> str:
    """The words of a link; its title attribute where they are cut off, a picture stands for them, or a summary follows them."""
    text = str(anchor.xpath("normalize-space()").get(""))[:MAX_WORDS]
    title = " ".join(anchor.xpath("@title").get("").split())[:MAX_WORDS]
    if title and (not text or (CUT.search(text) and (title.startswith(CUT.sub("", text)) or text.startswith(title)))):
        return title
    return text


def articles(page: Page, shape: re.Pattern[str], root: Selector | None = None) -> list[Link]:
    """The links whose address has the shape of an article, each once in page order."""
    return _once(link for link in anchors(root or page.selector, page) if shape.search(path_of(link[1])))


def named(page: Page, is_name: Callable[[str], bool]) -> list[Link]:
    """The links with certain words, whatever their address: an older system's pages, other hosts, files."""
    return _once(link for link in anchors(page.selector, page) if is_name(link[2]))


def _once(found: Iterable[tuple[Selector, str, str]]) -> list[Link]:
    """A title and its picture or "more" may link the same article: the longest words win."""
    once: dict[str, Link] = {}
    for anchor, url, text in found:
        before = once.get(url)
        if before is None or len(text) > len(before.text):
            once[url] = Link(url, text, listed(anchor, text) or (before.listed if before else None))
    return list(once.values())


def path_of(url: str) -> str:
    """Path and query: what the shape of an address is about."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def listed(anchor: Selector, text: str) -> str | None:
    """The date in the row of a link, outside the link's own words, ISO 8601."""
    above = list(islice(anchor.root.iterancestors(), ROW_ABOVE))
    row = next((element for element in above if element.tag in ROWS), above[0] if above else None)
    if row is None:
        return None
    # Counted no further than needed: on a page of one row with thousands of links, each would count them all.
    linked = (link for link in row.iter("a") if link.get("href") is not None)
    if len(list(islice(linked, ROW_LINKS + 1))) > ROW_LINKS:
        return None
    around = " ".join("".join(row.itertext()).split()).replace(text, " ", 1)
    match = DATE.search(around)
    if not match:
        return None
    year, month, day = match.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def files(page: Page) -> list[Link]:
    """The files that a page carries: links to documents, calls that open one, framed, shown and pictured files, downloads named
    in words or query."""
    found: dict[str, Link] = {}

    def add(url: str | None, text: str = "") -> None:
        asked = page.join(url) if url else None
        if asked:
            found.setdefault(asked, Link(asked, text or asked.rpartition("/")[2]))

    for element in page.selector.css("a[href], [onclick]"):
        href = element.xpath("@href").get("")
        text = words(element)
        opened = file_at(page.base, href) or file_at(page.base, element.xpath("@onclick").get(""))
        if opened:
            add(opened, text)
        elif FILE.search(text):
            add(href, text)
    for source in page.selector.css(FRAMED).getall():
        add(file_at(page.base, source))
    for url in files_in_scripts(page.base, page.text):
        add(url)
    # PowerEasy shows the pages of a file as pictures, and names the file itself beside them.
    for source in page.selector.css("img::attr(data-powerurl)").getall():
        add(source)
    return list(found.values())
