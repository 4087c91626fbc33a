"""A ZIP archive, and those in it -> the blocks of the one report in them. Nothing is written to disk: names cannot lead
anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipInfo

from pipelines.draft import Block
from pipelines.files.limits import BROKEN_ZIP, CannotRead, open_zip
from pipelines.files.sniff import media_of

MAX_FILES = 50
"""Of an archive and those in it together."""
_DEEPEST = 1
"""Archives in an archive are opened, what is packed in them is not."""
_NOT_READ = frozenset(("zip", "rar", "7z", "image"))
_TABLES = frozenset(("xlsx", "xls", "excel_xml"))
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.I)
"""What systems leave in folders."""
_UTF8 = 0x800
"""General purpose bit 11: the name is UTF-8 (APPNOTE 4.4.4)."""


@dataclass(slots=True)
class Packed:
    """A file of an archive."""

    name: str
    """With the names of the archives that it is in before it."""
    content: bytes
    problem: str = ""
    """Why it was not opened, for an archive in an archive."""


def files_in(body: bytes) -> Iterator[Packed]:
    """The files of a ZIP archive and of those in it; CannotRead when it is not opened itself."""
    return _Unpacking().files(body, "", 0)


class _Unpacking:
    """What has come out of the archives so far; the limits of one hold for all together."""

    def __init__(self) -> None:
        self._count = self._size = 0

    def files(self, body: bytes, folder: str, depth: int) -> Iterator[Packed]:
        with open_zip(body, MAX_FILES - self._count, self._size) as archive:
            members = archive.infolist()
            self._count += len(members)
            self._size += sum(member.file_size for member in members)
            for member in members:
                name = name_of(member)
                if member.is_dir() or _LITTER.search(name):
                    continue
                packed = Packed(f"{folder}{name}", archive.read(member))
                if depth == _DEEPEST or media_of(packed.content) != "zip":
                    yield packed
                    continue
                try:
                    yield from self.files(packed.content, f"{packed.name}/", depth + 1)
                except (CannotRead, *BROKEN_ZIP) as error:
                    packed.problem = str(error)
                    yield packed


def read_zip(body: bytes) -> tuple[list[Block], list[str]]:
    """The blocks of the archive's text, and what was not read; CannotRead when it holds none or several texts."""
    from pipelines.files.annex import joined
    from pipelines.files.choice import Named, choose
    from pipelines.files.reading import read_file

    texts: list[Named] = []
    problems: list[str] = []
    for file in files_in(body):
        if media_of(file.content) in _NOT_READ:
            problems.append(f"{file.name} was not read{f': {file.problem}' if file.problem else ''}")
            continue
        text = read_file(file.content)
        if text.blocks:
            texts.append(Named(file.name, text))
        else:
            problems.append(f"{file.name} is {text.problem}")
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
    for sheet in sorted((text for text in texts if text.text.media in _TABLES), key=lambda sheet: sheet.name):
        blocks = joined(blocks, sheet.text.blocks) if main else blocks + sheet.text.blocks
        problems += [f"{sheet.name}: {gap}" for gap in sheet.text.gaps]
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
