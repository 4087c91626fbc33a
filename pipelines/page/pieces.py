"""The pieces that a page is taken apart into, in order, each with what tells chrome from report."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from pipelines.draft import Grid

Align = Literal["left", "center", "right"]

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BREAK_IN_HAN = re.compile(r"(?<=[\u2e80-\uffef“”])[^\S\n]*\n\s*(?=[\u2e80-\uffef“”])")
_GAP = re.compile(r" {2,}")


@dataclass(slots=True)
class Piece:
    """A run of text that a reader sees as one paragraph, heading, list item or table."""

    text: str
    box: int
    """Index of the box that holds it."""
    links: int = 0
    """How many of its characters are link text."""
    heading: int = 0
    """1-6 for h1-h6."""
    bold: bool = False
    align: Align = "left"
    grid: Grid | None = None
    is_item: bool = False
    gap_before: bool = False
    """Plain text: blank lines stand before it."""
    items: tuple[str, ...] = ()
    """The items of a list of links, which is taken as one piece."""


@dataclass(slots=True)
class Box:
    """A block element: its place in the tree, its name and the pieces inside (first to last, exclusive)."""

    tag: str
    parent: int
    names: tuple[str, ...] = ()
    """#id and .class names, lower case."""
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class FileLink:
    """A link, frame or embedded object that points to a document file."""

    href: str
    name: str
    piece: int


@dataclass(slots=True)
class Page:
    """A page taken apart."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    title: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)
    files: list[FileLink] = field(default_factory=list)
    comments: list[tuple[str, int]] = field(default_factory=list)
    """Short comments (publishing systems mark the article with them) and the index of the piece that follows."""
    hidden: int = 0
    """How many characters stood in hidden elements and were passed over."""
    frames: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    selected: int | None = None
    """Index of the box that the portal's own selector names."""


def tidy(text: str) -> str:
    """White space folded as a browser does, but a line break of the source between two Han characters is no space."""
    text = text.strip()
    if text.isprintable():  # so it has no white space but single characters of it, and nothing invisible
        return text if "  " not in text else " ".join(text.split())
    if "\n" in text:
        text = _BREAK_IN_HAN.sub("", text)
    tidied = " ".join(text.split())
    if not tidied.isprintable() and _INVISIBLE.search(tidied):
        return tidy(_INVISIBLE.sub("", text))
    return tidied


def read_lines(text: str) -> Page:
    """The pieces of a plain-text page, one per line.

    Where blank lines part the paragraphs, neighbouring lines of at most four Han characters are one table cell that was broken
    (结果⏎纠正), and are joined.
    """
    page = Page(boxes=[Box("body", -1)])
    gap = True
    short = re.compile(r"[\u4e00-\u9fff]{1,4}")
    lines = text.splitlines()
    blank = sum(not line.strip() for line in lines)
    parted = blank * 3 > len(lines)
    for raw in lines:
        line = _columns(raw)
        if not line:
            gap = True
            continue
        last = page.pieces[-1] if page.pieces else None
        if parted and last and not gap and short.fullmatch(line) and short.fullmatch(last.text):
            last.text += line
            continue
        indent = len(raw) - len(raw.lstrip())
        page.pieces.append(Piece(line, 0, align="right" if indent >= 8 else "left", gap_before=gap))
        gap = False
    page.boxes[0].last = len(page.pieces)
    return page


def _columns(raw: str) -> str:
    """A line of plain text, tidied; tabs and wide gaps stay where they part the columns of a table, with the empty cells."""
    if "\t" in raw.strip():
        return "\t".join(tidy(cell) for cell in raw.strip(" \r\u3000").split("\t")).rstrip(" ")
    gaps = _GAP.split(raw.strip())
    return "  ".join(map(tidy, gaps)) if len(gaps) > 2 else tidy(raw)
