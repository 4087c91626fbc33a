"""The characters of a page of fixed layout (PDF, OFD) -> its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipelines.files.text import unified

Char = dict[str, Any]
"""A character as pdfplumber gives it: text, matrix, x0, x1, top, bottom, size (points), fontname."""

_BOLD = re.compile(r"bold|black|heavy|simhei|heiti|黑体", re.I)
_LATIN = re.compile(r"[A-Za-z0-9]")
_UNKNOWN_GLYPH = re.compile(r"\(cid:\d+\)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")

_COLUMN_GAP = 2.0
"""Beyond this many widths of a character a gap parts columns."""
_SPACE_GAP = 0.9
"""Beyond this many a gap is a space; a smaller one comes from justified text or stands between Han and Latin."""
_LATIN_GAP = 0.2


@dataclass(slots=True)
class Line:
    """A line of a page, places in points from the page's upper left corner."""

    text: str
    """Two spaces part columns."""
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool


def is_unknown(char: Char) -> bool:
    """Whether a font does not say which character it draws, or says one that no other font has."""
    return _UNKNOWN_GLYPH.fullmatch(char["text"]) is not None or _PRIVATE.match(char["text"]) is not None


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines of characters from top to bottom, each from left to right."""
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=_middle):
        if rows and _middle(char) - middle <= 0.45 * max(char["size"], rows[-1][-1]["size"]):
            rows[-1].append(char)
            middle += (_middle(char) - middle) / len(rows[-1])
        else:
            rows.append([char])
            middle = _middle(char)
    return [line for row in rows if (line := _line(row))]


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(row: list[Char]) -> Line | None:
    row.sort(key=lambda char: char["x0"])
    ink = [char for char in row if char["text"].strip()]
    if not ink:
        return None
    sizes = Counter(round(char["size"], 1) for char in ink)
    size = sizes.most_common(1)[0][0]
    text = ""
    before: Char | None = None
    blank = False
    for char in row:
        words = char["text"]
        if not words.strip():
            blank = True
            continue
        words = unified(_UNKNOWN_GLYPH.sub("\ufffd", words))
        if before is not None:
            text += _gap((char["x0"] - before["x1"]) / max(size, 1), text[-1], words[0], blank)
        text += words
        before, blank = char, False
    return Line(
        text,
        float(ink[0]["x0"]),
        float(max(char["x1"] for char in ink)),
        float(min(char["top"] for char in ink)),
        float(max(char["bottom"] for char in ink)),
        size,
        sum(_BOLD.search(char["fontname"] or "") is not None for char in ink) * 10 >= len(ink) * 8,
    )


def _gap(width: float, before: str, after: str, blank: bool) -> str:
    """The white space for a gap, its width in widths of a character; `blank` says that a space is printed in it."""
    if width >= _COLUMN_GAP:
        return "  "
    if width >= _SPACE_GAP:
        return " "
    both_latin = _LATIN.match(before) and _LATIN.match(after)
    return " " if both_latin and (blank or width >= _LATIN_GAP) else ""
