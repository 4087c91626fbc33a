"""Bytes and headers -> text.

Order of trust: BOM, then UTF-8 when the bytes are UTF-8 (no other Chinese text is, by chance), then what the header and the
page declare, then GB18030 and Big5, each judged by what it makes of the bytes. gb2312 and gbk are read as gb18030, their
superset: pages that declare gb2312 carry characters outside it.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from pipelines.draft import Draft
from pipelines.files.mht import page_in_mht
from pipelines.files.sniff import media_of
from pipelines.model import Evidence
from pipelines.mojibake import undo
from pipelines.rare_encodings import from_gb18030, from_seven_bits

MAX_BYTES = 4_000_000
"""A report page is under 1 MB; what lies behind this is generated noise or an attack, and is cut off."""

_TAG = re.compile(r"<(?:!doctype|html|head|body|div|table|tr|td|p|br|span|a|meta|script|font|h[1-6]|ul|li)\b[^<]*>", re.I)
_STRAY_TAG = re.compile(r"</?(?:div|p|br|span|a|font|h[1-6]|ul|li)\b[^<>]*>", re.I)
"""Plain text may keep one or two tags, of its title or of a break."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTES = bytes(code for code in range(32) if _CONTROL.match(chr(code)))
_ESCAPED_TWICE = re.compile(
    r"&amp;(?=(?:nbsp|e[mn]sp|[lr][ds]quo|[mn]dash|hellip|middot|bull|times|#\d{2,5}|#x[\da-fA-F]{2,4});)"
)
_COMMON = re.compile(
    "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情最何信息縣區務開電關門會長東國報]"
)
_HAN = re.compile("[\u3400-\u9fff]")


def decode(draft: Draft) -> None:
    """Sets `markup`, `encoding` and `is_html`, or `media` for a file; ends the page where the bytes are neither."""
    report, capture = draft.report, draft.document.lead
    body = capture.body
    if capture.status != 200 and not body:
        return  # the answer itself says what the page is; see judge
    if not body.strip():
        report.state, report.reason = "unreadable", "the page is empty"
        return
    content_type = capture.headers.get("content-type", "")
    draft.media = media_of(body)
    if draft.media == "mht":
        page, type_of_page = page_in_mht(body)
        if page.strip():
            draft.media, body, content_type = None, page, type_of_page
    if draft.media == "image":
        report.state, report.reason = "needs_review", "the document is an image; its text cannot be read"
        report.page_kind = "picture_version"
    if draft.media:
        return
    if len(body) > MAX_BYTES:
        draft.add_issue("page_cut", "warning", f"The page has {len(body)} bytes; only the first {MAX_BYTES} were read.")
        body = body[:MAX_BYTES]
    text, draft.encoding = text_of(body, content_type)
    # No encoding of Chinese writes part of a character as one of these bytes, UTF-16 aside; to look in the bytes is faster.
    control = len(_CONTROL.findall(text)) if any(code in body for code in _CONTROL_BYTES) else 0
    if control * 50 > len(text):
        report.state, report.reason = "unreadable", "the bytes are not text in any encoding"
        return
    if control:
        text = _CONTROL.sub("", text)
    text, twice, sample = undo(text) if _may_be_twice(text, body, draft.encoding) else (text, 0, "")
    if twice:
        message = f"{twice} characters of the page were encoded twice; they are read as what they were."
        draft.add_issue("encoded_twice", "note", message, Evidence(twice, "page", sample))
    if "\ufffd" in text:
        lost = text.count("\ufffd")
        words = text[max(text.index("\ufffd") - 10, 0) :][:20]
        message = f"{lost} characters of the page could not be decoded as {draft.encoding}."
        draft.add_issue("undecodable_characters", "warning", message, Evidence(lost, "page", words))
    draft.is_html = is_html(text, content_type)
    if not draft.is_html:
        draft.markup = _STRAY_TAG.sub("\n", text)
    else:
        draft.markup = _ESCAPED_TWICE.sub("&", text)


def _may_be_twice(text: str, body: bytes, encoding: str) -> bool:
    """Whether a text may have characters that were encoded twice; between Chinese ones they begin in UTF-8 with the byte C3."""
    return encoding != "ascii" and (encoding != "utf-8" or b"\xc3" in body or not _HAN.search(text))


def text_of(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of a page's bytes and the encoding that read it; undecodable bytes become U+FFFD."""
    bom_encoding, bom = read_bom(body)
    if bom_encoding and bom:
        return body[len(bom) :].decode(bom_encoding, "replace"), bom_encoding
    if body.isascii():
        return from_seven_bits(body) or (body.decode("ascii"), "ascii")
    utf8 = body.decode("utf-8", "replace")
    # A page that is UTF-8 but for a few broken bytes (cut in the middle, mixed parts) is still UTF-8.
    if "\ufffd" not in utf8 or utf8.count("\ufffd") * 100 <= len(_HAN.findall(utf8)) or _is_utf8_but_for_the_end(body):
        return utf8, "utf-8"
    declared = [_codec(http_content_type_encoding(content_type or None)), _codec(html_body_declared_encoding(body[:4096]))]
    names = list(dict.fromkeys([name for name in declared if name] + ["gb18030", "big5hkscs"]))
    read = {name: from_gb18030(body) if name == "gb18030" else body.decode(name, "replace") for name in names}
    best = max(names, key=lambda name: (round(_sense(read[name]), 2), -names.index(name)))
    if _sense(read[best]) < 0.1:
        guess = from_bytes(body[:65536]).best()
        if guess is not None and _codec(guess.encoding) not in (None, best):
            return body.decode(guess.encoding, "replace"), guess.encoding
    return read[best], best


def _codec(name: str | None) -> str | None:
    """The codec to read a declared charset with, or None for an unknown one."""
    resolved = resolve_encoding(name) if name else None
    if resolved is None:
        return None
    try:
        found = codecs.lookup(resolved).name
    except LookupError:
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(found, found)


def _is_utf8_but_for_the_end(body: bytes) -> bool:
    try:
        body[: max(len(body) - 3, 0)].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(body) - 7
    return True


def _sense(text: str) -> float:
    """Share of everyday characters among what is not ASCII: about 0.4 for Chinese read right, near 0 for mojibake."""
    sample = text[:40000]
    foreign = len(sample) - len(sample.encode("ascii", "ignore"))
    return len(_COMMON.findall(sample)) / foreign if foreign else 1.0


def is_html(text: str, content_type: str) -> bool:
    """Whether decoded text is markup: by its tags, where the header does not say so."""
    if "html" in content_type.lower():
        return _TAG.search(text) is not None
    found = [m.group()[:6].lower() for m in _TAG.finditer(text[:20000])]
    return len(found) >= 3 or any(tag.startswith(("<!doct", "<html", "<body", "<head")) for tag in found)
