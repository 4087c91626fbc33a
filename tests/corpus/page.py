"""What a generated page is: its bytes, and what a careful reader would take from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipelines.model import Capture, Document

Kind = Literal["heading", "paragraph", "table"]


@dataclass(slots=True)
class Cell:
    """A cell of a printed table; a merged one stands once, where it begins."""

    text: str
    rows: int = 1
    columns: int = 1
    broken: list[str] = field(default_factory=list)
    """The label in the pieces that `<br>` parts, where it is broken."""


@dataclass(slots=True)
class Piece:
    """A block of the report as its writer made it."""

    kind: Kind
    text: str = ""
    level: int = 0
    table: list[list[Cell]] = field(default_factory=list)
    layout: str = "html"
    """How a table is printed: html, flat, tabs, markdown, line."""
    align: str = "left"
    glue: bool = False
    """Printed in one paragraph with the piece after it."""


@dataclass(slots=True)
class Part:
    """A part that must be found; an id of None is a heading on which nothing is asked."""

    id: str | None
    heading: str | None
    level: int = 1


CellKey = tuple[str, str, str]
Reading = tuple[str, float, str]
"""Metric, value, qualifier."""


@dataclass(slots=True)
class Truth:
    """What must come out of a page."""

    kind: str
    title: str = ""
    published: str | None = None
    text: str = ""
    parts: list[Part] = field(default_factory=list)
    cells: dict[CellKey, float | None] = field(default_factory=dict)
    annex: dict[str, float] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A page, what is special about it, and its truth."""

    name: str
    system: str
    markup: str
    truth: Truth
    url: str
    traps: list[str] = field(default_factory=list)
    encoding: str = "utf-8"
    status: int = 200

    def document(self) -> Document:
        """The page as the network side hands it over."""
        html = self.system != "plain"
        kind = "text/html" if html else "text/plain"
        body = self.markup.encode(self.encoding, "xmlcharrefreplace" if html else "strict")
        return Document(Capture(body, url=self.url, status=self.status, headers={"content-type": kind}), source=self.name)
