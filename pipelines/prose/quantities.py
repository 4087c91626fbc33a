"""Quantities in running text: a number, how sure it is, and the unit that follows it.

Reads folded text (`Draft.plain`: half-width digits and punctuation, simplified script). `3000余万元` is 30,000,000 with unit
`元`, more than; `三处` is 3 `处`, in words; `67` before a comma is 67 without a unit. Ordinals (第三条), dates and decimals of
section numbers are not quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipelines.model import Qualifier, Stated

UNITS = tuple(
    "条次 条(次) 件次 件(次) 人次 人(次) 场次 场(次) 班次 个次".split() + list("条篇件份则个宗起例次场期人名位家处台封项部元%")
)
"""Longer ones first."""

_DIGITS = {
    digit: value
    for value, digits in enumerate(("〇零0", "一1", "二两2", "三3", "四4", "五5", "六6", "七7", "八8", "九9"))
    for digit in digits
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MULTIPLIERS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

_SIGNS = r"0-9〇零一二两三四五六七八九十百千"
_BEHIND = "".join({unit[0] for unit in UNITS})
_LONG_UNITS = "|".join(re.escape(unit) for unit in UNITS if len(unit) > 1)
_SHORT_UNITS = "".join(unit for unit in UNITS if len(unit) == 1)
_RUN = re.compile(
    rf"[{_SIGNS}][{_SIGNS}]*(?:,[0-9]{{3}}(?![0-9]))*(?:\.[0-9]+)?(?=[{re.escape(_BEHIND)}余多万亿,。;、):占!?\s]|$)"
)
"""A first look, so that the many 一 of a text cost little. A set alone at its beginning is searched for faster than a run."""
_NUMBER = (
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d ])|\d(?: \d)+(?! ?\d)"
    rf"|\d+(?:\.\d+)?(?![{_SIGNS}])|[{_SIGNS}]+)"
    r"\s?(?P<more>[余多])?\s?(?P<multiplier>[百千万亿])?(?P<more_after>[余多])?"
)
_QUANTITY = re.compile(
    _NUMBER + rf"\s?(?:(?P<unit>{_LONG_UNITS}|[{_SHORT_UNITS}])(?P<tail>以上|左右|上下|以内|以下)?|(?=[,。;、):占!?\n]|$))"
)
_PRINTED = re.compile(_NUMBER)
_FOLDED = str.maketrans("０１２３４５６７８９，．萬億餘兩", "0123456789,.万亿余两")
_ORDINAL = "第.-/"
"""A number behind one of these is none: 第三条, 1.2, 2015-18."""

_BEFORE: dict[str, Qualifier] = {
    "不少于": "at_least",
    "不低于": "at_least",
    "至少": "at_least",
    "不超过": "at_most",
    "至多": "at_most",
    "最多": "at_most",
    "超过": "more_than",
    "突破": "more_than",
    "多达": "exact",
    "大约": "about",
    "约为": "about",
    "将近": "nearly",
    "接近": "nearly",
    "不足": "less_than",
    "不到": "less_than",
    "不满": "less_than",
    "约": "about",
    "近": "nearly",
    "超": "more_than",
    "逾": "more_than",
}
_TAIL: dict[str, Qualifier] = {"以上": "more_than", "左右": "about", "上下": "about", "以内": "at_most", "以下": "less_than"}
_QUALIFIER = re.compile(rf"(?:{'|'.join(_BEFORE)})(?:了|达|有)?\s?\Z")
_LONGEST_QUALIFIER = 6
_ENDS = frozenset(word[-1] for word in _BEFORE) | frozenset("了达有 ")
_GOES_ON = frozenset(sign for unit in UNITS for sign in unit[1:]) | frozenset(tail[0] for tail in _TAIL)
"""What may stand behind the first character of a unit and belong to the quantity."""
_BARE_UNITS: dict[str | None, str] = {unit: unit.replace("(", "").replace(")", "") for unit in UNITS}


@dataclass(slots=True)
class Quantity:
    """A number of the text. `start` includes the qualifier before it; `end` the unit and the qualifier after it."""

    value: int | float
    """Multipliers applied; a sum of money is in yuan."""
    unit: str
    """Without brackets: 人(次) is 人次; empty where none is printed."""
    qualifier: Qualifier
    stated: Stated
    start: int
    end: int


def find_quantities(plain: str, first: int, last: int) -> list[Quantity]:
    """The quantities between two places of a folded text, in order."""
    found: list[Quantity] = []
    end = first
    for run in _RUN.finditer(plain, first, last):
        start, stop = run.span()
        if start < end or (start > first and plain[start - 1] in _ORDINAL):
            continue
        parts: tuple[Any, ...]
        if stop + 1 < last and plain[stop] in _SHORT_UNITS and run[0].isdecimal() and plain[stop + 1] not in _GOES_ON:
            parts, end = (run[0], None, None, None, plain[stop], None), stop + 1  # digits and a unit, as most
        elif match := _QUANTITY.match(plain, start, last):
            parts, end = match.groups(), match.end()
        else:
            continue
        digits, more, multiplier, more_after, unit, tail = parts
        in_words = not (digits[0].isascii() and digits[-1].isascii())
        if unit is None and (" " in digits or (in_words and digits != "零")):
            continue  # 0 0 3 is a row of cells; 一、 二、 are enumerators
        if plain.startswith(")", end) and plain.endswith("计", 0, start):
            continue  # the form's own note: (相同信息计1条)
        qualifier: Qualifier = "exact"
        before = _QUALIFIER.search(plain, max(0, start - _LONGEST_QUALIFIER), start) if plain[start - 1] in _ENDS else None
        if before:
            start = before.start()
            qualifier = next(kind for word, kind in _BEFORE.items() if plain.startswith(word, start))
        elif tail:
            qualifier = _TAIL[tail]
        elif more or more_after:
            qualifier = "more_than"
        value = int(digits) if multiplier is None and digits.isdecimal() else _value(digits, multiplier)
        stated: Stated = ("in_words" if value else "zero_in_words") if in_words else "printed"
        found.append(Quantity(value, _BARE_UNITS.get(unit, ""), qualifier, stated, start, end))
    return found


def printed(words: str, value: float | None) -> str:
    """The number of that value as it stands in original words, with its multiplier; the value itself where they lack it."""
    for found, number in _printed_numbers(words):
        if found == value:
            return number
    return f"{value:g}" if isinstance(value, float) else str(value)


@lru_cache(maxsize=64)
def _printed_numbers(words: str) -> list[tuple[float, str]]:
    """The numbers of a sentence, each with its words: a finding asks for several of them."""
    matches = _PRINTED.finditer(words.translate(_FOLDED))
    return [(_value(match["number"], match["multiplier"]), words[slice(*match.span())]) for match in matches]


def _value(number: str, multiplier: str | None) -> int | float:
    digits = number.replace(",", "").replace(" ", "")
    value = (float(digits) if "." in digits else int(digits)) if digits.isascii() else chinese_number(digits)
    value *= _MULTIPLIERS[multiplier] if multiplier else 1
    if isinstance(value, float):
        value = round(value, 6)  # 2306.4万 has no binary form
        return int(value) if value.is_integer() else value
    return value


def chinese_number(numeral: str) -> int:
    """The value of 二十一, 一千零五 or, digit by digit, 二00八."""
    if not any(digit in _TENS for digit in numeral):
        return int("".join(str(_DIGITS[digit]) for digit in numeral))
    total = digit = 0
    for sign in numeral:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[sign]
    return total + digit
