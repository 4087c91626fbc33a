"""Reports of other bodies and years with nearly the same words: which two are alike, and what is said of it.

Every report repeats what the official forms print (table labels, titles of the parts, notes), so these sentences are left out
on both sides: what is compared is what the writers wrote. Fingerprints alone decide, without reading a text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipelines import vocabulary
from pipelines.fingerprint import bands_of, hash_of, overlap, sentence_count, sentences
from pipelines.model import Evidence, Issue
from pipelines.script import fold, simplify
from pipelines.stored.differences import text_sentences
from pipelines.tabular.forms import printed_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.stored.arrangement import Known

LOOK_ALIKE = 0.8
"""Share of the shorter text's sentences from which two different reports are nearly the same words; offices that write from one
template stay well below it."""
LOOK_ALIKE_SENTENCES = 8
"""Fewest sentences for a likeness to mean something."""

_NUMERALS = ("", *"一二三四五六七八九")


@cache
def form_sentences() -> frozenset[str]:
    """What the forms print, as `fingerprint.sentences` gives it."""
    titles = [number + title for title in vocabulary.toml("sections.toml")["official_titles"] for number in _NUMERALS]
    printed = (simplify(fold(words)) for words in (*printed_words(), *titles))
    return frozenset(sentence for words in printed for sentence in sentences(words))


def bands(fingerprint: str) -> list[int]:
    """The keys under which a text that is alike is found."""
    return bands_of(fingerprint, _form_hashes())


def are_alike(one: str, other: str) -> bool:
    """Whether two fingerprints show nearly the same words, and enough of them."""
    fewest = min(sentence_count(one, _form_hashes()), sentence_count(other, _form_hashes()))
    return fewest >= LOOK_ALIKE_SENTENCES and overlap(one, other, _form_hashes()) >= LOOK_ALIKE


def finding(known: Known, twins: Iterable[Known]) -> Issue:
    """What an edition has in common with the page that it looks like: the versions of that page are given."""

    def likeness(other: Known) -> tuple[float, bool, str, str]:
        return overlap(known.fingerprint, other.fingerprint, _form_hashes()), other.current, other.first_seen, other.content

    twin = max(twins, key=likeness)
    theirs = set(text_sentences(twin.report)) - form_sentences()
    same = [sentence for sentence in text_sentences(known.report) if sentence in theirs]
    share = overlap(known.fingerprint, twin.fingerprint, _form_hashes())
    body = twin.report.reporting_body
    whose = f"the report of {body.name} for {twin.report.report_year}" if body else f"“{twin.report.title}”"
    message = f"{share:.0%} of this report's sentences, those of the official form aside, also stand in {whose}: {twin.url}."
    longest = max(same, key=len, default=known.report.title or "")
    return Issue("look_alike", "warning", message, [Evidence(round(share, 2), "body", longest), _other_side(twin, longest)])


def _other_side(twin: Known, sentence: str) -> Evidence:
    return Evidence(twin.url, "other_page", f"{twin.report.title or twin.url}: {sentence}")


@cache
def _form_hashes() -> frozenset[int]:
    return frozenset(map(hash_of, form_sentences()))
