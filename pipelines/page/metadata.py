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
    if len(line) > _LONGEST_LINE:
        return {}
    names, _, _, openings = _labels()
    if line.lstrip(_OPENING)[:2] not in openings and line.count(":") < _CATALOGUE:
        return {}
    source = line if original is None else original
    found = _labels_in(line)
    if not found:
        return {}
    before = line[: found[0].start()].strip()
    if before and (":" in before or "。" in line or sum(":" in label[0] for label in found) < _CATALOGUE):
        return {}
    if ":" not in found[0].group() and len(found) < 2 and found[0].group().strip() != line.strip():
        return {}
    fields: dict[str, str | None] = {}
    for label, following in zip(found, [*found[1:], None], strict=True):
        name = names[re.sub(r"\s", "", label[label.lastgroup or 0])]
        value = _value(source[label.end() : following.start() if following else len(source)])
        if name not in fields or fields[name] is None:
            fields[name] = value
    return fields


@lru_cache(maxsize=512)  # several readers of a page's head ask for the same lines
def _labels_in(line: str) -> tuple[re.Match[str], ...]:
    return tuple(_labels()[1].finditer(line))


def read_grid(grid: Grid) -> dict[str, str | None]:
    """The fields of a catalogue table: each label cell with the cell to its right; empty with fewer than three labels."""
    names, _, label_cell, _ = _labels()
    fields: dict[str, str | None] = {}
    for row in grid.cells:
        cells = [cell for i, cell in enumerate(row) if i == 0 or cell != row[i - 1] or not cell]
        column = 0
        while column < len(cells):
            match = label_cell.match(fold(simplify(cells[column])))
            if match is None:
                for name, value in read_line(fold(cells[column]), cells[column]).items():
                    fields.setdefault(name, value)
                column += 1
                continue
            value = cells[column + 1] if column + 1 < len(cells) else ""
            is_label = bool(value) and label_cell.match(fold(simplify(value))) is not None
            fields.setdefault(names[re.sub(r"\s", "", match.group(1))], None if is_label else _value(value))
            column += 1 if is_label else 2
    return fields if len(fields) >= 3 else {}


def public(fields: dict[str, str | None]) -> dict[str, str | None]:
    """The fields without those of the page's tools."""
    return {name: value for name, value in fields.items() if not name.startswith("_")}


def _value(text: str) -> str | None:
    text = text.strip().strip("|;,；，、").strip()
    return text if text and not re.fullmatch(r"[\[\]【】()（）\s|/-]+", text) else None
