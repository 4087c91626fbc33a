"""The store: every candidate page with its state, every version of every report, one report per body and year.

SQLite by default (`sqlite:///data/reports.sqlite`); another database by its SQLAlchemy URL. One transaction per page: an error
rolls it back, and no stored row is harmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, Engine, create_engine, func, insert, inspect, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from pipelines.model import Edition, Evidence, Issue, Report
from pipelines.stored import schema as store_schema
from pipelines.stored import sqlite
from pipelines.stored.books import Books
from pipelines.stored.schema import STORE_VERSION, editions, issues, pages

_BATCH = 200


class StoreError(Exception):
    """The store cannot be used: one sentence that names it and says what to do."""


@dataclass(slots=True)
class PortalCounts:
    """The pages of one portal by how they ended; the counts after `pages` add up to it."""

    portal: str | None
    """null for pages that no portal led to."""
    pages: int = 0
    reports: int = 0
    """Pages that are the first of their report; look-alikes are reports of their own."""
    corrections: int = 0
    copies: int = 0
    unidentified: int = 0
    """Reports whose body or year is not decided."""
    not_a_report: int = 0
    needs_review: int = 0
    blocked: int = 0
    gone: int = 0
    unreadable: int = 0


class Store:
    """A database of reports."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    @classmethod
    def open(cls, url: str) -> Store:
        """The store at a database URL, made there if there is none; raises StoreError where it cannot be used."""
        try:
            engine = create_engine(url)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            message = f"{url!r} is not the URL of a database that is installed here ({error}); write for example"
            raise StoreError(f"{message} sqlite:///data/reports.sqlite") from error
        store = cls(engine)
        try:
            if engine.dialect.name == "sqlite":
                sqlite.prepare(engine)
        except OSError as error:
            raise StoreError(f"{store} cannot be made: {error}; name a file in a folder that you may write to") from error
        try:
            store._ensure_schema()
        except BaseException:
            store.close()
            raise
        return store

    def __str__(self) -> str:
        return f"the store {self._engine.url.render_as_string(hide_password=True)}"

    def close(self) -> None:
        """Closes the connections."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Books]:
        """The books for one all-or-nothing change: kept when the block ends, undone when it raises."""
        with self._connection(self._writer) as connection:
            yield Books(connection)

    # --- reading --------------------------------------------------------------------------------------------------

    def reports(self) -> Iterator[Report]:
        """The main edition of each report, by body and year, with its placement and all its findings."""
        beside = select(issues).where(issues.c.scope != "page").order_by(issues.c.edition, issues.c.scope, issues.c.position)
        leads = select(editions).join(store_schema.reports).where(editions.c.leads)
        leads = leads.order_by(store_schema.reports.c.body, store_schema.reports.c.year).execution_options(yield_per=_BATCH)
        with self._connection(self._engine) as connection:
            for batch in connection.execute(leads).partitions():
                found: dict[int, list[Issue]] = {}
                for row in connection.execute(beside.where(issues.c.edition.in_([lead.id for lead in batch]))):
                    sides = msgspec.json.decode(row.sides, type=list[Evidence])
                    found.setdefault(row.edition, []).append(Issue(row.code, row.severity, row.message, sides))
                for lead in batch:
                    report = msgspec.json.decode(lead.record, type=Report)
                    report.edition = Edition(lead.kind, lead.of)
                    report.issues += found.get(lead.id, [])
                    yield report

    def portal_counts(self) -> list[PortalCounts]:
        """How the pages of each portal ended, by portal name."""
        kinds = select(editions.c.page, editions.c.kind).where(editions.c.current).subquery()
        grouped = pages.c.portal, pages.c.state, kinds.c.kind
        query = select(*grouped, func.count().label("number")).outerjoin_from(pages, kinds, kinds.c.page == pages.c.id)
        counts: dict[str | None, PortalCounts] = {}
        with self._connection(self._engine) as connection:
            for row in connection.execute(query.group_by(*grouped)):
                portal = counts.setdefault(row.portal, PortalCounts(row.portal))
                name = _COLUMN[row.kind] if row.state == "report" else row.state
                portal.pages += row.number
                setattr(portal, name, getattr(portal, name) + row.number)
        return sorted(counts.values(), key=lambda portal: portal.portal or "")

    # --- opening --------------------------------------------------------------------------------------------------

    @contextmanager
    def _connection(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            advice = sqlite.advice(error.orig)
            if advice is None:
                raise
            raise StoreError(f"{self} cannot be used: {advice}.") from error

    def _ensure_schema(self) -> None:
        with self._connection(self._engine) as connection:
            if self._has_schema(connection):
                return
        with self._connection(self._writer) as connection:
            # Another crawl may have made it meanwhile.
            if not self._has_schema(connection):
                store_schema.metadata.create_all(connection)
                connection.execute(insert(store_schema.store).values(version=STORE_VERSION))

    def _has_schema(self, connection: Connection) -> bool:
        tables = inspect(connection).get_table_names()
        if not tables:
            return False
        if store_schema.store.name not in tables:
            raise StoreError(f"{self} holds the tables of another program; name another database.")
        version = connection.scalar(select(store_schema.store.c.version))
        if version != STORE_VERSION:
            raise StoreError(
                f"{self} has the tables of version {version}, this program those of version {STORE_VERSION}; "
                "name a new database and replay the archive into it."
            )
        return True


_COLUMN = {"new": "reports", "look_alike": "reports", "correction": "corrections", "copy": "copies", None: "unidentified"}
