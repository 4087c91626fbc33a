"""Every answer into a WARC file before it is read, so that a better parser is a replay away and asks no portal again."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.captures import capture_of
from crawler.keeping import NotKept, kept
from crawler.warc import WarcWriter
from pipelines.model import Hints

logger = logging.getLogger(__name__)


class Archive:
    """Downloader middleware: one WARC file for each run of a spider, `<spider>-<time>-<process>.warc.gz`.

    It stands where bodies are decompressed, and answers that will be tried again still pass. Redirects lead on before it,
    and an unchanged page (304) is in an earlier file already: the cache takes an answer only after this. A run that fetches
    nothing new leaves no file.
    """

    def __init__(self, folder: Path, crawler: Crawler) -> None:
        self.folder = folder
        self.crawler = crawler
        self.writer: WarcWriter | None = None
        self.broken: NotKept | None = None
        """Why the file ends in half a record, behind which nothing could be read."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        folder = crawler.settings["GONGKAI_ARCHIVE"]
        if not folder:
            raise NotConfigured
        middleware = cls(Path(folder), crawler)
        crawler.signals.connect(middleware.close, signals.spider_closed)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status == 304:
            return response
        spider = self.crawler.spider
        assert spider
        assert self.crawler.stats
        if self.broken:
            raise self.broken
        try:
            with kept(self.folder):
                if self.writer is None:
                    self.folder.mkdir(parents=True, exist_ok=True)
                    name = f"{spider.name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.warc.gz"
                    self.writer = WarcWriter(self.folder / name)
                self.writer.write(capture_of(response, request.meta.get("hints") or Hints(portal=spider.name)))
        except NotKept as error:
            self.broken = error
            raise
        self.crawler.stats.inc_value("archive/answers")
        return response

    def close(self) -> None:
        if self.writer:
            try:
                self.writer.close()
            except OSError as error:
                logger.error("%s keeps its name .open: %s", self.writer.path, error.strerror)
