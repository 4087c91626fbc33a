"""Places that a page shows by other things than a name: its host and path in pinyin, telephone area codes, postcodes.

They support a name and complete one; none of them names a body. The tables are made by `vocabulary/build/signs.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from pipelines import address, vocabulary
from pipelines.draft import Draft
from pipelines.identity.divisions import Division, gazetteer
from pipelines.model import Evidence

_KINDS = ("xian", "shi", "qu", "zhou", "qi", "sheng")
_WORDS = frozenset("gongan dongtai xinxing xinhua minzhu heping jiefang tongdao zhengyang jianli".split())
"""Pinyin of counties that is that of a police bureau, of news and other words: a place only directly before gov.cn."""
_SEGMENT = re.compile(r"[a-z]{4,}")
# A pattern that begins with known characters is searched for ten times faster than one that begins by looking back.
_PHONE = re.compile(r"(?:\((?<!\d\()0|0(?<!\d0))(?P<code>10|2\d|[3-9]\d\d)\s*\)?\s*[-—－–]?\s*[2-8]\d{6,7}(?!\d)")
_POSTCODE = re.compile(r"邮(?:政编码|政编号|编)\s*[:为是]?\s*(?P<code>\d{6})(?!\d)")
_READ = 3000


@dataclass(frozen=True, slots=True)
class Sign:
    """The divisions that one sign can mean, as of today for numbers, and what the page shows."""

    where: str
    """host, path, phone, postcode"""
    words: str
    divisions: tuple[Division, ...]
    start: int | None = None
    end: int | None = None

    def evidence(self) -> Evidence:
        """The sign as evidence for its place."""
        return Evidence("、".join(division.name for division in self.divisions), self.where, self.words, self.start, self.end)


def signs(draft: Draft, year: int | None) -> list[Sign]:
    """Every sign of a place on a page."""
    return [*in_address(draft.document.lead.url, year), *_numbers(draft)]


def in_address(url: str | None, year: int | None) -> list[Sign]:
    """The places whose pinyin is a label of a government host, or a folder of the path.

    Initials (lsz for 凉山州) are left alone: two letters fit dozens of places, and sites use them for offices too.
    """
    host = address.host(url)
    if not host.endswith(".gov.cn"):
        return []
    found = []
    labels = host.removesuffix(".gov.cn").split(".")
    for at, label in enumerate(reversed(labels)):
        if (at == 0 or label not in _WORDS) and (divisions := _read_as(label, year)):
            found.append(Sign("host", host, divisions))
            break
    for segment in address.split(url).path.lower().split("/")[1:-1]:
        if _SEGMENT.fullmatch(segment) and segment not in _WORDS and (divisions := _read_as(segment, year)):
            found.append(Sign("path", f"/{segment}/", divisions))
            break
    return found


def _read_as(pinyin: str, year: int | None) -> tuple[Division, ...]:
    table = _hosts()
    names = table.get(pinyin) or next((table.get(pinyin.removesuffix(k), "") for k in _KINDS if pinyin.endswith(k)), "")
    places = gazetteer()
    return tuple(division for name in names.split() for division in places.named(name, year) if division.level != "township")


def _numbers(draft: Draft) -> list[Sign]:
    found = []
    for where, pattern, table in (("phone", _PHONE, _contacts()[0]), ("postcode", _POSTCODE, _contacts()[1])):
        for match in pattern.finditer(draft.plain, 0, _READ):
            code = "0" + match["code"] if where == "phone" else match["code"][:3]
            if codes := table.get(code):
                start, end = draft.place(*match.span())
                divisions = tuple(division for code in codes if (division := gazetteer().at(code)))
                found.append(Sign(where, draft.report.text[start:end], divisions, start, end))
                break
    return found


@cache
def _hosts() -> dict[str, str]:
    """Names, space-separated, by pinyin."""
    lines = (vocabulary.FOLDER / "division_hosts.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@cache
def _contacts() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Codes of divisions by area code, and by the first three digits of their postcodes: those are a prefecture's."""
    by_phone, by_post = defaultdict(list), defaultdict(list)
    for line in (vocabulary.FOLDER / "division_contacts.tsv").read_text(encoding="utf-8").splitlines():
        code, area_code, postcode = line.split("\t")
        by_phone[area_code].append(code)
        by_post[postcode[:3]].append(code)
    return by_phone, by_post
