"""Redirects, by status and by meta refresh, that never lose a page.

Scrapy drops a request to a known address without a word: a page that sends its visitors round in a circle, or once more to
itself with a cookie, would end in no state at all.
"""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.http import Response

from crawler.spiders.portal import PortalSpider, strange


class Redirect(RedirectMiddleware):
    """3xx with a location."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        return followed(super().process_response(request, response), self.crawler.spider)


class MetaRefresh(MetaRefreshMiddleware):
    """`<meta http-equiv=refresh>`."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        return followed(super().process_response(request, response), self.crawler.spider)


def followed(answer: Request | Response, spider: Spider | None) -> Request | Response:
    """The redirect as it is asked: even if the address was asked before, and without the portal's hints where it leaves it."""
    if not isinstance(answer, Request):
        return answer
    if isinstance(spider, PortalSpider) and "hints" in answer.meta and not spider.is_own(answer.url):
        answer.meta["hints"] = strange(answer.meta["hints"])
    return answer.replace(dont_filter=True)
