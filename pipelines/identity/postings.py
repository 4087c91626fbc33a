"""Which of the dates in a page's head are those of a re-posting or of a later change, as their labels say."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Literal

from pipelines import vocabulary
from pipelines.dates import find_dates
from pipelines.draft import Draft
from pipelines.model import DateFound
from pipelines.script import fold, simplify

_LONGEST = 300
"""A line of dates is short; sentences that speak of 转载 are rights notices."""

Posting = Literal["published", "reposted", "updated"]


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Posting]]:
    """Finds the label that ends where a date begins, and the words of a later posting; the kind by a label's words."""
    kinds: dict[str, Posting] = {
        word: rule["kind"] for rule in vocabulary.toml("years.toml")["posting"] for word in rule["words"]
    }
    words = "|".join(sorted(map(re.escape, kinds), key=len, reverse=True))
    late = "|".join(word for word, kind in kinds.items() if kind != "published")
    return re.compile(rf"(?P<word>{words})(?:时间|日期|于)?[\s\]】)]*:?\s*$"), re.compile(late), kinds


def sort_postings(draft: Draft) -> None:
    """Gives the dates of re-postings and changes their own kind; the page was published on another day, where it gives one.

    A re-posting is how this site published the page: it stays `published` where the site says no other day of its own.
    """
    report = draft.report
    found = [date for date in report.dates if date.kind == "published"]
    if not found:
        return
    labelled = _labelled(draft, found)
    for date in found:
        kinds = labelled.get((date.value or "")[:10], set())
        if len(kinds) == 1 and date.where != "list" and not date.where.startswith("meta "):
            date.kind = kinds.copy().pop()
    claims = report.evidence.get("published", [])
    changed = {date.value for date in found if date.kind == "updated"}
    if report.published in changed and (other := next((c for c in claims if c.value not in changed), None)):
        report.published = str(other.value)
        report.evidence["published"] = [other, *(claim for claim in claims if claim is not other)]


def is_first_posting(draft: Draft) -> bool:
    """Whether the date of publication may be that on which the report came out: no label says that it is a later one."""
    late = {date.value for date in draft.report.dates if date.kind in ("reposted", "updated")}
    return draft.report.published not in late


def _labelled(draft: Draft, found: list[DateFound]) -> dict[str, set[Posting]]:
    """The kinds of posting that labels give each day, in the lines of the head that were cut and in the dates' own words;
    nothing where no line speaks of a later posting, as on most pages."""
    label, late, kinds = _labels()
    years = {(date.value or "")[:4] for date in found}
    cut = [cut.text for cut in draft.cut if len(cut.text) <= _LONGEST and any(year in cut.text for year in years)]
    lines = dict.fromkeys([*(date.raw for date in found), *cut])
    plain = [fold(simplify(line) if draft.report.script == "hant" else line) for line in lines]
    days: dict[str, set[Posting]] = defaultdict(set)
    if not any(late.search(line) for line in plain):
        return days
    for line in plain:
        for date in find_dates(line):
            if match := label.search(line, 0, date.start):
                days[date.value[:10]].add(kinds[match["word"]])
    return days
