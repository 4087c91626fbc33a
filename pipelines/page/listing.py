"""What makes a page a list of others: links with their dates, links to further pages, hardly anything but links. Asked only for
pages that say little themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.page.head import is_date
from pipelines.page.region import View

_ITEM_DATE = re.compile(r"\d(?:\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d?-\d{1,2}[\])]?$).*", re.M)
_PAGINATION = re.compile(r"下一?页.{0,9}(?:尾页|末页)|首页.{0,30}下一?页|共\s*\d+\s*[页条]")
_LONGEST_PAGINATION = 60
_TITLE = 14
"""How long a link is at least to be a title."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a page lists."""

    items: int
    """How many links with their dates; on a page that has further pages, how many links as long as a title."""
    link_share: float
    """How much of the page's text, chrome included, is link text."""
    paginated: bool
    """Whether the page has links to further pages of a list."""


def listing_of(view: View) -> Listing:
    """What a page lists, inside and around its article."""
    pieces = view.page.pieces
    size = sum(sum(map(len, piece.items)) or len(piece.text) for piece in pieces)
    paginated = any(len(line) < _LONGEST_PAGINATION and _PAGINATION.search(line) for line in view.plain)
    items = sum(_items(view, i, paginated) for i in range(len(pieces)))
    return Listing(items, sum(piece.links for piece in pieces) / max(size, 1), paginated)


def _items(view: View, at: int, paginated: bool) -> int:
    """How many items of a list a piece holds: links of some length with their date, in them or alone beside them, or with a
    teaser; on a page that has further pages, any links as long as a title."""
    piece, line = view.page.pieces[at], view.plain[at]
    if piece.items and paginated:
        return sum(len(item) >= _TITLE for item in piece.items)
    if piece.items:
        return len(_ITEM_DATE.findall("\n".join(piece.items)))
    if at in view.beside and piece.links == len(piece.text):
        return 1
    if piece.grid is not None or piece.links < 10 or piece.links * 3 <= len(line) or len(line) > 120:
        return 0
    if paginated and len(line) >= _TITLE:
        return 1
    beside = view.plain[at + 1] if at + 1 < len(view.plain) else ""
    return _ITEM_DATE.search(line) is not None or is_date(beside)
