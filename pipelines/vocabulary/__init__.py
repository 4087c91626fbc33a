"""The data files of the rules; each names its source and its licence."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def toml(name: str) -> dict[str, Any]:
    """The content of a TOML file of the vocabulary."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
