"""One log line for each page that ended, instead of the whole record."""

from __future__ import annotations

import logging
from typing import Any

from itemadapter import ItemAdapter
from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from crawler.stages import Unanswered


class OneLine(LogFormatter):
    """State, address and what it turned out to be."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        record = ItemAdapter(item)
        what = record["reason"]
        if record["state"] == "report":
            body = record["reporting_body"].name if record["reporting_body"] else "body unknown"
            edition = f" ({record['edition'].kind})" if record["edition"] else ""
            what = f"{body} {record['report_year'] or 'year unknown'}{edition}"
        args = {"state": record["state"], "url": record["url"], "what": what or record["page_kind"]}
        return {"level": logging.INFO, "msg": "%(state)s: %(url)s: %(what)s", "args": args}

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        return self.item_error(item, exception, response, spider)

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        document = item.document if isinstance(item, Unanswered) else item
        url = document.lead.url or document.source
        return {"level": logging.ERROR, "msg": "not stored: %(url)s: %(error)s", "args": {"url": url, "error": exception}}
