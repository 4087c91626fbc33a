"""The date lines of a page's head, as sites print them."""

import sys

import pytest

from pipelines.dates import find_dates, free_date
from pipelines.page.head import line_dates
from tests.pages import BODY, PREAMBLE, TITLE, judged, paragraphs

ARTICLE = paragraphs(PREAMBLE, *BODY)


@pytest.mark.parametrize(
    "line",
    [
        "2014 年 03 月 20 日",
        "黄山头镇 2014-03-20",
        "2014-03-20T08:15:00",
        "2014-03-20T08:15:00+08:00",
        "二〇一四年三月二十日",
        "[ 2014 / 3 / 20 ]",
        "Time: 2014-03-20",
        "2014-03-20 | 08:15",
        "2014-3-20 8:5",
        "·2014-03-20·",
        "（2014年3月20日公布）",
        "2014年3月20日 来自：县府办",
        "安乡县政府网 2014-03-20",
        "统计期：2013年1月1日—2013年12月31日 公布：2014-03-20",
        "时间 2014-03-20 星期四",
        "2014年3月20日 周四",
        "统计时间：2013-01-01至2013-12-31　发布：2014-03-20",
        "截止日期 2014-04-30 发布时间 2014-03-20",
        "索取号：AX0211-2014-3　文号：　发布机构：县政府办　生成日期：2014-03-11　发布日期：2014-03-20",
    ],
)
def test_a_date_line_of_the_head_dates_the_page(line: str) -> None:
    report = judged(f"<h1>{TITLE}</h1><div>{line}</div>{ARTICLE}").report
    assert (report.published or "")[:10] == "2014-03-20"
    assert report.text == "\n".join((PREAMBLE, *BODY))


@pytest.mark.parametrize(
    "line",
    [
        "自2013年1月1日至2013年12月31日",
        "2014年3月20日起施行",
        "安乡县2013年12月大事记",
        "关于2013年12月31日前完成清理工作的镇",
        "开放时间:上午8:30-12:00",
        "二〇一三年度",
        "(2013年1月1日至2013年12月31日公布的信息)",
    ],
)
def test_other_lines_with_years_or_hours_are_no_date_lines(line: str) -> None:
    assert line_dates(line) == ()


def test_the_date_line_may_stand_between_two_printings_of_a_forwarded_title() -> None:
    above = f"<title>{TITLE} - 论坛</title><h1>[转帖] {TITLE}</h1><p>匿名 发表于 2014-3-20 21:40</p>"
    assert (judged(f"{above}<div><p>{TITLE}</p>{ARTICLE}</div>").report.published or "")[:10] == "2014-03-20"


@pytest.mark.parametrize("text", ["7:00-9:30", "周一至周五 8-12", "长期", "12月5日", "1-2-3 号楼"])
def test_dateparser_is_asked_only_where_a_year_can_be(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dateparser", None)
    assert free_date(text) is None


def test_a_year_of_two_digits_is_left_to_dateparser() -> None:
    assert free_date("14-03-20") == "2014-03-20"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12014-03-20", []),
        ("a2014-03-20b20140321", ["2014-03-20", "2014-03-21"]),
        ("1.20140321 20140322.5 20140323", ["2014-03-23"]),
        ("2014年3月 1999.1.2 1899-1-1", ["2014-03", "1999-01-02"]),
        ("第二〇一四年三月", ["2014-03"]),
        ("20140年3月", []),
    ],
)
def test_dates_stand_between_other_digits(text: str, values: list[str]) -> None:
    assert [date.value for date in find_dates(text)] == values
