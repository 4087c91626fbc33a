"""The seed pages, held by their own script: each expectation of each field is a test."""

import json
from functools import cache
from typing import Any

import pytest

from crawler.inputs import documents
from pipelines.model import Document
from tests.shared import SHARED, checker, record_of

FOLDER = SHARED / "seeds"
check = checker("seeds")
EXPECTED: dict[str, dict[str, Any]] = {
    name: wanted
    for name, wanted in json.loads((FOLDER / "expected.json").read_text(encoding="utf-8")).items()
    if not name.startswith("_")
}


@cache
def results(name: str) -> list[tuple[str, bool, str]]:
    """What the script says of a page: the name of each check, whether it holds, and what was found."""
    [document] = documents([str(FOLDER / name)])
    assert isinstance(document, Document)
    return list(check.checks(EXPECTED[name], record_of(document)))


def cases() -> list[Any]:
    # The names of the checks follow from what is expected, so an empty record has the same ones.
    return [
        pytest.param(name, number, id=f"{name[:3]}-{what}")
        for name, wanted in EXPECTED.items()
        for number, (what, _, _) in enumerate(check.checks(wanted, {}))
    ]


@pytest.mark.parametrize(("name", "number"), cases())
def test_seed(name: str, number: int) -> None:
    what, holds, detail = results(name)[number]
    assert holds, f"{what}: {detail}"
