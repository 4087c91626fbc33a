"""`scrapy crawl NAME`, which also says by its exit status when the crawl failed."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from scrapy import Spider
from scrapy.commands.crawl import Command as Crawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.outcome import failures
from crawler.stages import check
from pipelines.store import StoreError


class Command(Crawl):
    """Scrapy's own command: 0 for a crawl that went to its end, 1 for one that did not or that found its portal broken."""

    crawler: Crawler | None = None

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self.crawler = super()._create_crawler(spidercls)
        return self.crawler

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        try:
            check(self.settings["GONGKAI_STORE"])
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        super().run(args, opts)
        assert self.crawler
        stats: dict[str, Any] = self.crawler.stats.get_stats() if self.crawler.stats else {}
        found = failures(stats, getattr(self.crawler.spidercls, "portal", None))
        for failure in found:
            print(f"{args[0]}: {failure}", file=sys.stderr)
        if found:
            self.exitcode = 1
