"""The stages of `pipelines` as Scrapy item pipelines: what arrives is a Document, what leaves is a Report.

The classes are made of the tuples `STAGES` and `STORING`; there is no second list. Each stage leaves its seconds and its
findings in the stats, as `stage/<name>/seconds` and `stage/<name>/issues`.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from pipelines import STAGES, Stage, apply, begin
from pipelines.model import Document, Draft, Report, State

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


@dataclass(slots=True)
class Unanswered:
    """A document whose page never came, and the state that it ends in."""

    document: Document
    state: State
    reason: str


class Begin:
    """A draft of each document that a spider found."""

    def process_item(self, item: Document | Unanswered) -> Draft:
        if isinstance(item, Document):
            return begin(item)
        draft = begin(item.document)
        draft.report.state, draft.report.reason, draft.report.page_kind = item.state, item.reason, "error"
        if item.document.lead.hints.trust:
            draft.report.trust = item.document.lead.hints.trust
        return draft


class StagePipeline:
    """One stage; `stage` is set in the class that `pipeline_of` makes."""

    stage: Stage

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Draft) -> Draft:
        stage = type(self).stage
        issues = len(item.report.issues)
        begun = perf_counter()
        apply(stage, item)
        name = stage.__name__
        seconds = f"stage/{name}/seconds"
        self.stats.set_value(seconds, self.stats.get_value(seconds, 0.0) + perf_counter() - begun)
        self.stats.inc_value(f"stage/{name}/issues", len(item.report.issues) - issues)
        return item


def pipeline_of(stage: Stage) -> type[StagePipeline]:
    """The item pipeline that runs one stage."""
    return type(stage.__name__, (StagePipeline,), {"stage": staticmethod(stage), "__doc__": stage.__doc__})


class Finish:
    """The record."""

    def process_item(self, item: Draft) -> Report:
        return item.report


_COMPONENTS: list[type] = [Begin, *(pipeline_of(stage) for stage in STAGES), Finish]
ITEM_PIPELINES: dict[type, int] = {component: order for order, component in enumerate(_COMPONENTS)}
