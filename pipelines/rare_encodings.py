"""Encodings of Chinese that Python's codecs do not read as browsers do: seven-bit ones, and the odd bytes of GBK.

HZ (RFC 1843) and ISO-2022-CN (RFC 1922) write GB2312 without its high bits between two marks. The Encoding Standard of
the WHATWG reads byte 80 of GBK as the euro sign, which Windows writes so, and A3A0 as the blank that editors put before
paragraphs.
"""

from __future__ import annotations

import codecs
import re

_EURO = 0x80
_BLANK_OF_GBK, _BLANK = "\ue5e5", "\u3000"
_HANDLER = "gongkai.gbk"
_HZ = re.compile(rb"~\{((?:[!-~][!-~])*?)~\}")
_HZ_ESCAPE = re.compile(rb"~(~|\r?\n)")
_SHIFTED = re.compile(rb"\x0e([^\x0e\x0f]*)\x0f?")
_DESIGNATION = b"\x1b$)A"
_HIGH = bytes(code | 0x80 if 0x21 <= code < 0x7F else code for code in range(256))


def _replaced(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return ("€", error.start + 1) if error.object[error.start] == _EURO else ("\ufffd", error.end)


codecs.register_error(_HANDLER, _replaced)


def from_gb18030(body: bytes) -> str:
    """The text of GB2312, GBK or GB18030; undecodable bytes become U+FFFD."""
    return body.decode("gb18030", _HANDLER).replace(_BLANK_OF_GBK, _BLANK)


def from_seven_bits(body: bytes) -> tuple[str, str] | None:
    """The text of ASCII bytes that are HZ or ISO-2022-CN, and which of them; None for others."""
    if _DESIGNATION in body:
        return from_gb18030(_SHIFTED.sub(_high, body.replace(_DESIGNATION, b""))), "iso-2022-cn"
    if _HZ.search(body):
        return from_gb18030(_HZ_ESCAPE.sub(_unescaped, _HZ.sub(_high, body))), "hz"
    return None


def _high(found: re.Match[bytes]) -> bytes:
    """GB2312 with its high bits."""
    return found.group(1).translate(_HIGH)


def _unescaped(found: re.Match[bytes]) -> bytes:
    """A tilde; nothing for the end of a line that goes on."""
    return b"~" if found.group(1) == b"~" else b""
