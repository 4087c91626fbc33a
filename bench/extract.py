"""How fast pages become records: `python bench/extract.py INPUT ... [--rounds N]`. See docs/bench.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import thread_time

import lxml.html
from lxml.etree import ParserError
from rich import box
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from crawler.inputs import InputError, check_inputs, documents
from pipelines import STAGES, apply, begin, run
from pipelines.model import Document

FLOOR = "lxml.html parse"
WHOLE = "pipelines.run"


def decoded(document: Document) -> bytes:
    """The page in UTF-8; empty where it cannot be read, or holds nothing that lxml takes for a page."""
    draft = begin(document)
    apply(STAGES[0], draft)
    markup = draft.markup.encode()
    try:
        lxml.html.document_fromstring(markup)
    except ParserError:
        return b""
    return markup


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of this thread; what the work returns is dropped at once, or memory would slow the next."""
    begun = thread_time()
    work()
    return thread_time() - begun


def measure(pages: list[tuple[Document, bytes]]) -> dict[str, float]:
    """CPU seconds of one round over all pages: the floor, the whole, and each stage, page by page in turn."""
    seconds = dict.fromkeys((FLOOR, WHOLE, *(stage.__name__ for stage in STAGES)), 0.0)
    parser = lxml.html.HTMLParser(encoding="utf-8")
    for document, markup in pages:
        seconds[FLOOR] += timed(lambda markup=markup: lxml.html.document_fromstring(markup, parser=parser))  # type: ignore[misc]
        seconds[WHOLE] += timed(lambda document=document: run(document))  # type: ignore[misc]
        draft = begin(document)
        for stage in STAGES:
            seconds[stage.__name__] += timed(lambda stage=stage, draft=draft: apply(stage, draft))  # type: ignore[misc]
    return seconds


def table_of(rounds: list[dict[str, float]], pages: int) -> Table:
    """Medians over the rounds; the ratio is taken within each round, where both ran on the same machine in the same minute."""
    table = Table("CPU time", "ms a page", "pages/s", "x lxml (lowest - highest)", box=box.SIMPLE, header_style="bold")
    for name in rounds[0]:
        ratios = [seconds[name] / seconds[FLOOR] for seconds in rounds]
        middle = median(seconds[name] for seconds in rounds)
        table.add_row(
            name,
            f"{1000 * middle / pages:.3f}",
            f"{pages / middle:,.0f}" if name in (FLOOR, WHOLE) else "",
            f"{median(ratios):.2f} ({min(ratios):.2f} - {max(ratios):.2f})",
            style="bold" if name == WHOLE else None,
            end_section=name == WHOLE,
        )
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description="Time each stage on saved pages against an HTML parse of the same pages.")
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="pages, folders, JSON Lines or WARC files")
    parser.add_argument("--rounds", type=int, default=7, help="times that every page is read (default: 7)")
    options = parser.parse_args()
    try:
        check_inputs(options.inputs)
    except InputError as error:
        parser.error(str(error))
    found = list(documents(options.inputs))
    pages = [(item, markup) for item in found if isinstance(item, Document) and (markup := decoded(item))]
    if not pages:
        parser.error("none of the inputs holds a page that can be read")
    measure(pages)  # data files are read and caches filled
    rounds = [measure(pages) for _ in range(max(options.rounds, 1))]
    size = sum(len(markup) for _, markup in pages)
    left_out = len(found) - len(pages)
    console = Console(highlight=False)
    console.print(f"{len(pages)} pages, {size / 1e6:.1f} MB decoded, {left_out} left out; {len(rounds)} rounds")
    console.print(table_of(rounds, len(pages)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
