"""Text of files: lines joined, characters that stand for others put right."""

from __future__ import annotations

import re
import unicodedata

from pipelines.draft import Block

_TITLE_ENDS = re.compile("报告|年报")
_LONGEST_TITLE = 60
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


def with_whole_title(blocks: list[Block]) -> list[Block]:
    """The blocks, a title that begins them in two centred lines as one."""
    if len(blocks) < 2:
        return blocks
    first, second = blocks[:2]
    one_look = first.align == second.align == "center" and first.bold == second.bold and first.kind == second.kind != "table"
    text = first.text + second.text
    if not one_look or len(text) > _LONGEST_TITLE or _TITLE_ENDS.search(first.text) or not _TITLE_ENDS.search(second.text):
        return blocks
    return [Block("heading", text, bold=first.bold, align="center"), *blocks[2:]]
