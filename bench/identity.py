"""Names and dates, ours beside what people use: `.venv-bench/bin/python bench/identity.py` after `make bench-venv`.

Three tables: names of bodies to division codes (bench/identity_strings.tsv), dates as pages print them, and the cost of report
year and reporting body on whole pages. A name counts as right when the code is exactly that of the report year; where the name
fits several divisions, only no code is right. The others are asked in their own best way: with the year where they take one,
with townships where they know them, and the deepest code that they give counts.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import thread_time
from unittest.mock import patch

from rich import box
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipelines import STAGES, apply, begin
from pipelines.dates import damaged_at, first_date, free_date
from pipelines.identity.bodies import read_body, resolve
from pipelines.identity.divisions import gazetteer
from pipelines.issuer import detect_issuer
from pipelines.page import head
from pipelines.script import simplify
from pipelines.year import detect_year
from tests.corpus.identity_pages import cases
from tests.corpus.identity_singles import singles

STRINGS = Path(__file__).with_name("identity_strings.tsv")
LEAD, SPEED, PAGE = 20.0, 50_000, 0.5
"""Floors: points before the best other, strings a second of the plain look-up, milliseconds a page at the median."""
SECONDS = 1.0
"""How long each program is timed at least."""

Answer = str | tuple[str | None, ...] | None
"""A code, or the names from the province down, whose code is looked up afterwards, untimed."""
Solver = Callable[[list[tuple[str, int]]], list[Answer]]

DATES = [
    ("发布时间:2014-03-31", "2014-03-31"),
    ("发布日期：2014年3月31日 09:12", "2014-03-31"),
    ("二〇一四年三月三十一日", "2014-03-31"),
    ("二○一五年十二月二日", "2015-12-02"),
    ("二00九年二月十八日", "2009-02-18"),
    ("2014年3月31日", "2014-03-31"),
    ("2014/3/31", "2014-03-31"),
    ("2014.03.31", "2014-03-31"),
    ("2014-03-31 16:20:05", "2014-03-31"),
    ("2015215", "2015-02-15"),
    ("2016年1231日", "2016-12-31"),
    ("20181月25日", "2018-01-25"),
    ("县水利局 2016年1月9日", "2016-01-09"),
    ("日期:2021年元月7日 来源:县政府办", "2021-01-07"),
    ("更新时间：2019-1-8 10:00 浏览次数：35", "2019-01-08"),
    ("2015112", None),
    ("电话：0731-24221234", None),
    ("共公开信息2014条", None),
]
"""As pages print them, with the only date that each can be; None where several are left, or none is there."""


# --- names ------------------------------------------------------------------------------------------------------------


def ours(asked: list[tuple[str, int]]) -> list[Answer]:
    found: list[Answer] = []
    for name, year in asked:
        body = read_body(simplify(name), year)
        division = resolve(body, year).division if body is not None else None
        found.append(division.code if division is not None else None)
    return found


def jionlp() -> Solver:
    import jionlp as library

    levels = ("province", "city", "county", "town")

    def solve(asked: list[tuple[str, int]]) -> list[Answer]:
        parsed = (library.parse_location(name, town_village=True) for name, _ in asked)
        return [tuple(found.get(level) for level in levels) for found in parsed]

    return solve


def cnloc() -> Solver:
    import cnloc as library

    parser = library.AddressParser()
    levels = ("county_adcode", "city_adcode", "province_adcode")

    def solve(asked: list[tuple[str, int]]) -> list[Answer]:
        if missing := sorted({year for _, year in asked} - set(parser.year_automatons)):
            parser._build_automaton(missing)
        parsed = (parser.parse_single(name, year=year, mode=library.LOW_TO_HIGH, county_short=True) for name, year in asked)
        return [next((found[level] for level in levels if found[level]), None) for found in parsed]

    return solve


def cpca() -> Solver:
    import cpca as library

    def solve(asked: list[tuple[str, int]]) -> list[Answer]:
        return [str(code) if code else None for code in library.transform([name for name, _ in asked])["adcode"]]

    return solve


def addressparser() -> Solver:
    import addressparser as library

    def solve(asked: list[tuple[str, int]]) -> list[Answer]:
        table = library.transform([name for name, _ in asked])
        return [tuple(name or None for name in row) for row in table[["省", "市", "区"]].itertuples(index=False)]

    return solve


def code_of(answer: Answer) -> str | None:
    """The code of an answer; names get the codes that they have today, for those who answer with names know no other year."""
    if not isinstance(answer, tuple):
        return answer
    places, found = gazetteer(), None
    for name in filter(None, answer):
        named = places.named(name, within=found)
        found = named[0] if named else found
    return found.code if found is not None else None


def names_table(console: Console) -> bool:
    with STRINGS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t"))
    asked = [(row["name"], int(row["year"])) for row in rows]
    scores, speeds = {}, {}
    table = Table("names", "exact code", "wrong", "none", "strings/s", box=box.SIMPLE, title=f"{len(rows)} names of bodies")
    solvers = {"ours": ours, "jionlp": jionlp(), "cnloc": cnloc(), "cpca": cpca(), "addressparser": addressparser()}
    for name, solve in solvers.items():
        solve(asked[:5])
        begun = thread_time()
        codes = [code_of(answer) for answer in solve(asked)]
        first = thread_time() - begun
        rounds = [timed(solve, asked) for _ in range(max(1, min(20, int(SECONDS / first))))]
        wanted = [None if row["code"] == "-" else row["code"] for row in rows]
        right = sum(code == want for code, want in zip(codes, wanted, strict=True))
        wrong = sum(code is not None and code != want for code, want in zip(codes, wanted, strict=True))
        scores[name], speeds[name] = 100 * right / len(rows), len(rows) / median(rounds)
        share = (f"{scores[name]:.1f} %", str(wrong), str(len(rows) - right - wrong), f"{speeds[name]:,.0f}")
        table.add_row(name, *share)
        if name == "ours":
            for row, code, want in zip(rows, codes, wanted, strict=True):
                if code != want:
                    console.print(f"{row['name']} ({row['year']}): {code}, not {want}")
    console.print(table)
    lead = scores["ours"] - max(score for name, score in scores.items() if name != "ours")
    console.print(f"lead {lead:.1f} points (floor {LEAD}), {speeds['ours']:,.0f} strings/s (floor {SPEED:,})")
    return lead >= LEAD and speeds["ours"] >= SPEED


def timed(solve: Solver, asked: list[tuple[str, int]]) -> float:
    begun = thread_time()
    solve(asked)
    return thread_time() - begun


# --- dates ------------------------------------------------------------------------------------------------------------


def our_date(text: str) -> str | None:
    found = first_date(text)
    if found is not None:
        return found.value[:10]
    left = [value for *_, values in damaged_at(text) for value in values]
    return left[0] if len(left) == 1 else None


def dates_table(console: Console) -> None:
    import dateparser
    from dateparser.search import search_dates

    def parse(text: str) -> str | None:
        found = dateparser.parse(text, languages=["zh"])
        return found.date().isoformat() if found else None

    def search(text: str) -> str | None:
        found = search_dates(text, languages=["zh"])
        return found[0][1].date().isoformat() if found else None

    table = Table("dates", "right", "wrong", "none", "strings/s", box=box.SIMPLE, title=f"{len(DATES)} dates as printed")
    for name, read in (("ours", our_date), ("dateparser.parse", parse), ("search_dates", search)):
        answers = [read(text) for text, _ in DATES]
        rounds = [cpu(read, (text for text, _ in DATES)) for _ in range(3)]
        right = sum(answer == want for answer, (_, want) in zip(answers, DATES, strict=True))
        wrong = sum(answer is not None and answer != want for answer, (_, want) in zip(answers, DATES, strict=True))
        table.add_row(name, str(right), str(wrong), str(len(DATES) - right - wrong), f"{len(DATES) / median(rounds):,.0f}")
    console.print(table)


def cpu(read: Callable[[str], object], texts: Iterable[str]) -> float:
    begun = thread_time()
    for text in texts:
        read(text)
    return thread_time() - begun


# --- whole pages ------------------------------------------------------------------------------------------------------


def pages_table(console: Console) -> bool:
    """Year and body of the whole pages of the corpus, the earlier stages done."""
    before = STAGES[: STAGES.index(detect_year)]
    seconds: dict[str, list[float]] = {"year": [], "body": [], "both": []}
    drafts = []
    asked: list[float] = []

    def timed_free_date(text: str) -> str | None:
        begun = thread_time()
        value = free_date(text)
        asked.append(thread_time() - begun)
        return value

    free_date("31 3月 2014")  # its import is not a page's cost
    with patch.object(head, "free_date", timed_free_date):
        for case in (*cases(), *singles()):
            draft = begin(case.document)
            for stage in before:
                apply(stage, draft)
            if draft.report.state == "report":
                drafts.append(draft)
    for draft in drafts:
        begun = thread_time()
        detect_year(draft)
        between = thread_time()
        detect_issuer(draft)
        ended = thread_time()
        for name, spent in (("year", between - begun), ("body", ended - between), ("both", ended - begun)):
            seconds[name].append(1000 * spent)
    table = Table("pages", "median ms", "slowest twentieth ms", box=box.SIMPLE, title=f"{len(drafts)} whole pages")
    for name, spent in seconds.items():
        table.add_row(name, f"{median(spent):.3f}", f"{sorted(spent)[len(spent) * 19 // 20]:.3f}")
    console.print(table)
    console.print(f"floor {PAGE} ms at the median")
    each = 1000 * sum(asked) / max(len(drafts), 1)
    console.print(f"dateparser was asked {len(asked)} times for dates that the fast rules do not know: {each:.3f} ms a page\n")
    return median(seconds["both"]) < PAGE


def main() -> int:
    console = Console(highlight=False)
    held = [names_table(console), pages_table(console)]
    dates_table(console)
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
