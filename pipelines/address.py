"""Addresses as pages write them: a malformed one is an empty one, never an error."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

_EMPTY = urlsplit("")


def split(url: str | None) -> SplitResult:
    """The parts of an address; all empty where it is none (http://[bad/)."""
    try:
        parts = urlsplit(url or "")
        _ = parts.hostname, parts.port
    except ValueError:
        return _EMPTY
    return parts


def host(url: str | None) -> str:
    """The host name, lower case, or an empty string."""
    return split(url).hostname or ""


def absolute(base: str | None, href: str) -> str | None:
    """A link's address resolved against its page's, or None where that is impossible."""
    try:
        return urljoin(base or "", href.strip())
    except ValueError:
        return None
