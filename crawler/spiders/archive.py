"""`scrapy crawl archive -a inputs=PATH[,PATH]`: saved pages through the item pipelines, without a request.

A better parser is applied by replaying what was archived. Inputs are those of `scrapy extract`; portals are not asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.exceptions import UsageError

from crawler.convert import converted, needs_converter
from crawler.inputs import InputError, Unreadable, check_inputs, documents
from crawler.stages import Unanswered
from pipelines.model import Capture, Document

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class ArchiveSpider(Spider):
    """Each saved page as an item; what cannot be read is an item too."""

    name = "archive"

    def __init__(self, inputs: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inputs = [path for path in inputs.split(",") if path]
        try:
            check_inputs(self.inputs)
        except InputError as error:
            raise UsageError(f"archive: {error} (-a inputs=PATH[,PATH])", print_help=False) from None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        # Scrapy takes items from start() faster than the pipelines end them: a million lines would lie in memory.
        spider.room = asyncio.Semaphore(crawler.settings.getint("CONCURRENT_ITEMS"))
        for ended in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.make_room, ended)
        return spider

    room: asyncio.Semaphore

    def make_room(self) -> None:
        self.room.release()

    async def start(self) -> AsyncIterator[Document | Unanswered]:
        for found in documents(self.inputs):
            await self.room.acquire()
            if isinstance(found, Unreadable):
                yield Unanswered(Document(Capture(b"", found.url), found.source), "unreadable", found.reason)
            elif needs_converter(found):
                yield await asyncio.to_thread(converted, found)
            else:
                yield found
