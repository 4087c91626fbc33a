"""What the stages know of a page while they work on it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from pipelines.model import Document, Evidence, Issue, Media, Report, Severity, Span

if TYPE_CHECKING:
    from pipelines.page.region import View
    from pipelines.prose.quantities import Quantity


@dataclass(slots=True)
class Grid:
    """A table before its meaning is known: see `Table` for `cells` and `spans`."""

    cells: list[list[str]]
    spans: list[Span] = field(default_factory=list)


BlockKind = Literal["heading", "paragraph", "list_item", "table"]


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item or table of the page, white space folded; a table's text has a line per row, cells
    parted by tabs, and each merged cell once."""

    kind: BlockKind
    text: str
    grid: Grid | None = None
    bold: bool = False
    """The whole block is bold or a heading element."""
    align: Literal["left", "center", "right"] = "left"
    start: int = 0
    end: int = 0
    """Offsets in `Report.text`; set when chrome is gone."""


@dataclass(slots=True)
class Cut:
    """A piece of the page that is not the report's, and why it was cut."""

    text: str
    why: str


def follow(shifts: list[tuple[int, int]], offset: int) -> int:
    """Where an offset is on the other side of shifts, (here, there) each; never behind the next of them."""
    following = bisect_right(shifts, offset, key=itemgetter(0))
    here, there = shifts[following - 1] if following else (0, 0)
    moved = there + offset - here
    return min(moved, shifts[following][1]) if following < len(shifts) else moved


@dataclass(slots=True)
class Draft:
    """What the stages know so far. Each stage reads it and adds its own part; `report` is what is left at the end."""

    document: Document
    report: Report = field(default_factory=Report)
    markup: str = ""
    """The decoded page: HTML or plain text."""
    is_html: bool = False
    encoding: str = ""
    media: Media | None = None
    """What the lead is where it is a file, not a page; `markup` is empty then."""
    page_title: str = ""
    """The <title> element."""
    meta: dict[str, list[str]] = field(default_factory=dict)
    """Meta tags by lower-case name, values in page order."""
    breadcrumb: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    """The report's own blocks in order; `report.text` is their texts joined by newlines."""
    annexes: list[tuple[Evidence, list[Block]]] = field(default_factory=list)
    """Blocks that further files add to the report, with the evidence that names the file."""
    cut: list[Cut] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    """Addresses of the frames that the page shows."""
    view: View | None = None
    """The page taken apart, for what it shows around the report; None for a file that cannot be read."""
    plain: str = ""
    """`report.text` in half-width punctuation and digits and simplified script, for matching; see `place`."""
    title_plain: str = ""
    """`report.title` in the same form."""
    shifts: list[tuple[int, int]] = field(default_factory=list)
    """Where `plain` is longer or shorter than the text: (offset in plain, offset in text), ascending; empty when equal."""

    quantities: dict[int, list[Quantity]] = field(default_factory=dict)
    """The numbers of the paragraphs that were read for them, by where those begin in `plain`; see `prose.sentences`."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in `report.text` of a piece of `plain`."""
        if not self.shifts:
            return start, end
        length = len(self.report.text)
        return min(follow(self.shifts, start), length), min(follow(self.shifts, end), length)

    def words(self, start: int, end: int) -> str:
        """The report's own words at a piece of `plain`."""
        start, end = self.place(start, end)
        return self.report.text[start:end]

    def add_issue(self, code: str, severity: Severity, message: str, *sides: Evidence) -> None:
        """Records a finding."""
        self.report.issues.append(Issue(code, severity, message, list(sides)))
