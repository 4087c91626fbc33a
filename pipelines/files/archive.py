"""A ZIP archive -> the blocks of the one report in it. Nothing is written to disk: names cannot lead anywhere."""

from __future__ import annotations

from zipfile import ZipInfo

from pipelines.files.limits import CannotRead, open_zip
from pipelines.files.sniff import media_of
from pipelines.model import Block

MAX_FILES = 50
_NOT_READ = frozenset(("zip", "rar", "7z", "image"))
"""Archives in archives are not opened."""
_UTF8 = 0x800
"""General purpose bit 11: the name is UTF-8 (APPNOTE 4.4.4)."""


def read_zip(body: bytes) -> tuple[list[Block], list[str]]:
    """The blocks of the archive's text, and what was not read; CannotRead when it holds none or several texts."""
    from pipelines.files.reading import FileText, read_file

    texts: list[tuple[str, FileText]] = []
    problems: list[str] = []
    with open_zip(body, MAX_FILES) as archive:
        for member in archive.infolist():
            name = name_of(member)
            if member.is_dir() or name.startswith("__MACOSX/"):
                continue
            content = archive.read(member)
            media = media_of(content)
            if media is None or media in _NOT_READ:
                problems.append(f"{name} was not read")
                continue
            text = read_file(content)
            if text.blocks:
                texts.append((name, text))
                problems += [f"{name}: {gap}" for gap in text.gaps]
            else:
                problems.append(f"{name} is {text.problem}")
    if not texts:
        raise CannotRead("; ".join(problems) or "it is empty")
    written = [(name, text) for name, text in texts if text.media in ("pdf", "docx")]
    if len(written) > 1:
        raise CannotRead("it holds several texts: " + ", ".join(name for name, _ in written))
    # Sheets beside the one text are its annexes.
    ordered = sorted(texts, key=lambda entry: (entry[1].media not in ("pdf", "docx"), entry[0]))
    return [block for _, text in ordered for block in text.blocks], problems


def name_of(member: ZipInfo) -> str:
    """A member's name: UTF-8 where it says so, else GBK, which Chinese systems write; without the path's tricks."""
    name = member.filename
    if not member.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for codec in ("utf-8", "gb18030"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
