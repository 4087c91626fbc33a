"""`scrapy crawlall [NAME…]`: the portals side by side in one process, then a table of what they hold."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from scrapy import signals
from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.outcome import failures
from crawler.portal import portal_files
from crawler.saved import Saved, SavedError, serve
from crawler.stages import check
from pipelines.store import PortalCounts, Store, StoreError

COLUMNS = (
    "pages seen",
    "unchanged (304)",
    "added",
    "reports stored",
    "corrections",
    "copies",
    "to review",
    "not a report",
    "blocked or broken",
)


class Command(BaseRunSpiderCommand):
    """Exit status 0 when every portal was crawled to its end and none is broken, 1 otherwise, 2 on bad usage."""

    requires_project = True
    saved: Saved | None = None
    failed: list[str]
    """What went wrong, as sentences."""
    default_settings: ClassVar[dict[str, Any]] = {"STATS_DUMP": False, "LOG_VERSIONS": []}

    def syntax(self) -> str:
        return "[options] [portal ...]"

    def short_desc(self) -> str:
        return "Crawl all portals, or those named, and show what they hold"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--saved", type=Path, metavar="FOLDER", help="saved portals that answer in place of the real ones")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        if sys.stderr.isatty():
            self.prefer("LOG_LEVEL", "WARNING")
        if opts.saved:
            self.prefer("DOWNLOAD_DELAY", 0)  # nobody's server waits at the other end

    def prefer(self, name: str, value: object) -> None:
        """Sets what the command line leaves open."""
        assert self.settings is not None
        if (self.settings.getpriority(name) or 0) < SETTINGS_PRIORITIES["cmdline"]:
            self.settings.set(name, value, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        assert self.crawler_process
        url = self.settings["GONGKAI_STORE"]
        self.failed = []
        for chatty in ("scrapy.addons", "scrapy.crawler", "scrapy.middleware"):
            logging.getLogger(chatty).setLevel(logging.WARNING)  # the same settings for each portal
        with ExitStack() as stack:
            try:
                check(url)
                before = counts(url)
                if opts.saved:
                    self.saved = stack.enter_context(serve(opts.saved))
                    os.environ.update(self.saved.environment)
            except (StoreError, SavedError) as error:
                raise UsageError(str(error), print_help=False) from None
            crawlers = self.crawlers(args)
            progress = stack.enter_context(progress_of(crawlers))
            for crawler in crawlers:
                self.crawler_process.crawl(crawler, **opts.spargs)
            self.crawler_process.start()
            progress.stop()
        self.show(crawlers, before, url)

    def crawlers(self, names: list[str]) -> list[Crawler]:
        """The crawls to run. A declaration that cannot be read stops the others only where it was named."""
        created = []
        for name in names or portal_files():
            try:
                created.append(self._create_crawler(name))
            except UsageError as error:
                if names:
                    raise
                self.failed.append(f"{name}: {error}")
        return created

    def show(self, crawlers: list[Crawler], before: dict[str | None, PortalCounts], url: str) -> None:
        """Prints the table, what failed, and where to look next."""
        console = Console(width=None if sys.stdout.isatty() else 160)
        after = counts(url)
        rows = []
        failed = self.failed
        for crawler in crawlers:
            name = crawler.spidercls.name
            stats = crawler.stats.get_stats() if crawler.stats else {}
            now = after.get(name, PortalCounts(name))
            rows.append((label(crawler), *map(str, row(stats, before.get(name, PortalCounts(name)), now))))
            failed += [f"{name}: {failure}" for failure in failures(stats, getattr(crawler.spidercls, "portal", None))]
        failed += [f"asked for a page that is not saved: {url}" for url in (self.saved.site.strays if self.saved else ())]
        console.print(fitting(rows, console))
        for failure in failed:
            console.print("[red]failed[/red]", escape(failure), soft_wrap=True)
        archive = self.settings["GONGKAI_ARCHIVE"] if self.settings else ""
        console.print(f"The reports are in {url.removeprefix('sqlite:///')}.", highlight=False, soft_wrap=True)
        if archive:
            console.print(f"The pages as they came are in {archive}; to see how one was read:", highlight=False, soft_wrap=True)
            console.print(f"  scrapy extract --explain {archive}/NAME-*.warc.gz", highlight=False, soft_wrap=True)
        self.exitcode = 1 if failed else 0


def fitting(rows: list[tuple[str, ...]], console: Console) -> Table:
    """The closing table; in a window of 80 columns without lines, and without what the portals are called."""
    table = Table("portal", *(Column(title, justify="right") for title in COLUMNS))
    for cells in rows:
        table.add_row(*cells)
    if Console(width=1000).measure(table).maximum <= console.width:
        return table
    words = (Column("\n".join(title.split()), justify="right", vertical="bottom") for title in COLUMNS)
    bare = Table("portal", *words, box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for names, *numbers in rows:
        bare.add_row(names.split()[0], *numbers)
    return bare


def label(crawler: Crawler) -> str:
    """The portal's name and what it is called."""
    portal = getattr(crawler.spidercls, "portal", None)
    return f"{crawler.spidercls.name} {portal.title}" if portal else crawler.spidercls.name


def row(stats: dict[str, Any], before: PortalCounts, now: PortalCounts) -> tuple[int, ...]:
    """The numbers of a portal: this crawl's, then how all its pages stand in the store."""
    return (
        stats.get("portal/pages", 0),
        stats.get("portal/unchanged", 0),
        now.pages - before.pages,
        now.reports,
        now.corrections,
        now.copies,
        now.unidentified + now.needs_review,
        now.not_a_report,
        now.blocked + now.gone + now.unreadable,
    )


def counts(url: str) -> dict[str | None, PortalCounts]:
    """How the stored pages of each portal stand."""
    store = Store.open(url)
    try:
        return {portal.portal: portal for portal in store.portal_counts()}
    finally:
        store.close()


def progress_of(crawlers: list[Crawler]) -> Progress:
    """A line for each crawl while it runs, on a terminal; nothing in a pipe, where the log tells it."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[pages]} pages"))
    progress = Progress(*columns, TextColumn("{task.fields[ended]} ended"), TimeElapsedColumn(), console=console)
    progress.disable = not console.is_terminal
    for crawler in crawlers:
        task = progress.add_task(crawler.spidercls.name, total=None, pages=0, ended=0)

        def update(crawler: Crawler = crawler, task: Any = task) -> None:
            stats = crawler.stats
            assert stats
            ended = stats.get_value("item_scraped_count", 0)
            progress.update(task, pages=stats.get_value("portal/pages", 0), ended=ended)

        def stop(task: Any = task) -> None:
            progress.update(task, total=1, completed=1)

        crawler.signals.connect(update, signals.item_scraped, weak=False)
        crawler.signals.connect(update, signals.response_received, weak=False)
        crawler.signals.connect(stop, signals.spider_closed, weak=False)
    if console.is_terminal:
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler):
                # Above the lines, not through them.
                handler.setStream(_Above(progress))
    return progress


class _Above:
    """A stream whose lines are printed above the progress lines."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def write(self, text: str) -> None:
        self.progress.console.print(text, end="", markup=False, highlight=False, soft_wrap=True)

    def flush(self) -> None:
        """Printing does."""
