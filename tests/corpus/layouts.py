"""Tables as pages print them: HTML, a cell per line, tabs, Markdown, one line; and the text that a reader takes from them."""

from __future__ import annotations

from html import escape
from random import Random

from tests.corpus.page import Cell, Piece

Table = list[list[Cell]]
TORN = {"商业企业", "科研机构"}


def grid_of(table: Table) -> list[list[tuple[Cell, bool]]]:
    """The full grid: per place the cell that covers it and whether the cell begins there."""
    covered: dict[tuple[int, int], tuple[Cell, bool]] = {}
    for r, row in enumerate(table):
        c = 0
        for cell in row:
            while (r, c) in covered:
                c += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    covered[r + down, c + right] = (cell, down == right == 0)
            c += cell.columns
    width = max(c for _, c in covered) + 1
    return [[covered.get((r, c), (Cell(""), True)) for c in range(width)] for r in range(len(table))]


def text_of(piece: Piece) -> str:
    """A block's own text; of a table a line per row, cells parted by tabs, each merged cell once."""
    if piece.kind != "table":
        return piece.text
    return "\n".join("\t".join(cell.text for cell in row) for row in piece.table)


def flat(table: Table) -> str:
    """A cell per line, parted by blank lines; a broken label goes on in the next line, two of them after a blank line."""
    return "\n\n".join(
        ("\n\n" if cell.text in TORN else "\n").join(cell.broken) if cell.broken else cell.text for row in table for cell in row
    )


def tabs(table: Table) -> str:
    """A line per row."""
    return "\n".join("\t".join(cell.text for cell in row) for row in table)


def markdown(table: Table) -> str:
    """A table of pipes, with nothing in the places that merged cells cover."""
    lines = ["| " + " | ".join(cell.text if first else "" for cell, first in row) + " |" for row in grid_of(table)]
    lines.insert(1, "|" + " --- |" * len(grid_of(table)[0]))
    return "\n".join(lines)


def line(table: Table) -> str:
    """All cells in one line."""
    return " ".join(cell.text for row in table for cell in row)


PLAIN = {"flat": flat, "tabs": tabs, "markdown": markdown, "line": line}


def html(table: Table, random: Random, traps: list[str]) -> str:
    """The table in HTML, as an office program pasted it."""
    numbers = {"blank": random.choice(["&nbsp;", "", " ", "<p>&nbsp;</p>"])}
    wrap = random.choice(
        [("", ""), ("<p>", "</p>"), ('<p style="text-align:center"><span>', "</span></p>"), ("<span>", "</span>")]
    )

    def inner(cell: Cell) -> str:
        if not cell.text:
            return numbers["blank"]
        text = "<br/>".join(map(escape, cell.broken)) if cell.broken else escape(cell.text)
        if "broken_numbers" in traps and cell.text.isdigit() and len(cell.text) > 1:
            text = f"<span>{cell.text[0]}</span><span lang='EN-US'>{cell.text[1:]}</span>"
        return wrap[0] + text + wrap[1]

    def tag(cell: Cell) -> str:
        spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        return f'<td width="{random.randint(40, 200)}" style="border:1px solid #000"{spans}>{inner(cell)}</td>'

    rows = ["<tr>" + "".join(map(tag, row)) + "</tr>" for row in table]
    opening = '<table border="1" cellspacing="0" cellpadding="0"><tbody>'
    if "split_table" in traps and len(rows) > 20:
        ends = [
            r for r in range(1, len(rows)) if all(not (a < r < a + cell.rows) for a, row in enumerate(table) for cell in row)
        ]
        cut = random.choice([r for r in ends if r > 3] or [len(rows)])
        parts = [rows[:cut], rows[cut:]]
    else:
        parts = [rows]
    return "".join(opening + "\n".join(part) + "</tbody></table>\n" for part in parts if part)
