"""All that is SQLite's own: how its connections are set up, and what its errors ask a person to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

PATIENCE = 30_000
"""Milliseconds to wait for another writer; a URL with `?timeout=SECONDS` sets its own."""

_ADVICE = {
    sqlite3.SQLITE_BUSY: "another program is writing to it; wait until that one has ended, then run this again",
    sqlite3.SQLITE_LOCKED: "another program is writing to it; wait until that one has ended, then run this again",
    sqlite3.SQLITE_FULL: "the disk is full; free some space, then run this again",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write it; check the disk and its free space, then run this again",
    sqlite3.SQLITE_READONLY: "it may not be written; give yourself the right to write to the file and its folder",
    sqlite3.SQLITE_PERM: "it may not be opened; give yourself the right to read and write it",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that the path is a file and that you may write to its folder",
    sqlite3.SQLITE_NOTADB: "it is not a SQLite database; name another file, or move this one away",
    sqlite3.SQLITE_CORRUPT: "it is damaged; put a backup in its place, or move it away and replay the archive into a new one",
}


def prepare(engine: Engine) -> None:
    """Makes the folder of the file, and has each connection opened with foreign keys, WAL and transactions that begin when we
    say so."""
    database = engine.url.database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    patient = "timeout" not in engine.url.query

    def connect(connection: sqlite3.Connection, _: Any) -> None:
        # The driver would begin transactions by itself, only before the first change and without the write lock.
        connection.isolation_level = None
        if patient:
            connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        connection.execute("PRAGMA foreign_keys = ON")
        # Readers and the one writer do not wait for each other. `synchronous` stays FULL: a commit survives a power cut.
        connection.execute("PRAGMA journal_mode = WAL")

    def begin(connection: Connection) -> None:
        # A writer takes its lock before it reads: two crawls wait for each other instead of failing half-way.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)


def advice(error: BaseException | None) -> str | None:
    """What is wrong with the database and what to do about it; null for an error that only a programmer can mend."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _ADVICE.get(code & 0xFF)
