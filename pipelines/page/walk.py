"""HTML -> its pieces, by one walk over the tree.

turbohtml follows the HTML5 rules (a stray </html> before the article loses nothing) in well under half of lxml's time. The walk
makes the pieces and the boxes (block elements) that hold them; no node outlives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import turbohtml
from turbohtml import Comment, Document, Element, Node, Text

from pipelines.address import file_at
from pipelines.page.beside import HEADING_NUMBER, OWN_WORDS
from pipelines.page.pieces import Align, Box, FileLink, Page, Piece, read_lines, tidy
from pipelines.page.wrapped import unwrapped
from pipelines.tabular.grid import lay_out, render, rows_of

_BOX = frozenset(
    "body frameset div ul ol dl td th table section article header footer nav aside main form center ucapcontent".split()
)
_INLINE, _BLOCK, _SKIP, _FRAME, _IMAGE, _LINK, _STRONG, _RAISED = range(8)
_KINDS = {
    tag: kind
    for kind, tags in {
        _BLOCK: "html body p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th caption section article"
        " header footer nav aside main form pre blockquote center fieldset hr figure figcaption address details summary"
        " ucapcontent ucaptitle",
        _SKIP: "script style noscript noframes template textarea select button input svg head map audio video canvas",
        _FRAME: "iframe frame embed object",
        _IMAGE: "img",
        _LINK: "a",
        _STRONG: "b strong",
        _RAISED: "sup",
    }.items()
    for tag in tags.split()
}
"""What each element is to the walk; what is not named here is inline, and passed through."""
_LISTS = frozenset(("ul", "ol", "dl", "nav"))
_WHOLE = frozenset((*_LISTS, "table", "pre"))
"""Blocks that may be taken as they are, without a visit."""
_RUNS = frozenset("span font b strong i em u".split())
_LONGEST_HEADING = 40
_MOST_HIDDEN = 500
"""Elements: a page that hides more has no panes looked for among them."""
_MOST_BESIDE = 100
"""Among so many nodes, white space and all, the panes of a report stand at most."""
_FEWEST_LINKS = 2
_LONGEST_ITEM = 100
"""Characters: a paragraph is longer, a headline with its date shorter."""
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(center|right|left|justify)", re.I)
_ALIGNED: dict[str, Align] = {"center": "center", "right": "right", "left": "left", "justify": "left"}
_NOTE = re.compile(r"\s*\[\d{1,3}(?:-\d{1,3})?\]\s*")
"""What encyclopedias print where a sentence has its source: [1]."""
_EDITS = re.compile(r"\s*(?:\[?编辑本段\]?|\[编辑\]|回目录|播报)(?:\s*编辑)?$")
"""What they print behind a heading."""
_FILE_ENDINGS = tuple(".pdf .doc .docx .xls .xlsx .wps .et .zip .rar .7z .rtf .ofd".split())
_PAGE_ENDINGS = (".html", ".htm", ".shtml", "/")
_FILE = re.compile(rf"(?:{'|'.join(map(re.escape, _FILE_ENDINGS))})(?![a-z])|down(?:load|file)|getfile")


def read_html(markup: str, selector: str | None = None) -> Page:
    """The pieces of an HTML page. Hidden elements are passed over unless nothing else is there."""
    tree = turbohtml.parse(markup)
    walk = _Walk(tree, selector, with_hidden=False)
    if walk.page.hidden and sum(len(p.text) for p in walk.page.pieces) < 200:
        walk = _Walk(tree, selector, with_hidden=True)
    return walk.page


@lru_cache(maxsize=4096)  # office programs repeat one style in every paragraph
def _style(words: str, align: str) -> tuple[Align | None, bool]:
    """The alignment and whether the type is bold, of an element's `style` and `align`."""
    stated = _ALIGN.search(words)
    return _ALIGNED.get((stated[1] if stated else align).lower()), _BOLD_STYLE.search(words) is not None


@lru_cache(maxsize=4096)  # so do templates
def _names(identity: str | None, classes: str | None) -> tuple[str, ...]:
    """An element's id and classes as a selector names them, lower case."""
    own = ["#" + identity.lower()] if identity else []
    return (*own, *["." + name for name in (classes or "").lower().split()])


def _hidden(tree: Document) -> frozenset[Element]:
    """The elements that say of themselves that they are not shown, without the panes of a report that is shown part by part."""
    named = tree.select("[hidden], [style*='none' i], [style*='hidden' i]")
    found = {node for node in named if node.attr("hidden") is not None or _HIDDEN.search(node.attr("style") or "")}
    return frozenset(found if len(found) > _MOST_HIDDEN else [node for node in found if not _is_pane(node, found)])


def _is_pane(node: Element, hidden: set[Element]) -> bool:
    """Whether a hidden element goes on with what another of its name, which is shown, begins: a tab waits for its turn."""
    words = node.text.strip()
    if not HEADING_NUMBER.match(words) or not OWN_WORDS.search(words, 0, _LONGEST_HEADING):
        return False
    if len(node.parent or ()) > _MOST_BESIDE:
        return False
    names = set((node.attr("class") or "").split())
    beside = [child for child in node.parent or () if type(child) is Element and child is not node and child.tag == node.tag]
    alike = [child for child in beside if names & set((child.attr("class") or "").split())]
    return any(child not in hidden for child in alike) and all(child.text.strip() != words for child in alike)


def _is_file(href: str) -> bool:
    """Whether an address is a document file's, or names one (`address.file_at`); nearly all are told by their ending alone."""
    low = href.lower()
    if low.endswith(_FILE_ENDINGS):
        return True
    return ("?" in low or "#" in low or "(" in low) and _FILE.search(low) is not None and file_at(None, href) is not None


def _file_links(tree: Document) -> dict[Element, str]:
    """The links that open a file, with its address, or the call that stands in its place. One that sends a file by a number is
    known by its words: 统计表.xls."""
    found = {}
    for link in tree.select("a"):
        href = link.attr("href")
        if href and href.endswith(_PAGE_ENDINGS) and "?" not in href and "#" not in href:
            continue
        if not href or href[0] == "#" or href[:11].lower() == "javascript:":
            href = link.attr("onclick") or href
        if href and (_is_file(href) or ("?" in href and link.text.strip().lower().endswith(_FILE_ENDINGS))):
            found[link] = href
    return found


_Undo = tuple[int, Align, int, bool]
"""What leaving an element puts back: its kind, and the alignment, the box and whether bold began with it."""
_LINK_END: _Undo = (_LINK, "left", -1, False)
_BOLD_END: _Undo = (_STRONG, "left", -1, False)


def _size(nodes: list[Element]) -> int:
    """How many characters of text elements have, without the white space around it."""
    return sum([len(node.text.strip()) for node in nodes])


class _Walk:
    """One pass over the tree; its state is the paragraph that is being collected."""

    def __init__(self, tree: Document, selector: str | None, *, with_hidden: bool) -> None:
        self.page = Page()
        self.hidden = frozenset() if with_hidden else _hidden(tree)
        self.buffer: list[str] = []
        self.links = self.bold_chars = self.link_depth = self.bold_depth = 0
        self.heading = 0
        self.is_item = False
        self.align: Align = "left"
        self.box = -1
        self.files = _file_links(tree)
        self.chosen = tree.select_one(selector) if selector else None
        title = tree.select_one("title")
        self.page.title = tidy(title.text) if title is not None else ""
        for node in tree.select("meta[content]"):
            name = node.attr("name") or node.attr("property") or node.attr("itemprop")
            if name:
                self.page.meta.setdefault(name.strip().lower(), []).append((node.attr("content") or "").strip())
        self.page.scripts = [text for node in tree.select("script") if (text := node.text)]
        body = tree.select_one("body, frameset")
        if body is not None:
            self._walk(body)

    def _walk(self, root: Element) -> None:
        """Visits every node that is shown. A page has thousands: what is done for each of them is done here, without a call."""
        buffer, hidden = self.buffer, self.hidden
        stack: list[tuple[Iterator[Node], _Undo | None]] = []
        undo = self._enter_block(root, root.tag)
        nodes = iter(root)
        while True:
            for node in nodes:
                linked, bold = self.link_depth, self.bold_depth
                if type(node) is Text:
                    text = node.data
                elif type(node) is Element:
                    tag = node.tag
                    if tag == "br":
                        if buffer:
                            self._flush()
                        continue
                    kind = _KINDS.get(tag, _INLINE)
                    if kind == _SKIP or (kind == _RAISED and _NOTE.fullmatch(node.text)):
                        continue
                    if hidden and node in hidden:
                        if kind == _BLOCK and buffer:
                            self._flush()
                        self.page.hidden += len(tidy(node.text))
                        continue
                    only = node[0] if len(node) == 1 else None
                    ending: _Undo | None = None
                    if kind == _BLOCK:
                        if type(only) is Text and tag not in _WHOLE and tag != "center":
                            self._take_leaf(node, tag, only.data)
                            continue
                        ending = self._enter_block(node, tag)
                        if ending is None:
                            continue
                    elif kind in (_FRAME, _IMAGE):
                        self._take(node, kind)
                        continue
                    elif kind == _LINK:
                        if self.files:
                            self._take_file(node)
                        linked, ending = 1, _LINK_END
                    elif kind == _STRONG:
                        bold, ending = 1, _BOLD_END
                    if kind == _BLOCK or type(only) is not Text:
                        self.link_depth += kind == _LINK
                        self.bold_depth += kind == _STRONG
                        stack.append((nodes, undo))
                        nodes, undo = iter(node), ending
                        break
                    text = only.data  # most links, spans and the like hold one text: it is taken without a visit
                else:
                    if type(node) is Comment:
                        self._take_comment(node)
                    continue
                if not text.isspace():
                    buffer.append(text)
                    if linked:
                        self.links += len(text.strip())
                    if bold:
                        self.bold_chars += len(text.strip())
                elif buffer:
                    buffer.append(" ")
            else:
                if undo is not None:
                    self._leave(undo)
                if not stack:
                    break
                nodes, undo = stack.pop()
        self._flush()

    def _take_leaf(self, node: Element, tag: str, text: str) -> None:
        """Takes a block that holds nothing but a text: most items, cells and paragraphs."""
        if self.buffer:
            self._flush()
        text = tidy(text)
        if not text:
            return
        align, bold = self.align, self.bold_depth > 0
        words, aligned = node.attr("style"), node.attr("align")
        if words or aligned:
            stated, styled = _style(words or "", aligned or "")
            align, bold = stated or align, bold or styled
        heading = _HEADINGS.get(tag, 0)
        box, pieces = self.box, self.page.pieces
        if tag in _BOX:
            self._open_box(node, tag)
            self.page.boxes[self.box].last += 1
            self.box, box = box, self.box
        links = len(text) if self.link_depth else 0
        pieces.append(Piece(text, box, links, heading, bold or heading > 0, align, None, tag == "li"))

    def _enter_block(self, node: Element, tag: str) -> _Undo | None:
        """What leaving the block must put back; None when it is taken whole."""
        if self.buffer:
            self._flush()
        align, box, bold = self.align, self.box, False
        words, aligned = node.attr("style"), node.attr("align")
        if words or aligned:
            stated, bold = _style(words or "", aligned or "")
            self.align = stated or align
            self.bold_depth += bold
        if tag == "center":
            self.align = "center"
        elif tag in _WHOLE and self._take_whole(node, tag):
            self.align = align
            self.bold_depth -= bold
            return None
        self.heading = _HEADINGS.get(tag, 0)
        self.is_item = tag == "li"
        if tag in _BOX:
            self._open_box(node, tag)
        return _BLOCK, align, box, bold

    def _take_file(self, link: Element) -> None:
        if href := self.files.get(link):
            name = tidy(link.text) or link.attr("title") or ""
            self.page.files.append(FileLink(href, name, len(self.page.pieces)))

    def _take_comment(self, node: Comment) -> None:
        words = node.data.strip()
        if len(words) < 60:
            self.page.comments.append((words, len(self.page.pieces)))

    def _take(self, node: Element, kind: int) -> None:
        """Takes what an element without text of its own says: a frame, an image that stands for a file."""
        source = node.attr("data-powerurl") if kind == _IMAGE else node.attr("src") or node.attr("data")
        if not source and kind == _FRAME:
            values = (param.attr("value") or "" for param in node.select("param"))
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

    def _open_box(self, node: Element, tag: str) -> None:
        identity, classes = node.attr("id"), node.attr("class")
        names = _names(identity, classes) if identity or classes else ()
        if node is self.chosen:
            self.page.selected = len(self.page.boxes)
        at = len(self.page.pieces)
        self.page.boxes.append(Box(tag, self.box, names, at, at))
        self.box = len(self.page.boxes) - 1

    def _take_whole(self, node: Element, tag: str) -> bool:
        if tag == "table":
            return self._take_table(node)
        return self._take_lines(node) if tag == "pre" else self._take_links(node)

    def _take_lines(self, node: Element) -> bool:
        """Takes text that is laid out in lines; False where elements part it."""
        if any(type(child) is Element and child.tag not in _RUNS for child in node.descendants):
            return False
        for piece in read_lines("\n".join(unwrapped(node.text.splitlines()))).pieces:
            piece.box = self.box
            self.page.pieces.append(piece)
        return True

    def _take_links(self, node: Element) -> bool:
        """Takes a menu or a list of other pages as one piece; False for a list that may say something itself.

        Half of what portals print is such lists. Nearly each of their items has a link, links are most of the text, and what is
        none is short.
        """
        links = node.select("a")
        if len(links) < _FEWEST_LINKS:
            return False
        items = [(text, child) for child in node if type(child) is Element and (text := tidy(child.text))]
        linked = _size(links)
        if len(items) * 4 > len(links) * 5 or linked * 2 <= sum(len(text) for text, _ in items):
            return False
        # an item may hold a menu of its own, but no sentence beside its links
        if any(len(text) > _LONGEST_ITEM and len(text) - _size(item.select("a")) > _LONGEST_ITEM for text, item in items):
            return False
        for link in links if self.files else ():
            self._take_file(link)
        if items:
            texts = tuple(text for text, _ in items)
            self.page.pieces.append(Piece(" ".join(texts), self.box, linked, items=texts))
        return True

    def _take_table(self, node: Element) -> bool:
        """Takes a table of data as one piece; False for a table that only lays out the page."""
        if node.select_one("table") is not None or (count := len(node.select("tr"))) < 2:
            return False
        caption, groups = rows_of(node)
        lengths = [len(cell.text) for rows in groups for row in rows for cell in row]
        total, longest = sum(lengths), max(lengths, default=0)
        if len(lengths) < 4 or len(lengths) <= count or longest > 300 or (longest > 120 and longest * 2 > total):
            return False
        linked = _size(node.select("a"))
        if linked * 2 > total:
            return False
        grid = lay_out(caption, groups)
        text = render(grid)
        if not text.strip():
            return True
        self.page.pieces.append(Piece(text, self.box, links=linked, grid=grid))
        return True

    def _flush(self) -> None:
        """Ends the paragraph that is being collected."""
        text = tidy("".join(self.buffer) if len(self.buffer) > 1 else self.buffer[0]) if self.buffer else ""
        self.buffer.clear()
        if self.heading:
            text = _EDITS.sub("", text)
        if text:
            bold = bool(self.heading)
            if self.bold_chars and not bold:
                bold = self.bold_chars * 10 >= len(text.replace(" ", "")) * 8
            self.page.pieces.append(Piece(text, self.box, self.links, self.heading, bold, self.align, None, self.is_item))
        self.links = self.bold_chars = 0
