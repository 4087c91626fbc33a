"""The regime of a report: by its tables, else by its headings and year."""

from __future__ import annotations

import pytest

from pipelines.draft import Block, Draft
from pipelines.figures import read_figures
from pipelines.model import Section
from pipelines.script import set_plain
from tests.table_pages import draft_of_blocks, draft_of_html, html, proactive_rows

NEW = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
]
OLD = [
    "概述",
    "主动公开政府信息情况",
    "依申请公开政府信息情况",
    "收费及减免情况",
    "复议、诉讼和申诉情况",
    "存在的主要问题及改进措施",
]


def draft_of_headings(headings: list[str]) -> Draft:
    draft = draft_of_blocks([Block("heading", f"{n}、{heading}") for n, heading in zip("一二三四五六", headings, strict=False)])
    draft.report.sections = [
        Section(None, block.text[0], heading, 1, "", "、", [], block.start, block.end)
        for block, heading in zip(draft.blocks, headings, strict=True)
    ]
    return draft


def regime(draft: Draft, year: int | None) -> str | None:
    draft.report.report_year = year
    set_plain(draft)
    read_figures(draft)
    return draft.report.regime


@pytest.mark.parametrize("year", [None, 2007, 2017, 2019, 2021, 2024])
def test_tables_decide_whatever_the_year(year: int | None):
    assert regime(draft_of_html(html(proactive_rows(2019, {}))), year) == "format_2019"
    assert regime(draft_of_html(html(proactive_rows(2021, {}))), year) == "format_2021"


@pytest.mark.parametrize(
    ("headings", "year", "expected"),
    [
        (NEW, 2022, "format_2021"),
        (NEW, 2020, "format_2019"),
        (NEW, None, None),
        (OLD, 2013, "regulation_2008"),
        (OLD, 2019, "regulation_2008"),
        (OLD, None, "regulation_2008"),
        (OLD, 2006, "local"),
    ],
)
def test_headings_and_year_decide_where_no_table_does(headings: list[str], year: int | None, expected: str | None):
    draft = draft_of_headings(headings)
    assert regime(draft, year) == expected
    lost = [issue.code for issue in draft.report.issues if issue.code == "table_missing"]
    assert lost == (["table_missing"] if expected in ("format_2019", "format_2021") else [])
    for side in draft.report.evidence.get("regime", []):
        if side.start is not None:
            assert draft.report.text[side.start : side.end] == side.words
