"""Pinyin that hijacked mirrors inject behind characters, 政(zhèng)府: where it stands, and a text without it."""

from __future__ import annotations

import re

_LETTERS = r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\d?[)）]"
_IN_BRACKETS, _PINYIN = re.compile(_LETTERS), re.compile(r"(?<=[\u4e00-\u9fff])\s*" + _LETTERS)
_LEAST = 3
"""So many show that it is injected: one or two explain a rare character."""


def injected(text: str) -> list[re.Match[str]]:
    """The pinyin that is injected into a text, in order. The brackets alone, which few texts have, are found much faster."""
    found = list(_PINYIN.finditer(text)) if _IN_BRACKETS.search(text) else []
    return found if len(found) >= _LEAST else []


def without(text: str, pinyin: list[re.Match[str]]) -> tuple[str, list[tuple[int, int]]]:
    """The text without the pinyin found in it, and the shifts that lead back (see `Draft.shifts`)."""
    if not pinyin:
        return text, []
    kept: list[str] = []
    shifts: list[tuple[int, int]] = []
    at = length = 0
    for mark in pinyin:
        kept.append(text[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        shifts.append((length, at))
    return "".join([*kept, text[at:]]), shifts


def without_any(text: str) -> str:
    """A short piece of a text into which pinyin is injected, such as its title, without what it has of it."""
    return _PINYIN.sub("", text)
