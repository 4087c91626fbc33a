"""The metrics that sentences may state, compiled once from vocabulary/metrics.toml, where every key is explained."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from pipelines import vocabulary

_SOURCE = "metrics.toml"


@dataclass(frozen=True, slots=True)
class Pattern:
    """The words around a number: `before` ends at the number, `after` begins behind it."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def fits(self, plain: str, first: int, start: int, end: int, last: int) -> bool:
        """Whether the number at `start` to `end` stands in the words of this pattern, inside `first` to `last`."""
        if self.before and not self.before.search(plain, first, start):
            return False
        return self.after is None or self.after.match(plain, end, last) is not None


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric and how a sentence states it."""

    id: str
    label: str
    unit: str
    kind: str
    group: str
    total: str | None
    units: frozenset[str]
    patterns: tuple[Pattern, ...]
    unless: re.Pattern[str] | None
    unless_sentence: re.Pattern[str] | None
    context: re.Pattern[str] | None
    zero: re.Pattern[str] | None
    listed_as: tuple[str, str] | None
    """A total, and the metric that this one is in a list of its parts."""
    shared: bool
    mean: bool


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

    def in_sentence(self, text: str) -> list[Metric]:
        """Those of which a hook stands in the text, in their order."""
        mask = 0
        for hook, _, _ in self.sieve.find_matches_as_indexes(text, overlapping=True):
            mask |= self.masks[hook]
        found = []
        while mask:
            lowest = mask & -mask
            found.append(self.ordered[lowest.bit_length() - 1])
            mask ^= lowest
        return found


@cache
def load_metrics() -> Metrics:
    """The metrics of the vocabulary. A pattern that does not compile raises `re.error`."""
    source = vocabulary.toml(_SOURCE)
    words: dict[str, str] = {}
    for name, pattern in source["words"].items():
        words[name] = _expand(pattern, words)
    metrics: dict[str, Metric] = {}
    masks: dict[str, int] = {}
    for place, (name, entry) in enumerate(source["metrics"].items()):
        metrics[name] = _metric(name, entry, words)
        for hook in entry["hooks"]:
            masks[hook] = masks.get(hook, 0) | 1 << place
    return Metrics(
        by_id=metrics,
        ordered=tuple(metrics.values()),
        negatable=tuple(metric for metric in metrics.values() if metric.zero),
        sieve=AhoCorasick(list(masks), implementation=Implementation.DFA),
        masks=tuple(masks.values()),
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
        patterns=tuple(_pattern(pattern, words) for pattern in entry["patterns"]),
        unless=optional("unless"),
        unless_sentence=optional("unless_sentence"),
        context=optional("context"),
        zero=optional("zero"),
        listed_as=(entry["listed_as"][0], entry["listed_as"][1]) if "listed_as" in entry else None,
        shared=entry.get("shared", False),
        mean=entry.get("mean", False),
    )


def _pattern(pattern: str, words: dict[str, str]) -> Pattern:
    before, number, after = _expand(pattern, words).partition("#")
    if not number:
        raise ValueError(f"{_SOURCE}: the pattern {pattern!r} has no '#' where the number stands")
    return Pattern(
        re.compile(f"(?:{before}){words['filler']}\\Z") if before else None,
        re.compile(after) if after else None,
    )


def _expand(pattern: str, words: dict[str, str]) -> str:
    """The pattern with `<name>` replaced by the words of that name; `(?<…` stays what it is."""
    return re.sub(r"(?<!\(\?)<(\w+)>", lambda match: f"(?:{words[match[1]]})", pattern)
