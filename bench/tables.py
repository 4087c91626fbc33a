"""How tables come out of HTML, against pandas.read_html: `python bench/tables.py [--rounds N]`. See docs/bench.md."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from random import Random
from statistics import median
from time import thread_time

import pandas
import turbohtml
from rich import box
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipelines.tables import grid_of
from tests.corpus import layouts
from tests.corpus.forms import Form, Style

Rows = list[list[str]]
Reader = Callable[[str], Rows]
Sample = tuple[str, str, Rows]
"""A kind, the markup of one table, and its grid as HTML defines it, a merged cell repeated in each place that it covers."""

FORMS = 40
ODD: list[tuple[str, str, Rows]] = [
    (
        "careless colspan",
        "<table><tr><td colspan=9>甲</td></tr><tr><td>乙</td><td>3</td></tr></table>",
        [["甲", "甲"], ["乙", "3"]],
    ),
    ("short rows", "<table><tr><td>甲</td><td>乙</td></tr><tr><td>3</td></tr></table>", [["甲", "乙"], ["3", ""]]),
    (
        "rowspan past its group",
        "<table><tbody><tr><td rowspan=9>甲</td><td>1</td></tr></tbody><tbody><tr><td>乙</td><td>2</td></tr></tbody></table>",
        [["甲", "1"], ["乙", "2"]],
    ),
    (
        "rowspan of 0",
        "<table><tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>",
        [["甲", "1"], ["甲", "2"], ["甲", "3"]],
    ),
    (
        "overlapping spans",
        "<table><tr><td>甲</td><td rowspan=2>乙</td></tr><tr><td colspan=2>丙</td></tr></table>",
        [["甲", "乙"], ["丙", "乙"]],
    ),
    (
        "nested",
        "<table><tr><td>甲</td><td><table><tr><td>乙</td><td>1</td></tr></table></td></tr><tr><td>丙</td><td>2</td></tr></table>",
        [["甲", "乙1"], ["丙", "2"]],
    ),
    (
        "caption",
        "<table><caption>表一</caption><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>",
        [["表一", "表一"], ["甲", "1"], ["乙", "2"]],
    ),
    (
        "header cells",
        "<table><thead><tr><th>指标</th><th>数</th></tr></thead><tbody><tr><td>甲</td><td>007</td></tr></tbody></table>",
        [["指标", "数"], ["甲", "007"]],
    ),
    (
        "empty row",
        "<table><tr><td>甲</td><td>1</td></tr><tr><td></td><td></td></tr><tr><td>乙</td><td>2</td></tr></table>",
        [["甲", "1"], ["", ""], ["乙", "2"]],
    ),
    (
        "hidden script",
        "<table><tr><td>甲<script>var a=1</script></td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>",
        [["甲", "1"], ["乙", "2"]],
    ),
]


def own(markup: str) -> Rows:
    """The grid of the pipelines."""
    table = turbohtml.parse(markup).select_one("table")
    return grid_of(table).cells if table is not None else []


def pandas_default(markup: str) -> Rows:
    """What pandas gives without being asked for anything."""
    return rows_of(pandas.read_html(StringIO(markup))[0])


def pandas_as_text(markup: str) -> Rows:
    """The same, told to keep the text of each cell; it must be told of each column, so the table is read twice."""
    columns = range(pandas.read_html(StringIO(markup))[0].shape[1])
    frames = pandas.read_html(StringIO(markup), keep_default_na=False, thousands=None, converters=dict.fromkeys(columns, str))
    return rows_of(frames[0])


def rows_of(frame: pandas.DataFrame) -> Rows:
    """The frame's cells, its header as the first row where it has one; a missing value is blank."""
    names = list(frame.columns)
    head = [] if names == list(range(len(names))) else [[str(name) for name in names]]
    return head + [["" if pandas.isna(cell) else str(cell) for cell in row] for row in frame.itertuples(index=False)]


READERS: dict[str, Reader] = {"pipelines": own, "pandas": pandas_default, "pandas, as text": pandas_as_text}


def samples() -> list[Sample]:
    """The forms of 2019 and 2021 in the markup of office programs, and tables that browsers and people get wrong."""
    found: list[Sample] = []
    for seed in range(FORMS):
        draw = Random(seed)
        style = Style(
            zero=draw.choice(["0", "", "/", "—"]),
            broken=seed % 2 == 1,
            subtotals=seed % 5 == 4,
            wide=seed % 7 == 6,
            thousands=seed % 3 == 2,
            units=seed % 4 == 3,
        )
        form = Form(draw, style)
        year = 2021 if seed % 2 else 2019
        tables = [
            *form.articles(year),
            form.applications(year, 9, 2, 1, {"granted": 7, "unable_not_held": 3}),
            form.review(3, 2),
        ]
        for table in tables:
            wanted = [[cell.text for cell, _ in row] for row in layouts.grid_of(table)]
            traps = ["broken_numbers"] if seed % 6 == 5 else []
            found.append((f"form of {year}", layouts.html(table, draw, traps), wanted))
    return found + ODD


def plain(text: str) -> str:
    """A cell without white space; a number without its signs of grouping, so that pandas may have read it as one."""
    words = "".join(text.split())
    try:
        return f"{float(words.replace(',', '')):g}"
    except ValueError:
        return words


def right(got: Rows, wanted: Rows) -> int:
    """How many places of the wanted grid have their text."""
    count = 0
    for r, row in enumerate(wanted):
        for c, cell in enumerate(row):
            count += r < len(got) and c < len(got[r]) and plain(got[r][c]) == plain(cell)
    return count


def cells_right(found: Iterable[Sample]) -> dict[str, dict[str, Counter[str]]]:
    """Per kind and reader: places right and all, tables with the right shape and all, readers' errors."""
    counts: dict[str, dict[str, Counter[str]]] = {}
    for kind, markup, wanted in found:
        for name, read in READERS.items():
            count = counts.setdefault(kind, {}).setdefault(name, Counter())
            try:
                got = read(markup)
            except (ValueError, IndexError, TypeError):
                got = []
                count["errors"] += 1
            count["right"] += right(got, wanted)
            count["cells"] += sum(map(len, wanted))
            count["tables"] += 1
            count["shape"] += len(got) == len(wanted) and {len(row) for row in got} == {len(wanted[0])}
    return counts


def seconds(read: Reader, found: list[Sample]) -> float:
    """CPU seconds of this thread for all forms."""
    begun = thread_time()
    for _, markup, _ in found:
        read(markup)
    return thread_time() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare the grids of tables with those of pandas.read_html.")
    parser.add_argument("--rounds", type=int, default=5, help="times that every form is read (default: 5)")
    options = parser.parse_args()
    found = samples()
    forms = [sample for sample in found if sample[0].startswith("form")]
    console = Console(highlight=False, width=120)
    console.print(f"pandas {pandas.__version__}; {len(forms)} forms, {len(ODD)} odd tables")
    console.print("cells right / all, tables of the right shape / all")
    table = Table("table", *READERS, box=box.SIMPLE, header_style="bold")
    for kind, counts in cells_right(found).items():
        told = []
        for name in READERS:
            count = counts[name]
            told.append(
                f"{count['right']}/{count['cells']}  {count['shape']}/{count['tables']}" + " error" * bool(count["errors"])
            )
        table.add_row(kind, *told)
    speeds = []
    for read in READERS.values():
        seconds(read, forms[:5])
        speeds.append(len(forms) / median(seconds(read, forms) for _ in range(max(options.rounds, 1))))
    table.add_row("forms a second", *(f"{speed:,.0f}" for speed in speeds), style="bold")
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
