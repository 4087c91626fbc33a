"""The numbers that Word counts by itself: 一、 before a heading stands in no run of its paragraph (ECMA-376-1, 17.9)."""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_NUMERALS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCountingThousand")
)
_PLACE = re.compile(r"%([1-9])")
_VAL = qn("w:val")
_DEEPEST_STYLE = 20


class Numbers:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        numbering = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        if numbering is None:
            return
        root: Any = numbering.element
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {int(level.get(qn("w:ilvl"), "0")): level for level in abstract.findall(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for number in root.findall(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                self._abstract[number.get(qn("w:numId"), "")] = target.get(_VAL, "")

    def of(self, paragraph: Paragraph) -> str:
        """The number that Word prints before a paragraph; empty for a bullet or none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, level = place
        levels = self._levels.get(list_id, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(list_id, {})
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if _value(levels[level], "w:numFmt") in ("bullet", "none"):
            return ""
        return _PLACE.sub(
            lambda found: self._printed(levels, counts, int(found.group(1)) - 1), _value(levels[level], "w:lvlText")
        )

    def _printed(self, levels: dict[int, Any], counts: dict[int, int], level: int) -> str:
        if level not in levels:
            return ""
        count = counts.get(level, _start(levels[level]))
        return _chinese(count) if _value(levels[level], "w:numFmt") in _CHINESE else str(count)

    def _place(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The list and the level of a paragraph, its own or its style's."""
        found = _numbering(paragraph._p)
        style = paragraph.style
        for _ in range(_DEEPEST_STYLE):
            if found is not None or style is None:
                break
            found = _numbering(style.element)
            style = style.base_style
        if found is None or found[0] not in self._abstract:
            return None
        return self._abstract[found[0]], found[1]


def _numbering(element: Any) -> tuple[str, int] | None:
    """The list's number and the level in an element's own properties."""
    properties = element.find(qn("w:pPr") + "/" + qn("w:numPr"))
    if properties is None:
        return None
    number, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    if number is None:
        return None
    return number.get(_VAL, ""), int(level.get(_VAL, "0")) if level is not None else 0


def _value(level: Any, tag: str) -> str:
    child = level.find(qn(tag))
    return "" if child is None else child.get(_VAL, "")


def _start(level: Any) -> int:
    start = _value(level, "w:start")
    return int(start) if start.isdigit() else 1


def _chinese(count: int) -> str:
    """1 to 99 as 一 to 九十九; beyond, in digits."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十") + (_NUMERALS[ones] if ones else "")
