"""Numerals that stand in front of headings and items: 一、 (一) 1. 1、 1) ① ㈠ 第一部分 第一章.

They are read before any normalisation of compatibility characters, which would glue ① to a year that follows it. Text is in
the matching form (`Draft.plain`).
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

HAN = "一二三四五六七八九十"


class Rank(IntEnum):
    """Styles of numbering, from the highest in a document's outline to the lowest."""

    PART = 10
    CHAPTER = 20
    SECTION = 30
    HAN = 40
    HAN_INSIDE = 45
    """一、 again inside a part that 一、 counts itself."""
    HAN_BRACKETS = 50
    DIGITS = 60
    DIGITS_BRACKETS = 70
    CIRCLED = 80


class Enumerator(NamedTuple):
    """A numeral at the beginning of a heading or item."""

    rank: Rank
    ordinal: int
    end: int
    """Where the numeral with its brackets ends."""
    after: int
    """Where its separator and white space end."""
    weak: bool
    """Only white space or a comma stands behind it: it is a numeral only where a heading follows."""


_OPEN, _CLOSE = r"[(\[【]", r"[)\]】]"
_ENUMERATOR = re.compile(
    rf"""
    (?P<part>第\s?(?P<part_n>[{HAN}]{{1,3}}|\d{{1,2}})\s?(?P<unit>部分|部份|编|篇|章|节))(?P<part_sep>\s*[、:.,]?\s*)
  | (?P<han>[{HAN}]{{1,3}})(?P<han_sep>\s?[、丶﹑.:·]\s*|\s?,\s*|\s+)(?![{HAN}]{{1,2}}(?:[、\s]|季度|级))
  | (?P<han_brackets>{_OPEN}\s?(?P<han_brackets_n>[{HAN}]{{1,3}})\s?{_CLOSE}|(?P<han_half>[{HAN}]{{1,3}})\)|[㈠-㈩㊀-㊉])
    (?P<han_brackets_sep>[、.,:]?\s*)
  | (?P<digits>\d{{1,2}})(?P<digits_sep>\s?(?:、|\.(?!\d)|\.(?=\d{{4}}年)|:(?!\d))\s*|\s?,(?!\d)\s*|\s+)
  | (?P<digits_dot>[⒈-⒛])(?P<digits_dot_sep>、?\s*)
  | (?P<digits_brackets>{_OPEN}\s?(?P<digits_brackets_n>\d{{1,2}})\s?{_CLOSE}|(?P<digits_half>\d{{1,2}})\)|[⑴-⒇])
    (?P<digits_brackets_sep>[、.,:]?\s*)
  | (?P<circled>[①-⑳❶-❿])(?P<circled_sep>[、.]?\s*)
    """,
    re.VERBOSE,
)
_FIRST = frozenset(HAN + "第([【0123456789㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉❶❷❸❹❺❻❼❽❾❿") | frozenset(
    map(chr, range(ord("①"), ord("⒛") + 1))
)
"""What a numeral begins with."""
_STYLES = {
    "part": Rank.PART,
    "han": Rank.HAN,
    "han_brackets": Rank.HAN_BRACKETS,
    "digits": Rank.DIGITS,
    "digits_dot": Rank.DIGITS,
    "digits_brackets": Rank.DIGITS_BRACKETS,
    "circled": Rank.CIRCLED,
}
_GOES_ON = re.compile(r"是(?!否)")
_UNITS = {"章": Rank.CHAPTER, "节": Rank.SECTION}
_FIRST_OF_SIGNS = (("㈠", 10), ("㊀", 10), ("⒈", 20), ("⑴", 20), ("①", 20), ("❶", 10))


def read_enumerator(text: str, start: int, end: int) -> Enumerator | None:
    """The numeral that stands at `start` of a text, or None; 一、是… goes on as 一是… does and counts nothing."""
    if text[start : start + 1] not in _FIRST:
        return None
    found = _ENUMERATOR.match(text, start, end)
    if found is None or _GOES_ON.match(text, found.end(), end):
        return None
    separator = str(found.lastgroup)  # every branch ends in its separator
    style = separator.removesuffix("_sep")
    rank = _UNITS.get(found["unit"], Rank.PART) if style == "part" else _STYLES[style]
    weak = style in ("han", "digits") and found[separator].strip() in ("", ",")
    return Enumerator(rank, _ordinal(found[style]), found.end(style), found.end(), weak)


@lru_cache(maxsize=256)
def _ordinal(numeral: str) -> int:
    digits = "".join(c for c in numeral if c in HAN or "0" <= c <= "9")
    if digits.isdecimal():
        return int(digits)
    if digits:
        return han_number(digits)
    return next(ord(numeral) - ord(first) + 1 for first, n in _FIRST_OF_SIGNS if 0 <= ord(numeral) - ord(first) < n)


def han_number(numeral: str) -> int:
    """The value of a Chinese numeral from 一 to 九十九."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return HAN.index(numeral[0]) + 1 if numeral else 0
    return (HAN.index(tens[0]) + 1 if tens else 1) * 10 + (HAN.index(ones[0]) + 1 if ones else 0)
