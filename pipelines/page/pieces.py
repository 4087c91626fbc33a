"""Markup or plain text -> the pieces of a page in order, each with what tells chrome from report.

The HTML is parsed once, by Lexbor: it follows the HTML5 rules (a stray </html> before the article loses nothing) at a third of
lxml's time. One walk over the tree makes the pieces and the boxes (block elements) that hold them; no node outlives it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.model import Grid
from pipelines.tabular.grid import grid_of, render

Align = Literal["left", "center", "right"]

_BLOCK = frozenset(
    "html body p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th caption section article header footer"
    " nav aside main form pre blockquote center fieldset hr figure figcaption address details summary"
    " ucapcontent ucaptitle".split()
)
_BOX = frozenset("body div ul ol dl td th table section article header footer nav aside main form center ucapcontent".split())
_SKIP = frozenset("script style noscript template textarea select button input svg head map audio video canvas".split())
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside"))
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BOLD = frozenset(("b", "strong"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(center|right|left|justify)", re.I)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|zip|rar|ofd)(?:$|[?#])|downfile\.jsp|download\.jsp", re.I)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BREAK_IN_HAN = re.compile(r"(?<=[\u2e80-\uffef“”])[^\S\n]*\n\s*(?=[\u2e80-\uffef“”])")
_SPACE = re.compile(r"\s+")
_GAP = re.compile(r" {2,}")

_NOTHING: tuple[str, Align, int] = ("", "left", -1)
"""What leaving an inline element has to undo."""

DEPTH_GUARD_TAGS = 10_000
"""Lexbor needs quadratic time for tags that are nested this deep; above this count of tags the nesting is flattened first."""
_MAX_DEPTH = 400
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr param".split())


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
    selected: int | None = None
    """Index of the box that the portal's own selector names."""


def tidy(text: str) -> str:
    """White space folded as a browser does, but a line break of the source between two Han characters is no space."""
    text = _INVISIBLE.sub("", text).strip()
    if "\n" in text:
        text = _BREAK_IN_HAN.sub("", text)
    return _SPACE.sub(" ", text)


def read_html(markup: str, selector: str | None = None) -> Page:
    """The pieces of an HTML page. Hidden elements are passed over unless nothing else is there."""
    tree = LexborHTMLParser(_flatten(markup))
    walk = _Walk(tree, selector, with_hidden=False)
    if walk.page.hidden and sum(len(p.text) for p in walk.page.pieces) < 200:
        walk = _Walk(tree, selector, with_hidden=True)
    return walk.page


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


def _flatten(markup: str) -> str:
    """The markup with tags that open deeper than any real page removed, where there are enough tags to make that a danger."""
    if markup.count("<") < DEPTH_GUARD_TAGS:
        return markup
    depth = 0
    out: list[str] = []
    at = 0
    for found in _ANY_TAG.finditer(markup):
        closing, name, empty = found.groups()
        if empty or name.lower() in _VOID:
            continue
        if closing:
            depth = max(depth - 1, 0)
        else:
            depth += 1
            if depth > _MAX_DEPTH:
                out.append(markup[at : found.start()])
                at = found.end()
                # its closing tag is left: a parser passes over an end tag that closes nothing
    out.append(markup[at:])
    return "".join(out)


class _Walk:
    """One pass over the tree; its state is the paragraph that is being collected."""

    def __init__(self, tree: LexborHTMLParser, selector: str | None, *, with_hidden: bool) -> None:
        self.page = Page()
        self.with_hidden = with_hidden
        self.buffer: list[str] = []
        self.links = self.bold_chars = self.link_depth = self.bold_depth = 0
        self.heading = 0
        self.is_item = False
        self.align: Align = "left"
        self.box = -1
        chosen = tree.css_first(selector) if selector else None
        self.chosen_id = chosen.mem_id if chosen is not None else None
        title = tree.css_first("title")
        self.page.title = tidy(title.text()) if title is not None else ""
        for node in tree.css("meta[content]"):
            attributes = node.attributes
            name = attributes.get("name") or attributes.get("property")
            if name:
                self.page.meta.setdefault(name.strip().lower(), []).append((attributes.get("content") or "").strip())
        if tree.body is not None:
            self._walk(tree.body)

    def _walk(self, root: LexborNode) -> None:
        stack: list[tuple[LexborNode, tuple[str, Align, int] | None]] = []
        node: LexborNode | None = root
        while node is not None:
            undo = self._enter(node)
            child = node.first_child if undo is not None else None
            if child is not None:
                stack.append((node, undo))
                node = child
                continue
            if undo is not None:
                self._leave(undo)
            following = node.next if stack else None
            while following is None and stack:
                parent, undo = stack.pop()
                if undo is not None:
                    self._leave(undo)
                following = parent.next if stack else None
            node = following
        self._flush()

    def _enter(self, node: LexborNode) -> tuple[str, Align, int] | None:
        """Takes a node in; returns what `_leave` must undo, or None when its children are not to be walked."""
        tag = node.tag or ""
        if tag == "-text":
            self._take_text(node.text_content or "")
            return None
        if tag == "-comment":
            words = (node.comment_content or "").strip()
            if len(words) < 60:
                self.page.comments.append((words, len(self.page.pieces)))
            return None
        if tag in _SKIP:
            return None
        if tag == "br":
            self._flush(keep_style=True)
            return None
        if tag in ("iframe", "frame", "embed", "object"):
            self._take_frame(node)
            return None
        if tag not in _BLOCK:
            return self._enter_inline(node, tag)
        self._flush()
        undo = (tag, self.align, self.box)
        attributes = node.attributes
        if not self._is_shown(node, attributes):
            return None
        style = attributes.get("style") or ""
        align = _ALIGN.search(style)
        named = (align.group(1) if align else attributes.get("align") or "").lower()
        if tag == "center" or named == "center":
            self.align = "center"
        elif named in ("left", "justify", "right"):
            self.align = "right" if named == "right" else "left"
        if tag == "table" and self._take_table(node):
            self.align = undo[1]
            return None
        self.heading = _HEADINGS.get(tag, 0)
        self.is_item = tag == "li"
        if "font-weight" in style and _BOLD_STYLE.search(style):
            self.bold_depth += 1
            undo = ("*" + tag, undo[1], undo[2])
        if tag in _BOX:
            self._open_box(node, tag, attributes)
        return undo

    def _enter_inline(self, node: LexborNode, tag: str) -> tuple[str, Align, int] | None:
        if tag == "a" or tag == "span":
            attributes = node.attributes
            if not self._is_shown(node, attributes):
                return None
            if tag == "span":
                return _NOTHING
            self.link_depth += 1
            href = attributes.get("href") or ""
            if _FILE.search(href):
                name = tidy(node.text()) or attributes.get("title") or ""
                self.page.files.append(FileLink(href, name, len(self.page.pieces)))
            return (tag, self.align, self.box)
        if tag in _BOLD:
            self.bold_depth += 1
            return (tag, self.align, self.box)
        if tag == "img":
            powered = node.attributes.get("data-powerurl")
            if powered:
                self.page.files.append(FileLink(powered, "", len(self.page.pieces)))
        return _NOTHING

    def _is_shown(self, node: LexborNode, attributes: dict[str, str | None]) -> bool:
        if self.with_hidden:
            return True
        style = attributes.get("style")
        if "hidden" in attributes or (style and _HIDDEN.search(style)):
            self.page.hidden += len(tidy(node.text()))
            return False
        return True

    def _leave(self, undo: tuple[str, Align, int]) -> None:
        tag, align, box = undo
        if not tag:
            return
        if tag == "a":
            self.link_depth -= 1
        elif tag in _BOLD:
            self.bold_depth -= 1
        else:
            self._flush()
            if tag.startswith("*"):
                self.bold_depth -= 1
            self.heading = 0
            self.is_item = False
            if box != self.box:
                self.page.boxes[self.box].last = len(self.page.pieces)
        self.align, self.box = align, box

    def _open_box(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        names = ["#" + (attributes.get("id") or "").lower()] if attributes.get("id") else []
        names += ["." + name for name in (attributes.get("class") or "").lower().split()]
        if node.mem_id == self.chosen_id:
            self.page.selected = len(self.page.boxes)
        self.page.boxes.append(Box(tag, self.box, tuple(names), len(self.page.pieces), len(self.page.pieces)))
        self.box = len(self.page.boxes) - 1

    def _take_text(self, text: str) -> None:
        if not text.strip():
            if self.buffer:
                self.buffer.append(" ")
            return
        self.buffer.append(text)
        if self.link_depth:
            self.links += len(text.strip())
        if self.bold_depth:
            self.bold_chars += len(text.strip())

    def _take_frame(self, node: LexborNode) -> None:
        attributes = node.attributes
        source = attributes.get("src") or attributes.get("data") or ""
        if _FILE.search(source):
            self.page.files.append(FileLink(source, "", len(self.page.pieces)))
        elif source:
            self.page.frames.append(source)

    def _take_table(self, node: LexborNode) -> bool:
        """Takes a table of data as one piece; False for a table that only lays out the page."""
        cells = node.css("td, th")
        if len(cells) < 4 or len(node.css("tr")) < 2 or any(inner.mem_id != node.mem_id for inner in node.css("table")):
            return False
        lengths = [len(cell.text().strip()) for cell in cells]
        total = sum(lengths)
        if max(lengths) > 300 or (max(lengths) > 120 and max(lengths) * 2 > total):
            return False
        linked = sum(len(link.text().strip()) for link in node.css("a"))
        if linked * 2 > total:
            return False
        grid = grid_of(node)
        text = render(grid)
        if not text.strip():
            return True
        self.page.pieces.append(Piece(text, self.box, links=linked, grid=grid))
        return True

    def _flush(self, *, keep_style: bool = False) -> None:
        if self.buffer:
            text = tidy("".join(self.buffer))
            if text:
                piece = Piece(text, self.box, self.links, self.heading, align=self.align, is_item=self.is_item)
                piece.bold = bool(self.heading) or self.bold_chars * 10 >= len(text.replace(" ", "")) * 8
                self.page.pieces.append(piece)
            self.buffer = []
        self.links = self.bold_chars = 0
        if not keep_style:
            self.is_item = False
