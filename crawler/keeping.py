"""What was fetched and cannot be kept ends the crawl: the fault is the disk's, and must not pass for the portal's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotKept(Exception):
    """A folder that cannot be written: names it and says what to do."""


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Turns the errors of the disk under a folder into NotKept."""
    try:
        yield
    except OSError as error:
        raise NotKept(f"{folder} cannot be written: {error.strerror or error}; put that right, then run this again") from error
