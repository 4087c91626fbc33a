"""Page -> the report's own blocks, and what was cut and why.

The head of the page (title, dates, catalogue) is read by `head`, the place of the article found by `region`. Pages that
continue the first one add their blocks to it.
"""

from __future__ import annotations

from pipelines import address
from pipelines.attachments import announced_title, place_annexes, read_annexes, read_attached, read_lead
from pipelines.decode import is_html, text_of
from pipelines.draft import Block, BlockKind, Cut, Draft
from pipelines.model import Attachment, Capture, Evidence
from pipelines.page.beside import HEADING_NUMBER
from pipelines.page.encyclopedia import encyclopedia
from pipelines.page.furniture import ends_article, furniture
from pipelines.page.head import line_dates, printings, read_head
from pipelines.page.metadata import read_grid, read_line
from pipelines.page.pieces import Piece
from pipelines.page.region import View, is_sentence, is_site_table, view_of, view_of_file
from pipelines.page.title import candidates, key, of_another_year
from pipelines.script import set_plain
from pipelines.tables import fold_flat_tables

_UNDER_TITLE = 12
"""How many pieces below the title its date line is looked for."""


def strip_chrome(draft: Draft) -> None:
    """Sets the blocks and the text of the report and everything that the page says around it."""
    view = _view(draft)
    if view is None:
        return
    draft.view = view
    title_at = read_head(draft, view)
    draft.cut.append(Cut(f"{len(view.plain)} pieces, {view.first}-{view.last} hold the article", view.why))
    draft.frames = view.page.frames
    _attach(draft, view)
    blocks = [_block(piece) for piece in _kept(draft, view, title_at)]
    for capture in draft.document.continuations:
        blocks += _continued(draft, capture)
    blocks = _attached(draft, blocks)
    draft.blocks = fold_flat_tables(blocks)
    at = 0
    for block in draft.blocks:
        block.start, block.end = at, at + len(block.text)
        at = block.end + 1
    place_annexes(draft)
    draft.report.text = "\n".join(block.text for block in draft.blocks)
    set_plain(draft)


def _view(draft: Draft) -> View | None:
    """The page taken apart, or the file; None for a file that cannot be read."""
    if draft.media is None:
        return view_of(draft.markup, is_html=draft.is_html, selector=draft.document.lead.hints.content)
    blocks = read_lead(draft)
    return view_of_file(blocks) if blocks is not None else None


def _attached(draft: Draft, own: list[Block]) -> list[Block]:
    """The page's own blocks, or those of the file that holds its report; the file's title is the report's where the page's
    names none."""
    blocks = read_attached(draft, own)
    if blocks is None:
        return read_annexes(draft, own)
    draft.cut += [Cut(block.text, "the page's words beside the file that holds the report") for block in own]
    view = view_of_file(blocks)
    title = announced_title([c.text for c in candidates(view.page, view.plain, view.body, None, None)])
    if title:
        claims = draft.report.evidence.setdefault("title", [])
        claims.append(Evidence(title, "attachment", title))
        if not draft.report.title or not announced_title([draft.report.title]):
            draft.report.title = title
            claims.insert(0, claims.pop())
    printed = printings(view, title or draft.report.title or "")
    return read_annexes(draft, [_block(piece) for piece in _kept(draft, view, printed[-1] if printed else -1)])


def _continued(draft: Draft, capture: Capture) -> list[Block]:
    """The blocks of a page that continues the first one; a page that did not come is an issue, not a silent gap."""
    if capture.status != 200 or not capture.body:
        told = f"The report goes on at {capture.url}, which answered {capture.status or 'nothing'}."
        draft.add_issue("continuation_missing", "error", told, Evidence(capture.status, "url", capture.url or ""))
        return []
    content_type = capture.headers.get("content-type", "")
    markup, _ = text_of(capture.body, content_type)
    view = view_of(markup, is_html=is_html(markup, content_type), selector=draft.document.lead.hints.content)
    _attach(draft, view)
    printed = printings(view, draft.report.title or "")
    return [_block(piece) for piece in _kept(draft, view, printed[-1] if printed else -1)]


def _kept(draft: Draft, view: View, title_at: int) -> list[Piece]:
    """The pieces that are the report's. Before its first prose only lines that nothing marks as the site's stay; behind it
    everything from the first line that opens the site's own tail goes."""
    pieces, plain = view.page.pieces, view.plain
    start, stop = max(view.first, title_at + 1), _tail(view, draft.report.title or "")
    dated = _dated(view, title_at) if title_at >= 0 else -1
    title = key(draft.report.title or "")
    around = encyclopedia(view, start, stop, draft.report.title or "")
    draft.cut += [Cut(pieces[i].text, _site_line(plain[i]) or "before the article") for i in range(min(start, len(pieces)))]
    keep: list[Piece] = []
    for i in range(start, stop):
        piece, line = pieces[i], plain[i]
        why = view.beside.get(i) or around.cut.get(i) or (_why_before_date(piece, line) if i < dated else None)
        why = why or _why_cut(piece, line, title if i < view.body else None)
        if why:
            draft.cut.append(Cut(piece.text, why))
        else:
            keep.append(around.headings.get(i, piece))
    behind = range(max(start, stop), len(pieces))
    draft.cut += [Cut(pieces[i].text, _site_line(plain[i]) or "after the article") for i in behind]
    return keep


def _dated(view: View, title_at: int) -> int:
    """The date line that stands just below the title, or -1."""
    below = range(title_at + 1, min(title_at + _UNDER_TITLE, view.body))
    return next((i for i in reversed(below) if line_dates(view.plain[i])), -1)


def _why_before_date(piece: Piece, line: str) -> str | None:
    """Between title and date stand names (author, account, column); a subtitle is set off by type or brackets."""
    subtitle = piece.heading or piece.bold or piece.align == "center" or line.startswith(("(", "—", "-"))
    return None if piece.grid is not None or subtitle else "between title and date"


def _site_line(line: str) -> str | None:
    """Why a line is the site's, or None; a field of the catalogue is one wherever encyclopedias print it as well."""
    why = furniture(line)
    return "metadata line" if why == "encyclopedia block" and read_line(line) else why


def _why_cut(piece: Piece, line: str, title: str | None) -> str | None:
    """Why a piece inside the article is not the report's, or None; `title` is given for pieces of the article's head."""
    if piece.grid is not None:
        if piece.links * 2 > len(piece.text):
            return "table of links"
        if is_site_table(line):
            return "table of the site"
        return "catalogue table" if title is not None and read_grid(piece.grid) else None
    if piece.items:
        return "list of links"
    if why := _site_line(line):
        return why
    if title is not None and (read_line(line) or line_dates(line)):
        return "metadata line"
    if title is not None and key(line) == title:
        return "title"
    is_link = piece.links * 10 >= len(piece.text) * 8 and not HEADING_NUMBER.match(line)
    return "link" if is_link else None


def _tail(view: View, title: str) -> int:
    """Where the site's tail begins: at the first line that opens one, or that names the report of another year, with no more
    behind it than the site's notices."""
    own = zip(view.page.pieces[view.body : view.last], view.plain[view.body : view.last], strict=True)
    weights = [len(piece.text) if piece.grid is not None or is_sentence(line) else 0 for piece, line in own]
    total = behind = sum(weights)
    for i, weight in enumerate(weights, view.body):
        late = i > view.body and behind * 4 <= total
        if late and (ends_article(view.plain[i]) or of_another_year(view.page.pieces[i].text, title)):
            return _trim(view, i)
        behind -= weight
    return _trim(view, view.last)


def _trim(view: View, stop: int) -> int:
    """Moves the end forward over furniture and links that stand last."""
    while stop > view.body + 1:
        piece, line = view.page.pieces[stop - 1], view.plain[stop - 1]
        if piece.grid is not None or not (piece.links * 2 > len(piece.text) or furniture(line) or read_line(line)):
            break
        stop -= 1
    return stop


def _attach(draft: Draft, view: View) -> None:
    """The files that the article or the lines just around it link to."""
    base = draft.document.lead.url
    files = [
        (address.file_at(base, link.href) or address.absolute(base, link.href), link.name)
        for link in view.page.files
        if view.first - 5 <= link.piece <= view.last + 8
    ]
    shown = [(url, "") for script in view.page.scripts for url in address.files_in_scripts(base, script)]
    for url, name in [*files, *shown]:
        if url and all(url != known.url for known in draft.report.attachments):
            draft.report.attachments.append(Attachment(url, name or url.rsplit("/", 1)[-1]))


def _block(piece: Piece) -> Block:
    kind: BlockKind = "table" if piece.grid is not None else "heading" if piece.heading else "paragraph"
    if piece.is_item and kind == "paragraph":
        kind = "list_item"
    return Block(kind, piece.text, piece.grid, piece.bold, piece.align)
