"""An answer of a server as the stages and the archive keep it."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.http import Response

from pipelines.model import Capture, Hints


def capture_of(response: Response, hints: Hints) -> Capture:
    """The capture of an answer, its body without content encoding."""
    headers = {
        name.decode("latin-1").lower(): ", ".join(value.decode("utf-8", "replace") for value in values)
        for name, values in response.headers.items()
    }
    return Capture(response.body, response.url, response.status, headers, now(), hints)


def no_answer(url: str, hints: Hints) -> Capture:
    """The capture of a request that was not answered: no bytes, status 0."""
    return Capture(b"", url, 0, {}, now(), hints)


def now() -> str:
    """The time of fetching, ISO 8601 in UTC; the one clock of a crawl."""
    return datetime.now(UTC).isoformat(timespec="seconds")
