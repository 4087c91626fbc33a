"""What the families read and give: a fetched page, a link on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from w3lib.html import get_base_url
from w3lib.url import safe_url_string


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an article, as a list shows it."""

    url: str
    text: str
    """Its words, white space folded; the title attribute where the words are cut off."""
    listed: str | None = None
    """The date printed beside it, ISO 8601."""


@dataclass
class Page:
    """A decoded page and its address."""

    url: str
    text: str

    @cached_property
    def selector(self) -> Selector:
        """The page as a tree; an answer of JSON gives the HTML in its `data.html`, as the list services send it."""
        markup = self.text
        if markup.lstrip()[:1] == "{":
            try:
                data = json.loads(markup)["data"]
                markup = data["html"] if isinstance(data, dict) else data
            except (ValueError, KeyError, TypeError, RecursionError):
                markup = ""
        # JSON can hold half a character, which is no text.
        text = markup.encode("utf-8", "replace").decode() if isinstance(markup, str) else ""
        return Selector(text=text or "<html></html>", type="html")

    @cached_property
    def base(self) -> str:
        return str(get_base_url(self.text, self.url))

    def join(self, href: str) -> str | None:
        """The absolute address of a link, percent-encoded, without its fragment; None for one that nobody can ask for."""
        href = href.strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
            return None
        try:
            url = safe_url_string(urljoin(self.base, href).partition("#")[0])
            parts = urlsplit(url)
            askable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:  # a port that is no number, a bracket, half a character
            return None
        return url if askable else None

    @cached_property
    def stem(self) -> str:
        """The name of the page's file without its suffix: t20200311_2593126; index for a folder."""
        return urlsplit(self.url).path.rpartition("/")[2].rpartition(".")[0] or "index"


def number(text: str) -> int | None:
    """The value of plain digits, as many as a count of pages may have; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None
