"""Which of several files holds the report, and whether two hold the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipelines.files.reading import FileText
from pipelines.judge import weight
from pipelines.model import Block, Media
from pipelines.script import fold, simplify

ENOUGH = 3
"""Least weight of a report's words in a file under a title that announces a report; the judge asks as much of a page."""
SURE = 7
"""From this weight on a text is a report by itself."""
PROSE = 120
"""Characters in sentences from which on a file is a text, not an annex of tables."""
PREFERRED: tuple[Media, ...] = ("docx", "pdf", "html", "mht", "txt", "xlsx", "xls", "excel_xml", "zip")
_SHINGLE = 8
_SAME = 0.8
"""Share of common shingles from which on two files are one text: the same report as PDF and as Word file."""


@dataclass(slots=True)
class Named:
    """A file's text under the name that people see."""

    name: str
    text: FileText


File = TypeVar("File", bound=Named)


def choose(files: Sequence[File], least: int = ENOUGH) -> tuple[File, list[str]] | None:
    """The file that holds the report, and the names of those that hold another one; None where no text weighs enough.

    A text goes before tables, and of one text in several formats the one whose layout says most is taken.
    """
    heavy = [file for file in files if weight(plain(file.text.blocks)) >= least]
    heavy = [file for file in heavy if prose(file.text.blocks) >= PROSE] or heavy
    if not heavy:
        return None
    best = min(heavy, key=lambda file: PREFERRED.index(file.text.media or "zip"))
    return best, [file.name for file in heavy if file is not best and not is_same(best.text.blocks, file.text.blocks)]


def plain(blocks: list[Block]) -> str:
    """The text of blocks as the judge weighs it."""
    return fold(simplify("\n".join(block.text for block in blocks)))


def prose(blocks: list[Block]) -> int:
    """How many characters of blocks stand in sentences."""
    return sum(len(block.text) for block in blocks if block.kind != "table" and "。" in block.text)


def is_same(one: list[Block], other: list[Block]) -> bool:
    """Whether two files hold one text, whatever their layout."""
    first, second = shingles(plain(one)), shingles(plain(other))
    return len(first & second) >= _SAME * len(first | second)


def shingles(text: str) -> set[str]:
    """The runs of characters of a text, without its punctuation."""
    text = re.sub(r"\W", "", text)
    return {text[at : at + _SHINGLE] for at in range(max(len(text) - _SHINGLE + 1, 1))}
