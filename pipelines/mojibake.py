"""Text that was encoded twice, read as what it was.

Programs that take UTF-8 or GBK for Western text and save the result as UTF-8 leave â€œ for “ and ç»Ÿ for 统. Each such
character tells its bytes, unless it was one of the five that Windows-1252 lacks: that byte is lost, and U+FFFD stands for it.
"""

from __future__ import annotations

import re

_WINDOWS = {bytes([n]).decode("cp1252"): n for n in range(0x80, 0xA0) if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_FOLLOWING = "[\x80-\xbf" + "".join(_WINDOWS) + "]"
_LEADING = "".join(map(chr, range(0xE2, 0xF0)))
_ONE = re.compile(f"[{_LEADING}]{_FOLLOWING}{{2}}")
_DAMAGED = re.compile(f"[{_LEADING}](?:{_FOLLOWING}?\ufffd{_FOLLOWING}|{_FOLLOWING}?\ufffd)")
_WESTERN = re.compile("[\xa0-\xff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_FEWEST = 8
"""So many characters must be found: a French word or two is no mojibake."""


def undo(text: str) -> tuple[str, int, str]:
    """The text with its twice-encoded characters read, how many they were, and a sample as they stood."""
    if not _HAN.search(text) and (western := _WESTERN.search(text)) and (read := _whole(text)):
        return read, len(_HAN.findall(read)), text[western.start() : western.start() + 20]
    found = _ONE.search(text) if any(char in text for char in _LEADING) else None
    if found and (count := len(_ONE.findall(text))) >= _FEWEST:
        sample = text[found.start() : found.start() + 20]
        return _DAMAGED.sub("\ufffd", _ONE.sub(_read, text)), count, sample
    return text, 0, ""


def _whole(text: str) -> str | None:
    """A text without any Chinese, all of which was encoded twice."""
    try:
        raw = _bytes(text)
    except ValueError:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            read = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_HAN.findall(read)) >= max(_FEWEST, len(_WESTERN.findall(text)) // 4):
            return read
    return None


def _read(found: re.Match[str]) -> str:
    try:
        return _bytes(found.group()).decode("utf-8")
    except UnicodeDecodeError:
        return found.group()


def _bytes(text: str) -> bytes:
    """The bytes that Western text was made of; raises ValueError where there is more in it."""
    return bytes(_WINDOWS.get(char, ord(char)) for char in text)
