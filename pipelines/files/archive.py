"""A ZIP archive -> the blocks of the one report in it. Nothing is written to disk: names cannot lead anywhere."""

from __future__ import annotations

import re
from zipfile import ZipInfo

from pipelines.draft import Block
from pipelines.files.limits import CannotRead, open_zip
from pipelines.files.sniff import media_of

MAX_FILES = 50
_NOT_READ = frozenset(("zip", "rar", "7z", "image"))
"""Archives in archives are not opened."""
_TABLES = frozenset(("xlsx", "xls", "excel_xml"))
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.I)
"""What systems leave in folders."""
_UTF8 = 0x800
"""General purpose bit 11: the name is UTF-8 (APPNOTE 4.4.4)."""


def read_zip(body: bytes) -> tuple[list[Block], list[str]]:
    """The blocks of the archive's text, and what was not read; CannotRead when it holds none or several texts."""
    from pipelines.files.annex import joined
    from pipelines.files.choice import Named, choose
    from pipelines.files.reading import read_file

    texts: list[Named] = []
    problems: list[str] = []
    with open_zip(body, MAX_FILES) as archive:
        for member in archive.infolist():
            name = name_of(member)
            if member.is_dir() or _LITTER.search(name):
                continue
            content = archive.read(member)
            media = media_of(content)
            if media in _NOT_READ:
                problems.append(f"{name} was not read")
                continue
            text = read_file(content)
            if text.blocks:
                texts.append(Named(name, text))
            else:
                problems.append(f"{name} is {text.problem}")
    if not texts:
        raise CannotRead("; ".join(problems) or "it is empty")
    written = [file for file in texts if file.text.media not in _TABLES]
    found = choose(written) if len(written) > 1 else None
    if found is None and len(written) > 1:
        raise CannotRead("it holds several texts, and none is a report: " + ", ".join(file.name for file in written))
    if found and found[1]:
        raise CannotRead("it holds several texts: " + ", ".join(file.name for file in written))
    main = found[0] if found else written[0] if written else None
    blocks = main.text.blocks if main else []
    if main:
        problems += [f"{main.name}: {gap}" for gap in main.text.gaps]
    # Sheets beside the one text are its annexes.
    for file in sorted((file for file in texts if file.text.media in _TABLES), key=lambda file: file.name):
        blocks = joined(blocks, file.text.blocks) if main else blocks + file.text.blocks
        problems += [f"{file.name}: {gap}" for gap in file.text.gaps]
    return blocks, problems


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
