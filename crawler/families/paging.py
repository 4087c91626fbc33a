"""The next page of a list, and the pages that continue an article.

The next page is taken from what the page says (a link, a call with its numbers), never from the habit of a system:
`index_1` is the second page on one site and the first on another.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from crawler.families.links import anchors
from crawler.families.page import Page, number

NEXT = re.compile(r"^\s*(下\s*一?\s*[页頁]|后一?[页頁]|下[页頁]|next( page)?)\s*[>»›→]*\s*$", re.I)
# createPageHTML(55,0,"index","shtml","1089"): pages, this one from 0 (TRS).
# createPageHTML('page_div',10,1,'list','shtml',200): a place, pages, this one from 1 (UCAP).
CREATE_PAGE = re.compile(
    r"""createPageHTML\(\s*(?P<place>['"][^'"]*['"]\s*,)?\s*(?P<count>\d{1,9})\s*,\s*(?P<current>\d{1,9})\s*,"""
    r"""\s*['"](?P<name>[^'"]+)['"]\s*,\s*['"](?P<suffix>\w+)['"]"""
)
COUNT_PAGE = re.compile(r"\bvar\s+countPage\s*=\s*(\d{1,9})\b")
CURRENT_PAGE = re.compile(r"\bvar\s+currentPage\s*=\s*(\d{1,9})\b")
NUMBERED = re.compile(r"[_-](\d{1,3})$")
MAX_PAGES = 50
"""Longest article: reports of whole provinces have under ten pages, and a page may claim any number."""
PAGE_KEYS = ("pageno", "page", "p", "totalresult")


def next_page(page: Page) -> str | None:
    """The address of the list's page after this one, or None at its end."""
    url = _linked(page) or _called(page) or _counted(page)
    return url if url != page.url else None


def _linked(page: Page) -> str | None:
    for _, url, text in anchors(page.selector, page):
        if NEXT.match(text):
            return url
    return None


def _called(page: Page) -> str | None:
    call = CREATE_PAGE.search(page.text)
    if not call:
        return None
    count, current = int(call["count"]), int(call["current"])
    last = count if call["place"] else count - 1
    return page.join(f"{call['name']}_{current + 1}.{call['suffix']}") if current < last else None


def _counted(page: Page) -> str | None:
    count, current = COUNT_PAGE.search(page.text), CURRENT_PAGE.search(page.text)
    if not count or not current or int(current[1]) + 1 >= int(count[1]):
        return None
    suffix = urlsplit(page.url).path.rpartition("/")[2].rpartition(".")[2] or "html"
    return page.join(f"{NUMBERED.sub('', page.stem)}_{int(current[1]) + 1}.{suffix}")


def continuations(page: Page) -> list[str]:
    """The further pages of an article in their order, without the page itself.

    They are the links whose address is the article's own with a page number: `name_2.html`, or `pageno=2` in the query; and
    the pages that `createPageHTML` counts under the article's own name.
    """
    call = CREATE_PAGE.search(page.text)
    if call and call["name"] == page.stem:
        first = 2 if call["place"] else 1
        last = int(call["count"]) if call["place"] else int(call["count"]) - 1
        numbers = range(first, min(last + 1, first + MAX_PAGES))
        urls = (page.join(f"{page.stem}_{at}.{call['suffix']}") for at in numbers)
        return [url for url in urls if url]
    found: dict[int, str] = {}
    for _, url, _ in anchors(page.selector, page):
        at = _page_of(page.url, url)
        if at is not None and url != page.url:
            found.setdefault(at, url)
    return [found[at] for at in sorted(found) if at > 1][:MAX_PAGES]


def _page_of(article: str, url: str) -> int | None:
    """The number of a page of this article; None for another address."""
    here, there = urlsplit(article), urlsplit(url)
    if here.netloc != there.netloc:
        return None
    if here.path == there.path:
        keys = dict(parse_qsl(there.query))
        asked = next((keys.pop(key) for key in PAGE_KEYS if key in keys), "")
        own = {key: value for key, value in parse_qsl(here.query) if key not in PAGE_KEYS}
        return number(asked) if keys == own else None
    stem, _, suffix = here.path.rpartition(".")
    other, _, other_suffix = there.path.rpartition(".")
    match = NUMBERED.search(other)
    return int(match[1]) if match and suffix == other_suffix and other[: match.start()] == stem else None
