"""The saved portals, page by page and field by field, through the stages alone: no server, no crawl."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pipelines
from pipelines.model import Capture, Document, Hints
from tests.expectations import Record, differences

PORTALS = Path(__file__).parent.parent / "fixtures" / "portals"
STORED = {"edition"}
"""Fields that need what is stored already; the crawl's tests compare them."""


@cache
def read(portal: str, name: str) -> Any:
    return json.loads((PORTALS / portal / name).read_text(encoding="utf-8"))


def names() -> list[str]:
    return sorted(path.name for path in PORTALS.iterdir() if path.is_dir())


def page_of(portal: str, url: str) -> Any:
    """What a site answers at an address, of several answers the last one, which stays, with all that is known of the page."""
    site = read(portal, "site.json")
    page = next(page for page in site["pages"] if page["url"] == url)
    return page | page.get("answers", [{}])[-1] | {"hints": site["hints"] | page.get("hints", {})}


def cases() -> list[Any]:
    return [
        pytest.param(portal, url, field, wanted, id=f"{portal}-{Path(page_of(portal, url)['file']).stem}-{field}")
        for portal in names()
        for url, expected in read(portal, "expected.json").items()
        for field, wanted in expected.items()
        if field not in STORED
    ]


@cache
def record(portal: str, url: str) -> Record:
    files = [capture(portal, file) for file in page_of(portal, url).get("attachments", ())]
    return asdict(pipelines.run(Document(capture(portal, url), source=portal, attachments=files)))


def capture(portal: str, url: str) -> Capture:
    page = page_of(portal, url)
    return Capture(
        body=(PORTALS / portal / page["file"]).read_bytes(),
        url=url,
        status=page["status"],
        headers=page["headers"],
        hints=Hints(**page["hints"]),
    )


@pytest.mark.parametrize(("portal", "url", "field", "wanted"), cases())
def test_page(portal: str, url: str, field: str, wanted: Any) -> None:
    assert differences(field, wanted, record(portal, url)) == []


@pytest.mark.parametrize("portal", names())
def test_site_is_whole(portal: str) -> None:
    """Every file that a site names is there and every file there is named; an expectation belongs to a page of the site."""
    pages = read(portal, "site.json")["pages"]
    named = {answer["file"] for page in pages for answer in page.get("answers", [page]) if "file" in answer}
    saved = {path.relative_to(PORTALS / portal).as_posix() for path in (PORTALS / portal / "pages").iterdir()}
    assert named == saved
    assert set(read(portal, "expected.json")) <= {page["url"] for page in pages}
