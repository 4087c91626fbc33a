"""What stands beside an article: where its headline begins it, teasers of other pages, boxes whose names say what they are.

Each is evidence and none is trusted alone: a headline must have the page's prose behind it, teasers come in rows, and a box
with a telling name is cut only where it is a small part of the article's range.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from pipelines.page.furniture import furniture
from pipelines.page.pieces import Box, Page, Piece
from pipelines.page.title import is_site_name, key, own_parts
from pipelines.vocabulary import ZERO

_SIGNED = re.compile(
    r"(?:政府|委员会|办公室|办公厅|办事处|[局厅委院]|学校|中心)$|^\D{0,2}20\d\d[\d年月日号元.\s/-]{2,12}$"
    rf"|^二\s*[{ZERO}].{{6,18}}日$"
)
_CHROME_NAME = re.compile(
    r"[#.](?:.*[-_])?(?:footer|foot|nav|navbar|menu|crumbs?|breadcrumbs?|sidebar|copyright|related|relate|links?|pagination|toolbar"
    r"|comments?|recommends?|recommendations?|tuijian|rank|ranking|share|statement|disclaimer|declare|interaction|cookie)"
    r"(?:[-_].*)?$"
)
_CHROME_TAG = frozenset(("nav", "footer", "aside"))
_NUMERAL = "[一二三四五六七八九十]{1,3}"
HEADING_NUMBER = re.compile(rf"{_NUMERAL}\s*[、.\s]|[（(]{_NUMERAL}[）)]|第[一二三四五六七八九十]部分")
_DATED = re.compile(r"(?:19|20)\d\d(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}")
_LONGEST_HEADING = 45
_SHORTEST_TITLE = 6
_LONGEST_TITLE = 120
_TEASER = range(4, 300)
"""How long the sentences of a teaser are."""
_NEAR = 6
"""How many pieces lie at most between two teasers of one row."""
OWN_WORDS = re.compile("公开|复议|诉讼|年度报告|收费|总体情况|概述|存在.{0,4}(?:问题|不足)|改进|其他.{0,6}事项|附[表件]")
_COLUMN = 2.0
"""How much more prose than the headline's column a column of other things may hold."""
_SMALL = 0.25
"""The largest part of an article's range that a box with a telling name may have to be cut out of it."""


def is_own_heading(line: str) -> bool:
    """Whether a line is a numbered heading of what reports are about."""
    return len(line) < _LONGEST_HEADING and HEADING_NUMBER.match(line) is not None and OWN_WORDS.search(line) is not None


def is_signed(line: str) -> bool:
    """Whether a line may be a sign-off: a body's name or a date."""
    return _SIGNED.search(line) is not None


def chrome_boxes(page: Page) -> list[Box]:
    """The elements that say by their tag or name that they are the site's."""
    return [box for box in page.boxes if box.tag in _CHROME_TAG or (box.names and _are_chrome(box.names))]


@lru_cache(maxsize=4096)  # the templates of a site repeat their names
def _are_chrome(names: tuple[str, ...]) -> bool:
    return any(map(_CHROME_NAME.match, names))


def headline(page: Page, plain: list[str]) -> int | None:
    """The piece that prints the page's title, where one is sure.

    Sure is the first line that the meta tags or the title element repeat; else a heading, or a bold or centred line, with a
    date just below.
    """
    meta = [*page.meta.get("articletitle", ()), *page.meta.get("og:title", ())]
    names = {key(name) for name in [*meta, *own_parts(page.title)] if not is_site_name(name)}
    names = {name for name in names if len(name) >= _SHORTEST_TITLE}
    begins = {name[0] for name in names}
    below: int | None = None
    for i, piece in enumerate(page.pieces):
        size = len(piece.text)
        if not _SHORTEST_TITLE <= size <= _LONGEST_TITLE or piece.links * 2 > size or piece.grid is not None:
            continue
        line = plain[i].strip()
        if line[:1] in begins and key(piece.text) in names:
            return i
        if below is None and (piece.heading or piece.bold or piece.align == "center"):
            below = i if _dated_below(page, plain, i) and not _DATED.search(line) and not furniture(line) else None
    return below


def _dated_below(page: Page, plain: list[str], at: int) -> bool:
    """Whether a date stands in the next lines, before another heading and before any sentence."""
    for i in range(at + 1, min(at + 4, len(plain))):
        if page.pieces[i].heading or "。" in plain[i] or len(plain[i]) > _LONGEST_TITLE:
            return False
        if _DATED.search(plain[i]):
            return True
    return False


def teasers(page: Page, plain: list[str], at: int | None) -> dict[int, str]:
    """The pieces of rows of teasers, with the reason: two or more sentences near each other, each under a linked headline of
    its own. No row goes on over the page's own headline, `at`, or a heading of a report."""
    pairs: list[tuple[int, int]] = []
    sentences = [i for i, line in enumerate(plain) if "。" in line or "..." in line or "…" in line]
    for i in sentences:
        piece = page.pieces[i]
        if i and piece.grid is None and len(plain[i]) in _TEASER and piece.links * 4 <= len(piece.text):
            # a date or a tag may stand between headline and sentence
            above = i - 2 if i > 1 and len(plain[i - 1]) <= 20 and not _is_headline(page.pieces[i - 1]) else i - 1
            if _is_headline(page.pieces[above]) and not furniture(plain[above]):
                pairs.append((above, i))
    found: dict[int, str] = {}
    for (begun, ended), (following, last) in pairwise(pairs):
        own = at is not None and ended < at <= following
        own = own or page.pieces[begun].text == page.pieces[following].text or any(map(is_own_heading, plain[begun:last]))
        if not own and following - ended <= _NEAR and not any(ended < i < following for i in sentences):
            found |= dict.fromkeys([*range(begun, following), *range(following, last + 1)], "teaser of another page")
    return found


def _is_headline(piece: Piece) -> bool:
    return piece.grid is None and 2 <= len(piece.text) <= 80 and piece.links * 10 >= len(piece.text) * 8


def named_boxes(named: list[Box], plain: list[str], worth: list[float], first: int, last: int) -> dict[int, str]:
    """The pieces inside a range that stand in small boxes of those with telling names, with the reason."""
    inside = [box for box in named if first <= box.first < box.last <= last and box.last - box.first < last - first]
    whole = _positive(worth, first, last) if inside else 0.0
    found: dict[int, str] = {}
    for box in inside:
        lines = plain[box.first : box.last]
        if _positive(worth, box.first, box.last) > _SMALL * whole:
            continue
        if len(lines) <= 3 and all(is_signed(line.strip()) for line in lines):
            continue
        why = f"in <{box.tag}{' ' + box.names[0] if box.names else ''}>"
        found |= dict.fromkeys(range(box.first, box.last), why)
    return found


def columns(page: Page, plain: list[str], worth: list[float], at: int) -> dict[int, str]:
    """The pieces of columns behind that of the headline, `at`, with the reason: a column begins with a heading that is not
    numbered, and says nothing of what reports are about."""
    own = page.boxes[page.pieces[at].box]
    headed = [box for box in page.boxes if own.last <= box.first < box.last and page.pieces[box.first].heading]
    found: dict[int, str] = {}
    while headed and own.parent >= 0:
        siblings = [box for box in headed if box.parent == own.parent]
        enough = _COLUMN * _positive(worth, own.first, own.last) if siblings else 0
        for box in siblings if enough else ():
            if _positive(worth, box.first, box.last) <= enough and _is_of_other_things(plain[box.first : box.last]):
                found |= dict.fromkeys(range(box.first, box.last), "a column beside the article's")
        own = page.boxes[own.parent]
    return found


def _is_of_other_things(lines: list[str]) -> bool:
    return not HEADING_NUMBER.match(lines[0]) and not any(map(OWN_WORDS.search, lines))


def _positive(worth: list[float], first: int, last: int) -> float:
    return sum([value for value in worth[first:last] if value > 0])
