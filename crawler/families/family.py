"""A publishing system: how its lists and articles link."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crawler.families import links, paging
from crawler.families.page import Link, Page


@dataclass(frozen=True)
class Family:
    """One publishing system. The functions are pure: a page in, links out."""

    name: str
    article: re.Pattern[str]
    """Shape of an article's path and query."""
    marks: re.Pattern[str]
    """What the system's links and scripts leave in the markup, to know it again. Where it puts the article is said in
    `pipelines/vocabulary/marks.toml`."""
    next_page: Callable[[Page], str | None] = paging.next_page
    inlined: Callable[[Page], list[Link]] | None = None
    """Articles of a list that stand in the page as data, not as links."""
    scripted: re.Pattern[str] | None = None
    """The call of a script that makes the rows of a list: such a page has no links to read."""
    related: bool = False
    """An article lists further articles of its kind."""

    def articles(self, page: Page) -> list[Link]:
        """The articles that a page links to."""
        found = links.articles(page, self.article)
        if self.inlined:
            known = {link.url for link in found}
            found += [link for link in self.inlined(page) if link.url not in known]
        return found

    def is_article(self, url: str) -> bool:
        return bool(self.article.search(links.path_of(url)))
