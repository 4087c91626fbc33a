"""The tables of the store. SQL that every database understands; what only SQLite needs is in `sqlite`.

    bodies ─< reports ─< editions >─ pages      an edition is what one page showed in one version
                 └─< figures     └─< issues, bands

Rows of `pages` and `editions.record` hold what a page says by itself. All the rest (kind, of, twin, leads, the issues of scope
`editions` and `years`, figures) follows from the set of stored editions and is worked out again when the set changes, so the
order in which pages are stored leaves no trace. Times are ISO 8601 in UTC, taken from the captures.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
)

STORE_VERSION = 1
"""Raised when tables change; `Store.open` refuses a database of another version."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

store = Table("store", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

bodies = Table(
    "bodies",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("level", String),
    Column("organ", String, nullable=False),
    Column("division_code", String),
    Column("division_code_now", String),
    Column("division_name", String),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", ForeignKey("bodies.id"), nullable=False),
    Column("year", Integer, nullable=False),
    UniqueConstraint("body", "year"),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", String, nullable=False, unique=True),
    Column("portal", String, index=True),
    Column("first_seen", String),
    Column("last_seen", String),
    Column("last_changed", String),
    Column("status", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", Text),
    Column("page_kind", String, nullable=False),
    Column("title", Text),
    Column("content", String, nullable=False),  # SHA-256 of the bytes that came last
)

editions = Table(
    "editions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page", ForeignKey("pages.id"), nullable=False),
    Column("report", ForeignKey("reports.id"), index=True),  # null: body or year unknown
    Column("version", String, nullable=False),  # what makes two captures of the page the same: the fingerprint, else `content`
    Column("content", String, nullable=False),  # SHA-256 of the bytes that the record was read from
    Column("fingerprint", String),
    Column("first_seen", String),
    Column("last_seen", String),
    Column("current", Boolean, nullable=False),  # the page's latest version
    Column("leads", Boolean, nullable=False, default=False),  # the main edition of its report
    Column("kind", String),  # null: not placed, or claims a body and year whose report has other words
    Column("of", String),
    Column("twin", String, index=True),  # address of the earliest page of another report with nearly the same words
    Column("record", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("parser_version", String, nullable=False),
    Column("vocabulary_version", String, nullable=False),
    UniqueConstraint("page", "version"),
)

bands = Table(
    "bands",
    metadata,
    Column("edition", ForeignKey("editions.id"), primary_key=True),
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Index(None, "band"),
)

figures = Table(
    "figures",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("body", ForeignKey("bodies.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("metric", String, nullable=False),
    Column("row", String),
    Column("column", String),
    Column("value", Numeric(asdecimal=False)),
    Column("unit", String),
    Column("qualifier", String, nullable=False),
    Column("stated", String, nullable=False),
    Column("source", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("part_of", String),
    Index(None, "metric", "row", "column"),
)

issues = Table(
    "issues",
    metadata,
    Column("edition", ForeignKey("editions.id"), primary_key=True),
    Column("scope", String, primary_key=True),  # page: found in it alone; editions, years: found beside others
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("code", String, nullable=False, index=True),
    Column("severity", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("sides", Text, nullable=False),  # JSON
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("portal", String, nullable=False, index=True),
    Column("started", String, nullable=False),
    Column("finished", String),  # null: still running, or killed
    Column("counts", Text),  # JSON: pages by state
)
