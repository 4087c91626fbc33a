"""The publishing systems: one file each says how its lists and articles link. Pure functions, no Scrapy."""

from __future__ import annotations

from crawler.families import links
from crawler.families.boda import BODA
from crawler.families.column_item import COLUMN_ITEM
from crawler.families.dedecms import DEDECMS
from crawler.families.encyclopedia import ENCYCLOPEDIA
from crawler.families.family import Family
from crawler.families.hanweb import HANWEB
from crawler.families.page import Page
from crawler.families.trs import TRS

# In the order of recognition: the surer marks first.
FAMILIES: dict[str, Family] = {family.name: family for family in (HANWEB, BODA, TRS, DEDECMS, COLUMN_ITEM, ENCYCLOPEDIA)}


__all__ = ["FAMILIES", "Family", "Page", "detect"]


def detect(page: Page) -> str | None:
    """The publishing system of a page: by its marks, else by its address, else by those of its links."""
    for name, family in FAMILIES.items():
        if family.marks.search(page.text):
            return name
    for name, family in FAMILIES.items():
        if family.is_article(page.url):
            return name
    linked = {name: len(links.articles(page, family.article)) for name, family in FAMILIES.items()}
    best = max(linked, key=lambda name: linked[name])
    return best if linked[best] else None
