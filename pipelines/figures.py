"""Tables and sentences -> the report's regime and its figures."""

from __future__ import annotations

from pipelines.draft import Draft
from pipelines.model import Evidence, Regime
from pipelines.prose.reading import read_sentences
from pipelines.tabular.forms import keys_of, table_title
from pipelines.tabular.standard import read_standard_tables, regime_of, report_gaps, table_lines

_REGULATION_FROM = 2008
_FORMATS_FROM = 2019
_FORMAT_2021_FROM = 2021


def read_figures(draft: Draft) -> None:
    """Sets `report.tables`, `report.regime` and `report.figures`: first the tables' cells, then what sentences state."""
    tables = table_lines(draft)
    cells = read_standard_tables(draft, tables)
    draft.report.regime = regime_of(draft, tables) or _regime_without_tables(draft)
    draft.report.figures = cells + read_sentences(draft)
    if draft.report.regime:
        report_gaps(draft, draft.report.regime)


def _regime_without_tables(draft: Draft) -> Regime | None:
    """The regime of a report whose tables do not tell, from its headings and year; None where a format's headings stand in a
    report without a year.

    Headings that are the titles of the formats' tables mean that the tables are lost or attached. A late year alone shows
    nothing: 国办公开办函〔2019〕60号 left the reports of 2019 free to keep the old structure. Before 2008 only local
    rules held.
    """
    report = draft.report
    year = report.report_year
    if year is not None and year < _REGULATION_FROM:
        report.evidence["regime"] = [Evidence("local", "report_year", str(year))]
        return "local"
    titles = {keys_of(table_title(table))[0] for table in ("applications", "review_litigation")}
    named = [s for s in report.sections if s.heading and titles.intersection(keys_of(s.heading))]
    if not named or (year is not None and year < _FORMATS_FROM):
        return "regulation_2008"
    if year is None:
        return None
    regime: Regime = "format_2021" if year >= _FORMAT_2021_FROM else "format_2019"
    starts = [s.start + len((s.number or "") + s.separator) for s in named]
    report.evidence["regime"] = [
        Evidence(regime, "heading", s.heading or "", start, start + len(s.heading or ""))
        for s, start in zip(named, starts, strict=True)
    ]
    return regime
