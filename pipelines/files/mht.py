"""A web archive (MHT, RFC 2557) -> the page in it."""

from __future__ import annotations

from email import message_from_bytes

from pipelines.files.limits import MAX_XML


def page_in_mht(body: bytes) -> tuple[bytes, str]:
    """The bytes and the Content-Type of the page in a web archive; no bytes when it holds none."""
    for part in message_from_bytes(body).walk():
        if part.get_content_type() == "text/html":
            markup = part.get_payload(decode=True)
            return (markup[:MAX_XML] if isinstance(markup, bytes) else b""), str(part.get("content-type", ""))
    return b"", ""
