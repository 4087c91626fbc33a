"""The standard tables: what their labels mean, however a page writes them.

The labels come from the codebooks in vocabulary/ (forms of 2019 and 2021, annex of 2014). They are matched without numbering,
punctuation, white space and unit notes, in simplified script; a label that lost its last character is still known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from opencc import OpenCC

from pipelines import vocabulary
from pipelines.model import Regime, Severity
from pipelines.script import fold, simplify

ANNEX = "statistics_annex_2014"

Family = Literal["proactive", "applications", "review", "annex"]
Axis = Literal["caption", "corner", "group", "column", "row", "unit"]


class Label(NamedTuple):
    """One meaning of a label."""

    family: Family
    axis: Axis
    id: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form; `group` is the id of the header cell over it."""

    id: str
    label: str
    keys: frozenset[str]
    unit: str | None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a form, or an indicator of the annex."""

    id: str
    label: str
    kind: Literal["data", "group", "header"]
    parent: str | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A standard table in one format."""

    id: str
    title: str
    regime: Regime
    columns: tuple[Column, ...]
    extra_columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def data_rows(self) -> frozenset[str]:
        return frozenset(row.id for row in self.rows if row.kind == "data")


@dataclass(frozen=True, slots=True)
class Identity:
    """What must add up in a table: for each column (or row), left and right, which name rows (or columns), compared by `op`."""

    id: str
    table: str
    each: Literal["row", "column", "cell"]
    op: Literal["==", ">=", "count"]
    left: tuple[str, ...]
    right: tuple[str, ...]
    severity: Severity


# --- labels ---------------------------------------------------------------------------------------------------------

_CHINESE = "一二三四五六七八九十"
_NUMBERING = re.compile(
    rf"(?:\s*(?:其中\s*:?|[①-⑳⑴-⒇㈠-㈩⒈-⒛]|\(\s*(?:[{_CHINESE}]{{1,3}}|\d{{1,2}})\s*\)"
    rf"|(?:[{_CHINESE}]{{1,3}}|\d{{1,2}})\s*(?:、|[.,)](?!\d))))+"
)
_UNIT_NOTE = re.compile(r"\(?\s*单位\s*:?\s*([亿万]?元|[件条项次个人篇])\s*\)?|\(\s*([亿万]?元|[件条项次个人篇])\s*\)")
_EXPLANATION = re.compile(r"\([^()]*\)\s*\Z")
_JUNK = re.compile(r"[\W_]+")
_BARE_NUMERAL = re.compile(rf"(?:[{_CHINESE}]|\d)(?=\w{{3}})")
_CAPTION = re.compile(rf"第?二十条第?([{_CHINESE}])项?")
_MAX_LABEL = 80
_PRINTED = ("title", "captions", "corner", "label", "variants")


@lru_cache(maxsize=8192)
def keys_of(text: str) -> tuple[str, ...]:
    """The forms in which a label may be looked up, best first: whole, without brackets at its end, without a glued numeral.

    Traditional labels are converted with and without Taiwan's phrases, under which 規範性文件 is 规范性文档.
    """
    folded = fold(text)
    converted = simplify(folded)
    keys: list[str] = []
    for words in (converted,) if converted == folded else (converted, str(_characters().convert(folded))):
        words = _UNIT_NOTE.sub("", words[found.end() :] if (found := _NUMBERING.match(words)) else words)
        whole = _JUNK.sub("", words).replace("其它", "其他")
        keys += (whole, _JUNK.sub("", _EXPLANATION.sub("", words)))
        if found := _BARE_NUMERAL.match(whole):
            keys.append(whole[found.end() :])
    return tuple(dict.fromkeys(filter(None, keys)))


@cache
def _characters() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=4096)
def unit_noted(text: str) -> str | None:
    """The unit that a label gives in brackets or after 单位: 本年收费金额（单位：万元） gives 万元."""
    found = _UNIT_NOTE.search(simplify(fold(text)))
    return (found.group(1) or found.group(2)) if found else None


@lru_cache(maxsize=8192)
def meanings(text: str) -> tuple[Label, ...]:
    """What a cell may mean as a label of a standard table; empty for a value, for other words and for long texts.

    其他 and 总计 have several meanings: the axis decides.
    """
    if not text or len(text) > _MAX_LABEL:
        return ()
    known = _labels()
    for key in keys_of(text):
        if key in known:
            return known[key]
        if found := _CAPTION.fullmatch(key):
            table = f"proactive_art20_{_CHINESE.index(found.group(1)) + 1}"
            return (Label("proactive", "caption", table, table),)
    return ()


@lru_cache(maxsize=16384)
def meaning(text: str, family: Family, *axes: Axis) -> Label | None:
    """The meaning of a cell within a family and on one of the axes."""
    for label in meanings(text):
        if label.family == family and label.axis in axes:
            return label
    return None


@cache
def _labels() -> dict[str, tuple[Label, ...]]:
    found: dict[str, dict[Label, None]] = {}
    for key, label in _all_labels():
        found.setdefault(key, {})[label] = None
    for key in list(found):
        if len(key) > 4 and key[:-1] not in found:
            found[key[:-1]] = found[key]
    return {key: tuple(labels) for key, labels in found.items()}


def _all_labels() -> Iterator[tuple[str, Label]]:
    for regime in ("tables_2019", "tables_2021"):
        for table in _read(regime)["tables"]:
            family = _family(table["id"])
            for entry, label in _labels_of_table(table, family):
                for key in _entry_keys(entry):
                    yield key, label
    annex = _read("annex_2014")
    for kind, words in annex["header"].items():
        for word in words:
            yield _JUNK.sub("", word), Label("annex", "column", kind)
    for unit in annex["units"]:
        yield unit, Label("annex", "unit", unit)
    for item in annex["items"]:
        for key in _entry_keys(item):
            yield key, Label("annex", "row", item["id"], ANNEX)


def _labels_of_table(table: dict[str, Any], family: Family) -> Iterator[tuple[dict[str, Any], Label]]:
    for corner in table.get("corner", ()):
        yield {"label": corner}, Label(family, "corner", "corner")
    for group in table.get("groups", ()):
        yield group, Label(family, "group", group["id"])
        if "within" in group:
            yield {"label": group["within"]}, Label(family, "group", "")
    for column in (*table["columns"], *table.get("extra_columns", ())):
        name = column["id"].removeprefix(column["group"] + "_") if family == "review" else column["id"]
        yield column, Label(family, "column", name)
    for row in table["rows"]:
        if row["label"]:
            yield row, Label(family, "row", row["id"], table["id"])


def _entry_keys(entry: dict[str, Any]) -> Iterable[str]:
    for text in (entry["label"], *entry.get("variants", ())):
        yield from keys_of(text)[:2]


def _family(table: str) -> Family:
    if table.startswith("proactive"):
        return "proactive"
    return "applications" if table == "applications" else "review"


# --- forms ----------------------------------------------------------------------------------------------------------


@cache
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((vocabulary.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return data


@cache
def printed_words() -> frozenset[str]:
    """Every label, title and note that the forms print."""

    def words(value: object, key: str = "") -> Iterator[str]:
        if isinstance(value, str):
            yield from (value,) if key in _PRINTED else ()
        elif isinstance(value, list):
            for item in value:
                yield from words(item, key)
        elif isinstance(value, dict):
            for name, item in value.items():
                yield from words(item, name)

    return frozenset(found for name in ("tables_2019", "tables_2021", "annex_2014") for found in words(_read(name)))


@cache
def forms(table: str) -> tuple[Form, ...]:
    """The formats of a standard table, the newest first."""
    return tuple(form for regime in ("format_2021", "format_2019") for form in forms_of(regime) if form.id == table)


@cache
def forms_of(regime: str) -> tuple[Form, ...]:
    """The tables of a format, in its order; none for other regimes."""
    if regime not in ("format_2019", "format_2021"):
        return ()
    data = _read(regime.replace("format", "tables"))
    return tuple(
        Form(
            entry["id"],
            entry["title"],
            data["regime"],
            _columns(entry["columns"]),
            _columns(entry.get("extra_columns", ())),
            tuple(Row(row["id"], row["label"] or "", row["kind"], row.get("parent")) for row in entry["rows"]),
        )
        for entry in data["tables"]
    )


def _columns(entries: Iterable[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(
        Column(entry["id"], entry["label"], frozenset(_entry_keys(entry)), entry["unit"], entry.get("group"))
        for entry in entries
    )


@cache
def annex_items() -> dict[str, Row]:
    """The indicators of the annex of 2014 by id, in order."""
    return {
        item["id"]: Row(item["id"], item["label"], item["kind"], item.get("parent"), item["unit"])
        for item in _read("annex_2014")["items"]
    }


@cache
def annex_value_columns() -> tuple[str, ...]:
    """Heads of the annex's column of values, the year's own first."""
    return tuple(_JUNK.sub("", word) for word in _read("annex_2014")["header"]["value"])


@cache
def table_title(table: str) -> str:
    """What the forms call a table."""
    return str(_read("annex_2014")["title"]) if table == ANNEX else forms(table)[0].title if forms(table) else table


@cache
def row_label(table: str, row: str) -> str:
    """What the newest form that has it calls a row."""
    if table == ANNEX:
        return annex_items()[row].label
    return next((r.label for form in forms(table) for r in form.rows if r.id == row), row)


@cache
def column_label(table: str, column: str) -> str:
    """What the newest form that has it calls a column."""
    return next((c.label for form in forms(table) for c in (*form.columns, *form.extra_columns) if c.id == column), column)


@cache
def group_label(table: str, column: str) -> str:
    """What the form calls the header cell over a column; empty for a column that has none."""
    groups = {
        group["id"]: group["label"]
        for data in (_read("tables_2021"),)
        for entry in data["tables"]
        if entry["id"] == table
        for group in entry.get("groups", ())
    }
    return next((groups[c.group] for c in forms(table)[0].columns if c.id == column and c.group), "")


@cache
def marks() -> dict[str, tuple[Regime, bool]]:
    """Label keys that only one format has: its regime, and whether the label alone decides. A weak mark is a row, known by each
    of its variants; a strong one is a header, known by its own words only, because some variants are the other format's."""
    found: dict[str, tuple[Regime, bool]] = {}
    for name in ("tables_2019", "tables_2021"):
        data = _read(name)
        for label in data["marks"]["weak"]:
            variants = [key for key, same in _labels().items() if same == meanings(label)]
            found |= dict.fromkeys(variants, (data["regime"], False))
        for label in data["marks"]["strong"]:
            found |= dict.fromkeys(keys_of(label), (data["regime"], True))
    return found


@cache
def identities() -> tuple[Identity, ...]:
    """What must add up, in all standard tables; the same id stands for each format where they differ."""
    seen: dict[Identity, None] = {}
    for name in ("tables_2021", "tables_2019", "annex_2014"):
        for entry in _read(name)["identities"]:
            left, right = tuple(entry.get("left", ())), tuple(entry.get("right", ()))
            seen[Identity(entry["id"], entry["table"], entry["each"], entry["op"], left, right, entry["severity"])] = None
    return tuple(seen)
