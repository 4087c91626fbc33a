"""What a portal's declaration becomes: from its columns to its reports, one Document per candidate page.

Every page that was asked ends as an item: a candidate with what it answered, whatever the status; a list that was refused,
broken or empty; a request that got no answer at all. Nothing is dropped on the way.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.archiving import Part
from crawler.candidates import is_candidate, is_title
from crawler.captures import capture_of, no_answer
from crawler.convert import converted, needs_converter
from crawler.families import FAMILIES, Family, detect, links, paging
from crawler.families.page import Link, Page
from crawler.keeping import NotKept
from crawler.outcome import no_answer_because
from crawler.portal import Portal, declared_in
from crawler.stages import Unanswered
from pipelines.decode import MAX_BYTES, text_of
from pipelines.files.sniff import media_of
from pipelines.model import Capture, Document, Hints, State

logger = logging.getLogger(__name__)

MAX_FILES = 10
"""A report carries a few files; a page with more is an index of them."""
MAX_LISTS = 2000
"""Lists of one column; with some twenty articles each, more than any column of reports. A calendar goes on for ever."""
MAX_BARREN = 3
"""Lists in a row without an article; a column page may come before its first list, and a service may skip one."""

Output = Document | Unanswered | Request


class PortalSpider(Spider):
    """Base of the spiders of declared portals; `portal` is set by the loader."""

    portal: ClassVar[Portal]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.family: Family = FAMILIES[self.portal.family]
        self.file = declared_in(self.portal)
        self.listed_in: dict[str, set[str]] = {}
        """Articles that each column has shown, to notice a list that repeats its last page for ever."""
        self.lists_of: Counter[str] = Counter()
        """Lists of each column."""
        self.site_files: set[str] = set()
        """Files that the lists link to: the site's, not an article's."""
        self.ended: set[str] = set()
        """Candidates by the address that answered: several may redirect to one."""
        self.gave_up = False

    async def start(self) -> AsyncIterator[Request]:
        for column in self.portal.columns:
            yield self.ask_list(column.url, column.url)

    # --- lists ---------------------------------------------------------------------------------------------------

    def ask_list(self, url: str, column: str, barren: int = 0) -> Request:
        place = {"column": column, "barren": barren}
        return Request(url, self.parse_list, errback=self.end_unanswered, cb_kwargs=place, meta={"hints": self.hints()})

    def parse_list(self, response: Response, column: str, barren: int) -> Iterator[Output]:
        """The candidates of a list and its next page; `barren` lists without an article came just before it."""
        self.count("lists")
        self.lists_of[column] += 1
        self.count_answer(response)
        if response.status != 200:
            self.count("lists_refused")
            yield self.document(response, self.hints())
            return
        page = page_of(response)
        articles = self.articles(page)
        yield from self.candidates(articles)
        if not articles:
            if column not in self.listed_in:
                self.report_no_articles(page)
            yield self.document(response, self.hints())
        self.site_files.update(link.url for link in links.files(page))
        seen = self.listed_in.setdefault(column, set())
        fresh = {link.url for link in articles} - seen
        seen |= fresh
        following = self.family.next_page(page)
        barren = 0 if articles else barren + 1
        if not following or not (fresh or 0 < barren < MAX_BARREN):
            return
        if self.lists_of[column] < MAX_LISTS:
            yield self.ask_list(following, column, barren)
        else:
            self.count("lists_endless")
            logger.error("%s: the list at %s goes on after %d pages; not followed further", self.name, column, MAX_LISTS)

    def articles(self, page: Page) -> list[Link]:
        """What a list links to by the system's addresses, and what is a report by its title, wherever it lies."""
        found = self.family.articles(page)
        known = {link.url for link in found}
        return found + [link for link in links.named(page, is_title) if link.url not in known]

    def candidates(self, articles: list[Link]) -> Iterator[Request]:
        for link in articles:
            own = self.is_own(link.url)
            if not is_candidate(link.text):
                self.count("not_candidates")
            elif not own and not self.portal.elsewhere:
                self.count("reports_elsewhere")
                logger.info("%s: not asked, on another host: %s %s", self.name, link.text, link.url)
            else:
                hints = self.hints(link) if own else strange(self.hints(link))
                yield Request(link.url, self.parse_article, errback=self.end_unanswered, meta={"hints": hints})

    def report_no_articles(self, page: Page) -> None:
        """A list without an article is a broken portal, not a quiet one: says what the page looks like instead."""
        if self.family.scripted and self.family.scripted.search(page.text):
            self.count("lists_by_script")
            what = "a script makes the list; declare a column that has links"
        else:
            self.count("template_unknown")
            found = detect(page)
            what = f"it looks like {found}" if found and found != self.family.name else "it is of no known system"
            what += "; mend `family` or `columns`"
        logger.error("%s: no link to a %s article at %s: %s in %s", self.name, self.family.name, page.url, what, self.file)

    # --- articles ------------------------------------------------------------------------------------------------

    async def parse_article(self, response: Response) -> AsyncIterator[Output]:
        """One Document: the page, the pages that continue it and the files that it carries."""
        if response.url in self.ended:
            self.count("aliases")
            return
        self.ended.add(response.url)
        self.count("candidates")
        self.count_answer(response)
        document = self.document(response, response.meta["hints"])
        if response.status == 200 and is_page(response):
            page = page_of(response)
            if self.family.related:
                for request in self.candidates(self.articles(page)):
                    yield request
            for url in paging.continuations(page):
                document.continuations.append(await self.fetch(url, Part(response, "continuation")))
            for link in self.files(page):
                document.attachments.append(await self.fetch(link.url, Part(response, "attachment")))
        if needs_converter(document):
            document = await asyncio.to_thread(converted, document)
        yield document

    def files(self, page: Page) -> list[Link]:
        """The files that an article carries, on the portal or on the article's own host."""
        host = urlsplit(page.url).hostname
        own = (link for link in links.files(page) if self.is_own(link.url) or urlsplit(link.url).hostname == host)
        return [link for link in own if link.url not in self.site_files][:MAX_FILES]

    async def fetch(self, url: str, part: Part) -> Capture:
        """The answer of a further address of a document, through the same queue; status 0 when there was none."""
        hints = replace(part.page.meta["hints"], anchor=None, listed=None)
        assert self.crawler.engine
        try:
            response = await self.crawler.engine.download_async(Request(url, meta={"hints": hints, "part": part}))
        except NotKept as error:
            raise self.give_up(error) from error
        except Exception as error:  # noqa: BLE001 whatever went wrong, the document is kept and says so
            self.count("unanswered")
            logger.warning("%s: %s: %s", self.name, url, no_answer_because(error))
            return no_answer(url, hints)
        self.count_answer(response)
        return capture_of(response, hints)

    # --- items ---------------------------------------------------------------------------------------------------

    def document(self, response: Response, hints: Hints) -> Document:
        return Document(capture_of(response, hints), source=self.name)

    def end_unanswered(self, failure: Failure) -> Iterator[Unanswered]:
        """The end of a request that brought no page: robots.txt forbids it, the host is gone, the connection broke."""
        if isinstance(failure.value, NotKept):
            raise self.give_up(failure.value)
        request: Request = failure.request  # type: ignore[attr-defined]
        self.count("lists_refused" if request.callback == self.parse_list else "unanswered")
        document = Document(no_answer(request.url, request.meta["hints"]), source=self.name)
        if isinstance(failure.value, IgnoreRequest):
            state: State = "blocked" if "robots.txt" in str(failure.value) else "unreadable"
            yield Unanswered(document, state, f"not asked: {failure.value}")
        else:
            yield Unanswered(document, "unreadable", no_answer_because(failure.value))

    def give_up(self, error: NotKept) -> CloseSpider:
        """The end of a crawl that cannot keep what it fetches; its pages are asked again by the next one."""
        if not self.gave_up:
            logger.critical("the crawl ends, and nothing that was kept is lost: %s", error)
        self.gave_up = True
        return CloseSpider("not_kept")

    def hints(self, link: Link | None = None) -> Hints:
        """What the declaration says of the site, and what the list said of the page."""
        anchor, listed = (link.text, link.listed) if link else (None, None)
        return Hints(self.name, self.portal.division, self.portal.trust, self.portal.content, anchor, listed)

    def is_own(self, url: str) -> bool:
        return urlsplit(url).hostname in self.portal.hosts

    def count(self, name: str) -> None:
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"portal/{name}")

    def count_answer(self, response: Response) -> None:
        self.count("pages")
        if "cached" in response.flags:
            self.count("unchanged")


def strange(hints: Hints) -> Hints:
    """The hints for a page of another host: what the portal is says nothing of it."""
    return replace(hints, division=None, trust=None, content=None)


def page_of(response: Response) -> Page:
    """The answer as the families read it, decoded as the stages decode it."""
    content_type = response.headers.get("Content-Type") or b""
    return Page(response.url, text_of(response.body[:MAX_BYTES], content_type.decode("latin-1"))[0])


def is_page(response: Response) -> bool:
    """Whether the body may be HTML: a file behind an article's address has no links to read."""
    return media_of(response.body) is None
