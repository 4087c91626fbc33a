"""The cache of fetched pages, which spares the portals and never hides what they answer."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.http import Response


class Revalidate(RFC2616Policy):
    """A stored page stands for an answer only when the server says 304.

    The standard policy serves the stored page for a 5xx answer, too: a portal that broke would look like a quiet one.
    """

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:
        return response.status == 304


class Cache(HttpCacheMiddleware):
    """Without the recovery from connection errors, for the same reason: it would also keep them from being tried again."""

    def process_exception(self, request: Request, exception: Exception) -> None:  # type: ignore[override]
        request.meta.pop("cached_response", None)
