"""Redirects that never get lost."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawler.spiders.portal import PortalSpider, strange


class Redirect(RedirectMiddleware):
    """Follows a redirect also to an address that was asked before, and takes the portal's hints from one that leaves it.

    Scrapy drops a request to a known address without a word: a page that sends its visitors round in a circle, or once more to
    itself with a cookie, would end in no state at all.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        answer: Request | Response = super().process_response(request, response)
        if not isinstance(answer, Request):
            return answer
        spider = self.crawler.spider
        if isinstance(spider, PortalSpider) and "hints" in answer.meta and not spider.is_own(answer.url):
            answer.meta["hints"] = strange(answer.meta["hints"])
        return answer.replace(dont_filter=True)
