"""The metrics that sentences may state, compiled once from vocabulary/metrics.toml, where every key is explained."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "vocabulary" / "metrics.toml"


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
    shared: bool
    mean: bool


@dataclass(frozen=True, slots=True)
class Metrics:
    """All metrics in the order in which they are tried, and the sieve that finds the few worth trying in a sentence."""

    by_id: dict[str, Metric]
    hooks: tuple[tuple[str, tuple[str, ...]], ...]
    """A word, and the metrics whose patterns contain it."""

    def in_sentence(self, sentence: str) -> list[Metric]:
        """The metrics that a sentence may state."""
        wanted = {name for hook, names in self.hooks if hook in sentence for name in names}
        return [metric for name, metric in self.by_id.items() if name in wanted] if wanted else []

    def negatable(self) -> list[Metric]:
        """The metrics that a negation can set to zero."""
        return [metric for metric in self.by_id.values() if metric.zero]


@cache
def load_metrics() -> Metrics:
    """The metrics of the vocabulary. A pattern that does not compile raises `re.error`."""
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for name, pattern in source["words"].items():
        words[name] = _expand(pattern, words)
    metrics: dict[str, Metric] = {}
    hooks: dict[str, list[str]] = {}
    for name, entry in source["metrics"].items():
        metrics[name] = _metric(name, entry, words)
        for hook in entry["hooks"]:
            hooks.setdefault(hook, []).append(name)
    return Metrics(metrics, tuple((hook, tuple(names)) for hook, names in hooks.items()))


def _metric(name: str, entry: dict[str, Any], words: dict[str, str]) -> Metric:
    def optional(key: str) -> re.Pattern[str] | None:
        return re.compile(_expand(entry[key], words)) if key in entry else None

    return Metric(
        id=name,
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
        shared=entry.get("shared", False),
        mean=entry.get("mean", False),
    )


def _pattern(pattern: str, words: dict[str, str]) -> Pattern:
    before, number, after = _expand(pattern, words).partition("#")
    if not number:
        raise ValueError(f"{SOURCE.name}: the pattern {pattern!r} has no '#' where the number stands")
    return Pattern(
        re.compile(f"(?:{before}){words['filler']}\\Z") if before else None,
        re.compile(after) if after else None,
    )


def _expand(pattern: str, words: dict[str, str]) -> str:
    """The pattern with `<name>` replaced by the words of that name; `(?<…` stays what it is."""
    return re.sub(r"(?<!\(\?)<(\w+)>", lambda match: f"(?:{words[match[1]]})", pattern)
