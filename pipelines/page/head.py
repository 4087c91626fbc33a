"""What a page says around the report: its title, its dates, the catalogue's fields, the breadcrumb."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines import address
from pipelines.dates import ReadDate, damaged_at, find_dates, first_date, free_date
from pipelines.draft import Draft
from pipelines.model import DateFound, Evidence
from pipelines.page.embedded import date_in_scripts
from pipelines.page.furniture import is_breadcrumb
from pipelines.page.metadata import public, read_grid, read_line
from pipelines.page.region import View
from pipelines.page.title import bare, candidates, key, names_document, own_parts, without_room
from pipelines.script import fold

_BLANK = r"[\s\[\](){}【】<>,;|/·•]*"
_AROUND = re.compile(
    rf"{_BLANK}(?:(?:星期|周)[一二三四五六日天])?{_BLANK}(?:\d\d?:\d\d?(?::\d\d?)?)?(?:\.\d{{1,6}})?(?:Z|[+-]\d\d:?\d\d)?"
    rf"(?:公布|发布|印发)?{_BLANK}"
)
"""What may stand around a date that is a line of its own."""
_BODY = re.compile(r"[\u4e00-\u9fff]{1,30}(?:[局厅委办处站会镇乡府院校室网报]|中心|街道)")
_DATE_WORDS = re.compile(r"时间|日期|发布|发表|公布\s*[:于]|更新|来源|来自|作者|浏览|点击|阅读|编辑|字号|字体")
_ENGLISH_LABEL = re.compile(r"(?:date|time|posted)\b", re.I)
_SAYS_PUBLISHED = re.compile(r"(?<!原)(?:发[布表稿]|公布)\s*(?:日期|时间)?\s*[:于]?\s*$")
_CLOCK = re.compile(r"\d\d\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d{2}")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*(?:星期.|周.)?")
_ABOVE = 12
"""How many pieces above the title a newspaper's day is looked for."""
_PUBLISHED = re.compile(r"[\[(【]?\s*(?:发[布表]|更新|编辑于|(?:来自\S{2,10}客户端\s*)?\d+\s*楼)")
_PATH_DATE = re.compile(r"/t?(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:_|/|\b)")
_META_DATES = ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "datepublished", "maketime")
_DATE_FIELDS = {"published_date", "created_date"}
_LABEL = 10
"""How long a line that is only a label may be."""
_DATE_LINES = 15
"""How many pieces before the report's words are searched for a date line where the title is not printed."""
_OPENING = 12
"""Within how many characters the first one that counts of a printed title stands: brackets and blanks may come before it."""
_CLOSING = 8
"""How many of the article's last pieces are searched for a labelled date, where the head has none."""
_LONGEST_DATE_LINE = 120
_TO_THE_DAY = len("2014-03-20")
_BEHIND = 12
"""How many pieces behind the article are searched for catalogue fields: some templates put them there."""


def read_head(draft: Draft, view: View) -> int:
    """Sets title, dates, metadata and breadcrumb; returns the last piece of the head that prints the title, or -1."""
    draft.meta, draft.page_title = view.page.meta, view.page.title
    fields = _fields(draft, view)
    _choose_title(draft, view, fields)
    printed = printings(view, draft.report.title or "")
    _choose_date(draft, view, fields, printed[0] if printed else max(view.body - _DATE_LINES, 0))
    return printed[-1] if printed else -1


def printings(view: View, title: str) -> list[int]:
    """The pieces before the report's words that print a title, in one line or up to three (then the last), or with column and
    site behind it, as a page saved as text prints its title element."""
    name = key(title)
    if not name:
        return []
    opening, pieces, plain = name[0], view.page.pieces, view.plain
    found = []
    for i in range(view.body):
        text = pieces[i].text
        if opening not in text[:_OPENING] and opening not in plain[i][:_OPENING]:
            continue  # most lines of a menu; their keys would cost more than the rest of the head
        line = key(text)
        if line and (line == name or key(without_room(text)) == name or ("_" in text and name in map(key, own_parts(text)))):
            found.append(i)
        elif line and i + 1 < view.body and name.startswith(two := line + key(pieces[i + 1].text)):
            if two == name:
                found.append(i + 1)
            elif i + 2 < view.body and two + key(pieces[i + 2].text) == name:
                found.append(i + 2)
    return found


def _fields(draft: Draft, view: View) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    behind = range(view.last, min(view.last + _BEHIND, len(view.plain)))
    for i in [*view.head, *behind]:
        if here := _fields_at(view, i):
            fields |= {name: value for name, value in here.items() if fields.get(name) is None}
        if not draft.breadcrumb and is_breadcrumb(view.plain[i]):
            path = re.sub(r"^.*?(?:位置(?:是)?\s*[:>])", "", view.plain[i])
            draft.breadcrumb = [step.strip() for step in re.split(r"\s*(?:>+|»|/|›)\s*", path) if step.strip()]
    sources = draft.meta.get("contentsource", [""])
    if "source" not in fields and sources[0]:
        fields["source"] = sources[0]
    draft.report.metadata = public(fields)
    return fields


def _closing_date(view: View) -> ReadDate | None:
    """The date of a line that says it behind the report's words: 发布于 2014-03-20."""
    own = [i for i in range(view.body, view.last) if i not in view.beside][-_CLOSING:]
    behind = range(view.last, min(view.last + _CLOSING, len(view.plain)))
    for line in (view.plain[i] for i in [*own, *behind] if i not in view.beside):
        if _PUBLISHED.match(line) and (dates := line_dates(line)):
            return dates[0]
    return None


def _fields_at(view: View, at: int) -> dict[str, str | None]:
    """The catalogue fields of a piece; a label of a date or a title that stands alone has its value in the piece below it."""
    piece, plain = view.page.pieces[at], view.plain[at]
    if piece.grid is not None:
        return read_grid(piece.grid)
    found = read_line(plain, piece.text if len(piece.text) == len(plain) else None)
    if found and len(plain) <= _LABEL and at + 1 < len(view.plain):
        below = view.plain[at + 1].strip()
        if found.keys() <= _DATE_FIELDS:
            return dict.fromkeys(found, below) if is_date(below) else found
        if found == {"title": None} and names_document(below) and not read_line(below):
            return {"title": view.page.pieces[at + 1].text}
    return found


def _choose_title(draft: Draft, view: View, fields: dict[str, str | None]) -> None:
    ranked = candidates(view.page, view.plain, view.body, draft.document.lead.hints.anchor, fields.get("title"))
    if ranked:
        draft.report.title = bare(ranked[0].text)
        draft.report.evidence["title"] = [Evidence(c.text, c.where, c.text) for c in ranked[:5]]


def _choose_date(draft: Draft, view: View, fields: dict[str, str | None], start: int) -> None:
    """Sets `published` from the strongest statement, and keeps every other date of the head with what it is: a labelled date,
    a date line under the title, the meta tags, the list that led here."""
    claims: list[tuple[str, str, str]] = []  # value, where, words
    mended: set[str] = set()
    for name in ("published_date", "created_date"):
        words = fields.get(name)
        if not words:
            continue
        found = first_date(fold(words))
        value = found.value if found else _mended(fold(words))
        if value and not found:
            mended.add(words)
        value = value or free_date(fold(words))
        if not value:
            continue
        if name == "created_date":
            draft.report.dates.append(DateFound("composed", value, words, where="metadata"))
        else:
            claims.append((value, "metadata", words))
    for i in range(start, view.body):
        line = view.plain[i]
        if view.page.pieces[i].grid is None and (dates := line_dates(line)):
            known = {claim[0][:10] for claim in claims}
            claims += [(date.value, "title line", line) for date in dates if date.value[:10] not in known]
    if not claims and (closing := _closing_date(view)):
        claims.append((closing.value, "behind the text", closing.raw))
    for name in _META_DATES:
        for words in draft.meta.get(name, ())[:1]:
            if found := first_date(words):
                claims.append((found.value, f"meta {name}", words))
    above = [view.plain[i] for i in range(max(start - _ABOVE, 0), start)] if not claims else []
    in_path = _PATH_DATE.search(address.split(draft.document.lead.url).path)
    path_day = "-".join(in_path.groups()) if in_path else None
    dated = [line for line in above if _is_paper_day(line.strip(), path_day)]
    if len(dated) == 1 and (found := first_date(dated[0])):
        claims.append((found.value, "above the title", dated[0]))
    hints = draft.document.lead.hints
    if hints.listed:
        claims.append((hints.listed, "list", hints.listed))
    if in_path:
        draft.report.dates.append(DateFound("path", path_day, in_path.group(), where="url"))
    if not claims and (in_script := date_in_scripts(view.page.scripts)):
        claims.append((in_script[0], "script", in_script[1]))
    if claims:
        draft.report.published = claims[0][0]
        draft.report.evidence["published"] = [Evidence(value, where, words) for value, where, words in claims]
        draft.report.dates += [
            DateFound("listed" if where == "list" else "published", value, words, words in mended, where=where)
            for value, where, words in claims
        ]


def _mended(words: str) -> str | None:
    """The one date that a damaged one can have been (2009327 10:11), or None."""
    return next((left[0] for *_, left in damaged_at(words) if len(left) == 1), None)


def _is_paper_day(line: str, path_day: str | None) -> bool:
    """Whether a line above the title is a newspaper's day; tools may follow it where the address names the same day."""
    found = _DAY.match(line)
    if not found or found.end() == len(line):
        return found is not None
    day = first_date(found.group())
    return day is not None and day.value == path_day


@lru_cache(maxsize=512)  # several readers of a page's head ask for the same lines
def line_dates(line: str) -> tuple[ReadDate, ...]:
    """The dates of a line of the head that says when the page came out, the one that says it first; none of a sentence
    (统计时间从…起至…止。)."""
    line = line.strip()
    if len(line) > _LONGEST_DATE_LINE or "。" in line:
        return ()
    dates = tuple(find_dates(line))
    if not dates:
        return ()
    labelled = _DATE_WORDS.search(line) or _ENGLISH_LABEL.match(line)
    if not (labelled or _CLOCK.search(line) or _is_alone(line, dates[0], beside_a_body=True)):
        return ()
    return dates if len(dates) == 1 else tuple(sorted(dates, key=lambda d: not _SAYS_PUBLISHED.search(line[: d.start])))


def is_date(line: str) -> bool:
    """Whether a line is a date, to the day, and nothing else."""
    date = first_date(line) if len(line) <= _LONGEST_DATE_LINE else None
    return date is not None and _is_alone(line, date)


def _is_alone(line: str, date: ReadDate, *, beside_a_body: bool = False) -> bool:
    """Whether a line is nothing but its date; or a date and, parted by a blank, the name of a body."""
    before, after = line[: date.start], line[date.end :]
    if len(date.value) < _TO_THE_DAY:
        return False
    if _AROUND.fullmatch(before + after):
        return True
    rest, parted = (after, after[:1].isspace()) if not before else (before, before[-1:].isspace() and not after)
    return beside_a_body and parted and _BODY.fullmatch(rest.strip()) is not None
