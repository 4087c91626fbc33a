"""The title of a page, chosen among everything that claims to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.page.furniture import furniture
from pipelines.page.metadata import read_line
from pipelines.page.pieces import Page, Piece, tidy
from pipelines.script import fold, simplify
from pipelines.vocabulary import ZERO

_REPORT = re.compile("(?:报告|年报|公报|总结|通知|通告|指南|解读|办法|制度|统计表|公告|意见|方案)")
_ANNUAL = re.compile(r"(?:年度?|\d{2})(?:.{0,40})(?:报告|年报)")
_SITE = re.compile(r"(?:网站?|门户|首页|平台|人民政府|频道|在线|委员会|政务公开|信息公开(?:目录|网|专栏)?|年报|年度报告)$")
_SITE_NAME = re.compile(r"(?:网站?|首页|平台|频道|人民政府|委员会|[局厅]|办公室|[日晚早时]报|数字报刊?|电子[报版])$")
_SITE_BEFORE = re.compile(r"^(?:\S{2,24}(?:网站?|门户|首页|平台)\s+)+(?=\S{6})")
_NAMED = re.compile("(?:报告|年报|公报|总结|报表|统计表)$")
_YEAR_END = re.compile(r"\d\d\d\d年度?$")
# A dash between digits joins years: 2008-2012年.
_SEPARATOR = re.compile(r"[-_|>»·](?:(?<!\d-)|(?!\d))")
_TAG = re.compile(r"<[^>]{1,80}>|&[a-z]{2,6};")
_HEADLESS = re.compile(r"(?:政府|政务)?信息公开|年度|工作")
_UNFINISHED = (*"年府局委会办厅县市区镇乡", "关于")
_YEAR = re.compile(rf"\d{{4}}|[{ZERO}一二三四五六七八九]{{4}}")
_NOBODYS = re.compile(rf"\W*(?:(?:{_YEAR.pattern})\s*年?+度?+\W*)?(?:(?:政府|政务)?(?:信息)?公开|年度|工作)")
"""How a title begins that does not say whose report it is."""
_WORDS = re.compile("(?:[\u4e00-\u9fff][^\u4e00-\u9fff]*){4}")
"""Four Han characters: what has fewer is no title."""
_MENU = re.compile(r"\s*[^\s\d]{2,8}(?:\s+[^\s\d]{2,8}){3,}\s*")
_GOES_ON = ("。", ";", ",", ":")
_FIRST_LINES = 3
_ROOM = re.compile(r"^\s*[\[【][^\[\]【】]{1,8}[\]】]\s*|\s*【[^【】]{1,10}】\s*$")
"""What forums put around a title: the kind of post before it, the room's name behind it."""
_NO_KEY = re.compile(r"[\s。.·•、,:;()\[\]《》“”\"'-]+")
_ENDING = re.compile(r"(?<=[\u4e00-\u9fff》])(?:\s*\.(?:docx?|pdf|wps|rtf|txt|html?)|\s*new!?)$", re.I)
_KEY_ENDING = re.compile(r"(?<=[\u4e00-\u9fff])(?:docx?|pdf|wps|rtf|txt|html?|new!?)$", re.I)
"""How the names of files end, and titles that a list marks as new; the same in a key, which has no dots."""
_BRACKETED = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_BODY = re.compile(r"[\u4e00-\u9fff]{2,28}(?:政府|委员会|办公室|办公厅|办事处|街道|中心|[局厅委部院省市县区旗镇乡])")
_LONGEST = 120
_LAST_LINE = 30
"""How long the second and the third line of a title are at most."""
_LINKED = 8
"""A line of so many linked characters is an item of a list with its date and clicks, and names another page."""
_ABOUT = 6
"""How many characters longer or shorter two printings of a title are at most."""
_COLUMN_NAME = 6
"""A title element of so few characters names a column: 政务信息, 正文显示."""


@dataclass(slots=True)
class Candidate:
    """A string that may be the title, where it stands, and how much speaks for it."""

    text: str
    where: str
    weight: float


@lru_cache(maxsize=1024)  # asked again and again for the claims of one page
def key(text: str) -> str:
    """What two printings of one title have in common."""
    name = _NO_KEY.sub("", fold(text))
    return _KEY_ENDING.sub("", name) if name[-1:].isascii() else name


def bare(title: str) -> str:
    """A title without what is put around a whole one: brackets, the ending of a file's name, a mark of news."""
    title = _ENDING.sub("", title.strip().rstrip("。"))
    bracketed = _BRACKETED.fullmatch(title)
    return bracketed[1] if bracketed else title


def of_another_year(text: str, title: str) -> bool:
    """Whether a text is a title save for its year."""
    if abs(len(text) - len(title)) > _ABOUT or not (years := _YEAR.findall(fold(title))):
        return False
    others = _YEAR.findall(fold(text))
    if not others or others == years:
        return False
    own, other = _YEAR.sub("", key(title)), _YEAR.sub("", key(text))
    return own.endswith(other) or other.endswith(own)  # one of them may name the county before the town


def without_room(text: str) -> str:
    """A printed title without the kind of post and the room that forums put around it."""
    return _ROOM.sub("", text) if "[" in text or "【" in text else text


def names_document(line: str) -> bool:
    """Whether a folded, simplified line may be a title's value: words that name a kind of document, and no sentence."""
    return len(line) <= _LONGEST and "。" not in line and _WORDS.search(line) is not None and _REPORT.search(line) is not None


def candidates(page: Page, plain: list[str], head_end: int, anchor: str | None, catalogue: str | None) -> list[Candidate]:
    """Every claim, best first. `head_end` is the first piece of prose: titles stand before it."""
    found = [Candidate(tidy(_TAG.sub(" ", text)), "meta", 5) for text in page.meta.get("articletitle", ()) if text]
    if catalogue:
        found.append(Candidate(catalogue, "metadata", 3))
    if anchor:
        found.append(Candidate(tidy(anchor), "list", 3))
    element = page.title or _saved_title(plain)
    found += [Candidate(part, "title element", 3 - 0.1 * i) for i, part in enumerate(own_parts(element))]
    first = max(0, head_end - 60)
    for i in range(first, head_end):
        piece = page.pieces[i]
        size = len(piece.text)
        if piece.grid is not None or not 4 <= size <= _LONGEST or piece.links * 2 > size:
            continue
        if piece.links >= _LINKED and not piece.heading:
            continue
        line = plain[i]
        if not _WORDS.search(line) or _MENU.fullmatch(line) or furniture(line) or read_line(line):
            continue
        weight = 1.0 - 0.02 * (head_end - i)
        weight += {1: 3.0, 2: 2.0, 3: 1.5}.get(piece.heading, 0.8 if piece.bold else 0.0)
        weight += 0.7 if piece.align == "center" else 0.0
        if line.rstrip().endswith(("。", ";", ",", ":", "?", "!")) and not piece.heading:
            weight -= 1.5
        if i + 1 < head_end and (rest := _rest_of_title(page.pieces, plain, i, head_end)):
            found.append(Candidate(piece.text + rest, "title", weight + 0.6))
        found.append(Candidate(piece.text, "title", weight))
    return sorted(_agreed(found), key=lambda c: -c.weight)


@lru_cache(maxsize=256)  # several readers of a page ask for its title's
def own_parts(title: str) -> tuple[str, ...]:
    """The <title> element without the names of site and column around it."""
    parts = [_SITE_BEFORE.sub("", part) for part in map(str.strip, _SEPARATOR.split(title)) if part]
    own = [part for part in parts if not _SITE.search(part) or (_YEAR.search(part) and _ANNUAL.search(part))]
    return ((title,) if len(parts) > 1 and len(title) <= 60 and not own else ()) + tuple(own or parts[:1])


def _saved_title(plain: list[str]) -> str:
    """The title element that a page saved as text prints among its first lines: 标题_栏目_网站."""
    return next((line for line in plain[:_FIRST_LINES] if "_" in line and len(line) <= _LONGEST and _ANNUAL.search(line)), "")


def is_site_name(text: str) -> bool:
    """Whether a title is that of a site and no page's."""
    return _SITE_NAME.search(fold(simplify(text))) is not None


def _rest_of_title(pieces: list[Piece], plain: list[str], at: int, end: int) -> str:
    """The second line of a title that is broken over two, or the second and third of one over three; empty for others."""
    piece, following = pieces[at], pieces[at + 1]
    if not (_same_heading(piece, following) or _continues(piece, plain[at], following, plain[at + 1])):
        return ""
    if at + 2 < end and not _NAMED.search(plain[at + 1]):
        last, line = pieces[at + 2], plain[at + 2]
        if last.align == following.align and _HEADLESS.match(line) and _NAMED.search(line) and len(line) <= _LAST_LINE:
            return following.text + last.text
    return following.text


def _same_heading(piece: Piece, following: Piece) -> bool:
    """Whether two lines are of one heading element of the highest levels."""
    return 0 < piece.heading <= 2 and piece.heading == following.heading and piece.box == following.box


def _continues(piece: Piece, line: str, following: Piece, next_line: str) -> bool:
    """Whether a title is broken over two lines: the report words stand in the second, place or year in the first."""
    if piece.align != following.align or len(next_line) > _LAST_LINE:
        return False
    if _YEAR_END.search(line) and len(line) <= 40 and _NAMED.search(next_line):
        return True
    if _YEAR.match(next_line) and _BODY.fullmatch(line):  # a cover
        set_off = piece.align == "center" or (piece.bold and following.bold) or (piece.heading and following.heading)
        return bool(set_off) and (_NAMED.search(next_line) or _YEAR_END.search(next_line)) is not None
    if not _HEADLESS.match(next_line):
        return False
    return len(line) <= 40 and line.endswith(_UNFINISHED) and not _ANNUAL.search(line)


def _agreed(found: list[Candidate]) -> list[Candidate]:
    """One candidate per wording, with the weight of all that say the same, and what its words say for it."""
    merged: dict[str, Candidate] = {}
    names = {key(candidate.text) for candidate in found}
    for candidate in found:
        own = without_room(candidate.text)
        candidate.text = own if own is not candidate.text and key(own) in names else candidate.text
        name = key(candidate.text)
        if len(name) < 4 or len(candidate.text) > _LONGEST:
            continue
        if name in merged:
            merged[name].weight += candidate.weight * 0.6
            if candidate.where == "title":
                merged[name].text, merged[name].where = candidate.text, "title"
        else:
            merged[name] = candidate
    vague: list[Candidate] = []
    whose: dict[str, bool] = {}  # printed titles that say whose report it is, and whether they say of which year
    for name, candidate in merged.items():
        plain = fold(simplify(candidate.text))
        annual = "报" in plain and _ANNUAL.search(plain) is not None
        candidate.weight += 1.0 if annual else 0.4 if _REPORT.search(plain) else 0.0
        dated = _YEAR.search(plain) is not None
        headless = _HEADLESS.match(plain) is not None and not dated
        if headless:
            candidate.weight -= 1.0  # the second line of a title whose first one names place and year
        if candidate.where == "title" and annual and not headless:
            # <title> puts the site's name before it; what the page prints is the title.
            longer = [
                other.weight for text, other in merged.items() if other.where != "title" and name in text and name != text
            ]
            candidate.weight += max(longer, default=0.0)
        somebodys = annual and "公开" in plain and not _NOBODYS.match(plain)
        if candidate.where == "title element":
            vague += [] if dated and somebodys else [candidate]
            candidate.weight -= 1.0 if len(name) <= _COLUMN_NAME else 0.0
        elif somebodys and candidate.where != "list" and not plain.rstrip().endswith(_GOES_ON):
            whose[name] = dated
        if _SITE_NAME.search(plain):
            candidate.weight -= 2.3
    named = any(whose.values())
    for candidate in vague if whose else ():
        if named or any(name.endswith(key(candidate.text)) for name in whose):
            candidate.weight -= 2.5  # it names a column or a system, where the page prints whose report it is
    return list(merged.values())
