"""Forum threads: where the replies to the opening post begin."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable

from pipelines.page.pieces import Box, Page

_POSTED = re.compile(
    r"(?:发表|发布|回复|回[帖贴])于\s*[::]?\s*(?:20|19)\d\d[-/.年]|(?:第\s*)?\d{1,5}\s*[楼#]\s*(?:$|[|\s])|只看(?:该作者|楼主|他|此人)|^沙发$|^板凳$"
)
"""What forums print beside each post: its time, its floor, a link to its author's other posts."""
_MARK_WORD = re.compile("楼|#|发[表布]于|回[复帖贴]于|只看|沙发|板凳")
"""Stands in each of these marks; most pages have none, and are not read line by line."""
_LONGEST_MARK = 80
_DIGITS = re.compile(r"\d+")


def replies(page: Page, plain: list[str], at: int | None, is_sentence: Callable[[str], bool]) -> dict[int, str]:
    """The pieces from the first reply on, with the reason; `at` is the page's headline.

    Posts are boxes beside each other, named alike but for their numbers, each with what forums print beside a post. The first
    is the thread's own, unless an article stands before it: then all are comments on that.
    """
    if not _MARK_WORD.search("\n".join([line for line in plain if len(line) <= _LONGEST_MARK])):
        return {}
    told = [i for i, line in enumerate(plain) if len(line) <= _LONGEST_MARK and _MARK_WORD.search(line)]
    marked = [i for i in told if _POSTED.search(plain[i].strip())]
    if len(marked) < 2:
        return {}
    alike: dict[tuple[int, str, tuple[str, ...]], list[Box]] = defaultdict(list)
    for box in page.boxes:
        if box.names and bisect_left(marked, box.first) < bisect_left(marked, box.last):
            alike[box.parent, box.tag, tuple(_DIGITS.sub("", name) for name in box.names)].append(box)
    rows = [boxes for boxes in alike.values() if len(boxes) > 1]
    if not rows:
        return {}
    posts = min(rows, key=lambda boxes: boxes[0].first)
    commented = at is not None and any(map(is_sentence, plain[at + 1 : posts[0].first]))
    return dict.fromkeys(range(posts[0 if commented else 1].first, len(plain)), "a reply to the page's own post")
