"""How well the report is taken from its page, beside what people use today: `python bench/chrome.py [--rounds N] [--worst N]`.

On the same generated HTML pages (tests/corpus), in one run: F1 of the text's character 3-grams, pages under .9, table cells
kept in order, title and date right, pages per second against `lxml.html.document_fromstring`. Where ../shared/real holds saved
real pages with their main text marked by hand, their F1 stands in a column of its own. A rival that is not installed is left
out and named (`make bench-venv`). Each is fed as its own documentation says; what that means is told beside it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

import turbohtml
from lxml.html import document_fromstring
from rich import box
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
warnings.filterwarnings("ignore")

from report_floors import overlap, plain  # noqa: E402

from pipelines import apply, begin  # noqa: E402
from pipelines.chrome import strip_chrome  # noqa: E402
from pipelines.decode import decode, text_of  # noqa: E402
from pipelines.model import Capture, Document  # noqa: E402
from tests.corpus.reports import reports  # noqa: E402

REAL = ROOT.parent / "shared" / "real"


@dataclass
class Taken:
    """What an extractor makes of a page; None for what it does not answer."""

    text: str
    title: str | None = None
    date: str | None = None


def ours(html: str) -> Taken:
    draft = begin(Document(Capture(html.encode(), headers={"content-type": "text/html; charset=utf-8"})))
    for stage in (decode, strip_chrome):
        apply(stage, draft)
    return Taken(draft.report.text, draft.report.title, draft.report.published)


def by_trafilatura(html: str) -> Taken:
    import trafilatura

    found = trafilatura.bare_extraction(html, include_tables=True, with_metadata=True)
    return Taken(found.text or "", found.title, found.date) if found else Taken("")


def by_readability(html: str) -> Taken:
    from readability import Document as Readable

    page = Readable(html)
    summary = page.summary()
    return Taken(text_of_markup(summary) if summary.strip() else "", page.short_title())


def text_of_markup(markup: str) -> str:
    """The text of the markup that an extractor answers with, table cells parted as a browser parts them."""
    tree = document_fromstring(markup)
    for cell in tree.iter("td", "th"):
        if cell.find(".//td") is None:
            words = f" {''.join(cell.text_content().split())} "
            for child in list(cell):
                cell.remove(child)
            cell.text = words
    return str(tree.text_content())


def by_resiliparse(html: str) -> Taken:
    from resiliparse.extract.html2text import extract_plain_text

    return Taken(extract_plain_text(html, main_content=True))


def by_gne(html: str) -> Taken:
    from gne import GeneralNewsExtractor

    # It asks for the page as a browser shows it, not for the source: tags closed, nothing lost behind a stray </html>.
    found = GeneralNewsExtractor().extract(turbohtml.parse(html).html)
    return Taken(found["content"], found["title"], found["publish_time"])


def by_justext(html: str) -> Taken:
    import justext

    # Its stop words are counted between blanks: for Chinese only its language-independent setting works.
    parts = justext.justext(html.encode(), frozenset(), stopwords_low=0, stopwords_high=0, encoding="utf-8")
    return Taken("\n".join(part.text for part in parts if not part.is_boilerplate))


def by_newspaper(html: str) -> Taken:
    import newspaper

    page = newspaper.Article("http://localhost/", language="zh")
    page.download(input_html=html)
    page.parse()
    return Taken(page.text, page.title, page.publish_date.date().isoformat() if page.publish_date else None)


EXTRACTORS: dict[str, tuple[str, Callable[[str], Taken]]] = {
    "gongkai": ("pipelines", ours),
    "trafilatura": ("trafilatura", by_trafilatura),
    "readability-lxml": ("readability", by_readability),
    "resiliparse": ("resiliparse", by_resiliparse),
    "GNE": ("gne", by_gne),
    "jusText": ("justext", by_justext),
    "newspaper4k": ("newspaper", by_newspaper),
}


def kept_cells(text: str, cells: list[str]) -> float:
    """Share of the cells that stand in the text in their order, between borders (blanks, tabs, line ends, pipes)."""
    tokens = [plain(token) for token in text.replace("|", " ").split()]
    matcher = SequenceMatcher(None, cells, tokens, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(cells)


def answer(take: Callable[[str], Taken], html: str) -> tuple[Taken, float]:
    begun = time.process_time()
    try:
        taken = take(html)
    except Exception as error:  # noqa: BLE001 a rival that fails on a page has taken nothing from it
        print(f"{take.__name__}: {error!r}", file=sys.stderr)
        taken = Taken("")
    return taken, time.process_time() - begun


def real_pages() -> list[tuple[str, str, str]]:
    """HTML, main text and title of the saved pages with gold."""
    index = REAL / "index.jsonl"
    if not index.exists():
        return []
    rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
    return [
        (
            text_of((REAL / row["file"]).read_bytes())[0],
            (REAL / row["gold"]).read_text(encoding="utf-8"),
            row.get("page_title") or "",
        )
        for row in rows
        if row.get("gold")
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1, help="how often the pages are read, for the times")
    parser.add_argument("--worst", type=int, default=0, help="how many of our own worst pages to name")
    arguments = parser.parse_args()
    rounds = arguments.rounds
    console = Console(width=max(Console().width, 130))
    pages = []
    for page in reports():
        lead = page.document().lead
        if "html" in lead.headers.get("content-type", ""):
            pages.append((page, text_of(lead.body, lead.headers["content-type"])[0]))
    real = real_pages()
    floor = statistics.median(
        sum(answer(lambda html: document_fromstring(html.encode()), html)[1] for _, html in pages) for _ in range(3)
    )
    title = (
        f"{len(pages)} generated pages; {len(real)} real pages with marked text" if real else f"{len(pages)} generated pages"
    )
    table = Table(box=box.SIMPLE_HEAD, title=title)
    for column in (
        "",
        "text F1",
        "lowest",
        "under .9",
        "cells in order",
        "title",
        "date",
        "pages/s",
        "x lxml parse",
        "F1 real",
        "lowest",
    ):
        table.add_column(column, justify="left" if not column else "right")
    missing = []
    worst: list[tuple[float, str]] = []
    for name, (module, take) in EXTRACTORS.items():
        if find_spec(module) is None:
            missing.append(name)
            continue
        scores, cells, titles, dates, times = [], [], [], [], []
        answered: set[str] = set()
        for page, html in pages:
            truth = page.truth
            taken, spent = answer(take, html)
            times.append(statistics.median([spent, *(answer(take, html)[1] for _ in range(rounds - 1))]))
            scores.append(max(overlap(taken.text, truth.text), overlap(truth.title + taken.text, truth.title + truth.text)))
            printed = [plain(cell) for block in truth.text.split("\n") if "\t" in block for cell in block.split("\t")]
            if printed := [cell for cell in printed if cell]:
                cells.append(kept_cells(taken.text, printed))
            titles.append(plain(taken.title or "") == plain(truth.title))
            answered |= {field for field in ("title", "date") if getattr(taken, field)}
            if truth.published:
                dates.append((taken.date or "")[:10].replace("/", "-") == truth.published)
        on_real = []
        for html, gold, head in real:
            got = answer(take, html)[0]
            on_real.append(
                max(overlap(got.text, gold), overlap((got.title or head) + got.text, gold), overlap(got.text, head + gold))
            )
        if name == "gongkai":
            worst = [(score, f"{page.name} {' '.join(page.traps)}") for score, (page, _) in zip(scores, pages, strict=True)]
            worst += [(score, label) for score, (_, _, label) in zip(on_real, real, strict=True)]
        share = f"{statistics.mean(cells):.3f}" if cells else "-"
        table.add_row(
            name,
            f"{statistics.mean(scores):.3f}",
            f"{min(scores):.3f}",
            str(sum(score < 0.9 for score in scores)),
            share,
            f"{statistics.mean(titles):.3f}" if "title" in answered else "-",
            f"{statistics.mean(dates):.3f}" if "date" in answered else "-",
            f"{len(times) / sum(times):.0f}",
            f"{sum(times) / floor:.1f}",
            f"{statistics.mean(on_real):.3f}" if on_real else "-",
            f"{min(on_real):.3f}" if on_real else "-",
        )
    console.print(table)
    for score, label in sorted(worst)[: arguments.worst]:
        console.print(f"{score:.3f} {label}", markup=False)
    if missing:
        console.print(f"not installed: {', '.join(missing)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
