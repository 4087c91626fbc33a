"""The metrics that sentences may state, compiled once from vocabulary/metrics.toml, where every key is explained."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from pipelines import vocabulary

_SOURCE = "metrics.toml"


_Pattern = tuple[re.Pattern[str] | None, re.Pattern[str]]
"""The words around a number: the first ends at the number, the second begins behind it."""


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """The words that stand around the numbers of a metric."""

    before: re.Pattern[str] | None
    """Words that name a number which they stand before, whatever follows it."""
    around: tuple[_Pattern, ...]
    """Wordings that go on behind the number."""

    def fit(self, plain: str, first: int, start: int, end: int, last: int) -> bool:
        """Whether the number at `start` to `end` stands in these words, inside `first` to `last`."""
        if self.before and self.before.search(plain, first, start):
            return True
        for before, after in self.around:
            if after.match(plain, end, last) and (before is None or before.search(plain, first, start)):
                return True
        return False


@dataclass(frozen=True, slots=True, eq=False)
class Lone:
    """Wordings too open to be sure of: they count inside some parts of a report that states the metric nowhere else."""

    wordings: Wordings
    inside: frozenset[str]
    """Ids of the canonical sections; no other one may be around the number."""
    unless: re.Pattern[str]
    """Words in the headings above the number, or before it in its sentence, that make it another thing."""


@dataclass(frozen=True, slots=True, eq=False)
class Metric:
    """One metric and how a sentence states it."""

    id: str
    label: str
    unit: str
    kind: str
    group: str
    total: str | None
    units: frozenset[str]
    wordings: Wordings
    lone: Lone | None
    unless: re.Pattern[str] | None
    unless_sentence: re.Pattern[str] | None
    context: re.Pattern[str] | None
    zero: re.Pattern[str] | None
    kinds: re.Pattern[str] | None
    """Words of a clause that speaks of one kind only; several kinds are parts of the metric."""
    listed_as: tuple[str, str] | None
    """A total, and the metric that this one is in a list of its parts."""
    listed: re.Pattern[str] | None
    """The bare name that ends before a number of it in a list of its total's parts."""
    shared: bool
    mean: bool


Hook = tuple[int, int, int]
"""Which word of the sieve stands in a text, and where it begins and ends."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """All metrics in the order in which they are tried, and the sieve that finds the few worth trying in a sentence."""

    by_id: dict[str, Metric]
    ordered: tuple[Metric, ...]
    negatable: tuple[Metric, ...]
    """Those that a negation can set to zero."""
    sieve: AhoCorasick
    """Finds the hooks; its pattern n belongs to the metrics of `masks[n]`."""
    masks: tuple[int, ...]
    """Bit n stands for the nth metric."""
    in_unit: dict[str, int]
    """The mask of the metrics that are counted in a unit."""

    def hooks_in(self, text: str) -> list[Hook]:
        """The hooks that stand in a text, in the order of their ends."""
        return self.sieve.find_matches_as_indexes(text, overlapping=True)

    def of(self, hooks: Iterable[Hook]) -> tuple[Metric, ...]:
        """The metrics that any of the hooks belongs to, in their order."""
        mask = 0
        for hook, _, _ in hooks:
            mask |= self.masks[hook]
        return _of_mask(mask)

    def near(self, hooks: Iterable[Hook], first: int, last: int, unit: str) -> tuple[Metric, ...]:
        """The metrics counted in a unit that any of the hooks between two places belongs to, in their order."""
        mask, masks = 0, self.masks
        for hook, begin, end in hooks:
            if begin >= first and end <= last:
                mask |= masks[hook]
        return _of_mask(mask & self.in_unit.get(unit, 0)) if mask else ()


@lru_cache(maxsize=4096)
def _of_mask(mask: int) -> tuple[Metric, ...]:
    """The metrics whose bits are set; the words around numbers repeat from report to report."""
    return tuple(metric for place, metric in enumerate(load_metrics().ordered) if mask >> place & 1)


@cache
def load_metrics() -> Metrics:
    """The metrics of the vocabulary. A pattern that does not compile raises `re.error`."""
    source = vocabulary.toml(_SOURCE)
    words: dict[str, str] = {}
    for name, pattern in source["words"].items():
        words[name] = _expand(pattern, words)
    metrics: dict[str, Metric] = {}
    masks: dict[str, int] = {}
    in_unit: dict[str, int] = {}
    for place, (name, entry) in enumerate(source["metrics"].items()):
        metrics[name] = _metric(name, entry, words)
        for hook in entry["hooks"]:
            masks[hook] = masks.get(hook, 0) | 1 << place
        for unit in metrics[name].units:
            in_unit[unit] = in_unit.get(unit, 0) | 1 << place
    return Metrics(
        by_id=metrics,
        ordered=tuple(metrics.values()),
        negatable=tuple(metric for metric in metrics.values() if metric.zero),
        sieve=AhoCorasick(list(masks), implementation=Implementation.DFA),
        masks=tuple(masks.values()),
        in_unit=in_unit,
    )


def _metric(name: str, entry: dict[str, Any], words: dict[str, str]) -> Metric:
    def optional(key: str) -> re.Pattern[str] | None:
        return re.compile(_expand(entry[key], words)) if key in entry else None

    return Metric(
        id=name,
        label=entry["zh"],
        unit=entry["unit"],
        kind=entry["kind"],
        group=entry["group"],
        total=entry.get("total"),
        units=frozenset(entry["units"]),
        wordings=_wordings(entry["patterns"], words),
        lone=_lone(entry["lone"], words) if "lone" in entry else None,
        unless=optional("unless"),
        unless_sentence=optional("unless_sentence"),
        context=optional("context"),
        zero=optional("zero"),
        kinds=optional("kinds"),
        listed_as=(entry["listed_as"][0], entry["listed_as"][1]) if "listed_as" in entry else None,
        listed=optional("listed"),
        shared=entry.get("shared", False),
        mean=entry.get("mean", False),
    )


def _lone(entry: dict[str, Any], words: dict[str, str]) -> Lone:
    unless = re.compile(_expand(entry["unless"], words))
    return Lone(_wordings(entry["patterns"], words), frozenset(entry["inside"]), unless)


def _wordings(patterns: list[str], words: dict[str, str]) -> Wordings:
    wordings = [_wording(pattern, words) for pattern in patterns]
    alone = [before for before, after in wordings if not after]
    return Wordings(
        re.compile(f"(?:{'|'.join(alone)}){words['filler']}\\Z") if alone else None,
        tuple(_around(before, after, words) for before, after in wordings if after),
    )


def _wording(pattern: str, words: dict[str, str]) -> tuple[str, str]:
    before, number, after = _expand(pattern, words).partition("#")
    if not number:
        raise ValueError(f"{_SOURCE}: the pattern {pattern!r} has no '#' where the number stands")
    return before, after


def _around(before: str, after: str, words: dict[str, str]) -> _Pattern:
    return re.compile(f"(?:{before}){words['filler']}\\Z") if before else None, re.compile(after)


def _expand(pattern: str, words: dict[str, str]) -> str:
    """The pattern with `<name>` replaced by the words of that name; `(?<…` stays what it is."""
    return re.sub(r"(?<!\(\?)<(\w+)>", lambda match: f"(?:{words[match[1]]})", pattern)
