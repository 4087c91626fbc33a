"""Redirects that never get lost."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response


class Redirect(RedirectMiddleware):
    """Follows a redirect also to an address that was asked before.

    Scrapy drops such a request without a word: a page that sends its visitors round in a circle, or once more to itself with a
    cookie, would end in no state at all.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        answer: Request | Response = super().process_response(request, response)
        return answer.replace(dont_filter=True) if isinstance(answer, Request) else answer
