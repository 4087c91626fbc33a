"""Lines that are the site's and not the report's, by the patterns of `vocabulary/furniture.toml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from pipelines import vocabulary


@cache
def _patterns() -> tuple[int, dict[str, re.Pattern[str]]]:
    table: dict[str, Any] = vocabulary.toml("furniture.toml")
    limit = int(table.pop("limit"))
    return limit, {
        group: re.compile(r"\s*(?:" + "|".join(f"(?:{p})" for p in lines) + ")", re.I) for group, lines in table.items()
    }


@lru_cache(maxsize=8192)  # menus and footers repeat on every page of a site
def furniture(line: str) -> str | None:
    """Why a folded, simplified line is the site's (breadcrumb, tools, encyclopedia, end of article), or None."""
    limit, patterns = _patterns()
    if len(line) > 4 * limit:
        return None
    if len(line) <= limit and patterns["short"].match(line):
        return "page tools"
    if patterns["breadcrumb"].match(line):
        return "breadcrumb"
    if len(line) <= limit and patterns["encyclopedia"].match(line):
        return "encyclopedia block"
    return "after the article" if patterns["ends"].match(line) else None


def is_breadcrumb(line: str) -> bool:
    """Whether a line is the path of the page within its site."""
    return furniture(line) is not None and len(line) <= 200 and _patterns()[1]["breadcrumb"].match(line) is not None


def ends_article(line: str) -> bool:
    """Whether a line opens what sites put behind an article: related links, next article, footer."""
    return furniture(line) is not None and _patterns()[1]["ends"].match(line) is not None
