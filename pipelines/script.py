"""One form of a text for matching: half-width, Simplified, with the way back to the page's own characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

from pipelines import pinyin, vocabulary
from pipelines.draft import Draft, follow
from pipelines.model import Script

PHRASES = vocabulary.FOLDER / "phrases_hant.tsv"

_FOLD = {chr(full): chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}
_FOLD |= dict.fromkeys("\u00a0\u2002\u2003\u2009\u3000", " ")
_FOLD |= {"〔": "[", "〕": "]", "\ufe59": "(", "\ufe5a": ")"}
_FULL = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_SAMPLE = 3000
"""Characters, spread evenly, that tell the script of a text."""
_CLAUSE = re.compile(r"([^，。；：、,;:!?\n]*[，。；：、,;:!?\n]*)")


def fold(text: str) -> str:
    """The text with full-width ASCII forms, ideographic and no-break spaces made half-width; as long as it was.

    A text has a handful of them, each many times: replacing these is ten times faster than a look at every character.
    """
    for full in set(_FULL.findall(text)):
        text = text.replace(full, _FOLD[full])
    return text


@cache
def _scripts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match the characters that only Traditional text has, and those that only Simplified text has (OpenCC's own tables)."""
    block = "".join(map(chr, range(0x4E00, 0x9FA6)))
    simplified, traditional = OpenCC("t2s").convert(block), OpenCC("s2t").convert(block)
    only_hant = {c for c, s in zip(block, simplified, strict=True) if c != s}
    only_hans = {c for c, t in zip(block, traditional, strict=True) if c != t}
    return _any_of(only_hant - only_hans), _any_of(only_hans - only_hant)


def _any_of(characters: set[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(characters))}]")


def script_of(text: str) -> Script:
    """The script that most of the distinct characters show, of a sample in long texts; Simplified where nothing tells."""
    hant, hans = _scripts()
    sample = text[:: len(text) // _SAMPLE + 1]
    seen = set(hant.findall(sample))
    return "hant" if seen and len(seen) > len(set(hans.findall(sample))) else "hans"


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = PHRASES.read_text(encoding="utf-8").splitlines()
    table = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    return re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True))), table


@cache
def _opencc() -> OpenCC:
    return OpenCC("t2s")


def convert(text: str) -> str:
    """A Traditional text in Simplified script, Taiwan's words replaced by the mainland's."""
    pattern, table = _phrases()
    return str(_opencc().convert(pattern.sub(lambda m: table[m.group()], text)))


def simplify(text: str) -> str:
    """The text in Simplified script; unchanged when it is Simplified already (OpenCC damages names such as 乾县)."""
    return convert(text) if script_of(text) == "hant" else text


def plain(text: str, script: Script) -> tuple[str, list[tuple[int, int]]]:
    """The folded, Simplified form of a text, without injected pinyin, and the shifts that lead back (see `Draft.shifts`).

    Conversion goes clause by clause; a clause that changes its length is aligned at its equal beginning and end, so that an
    offset is at most a few characters off inside the words that were replaced, and right everywhere else.
    """
    folded = fold(text)
    folded, taken = pinyin.without(folded, pinyin.injected(folded))
    if script == "hans":
        return folded, taken
    out: list[str] = []
    shifts: list[tuple[int, int]] = []
    plain_at = text_at = 0
    for clause, converted in _by_clause(folded):
        if len(converted) != len(clause):
            tail = _common_tail(converted, clause)
            shifts.append((plain_at + len(converted) - tail, text_at + len(clause) - tail))
        plain_at += len(converted)
        text_at += len(clause)
        out.append(converted)
    return "".join(out), _composed(shifts, taken) if taken else shifts


def _composed(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The shifts that lead back through both: `first` to the text that `second` leads on from."""
    inverse = [(at, plain_at) for plain_at, at in first]
    both = [(plain_at, follow(second, at)) for plain_at, at in first] + [(follow(inverse, at), end) for at, end in second]
    return sorted(dict(sorted(both)).items())


def _by_clause(text: str) -> Iterator[tuple[str, str]]:
    """The clauses of a text with their conversions. All are converted in one go; where words that were replaced move the
    clauses' ends, each by itself."""
    clauses, converted = _CLAUSE.findall(text), _CLAUSE.findall(convert(text))
    return zip(clauses, converted if len(converted) == len(clauses) else map(convert, clauses), strict=True)


def _common_tail(converted: str, clause: str) -> int:
    """How many last characters of both are each other's conversion."""
    single = _convert_characters(clause)
    n = 0
    while n < min(len(converted), len(single)) and converted[-1 - n] == single[-1 - n]:
        n += 1
    return n


def _convert_characters(text: str) -> str:
    converted = str(_opencc().convert(text))
    return converted if len(converted) == len(text) else text


def set_plain(draft: Draft) -> None:
    """Fills the draft's matching forms from its report's text and title, and the report's script."""
    report = draft.report
    report.script = script_of(report.text or report.title or "")
    draft.plain, draft.shifts = plain(report.text, report.script)
    title = report.title or ""
    draft.title_plain = fold(simplify(pinyin.without_any(title) if pinyin.injected(report.text) else title))
