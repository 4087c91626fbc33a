"""The stages of `pipelines` as Scrapy item pipelines: what arrives is a Document, what leaves is a Report.

The classes are made of the tuple `STAGES`, and `pipelines.store_report` walks `STORING`; there is no second list. Each stage
leaves its seconds and its findings in the stats, as `stage/<name>/seconds` and `stage/<name>/issues`.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass
from time import perf_counter
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector

from crawler.captures import now
from pipelines import STAGES, Stage, apply, begin, store_report
from pipelines.draft import Draft
from pipelines.model import Document, Report, State
from pipelines.store import Store, StoreError

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Unanswered:
    """A document whose page never came, and the state that it ends in."""

    document: Document
    state: State
    reason: str


class Begin:
    """A draft of each document that a spider found."""

    def process_item(self, item: Document | Unanswered) -> Draft:
        if isinstance(item, Document):
            return begin(item)
        draft = begin(item.document)
        draft.report.state, draft.report.reason, draft.report.page_kind = item.state, item.reason, "error"
        if item.document.lead.hints.trust:
            draft.report.trust = item.document.lead.hints.trust
        return draft


class StagePipeline:
    """One stage; `stage` is set in the class that `pipeline_of` makes."""

    stage: Stage

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Draft) -> Draft:
        stage = type(self).stage
        issues = len(item.report.issues)
        begun = perf_counter()
        apply(stage, item)
        name = stage.__name__
        add(self.stats, f"stage/{name}/seconds", perf_counter() - begun)
        self.stats.inc_value(f"stage/{name}/issues", len(item.report.issues) - issues)
        return item


def pipeline_of(stage: Stage) -> type[StagePipeline]:
    """The item pipeline that runs one stage."""
    return type(stage.__name__, (StagePipeline,), {"stage": staticmethod(stage), "__doc__": stage.__doc__})


class Keep:
    """Stores each finished page in one transaction, and gives its record on.

    A store that cannot be written (locked, full disk) ends the crawl: what was stored stays, and the pages that were not are
    asked again by the next crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats
        self.crawler = crawler
        self.stats = crawler.stats
        self.states: Counter[str] = Counter()
        self.closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        assert self.crawler.spider
        self.store = Store.open(self.crawler.settings["GONGKAI_STORE"])
        with self.store.transaction() as books:
            self.run = books.start_run(self.crawler.spider.name, now())

    def process_item(self, item: Draft) -> Report:
        report = item.report
        begun = perf_counter()
        try:
            if self.closing:
                raise DropItem("the store failed before")
            store_report(item, self.store)
        except StoreError as error:
            self.stats.inc_value("report/not_stored")
            self.stop(error)
            raise DropItem(str(error)) from error
        except Exception:
            self.stats.inc_value("report/not_stored")
            raise
        add(self.stats, "storing/seconds", perf_counter() - begun)
        self.states[report.state] += 1
        self.stats.inc_value(f"report/state/{report.state}")
        if report.edition:
            self.stats.inc_value(f"report/edition/{report.edition.kind}")
        return report

    def stop(self, error: StoreError) -> None:
        logger.critical("the crawl ends, and no stored row is lost: %s", error)
        assert self.crawler.engine
        closing = self.crawler.engine.close_spider_async(reason="store_failed")
        self.closing = asyncio.get_running_loop().create_task(closing)

    def close_spider(self) -> None:
        if not self.closing:
            with self.store.transaction() as books:
                books.finish_run(self.run, now(), self.states)
        self.store.close()


def check(url: str) -> None:
    """Raises StoreError when the store at a URL cannot be made, or cannot be written now."""
    store = Store.open(url)
    try:
        with store.transaction():
            pass  # it is free, and takes changes
    finally:
        store.close()


def add(stats: StatsCollector, name: str, seconds: float) -> None:
    stats.set_value(name, stats.get_value(name, 0.0) + seconds)


_COMPONENTS: list[type] = [Begin, *(pipeline_of(stage) for stage in STAGES), Keep]
ITEM_PIPELINES: dict[type, int] = {component: order for order, component in enumerate(_COMPONENTS)}
