"""The twins of the seed pages, field by field: a clone without the seeds tests every rule that they need."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pipelines
from pipelines.model import Capture, Document
from tests.expectations import Record, differences

TWINS = Path(__file__).parent.parent / "fixtures" / "seeds"
EXPECTED: dict[str, dict[str, Any]] = json.loads((TWINS / "expected.json").read_text(encoding="utf-8"))


@cache
def record(name: str) -> Record:
    return asdict(pipelines.run(Document(Capture(body=(TWINS / name).read_bytes()), source=name)))


@pytest.mark.parametrize(
    ("name", "field", "wanted"),
    [
        pytest.param(name, field, wanted, id=f"{name}-{field}")
        for name, expected in EXPECTED.items()
        for field, wanted in expected.items()
    ],
)
def test_twin(name: str, field: str, wanted: Any) -> None:
    assert differences(field, wanted, record(name)) == []
