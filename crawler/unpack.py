"""RAR and 7z archives as ZIP archives, which the stages read: bsdtar's work, when it is installed.

Nothing in an archive is written to disk under a name of its own: bsdtar copies the members from one archive into the other.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from threading import Thread, Timer
from typing import IO

from pipelines.files.limits import MAX_INFLATED

SECONDS = 60
"""For one archive; one within the limits takes a second."""
_HEADS = 4 << 20
"""Bytes that a ZIP of thousands of names may be larger than what is in it."""
# In another locale bsdtar cannot write Chinese names.
_LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"

_RAR = b"Rar!"
_WHY = re.compile(r"Error reading archive [^:]*: (.*\w)")


class NotUnpacked(Exception):
    """An archive that bsdtar did not open, and why."""


@cache
def program() -> str | None:
    """Where bsdtar is; None without it."""
    return shutil.which("bsdtar")


def zip_of(body: bytes) -> bytes:
    """An archive as a ZIP archive without compression; NotUnpacked when it is broken, under a password or too large."""
    bsdtar = program()
    if bsdtar is None:
        raise NotUnpacked("bsdtar is not installed")
    # Where libarchive can look at the end of a RAR archive, it takes a Word file or ZIP archive that is stored there for the
    # archive; of 7z it has to see the end.
    through_pipe = body.startswith(_RAR)
    with tempfile.NamedTemporaryFile(prefix="gongkai-") as packed, tempfile.TemporaryFile() as complaints:
        if not through_pipe:
            packed.write(body)
            packed.flush()
        source = "-" if through_pipe else packed.name
        child = subprocess.Popen(
            [bsdtar, "-cf", "-", "--format", "zip", "--options", "zip:compression=store", f"@{source}"],
            stdin=subprocess.PIPE if through_pipe else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={**os.environ, "LC_ALL": _LOCALE},
        )
        clock = Timer(SECONDS, child.kill)
        clock.start()
        if child.stdin is not None:
            Thread(target=_feed, args=(child.stdin, body), daemon=True).start()
        assert child.stdout
        try:
            out = child.stdout.read(MAX_INFLATED + _HEADS + 1)
            if len(out) > MAX_INFLATED + _HEADS:
                raise NotUnpacked(f"it unpacks to more than {MAX_INFLATED >> 20} MiB")
            failed = child.wait() != 0
        finally:
            clock.cancel()
            child.kill()
            child.stdout.close()
            child.wait()
        complaints.seek(0)
        said = complaints.read(4096).decode("utf-8", "replace")
    if failed:
        if "ncrypt" in said or "assphrase" in said:
            raise NotUnpacked("it is under a password")
        why = _WHY.search(said)
        raise NotUnpacked(f"bsdtar cannot read it{f': {why.group(1)}' if why else ''}")
    return out


def _feed(pipe: IO[bytes], body: bytes) -> None:
    """Writes an archive to a program that may end before it has read it."""
    with suppress(OSError), pipe:
        pipe.write(body)
