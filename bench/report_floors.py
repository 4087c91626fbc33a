"""How right whole pages come out: `python bench/report_floors.py [--worst N] [--records FILE]`.

Runs the generated pages of tests/corpus through `pipelines.run` and counts, by publishing system and by trap: F1 of the text's
character 3-grams (letters and digits after NFKC, as for the saved pages), title, date, kind, parts, cells and figures.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipelines import run
from pipelines.model import Report, Section
from tests.corpus.others import others
from tests.corpus.page import Page
from tests.corpus.reports import reports

ANNEX = "statistics_annex_2014"
FLOORS = {
    "text": 0.99,
    "title": 0.99,
    "date": 0.98,
    "parts F1": 0.98,
    "cells": 0.999,
    "figures precision": 0.98,
    "recall": 0.92,
}


@dataclass
class Score:
    """Counts of one page, summed for a system or a trap."""

    pages: int = 0
    text: float = 0
    title: int = 0
    dated: int = 0
    date: int = 0
    parts: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Adds a page's counts."""
        for name in ("pages", "text", "title", "dated", "date"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("parts", "cells", "figures"):
            getattr(self, name).update(getattr(other, name))

    def row(self) -> dict[str, float]:
        """The shares."""
        parts, cells, figures = self.parts, self.cells, self.figures
        answered = cells["right"] + cells["wrong"]
        return {
            "text": self.text / self.pages,
            "title": self.title / self.pages,
            "date": self.date / self.dated if self.dated else 1.0,
            "parts F1": 2 * parts["hit"] / max(2 * parts["hit"] + parts["extra"] + parts["missed"], 1),
            "cells": cells["right"] / answered if answered else 1.0,
            "figures precision": figures["hit"] / max(figures["hit"] + figures["extra"], 1),
            "recall": figures["hit"] / max(figures["hit"] + figures["missed"], 1),
        }


def plain(text: str | None) -> str:
    """Letters and digits after NFKC."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "") if c.isalnum())


def grams(text: str) -> Counter[str]:
    """Character 3-grams."""
    return Counter(text[i : i + 3] for i in range(max(len(text) - 2, 0)))


def overlap(got: str, wanted: str) -> float:
    """F1 of two texts' 3-grams."""
    a, b = grams(plain(got)), grams(plain(wanted))
    return 2 * sum((a & b).values()) / max(sum(a.values()) + sum(b.values()), 1)


def walk(sections: list[Section]) -> Iterator[Section]:
    """All parts in reading order."""
    for section in sections:
        yield section
        yield from walk(section.children)


def score_parts(page: Page, report: Report, score: Score) -> None:
    """Parts by id and heading; headings on which nothing is asked do not count."""
    free = {plain(part.heading) for part in page.truth.parts if part.id is None}
    wanted = [(part.id, plain(part.heading), part.heading == "*") for part in page.truth.parts if part.id]
    got = [(s.id, plain(s.heading)) for s in walk(report.sections) if s.id and plain(s.heading) not in free]
    for part, heading, any_heading in wanted:
        found = next((g for g in got if g[0] == part and (any_heading or g[1] == heading)), None)
        if found:
            got.remove(found)
            score.parts["hit"] += 1
        else:
            score.parts["missed"] += 1
            score.faults.append(f"part missed: {part} {heading}")
    for part, heading in got:
        score.parts["extra"] += 1
        score.faults.append(f"part extra: {part} {heading[:40]}")


def score_cells(page: Page, report: Report, score: Score) -> None:
    """Cells of the standard tables and the annex by row and column."""
    wanted: dict[tuple[str, str | None, str | None], float | None] = dict(page.truth.cells)
    wanted |= {(ANNEX, row, None): value for row, value in page.truth.annex.items()}
    got = {(f.metric, f.row, f.column): f.value for f in report.figures if f.source != "sentence" and f.stated != "derived"}
    for key, value in wanted.items():
        answer = got.get(key)
        if key[0] == "statistics_annex_2014" and key[1] in ("application_fees", "dedicated_budget") and answer is not None:
            answer = answer / 10000 if value is not None and abs(answer - value * 10000) < 1e-6 else answer
        if value is None and answer is None:
            score.cells["right"] += 1
        elif key not in got or (answer is None and value is not None):
            score.cells["unanswered"] += 1
        elif value is not None and answer is not None and abs(answer - value) < 1e-6:
            score.cells["right"] += 1
        else:
            score.cells["wrong"] += 1
            score.faults.append(f"cell wrong: {key} {answer} for {value}")
    if score.cells["unanswered"]:
        tables = Counter(key[0] for key in wanted if key not in got)
        score.faults.append(f"cells unanswered: {dict(tables)}")
    if score.cells["wrong"] and not any(issue.severity != "note" for issue in report.issues):
        score.cells["wrong unflagged"] += score.cells["wrong"]


def score_figures(page: Page, report: Report, score: Score) -> None:
    """Figures read from sentences, parts of totals aside: every one that is stated, once or more, and no other."""
    wanted = {(metric, value): qualifier for metric, value, qualifier in page.truth.readings}
    got = {(f.metric, f.value): f for f in report.figures if f.source == "sentence" and not f.part_of and f.value is not None}
    for key, qualifier in wanted.items():
        score.figures["hit" if key in got else "missed"] += 1
        if key not in got:
            score.faults.append(f"figure missed: {key[0]} {key[1]:g} {qualifier}")
        elif got[key].qualifier != qualifier:
            score.figures["qualifier"] += 1
            score.faults.append(f"qualifier: {key[0]} {got[key].qualifier} for {qualifier}")
    for key, figure in got.items():
        if key not in wanted:
            score.figures["extra"] += 1
            score.faults.append(f"figure extra: {key[0]} {key[1]:g}: {figure.words[:80]}")


def score_report(page: Page, report: Report) -> Score:
    """All counts of one page that holds a report."""
    truth, score = page.truth, Score(pages=1)
    score.text = max(overlap(report.text, truth.text), overlap(f"{report.title}{report.text}", truth.title + truth.text))
    if score.text < 0.99:
        score.faults.append(f"text {score.text:.3f}")
    score.title = int(plain(report.title) == plain(truth.title))
    if not score.title:
        score.faults.append(f"title: {report.title!r} for {truth.title!r}")
    if truth.published:
        score.dated = 1
        score.date = int((report.published or "")[:10] == truth.published)
    if score.dated and not score.date:
        score.faults.append(f"date: {report.published} for {truth.published}")
    if report.page_kind != "annual_report":
        score.faults.append(f"kind: {report.page_kind} ({report.state}: {report.reason})")
    score_parts(page, report, score)
    score_cells(page, report, score)
    score_figures(page, report, score)
    return score


def table_of(title: str, scores: dict[str, Score]) -> Table:
    """Shares by system or trap."""
    table = Table(title=title, box=box.SIMPLE)
    table.add_column("")
    for name in ("pages", *FLOORS, "wrong", "unanswered"):
        table.add_column(name, justify="right")
    for name, score in sorted(scores.items()):
        shares = [f"[red]{share:.4f}[/]" if share < FLOORS[key] else f"{share:.4f}" for key, share in score.row().items()]
        table.add_row(name, str(score.pages), *shares, str(score.cells["wrong"]), str(score.cells["unanswered"]))
    return table


def measure_reports(console: Console, worst: int, kinds: Counter[str], log: list[dict[str, object]]) -> None:
    """Prints how right the reports are."""
    whole, systems, traps = Score(), defaultdict[str, Score](Score), defaultdict[str, Score](Score)
    single: list[tuple[Page, Score]] = []
    for page in reports():
        report = run(page.document())
        score = score_report(page, report)
        kinds["found" if report.page_kind == "annual_report" else "lost"] += 1
        kinds["refused"] += report.state != "report"
        single.append((page, score))
        whole.add(score)
        systems[page.system].add(score)
        for trap in page.traps or ["none"]:
            traps[trap].add(score)
        log.append({"page": page.name, "traps": page.traps, "text": score.text, "faults": score.faults})
    console.print(table_of("by publishing system", systems))
    console.print(table_of("by trap", traps))
    console.print(table_of("all", {"reports": whole}))
    figures = whole.figures
    console.print(f"cells {dict(whole.cells)}; figures {dict(figures)}; parts {dict(whole.parts)}")
    single.sort(key=lambda pair: (pair[1].text, -len(pair[1].faults)))
    for page, score in single[:worst]:
        console.print(f"{score.text:.3f} {page.name} {page.traps}", markup=False, soft_wrap=True)
        for fault in score.faults[:8]:
            console.print(f"      {fault}", markup=False, soft_wrap=True)


def measure_others(console: Console, kinds: Counter[str], log: list[dict[str, object]]) -> None:
    """Prints what the pages that are no reports were taken for."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for page in others():
        report = run(page.document())
        total[page.truth.kind] += 1
        right[page.truth.kind] += report.page_kind == page.truth.kind
        kinds["false"] += report.page_kind == "annual_report"
        kinds["taken"] += report.state == "report"
        if report.page_kind != page.truth.kind:
            faults = [f"kind: {report.page_kind} ({report.state}) for {page.truth.kind}: {page.truth.title}"]
            log.append({"page": page.name, "traps": page.traps, "faults": faults})
    console.print(f"others: {sum(total.values())} pages, page kind right {sum(right.values())}")
    for kind, count in total.items():
        console.print(f"  {kind}: {right[kind]} of {count}")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=10, help="how many of the worst reports to list")
    parser.add_argument("--records", type=Path, help="JSON Lines file for every page's faults")
    arguments = parser.parse_args()
    console = Console(width=160)
    kinds: Counter[str] = Counter()
    log: list[dict[str, object]] = []
    measure_reports(console, arguments.worst, kinds, log)
    measure_others(console, kinds, log)
    precision = kinds["found"] / max(kinds["found"] + kinds["false"], 1)
    recall = kinds["found"] / max(kinds["found"] + kinds["lost"], 1)
    console.print(f"report or not: precision {precision:.4f}, recall {recall:.4f}")
    console.print(
        f"in state report: {kinds['taken']} pages that are none; not in state report: {kinds['refused']} that are one"
    )
    if arguments.records:
        lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in log)
        arguments.records.write_text(lines, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
