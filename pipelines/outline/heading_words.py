"""Which words of a line are its heading, and where its text begins."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.outline import canonical as headings
from pipelines.outline.enumerators import Rank
from pipelines.outline.preamble import Announcement

LONGEST_ALONE = 60  # a heading that has its line to itself, numbered or a heading element
LONGEST_FREE = 40  # one without numeral
_LONGEST_BEFORE_STOP = 32
_LONGEST_OF_PART = 40  # before a full stop, in the style that counts the parts
_LONGEST_BEFORE_COLON = 20
_LONGEST_OF_OVERVIEW = 14  # 政府信息公开平台建设情况 and a little more
_SHORTEST_TEXT = 8  # a sentence of its own; fewer characters may end the heading (存在的问题不容忽视。)
_LEADS_ON = "在有是为下"  # 主要表现在: 具体如下: is text that a list follows

_STOP = re.compile(r"[。!?;:]")
INSIDE = re.compile(r"[。!?;:,]")
_QUANTITY = re.compile(r"\d[\d.,]*\s*[余多几]?[万亿]?(?:[条件次篇份个人元场期宗家项名则起例户]|%)")
_QUOTES = re.compile(r"“.{0,20}”.{0,6}“")


class HeadingWords:
    """Decides for one report; `part_rank` is the style of numbering that counts its parts."""

    def __init__(self, plain: str, announcement: Announcement, part_rank: Rank) -> None:
        self._plain = plain
        self._announcement = announcement
        self._part_rank = part_rank
        self._announced: dict[str, list[str]] = {}
        for part in announcement.parts:
            self._announced.setdefault(part.name[:2], []).append(part.name)

    def named(self, words: str) -> bool:
        """Whether words are about a part that reports have, or one that the preamble announces."""
        return headings.canonical(words) is not None or self._announcement.holds(words)

    def _named_inside(self, words: str) -> bool:
        """The same, for headings inside a part: they may name one of 总体情况, or say their part only there (公开形式)."""
        return self.named(words) or (headings.overview_part(words) or headings.inside_part(words)) is not None

    def end(self, start: int, end: int, rank: Rank) -> int:
        """Where the heading ends that begins at `start`; `start` itself where the line is text.

        A heading ends where its name is whole and a sentence begins, else at the first full stop or colon if that is near, else
        with the line.
        """
        plain = self._plain
        stop = _STOP.search(plain, start, end)
        if announced := self._announced_end(start, end):
            return announced
        glued = self._glued_end(start, stop.start() if stop else end, end, rank)
        if glued:
            return glued
        if stop is None:
            return end if end - start <= LONGEST_ALONE and is_like_name(plain[start:end]) else start
        if stop.group() == ":" and headings.names_annex(plain[start:end]):
            return end
        longest = _LONGEST_OF_PART if rank <= self._part_rank else _LONGEST_BEFORE_STOP
        if stop.group() == ":":
            longest = 0 if plain[stop.start() - 1] in _LEADS_ON else _LONGEST_BEFORE_COLON
        if stop.group() == ";" or stop.start() - start > longest or not is_like_name(plain[start : stop.start()]):
            return start
        return stop.end()

    def _glued_end(self, start: int, stop: int, end: int, rank: Rank) -> int | None:
        """Where a heading ends to which its text is glued."""
        plain = self._plain
        named = self._named_inside if rank > self._part_rank else self.named
        for cut in headings.cuts(plain, start, min(stop, start + LONGEST_ALONE)):
            at = cut.end() + (plain[cut.end() : end].startswith(")"))
            if at == end or plain[at] in "。,、;:" or not named(plain[start:at]):
                continue
            behind = plain[at:end].strip()
            spaced = plain[at].isspace()
            goes_on = headings.CONTINUATION.match(plain, at, end) is not None
            if spaced and not goes_on and (headings.known_phrase(plain[start:at]) or self._names_of_overview(start, at, rank)):
                return at
            is_sentence = INSIDE.search(behind) is not None or len(behind) > _LONGEST_BEFORE_COLON
            begins = headings.SENTENCE_BEHIND.match(plain, at, end) is not None
            if is_sentence and (begins or (spaced and cut.group())):
                return at
            if rank > self._part_rank and (not headings.inside_part(plain[start:at]) or headings.PREDICATE.match(behind)):
                continue
            if not goes_on and self._is_text(plain[start:at], behind):
                return at
        return None

    def _names_of_overview(self, start: int, end: int, rank: Rank) -> bool:
        """Whether the first words of a heading inside a part name one of 总体情况, with white space behind them."""
        is_short = end - start <= _LONGEST_OF_OVERVIEW
        return is_short and rank > self._part_rank and headings.overview_part(self._plain[start:end]) is not None

    def _announced_end(self, start: int, end: int) -> int | None:
        """Where a heading ends that is an announced name, word for word, with text behind it."""
        for name in self._announced.get(self._plain[start : start + 2], ()):
            at = start + len(name)
            if not self._plain.startswith(name, start) or headings.CONTINUATION.match(self._plain, at, end):
                continue
            behind = self._plain[at:end].strip()
            if behind and behind[0] not in "。,、;:" and self._is_text(name, behind):
                return at
        return None

    def _is_text(self, name: str, behind: str) -> bool:
        """Whether words behind a part's name can only be its text, however they begin."""
        if INSIDE.search(behind.rstrip("。:;")) or len(behind) > _LONGEST_BEFORE_COLON:
            return True
        return behind[-1] in "。!?" and len(behind) > _SHORTEST_TEXT and headings.known_phrase(name) is not None


@lru_cache(maxsize=4096)
def is_like_name(words: str) -> bool:
    """Whether words can be a heading: neither a count nor the beginning of a sentence."""
    words = words.strip()
    if len(words) < 2 or words.count(",") > 2 or _QUANTITY.search(words) or _QUOTES.search(words):
        return False
    if headings.ends_as_name(words) or headings.canonical(words) == "next_year_plan":
        return True
    return "《" not in words and headings.SENTENCE.match(words) is None
