"""The disclosure catalogue's fields, from its table or from the lines that a table was flattened to.

Labels come from `vocabulary/metadata.toml`. Cells may be flattened into one line with empty values (文号 浏览量 side by side:
both are empty), so values are what stands between two known labels.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines import vocabulary
from pipelines.draft import Grid
from pipelines.script import fold, simplify

_LONGEST_LINE = 260
_OPENING = " \t\r\n\x0b\x0c\xa0\u3000[【(•·"
"""What may stand before the first label of a line."""
_NO_VALUE = re.compile(r"[\[\]【】()（）\s|/-]+")
_CATALOGUE = 3
"""So many labels with a colon are a catalogue, whatever stands before them."""


@cache
def _labels() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Canonical name by label; patterns that find labels in a line and match a cell that is a label; the first two characters
    of labels, which may be parted."""
    table = vocabulary.toml("metadata.toml")
    names = {label: name for name, labels in table.items() for label in labels}
    spaced = "|".join(r"\s*".join(map(re.escape, label)) for label in sorted(names, key=len, reverse=True))
    long = "|".join(label for label in sorted(names, key=len, reverse=True) if len(label) >= 4)
    in_line = re.compile(
        rf"(?:^|(?<=[\s\]】|)】;,]))[\[【(•·]*\s*(?P<free>{spaced})\s*[\]】)]?\s*(?:[:]|(?=\s)|$)"
        rf"|(?<=[0-9a-zA-Z)\]])(?P<after_digit>{spaced})\s*:"  # 2014-03-31字体:
        rf"|(?<=[\u4e00-\u9fff])(?P<after_han>{long})\s*:"
    )
    label_cell = re.compile(rf"[\[【(]?\s*({spaced})\s*[\]】)]?\s*[:]?\s*$")
    openings = frozenset(opening for label in names for opening in (label[:2], label[0] + " ", label[0] + "\t"))
    return names, in_line, label_cell, openings


def read_line(line: str, original: str | None = None) -> dict[str, str | None]:
    """The fields of one folded line by canonical name, None for a label without value; empty when it does not begin with one,
    save a line that puts a whole catalogue behind the page's title.

    A line counts when its first label has a colon, or when it holds two labels. Values are taken from `original`, the page's
    own characters at the same places, where it is given.
    """
    fields: dict[str, str | None] = {}
    for name, start, end in _places(line):
        value = _value((original or line)[start:end])
        if fields.get(name) is None:
            fields[name] = value
    return fields


@lru_cache(maxsize=2048)  # several readers of a page's head ask for the same lines
def _places(line: str) -> tuple[tuple[str, int, int], ...]:
    """The canonical name of each field of a line, and where its value stands."""
    if len(line) > _LONGEST_LINE:
        return ()
    names, in_line, _, openings = _labels()
    begins = line.lstrip(_OPENING)[:2] in openings and in_line.match(line.lstrip())
    if not begins and (line.count(":") < _CATALOGUE or "。" in line):
        return ()
    found = list(in_line.finditer(line))
    if not found:
        return ()
    before = line[: found[0].start()].strip()
    if before and (":" in before or sum(":" in label[0] for label in found) < _CATALOGUE):
        return ()
    if ":" not in found[0].group() and len(found) < 2 and found[0].group().strip() != line.strip():
        return ()
    ends = [*(label.start() for label in found[1:]), len(line)]
    labels = (names["".join(label[label.lastgroup or 0].split())] for label in found)
    return tuple(zip(labels, (label.end() for label in found), ends, strict=True))


def read_grid(grid: Grid) -> dict[str, str | None]:
    """The fields of a catalogue table: each label cell with the cell to its right; empty with fewer than three labels."""
    fields: dict[str, str | None] = {}
    for row in grid.cells:
        cells = [cell for i, cell in enumerate(row) if i == 0 or cell != row[i - 1] or not cell]
        column = 0
        while column < len(cells):
            label = _label_of(cells[column][:_LONGEST_LINE])
            if label is None:
                for name, value in read_line(fold(cells[column]), cells[column]).items():
                    fields.setdefault(name, value)
                column += 1
                continue
            value = cells[column + 1] if column + 1 < len(cells) else ""
            is_label = bool(value) and _label_of(value[:_LONGEST_LINE]) is not None
            fields.setdefault(label, None if is_label else _value(value))
            column += 1 if is_label else 2
    return fields if len(fields) >= 3 else {}


@lru_cache(maxsize=4096)  # a site's catalogue tables have the same labels
def _label_of(cell: str) -> str | None:
    """The canonical name of a cell that is a label."""
    names, _, label_cell, _ = _labels()
    match = label_cell.match(fold(simplify(cell)))
    return names["".join(match[1].split())] if match else None


def public(fields: dict[str, str | None]) -> dict[str, str | None]:
    """The fields without those of the page's tools."""
    return {name: value for name, value in fields.items() if not name.startswith("_")}


def _value(text: str) -> str | None:
    text = text.strip().strip("|;,；，、").strip()
    return text if text and not _NO_VALUE.fullmatch(text) else None
