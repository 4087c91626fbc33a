"""The report in a file: the page that carries it says little more than its title, or is the file itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from pipelines.draft import Block, Draft
from pipelines.files.annex import annex_of, has_its_tables, joined
from pipelines.files.choice import ENOUGH, SURE, Named, choose, plain
from pipelines.files.reading import NEEDS_CONVERTER, NEEDS_UNPACKER, FileText, read_file
from pipelines.files.sniff import NAMES, media_of
from pipelines.judge import announces, weight
from pipelines.model import Attachment, Capture, Evidence, Media
from pipelines.script import fold, simplify

CONVERTED_FROM = "x-converted-from"
"""Header of a capture whose bytes LibreOffice made of others: their kind."""
NOT_CONVERTED = "x-not-converted"
"""Header of a capture that LibreOffice could not convert: why."""

_FILE_NAME = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", re.I)


@dataclass(slots=True)
class _Attached(Named):
    """A file with its entry in the record."""

    attachment: Attachment


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
    said = weight(plain(own)) if files else 0
    if not files or said >= SURE:
        return None
    length = sum(len(block.text) for block in own)
    texts = [file for file in _texts(files) if sum(len(block.text) for block in file.text.blocks) > 2 * length]
    found = choose(texts, ENOUGH if said < ENOUGH else SURE)
    if found is None:
        return None
    file, strangers = found
    if strangers:
        draft.report.state, draft.report.page_kind = "needs_review", "list"
        draft.report.reason = f"the page carries several reports, each in a file: {', '.join([file.name, *strangers])}"
        return None
    _take(draft, file)
    return file.text.blocks


def read_annexes(draft: Draft, own: list[Block]) -> list[Block]:
    """The report's blocks with the tables that further files add to it, each under its evidence: see `place_annexes`."""
    files = [entry for entry in _fetched(draft) if not entry[0].read]
    if not files or draft.report.state != "report" or weight(plain(own)) < SURE or has_its_tables(own):
        return own
    for file in _texts(files):
        annex = annex_of(own, file.name, file.text.blocks)
        if annex:
            _take(draft, file)
            draft.annexes.append((draft.report.evidence["text"][-1], annex))
            own = joined(own, annex)
    return own


def place_annexes(draft: Draft) -> None:
    """Writes into the evidence of each annex where it stands in the text."""
    for evidence, annex in draft.annexes:
        placed = [block for block in draft.blocks if any(block is part for part in annex)]
        if placed:
            evidence.start, evidence.end = placed[0].start, placed[-1].end


def _take(draft: Draft, file: _Attached) -> None:
    """Records that a file is a source of the report."""
    file.attachment.read = True
    draft.report.evidence.setdefault("text", []).append(Evidence(file.text.media, "attachment", file.name))
    _tell_gaps(draft, file.text, file.name)


def _texts(files: list[tuple[Attachment, Capture]]) -> list[_Attached]:
    """The files that say something; what the others are is written into their entries."""
    texts: list[_Attached] = []
    for attachment, capture in files:
        text = _read(capture)
        attachment.problem = text.problem
        attachment.media = attachment.media or text.media
        if text.blocks:
            texts.append(_Attached(attachment.name, text, attachment))
    return texts


def announced_title(titles: list[str]) -> str | None:
    """The first of a file's title lines that names a report."""
    return next((title for title in titles if announces(fold(simplify(title)))), None)


def _read(capture: Capture) -> FileText:
    if capture.status != 200 or not capture.body:
        answered = f"the server answered {capture.status}" if capture.status else "the server did not answer"
        return FileText(None, problem=f"not there: {capture.headers.get('x-error') or answered}")
    text = read_file(capture.body)
    refused = capture.headers.get(NOT_CONVERTED)
    if refused and text.problem:
        text.problem = text.problem.replace(NEEDS_CONVERTER, refused).replace(NEEDS_UNPACKER, refused)
    converted = capture.headers.get(CONVERTED_FROM)
    if converted and text.problem:
        text.problem += f" (made of {next((name for media, name in NAMES.items() if media == converted), converted)})"
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
