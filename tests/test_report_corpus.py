"""The generated pages: the same each time, enough of each kind, and true to their own truth."""

import pytest

from tests.corpus.others import others
from tests.corpus.page import Page
from tests.corpus.reports import reports

WIDE = {0xFF10 + digit: str(digit) for digit in range(10)}
OUTCOMES_END = ("received_new", "carried_in", "outcome_total", "carried_out")


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    return reports()


def test_enough_and_the_same_each_time(pages: list[Page]) -> None:
    assert len(pages) >= 150
    assert len(others()) >= 150
    assert [page.markup for page in pages] == [page.markup for page in reports()]
    names = [page.name for page in [*pages, *others()]]
    assert len(set(names)) == len(names)


def test_every_regime_system_and_both_widths(pages: list[Page]) -> None:
    assert {page.name.split("-")[2] for page in pages} == {"2008", "annex", "2019", "2021"}
    assert len({page.system for page in pages}) == 12
    trapped = [page for page in pages if len(page.traps) >= 2]
    assert len(trapped) > len(pages) / 2
    assert {"half_width", "traditional", "twice", "stray_close", "spans", "hidden", "gbk"} <= {
        t for p in pages for t in p.traps
    }


def test_applications_balance_as_the_form_asks(pages: list[Page]) -> None:
    for page in pages:
        cells = {key[1:]: value or 0 for key, value in page.truth.cells.items() if key[0] == "applications"}
        for column in {column for _, column in cells}:
            new, carried_in, done, carried_out = (cells[row, column] for row in OUTCOMES_END)
            assert new + carried_in == done + carried_out, (page.name, column)


def test_each_printed_figure_stands_in_the_text(pages: list[Page]) -> None:
    for page in pages:
        text = page.truth.text.replace(",", "").translate(WIDE)
        for metric, value, _ in page.truth.readings:
            forms = [
                f"{value:g}",
                f"{value:.10g}",
                f"{value / 10000:.10g}",
                "零一二三四五六七八九十"[int(value)] if value <= 10 else "?",
            ]
            assert value == 0 or any(form in text for form in forms), (page.name, metric, value)
