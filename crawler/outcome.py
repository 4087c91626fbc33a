"""How a crawl of a portal went, by its stats: what must not pass for a quiet day."""

from __future__ import annotations

from typing import Any

from crawler.portal import Portal, declared_in


def failures(stats: dict[str, Any], portal: Portal | None) -> list[str]:
    """What went wrong in a finished crawl, as sentences with the place to look; empty when nothing did."""
    found = []
    reason = stats.get("finish_reason")
    if reason != "finished":
        found.append(f"the crawl did not come to its end ({reason or 'it never began'}); see the log above")
    errors = stats.get("spider_exceptions/count", 0)
    if errors:
        found.append(f"{errors} pages broke the spider; see the tracebacks in the log")
    if portal is None or reason != "finished":
        return found
    file = declared_in(portal)
    candidates = stats.get("portal/candidates", 0)
    if candidates < portal.expect.candidates:
        found.append(f"{candidates} candidate pages, {portal.expect.candidates} expected by `expect.candidates` in {file}")
    for name, what in (
        ("template_unknown", "lists without an article; `family` or `columns`"),
        ("lists_by_script", "lists that a script makes; `columns`"),
        ("lists_refused", "pages of lists that were refused or did not answer; `columns`"),
    ):
        if stats.get(f"portal/{name}"):
            found.append(f"{stats[f'portal/{name}']} {what} in {file}")
    return found
