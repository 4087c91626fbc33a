"""大汉版通 Hanweb, JCMS and the later jpaas platform.

Three ways to list, by age: a `<datastore>` of records in the page with the address of the next group; the same from
`dataproxy.jsp`; and the unit service of jpaas, which answers JSON with the HTML of one page in it. Newer sites make the rows
from a script's template (`loadPageData`): such a page has no links to read.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from parsel import Selector

from crawler.families import links, paging
from crawler.families.family import Family
from crawler.families.page import Link, Page, number

ARTICLE = re.compile(
    r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$"
    r"|/art/\d{4}/art_(?:\d+_)?[0-9a-f]{32}\.html$"
    r"|/xxgkAnnualReport\.jsp\?(?:.*&)?fbtime="
)
# Up to the next CDATA at most: a page of thousands that are never closed would be read to its end from each.
# Not possessive: Python before 3.11.5, as Debian 12 has it, matches such groups wrongly.
CDATA = r"\s*<!\[CDATA\[([^\]<]*(?:(?:\](?!\]>)|<(?!!\[CDATA\[))[^\]<]*)*)\]\]>\s*"
RECORD = re.compile(f"<record>{CDATA}</record>")
NEXT_GROUP = re.compile(f"<nextgroup>{CDATA}</nextgroup>")
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


def _records(page: Page) -> list[Link]:
    """The articles of a datastore, in the page or as the answer of dataproxy.jsp."""
    records = "".join(RECORD.findall(page.text))
    return links.articles(page, ARTICLE, Selector(text=records, type="html")) if records else []


def _next_page(page: Page) -> str | None:
    return _next_group(page) or _next_unit(page) or paging.next_page(page)


def _next_group(page: Page) -> str | None:
    group = NEXT_GROUP.search(page.text)
    href = Selector(text=group[1], type="html").css("a::attr(href)").get() if group and group[1].strip() else None
    url = page.join(href) if href else None
    return url if url != page.url else None


def _next_unit(page: Page) -> str | None:
    """The unit service's next page: from its own address, or from the `queryData` of the column page."""
    parts = urlsplit(page.url)
    if parts.path == UNIT:
        query = parse_qsl(parts.query)
        current, size = _numbers(page)
    else:
        asked_with = page.selector.xpath("//@querydata").get()
        if asked_with is None:
            return None
        query = re.findall(r"'(\w+)'\s*:\s*'([^']*)'", asked_with)
        current, size = (1 if page.selector.css(".pagination") else 0), _count(page, "rows") or 20
    total = _count(page, "count")
    if total is not None and current * size >= total:
        return None
    asked = [(key, value) for key, value in query if key != "paramJson"]
    asked.append(("paramJson", json.dumps({"pageNo": current + 1, "pageSize": size}, separators=(",", ":"))))
    return page.join(f"{UNIT}?{urlencode(asked)}")


def _numbers(page: Page) -> tuple[int, int]:
    try:
        asked = json.loads(parse_qs(urlsplit(page.url).query)["paramJson"][0])
        return int(asked["pageNo"]), int(asked["pageSize"])
    except (KeyError, ValueError, TypeError, OverflowError):
        return 1, 20


def _count(page: Page, name: str) -> int | None:
    return number(page.selector.css(f".pagination::attr({name})").get(""))


HANWEB = Family(
    name="hanweb",
    article=ARTICLE,
    marks=re.compile(r"jpaas|/module/(?:web/)?jpage/|/module/download/downfile\.jsp|<datastore>"),
    next_page=_next_page,
    inlined=_records,
    scripted=re.compile(r"\bloadPageData\s*\("),
)
