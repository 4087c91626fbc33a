"""The administrative divisions of China from province to township with the years in which each held, 2006 to today.

The table comes from `vocabulary/build/divisions.py`, which explains its columns. Its years are states on 31 December;
in the year after its last one a state still held for a part, so that in a year of change the older and the newer name are both
known, the newer one first.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import combinations
from typing import Literal

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipelines import vocabulary
from pipelines.model import Level
from pipelines.script import simplify

TABLE = vocabulary.FOLDER / "divisions.tsv.xz"
_REMEMBERED = 16384
"""How many names of a year are kept once they are looked up: a portal names few places, again and again."""
FIRST_YEAR = 2006
"""States that begin here hold for every earlier year too."""

Form = Literal["formal", "everyday", "bare"]
"""How a name is written: 凉山彝族自治州, 凉山州, 凉山. A bare name needs its parent or an organ beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """One division as it was in a run of years. A gazetteer makes one object per state: two are equal when they are one."""

    code: str
    """Six digits, nine for townships and streets."""
    name: str
    level: Level
    parent: str
    """Code of the division above; empty for a province."""
    start: int
    end: int | None
    """First and last year, inclusive, on whose 31 December the state held; None for today."""
    listed: int
    """First year in which a source lists the division; before it the state is inferred."""
    alternative: str
    """The statistics bureau's code where it differs."""
    today: str | None
    """Code of the division that it is today; None when nothing took its place."""
    zone: bool
    """A development zone that the statistics bureau numbers though it is no division."""
    forms: tuple[tuple[str, Form], ...]
    """Every name that it goes by, the formal one first."""

    def holds(self, year: int | None) -> bool:
        """Whether the state held on 31 December of a year; always for None."""
        return year is None or (max(year, FIRST_YEAR) >= self.start and (self.end is None or year <= self.end))

    def held(self, year: int | None) -> bool:
        """Whether the state held in a part of a year at least."""
        return self.holds(year) or (self.end is not None and year == self.end + 1)

    def inferred(self, year: int) -> bool:
        """Whether no source lists the division as early as this year."""
        return year < self.listed

    def form(self, name: str) -> Form | None:
        """How a name is written when it means this division."""
        return next((form for written, form in self.forms if written == name), None)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a text, and what it can mean; never empty."""

    start: int
    end: int
    name: str
    candidates: tuple[Division, ...]
    bare: bool
    """Written without its kind (凉山): a place only beside its parent or before an organ."""


class Gazetteer:
    """The table, read lazily: a line becomes a `Division` when it is first asked for."""

    def __init__(self, lines: list[str]) -> None:
        """`lines` are those of the table without its header, sorted by code and first year."""
        self._lines = lines
        self._divisions: dict[int, Division] = {}
        self._paths: dict[tuple[str, int, int | None], tuple[Division, ...]] = {}
        self._first: dict[str, int] = {}
        rows: dict[str, tuple[int, ...]] = {}
        for row, line in enumerate(lines):
            code, name, *_, names = line.split("\t")
            self._first.setdefault(code, row)
            rows[name] = (*rows[name], row) if name in rows else (row,)
            if names:
                for form in names.replace("~", "").split(" "):
                    rows[form] = (*rows[form], row) if form in rows else (row,)
        self._rows = rows
        self._meanings = lru_cache(maxsize=_REMEMBERED)(self._meanings_of)
        self._states = lru_cache(maxsize=_REMEMBERED)(self._states_of)

    def at(self, code: str, year: int | None = None) -> Division | None:
        """The division that has a code in a year (in the year of a change, the later state); today's or the last for None."""
        states = self._states(code)
        if year is None:
            return states[-1] if states else None
        return next((state for state in states if state.holds(year)), None) or next(
            (state for state in states if state.held(year)), None
        )

    def named(self, name: str, year: int | None = None, within: Division | None = None) -> list[Division]:
        """The divisions that go by a name: in a year, or ever (then each once, in its last state that has the name).

        Formal, everyday, bare and old names, in either script. Those that held on 31 December come first, formal names before
        everyday ones, higher levels before lower ones. `within` keeps what lies inside a division, or is it.
        """
        if name not in self._rows:
            name = simplify(name)
        rows = self._rows.get(name, ())
        found = [state for state in map(self._division, rows) if state.held(year)]
        if year is None:
            found = list({state.today or state.code: state for state in found}.values())
        if within is not None:
            found = [state for state in found if self.inside(state, within, year)]
        return sorted(found, key=lambda state: (not state.holds(year), state.form(name) != "formal", _RANK[state.level]))

    def path(self, division: Division, year: int | None = None) -> tuple[Division, ...]:
        """The division and those above it, the province first, as they were in a year (by default in its last)."""
        year = division.end if year is None else year
        key = (division.code, division.start, year)
        if key not in self._paths:
            above = (self.at(division.parent, year) or self.at(division.parent)) if division.parent else None
            self._paths[key] = (*self.path(above, year), division) if above else (division,)
        return self._paths[key]

    def full_name(self, division: Division, year: int | None = None) -> str:
        """Names from the province down: 四川省凉山彝族自治州美姑县."""
        return "".join(part.name for part in self.path(division, year))

    def now(self, division: Division) -> Division | None:
        """What the division is today, after renaming, recoding or merging; None when nothing took its place."""
        state = self.at(division.today) if division.today else None
        return state if state is not None and state.end is None else None

    def then(self, division: Division, year: int) -> Division | None:
        """What the division was or became in a year: 腾冲县 for 腾冲市 in 2014; None where that is not one division."""
        if division.holds(year):
            return division
        if same_code := self.at(division.code, year):
            return same_code
        states = [self._division(row) for row in self._lineages.get(division.today or "", ())]
        if division.today:
            states += self._states(division.today)
        standing = [state for state in states if state.holds(year)]
        return standing[0] if len(standing) == 1 else None

    def lineage(self, division: Division) -> list[Division]:
        """The states of the division in other years under another name or code, oldest first.

        Forward through renaming, recoding and mergers; back only where the older state became this one and no other did.
        """
        today = self.now(division)
        key = today.code if today is not None else division.code
        states = [self._division(row) for row in self._lineages.get(key, ())] + self._states(key)
        other = [state for state in states if (state.code, state.name) != (division.code, division.name)]
        older = [state for state in other if state is not today]
        if any(_side_by_side(one, two) for one, two in combinations((division, *older), 2)):
            older = []
        return sorted({*older, *([today] if today in other else [])}, key=lambda state: (state.start, state.code))

    def inside(self, division: Division, other: Division, year: int | None = None) -> bool:
        """Whether a division lies in another or is it, recodings and renamings of both aside."""
        same = {other.code, other.today}
        return any(part.code in same or (part.today is not None and part.today in same) for part in self.path(division, year))

    def mentions(self, text: str, year: int | None = None) -> list[Mention]:
        """The place names of a text in Simplified script, from the left, the longest at each place, without overlaps.

        The candidates are those of the year; where the name was none of that year's, all that it ever meant. Where it is the
        formal or everyday name of one (巴州), those of which it is only the bare name (巴州区) are left out.
        """
        found = []
        for pattern, start, end in self._matcher.find_matches_as_indexes(text):
            name = self._names[pattern]
            found.append(Mention(start, end, name, *self._meanings(name, year)))
        return found

    def _meanings_of(self, name: str, year: int | None) -> tuple[tuple[Division, ...], bool]:
        """What a name can mean, and whether it is written without its kind."""
        candidates = self.named(name, year) or self.named(name)
        whole = tuple(candidate for candidate in candidates if candidate.form(name) != "bare")
        return whole or tuple(candidates), not whole

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Division]:
        return map(self._division, range(len(self._lines)))

    @cached_property
    def _names(self) -> list[str]:
        return list(self._rows)

    @cached_property
    def _matcher(self) -> AhoCorasick:
        return AhoCorasick(
            self._names,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    @cached_property
    def _lineages(self) -> dict[str, list[int]]:
        """Rows of divisions that have another code today, by that code."""
        lineages = defaultdict(list)
        for row, line in enumerate(self._lines):
            if now := line.split("\t", 10)[9].strip("-"):
                lineages[now].append(row)
        return lineages

    def _states_of(self, code: str) -> list[Division]:
        """All states of a code in order of their years."""
        row = self._first.get(code)
        states: list[Division] = []
        while row is not None and row < len(self._lines) and (state := self._division(row)).code == code:
            states.append(state)
            row += 1
        return states

    def _division(self, row: int) -> Division:
        known = self._divisions.get(row)
        if known is None:
            known = self._divisions[row] = _parse(self._lines[row])
        return known


_RANK: dict[Level, int] = {"national": 0, "province": 1, "prefecture": 2, "county": 3, "township": 4}


def _parse(line: str) -> Division:
    code, name, level, kind, parent, start, end, listed, alternative, now, names = line.split("\t")
    forms: list[tuple[str, Form]] = [(name, "formal")]
    forms += [(form[1:], "bare") if form.startswith("~") else (form, "everyday") for form in names.split()]
    return Division(
        code=code,
        name=name,
        level=_LEVELS[level],
        parent=parent,
        start=int(start),
        end=int(end) if end else None,
        listed=int(listed or start),
        alternative=alternative,
        today=None if now == "-" else now or code,
        zone=kind == "zone",
        forms=tuple(forms),
    )


_LEVELS: dict[str, Level] = {"province": "province", "prefecture": "prefecture", "county": "county", "township": "township"}


def _side_by_side(one: Division, other: Division) -> bool:
    """Whether two states stood at one time: then they were merged, and are not one under two names."""
    return one.start <= (other.end or 9999) and other.start <= (one.end or 9999)


def same_division(one: Division | None, other: Division) -> bool:
    """Whether two states are of one division, recodings and renamings aside."""
    return one is not None and (one.code == other.code or (one.today is not None and one.today == other.today))


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of the process."""
    with lzma.open(TABLE, "rt", encoding="utf-8") as stream:
        _, *lines = stream.read().splitlines()
    return Gazetteer(lines)
