"""Text of files: lines joined, characters that stand for others put right."""

from __future__ import annotations

import re
import unicodedata

_LATIN = re.compile(r"[A-Za-z]")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_TWINS = dict(
    zip(
        "⺠⺡⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民氵虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
"""Radicals without a compatibility decomposition and the characters they stand for (Unicode, EquivalentUnifiedIdeograph)."""


def unified(text: str) -> str:
    """The text with radicals (⼯, ⺠) as the characters that they look like: PDF writers pick them by glyph."""
    return _RADICALS.sub(lambda found: _TWINS.get(found.group()) or unicodedata.normalize("NFKC", found.group()), text)


def joined(lines: list[str]) -> str:
    """Broken lines as one: only between two Latin letters does a line break stand for a space."""
    out = ""
    for line in lines:
        if out and line and _LATIN.match(out[-1]) and _LATIN.match(line[0]):
            out += " "
        out += line
    return out
