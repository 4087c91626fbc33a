"""Which pieces of a page hold the article.

Every piece has a worth: prose counts its characters, links and site furniture count against. The article is the box whose
pieces sum to the most; around it the sum only falls, since what is added is chrome. Marks of publishing systems, comment pairs
and the portal's own selector are candidates beside it, and win where they hold most of that sum: they cut closer, but
templates are copied between sites and none of them is trusted alone.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import accumulate
from pathlib import Path

from pipelines.furniture import furniture
from pipelines.page import Page, Piece

_DATA = Path(__file__).parent / "vocabulary" / "marks.toml"
_PROSE = re.compile("[，。；：、？！,;:?!]")
_CHROME_NAME = re.compile(
    r"[#.](?:.*[-_])?(?:footer|foot|nav|navbar|menu|crumbs?|breadcrumbs?|sidebar|copyright|related|relate|links?|pagination|toolbar)(?:[-_].*)?$"
)
_CHROME_TAG = frozenset(("nav", "footer", "aside"))


@cache
def _marks() -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    systems = tomllib.loads(_DATA.read_text(encoding="utf-8"))["system"]
    names = frozenset(name for system in systems for name in system.get("content", ()))
    return names, tuple((begin, end) for system in systems for begin, end in system.get("comments", ()))


def article(page: Page, plain: list[str]) -> tuple[int, int, str]:
    """First and last (exclusive) piece of the article, and what decided. `plain` is the pieces' matching form."""
    if not page.pieces:
        return 0, 0, "the page has no text"
    worth = [_worth(piece, line) for piece, line in zip(page.pieces, plain, strict=True)]
    for box in page.boxes:
        if box.tag in _CHROME_TAG or any(_CHROME_NAME.match(name) for name in box.names):
            for i in range(box.first, box.last):
                worth[i] = min(worth[i], worth[i] * 0.2)
    total = [0.0, *accumulate(worth)]
    best = max(page.boxes, key=lambda box: (total[box.last] - total[box.first], box.first - box.last))
    best_sum = total[best.last] - total[best.first]
    marked = list(_marked(page))
    if page.selected is not None:
        chosen = page.boxes[page.selected]
        marked.append((chosen.first, chosen.last, "the portal's selector"))
    sums = [(total[last] - total[first], first - last, why) for first, last, why in marked]
    for _, (first, last, why) in sorted(zip(sums, marked, strict=True), key=lambda pair: pair[0], reverse=True):
        inside = best.first <= first and last <= best.last
        if total[last] - total[first] >= (0.6 if inside else 0.9) * best_sum > 0:
            return first, last, why
    names = " ".join(best.names[:2])
    return best.first, best.last, f"densest box <{best.tag}{' ' + names if names else ''}>"


def _marked(page: Page) -> list[tuple[int, int, str]]:
    names, pairs = _marks()
    found = [(box.first, box.last, f"mark {name}") for box in page.boxes for name in box.names if name in names]
    for begin, end in pairs:
        starts = [at for words, at in page.comments if words == begin]
        stops = [at for words, at in page.comments if words == end]
        if starts and stops and starts[0] < stops[-1]:
            found.append((starts[0], stops[-1], f"comment {begin}"))
    return found


def _worth(piece: Piece, line: str) -> float:
    """What a piece adds to the article's sum, in characters of prose."""
    size = len(piece.text)
    if piece.grid is not None:
        return size * 0.8 - 2 * piece.links
    if piece.links * 2 > size:
        return -8 - 0.3 * size
    if furniture(line):
        return -15
    if size >= 20 and _PROSE.search(line):
        return size - 2.0 * piece.links
    return 2.0 if line.endswith("。") else -2.0
