"""Which links to articles are worth a request, by the words of a report's title.

Wide on purpose: the stages judge what a page is, and a page that was never fetched cannot be judged. What is passed over is
counted (`portal/not_candidates`).
"""

from __future__ import annotations

import re

# 年报, 年度报告, anything about 信息公开, and a bare year as the column of one body shows it; in both scripts.
_CANDIDATE = re.compile(r"年[报報]|年度[报報]告|[报報]告.{0,6}年度|信息公[开開]|政[务務]公[开開]|^\s*(19|20)\d\d\s*年?度?\s*$")

_YEAR = r"((19|20)\d\d|[一二][〇○Ｏ零九][〇○Ｏ零一二三四五六七八九]{2})\s*年"
_TITLE = re.compile(_YEAR + r".*(信息公[开開]|政[务務]公[开開]).*(年[报報]|[报報]告)")


def is_candidate(text: str) -> bool:
    """Whether the words of a link to an article may be the title of an annual report."""
    return bool(_CANDIDATE.search(text))


def is_title(text: str) -> bool:
    """Whether the words of a link can be nothing but the title of a report, or of a page about one: a year, and its name."""
    return bool(_TITLE.search(text))
