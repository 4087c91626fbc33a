"""How the pages of one report stand to each other: a pure function of the set of pages, whatever order they came in.

Identity decides, similarity confirms: only pages of one body and year are compared, and of those only pages that share no words
are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import get_args
from urllib.parse import urlsplit

from pipelines import vocabulary
from pipelines.fingerprint import overlap, same_text, sentence_count
from pipelines.model import Edition, EditionKind, Evidence, Issue, Report, Trust
from pipelines.stored.differences import ChangedNumber, changed_numbers, reworded

SAME_REPORT = 0.35
"""Share of the shorter text's sentences that two pages of one body and year must have in common to be one report; loose, since
re-posts lose paragraphs and keep chrome (on 6,000 documents .35 and .5 both gave precision 1)."""

UNDER_REVIEW = "another page of this body and year has other words"
"""Reason of a page that claims a body and year whose report has other words."""

_TRUST = {trust: rank for rank, trust in enumerate(get_args(Trust))}
_OFFICIAL = _TRUST["government_host"]
_OPENING, _CLOSING = 200, 120


@dataclass(slots=True, eq=False)
class Known:
    """One version of one page that gives a report of a known body and year."""

    url: str
    report: Report
    content: str = ""
    """SHA-256 of the bytes it was read from."""
    first_seen: str = ""
    current: bool = True
    """False for what the page showed before it changed."""
    twin: str | None = None
    """Address of the earliest page of another report with nearly the same words."""
    row: int | None = None
    """Its row in the store; null before it is stored."""

    @property
    def fingerprint(self) -> str:
        return self.report.fingerprint or ""

    @property
    def rank(self) -> int:
        """0 for the most trusted host."""
        return _TRUST[self.report.trust]

    @property
    def official(self) -> bool:
        return self.rank <= _OFFICIAL

    @property
    def empty(self) -> bool:
        """The report is a picture or a file: there are no words to compare."""
        return sentence_count(self.fingerprint) == 0

    @property
    def published(self) -> str:
        """The date that the site gives; a page without one comes after those that have one."""
        return (self.report.published or "9999")[:10]


@dataclass(slots=True)
class Placement:
    """How one version of a page stands to the others of its body and year."""

    edition: Edition | None
    """null: it claims a body and year whose report has other words, and a person must look."""
    issues: list[Issue] = field(default_factory=list)
    leads: bool = False
    """The main edition: what the published record shows."""


@dataclass(slots=True, eq=False)
class _Version:
    """Pages that show the same state of a report."""

    members: list[Known]
    corrects: _Version | None = None

    @property
    def head(self) -> Known:
        """Its best page; the others are copies of it."""
        return min(self.members, key=lambda known: (*_standing(known), *_age(known)))


def arrange(group: Iterable[Known]) -> dict[Known, Placement]:
    """How all versions of all pages of one body and year stand to each other; one of them leads.

    Walks the pages from the oldest on; each joins the version of the report that it is nearest to, or opens a new one if it
    corrects it.
    """
    versions: list[_Version] = []
    placements: dict[Known, Placement] = {}
    addresses: set[str] = set()
    for known in sorted(group, key=_age):
        placement = placements[known] = Placement(None)
        nearest = _nearest(known, versions)
        if nearest is None and versions:
            placement.issues.append(_other_text(known, versions[0].head))
            continue
        if nearest is None:
            versions.append(_Version([known]))
        else:
            version, member = nearest
            changed = changed_numbers(known.report, member.report)
            if _corrects(known, member, version, changed, revised=known.url in addresses):
                versions.append(_Version([known], corrects=version))
            else:
                version.members.append(known)
                if changed:
                    placement.issues.append(_copy_differs(member, changed))
        addresses.add(known.url)
    for version in versions:
        head = version.head
        for known in version.members:
            placement = placements[known]
            placement.edition = Edition("copy", head.url) if known is not head else _head_edition(head, version)
    if versions:
        # Among equals the newest version, which is the last.
        placements[min((version.head for version in reversed(versions)), key=_standing)].leads = True
    return placements


def says_correction(report: Report) -> bool:
    """True when the title or the ends of the text say that the page re-issues a report in corrected form."""
    title, text = _correction_words()
    ends = (report.text[:_OPENING], report.text[-_CLOSING:])
    return bool(title.search(report.title or "")) or any(text.search(end) for end in ends)


# --- order ----------------------------------------------------------------------------------------------------------


def _age(known: Known) -> tuple[bool, bool, bool, str, str, int, str]:
    """Official pages first, oldest first; a page that says it corrects another comes after the page it corrects."""
    corrects = says_correction(known.report)
    return not known.official, known.empty, corrects, known.published, known.first_seen, known.rank, known.url


def _standing(known: Known) -> tuple[bool, bool, int, bool]:
    """Least for the page to believe: official, with words, of high trust, and what its address shows now."""
    return not known.official, known.empty, known.rank, not known.current


# --- likeness -------------------------------------------------------------------------------------------------------


def _nearest(known: Known, versions: Sequence[_Version]) -> tuple[_Version, Known] | None:
    """The version and its page that this one is closest to; null when it shares no words with any."""
    found: tuple[tuple[bool, bool, float], _Version, Known] | None = None
    for version in versions:
        for member in version.members:
            same = same_text(known.fingerprint, member.fingerprint)
            # A picture has no words to disagree with.
            share = 1.0 if known.empty or member.empty else overlap(known.fingerprint, member.fingerprint)
            if share >= SAME_REPORT:
                closeness = (same, same or not changed_numbers(known.report, member.report), share)
                if found is None or closeness > found[0]:
                    found = closeness, version, member
    return None if found is None else found[1:]


def _corrects(known: Known, member: Known, version: _Version, changed: list[ChangedNumber], *, revised: bool) -> bool:
    """The report re-issued by an official site, not merely shown elsewhere.

    Other wording with the same numbers on another host is how sites differ; on the same host somebody edited it.
    """
    if not known.official or known.empty or same_text(known.fingerprint, member.fingerprint):
        return False
    if revised or changed or (says_correction(known.report) and not says_correction(member.report)):
        return True
    return any(reworded(known.report, elder.report) for elder in version.members if _same_site(known, elder))


def _same_site(one: Known, other: Known) -> bool:
    same_host = urlsplit(one.url).hostname == urlsplit(other.url).hostname
    return same_host and one.report.script == other.report.script


def _head_edition(head: Known, version: _Version) -> Edition:
    if version.corrects is not None:
        return Edition("correction", version.corrects.head.url)
    if head.twin is not None:
        return Edition("look_alike", head.twin)
    kind: EditionKind = "correction" if says_correction(head.report) else "new"
    return Edition(kind)


@cache
def _correction_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = vocabulary.toml("corrections.toml")
    return re.compile("|".join(words["title"])), re.compile("|".join(words["text"]))


# --- findings -------------------------------------------------------------------------------------------------------


def _other_text(known: Known, head: Known) -> Issue:
    message = (
        f"{head.url} also holds a report of this body and year, with other words throughout: "
        "one of the two is given to the wrong body or year, or is not the report."
    )
    own = Evidence(known.url, "title", known.report.title or "")
    return Issue("same_key_other_text", "error", message, [own, Evidence(head.url, "other_page", head.report.title or "")])


def _copy_differs(original: Known, changed: list[ChangedNumber]) -> Issue:
    ours, theirs = changed[0]
    message = f"This copy of {original.url} gives other numbers: “{ours.words}” here, “{theirs.words}” there."
    sides: list[Evidence] = []
    for pair in changed:
        sides += (pair.ours, replace(pair.theirs, where="other_page", start=None, end=None))
    return Issue("copy_differs", "warning", message, sides)
