"""HTML -> its pieces, by one walk over Lexbor's tree.

Lexbor follows the HTML5 rules (a stray </html> before the article loses nothing) in about two thirds of lxml's time. The walk
makes the pieces and the boxes (block elements) that hold them; no node outlives it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.address import file_at
from pipelines.page.pieces import Align, Box, FileLink, Page, Piece, tidy
from pipelines.tabular.grid import grid_of, render

_BOX = frozenset("body div ul ol dl td th table section article header footer nav aside main form center ucapcontent".split())
_INLINE, _BLOCK, _SKIP, _COMMENT, _FRAME, _IMAGE, _LINK, _STRONG = range(8)
_KINDS = {
    tag: kind
    for kind, tags in {
        _BLOCK: "html body p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th caption section article"
        " header footer nav aside main form pre blockquote center fieldset hr figure figcaption address details summary"
        " ucapcontent ucaptitle",
        _SKIP: "script style noscript template textarea select button input svg head map audio video canvas",
        _COMMENT: "-comment",
        _FRAME: "iframe frame embed object",
        _IMAGE: "img",
        _LINK: "a",
        _STRONG: "b strong",
    }.items()
    for tag in tags.split()
}
"""What each element is to the walk; what is not named here is inline, and passed through."""
_LISTS = frozenset(("ul", "ol", "dl", "nav"))
_FEWEST_LINKS = 2
_LONGEST_ITEM = 100
"""Characters: a paragraph is longer, a headline with its date shorter."""
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(center|right|left|justify)", re.I)
_ALIGNED: dict[str, Align] = {"center": "center", "right": "right", "left": "left", "justify": "left"}
_FILE_ENDINGS = tuple(".pdf .doc .docx .xls .xlsx .wps .et .zip .rar .7z .rtf .ofd".split())
_FILE = re.compile(rf"(?:{'|'.join(map(re.escape, _FILE_ENDINGS))})(?![a-z])|down(?:load|file)|getfile")

DEPTH_GUARD_TAGS = 10_000
"""Lexbor needs quadratic time for tags that are nested this deep; above this count of tags the nesting is flattened first."""
_MAX_DEPTH = 400
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr param".split())


def read_html(markup: str, selector: str | None = None) -> Page:
    """The pieces of an HTML page. Hidden elements are passed over unless nothing else is there."""
    tree = LexborHTMLParser(_flatten(markup))
    walk = _Walk(tree, selector, with_hidden=False)
    if walk.page.hidden and sum(len(p.text) for p in walk.page.pieces) < 200:
        walk = _Walk(tree, selector, with_hidden=True)
    return walk.page


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


class _Style(NamedTuple):
    """What the attributes of an element say about its look, where that matters here."""

    hidden: bool
    align: Align | None
    bold: bool


@lru_cache(maxsize=4096)  # office programs repeat one style in every paragraph
def _style(words: str, align: str, hidden: bool) -> _Style | None:
    """None for a style that says nothing of the kind."""
    stated = _ALIGN.search(words)
    style = _Style(
        hidden or _HIDDEN.search(words) is not None,
        _ALIGNED.get((stated[1] if stated else align).lower()),
        _BOLD_STYLE.search(words) is not None,
    )
    return style if any(style) else None


def _styles(tree: LexborHTMLParser) -> dict[int, _Style]:
    """The styles that matter, by element: one query is cheaper than the attributes of every element."""
    found = {}
    for node in tree.css("[style], [align], [hidden]"):
        attributes = node.attributes
        style = _style(attributes.get("style") or "", attributes.get("align") or "", "hidden" in attributes)
        if style:
            found[node.mem_id] = style
    return found


def _is_file(href: str) -> bool:
    """Whether an address is a document file's, or names one (`address.file_at`); nearly all are told by their ending alone."""
    low = href.lower()
    if low.endswith(_FILE_ENDINGS):
        return True
    return ("?" in low or "#" in low or "(" in low) and _FILE.search(low) is not None and file_at(None, href) is not None


def _opens(link: LexborNode) -> str | None:
    """What a link opens: its address, or the call that stands in its place."""
    href = link.attrs.get("href")
    if not href or href[0] == "#" or href[:11].lower() == "javascript:":
        return link.attrs.get("onclick") or href
    return href


_Undo = tuple[int, Align, int, bool]
"""What leaving an element puts back: its kind, and the alignment, the box and whether bold began with it."""
_LINK_END: _Undo = (_LINK, "left", -1, False)
_BOLD_END: _Undo = (_STRONG, "left", -1, False)


def _is_linked(node: LexborNode, size: int) -> bool:
    """Whether an item of a menu, `size` characters with its own menu inside, has no sentence beside its links."""
    return size - sum(len(link.text(strip=True)) for link in node.css("a")) <= _LONGEST_ITEM


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
        self.styles = _styles(tree)
        chosen = tree.css_first(selector) if selector else None
        self.chosen_id = chosen.mem_id if chosen is not None else None
        title = tree.css_first("title")
        self.page.title = tidy(title.text()) if title is not None else ""
        for node in tree.css("meta[content]"):
            attributes = node.attributes
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
            if name:
                self.page.meta.setdefault(name.strip().lower(), []).append((attributes.get("content") or "").strip())
        if tree.body is not None:
            self._walk(tree.body)

    def _walk(self, root: LexborNode) -> None:
        """Visits every node that is shown. A page has thousands: what is done for each of them is done here, without a call."""
        buffer, styles = self.buffer, self.styles
        stack: list[tuple[LexborNode, _Undo | None]] = []
        node: LexborNode | None = root
        while node is not None:
            child: LexborNode | None = None
            undo: _Undo | None = None
            tag = node.tag
            if tag == "-text":
                text = node.text_content
                if text and not text.isspace():
                    buffer.append(text)
                    if self.link_depth:
                        self.links += len(text.strip())
                    if self.bold_depth:
                        self.bold_chars += len(text.strip())
                elif buffer:
                    buffer.append(" ")
            elif tag == "br":
                if buffer:
                    self._flush()
            else:
                kind = _KINDS.get(tag or "", _INLINE)
                style = styles.get(node.mem_id) if styles else None
                if style is not None and style.hidden and not self.with_hidden and kind != _SKIP:
                    if kind == _BLOCK and buffer:
                        self._flush()
                    self.page.hidden += len(tidy(node.text()))
                elif kind == _INLINE:
                    child = node.first_child
                elif kind == _BLOCK:
                    undo = self._enter_block(node, tag or "", style)
                    child = node.first_child if undo is not None else None
                elif kind == _LINK:
                    self._take_file(node)
                    undo = _LINK_END
                    self.link_depth += 1
                    child = node.first_child
                elif kind == _STRONG:
                    undo = _BOLD_END
                    self.bold_depth += 1
                    child = node.first_child
                elif kind != _SKIP:
                    self._take(node, kind)
                if child is not None:
                    stack.append((node, undo))
                    node = child
                    continue
                if undo is not None:
                    self._leave(undo)
            following = node.next if stack else None
            while following is None and stack:
                node, undo = stack.pop()
                if undo is not None:
                    self._leave(undo)
                following = node.next if stack else None
            node = following
        self._flush()

    def _enter_block(self, node: LexborNode, tag: str, style: _Style | None) -> _Undo | None:
        """What leaving the block must put back; None when it is taken whole."""
        if self.buffer:
            self._flush()
        align, box, bold = self.align, self.box, False
        if style is not None:
            self.align = style.align or align
            bold = style.bold
            self.bold_depth += bold
        if tag == "center":
            self.align = "center"
        elif (tag == "table" and self._take_table(node)) or (tag in _LISTS and self._take_links(node)):
            self.align = align
            self.bold_depth -= bold
            return None
        self.heading = _HEADINGS.get(tag, 0)
        self.is_item = tag == "li"
        if tag in _BOX:
            self._open_box(node, tag)
        return _BLOCK, align, box, bold

    def _take_file(self, link: LexborNode) -> None:
        """Takes a link to a file; one that sends it by a number is known by its words: 统计表.xls."""
        href = _opens(link)
        if href and (_is_file(href) or ("?" in href and link.text(strip=True).lower().endswith(_FILE_ENDINGS))):
            name = tidy(link.text()) or link.attrs.get("title") or ""
            self.page.files.append(FileLink(href, name, len(self.page.pieces)))

    def _take(self, node: LexborNode, kind: int) -> None:
        """Takes what an element without text of its own says: a comment, a frame, an image that stands for a file."""
        if kind == _COMMENT:
            words = (node.comment_content or "").strip()
            if len(words) < 60:
                self.page.comments.append((words, len(self.page.pieces)))
            return
        attributes = node.attributes
        source = attributes.get("data-powerurl") if kind == _IMAGE else attributes.get("src") or attributes.get("data")
        if not source and kind == _FRAME:
            values = (param.attributes.get("value") or "" for param in node.css("param"))
            source = next(filter(_is_file, values), None)
        if source and (kind == _IMAGE or _is_file(source)):
            self.page.files.append(FileLink(source, "", len(self.page.pieces)))
        elif source:
            self.page.frames.append(source)

    def _leave(self, undo: _Undo) -> None:
        kind, align, box, bold = undo
        if kind == _LINK:
            self.link_depth -= 1
        elif kind == _STRONG:
            self.bold_depth -= 1
        else:
            if self.buffer:
                self._flush()
            self.heading = 0
            self.is_item = False
            self.bold_depth -= bold
            if box != self.box:
                self.page.boxes[self.box].last = len(self.page.pieces)
                self.box = box
            self.align = align

    def _open_box(self, node: LexborNode, tag: str) -> None:
        names: list[str] = []
        attributes = node.attributes
        if identity := attributes.get("id"):
            names.append("#" + identity.lower())
        if classes := attributes.get("class"):
            names += ["." + name for name in classes.lower().split()]
        if self.chosen_id is not None and node.mem_id == self.chosen_id:
            self.page.selected = len(self.page.boxes)
        at = len(self.page.pieces)
        self.page.boxes.append(Box(tag, self.box, tuple(names), at, at))
        self.box = len(self.page.boxes) - 1

    def _take_links(self, node: LexborNode) -> bool:
        """Takes a menu or a list of other pages as one piece; False for a list that may say something itself.

        Half of what portals print is such lists. Nearly each of their items has a link, links are most of the text, and what is
        none is short.
        """
        links = node.css("a")
        if len(links) < _FEWEST_LINKS:
            return False
        items = [(text, child) for child in node.iter() if (text := tidy(child.text()))]
        linked = sum(len(link.text(strip=True)) for link in links)
        if len(items) * 4 > len(links) * 5 or linked * 2 <= sum(len(text) for text, _ in items):
            return False
        if any(len(text) > _LONGEST_ITEM and not _is_linked(child, len(text)) for text, child in items):
            return False
        for link in links:
            self._take_file(link)
        if items:
            texts = tuple(text for text, _ in items)
            self.page.pieces.append(Piece(" ".join(texts), self.box, linked, items=texts))
        return True

    def _take_table(self, node: LexborNode) -> bool:
        """Takes a table of data as one piece; False for a table that only lays out the page."""
        rows = len(node.css("tr"))
        if any(inner.mem_id != node.mem_id for inner in node.css("table")) or rows < 2:
            return False
        lengths = [len(cell.text().strip()) for cell in node.css("td, th")]
        total = sum(lengths)
        if len(lengths) < 4 or len(lengths) <= rows or max(lengths) > 300 or (max(lengths) > 120 and max(lengths) * 2 > total):
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

    def _flush(self) -> None:
        """Ends the paragraph that is being collected."""
        text = tidy("".join(self.buffer) if len(self.buffer) > 1 else self.buffer[0]) if self.buffer else ""
        self.buffer.clear()
        if text:
            bold = bool(self.heading)
            if self.bold_chars and not bold:
                bold = self.bold_chars * 10 >= len(text.replace(" ", "")) * 8
            self.page.pieces.append(Piece(text, self.box, self.links, self.heading, bold, self.align, None, self.is_item))
        self.links = self.bold_chars = 0
