"""The report in a file: the page that carries it says little more than its title, or is the file itself."""

from __future__ import annotations

import re
from urllib.parse import unquote

from pipelines.files.reading import NEEDS_CONVERTER, FileText, read_file
from pipelines.files.sniff import CONVERTIBLE, NAMES, media_of
from pipelines.judge import announces, weight
from pipelines.model import Attachment, Block, Capture, Draft, Evidence, Media
from pipelines.script import fold, simplify

CONVERTED_FROM = "x-converted-from"
"""Header of a capture whose bytes LibreOffice made of others: their kind."""
NOT_CONVERTED = "x-not-converted"
"""Header of a capture that LibreOffice could not convert: why."""

_ENOUGH = 3
"""Least weight of a report's words in a file under a title that announces a report; the judge asks as much of a page."""
_SURE = 7
"""From this weight on a page holds its own report."""
_PROSE = 120
"""Characters in sentences from which on a file is a text, not an annex of tables."""
_SHINGLE = 8
_SAME = 0.8
"""Share of common shingles from which on two files are one text: the same report as PDF and as Word file."""
_PREFERRED: tuple[Media, ...] = ("docx", "pdf", "xlsx", "xls", "zip")
_FILE_NAME = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", re.I)


def read_lead(draft: Draft) -> list[Block] | None:
    """The blocks of a document that is a file itself; without any the draft ends, and says why."""
    text = _read(draft.document.lead)
    _tell_gaps(draft, text, "The file")
    if text.problem:
        draft.report.state, draft.report.reason = "needs_review", f"the document is {text.problem}"
        return None
    return text.blocks


def read_attached(draft: Draft, own: list[Block]) -> list[Block] | None:
    """The blocks of the file that holds the report, where the page's own blocks do not; else None.

    What became of each file is written into `report.attachments`. Several reports on one page end the draft: which of them is
    the page's no rule can tell.
    """
    files = _fetched(draft)
    said = weight(_plain(own)) if files else 0
    if not files or said >= _SURE:
        return None
    texts: list[tuple[Attachment, FileText]] = []
    for attachment, capture in files:
        text = _read(capture)
        attachment.problem = text.problem
        if text.blocks:
            texts.append((attachment, text))
    length = sum(len(block.text) for block in own)
    texts = [
        (attachment, text)
        for attachment, text in texts
        if weight(_plain(text.blocks)) >= (_ENOUGH if said < _ENOUGH else _SURE)
        and sum(len(block.text) for block in text.blocks) > 2 * length
    ]
    texts = [entry for entry in texts if _prose(entry[1].blocks) >= _PROSE] or texts
    if not texts:
        return None
    attachment, text = min(texts, key=lambda entry: _PREFERRED.index(entry[1].media or "zip"))
    strangers = [other.name for other, its in texts if its is not text and not _is_same(text.blocks, its.blocks)]
    if strangers:
        draft.report.state, draft.report.page_kind = "needs_review", "list"
        draft.report.reason = f"the page carries several reports, each in a file: {', '.join([attachment.name, *strangers])}"
        return None
    attachment.read = True
    draft.report.evidence["text"] = [Evidence(text.media, "attachment", attachment.name)]
    _tell_gaps(draft, text, attachment.name)
    return text.blocks


def announced_title(titles: list[str]) -> str | None:
    """The first of a file's title lines that names a report."""
    return next((title for title in titles if announces(fold(simplify(title)))), None)


def _read(capture: Capture) -> FileText:
    if capture.status != 200 or not capture.body:
        answered = f"the server answered {capture.status}" if capture.status else "the server did not answer"
        return FileText(None, problem=f"not there: {capture.headers.get('x-error') or answered}")
    text = read_file(capture.body)
    refused = capture.headers.get(NOT_CONVERTED)
    if refused and text.media in CONVERTIBLE and text.problem:
        text.problem = text.problem.replace(NEEDS_CONVERTER, refused)
    converted = capture.headers.get(CONVERTED_FROM)
    if converted and text.problem:
        text.problem += f" (made by LibreOffice of {converted})"
    return text


def _fetched(draft: Draft) -> list[tuple[Attachment, Capture]]:
    """The files that were fetched, each with its entry in the record: those that the article links to, or all where it links
    to none of them."""
    known = {attachment.url: attachment for attachment in draft.report.attachments}
    captures = [capture for capture in draft.document.attachments if capture.url]
    captures = [capture for capture in captures if capture.url in known] or captures
    found: list[tuple[Attachment, Capture]] = []
    for capture in captures:
        url = capture.url or ""
        attachment = known.get(url)
        if attachment is None:
            attachment = Attachment(url, _name(capture))
            draft.report.attachments.append(attachment)
        attachment.media = _media(capture)
        found.append((attachment, capture))
    return found


def _media(capture: Capture) -> Media | None:
    """What a file was when it was fetched."""
    converted = capture.headers.get(CONVERTED_FROM)
    return next((media for media in NAMES if media == converted), None) or media_of(capture.body)


def _name(capture: Capture) -> str:
    """The name that the server gives a file, or the last part of its address."""
    named = _FILE_NAME.search(capture.headers.get("content-disposition", ""))
    return unquote(named.group(1)) if named else (capture.url or "").rsplit("/", 1)[-1]


def _tell_gaps(draft: Draft, text: FileText, name: str) -> None:
    for gap in text.gaps:
        draft.add_issue("file_incomplete", "warning", f"{name} was not read whole: {gap}.", Evidence(None, "attachment", gap))


def _plain(blocks: list[Block]) -> str:
    return fold(simplify("\n".join(block.text for block in blocks)))


def _prose(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks if block.kind != "table" and "。" in block.text)


def _is_same(one: list[Block], other: list[Block]) -> bool:
    """Whether two files hold one text, whatever their layout."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) >= _SAME * len(first | second)


def _shingles(blocks: list[Block]) -> set[str]:
    text = re.sub(r"\W", "", _plain(blocks))
    return {text[at : at + _SHINGLE] for at in range(max(len(text) - _SHINGLE + 1, 1))}
