"""How pages of one report stand to each other, and what reports of several years say about each other."""

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines import store_report
from pipelines.draft import Draft
from pipelines.fingerprint import fingerprint_of
from pipelines.model import Figure, Report
from pipelines.script import plain
from pipelines.store import Store
from pipelines.stored import likeness
from pipelines.stored.across_years import findings
from pipelines.stored.arrangement import Known, says_correction
from tests.storing import BAIHE, QINGSHUI, cell, draft_of, text_of

MAIN = "http://www.qingshui.gov.cn/xxgk/2020.html"
REPOST = "http://www.qingshuizaixian.com/a/77.html"
OTHER_WORDS = "\n".join(f"这一页的第{word}句话与别的报告没有任何相同之处。" for word in "甲乙丙丁戊己庚辛壬癸")


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.open("sqlite://")
    yield store
    store.close()


def main(store: Store) -> dict[tuple[str, int | None], str | None]:
    return {(report.reporting_body.name, report.report_year): report.url for report in store.reports() if report.reporting_body}


def codes(report: Report) -> list[str]:
    return [issue.code for issue in report.issues]


def placed(draft: Draft, store: Store) -> tuple[str, str | None] | None:
    store_report(draft, store)
    edition = draft.report.edition
    return None if edition is None else (edition.kind, edition.of)


# --- copies -----------------------------------------------------------------------------------------------------------


def test_a_first_page_is_new(store: Store) -> None:
    assert placed(draft_of(), store) == ("new", None)
    assert main(store) == {("青水县人民政府", 2020): MAIN}


def test_the_same_page_again_is_not_a_copy(store: Store) -> None:
    store_report(draft_of(), store)
    again = draft_of(fetched_at="2024-05-01T10:00:00+08:00", bytes_=b"<html>other chrome</html>")
    assert placed(again, store) == ("new", None)


def test_another_address_is_a_copy(store: Store) -> None:
    store_report(draft_of(), store)
    assert placed(draft_of(url="http://www.shi.gov.cn/1", portal="shi", trust="official_parent"), store) == ("copy", MAIN)


def test_a_repost_that_lost_its_end_is_a_copy(store: Store) -> None:
    store_report(draft_of(), store)
    repost = draft_of(text_of(keep=9), url=REPOST, trust="other_host", published="2022-11-02")
    assert placed(repost, store) == ("copy", MAIN)
    assert codes(repost.report) == []


def test_the_body_s_own_page_leads_though_another_office_published_first(store: Store) -> None:
    store_report(draft_of(url="http://www.shi.gov.cn/1", trust="government_host", published="2021-01-02"), store)
    assert placed(draft_of(), store) == ("new", None)
    assert main(store) == {("青水县人民政府", 2020): MAIN}


@pytest.mark.parametrize("trust", ["other_host", "untrusted_copy"])
@pytest.mark.parametrize("first", [True, False])
def test_a_repost_never_leads_beside_an_official_page(store: Store, trust: Any, first: bool) -> None:
    repost = draft_of(
        text_of(n=9999), url=REPOST, trust=trust, published="2023-01-01", title="2020年政府信息公开年度报告(更正)"
    )
    for draft in (repost, draft_of()) if first else (draft_of(), repost):
        store_report(draft, store)
    assert main(store) == {("青水县人民政府", 2020): MAIN}


def test_a_repost_leads_while_nothing_better_is_known(store: Store) -> None:
    store_report(draft_of(url=REPOST, trust="other_host"), store)
    store_report(draft_of(url="http://xyz.example/1", trust="untrusted_copy"), store)
    assert main(store) == {("青水县人民政府", 2020): REPOST}


def test_a_copy_with_other_numbers_is_a_finding_that_quotes_both(store: Store) -> None:
    store_report(draft_of(), store)
    repost = draft_of(text_of(n=9127), url=REPOST, trust="other_host")
    assert placed(repost, store) == ("copy", MAIN)
    (issue,) = repost.report.issues
    assert issue.code == "copy_differs"
    assert "9127" in issue.message
    assert "3127" in issue.message


def test_a_page_with_only_a_picture_is_a_copy_and_never_leads_beside_text(store: Store) -> None:
    picture = draft_of("附件", url="http://www.qingshui.gov.cn/pic.html", published="2021-01-01")
    assert placed(picture, store) == ("new", None)
    assert placed(draft_of(), store) == ("new", None)
    assert main(store) == {("青水县人民政府", 2020): MAIN}


# --- corrections ------------------------------------------------------------------------------------------------------


def test_an_official_page_with_other_numbers_corrects(store: Store) -> None:
    store_report(draft_of(), store)
    later = "http://www.qingshui.gov.cn/xxgk/2020-2.html"
    assert placed(draft_of(text_of(n=3200), url=later, published="2021-03-03"), store) == ("correction", MAIN)
    assert main(store) == {("青水县人民政府", 2020): later}


def test_figures_alone_show_a_correction(store: Store) -> None:
    sums = [cell("applications", "received_new", "total", 5)], [cell("applications", "received_new", "total", 6)]
    store_report(draft_of(figures=sums[0]), store)
    later = draft_of(
        text_of() + "\n本页于三月重排了版面和各处的字号。", url=MAIN + "?2", published="2021-03-03", figures=sums[1]
    )
    assert placed(later, store) == ("correction", MAIN)


def test_a_figure_that_one_side_lost_is_no_correction(store: Store) -> None:
    store_report(draft_of(figures=[cell("applications", "received_new", "total", 5)]), store)
    other = draft_of(text_of(keep=10), url="http://www.shi.gov.cn/1", trust="official_parent")
    assert placed(other, store) == ("copy", MAIN)


def test_other_wording_on_the_same_host_corrects_and_on_another_host_does_not(store: Store) -> None:
    store_report(draft_of(), store)
    edited = text_of().replace("形式比较单一", "形式还不够丰富多样")
    assert placed(draft_of(edited, url="http://www.shi.gov.cn/1", trust="official_parent"), store) == ("copy", MAIN)
    later = draft_of(edited + "另起一句话说明修改的原因和经过。", url=MAIN + "?2", published="2021-04-01")
    assert placed(later, store) == ("correction", MAIN)


def test_a_page_that_says_so_corrects_whatever_its_date(store: Store) -> None:
    undated = draft_of(
        text_of(keep=11), url=MAIN + "?2", title="青水县2020年政府信息公开工作年度报告（修订版）", published=None
    )
    store_report(undated, store)
    assert placed(draft_of(published="2021-01-25"), store) == ("new", None)
    assert main(store) == {("青水县人民政府", 2020): MAIN + "?2"}


def test_changed_content_at_one_address_is_its_newer_version(store: Store) -> None:
    store_report(draft_of(), store)
    changed = draft_of(text_of(keep=11), fetched_at="2023-06-01T10:00:00+08:00")
    assert placed(changed, store) == ("correction", MAIN)
    (report,) = store.reports()
    assert report.text == text_of(keep=11)


@pytest.mark.parametrize(
    ("title", "text", "says"),
    [
        ("某县2020年政府信息公开工作年度报告（更正）", "", True),
        ("某县2020年政府信息公开工作年度报告(修订稿)", "", True),
        ("关于重新发布2020年年度报告的说明", "", True),
        ("某县2020年政府信息公开工作年度报告", "因数据统计有误,现予以更正。", True),
        ("某县2020年政府信息公开工作年度报告", "根据新修订的《条例》编制本报告。", False),
        ("某县2020年政府信息公开工作年度报告", "我县及时更正不准确的信息。", False),
        ("某县贯彻新修订条例的年度报告", "", False),
    ],
)
def test_what_says_correction(title: str, text: str, says: bool) -> None:
    assert says_correction(Report(title=title, text=text)) is says


# --- identity -----------------------------------------------------------------------------------------------------------


def test_other_words_under_the_same_body_and_year_are_left_for_review(store: Store) -> None:
    store_report(draft_of(), store)
    stranger = draft_of(OTHER_WORDS, url="http://www.qingshui.gov.cn/other.html", published="2021-02-02")
    assert placed(stranger, store) is None
    assert stranger.report.state == "needs_review"
    assert codes(stranger.report) == ["same_key_other_text"]
    assert main(store) == {("青水县人民政府", 2020): MAIN}
    assert [(counts.reports, counts.needs_review) for counts in store.portal_counts()] == [(1, 1)]


@pytest.mark.parametrize(("body", "year"), [(None, 2020), (QINGSHUI, None)])
def test_a_report_without_body_or_year_is_kept_apart(store: Store, body: Any, year: Any) -> None:
    store_report(draft_of(), store)
    assert placed(draft_of(url="http://a.gov.cn/1", body=body, year=year), store) is None
    assert len(main(store)) == 1
    assert [(counts.reports, counts.unidentified) for counts in store.portal_counts()] == [(1, 1)]


@pytest.mark.parametrize("first", [True, False])
def test_nearly_the_same_words_of_another_body_are_two_reports_and_a_finding(store: Store, first: bool) -> None:
    elder = draft_of()
    younger = draft_of(text_of(n=3128), url="http://www.baihe.gov.cn/1", body=BAIHE, published="2021-03-01")
    for draft in (elder, younger) if first else (younger, elder):
        store_report(draft, store)
    found = {report.url: (report.edition.kind if report.edition else None, codes(report)) for report in store.reports()}
    assert found == {MAIN: ("new", []), "http://www.baihe.gov.cn/1": ("look_alike", ["look_alike"])}


def test_a_template_with_its_own_sentences_is_no_look_alike(store: Store) -> None:
    store_report(draft_of(), store)
    own = text_of("白河县", keep=7) + "\n" + OTHER_WORDS
    assert placed(draft_of(own, url="http://www.baihe.gov.cn/1", body=BAIHE), store) == ("new", None)


FORM = "\n".join(
    (
        "三、收到和处理政府信息公开申请情况",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "一、本年新收政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0",
        "二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\t0\t0\t0\t0\t0\t0\t0",
        "2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t0\t0",
        "1.本机关不掌握相关政府信息\t0\t0\t0\t0\t0\t0\t0",
        "2.没有现成信息需要另行制作\t0\t0\t0\t0\t0\t0\t0",
        "3.补正后申请内容仍不明确\t0\t0\t0\t0\t0\t0\t0",
        "4.无正当理由大量反复申请\t0\t0\t0\t0\t0\t0\t0",
        "5.要求行政机关确认或重新出具已获取信息\t0\t0\t0\t0\t0\t0\t0",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
    )
)
"""What every report of a format prints."""


def test_the_official_form_alone_makes_no_look_alike(store: Store) -> None:
    store_report(draft_of(f"{text_of(keep=3)}\n{FORM}"), store)
    own = draft_of(f"{OTHER_WORDS[:60]}\n{FORM}", url="http://www.baihe.gov.cn/1", body=BAIHE)
    assert placed(own, store) == ("new", None)


def test_a_likeness_says_how_much_beside_the_form_is_the_same_and_shows_both_sides(store: Store) -> None:
    store_report(draft_of(f"{text_of()}\n{FORM}"), store)
    copied = f"{text_of(keep=10)}\n{OTHER_WORDS[:25]}\n{FORM}"
    store_report(draft_of(copied, url="http://www.baihe.gov.cn/1", body=BAIHE, published="2021-03-01"), store)
    (issue,) = (issue for report in store.reports() for issue in report.issues)
    assert issue.code == "look_alike"
    assert "91% of this report's sentences" in issue.message
    assert "青水县人民政府 for 2020" in issue.message
    assert [side.where for side in issue.sides] == ["body", "other_page"]
    assert issue.sides[1].value == MAIN
    assert issue.sides[0].words in issue.sides[1].words


def test_texts_of_one_form_do_not_meet_under_one_key() -> None:
    """However many reports of a format are stored, a report is held only against those that share its own words."""
    keys: Counter[int] = Counter()
    for number in range(60):
        own = "\n".join(f"第{number}号单位在第{item}项工作中写下了自己的一句话。" for item in range(12))
        keys.update(likeness.bands(fingerprint_of(plain(f"{own}\n{FORM}", "hans")[0])))
    assert max(keys.values()) == 1


def test_a_likeness_ends_when_its_elder_changes_its_reading(store: Store) -> None:
    store_report(draft_of(), store)
    store_report(draft_of(url="http://www.baihe.gov.cn/1", body=BAIHE, published="2021-03-01"), store)
    misread = draft_of(body=BAIHE)
    misread.report.parser_version = "1.1.0"
    store_report(misread, store)
    kinds = {report.url: report.edition and report.edition.kind for report in store.reports()}
    assert kinds == {MAIN: "new"}


# --- years --------------------------------------------------------------------------------------------------------------


def carried(year: int, carried_in: float | None, carried_out: float | None) -> Draft:
    return draft_of(
        f"第{year}号报告只有这一句话和它的表格。",
        url=f"http://www.qingshui.gov.cn/{year}.html",
        year=year,
        published=f"{year + 1}-01-20",
        figures=[
            cell("applications", "carried_in", "total", carried_in),
            cell("applications", "carried_out", "total", carried_out),
        ],
    )


@pytest.mark.parametrize("order", list(itertools.permutations((2020, 2021, 2022))))
def test_what_was_carried_over_is_checked_in_any_order(store: Store, order: tuple[int, ...]) -> None:
    drafts = {2020: carried(2020, 0, 2), 2021: carried(2021, 2, 7), 2022: carried(2022, 3, 0)}
    for year in order:
        store_report(drafts[year], store)
    found = {report.report_year: codes(report) for report in store.reports()}
    assert found == {2020: [], 2021: [], 2022: ["xyear_carry"]}


def test_the_finding_shows_both_sides() -> None:
    (issue,) = findings(carried(2021, 2, 7).report, carried(2022, 3, 0).report)
    assert [(side.value, side.where) for side in issue.sides] == [(3, "cell"), (7, "report of 2021")]


def test_blank_is_not_zero() -> None:
    assert findings(carried(2021, 2, None).report, carried(2022, 3, 0).report) == []
    assert findings(carried(2021, 2, 7).report, carried(2022, None, 0).report) == []


def test_a_missing_year_breaks_the_chain() -> None:
    assert findings(carried(2020, 2, 7).report, carried(2022, 3, 0).report) == []


def in_force(year: int, standing: float, issued: float, repealed: float) -> Report:
    row = "normative_documents"
    return Report(
        report_year=year,
        figures=[
            cell("proactive_art20_1", row, "in_force", standing),
            cell("proactive_art20_1", row, "issued_this_year", issued),
            cell("proactive_art20_1", row, "repealed_this_year", repealed),
        ],
    )


@pytest.mark.parametrize(("standing", "found"), [(23, []), (24, ["xyear_in_force"])])
def test_documents_in_force_follow_from_the_year_before(standing: float, found: list[str]) -> None:
    assert [issue.code for issue in findings(in_force(2021, 20, 4, 1), in_force(2022, standing, 5, 2))] == found


def test_items_of_the_first_form_follow_from_the_year_before() -> None:
    def items(year: int, previous: float, change: float) -> Report:
        table, row = "proactive_art20_5", "administrative_licenses"
        cells = [cell(table, row, "items_previous_year", previous), cell(table, row, "items_change", change)]
        return Report(report_year=year, figures=cells)

    assert findings(items(2019, 40, -3), items(2020, 37, 1)) == []
    assert [issue.code for issue in findings(items(2019, 40, -3), items(2020, 40, 1))] == ["xyear_items"]


def numbers(year: int, *values: float) -> Report:
    figures = [Figure(f"metric_{position}", value, "sentence", f"{value:g}件") for position, value in enumerate(values)]
    return Report(report_year=year, figures=figures)


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        ((31, 7, 12, 120, 5), (31, 7, 12, 120, 5), True),
        ((31, 7, 12, 120, 5), (31, 7, 12, 120, 6), False),
        ((0, 0, 0, 0, 0, 0, 3), (0, 0, 0, 0, 0, 0, 3), False),
        ((1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 1), False),
    ],
)
def test_unchanged_numbers(earlier: tuple[float, ...], later: tuple[float, ...], found: bool) -> None:
    issues = findings(numbers(2008, *earlier), numbers(2010, *later))
    assert [issue.code for issue in issues] == (["unchanged_from_year_before"] if found else [])
    assert [side.where for issue in issues for side in issue.sides[:2]] == (["cell", "report of 2008"] if found else [])


def test_unchanged_words_with_only_the_year_moved_on() -> None:
    def report(year: int) -> Report:
        text = "\n".join(f"{year}年第{word}项工作按照{year - 1}年的计划顺利完成。" for word in "一二三四五六七八九十")
        return Report(report_year=year, text=text)

    (issue,) = findings(report(2019), report(2020))
    assert issue.code == "unchanged_from_year_before"
    assert "100% of the sentences" in issue.message
    assert [side.where for side in issue.sides] == ["body", "report of 2019"]
    assert [side.words[:4] for side in issue.sides] == ["2020", "2019"]


def test_of_equally_like_versions_the_one_that_the_page_shows_is_named() -> None:
    mine, before, now = (draft_of(text_of(), url=MAIN, year=year).report for year in (2020, 2018, 2019))
    versions = [Known(MAIN, before, "a", current=False), Known(MAIN, now, "b")]
    found = [likeness.finding(Known("http://www.baihe.gov.cn/1", mine), order) for order in (versions, versions[::-1])]
    assert found[0] == found[1]
    assert "for 2019" in found[0].message


def test_a_page_that_was_an_elder_may_later_hold_nothing_that_is_compared(store: Store) -> None:
    younger = draft_of(url="http://www.baihe.gov.cn/1", body=BAIHE, published="2021-03-01")
    empty = draft_of("", state="needs_review", body=None, year=None, fetched_at="2023-06-01T10:00:00+08:00", bytes_=b"scan")
    for draft in (draft_of(), younger, empty):
        store_report(draft, store)
    assert "look_alike" in {code for report in store.reports() for code in codes(report)}
