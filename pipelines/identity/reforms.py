"""Departments before and after the reforms of government: which of one place may be one body through time, and why.

The lists and their sources are in `vocabulary/reforms.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipelines import vocabulary

_ENDING = re.compile(r"(?:局|厅|委员会|委|办公室|办)$")

Relation = Literal["predecessor", "successor"]


@dataclass(frozen=True, slots=True)
class Change:
    """One department of a reform: the names behind the place that it had before and has since."""

    year: int
    plan: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@cache
def _changes() -> tuple[Change, ...]:
    return tuple(
        Change(reform["year"], reform["plan"], tuple(change["before"]), tuple(change["after"]))
        for reform in vocabulary.toml("reforms.toml")["reform"]
        for change in reform["changes"]
    )


@cache
def _short() -> dict[str, str]:
    names: dict[str, str] = vocabulary.toml("reforms.toml")["short"]
    return names


def _field(name: str) -> str:
    """What a department is about: its name without ending, written out."""
    field = _ENDING.sub("", name)
    return _short().get(field, field)


def is_reformed(one: str, other: str) -> bool:
    """Whether two names behind one place are of a department before and after a reform, in either order."""
    fields = {_field(one), _field(other)}
    return len(fields) == 2 and any(
        fields == {_field(before), _field(after)} for change in _changes() for before in change.before for after in change.after
    )


def related_names(name: str, year: int | None, ending: str) -> Iterator[tuple[Relation, str, Change]]:
    """The names behind the place of what a department of a year may have been before, and may have become.

    `ending` is that of a plain department at its level: 局, in a province 厅. A name counts as the newer one only from the year
    of its reform on: some places had it before, from a reform of their own.
    """
    for relation, change in _by_field().get(_field(name), ()):
        if relation == "predecessor" and year is not None and year >= change.year:
            yield from ((relation, _whole(named, ending), change) for named in change.before)
        if relation == "successor":
            yield from ((relation, _whole(named, ending), change) for named in change.after)


@cache
def _by_field() -> dict[str, list[tuple[Relation, Change]]]:
    """The changes in which a field stands on one side only, with what stands on the other."""
    found: dict[str, list[tuple[Relation, Change]]] = defaultdict(list)
    for change in _changes():
        older, newer = ({_field(named) for named in names} for names in (change.before, change.after))
        for field in newer - older:
            found[field].append(("predecessor", change))
        for field in older - newer:
            found[field].append(("successor", change))
    return dict(found)


def _whole(name: str, ending: str) -> str:
    return name if _ENDING.search(name) else name + ending
