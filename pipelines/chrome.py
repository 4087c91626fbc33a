"""Page -> the report's own blocks, title, dates, metadata, and what was cut and why."""

from __future__ import annotations

import re

from pipelines import address
from pipelines.dates import find_dates, first_date, free_date
from pipelines.furniture import ends_article, furniture, is_breadcrumb
from pipelines.metadata import public, read_grid, read_line
from pipelines.model import Attachment, Block, BlockKind, Cut, DateFound, Draft, Evidence
from pipelines.page import Page, Piece, read_html, read_lines
from pipelines.region import article
from pipelines.script import convert, fold, script_of, set_plain
from pipelines.tables import fold_flat_tables
from pipelines.title import candidates, key

_SENTENCE = re.compile("[，。；、,;。]")
_HEADING_NUMBER = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、.\s]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]部分"
)
_DATE_LINE = re.compile(r"[\[(【]?\s*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])】]?$")
_PATH_DATE = re.compile(r"/t?(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:_|/|\b)")
_ITEM_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|[\[(]?\d{1,2}-\d{1,2}[\])]?$")
_PAGINATION = re.compile("下一?页.{0,9}(?:尾页|末页)|首页.{0,30}下一?页|共\\s*\\d+\\s*[页条]")
_PROSE_LENGTH = 40


def strip_chrome(draft: Draft) -> None:
    """Sets the blocks and the text of the report and everything that the page says around it."""
    hints = draft.document.lead.hints
    page = read_html(draft.markup, hints.content) if draft.is_html else read_lines(draft.markup)
    draft.meta, draft.page_title = page.meta, page.title
    hant = script_of("".join(p.text for p in page.pieces[:400])) == "hant"
    plain = [fold(convert(p.text) if hant else p.text) for p in page.pieces]
    first, last, why = article(page, plain) if draft.is_html else (0, len(page.pieces), "plain text")
    body = _first_prose(page, plain, first, last)
    fields = _read_head(draft, page, plain, body, last)
    title_at = _choose_title(draft, page, plain, body, fields)
    _choose_date(draft, page, plain, fields, title_at, body)
    start = max(first, title_at + 1)
    keep = _kept(draft, page, plain, (start, body, last))
    draft.cut.insert(0, Cut(f"{len(page.pieces)} pieces, {first}-{last} hold the article", why))
    _attach(draft, page, first, last)
    draft.link_share = sum(p.links for p in page.pieces) / max(sum(len(p.text) for p in page.pieces), 1)
    draft.paginated = any(len(line) < 60 and _PAGINATION.search(line) for line in plain)
    draft.listed_items = sum(_is_listed(page.pieces[i], plain, i, draft.paginated) for i in range(len(plain)))
    blocks = fold_flat_tables([_block(page.pieces[i]) for i in keep])
    at = 0
    for block in blocks:
        block.start, block.end = at, at + len(block.text)
        at = block.end + 1
    draft.blocks = blocks
    draft.report.text = "\n".join(block.text for block in blocks)
    set_plain(draft)


def _first_prose(page: Page, plain: list[str], first: int, last: int) -> int:
    """The first piece of the report's own words: a sentence, a numbered heading or a table that is not the catalogue's."""
    for i in range(first, last):
        piece, line = page.pieces[i], plain[i]
        if piece.grid is not None:
            if not read_grid(piece.grid) and len(piece.text) > 40:
                return i
            continue
        if furniture(line) or read_line(line) or piece.links * 2 > len(line):
            continue
        if len(line) >= _PROSE_LENGTH and _SENTENCE.search(line):
            return i
        if _HEADING_NUMBER.match(line) and len(line) < _PROSE_LENGTH:
            return i
    return min(first + 1, last)


def _read_head(draft: Draft, page: Page, plain: list[str], body: int, last: int) -> dict[str, str | None]:
    """The catalogue's fields and the breadcrumb, from what stands before the report's words (and, for fields, behind them)."""
    fields: dict[str, str | None] = {}
    for i in [*range(max(0, body - 80), body), *range(last, min(last + 12, len(page.pieces)))]:
        piece = page.pieces[i]
        # Values keep the page's own characters where the matching form stands at the same places.
        line = piece.text if len(piece.text) == len(plain[i]) else plain[i]
        found = read_grid(piece.grid) if piece.grid is not None else read_line(line)
        for name, value in found.items():
            if fields.get(name) is None:
                fields[name] = value
        if not draft.breadcrumb and is_breadcrumb(plain[i]):
            draft.breadcrumb = _breadcrumb(page, plain, i)
    if "contentsource" in page.meta and "source" not in fields and page.meta["contentsource"][0]:
        fields["source"] = page.meta["contentsource"][0]
    draft.report.metadata = public(fields)
    return fields


def _breadcrumb(page: Page, plain: list[str], at: int) -> list[str]:
    line = re.sub(r"^.*?(?:位置(?:是)?\s*[:>])", "", plain[at])
    return [step.strip() for step in re.split(r"\s*(?:>+|»|/|›)\s*", line) if step.strip()]


def _choose_title(draft: Draft, page: Page, plain: list[str], body: int, fields: dict[str, str | None]) -> int:
    """Sets the title with its evidence; returns the last piece before the report's words that prints it, or -1."""
    hints = draft.document.lead.hints
    ranked = candidates(page, plain, body, hints.anchor, fields.get("title"))
    if not ranked:
        return -1
    best = ranked[0]
    draft.report.title = best.text.strip().rstrip("。")
    draft.report.evidence["title"] = [Evidence(c.text, c.where, c.text) for c in ranked[:5]]
    name = key(draft.report.title)
    printed = -1
    for i in range(body):
        line = key(page.pieces[i].text)
        if line == name or (i + 1 < body and line and line + key(page.pieces[i + 1].text) == name):
            printed = i if line == name else i + 1
    return printed


def _choose_date(draft: Draft, page: Page, plain: list[str], fields: dict[str, str | None], title_at: int, body: int) -> None:
    """Sets `published` from the strongest statement, keeps every other date of the page's head with what it is."""
    claims: list[tuple[str, str, str]] = []  # value, where, words
    for name, where in (("published_date", "metadata"), ("created_date", "composed")):
        words = fields.get(name)
        if not words:
            continue
        found = first_date(fold(words))
        value = found.value if found else free_date(fold(words))
        if value and where == "composed":
            draft.report.dates.append(DateFound("composed", value, words, where="metadata"))
        elif value:
            claims.append((value, where, words))
    for i in range(max(title_at, 0), body):
        line = plain[i]
        for date in find_dates(line) if page.pieces[i].grid is None and len(line) <= 120 else ():
            if not any(date.value[:10] == claim[0][:10] for claim in claims) and _is_date_line(line):
                claims.append((date.value, "title line", line))
    for name in ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "maketime"):
        for words in page.meta.get(name, ())[:1]:
            found = first_date(words)
            if found:
                claims.append((found.value, f"meta {name}", words))
    hints = draft.document.lead.hints
    if hints.listed:
        claims.append((hints.listed, "list", hints.listed))
    in_path = _PATH_DATE.search(address.split(draft.document.lead.url).path)
    if in_path:
        path_date = "-".join(in_path.groups())
        draft.report.dates.append(DateFound("path", path_date, in_path.group(), where="url"))
    if claims:
        draft.report.published = claims[0][0]
        draft.report.evidence["published"] = [Evidence(value, where, words) for value, where, words in claims]
        draft.report.dates += [
            DateFound("listed" if where == "list" else "published", value, words, where=where) for value, where, words in claims
        ]


def _is_listed(piece: Piece, plain: list[str], at: int, paginated: bool) -> bool:
    """Whether a piece is an item of a list page: a link of some length with its date, in it or alone beside it; on a page that
    has further pages, any link as long as a title."""
    line = plain[at]
    if piece.grid is not None or piece.links < 10 or piece.links * 3 <= len(line) or len(line) > 120:
        return False
    if paginated and len(line) >= 14:
        return True
    beside = plain[at + 1] if at + 1 < len(plain) else ""
    return _ITEM_DATE.search(line) is not None or _DATE_LINE.match(beside) is not None


def _is_date_line(line: str) -> bool:
    return bool(_DATE_LINE.match(line.strip())) or bool(
        re.search(r"(?:时间|日期|发布|更新|来源|作者|浏览|点击|编辑|字号|字体)", line)
    )


def _kept(draft: Draft, page: Page, plain: list[str], bounds: tuple[int, int, int]) -> list[int]:
    """The pieces that are the report's. Before the first prose only lines that nothing marks as the site's stay; after the last
    one everything from the first line that opens the site's own tail goes."""
    start, body, last = bounds
    pieces = page.pieces
    for i in range(start):
        draft.cut.append(Cut(pieces[i].text, furniture(plain[i]) or "before the article"))
    stop = _tail(page, plain, body, last)
    keep: list[int] = []
    names = {key(draft.report.title or "")}
    for i in range(start, stop):
        piece, line = pieces[i], plain[i]
        why = furniture(line)
        if why is None and i < body:
            if piece.grid is not None:
                why = "catalogue table" if read_grid(piece.grid) else None
            elif read_line(line) or _DATE_LINE.match(line.strip()):
                why = "metadata line"
            elif key(line) in names:
                why = "title"
        if why is None and piece.grid is None and piece.links * 10 >= len(piece.text) * 8 and not _HEADING_NUMBER.match(line):
            why = "link"
        if why is None and piece.grid is not None and piece.links * 2 > len(piece.text):
            why = "table of links"
        if why:
            draft.cut.append(Cut(piece.text, why))
        else:
            keep.append(i)
    draft.cut += [Cut(pieces[i].text, furniture(plain[i]) or "after the article") for i in range(stop, len(pieces))]
    return keep


def _tail(page: Page, plain: list[str], body: int, last: int) -> int:
    """Where the site's tail begins: at the first line that opens one with no more behind it than the site's notices."""
    prose = [len(line) if _SENTENCE.search(line) and len(line) >= _PROSE_LENGTH else 0 for line in plain[body:last]]
    tables = [len(p.text) if p.grid is not None else 0 for p in page.pieces[body:last]]
    behind = sum(prose) + sum(tables)
    total = behind
    for i in range(body, last):
        if ends_article(plain[i]) and behind * 4 <= total and i > body:
            return _trim(page, plain, body, i)
        behind -= prose[i - body] + tables[i - body]
    return _trim(page, plain, body, last)


def _trim(page: Page, plain: list[str], body: int, stop: int) -> int:
    """Moves the end forward over furniture and links that stand last."""
    while stop > body + 1:
        piece, line = page.pieces[stop - 1], plain[stop - 1]
        if piece.grid is None and (furniture(line) or read_line(line) or piece.links * 2 > len(piece.text)):
            stop -= 1
            continue
        break
    return stop


def _attach(draft: Draft, page: Page, first: int, last: int) -> None:
    """The files that the article or the lines just behind it link to."""
    base = draft.document.lead.url
    for link in page.files:
        if first - 5 <= link.piece <= last + 8:
            url = address.absolute(base, link.href)
            if url and all(url != known.url for known in draft.report.attachments):
                draft.report.attachments.append(Attachment(url, link.name or url.rsplit("/", 1)[-1]))


def _block(piece: Piece) -> Block:
    kind: BlockKind = "table" if piece.grid is not None else "heading" if piece.heading else "paragraph"
    if piece.is_item and kind == "paragraph":
        kind = "list_item"
    return Block(kind, piece.text, piece.grid, piece.bold, piece.align)
