"""Tables in a file beside the text of a report: which of them are the report's, and where they stand in it."""

from __future__ import annotations

import re

from pipelines.dates import find_dates
from pipelines.draft import Block
from pipelines.files.choice import PROSE, SURE, plain, prose, shingles
from pipelines.judge import weight
from pipelines.script import fold, simplify
from pipelines.tabular.cells import value_of
from pipelines.tabular.forms import meanings

_NAMED = re.compile(r"信息公开.{0,12}(?:统计|情况表|报表|附表|指标)|附表")
_KNOWN_LABELS = 3
_FULL = 10
"""So many labels of the forms in the tables of a text: nothing is missing that a file could add."""
_REPEATED = 0.5
"""Share of a file's sentences that the text has, too, from which on the file repeats it."""
_THERE = 0.8
"""Share of a table's labels that the text has, too, from which on it has the table."""
_SIGN_OFF = 4
_LONGEST = 48


def has_its_tables(blocks: list[Block]) -> bool:
    """Whether a text has the tables of the forms in it."""
    return len({label for block in blocks for label in _labels(block) if meanings(label)}) >= _FULL


def annex_of(own: list[Block], name: str, blocks: list[Block]) -> list[Block]:
    """What a file adds to a report: its tables with the lines around them; of a file that repeats the text, or has a text of
    its own, its tables alone; nothing of another report, of tables about other things, and of what the report has already."""
    mine = plain(own)
    sentences = "".join(block.text for block in blocks if block.kind != "table" and "。" in block.text)
    said = shingles(fold(simplify(sentences)))
    repeats = bool(sentences) and len(said & shingles(mine)) >= _REPEATED * len(said)
    if not repeats and prose(blocks) >= PROSE and weight(plain(blocks)) >= SURE:
        return []
    words = re.sub(r"\s", "", mine)
    named = _NAMED.search(name) or any(_NAMED.search(block.text) for block in blocks if block.kind != "table")
    tables = [
        block for block in blocks if block.grid is not None and (named or _is_known(block)) and not _is_there(block, words)
    ]
    if not tables or prose(blocks) >= PROSE or len(tables) < sum(block.grid is not None for block in blocks):
        return tables
    return blocks


def joined(own: list[Block], annex: list[Block]) -> list[Block]:
    """A report with an annex before its sign-off, which stays its end."""
    at = len(own)
    while at and len(own) - at < _SIGN_OFF and _may_sign(own[at - 1]):
        at -= 1
    signed = any(next(find_dates(fold(block.text)), None) for block in own[at:])
    at = at if signed else len(own)
    return [*own[:at], *annex, *own[at:]]


def _may_sign(block: Block) -> bool:
    return block.grid is None and len(block.text) <= _LONGEST and not re.search("[。；;、]", block.text)


def _labels(block: Block) -> set[str]:
    """The words in the cells of a table."""
    cells = {cell for row in block.grid.cells for cell in row} if block.grid is not None else set()
    return {cell for cell in cells if cell and value_of(cell) is None}


def _is_known(block: Block) -> bool:
    return sum(bool(meanings(label)) for label in _labels(block)) >= _KNOWN_LABELS


def _is_there(block: Block, words: str) -> bool:
    labels = [re.sub(r"\s", "", fold(simplify(label))) for label in _labels(block)]
    return sum(label in words for label in labels) >= _THERE * len(labels)
