"""One spider per `portals/*.toml`, beside the spider classes in `crawler/spiders/`."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from crawler.portal import PORTALS, Portal, PortalError, portal_files, read_portal
from crawler.spiders.portal import PortalSpider


class UnknownSpider(UsageError, KeyError):
    """A name that no spider has; `scrapy` prints the message without a traceback."""

    def __str__(self) -> str:
        return str(self.args[0])


class PortalLoader(SpiderLoader):
    """Finds the spiders. A broken declaration keeps its name in the list and speaks up when it is loaded."""

    def __init__(self, settings: BaseSettings, folder: Path = PORTALS) -> None:
        super().__init__(settings)
        self._spiders.pop("", None)
        self.files = portal_files(folder)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(settings)

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of a name. Raises UnknownSpider (a KeyError), and UsageError for a broken declaration."""
        if spider_name in self.files:
            try:
                return spider_of(read_portal(self.files[spider_name]))
            except PortalError as error:
                raise UsageError(str(error), print_help=False) from None
        if spider_name in self._spiders:
            return super().load(spider_name)
        near = difflib.get_close_matches(spider_name, self.list(), n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`scrapy list` shows the names"
        raise UnknownSpider(f"no portal or spider is called {spider_name!r}: {hint}", print_help=False)

    def list(self) -> list[str]:
        return sorted({*self._spiders, *self.files})

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        return [name for name in self.list() if self.load(name).handles_request(request)]


def spider_of(portal: Portal) -> type[PortalSpider]:
    """The spider class of a portal."""
    name = f"{portal.name.title().replace('_', '')}Spider"
    attributes = {"name": portal.name, "portal": portal, "__doc__": portal.title}
    return type(name, (PortalSpider,), attributes)
