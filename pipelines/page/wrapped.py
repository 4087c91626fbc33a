"""Lines of text that is laid out already, put together where an editor wrapped them."""

from __future__ import annotations

from pipelines.page.beside import HEADING_NUMBER

_SENTENCE_END = tuple("。；：;:！？")
_WIDE = "\u2e80"
"""From this character on one takes two columns."""
_NARROWEST = 40
"""Columns: narrower lines are those of a table or a list."""
_RAGGED = 3
"""By how many columns lines that were wrapped at one width differ."""
_LONGEST_NUMBER = 10


def unwrapped(lines: list[str]) -> list[str]:
    """Lines of text laid out, those put together that were wrapped: what begins without an indent goes on with a line that ends
    inside a sentence, where paragraphs are indented or that line is full; and a number is never parted."""
    written = [line for line in lines if line.strip()]
    indented = sum(line[0].isspace() for line in written) * 2 >= len(written)
    widths = [sum(1 + (character >= _WIDE) for character in line.rstrip()) for line in lines]
    full = max(widths, default=0) - _RAGGED
    many = full >= _NARROWEST and sum(width >= full for width in widths) > 2
    out: list[list[str]] = []
    for line, above, width in zip(lines, ["", *lines], [0, *widths], strict=False):
        goes_on = (
            above.strip() and line[:1].strip() and not above.rstrip().endswith(_SENTENCE_END) and not HEADING_NUMBER.match(line)
        )
        parted = len(above) > _LONGEST_NUMBER and above[-1:].isdigit() and line[:1].isdigit()
        if goes_on and (indented or (many and width >= full) or parted):
            out[-1].append(line)
        else:
            out.append([line])
    return ["".join(parts) for parts in out]
