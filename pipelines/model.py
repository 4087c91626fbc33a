"""What goes into the stages, and the record that comes out; what they know in between is `draft`.

`Capture` and `Document` go in, `Report` comes out. A `Report` is the record of schema version 1: `scrapy schema` exports it,
`docs/record.schema.json` keeps it. Fields are added to it, never changed. Character offsets count Python characters in
`Report.text`. Dates are ISO 8601 in the page's local time (UTC+8).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SCHEMA_VERSION = 1

# The closed vocabularies of vocabulary/record.json; a test holds the two together.
State = Literal["report", "not_a_report", "blocked", "gone", "unreadable", "needs_review"]
PageKind = Literal[
    "annual_report",
    "notice_about_reports",
    "rule",
    "work_summary",
    "interpretation",
    "picture_version",
    "list",
    "template",
    "periodic_statistics",
    "guide",
    "government_work_report",
    "company_annual_report",
    "website_annual_form",
    "challenge",
    "login",
    "soft_404",
    "error",
    "other",
]
Trust = Literal["official_body", "official_parent", "government_host", "other_host", "untrusted_copy"]
Script = Literal["hans", "hant"]
Regime = Literal["local", "regulation_2008", "format_2019", "format_2021"]
Level = Literal["national", "province", "prefecture", "county", "township"]
Organ = Literal[
    "government",
    "government_office",
    "department",
    "zone_committee",
    "vertical_body",
    "public_institution",
    "court",
    "procuratorate",
    "party_or_mass_organisation",
    "state_enterprise",
    "other",
]
Stated = Literal["printed", "in_words", "zero_in_words", "blank", "dash", "not_applicable", "derived"]
Qualifier = Literal["exact", "about", "more_than", "at_least", "less_than", "at_most", "nearly"]
FigureSource = Literal["table", "sentence", "annex"]
Confidence = Literal["certain", "supported", "weak", "conflicting", "ambiguous", "unknown"]
Severity = Literal["error", "warning", "note"]
EditionKind = Literal["new", "copy", "correction", "look_alike"]
Media = Literal[
    "pdf",
    "docx",
    "xlsx",
    "xls",
    "doc",
    "rtf",
    "odt",
    "ofd",
    "word_xml",
    "excel_xml",
    "html",
    "mht",
    "txt",
    "zip",
    "rar",
    "7z",
    "office",
    "image",
]


# --- in -------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Hints:
    """What the network side knew of a page before reading it; archived with the capture, so that a replay sees the same."""

    portal: str | None = None
    """Name of the portal declaration."""
    division: str | None = None
    """Six-digit code of the division whose site the portal is."""
    trust: Trust | None = None
    """What the declaration says of the host."""
    content: str | None = None
    """CSS selector of the element that holds the article, from the portal's declaration."""
    anchor: str | None = None
    """Text of the link that led to the page."""
    listed: str | None = None
    """Date that the list page printed beside the link, ISO 8601."""


@dataclass(slots=True)
class Capture:
    """One answer of one server: its bytes as they came, without transfer or content encoding."""

    body: bytes
    url: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    """Lower-case names; a repeated header is joined with ", "."""
    fetched_at: str | None = None
    """ISO 8601 with offset."""
    hints: Hints = field(default_factory=Hints)


@dataclass(slots=True)
class Document:
    """One publication: the page that leads it, the pages that continue it, the files that it carries."""

    lead: Capture
    source: str | None = None
    """Where the bytes lie: a path, `path:line` of JSON Lines, `path#offset` of a WARC, the portal's name in a crawl."""
    continuations: list[Capture] = field(default_factory=list)
    attachments: list[Capture] = field(default_factory=list)


# --- out ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Evidence:
    """A value that was read somewhere. `start` and `end` are offsets in `Report.text` where the words stand there."""

    value: str | int | float | None
    where: str
    """title, period, metadata, meta, preamble, body, sign_off, breadcrumb, url, host, portal, list, cell, sentence, annex …"""
    words: str
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Issue:
    """A finding: what disagrees or is missing, with every side of it."""

    code: str
    severity: Severity
    message: str
    sides: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class DateFound:
    """A date on the page; `value` has the precision that was read (YYYY, YYYY-MM, YYYY-MM-DD, or with the time)."""

    kind: Literal[
        "period_start", "period_end", "composed", "signed", "published", "reposted", "updated", "listed", "path", "other"
    ]
    value: str | None
    raw: str
    repaired: bool = False
    candidates: list[str] = field(default_factory=list)
    """The readings that are left where a damaged date has more than one."""
    where: str = "body"
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Period:
    """The statistical period that the report states."""

    start: str | None
    end: str | None
    raw: str


@dataclass(slots=True)
class Attachment:
    """A file that the page carries."""

    url: str
    name: str
    media: Media | None = None
    """What its bytes are, whatever its name says; null where it was not fetched, or is no file of a known kind."""
    read: bool = False
    """Whether it is a source of the report: of its text, where the page has none of its own, or of tables beside the text."""
    problem: str | None = None
    """Why it was not read, where it was asked for."""


@dataclass(slots=True)
class NamedBody:
    """A body as it is named in simplified script, with its division code where that is decided."""

    name: str
    code: str | None = None


@dataclass(slots=True)
class DivisionCandidate:
    """One division that an ambiguous name may mean."""

    code: str
    name: str


@dataclass(slots=True)
class PossibleLink:
    """A body that may be the same before or after a reform of government: by the usual names, seen on no page."""

    id: str
    relation: Literal["predecessor", "successor"]
    reason: str
    """The year and the plan of the reform."""


@dataclass(slots=True)
class ReportingBody:
    """The body whose work is reported."""

    name: str
    """Simplified script."""
    as_printed: str
    id: str | None = None
    """Division code of the report year, organ and normalised name; null where the division is not decided."""
    level: Level | None = None
    organ: Organ = "other"
    division_code: str | None = None
    """Six digits, nine for townships and streets, as it was in the report year; null when ambiguous."""
    division_code_now: str | None = None
    division_name: str | None = None
    """Full names from the province down, joined: 四川省凉山彝族自治州美姑县."""
    confidence: Confidence = "unknown"
    candidates: list[DivisionCandidate] = field(default_factory=list)
    linked_ids: list[str] = field(default_factory=list)
    """Ids of the same body in other years, where its division was renamed, recoded or merged or the page names it anew."""
    possible_links: list[PossibleLink] = field(default_factory=list)
    """What it may have been or become in a reform of departments, to be looked for; never a statement that it was."""


@dataclass(slots=True)
class Section:
    """A part of the report. Number, separator, heading, text in this order, then the children, give its piece of the text."""

    id: str | None
    """Canonical id of codebook sections, null for a heading that no rule decides."""
    number: str | None
    """As printed, with its brackets: 一, (一), 1, 第一部分."""
    heading: str | None
    level: int
    """1 for the highest; 0 for the preface."""
    text: str
    """Its own words, tables included, without its children's."""
    separator: str = ""
    """What stands between number and heading."""
    children: list[Section] = field(default_factory=list)
    start: int = 0
    end: int = 0
    """Offsets in `Report.text` of the part with its children."""


@dataclass(slots=True)
class Span:
    """A merged cell of a grid: its first row and column, and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(slots=True)
class Table:
    """A full grid: every row has the same number of cells, and a merged cell repeats its text in each place that it covers."""

    id: str | None
    """Ids of the standard tables found in it, joined by a space where one HTML table holds several; null for other tables."""
    caption: str | None
    grid: list[list[str]]
    spans: list[Span] = field(default_factory=list)
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Figure:
    """A number that the report states, or says to be none, in the metric's unit with multipliers applied."""

    metric: str
    """A metric of prose_metrics, or the id of a standard table."""
    value: int | float | None
    """null for a cell that states nothing."""
    source: FigureSource
    words: str
    """The sentence, or the cell's raw text."""
    row: str | None = None
    column: str | None = None
    unit: str | None = None
    qualifier: Qualifier = "exact"
    stated: Stated = "printed"
    part_of: str | None = None
    """The metric whose total this value is a part of."""
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Edition:
    """How this page stands to what is stored of the same body and year."""

    kind: EditionKind
    of: str | None = None
    """Address of the page that it copies, corrects or looks like."""


@dataclass(slots=True)
class Report:
    """What one page says, with its evidence: the record."""

    schema_version: int = SCHEMA_VERSION
    url: str | None = None
    source: str | None = None
    state: State = "needs_review"
    reason: str | None = None
    page_kind: PageKind = "other"
    trust: Trust = "other_host"
    title: str | None = None
    published: str | None = None
    """The date that this site gives for the page."""
    signed: str | None = None
    period: Period | None = None
    dates: list[DateFound] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    metadata: dict[str, str | None] = field(default_factory=dict)
    """Fields of the disclosure catalogue under their canonical names; null for a label with an empty value."""
    script: Script = "hans"
    text: str = ""
    """The report without site chrome and title, in its own script, one block per line."""
    regime: Regime | None = None
    report_year: int | None = None
    reporting_body: ReportingBody | None = None
    compiled_by: NamedBody | None = None
    published_by: NamedBody | None = None
    signed_by: list[NamedBody] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    """Per decided field (title, published, report_year, reporting_body, page_kind, …): the winner first, then its rivals."""
    fingerprint: str | None = None
    edition: Edition | None = None
    """Set when the report is stored; null in `scrapy extract`."""
    parser_version: str = ""
