"""Tables that were saved as text -> full grids.

A page that lost its markup keeps a standard table as one cell per line, as lines of cells parted by tabs, pipes or spaces, or
as one long line. Its labels are known (`tabular.forms`), and the form says how many values follow each: a run of paragraphs
that fits becomes the grid that the form has. A run that does not fit (blank cells vanish in such text, and some extractors drop
repeated lines) becomes a grid of one column, its cells as they stood, from which nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from pipelines.draft import Block, Grid
from pipelines.model import Span
from pipelines.tabular.cells import value_of
from pipelines.tabular.flat import Token, lay_flat
from pipelines.tabular.forms import Family, Label, meanings
from pipelines.tabular.grid import beginnings, grid_of, render

__all__ = ["fold_flat_tables", "grid_of", "render"]

_LONGEST_LINE = 8000
_LONGEST_PIECE = 80
_MOST_PIECES_OF_LABEL = 4
_FEWEST_GAPS_OF_TABLE = 12
"""A line that begins with prose may hold a table where it has so many gaps, and so many labels and values between them."""
_WIDE_GAP = re.compile(r"[ \xa0]{2,}|\u3000+")
_NUMERAL = re.compile(r"\A[(（][一二三四五六七八九十]{1,3}[)）][ \xa0\u3000]+")
"""(一) in front of a label, which is no cell of its own."""
_GAP = re.compile(r"[ \xa0\u3000]")
_PIPES = re.compile(r"[|｜]")
_RULE = re.compile(r"[\s|｜:+-]*-{2,}[\s|｜:+-]*")


Line = tuple[int, Block, list[Token]]
"""A block's index, the block, and its cells; none for a rule of Markdown (|---|)."""


def fold_flat_tables(blocks: list[Block]) -> list[Block]:
    """The blocks, with each run that is a flattened standard table, or a table in Markdown, as one table block."""
    out: list[Block] = []
    run: list[Line] = []
    for index, block in enumerate(blocks):
        tokens = _tokens(block, index)
        if tokens is not None:
            run.append((index, block, tokens))
            continue
        if run:
            out += _fold_run(_rejoined(out, run))
            run = []
        out.append(block)
    return out + _fold_run(_rejoined(out, run))


def _rejoined(out: list[Block], run: list[Line]) -> list[Line]:
    """The lines without those that are one more row of the standard table before them, which is put back there: a template that
    cuts a table in two may leave a single row, which stands on the page as a layout of cells."""
    grid = out[-1].grid if out else None
    if grid is None or not grid.cells or not run:
        return run
    last = [grid.cells[-1][column] for column in beginnings(grid)[-1]]
    labels = [(at, label) for at, text in enumerate(last) for label in meanings(text) if label.axis == "row"]
    at, label = labels[-1] if labels else (0, None)
    values = len(last) - at - 1
    if label is None or values < 2:
        return run
    tokens = _joined([token for _, _, tokens in run[: values + _MOST_PIECES_OF_LABEL] for token in tokens])
    row, rest = tokens[: values + 1], tokens[values + 1 :]
    taken = {index for token in row for index, _ in token.parts}
    fits = (
        len(row) > values
        and row[0].label(label.family, "row") is not None
        and all(token.is_value or token.label(label.family, "unit") for token in row[1:])
        and row[-1].is_value
        and taken.isdisjoint(index for token in rest for index, _ in token.parts)
        and not any(row[0].text in cells for cells in grid.cells)
    )
    if not fits:
        return run
    covered = len(grid.cells[0]) - values
    if covered > 1:
        grid.spans.append(Span(len(grid.cells), 0, 1, covered))
    grid.cells.append([row[0].text] * covered + [token.text for token in row[1:]])
    out[-1].text = render(grid)
    return [line for line in run if line[0] not in taken]


def _tokens(block: Block, index: int) -> list[Token] | None:
    """The cells of a line; None for a line that cannot belong to a table. A rule of Markdown (|---|) has none."""
    text = block.text
    if block.kind == "table" or len(text) > _LONGEST_LINE:
        return None
    if text.count("|") + text.count("｜") > 1:
        if _RULE.fullmatch(text):
            return []
        return [Token.of(cell.strip(), index, by_place=True) for cell in _PIPES.split(text.strip().strip("|｜"))]
    if "\t" in text:
        return [Token.of(cell.strip(), index, by_place=True) for cell in text.split("\t")]
    pieces = _pieces(text)
    return [Token.of(piece, index) for piece in pieces] if pieces else None


def _pieces(text: str) -> list[str]:
    """The cells of a line without delimiters: the whole line, or its parts at wide gaps, or at every space."""
    if text.split(None, 1) == [text]:
        return [text] if len(text) <= _LONGEST_PIECE else []
    if len(text) <= _LONGEST_PIECE and not _GAP.search(_NUMERAL.sub("", text)):
        return [text]
    gaps = _WIDE_GAP.search(text)
    if not gaps and (_is_known(text) or (len(text) <= _LONGEST_PIECE and " " not in text)):
        return [text]
    begins = any(map(_is_known, text.split(None, _MOST_PIECES_OF_LABEL)[:_MOST_PIECES_OF_LABEL]))
    if not begins and text.count(" ") < _FEWEST_GAPS_OF_TABLE:
        return []
    pieces: list[str] = []
    for part in _WIDE_GAP.split(text):
        pieces += [part] if _is_known(part) else part.split()
    return pieces if begins or sum(map(_is_known, pieces)) >= _FEWEST_GAPS_OF_TABLE else []


def _is_known(text: str) -> bool:
    return len(text) <= _LONGEST_PIECE and (bool(meanings(text)) or (" " not in text and value_of(text) is not None))


def _fold_run(run: list[Line]) -> list[Block]:
    """The blocks of neighbouring lines that may belong to tables, the tables among them folded."""
    blocks = {index: block for index, block, _ in run}
    counts = {index: len(tokens) for index, _, tokens in run}
    if sum(counts.values()) < 4 or not (0 in counts.values() or any(token.labels for _, _, cells in run for token in cells)):
        return [block for _, block, _ in run]
    out: list[Block] = []
    loose: list[Token] = []

    def settle() -> None:
        left: list[Token] = []
        for piece in _folded(_joined(loose)):
            if isinstance(piece, Token):
                left.append(piece)
                continue
            out.extend(_as_they_were(left, blocks, counts))
            left = []
            out.append(Block("table", render(piece), piece))
        out.extend(_as_they_were(left, blocks, counts))
        loose.clear()

    for by_place, group in groupby(_in_place(run), key=lambda line: not line[2] or line[2][0].by_place):
        lines = list(group)
        grid = _delimited(lines) if by_place else None
        if grid is None:
            for index, block, tokens in lines:
                loose.extend(tokens or [Token.of(block.text, index)])
                counts[index] = max(counts[index], 1)
        else:
            settle()
            out.append(Block("table", render(grid), grid))
    settle()
    return out


def _in_place(run: list[Line]) -> list[Line]:
    """The lines, those of one label or of its first half, beside lines of delimited cells delimited as well: the white space
    at the end of a line, and the tabs of its empty cells with it, is gone."""
    out = list(run)
    for order in (range(1, len(out)), range(len(out) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for at in order:
            index, block, tokens = out[at]
            beside = out[at + step][2]
            if len(tokens) != 1 or not beside or not beside[0].by_place:
                continue
            if tokens[0].labels or (step > 0 and meanings(tokens[0].text + beside[0].text)):
                out[at] = (index, block, [Token.of(tokens[0].text, index, by_place=True)])
    return out


def _delimited(lines: list[Line]) -> Grid | None:
    """The grid of neighbouring lines with tabs or pipes: a table of Markdown, or a standard one of even lines that does not
    have the cells of its form (text formats repeat merged cells, or leave their places empty)."""
    rows = [[token.text for token in tokens] for _, _, tokens in lines if tokens]
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or width < 2:
        return None
    if len(rows) == len(lines):
        segments = _segments([token for _, _, tokens in lines for token in tokens])
        standard = [(family, cells) for family, cells in segments if family and _qualifies(family, cells)]
        keeps_places = any(not cell for row in rows for cell in row)
        short = any(len(row) < width for row in rows)
        if (short and not keeps_places) or all(lay_flat(family, cells)[0] for family, cells in standard):
            return None
    return Grid([row + [""] * (width - len(row)) for row in rows])


def _joined(tokens: list[Token]) -> list[Token]:
    """The cells, those that were cut in pieces joined: neighbours of which only both together make a known label."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        width = 1
        if not token.known:
            width = next((n for n in range(2, _MOST_PIECES_OF_LABEL + 1) if meanings(_text(tokens[at : at + n]))), 1)
            if width > 1:
                token = _together(tokens[at : at + width])
            elif out and out[-1].labels and meanings(out[-1].text + token.text):
                token = _together([out.pop(), token])
        out.append(token)
        at += width
    return out


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _together(tokens: Sequence[Token]) -> Token:
    text = _text(tokens)
    parts = [part for token in tokens for part in token.parts]
    return Token(text, meanings(text), False, parts, tokens[0].by_place)


def _segments(tokens: Sequence[Token]) -> Iterator[tuple[Family | None, list[Token]]]:
    """The cells table by table: a label that only another table has begins that table, an unknown word ends it."""
    family: Family | None = None
    here: list[Token] = []
    for at, token in enumerate(tokens):
        if not token.known and not (family == "annex" and _is_extra_indicator(tokens, at)):
            if here:
                yield family, here
            yield None, [token]
            family, here = None, []
            continue
        opened = _opened(token.labels)
        if opened and opened != family:
            if family is not None:
                yield family, here
                here = []
            family = opened
        here.append(token)
    if here:
        yield family, here


@lru_cache(maxsize=1024)
def _opened(labels: tuple[Label, ...]) -> Family | None:
    """The table that a label belongs to, where it belongs to one only; the annex's general heads (数量, 单位) open none."""
    families = {label.family for label in labels if label.family != "annex" or label.axis == "row" or label.id == "label"}
    return families.pop() if len(families) == 1 else None


def _is_extra_indicator(tokens: Sequence[Token], at: int) -> bool:
    """An indicator that some province added to the annex: words, then a unit."""
    return at + 1 < len(tokens) and any(label.axis == "unit" for label in tokens[at + 1].labels)


def _qualifies(family: Family | None, tokens: Sequence[Token]) -> bool:
    """There is more of the table than a few words that may also stand in a list."""
    if family is None:
        return False
    names = {(label.axis, label.id) for token in tokens for label in token.labels if label.family == family}
    rows = sum(axis == "row" for axis, _ in names)
    if family == "annex":
        return rows >= 4
    if family == "proactive":
        return rows >= 1 and len(names) - rows >= 2
    if family == "review":
        return len(names) >= 5
    return len(names) >= 5 and rows >= 1


def _folded(tokens: list[Token]) -> Iterator[Grid | Token]:
    """The grids of the tables among the cells, and the cells that belong to none, in order."""
    for family, cells in _segments(tokens):
        if family is None or not _qualifies(family, cells):
            yield from cells
            continue
        first = next(at for at, cell in enumerate(cells) if cell.labels)
        yield from cells[:first]
        grid, taken = lay_flat(family, cells[first:])
        yield grid or Grid([[cell.text] for cell in cells[first:] if cell.text])
        yield from cells[first + taken :]


def _as_they_were(tokens: list[Token], blocks: dict[int, Block], counts: dict[int, int]) -> Iterator[Block]:
    """Blocks for cells that belong to no table: the block itself where all of it is left, else a paragraph of what is left."""
    left: dict[int, list[str]] = {}
    for token in tokens:
        for index, piece in token.parts:
            left.setdefault(index, []).append(piece)
    for index, pieces in left.items():
        if len(pieces) == counts[index]:
            yield blocks[index]
        else:
            yield Block("paragraph", " ".join(pieces))
