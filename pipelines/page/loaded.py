"""Pages that are empty until a script has asked for their text: the address that it asks."""

from __future__ import annotations

import re

from pipelines import address

_CALLS = re.compile(
    r"""(?:\$|jQuery|axios|http|request)\.(?:post|get|getJSON|ajax)\(\s*["'`]([^"'`\s]{1,300})["'`]"""
    r"""|\bfetch\(\s*["'`]([^"'`\s]{1,300})["'`]"""
    r"""|\burl\s*:\s*["'`]([^"'`\s]{1,300})["'`]"""
    r"""|\.open\(\s*["'](?:POST|GET)["']\s*,\s*["']([^"'\s]{1,300})["']""",
    re.I,
)
_ARTICLE = re.compile(r"detail|content|article|info|news|getpage|getdoc", re.I)
_OTHER = re.compile(
    r"click|count|hits?\b|visit|statis|search|login|comment|share|weather|\.(?:js|css|png|gif|jpe?g)(?:$|\?)", re.I
)


def loaded_from(base: str | None, markup: str) -> str | None:
    """The absolute address that a page's script asks for an article, as its name says; None where no script asks for one."""
    for found in _CALLS.finditer(markup):
        asked = next(filter(None, found.groups()))
        if _ARTICLE.search(asked) and not _OTHER.search(asked):
            return address.absolute(base, asked)
    return None
