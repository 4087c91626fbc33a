"""The data files of the rules; each names its source and its licence."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

ZERO = "〇零○◯OoΟο0"
"""What pages print for the zero of a year in numerals; the patterns of a file have `[<zero>]` in its place."""


def toml(name: str) -> dict[str, Any]:
    """The content of a TOML file of the vocabulary, with the characters for zero in the place of `<zero>`."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8").replace("<zero>", ZERO))
