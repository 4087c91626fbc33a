"""Dates as Chinese pages print them, whole and damaged.

Fast expressions read the usual forms; `dateparser` is asked only for free text behind a date label that they do not know.
Damage follows one pattern, seen on many sites: single characters between digits (年 月 日 -) are lost. `readings` lists every
date that such a string can have been; it is repaired only where one is left. All functions take folded text (`script.fold`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.vocabulary import ZERO

_DIGITS = str.maketrans(ZERO + "一二三四五六七八九", "0" * len(ZERO) + "123456789")
_YEAR_HAN = f"[{ZERO}1-9一二三四五六七八九]"
_NUMBER_HAN = "[一二三四五六七八九十廿元]"

_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?<!\d{5})\s*(?:"
    r"年\s*(?P<month>1[0-2]|0?[1-9]|元)\s*月(?:\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号])?"
    r"|(?P<sep>[-/.])\s*(?P<month2>1[0-2]|0?[1-9])\s*(?P=sep)\s*(?P<day2>3[01]|[12]\d|0?[1-9])(?!\d)"
    r")(?:[\sT]*(?P<time>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?))?"
    r"|(?P<run>20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?<![\d.]\d{8})(?![\d.])"
    rf"|(?P<year_han>{_YEAR_HAN}{{4}})\s*年\s*(?P<month_han>{_NUMBER_HAN}{{1,2}})\s*月"
    rf"(?:\s*(?P<day_han>{_NUMBER_HAN}{{1,3}})\s*[日号])?"
)
_BEGINS = re.compile(rf"(?:19|20)\d\d|{_YEAR_HAN}{{4}}\s*年")
"""How each date begins: most lines hold none, which is seen faster than that they hold no date."""
_HAS_YEAR = re.compile(r"\d{4}|年|(?<!\d)(?:\d\d([-/.])\d\d?\1\d|\d([-/.])\d\d?\2\d\d)")
_DAMAGED = re.compile(r"(?<![\d.])(?P<raw>20\d{2}(?:[年月日号.-]|\d){2,8})(?![\d.%])")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date in a text: ISO value with the precision that was read, its offsets, and whether it was mended."""

    value: str
    raw: str
    start: int
    end: int
    repaired: bool = False


def find_dates(text: str) -> Iterator[ReadDate]:
    """The undamaged dates of a text in order."""
    if not _BEGINS.search(text):
        return
    for found in _DATE.finditer(text):
        value = _value(found)
        if value:
            yield ReadDate(value, found.group(), found.start(), found.end())


def first_date(text: str) -> ReadDate | None:
    """The first undamaged date of a text."""
    return next(find_dates(text), None)


def readings(raw: str) -> list[str]:
    """Every date, ISO, that a damaged string of digits and 年月日 can have been: 2015215 -> 2015-02-15.

    What is left of the marks binds: digits that end in 日 hold a month and a day, digits that end in 月 a month, and a string
    without any mark a year, a month and a day.
    """
    raw = re.sub(r"[^\d年月日号]", "", raw).replace("号", "日")
    match = re.fullmatch(r"(?P<year>20\d\d)年?(?P<rest>.*)", raw)
    if not match:
        return []
    year, rest = int(match["year"]), match["rest"]
    if re.fullmatch(r"\d{1,2}月份?", rest):
        month = int(rest.split("月")[0])
        return [f"{year}-{month:02}"] if 1 <= month <= 12 else []
    head, mark, tail = rest.partition("月")
    if mark:
        pairs = [(head, tail.rstrip("日"))]
    else:
        digits = head.rstrip("日")
        pairs = [(digits[:cut], digits[cut:]) for cut in (1, 2) if cut < len(digits)]
    found = []
    for month_digits, day_digits in pairs:
        value = _iso(year, month_digits, day_digits)
        if value and value not in found:
            found.append(value)
    return found


def damaged_at(text: str) -> Iterator[tuple[int, int, str, list[str]]]:
    """Strings of a text that are no whole date but can be read as one: offsets, raw string, readings."""
    whole = [(d.start, d.end) for d in find_dates(text)]
    for found in _DAMAGED.finditer(text):
        if any(start < found.end() and found.start() < end for start, end in whole):
            continue
        candidates = readings(found["raw"])
        if candidates:
            yield found.start(), found.end(), found["raw"], candidates


def free_date(text: str) -> str | None:
    """The date of a free text such as 3月31日,2014年, by dateparser; None for relative ones: the stages know no clock."""
    if not _HAS_YEAR.search(text):
        return None
    import dateparser  # costs 0.3 s at import and is rarely needed

    parsed = dateparser.parse(
        text[:40],
        languages=["zh"],
        settings={"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False},
    )
    return parsed.date().isoformat() if parsed else None


def year_of(text: str) -> int | None:
    """The year of four digits or Chinese numerals (二〇一四, 二00八, 2O14), or None."""
    digits = re.sub(r"\s", "", text).translate(_DIGITS)
    return int(digits) if re.fullmatch(r"(?:19|20)\d\d", digits) else None


def month_of(text: str) -> int:
    """A month's or day's number in digits or numerals (11, 十一, 元); 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() else _number(text.replace("元", "一"))


def _value(found: re.Match[str]) -> str | None:
    if run := found["run"]:
        return _iso(int(run[:4]), run[4:6], run[6:])
    if found["year_han"]:
        year = year_of(found["year_han"])
        month, day = month_of(found["month_han"]), found["day_han"]
        if not year or not 1 <= month <= 12:
            return None
        return _iso(year, str(month), str(_number(day))) if day else f"{year}-{month:02}"
    month_digits, day_digits = (found["month"] or found["month2"]).replace("元", "1"), found["day"] or found["day2"]
    if not day_digits:
        return f"{found['year']}-{int(month_digits):02}"
    value = _iso(int(found["year"]), month_digits, day_digits)
    if value and found["time"]:
        hour, rest = found["time"].split(":", 1)
        return f"{value}T{int(hour):02}:{rest}"
    return value


def _iso(year: int, month: str, day: str) -> str | None:
    try:
        return datetime.date(year, int(month), int(day)).isoformat()
    except ValueError:
        return None


def _number(han: str) -> int:
    """1 to 31 from Chinese numerals."""
    han = han.replace("廿", "二十")
    tens, ten, ones = han.rpartition("十")
    digit = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
    if not ten:
        return digit.get(han, 0) if len(han) == 1 else 0
    return (digit.get(tens, 1) if tens else 1) * 10 + (digit.get(ones, 0) if ones else 0)
