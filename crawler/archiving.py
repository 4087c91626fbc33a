"""Every answer into a WARC file before it is read, so that a better parser is a replay away and asks no portal again."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.captures import capture_of
from crawler.keeping import NotKept, kept
from crawler.warc import PartOf, Role, WarcWriter
from pipelines.model import Hints

logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Part:
    """The page that a request's answer will belong to, and as what; stands in the request's meta under `part`."""

    page: Response
    role: Role


RECORD = "archived_as"
"""Key in the meta of a request: WARC-Record-ID of its answer in this run's file."""
HELD = "unchanged_parts"
"""Key in the meta of a page that is unchanged: its unchanged parts."""


class Archive:
    """Downloader middleware: one WARC file for each run of a spider, `<spider>-<time>-<process>.warc.gz`.

    It stands where bodies are decompressed, and answers that will be tried again still pass. Redirects lead on before it,
    and an unchanged page (304) is in an earlier file already: the cache takes an answer only after this. A run that fetches
    nothing new leaves no file.

    A page and its parts stand in one file: where only some of them are new, the unchanged ones are written again.
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
        part: Part | None = request.meta.get("part")
        if response.status == 304:
            request.meta.pop(RECORD, None)  # of an answer before this one, which led here or was tried again
            if part:
                self.write_unchanged(part, request)
            return response
        if part and RECORD not in part.page.meta:
            assert part.page.request
            self.write(part.page.request, part.page)
            for role, held, answer in part.page.meta.pop(HELD, ()):
                self.write(held, answer, PartOf(part.page.meta[RECORD], role))
        self.write(request, response, PartOf(part.page.meta[RECORD], part.role) if part else None)
        assert self.crawler.stats
        self.crawler.stats.inc_value("archive/answers")
        return response

    def write_unchanged(self, part: Part, request: Request) -> None:
        """A part that the cache holds: written beside its page where that is in this file, else held until anything else of the
        page turns out to be new."""
        stored: Response = request.meta["cached_response"]
        if RECORD in part.page.meta:
            self.write(request, stored, PartOf(part.page.meta[RECORD], part.role))
        else:
            part.page.meta.setdefault(HELD, []).append((part.role, request, stored))

    def write(self, request: Request, response: Response, part_of: PartOf | None = None) -> None:
        """Appends an answer, and leaves the id of its record in the request's meta."""
        spider = self.crawler.spider
        assert spider
        if self.broken:
            raise self.broken
        try:
            with kept(self.folder):
                if self.writer is None:
                    self.folder.mkdir(parents=True, exist_ok=True)
                    name = f"{spider.name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.warc.gz"
                    self.writer = WarcWriter(self.folder / name)
                capture = capture_of(response, request.meta.get("hints") or Hints(portal=spider.name))
                request.meta[RECORD] = self.writer.write(capture, part_of)
        except NotKept as error:
            self.broken = error
            raise

    def close(self) -> None:
        if self.writer:
            try:
                self.writer.close()
            except OSError as error:
                logger.error("%s keeps its name .open: %s", self.writer.path, error.strerror)
