"""What went wrong, in words: of a crawl by its stats, which must not pass for a quiet day, and of a request by its error."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.portal import Portal, declared_in

_NO_ANSWER: dict[type[BaseException], str] = {
    CannotResolveHostError: "the host has no address",
    DownloadConnectionRefusedError: "the host refused the connection",
    DownloadTimeoutError: "the host did not answer in time",
    DownloadCancelledError: "the answer is larger than DOWNLOAD_MAXSIZE",
    ResponseDataLossError: "the connection broke off before the answer was whole",
    DownloadFailedError: "the connection failed",
}


def no_answer_because(error: BaseException | None) -> str:
    """Why a request brought no page: a sentence, and the error's own words where it has any."""
    what = next((words for kind, words in _NO_ANSWER.items() if isinstance(error, kind)), type(error).__name__)
    return f"no answer: {what}: {error}" if str(error) else f"no answer: {what}"


def failures(stats: dict[str, Any], portal: Portal | None) -> list[str]:
    """What went wrong in a finished crawl, as sentences with the place to look; empty when nothing did."""
    found = []
    reason = stats.get("finish_reason")
    if reason != "finished":
        found.append(f"the crawl did not come to its end ({reason or 'it never began'}); see the log above")
    errors = stats.get("spider_exceptions/count", 0)
    if errors:
        found.append(f"{errors} pages broke the spider; see the tracebacks in the log")
    unstored = stats.get("report/not_stored", 0)
    if unstored:
        found.append(f"{unstored} pages that were fetched are not stored; see the log above")
    if portal is None or reason != "finished":
        return found
    file = declared_in(portal)
    candidates = stats.get("portal/candidates", 0)
    if candidates < portal.expect.candidates:
        found.append(f"{candidates} candidate pages, {portal.expect.candidates} expected by `expect.candidates` in {file}")
    for name, what in (
        ("template_unknown", "lists without an article; `family` or `columns`"),
        ("lists_by_script", "lists that a script makes; `columns`"),
        ("lists_endless", "columns that have no end; `columns`"),
        ("lists_refused", "pages of lists that were refused or did not answer; `columns`"),
    ):
        if stats.get(f"portal/{name}"):
            found.append(f"{stats[f'portal/{name}']} {what} in {file}")
    return found
