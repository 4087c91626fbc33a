"""Percentages that do not follow from the counts beside them: 占58.1% behind a count and its total, 办结率 behind two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipelines.draft import Draft
from pipelines.issues import find
from pipelines.model import Evidence
from pipelines.prose.quantities import Quantity
from pipelines.prose.sentences import paragraphs_of, quantities_of

TOLERANCE = 1.0
"""Percentage points; what is less is rounding."""
TOLERANCE_ROUGH = 3.0
"""The same beside a count that is stated roughly."""

_NEAR = 24
_STATED = re.compile(r"(?:占[^,。;\d]{0,16}|\d[^,。;\d]{0,5}[,、]?[^,。;\d]{0,4}[结复]率(?:为|达|达到)?\s*)\d[\d.]*\Z")
"""What stands before the sign of every percentage that `_belongs` takes, at most so many characters of it."""
_SHARE = re.compile(r"\s*[,、(]?\s*(?:约)?占(?:(?:全部|总|申请|公开|信息|办理|答复)*(?:数量|总数|总量|数|量|比))?(?:的|为)?\s*")
_RATE = re.compile(r"\s*[,、(]?\s*(?:按期|按时)?(?:办结|答复|回复|办复)率(?:为|达|达到)?\s*")
_DONE = re.compile(r"(?:办结|答复|回复|办复)(?:了)?\Z")


def check_percentages(draft: Draft) -> None:
    """Adds an issue for each percentage that no total of its paragraph and no figure of the report explains."""
    if "%" not in draft.plain:
        return
    stated = [figure.value for figure in draft.report.figures if figure.source == "sentence" and figure.value]
    plain = draft.plain
    for begin, end in paragraphs_of(draft):
        if plain.find("%", begin, end) < 0 or not any(
            _is_stated(plain, max(begin, at - _NEAR), at) for at in _signs(plain, begin, end)
        ):
            continue
        quantities = quantities_of(draft, begin, end)
        for count, percentage in pairwise(quantities):
            if percentage.unit == "%" != count.unit and _belongs(plain, count, percentage):
                sentence = max(plain.rfind(stop, begin, count.start) for stop in "。!?\n") + 1 or begin
                totals = [q for q in quantities if q.unit == count.unit and q.start < count.start]
                _check(draft, sentence, count, percentage, totals, stated)


def _is_stated(plain: str, first: int, at: int) -> bool:
    """Whether `_STATED` stands before a sign; the one word or the other that it needs is looked for first."""
    words = plain[first:at]
    return ("占" in words or "率" in words) and _STATED.search(words) is not None


def _signs(plain: str, begin: int, end: int) -> Iterator[int]:
    at = plain.find("%", begin, end)
    while at >= 0:
        yield at
        at = plain.find("%", at + 1, end)


def _belongs(plain: str, count: Quantity, percentage: Quantity) -> bool:
    """Whether the percentage says the count's share of a total."""
    if _SHARE.fullmatch(plain, count.end, percentage.start):
        return True
    done = _DONE.search(plain, max(0, count.start - 6), count.start)
    return done is not None and _RATE.fullmatch(plain, count.end, percentage.start) is not None


def _check(
    draft: Draft, sentence: int, count: Quantity, percentage: Quantity, totals: list[Quantity], stated: list[int | float]
) -> None:
    here = [total for total in totals if total.start >= sentence and total.value >= count.value > 0]
    if not here:
        return
    tolerance = TOLERANCE if count.qualifier == here[0].qualifier == "exact" else TOLERANCE_ROUGH
    for whole in (*(total.value for total in totals), *stated):
        if whole and abs(100 * count.value / whole - percentage.value) <= tolerance:
            return
    total = here[0]
    start, end = draft.place(total.start, percentage.end)
    words = draft.report.text[start:end]
    right = 100 * count.value / total.value
    message = f"{count.value} of {total.value} is {right:.1f}%, but the text says {percentage.value}%: “{words}”."
    said = draft.place(percentage.start, percentage.end)
    find(
        draft,
        "percentage_wrong",
        message,
        Evidence(percentage.value, "sentence", draft.report.text[said[0] : said[1]], *said),
        Evidence(round(right, 2), "sentence", words, start, end),
    )
