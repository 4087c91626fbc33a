"""Holds a record against what a person read on its page, field by field.

`differences(field, wanted, record)` lists how the record differs in one field of an `expected.json`, in words; nothing when it
holds. A field is any key of `COMPARISONS`; the shapes are told in fixtures/README.md. Words are compared without white space
and in compatibility form, so that full-width and half-width punctuation are the same.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

Record = dict[str, Any]
Comparison = Callable[[Any, Record], Iterator[str]]

SIDES = ("upheld", "corrected", "other", "pending", "total")
COLUMNS = {
    "proactive_art20_1": ("issued_this_year", "repealed_this_year", "in_force"),
    "proactive_art20_5": ("decisions_this_year",),
    "proactive_art20_6": ("decisions_this_year",),
    "proactive_art20_8": ("amount_collected",),
    "applications": (
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "public_interest_organization",
        "legal_service_institution",
        "other_organization",
        "total",
    ),
    "review_litigation": tuple(
        f"{group}_{side}"
        for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
        for side in SIDES
    ),
}
"""The columns of the standard tables in the order of the form, which is the order of the values in an expectation."""

ARITHMETIC = ("app_", "rev_", "identity")
"""What the codes of findings about the arithmetic of a standard table hold."""


def plain(text: object) -> str:
    """Compatibility form without white space and closing stops."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).rstrip("。.")


def same(wanted: object, found: object) -> bool:
    """Whether two values are one: None only None, numbers by value, words by `plain`."""
    if wanted is None or found is None:
        return wanted is found
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        return isinstance(found, int | float) and not isinstance(found, bool) and abs(wanted - found) < 1e-9
    return plain(wanted) == plain(found)


def walk(sections: list[Record]) -> Iterator[Record]:
    """All sections, parents before children."""
    for section in sections:
        yield section
        yield from walk(section["children"])


def sentence_values(record: Record, metric: str) -> list[Record]:
    """The figures of a metric that stand in sentences and are not parts of a total."""
    return [f for f in record["figures"] if f["metric"] == metric and f["source"] == "sentence" and not f["part_of"]]


def table_row(record: Record, table: str, row: str) -> list[Any]:
    """The values of one row of a standard table, in the order of the form."""
    order = {column: index for index, column in enumerate(COLUMNS[table])}
    cells = [f for f in stated_cells(record, table) if f["row"] == row and f["column"] in order]
    return [f["value"] for f in sorted(cells, key=lambda f: order[f["column"]])]


def stated_cells(record: Record, table: str) -> list[Record]:
    """The figures of a standard table that the page states itself."""
    return [f for f in record["figures"] if f["metric"] == table and f["source"] == "table" and f["stated"] != "derived"]


def at(*path: str) -> Comparison:
    """Compares the value at a path of the record."""

    def compare(wanted: Any, record: Record) -> Iterator[str]:
        found: Any = record
        for key in path:
            found = (found or {}).get(key)
        if not same(wanted, found):
            yield f"expected {wanted!r}, got {found!r}"

    return compare


def date_at(key: str) -> Comparison:
    """Compares the day of a date; its time is free where the expectation names none."""

    def compare(wanted: Any, record: Record) -> Iterator[str]:
        found = record[key]
        if not same(wanted, found and wanted and found[: len(wanted)]):
            yield f"expected {wanted!r}, got {found!r}"

    return compare


def compare_state(wanted: Any, record: Record) -> Iterator[str]:
    if record["state"] != wanted:
        yield f"expected {wanted!r}, got {record['state']!r}: {record['reason']!r}"


def compare_sections(wanted: Any, record: Record) -> Iterator[str]:
    top = [(s["id"], s["heading"]) for s in record["sections"]]
    if [i for i, _ in top] != [i for i, _ in wanted]:
        yield f"expected {[i for i, _ in wanted]}, got {[i for i, _ in top]}"
        return
    for (identifier, heading), (_, found) in zip(wanted, top, strict=True):
        if not same(heading or "", found or ""):
            yield f"heading of {identifier}: expected {heading!r}, got {found!r}"


def compare_nested(wanted: Any, record: Record) -> Iterator[str]:
    for parent, children in wanted.items():
        inside = [
            (s["id"], plain(s["heading"] or ""))
            for section in record["sections"]
            if section["id"] == parent
            for s in walk(section["children"])
        ]
        for identifier, heading in children:
            if (identifier, plain(heading)) not in inside:
                yield f"{identifier} {heading!r} is not in {parent}: {inside}"


def compare_first_words(wanted: Any, record: Record) -> Iterator[str]:
    for identifier, words in wanted.items():
        texts = [plain(s["text"]) for s in walk(record["sections"]) if s["id"] == identifier]
        if not any(text.startswith(plain(words)) for text in texts):
            yield f"{identifier} should begin with {words!r}, begins with {[text[:24] for text in texts]}"


def compare_present(wanted: Any, record: Record) -> Iterator[str]:
    text = plain(record["text"])
    yield from (f"lost from the text: {words!r}" for words in wanted if plain(words) not in text)


def compare_absent(wanted: Any, record: Record) -> Iterator[str]:
    text = plain(record["text"])
    text += plain("".join((s["heading"] or "") + s["text"] for s in walk(record["sections"])))
    if not text:
        yield "no text at all"
    yield from (f"still in the text: {words!r}" for words in wanted if plain(words) in text)


def compare_figures(wanted: Any, record: Record) -> Iterator[str]:
    for metric, value in wanted.items():
        found = [f["value"] for f in sentence_values(record, metric)]
        if not found or not all(same(value, other) for other in found):
            yield f"{metric}: expected {value}, got {found}"


def compare_approximate(wanted: Any, record: Record) -> Iterator[str]:
    for metric in wanted:
        found = [f["qualifier"] for f in sentence_values(record, metric)]
        if not found or "exact" in found:
            yield f"{metric} should be approximate, is {found}"


def compare_not_figures(wanted: Any, record: Record) -> Iterator[str]:
    for metric, decoys in wanted.items():
        found = [f["value"] for f in sentence_values(record, metric)]
        yield from (f"{metric}: took the decoy {decoy}" for decoy in decoys if any(same(decoy, value) for value in found))


def compare_tables(wanted: Any, record: Record) -> Iterator[str]:
    for table, rows in wanted.items():
        named = {row: values for row, values in rows.items() if not row.startswith("_")}
        for row, values in named.items():
            found = table_row(record, table, row)
            if len(found) != len(values) or not all(map(same, values, found)):
                yield f"{table}.{row}: expected {values}, got {found}"
        cells = stated_cells(record, table)
        size = rows.get("_rows", 0) * len(COLUMNS[table]) or rows.get("_values")
        if size is not None and len(cells) != size:
            yield f"{table}: expected {size} cells, got {len(cells)}"
        rest = rows.get("_every_other_row", rows.get("_every_value"))
        others = [f["value"] for f in cells if f["row"] not in named]
        if rest is not None and not (others and all(same(rest, value) for value in others)):
            yield f"{table}: the rest should be {rest}, is {sorted(set(map(str, others)))}"


def compare_metadata(wanted: Any, record: Record) -> Iterator[str]:
    for key, value in wanted.items():
        if not same(value, record["metadata"].get(key) or None):
            yield f"{key}: expected {value!r}, got {record['metadata'].get(key)!r}"


def compare_issue_words(wanted: Any, record: Record) -> Iterator[str]:
    told = [json.dumps(issue, ensure_ascii=False) for issue in record["issues"]]
    for words in wanted:
        if not any(all(word in issue for word in words) for issue in told):
            yield f"no finding holds all of {words}: {[issue['code'] for issue in record['issues']]}"


def compare_issues(wanted: Any, record: Record) -> Iterator[str]:
    codes = {issue["code"] for issue in record["issues"]}
    yield from (f"no finding {code}: {sorted(codes)}" for code in wanted if code not in codes)


def compare_identities(wanted: Any, record: Record) -> Iterator[str]:
    broken = [issue["code"] for issue in record["issues"] if any(part in issue["code"] for part in ARITHMETIC)]
    if wanted is bool(broken):
        yield f"findings about the arithmetic: {broken}"


def compare_signed_by(wanted: Any, record: Record) -> Iterator[str]:
    names = [body["name"] for body in record["signed_by"]]
    if sorted(map(plain, names)) != sorted(map(plain, wanted)):
        yield f"expected {wanted}, got {names}"


def compare_signed_repaired(wanted: Any, record: Record) -> Iterator[str]:
    found = [date["repaired"] for date in record["dates"] if date["kind"] == "signed"]
    if wanted not in found:
        yield f"expected a signed date with repaired = {wanted}, got {found}"


def compare_attachments(wanted: Any, record: Record) -> Iterator[str]:
    found = [attachment["url"] for attachment in record["attachments"]]
    if found != wanted:
        yield f"expected {wanted}, got {found}"


def compare_attachments_read(wanted: Any, record: Record) -> Iterator[str]:
    found = [attachment["url"] for attachment in record["attachments"] if attachment["read"]]
    if found != wanted:
        yield f"expected {wanted}, got {found}"


def compare_reviewed(wanted: Any, record: Record) -> Iterator[str]:
    if wanted is not True:
        yield "nobody has read this draft against the page yet"


COMPARISONS: dict[str, Comparison] = {
    "state": compare_state,
    "page_kind": at("page_kind"),
    "trust": at("trust"),
    "title": at("title"),
    "published": date_at("published"),
    "signed": date_at("signed"),
    "signed_repaired": compare_signed_repaired,
    "signed_by": compare_signed_by,
    "report_year": at("report_year"),
    "reporting_body": at("reporting_body", "name"),
    "reporting_body_as_printed": at("reporting_body", "as_printed"),
    "division_code": at("reporting_body", "division_code"),
    "division_code_now": at("reporting_body", "division_code_now"),
    "division": at("reporting_body", "division_name"),
    "level": at("reporting_body", "level"),
    "organ": at("reporting_body", "organ"),
    "compiled_by": at("compiled_by", "name"),
    "period_start": at("period", "start"),
    "period_end": at("period", "end"),
    "script": at("script"),
    "regime": at("regime"),
    "sections": compare_sections,
    "nested": compare_nested,
    "first_words": compare_first_words,
    "present": compare_present,
    "absent": compare_absent,
    "figures": compare_figures,
    "approximate": compare_approximate,
    "not_figures": compare_not_figures,
    "tables": compare_tables,
    "metadata": compare_metadata,
    "issues": compare_issues,
    "issue_words": compare_issue_words,
    "identities_hold": compare_identities,
    "attachments": compare_attachments,
    "attachments_read": compare_attachments_read,
    "reviewed": compare_reviewed,
}


def differences(field: str, wanted: Any, record: Record) -> list[str]:
    """How a record differs from the expectation in one field; a field that nobody compares is a KeyError."""
    return list(COMPARISONS[field](wanted, record))
