"""The cache of fetched pages, which spares the portals and never hides what they answer."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from crawler.files import replacing
from crawler.keeping import kept


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


class Unpack(HttpCompressionMiddleware):
    """Leaves what has no body: a 304 may name the encoding of the page that it does not send."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        return super().process_response(request, response) if response.body else response


class Entry(msgspec.Struct):
    """An answer as it lies in the cache."""

    url: str
    status: int
    headers: list[tuple[bytes, list[bytes]]]
    body: bytes


class Storage:
    """One file for each answer, whole or not there.

    Scrapy's own storage writes an answer as seven files: a crawl that is killed between them, or a full disk, leaves new
    validators beside an old or empty body, and the server's 304 would keep that body for ever.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.folder = Path(settings["HTTPCACHE_DIR"])

    def open_spider(self, spider: Spider) -> None:
        self.fingerprinter = spider.crawler.request_fingerprinter

    def close_spider(self, spider: Spider) -> None:
        """Each answer is closed when it is written."""

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:
        """The stored answer of a request; what cannot be read counts as not stored."""
        try:
            packed = self._path(spider, request).read_bytes()
        except OSError:
            return None
        entry = msgspec.msgpack.decode(gzip.decompress(packed), type=Entry)
        headers = Headers(entry.headers)
        kind = responsetypes.from_args(headers=headers, url=entry.url, body=entry.body)
        return kind(entry.url, entry.status, headers, entry.body)

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Stores an answer in the place of the one before; raises NotKept when the disk does not take it."""
        path = self._path(spider, request)
        entry = Entry(response.url, response.status, list(response.headers.items()), response.body)
        with kept(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as file:
                file.write(gzip.compress(msgspec.msgpack.encode(entry), compresslevel=6))

    def _path(self, spider: Spider, request: Request) -> Path:
        assert self.fingerprinter
        key = self.fingerprinter.fingerprint(request).hex()
        return self.folder / spider.name / key[:2] / key
