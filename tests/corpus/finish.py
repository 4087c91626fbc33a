"""From a written page to its bytes: punctuation, script, editor, traps, publishing system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random

from opencc import OpenCC

from tests.corpus import beside, layouts
from tests.corpus.page import Page, Part, Piece, Truth
from tests.corpus.shells import SYSTEMS, Article, render

BARE = {"encyclopedia", "gkmlpt"}
"""Systems whose frame has no place for what stands around an article."""
INSIDE = {
    "spans",
    "br_paragraphs",
    "one_line",
    "padded_signature",
    "split_table",
    "broken_numbers",
    "bold_headings",
    "h2_headings",
    "title_in_body",
}
HALF = str.maketrans("（），：；！？％", "(),:;!?%")
TRADITIONAL = OpenCC("s2t")
TRAPS = {
    "stray_close": 0.12,
    "twice": 0.12,
    "hidden": 0.2,
    "spans": 0.15,
    "metadata_table": 0.35,
    "widgets": 0.5,
    "related_inside": 0.2,
    "previous_next": 0.3,
    "side_list": 0.4,
    "login": 0.3,
    "layout_tables": 0.15,
    "br_paragraphs": 0.15,
    "one_line": 0.15,
    "title_two_lines": 0.15,
    "title_in_body": 0.2,
    "attachments": 0.15,
    "meta_missing": 0.3,
    "padded_signature": 0.3,
    "split_table": 0.12,
    "broken_numbers": 0.1,
    "bold_headings": 0.25,
    "h2_headings": 0.15,
}


@dataclass
class Dress:
    """A written page before it is printed."""

    name: str
    system: str
    truth: Truth
    pieces: list[Piece]
    year: int
    words: dict[str, str]
    notes: list[str]


def finish(dress: Dress, draw: Random) -> Page:
    """The page as it is published."""
    system = SYSTEMS[dress.system]
    published = dress.truth.published or ""
    traps = [name for name, chance in TRAPS.items() if draw.random() < chance] if not system.plain else []
    if system.plain:
        traps = [name for name, chance in {"title_two_lines": 0.15, "one_line_text": 0.3}.items() if draw.random() < chance]
    else:
        traps += beside.chosen(dress.name)
    if dress.system in BARE:
        traps = [trap for trap in traps if trap in INSIDE - ({"title_in_body"} if dress.system == "encyclopedia" else set())]
    if dress.system == "encyclopedia":
        dress.truth.published = None
    if "br_paragraphs" in traps:
        traps = [trap for trap in traps if trap not in ("bold_headings", "h2_headings", "spans")]
    if system.traditional or draw.random() < 0.05:
        convert(dress, TRADITIONAL.convert)
        traps.append("traditional")
    if system.plain or draw.random() < 0.3:
        convert(dress, lambda text: text.translate(HALF))
        traps.append("half_width")
    truth = dress.truth
    lines = [truth.title]
    if "title_two_lines" in traps and dress.system not in BARE and "年" in truth.title[6:-10]:
        cut = truth.title.index("年", 5) + 1
        cut += truth.title[cut : cut + 1] == "度"
        lines = [truth.title[:cut], truth.title[cut:]]
    truth.text = "\n".join(joined(dress.pieces))
    content = plain(dress.pieces, traps) if system.plain else html(dress.pieces, draw, traps)
    change: Callable[[str], str] = TRADITIONAL.convert if "traditional" in traps else str
    words = {name: change(word) for name, word in dress.words.items()}
    article = Article(truth.title, lines, published, content, dress.year, words, traps, change)
    url, markup = render(system, article, draw)
    encoding = system.encoding if draw.random() < 0.5 else "utf-8"
    if encoding != "utf-8":
        markup = markup.replace("utf-8", "gb2312").replace("UTF-8", "gb2312")
        traps.append("gbk")
    return Page(dress.name, dress.system, markup, truth, url, traps + dress.notes, encoding)


def convert(dress: Dress, change: Callable[[str], str]) -> None:
    """Applies a change of characters to all that is printed and expected."""
    truth = dress.truth
    truth.title = change(truth.title)
    truth.parts = [Part(p.id, change(p.heading) if p.heading else p.heading, p.level) for p in truth.parts]
    for piece in dress.pieces:
        piece.text = change(piece.text)
        for row in piece.table:
            for cell in row:
                cell.text = change(cell.text)
                cell.broken = [change(half) for half in cell.broken]


def joined(pieces: list[Piece]) -> list[str]:
    """The blocks' texts; a glued heading with what it is glued to."""
    texts: list[str] = []
    held = ""
    for piece in pieces:
        text = held + layouts.text_of(piece)
        held = text if piece.glue else ""
        if not piece.glue:
            texts.append(text)
    return texts


def plain(pieces: list[Piece], traps: list[str]) -> str:
    """Plain text as an extractor leaves it; all in one line where it parts no blocks."""
    blocks: list[str] = []
    held = ""
    for piece in pieces:
        if piece.glue:
            held += piece.text
        elif piece.kind == "table":
            layout = "line" if "one_line_text" in traps else piece.layout
            blocks.append(held + layouts.PLAIN[layout](piece.table))
        else:
            blocks.append(held + piece.text)
        held = held if piece.glue else ""
    return (" " if "one_line_text" in traps else "\n\n").join(blocks)


def html(pieces: list[Piece], draw: Random, traps: list[str]) -> str:
    """The article's HTML, in the manner of one editor."""
    indent = draw.choice(["　　", "&emsp;&emsp;", "&nbsp;&nbsp;&nbsp;&nbsp;", ""])
    style = draw.choice(
        ["", ' style="text-indent:2em;line-height:1.75"', ' class="MsoNormal"', ' style="margin:0;font-family:宋体"']
    )
    breaks = "br_paragraphs" in traps
    out: list[str] = []
    held = ""
    for piece in pieces:
        if piece.kind == "table":
            table = layouts.html(piece.table, draw, traps)
            out.append(f'<div style="overflow-x:auto">{table}</div>' if draw.random() < 0.3 else table)
            continue
        text = runs(piece.text, draw) if "spans" in traps else escape(piece.text, quote=False)
        if piece.kind == "heading" and ("bold_headings" in traps or "h2_headings" in traps) and piece.level == 1:
            text = f"<strong>{text}</strong>" if "bold_headings" in traps else text
        if piece.glue:
            held += text
            continue
        text, held = held + text, ""
        if breaks:
            out.append(f"{'　　'}{text}<br/>\n{'<br>' if draw.random() < 0.3 else ''}")
        elif piece.kind == "heading" and "h2_headings" in traps:
            out.append(f"<h{piece.level + 1}>{text}</h{piece.level + 1}>")
        elif piece.align == "right" and "padded_signature" in traps:
            out.append(f"<p{style}>{'&nbsp;' * 100}{text}</p>")
        elif piece.align != "left":
            out.append(f'<p style="text-align:{piece.align}">{text}</p>')
        else:
            out.append(f"<p{style}>{indent}{text}</p>")
    if draw.random() < 0.3 and not breaks:
        out.insert(draw.randrange(len(out) + 1), "<p>&nbsp;</p>")
    return ("" if "one_line" in traps else "\n").join(out)


def runs(text: str, draw: Random) -> str:
    """The text in the spans of a word processor's runs."""
    out, rest = "", text
    while rest:
        size = draw.randint(1, 14)
        out += f'<span style="font-family:仿宋_GB2312;font-size:16pt">{escape(rest[:size], quote=False)}</span>'
        rest = rest[size:]
    return out
