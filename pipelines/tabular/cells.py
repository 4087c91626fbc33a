"""The text of a table cell -> the value that it states."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipelines.model import Stated
from pipelines.script import fold, simplify


class Value(NamedTuple):
    """What a cell states; `value` is None where it states no number."""

    value: int | float | None
    stated: Stated
    unit: str | None = None


_DASH = re.compile(r"[-–—―─−﹣ー/\\]+")
_NOTHING = re.compile(r"无|不适用|不涉及|N/?A", re.I)
_NUMBER = re.compile(
    r"(?P<sign>[+\-−–﹣]|增加|增长|减少|下降|[增减])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?"
    r"(?P<times>[万亿])?(?P<unit>元|[件项条次个人篇宗份期部家]|人次|件次)?"
)
_SPACE = re.compile(r"\s+")
_TIMES = {"万": 10_000, "亿": 100_000_000}
_BLANK = Value(None, "blank")


@lru_cache(maxsize=8192)
def value_of(text: str) -> Value | None:
    """The value of a cell, or None where it is words.

    Blank, a dash or slash, 无 and 0 are four different statements. White space inside a number is layout. 万 and 亿 are
    multiplied out but before 元, where they are part of the unit (84.67万元), and 增加 and 减少 are signs.
    """
    words = _SPACE.sub("", simplify(fold(text)))
    if not words:
        return _BLANK
    if words.isascii() and words.isdigit():
        return Value(int(words), "printed")
    if _DASH.fullmatch(words):
        return Value(None, "dash")
    if _NOTHING.fullmatch(words):
        return Value(None, "not_applicable")
    if words in ("零", "零件", "〇"):
        return Value(0, "printed")
    found = _NUMBER.fullmatch(words)
    if found is None:
        return None
    sign, whole, part, times, unit = found.group("sign", "whole", "part", "times", "unit")
    digits = whole.replace(",", "")
    number = float(digits + part) if part else int(digits)
    if times and unit == "元":
        unit = times + unit
    elif times:
        number = round(number * _TIMES[times], 6)
        if number == int(number):
            number = int(number)
    if sign and sign not in ("+", "增加", "增长", "增"):
        number = -number
    return Value(number, "printed", unit)
