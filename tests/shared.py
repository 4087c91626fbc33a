"""The pages beside the repository that tests look at where they are there, with the scripts that check them."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from pipelines import run
from pipelines.model import Document

SHARED = Path(__file__).parent.parent.parent / "shared"


def checker(folder: str) -> ModuleType:
    """`check.py` of a folder; skips the test module where the folder is absent."""
    path = SHARED / folder / "check.py"
    if not path.exists():
        pytest.skip(f"the pages of ../shared/{folder} are not here", allow_module_level=True)
    spec = importlib.util.spec_from_file_location(f"check_{folder}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def record_of(document: Document) -> dict[str, Any]:
    """The record as `scrapy extract` writes it."""
    record: dict[str, Any] = json.loads(msgspec.json.encode(run(document)))
    return record
