"""Which of several files holds the report, and whether two hold the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipelines.draft import Block
from pipelines.files.reading import FileText
from pipelines.judge import announces, weight
from pipelines.model import Media
from pipelines.script import fold, simplify

ENOUGH = 3
"""Least weight of a report's words in a file under a title that announces a report; the judge asks as much of a page."""
SURE = 7
"""From this weight on a text is a report by itself."""
PROSE = 120
"""Characters in sentences from which on a file is a text, not an annex of tables."""
PREFERRED: tuple[Media, ...] = ("docx", "word_xml", "pdf", "ofd", "html", "mht", "txt", "xlsx", "xls", "excel_xml", "zip")
_LONGEST_TITLE = 60
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
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
    """Whether two files hold one text, whatever their layout. A report of another body or year may repeat nearly all of it, so
    the titles and the year that is named most must not differ."""
    first, second = plain(one), plain(other)
    title, other_title = _title(first), _title(second)
    if _year(first) != _year(second) or not (title in other_title or other_title in title):
        return False
    mine, its = shingles(first), shingles(second)
    return len(mine & its) >= _SAME * len(mine | its)


def _title(text: str) -> str:
    """The first line that names a report, or its end where it is broken; empty without one."""
    lines = (re.sub(r"\s", "", line) for line in text.split("\n") if len(line) <= _LONGEST_TITLE)
    return next((line for line in lines if announces(line)), "")


def _year(text: str) -> str:
    """The year that a text names most."""
    return max(Counter(_YEAR.findall(text)).items(), key=lambda entry: entry[1], default=("", 0))[0]


def shingles(text: str) -> set[str]:
    """The runs of characters of a text, without its punctuation."""
    text = re.sub(r"\W", "", text)
    return {text[at : at + _SHINGLE] for at in range(max(len(text) - _SHINGLE + 1, 1))}
