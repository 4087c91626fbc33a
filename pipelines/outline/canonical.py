"""What the words of a heading mean: the canonical part that they name, and whether they can be a heading at all.

The rules are data, `vocabulary/sections.toml`. Names are in the matching form (`Draft.plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines import vocabulary
from pipelines.outline.enumerators import Rank

_DATA = vocabulary.toml("sections.toml")

PART_IDS: tuple[str, ...] = tuple(part["id"] for part in _DATA["part"])

_ORDERS: dict[str, dict[str, str]] = {part["id"]: part["order"] for part in _DATA["part"]}

_Rule = tuple[str, re.Pattern[str], re.Pattern[str] | None]


def _rules(key: str) -> tuple[_Rule, ...]:
    return tuple(
        (rule["id"], re.compile(rule["pattern"]), re.compile(rule["except"]) if "except" in rule else None)
        for rule in _DATA[key]
    )


def _any(key: str) -> str:
    return "|".join(_DATA[key])


_RULES = _rules("rule")
_OVERVIEW_RULES = _rules("overview_rule")
_INSIDE_RULES = _rules("inside_rule")
OVERVIEW_PARTS = frozenset(part for part, _, _ in _OVERVIEW_RULES)
"""The parts of 总体情况."""
_SPACE = re.compile(r"\s+")
_ENDS = "。:;、,.!?—-"
_SUBJECT = re.compile(r"^(?:本年度?|全年|20\d\d年度?)?(?:(?:政府信息|政务信息|政务|信息)公开)?(?:工作)?中?的?(?=.)")
_AND = re.compile(r"以及|及|与")
_PIECES = re.compile(r"以及|[、,;及和与]")
_MODERN = re.compile(r"总体情况|收到和处理")

_TAIL = re.compile(_any("tails"))
_CUT = re.compile(rf"{_any('tails')}|(?<=\S)(?=\s)")
SENTENCE = re.compile(_any("sentence_starts"))
SENTENCE_BEHIND = re.compile(rf"\s*(?:{_any('sentence_starts')}|{_any('sentence_starts_behind')})")
CONTINUATION = re.compile(rf"\s*(?:{_any('continuations')})")
PREDICATE = re.compile(rf"\s*(?:{_any('predicates')})")
ANNOUNCED_TAIL = re.compile(rf"(?:{_any('announced_tails')})$")
_ENDS_IN_TAIL = re.compile(rf"(?:{_any('tails')})$")
_FURNITURE = frozenset(_DATA["furniture"])
_CELLS = r"量?(?:\([^)]*\))?\s*(?=$|[\d/—-]+(?:\s|$)|\d\.|\()"
_TABLE_PART = re.compile(rf"(?:{_any('table_parts')}){_CELLS}")
_TABLE_ROW = re.compile(rf"(?:{_any('table_rows')}){_CELLS}")
_ANNEX_NAME = re.compile(r"附[件表录]?\d{0,2}:.{0,24}统计(?:汇总|报)?表")
_ANNEX_OPENING = re.compile(_DATA["annex_opening"])
_PREFACE_LINE = re.compile(_any("preface_lines"))
_SIGN_OFF = re.compile(_DATA["sign_off"])
_ANNEX_ROW = re.compile(rf"(?:{_any('annex_rows')})(?:\s+[条件次篇个人万元]+)?[\d.\s/—-]*$")


def order(regime: str) -> tuple[str, ...]:
    """The parts that a regime's reports have, in their order; optional parts and parts of parts are left out."""
    places = [(orders[regime], part) for part, orders in _ORDERS.items() if orders.get(regime, "").isdecimal()]
    return tuple(part for _, part in sorted(places))


def tidy(name: str) -> str:
    """A name without white space and without the punctuation behind it."""
    return _SPACE.sub("", name).strip(_ENDS)


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """What two ways to write one name have in common: 政府信息公开的收费及减免情况 and 收费和减免 are both 收费和减免."""
    name = tidy(name.partition("(")[0])
    name = _SUBJECT.sub("", name).replace("的", "")
    name = _AND.sub("和", name)
    return name.removesuffix("情况") or name


_PHRASES: dict[str, str] = {stem(phrase): part["id"] for part in _DATA["part"] for phrase in part["phrases"]}


@lru_cache(maxsize=4096)
def canonical(name: str) -> str | None:
    """The part that a heading or an announced name means, by the rules in their order; None where none decides."""
    return _decide(tidy(name), _RULES)


@lru_cache(maxsize=4096)
def overview_part(name: str) -> str | None:
    """The part of 总体情况 that a heading inside it means."""
    return _decide(tidy(name), _OVERVIEW_RULES)


@lru_cache(maxsize=4096)
def inside_part(name: str) -> str | None:
    """The part whose own heading inside it these words are: 公开形式 says 主动公开 only there."""
    return _decide(tidy(name), _INSIDE_RULES)


@lru_cache(maxsize=4096)
def overview_name(name: str) -> str | None:
    """The part of 总体情况 whose name these words are, whole; only for a report of the formats of 2019 and 2021."""
    part = known_phrase(name)
    return part if part in OVERVIEW_PARTS else None


def _decide(name: str, rules: tuple[_Rule, ...]) -> str | None:
    for part, pattern, exception in rules:
        if pattern.search(name) and not (exception and exception.search(name)):
            return part
    return None


@lru_cache(maxsize=4096)
def mentions(name: str) -> frozenset[str]:
    """Every part that a name speaks of: 需要说明的事项与附表 names two."""
    found = {canonical(piece) for piece in (name, *_PIECES.split(name)) if piece}
    return frozenset(part for part in found if part)


@lru_cache(maxsize=4096)
def known_phrase(name: str) -> str | None:
    """The part whose name these words are, whole and without anything else."""
    return _PHRASES.get(stem(name))


@lru_cache(maxsize=4096)
def ends_as_name(name: str) -> bool:
    """Whether the words end as the names of parts do."""
    return _ENDS_IN_TAIL.search(tidy(name)) is not None


def cuts(plain: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where a heading can end that has text behind it on its line: behind the ending of a name, and at white space."""
    words = plain[start:end]
    # The endings alone, without the look back, are found three times faster.
    return (_TAIL if words.split(None, 1) == [words] else _CUT).finditer(plain, start, end)


def is_modern(name: str) -> bool:
    """Whether only the formats of 2019 and 2021 use this name."""
    return _MODERN.search(name) is not None


def is_furniture(line: str) -> bool:
    """Whether a line is furniture that can stand where a heading was."""
    return tidy(line) in _FURNITURE


def is_table_row(words: str, rank: Rank) -> bool:
    """Whether what stands behind a numeral is a row label of the standard tables, alone or with its cells."""
    return (_TABLE_PART if rank == Rank.HAN else _TABLE_ROW).match(words) is not None


def is_preface_line(line: str) -> bool:
    """Whether a line speaks of the report itself, as prefaces do."""
    return _PREFACE_LINE.search(line) is not None


def is_sign_off(line: str) -> bool:
    """Whether a line is the name of a body or a date."""
    return _SIGN_OFF.search(tidy(line)) is not None


def names_annex(words: str) -> bool:
    """Whether words are the name of the annex behind its label, whole: 附件:政府信息公开情况统计表."""
    return _ANNEX_NAME.fullmatch(tidy(words)) is not None


def opens_annex(line: str) -> bool:
    """Whether a line is the header of the statistics annex of 2014."""
    return _ANNEX_OPENING.fullmatch(line) is not None


def is_annex_row(words: str) -> bool:
    """Whether what stands behind a numeral is a row label of the statistics annex."""
    return _ANNEX_ROW.match(words) is not None
