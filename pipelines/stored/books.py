"""The store inside one transaction: the questions that the storing stages ask of it, and what they write into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Table, delete, func, insert, select, update

from pipelines import vocabulary
from pipelines.fingerprint import fingerprint_of
from pipelines.model import Document, Issue, Report
from pipelines.stored import likeness
from pipelines.stored.arrangement import UNDER_REVIEW, Known, Placement
from pipelines.stored.captures import Key, address_of, content_of, key_of, moment
from pipelines.stored.schema import bands, bodies, editions, figures, issues, pages, reports, runs

_WITH_RECORD = ("report", "needs_review")
"""States in which a page has a record worth keeping."""

_decode = msgspec.json.Decoder(Report).decode


class Books:
    """The store as one transaction sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- questions ------------------------------------------------------------------------------------------------

    def editions_of(self, body: str, year: int) -> list[Known]:
        """All versions of all pages that claim this body and year."""
        claims = select(reports.c.id).where(reports.c.body == body, reports.c.year == year)
        return self._known(_known_editions().where(editions.c.report.in_(claims)))

    def sharing_bands(self, fingerprint: str, is_alike: Callable[[str], bool]) -> list[Known]:
        """Editions, of any report, that share a band with the fingerprint and whose own fingerprint passes."""
        sharing = select(bands.c.edition).where(bands.c.band.in_(likeness.bands(fingerprint)))
        # Templates share bands by the thousand: records are read only of those that pass.
        candidates = self._connection.execute(select(editions.c.id, editions.c.fingerprint).where(editions.c.id.in_(sharing)))
        alike = [row.id for row in candidates if is_alike(row.fingerprint)]
        return self._known(_known_editions().where(editions.c.id.in_(alike))) if alike else []

    def twins_of(self, url: str) -> list[Known]:
        """The editions of which this page is noted as the elder twin."""
        return self._known(_known_editions().where(editions.c.twin == url))

    def lead(self, body: str, year: int) -> Report | None:
        """The main edition's record, as its page gives it by itself."""
        return self._record(_leads(body).where(reports.c.year == year))

    def lead_before(self, body: str, year: int) -> Report | None:
        """The main edition of the body's latest stored report of an earlier year."""
        return self._record(_leads(body).where(reports.c.year < year).order_by(reports.c.year.desc()).limit(1))

    def year_after(self, body: str, year: int) -> int | None:
        """The first later year of which the body's report is stored."""
        query = select(func.min(reports.c.year)).where(reports.c.body == body, reports.c.year > year)
        year_after: int | None = self._connection.scalar(query)
        return year_after

    # --- pages ----------------------------------------------------------------------------------------------------

    def keep(self, document: Document, report: Report) -> tuple[Known | None, set[Key]]:
        """Writes what the page says by itself. Returns its edition and the reports to settle; nothing where nothing changed
        but the time the page was last seen."""
        seen, content = moment(document.lead.fetched_at), content_of(document)
        page = self._page(address_of(report))
        if page is None:
            first = _present(document, report, content)
            times = dict.fromkeys(("first_seen", "last_seen", "last_changed"), seen)
            page_id = self._insert(pages, url=address_of(report), **first, **times)
        else:
            page_id = page.id
            self._update_page(page, document, report, seen, content)
        before = self._versions(page_id)
        edition = self._keep_edition(page_id, before, report, seen, content)
        self._choose_current(page_id)
        after = self._versions(page_id)
        if _what_matters(before) == _what_matters(after):
            return None, set()
        if before and _current(before) != _current(after):
            self._set(pages, page_id, last_changed=seen)
        touched = {key for row in (*before, *after) for key in self._keys(row)}
        known = None if edition is None else self._known(_known_editions().where(editions.c.id == edition))[0]
        # An older visit may have claimed a report that its edition, as it was read last, does not.
        return (known if known and key_of(known.report) else None), touched

    def _update_page(self, page: Row[Any], document: Document, report: Report, seen: str, content: str) -> None:
        if seen < page.last_seen:
            # An older capture, replayed: it says nothing of the page's present.
            self._set(pages, page.id, first_seen=min(seen, page.first_seen))
            return
        set_aside = page.reason == UNDER_REVIEW and report.state == "report" and key_of(report) is not None
        present = _present(document, report, content)
        if set_aside:
            present |= {"state": page.state, "reason": page.reason}
        changed = present["state"] != page.state
        self._set(pages, page.id, **present, last_seen=seen, last_changed=seen if changed else page.last_changed)

    def _keep_edition(self, page: int, versions: list[Row[Any]], report: Report, seen: str, content: str) -> int | None:
        # Without a fingerprint the text alone tells versions apart; bytes differ from one visit to the next.
        version = report.fingerprint or fingerprint_of(report.text)
        stored = next((row for row in versions if row.version == version), None)
        # The same bytes read otherwise: a newer parser, not a newer page.
        reread = next((row for row in versions if row.content == content), None)
        has_record = report.state in _WITH_RECORD
        if reread is not None and (not has_record or stored not in (None, reread)):
            self._forget(reread.id)
        if not has_record:
            return None
        stored = stored or reread
        if stored is not None and seen < stored.last_seen:
            self._set(editions, stored.id, first_seen=min(seen, stored.first_seen))
            return int(stored.id)
        key = key_of(report)
        values = {
            "version": version,
            "content": content,
            "fingerprint": report.fingerprint,
            "report": None if key is None else self._report(report, key),
            "record": _encode(report),
            "schema_version": report.schema_version,
            "parser_version": report.parser_version,
            "vocabulary_version": vocabulary_version(),
        }
        if stored is None:
            edition = self._insert(editions, page=page, current=False, first_seen=seen, last_seen=seen, **values)
        else:
            edition = int(stored.id)
            self._set(editions, edition, last_seen=seen, **values)
            if stored.report != values["report"]:
                self._unplace(edition)
            if stored.record == values["record"]:
                return edition
        self._write_issues(edition, "page", report.issues)
        self._connection.execute(delete(bands).where(bands.c.edition == edition))
        if key is not None and report.fingerprint is not None:
            self._insert_all(bands, ({"edition": edition, "band": band} for band in likeness.bands(report.fingerprint)))
        return edition

    def _choose_current(self, page: int) -> None:
        """Marks what the page showed when it was last seen."""
        of_page = editions.c.page == page
        latest = select(editions.c.id).where(of_page).order_by(editions.c.last_seen.desc(), editions.c.id.desc()).limit(1)
        current = self._connection.scalar(latest)
        self._connection.execute(update(editions).where(of_page).values(current=editions.c.id == current))

    def _unplace(self, edition: int) -> None:
        """Undoes what followed from the report that it was thought to be."""
        self._set(editions, edition, kind=None, of=None, twin=None, leads=False)
        for scope in ("editions", "years"):
            self._write_issues(edition, scope, [])

    def _forget(self, edition: int) -> None:
        for table in (issues, bands):
            self._connection.execute(delete(table).where(table.c.edition == edition))
        self._connection.execute(delete(editions).where(editions.c.id == edition))

    # --- reports --------------------------------------------------------------------------------------------------

    def place(self, body: str, year: int, placements: Mapping[Known, Placement]) -> None:
        """Writes how the editions of a report stand to each other, and the figures of the one that leads."""
        report = self._connection.scalar(select(reports.c.id).where(reports.c.body == body, reports.c.year == year))
        if report is None:
            return
        self._connection.execute(delete(figures).where(figures.c.report == report))
        if not placements:
            self._connection.execute(delete(reports).where(reports.c.id == report))
            without = bodies.c.id.not_in(select(reports.c.body))
            self._connection.execute(delete(bodies).where(bodies.c.id == body, without))
        for known, placement in placements.items():
            edition = placement.edition
            kind, of = (None, None) if edition is None else (edition.kind, edition.of)
            self._set(editions, known.row, kind=kind, of=of, leads=placement.leads)
            self._write_issues(known.row, "editions", placement.issues)
            self._set_aside(known, edition is None)
            # `note_years` writes those of the one that leads now.
            self._write_issues(known.row, "years", [])
            if placement.leads:
                self._insert_all(figures, _figure_rows(report, body, year, known.report))

    def set_twin(self, known: Known, twin: str | None) -> None:
        """Notes the page of another report that this edition is nearly the same as."""
        self._set(editions, known.row, twin=twin)

    def note_years(self, body: str, year: int, found: list[Issue]) -> None:
        """Writes what the body's report before this one shows about its main edition."""
        lead = self._connection.scalar(_leads(body, editions.c.id).where(reports.c.year == year))
        self._write_issues(lead, "years", found)

    def _set_aside(self, known: Known, aside: bool) -> None:
        if not known.current:
            return
        page = select(editions.c.page).where(editions.c.id == known.row).scalar_subquery()
        as_read, set_aside = {"state": "report", "reason": None}, {"state": "needs_review", "reason": UNDER_REVIEW}
        if aside:
            change = update(pages).where(pages.c.id == page, pages.c.state == "report").values(set_aside)
        else:
            change = update(pages).where(pages.c.id == page, pages.c.reason == UNDER_REVIEW).values(as_read)
        self._connection.execute(change)

    def _report(self, report: Report, key: Key) -> int:
        """The row of a body and year, with its body's; made where there is none."""
        body, year = report.reporting_body, key[1]
        assert body is not None
        values = {name: getattr(body, name) for name in bodies.c.keys() if name != "id"}  # noqa: SIM118
        if self._connection.scalar(select(bodies.c.id).where(bodies.c.id == body.id)) is None:
            self._connection.execute(insert(bodies).values(id=body.id, **values))
        else:
            self._connection.execute(update(bodies).where(bodies.c.id == body.id).values(values))
        found = self._connection.scalar(select(reports.c.id).where(reports.c.body == body.id, reports.c.year == year))
        return self._insert(reports, body=body.id, year=year) if found is None else found

    # --- crawls ---------------------------------------------------------------------------------------------------

    def start_run(self, portal: str, started: str) -> int:
        """The number of a crawl of one portal that begins now."""
        return self._insert(runs, portal=portal, started=moment(started))

    def finish_run(self, run: int, finished: str, counts: Mapping[str, int]) -> None:
        """Notes that a crawl came to its end, with the pages it saw by state."""
        self._set(runs, run, finished=moment(finished), counts=_encode(dict(sorted(counts.items()))))

    # --- rows -----------------------------------------------------------------------------------------------------

    def _page(self, url: str) -> Row[Any] | None:
        return self._connection.execute(select(pages).where(pages.c.url == url)).one_or_none()

    def _versions(self, page: int) -> list[Row[Any]]:
        query = select(editions, reports.c.body, reports.c.year).outerjoin_from(editions, reports)
        return list(self._connection.execute(query.where(editions.c.page == page).order_by(editions.c.id)))

    def _keys(self, version: Row[Any]) -> Iterable[Key]:
        return [] if version.body is None else [(version.body, version.year)]

    def _known(self, query: Select[Any]) -> list[Known]:
        rows = self._connection.execute(query)
        return [Known(row.url, _decode(row.record), row.content, row.first_seen, row.current, row.twin, row.id) for row in rows]

    def _record(self, query: Select[Any]) -> Report | None:
        record = self._connection.scalar(query)
        return None if record is None else _decode(record)

    def _write_issues(self, edition: int | None, scope: str, found: list[Issue]) -> None:
        self._connection.execute(delete(issues).where(issues.c.edition == edition, issues.c.scope == scope))
        self._insert_all(
            issues,
            (
                {
                    "edition": edition,
                    "scope": scope,
                    "position": position,
                    "code": issue.code,
                    "severity": issue.severity,
                    "message": issue.message,
                    "sides": _encode(issue.sides),
                }
                for position, issue in enumerate(found)
            ),
        )

    def _insert(self, table: Table, **values: object) -> int:
        key = self._connection.execute(insert(table).values(values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _insert_all(self, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
        if rows := list(rows):
            self._connection.execute(insert(table), rows)

    def _set(self, table: Table, row: int | None, **values: object) -> None:
        self._connection.execute(update(table).where(table.c.id == row).values(values))


@cache
def vocabulary_version() -> str:
    """The version of the closed vocabularies that a record keeps to."""
    source = (vocabulary.FOLDER / "record.json").read_bytes()
    return str(msgspec.json.decode(source)["codebook_version"])


def _known_editions() -> Select[Any]:
    return select(editions, pages.c.url).join_from(editions, pages).order_by(editions.c.id)


def _leads(body: str, *columns: Any) -> Select[Any]:
    return (
        select(*(columns or (editions.c.record,))).join_from(editions, reports).where(reports.c.body == body, editions.c.leads)
    )


def _present(document: Document, report: Report, content: str) -> dict[str, object]:
    lead = document.lead
    return {
        "portal": lead.hints.portal,
        "status": lead.status,
        "state": report.state,
        "reason": report.reason,
        "page_kind": report.page_kind,
        "title": report.title,
        "content": content,
    }


def _what_matters(versions: list[Row[Any]]) -> list[tuple[Any, ...]]:
    """What other pages' placements are worked out from."""
    return [(row.id, row.report, row.version, row.current, row.first_seen, row.record) for row in versions]


def _current(versions: list[Row[Any]]) -> list[int]:
    return [row.id for row in versions if row.current]


def _figure_rows(report: int, body: str, year: int, record: Report) -> Iterable[Mapping[str, object]]:
    for position, figure in enumerate(record.figures):
        yield {
            "report": report,
            "position": position,
            "body": body,
            "year": year,
            "metric": figure.metric,
            "row": figure.row,
            "column": figure.column,
            "value": figure.value,
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "stated": figure.stated,
            "source": figure.source,
            "words": figure.words,
            "part_of": figure.part_of,
        }


def _encode(value: object) -> str:
    return msgspec.json.encode(value).decode()
