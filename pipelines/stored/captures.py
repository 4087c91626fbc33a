"""What the store knows a fetched page by: its address, its bytes, its time, and the report that it gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

from pipelines.model import Document, Report

Key = tuple[str, int]
"""Body id and report year: what makes a report one."""

_CHINA = timezone(timedelta(hours=8))


def address_of(report: Report) -> str:
    """Where the page stands: its URL, or its place in a file. Raises ValueError for a record that has neither."""
    address = report.url or report.source
    if not address:
        raise ValueError("a page without URL and source cannot be stored")
    return address


def key_of(report: Report) -> Key | None:
    """Body and year of a page that holds a report; null where one of them is not decided."""
    body = report.reporting_body
    if report.state != "report" or not report.fingerprint or body is None or body.id is None or report.report_year is None:
        return None
    return body.id, report.report_year


def content_of(document: Document) -> str:
    """SHA-256, in hexadecimal digits, of the bytes of the page, its continuations and its attachments."""
    digest = sha256()
    for capture in (document.lead, *document.continuations, *document.attachments):
        digest.update(len(capture.body).to_bytes(8, "big"))
        digest.update(capture.body)
    return digest.hexdigest()


def moment(fetched_at: str | None) -> str:
    """A capture's time in UTC, so that times compare as strings; empty where it is unknown. A time without offset is taken
    as China's. Raises ValueError for words that are no time."""
    if not fetched_at:
        return ""
    time = datetime.fromisoformat(fetched_at)
    if time.tzinfo is None:
        time = time.replace(tzinfo=_CHINA)
    return time.astimezone(UTC).isoformat(timespec="seconds")
