"""Manners that Scrapy leaves to us: who we are, how slow a portal wants us, and to step back when it is overloaded."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from pipelines.version import PARSER_VERSION

logger = logging.getLogger(__name__)

MAX_DELAY = 60.0
"""Seconds; a Crawl-delay above it is a mistake of the site or means stay away, and a day would not be enough for a list."""
OVERLOADED = (429, 503)
MAX_ROBOTS = 512 * 1024
"""Bytes; RFC 9309 asks for 500 KiB, and a parser would spend minutes on what a broken site may send."""


class Introduction:
    """Add-on that gives the user agent: the program, its version, and whom to write to."""

    def update_settings(self, settings: BaseSettings) -> None:
        contact = settings.get("GONGKAI_CONTACT")
        settings.set("USER_AGENT", f"gongkai/{PARSER_VERSION}{f' (+{contact})' if contact else ''}", "addon")


class Robots(ProtegoRobotParser):
    """The rules of a robots.txt, as far as one must read it."""

    def __init__(self, robotstxt_body: bytes, spider: Spider | None) -> None:
        super().__init__(robotstxt_body[:MAX_ROBOTS], spider)


class SlowDown:
    """Raises the delay of a host to what its robots.txt asks for, and doubles it each time the host says it is overloaded."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.user_agent: str = crawler.settings["USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.read_robots, signals.robots_parsed)
        crawler.signals.connect(extension.step_back, signals.response_downloaded)
        return extension

    def read_robots(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(self.user_agent)
        if asked:
            self.raise_delay(request, asked)

    def step_back(self, response: Response, request: Request, spider: Spider) -> None:
        if response.status in OVERLOADED:
            after = response.headers.get("Retry-After", b"") or b""
            self.raise_delay(request, max(self.delay(request) * 2, float(after) if after.isdigit() else 1.0))

    def delay(self, request: Request) -> float:
        settings = self._slots.get(urlparse_cached(request).hostname or "", {})
        return float(settings.get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY")))

    def raise_delay(self, request: Request, seconds: float) -> None:
        """Sets the delay of the request's host: for its open slot, and for the slot that follows when this one goes idle."""
        host = urlparse_cached(request).hostname or ""
        seconds = min(seconds, MAX_DELAY)
        if seconds <= self.delay(request):
            return
        logger.info("%s asks for %g s between requests", host, seconds)
        self._slots.setdefault(host, {})["delay"] = seconds
        assert self.crawler.engine
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot:
            slot.delay = seconds

    @property
    def _slots(self) -> dict[str, dict[str, float]]:
        assert self.crawler.engine
        slots: dict[str, dict[str, float]] = self.crawler.engine.downloader.per_slot_settings
        return slots
