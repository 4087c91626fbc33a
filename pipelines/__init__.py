"""Bytes in, checked report out: `run(document)` walks `STAGES`.

Plain Python: nothing here imports Scrapy, opens a connection or asks the clock. The item pipelines of a crawl, `scrapy
extract`, the replay of an archive, the benchmarks and the tests all walk the same tuple.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipelines.checks import check
from pipelines.chrome import strip_chrome
from pipelines.decode import decode
from pipelines.draft import Draft
from pipelines.editions import place_edition, store
from pipelines.figures import read_figures
from pipelines.fingerprint import fingerprint
from pipelines.issuer import detect_issuer
from pipelines.judge import judge
from pipelines.model import Document, Report
from pipelines.sections import split_sections
from pipelines.stored.across_years import compare_years
from pipelines.version import PARSER_VERSION
from pipelines.year import detect_year

if TYPE_CHECKING:
    from pipelines.store import Store
    from pipelines.stored.books import Books

Stage = Callable[[Draft], None]

STAGES: tuple[Stage, ...] = (
    decode,  # bytes, headers        -> text
    strip_chrome,  # text                  -> blocks, title, dates, metadata, what was cut
    judge,  # all so far            -> kind of page; not a report, blocked, gone end here with their text
    detect_year,  # title, period, …      -> report year + evidence
    detect_issuer,  # title, sign-off, …    -> reporting body + evidence
    split_sections,  # blocks                -> the parts, named canonically
    read_figures,  # tables, sentences     -> regime, figures
    check,  # all of it             -> issues
    fingerprint,  # all of it             -> what a copy has in common with it
)

Storing = Callable[[Draft, "Books"], None]

STORING: tuple[Storing, ...] = (  # with state, in one transaction
    compare_years,  # this body's other reports -> issues across years
    place_edition,  # same body and year        -> new, copy, correction, or a look-alike
    store,
)

logger = logging.getLogger(__name__)


def begin(document: Document) -> Draft:
    """A draft that knows where the document comes from and nothing else."""
    report = Report(url=document.lead.url, source=document.source, state="report", parser_version=PARSER_VERSION)
    return Draft(document, report)


def apply(stage: Stage, draft: Draft) -> None:
    """Runs one stage, unless an earlier one ended the page.

    A page must never stop a crawl: a stage that fails leaves the page for review, with the error in the record and its
    traceback in the log.
    """
    if draft.report.state != "report":
        return
    try:
        stage(draft)
    except Exception as error:
        name = stage.__name__
        logger.exception("stage %s failed on %s", name, draft.report.url or draft.report.source)
        draft.report.state = "needs_review"
        draft.report.reason = f"stage {name} failed: {type(error).__name__}: {error}"
        draft.add_issue("stage_failed", "error", draft.report.reason)


def run(document: Document) -> Report:
    """The report that a document holds, always in a terminal state."""
    return draft_of(document).report


def draft_of(document: Document) -> Draft:
    """As `run`, with what the stages knew on the way: the blocks, what was cut and why."""
    draft = begin(document)
    for stage in STAGES:
        apply(stage, draft)
    return draft


def store_report(draft: Draft, reports: "Store") -> None:
    """Runs `STORING` on a finished draft in one transaction; raises StoreError, with nothing stored, if that fails."""
    with reports.transaction() as books:
        for stage in STORING:
            stage(draft, books)
