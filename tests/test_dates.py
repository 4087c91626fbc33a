"""Dates as pages print them: whole, in Chinese numerals, damaged."""

import pytest

from pipelines.dates import damaged_at, find_dates, first_date, free_date, readings, year_of
from pipelines.page.beside import is_signed
from pipelines.vocabulary import ZERO


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("发布时间:2014-03-31", "2014-03-31"),
        ("时间:2015-11-21 13:01:43 浏览", "2015-11-21T13:01:43"),
        ("2022-02-10字号:", "2022-02-10"),
        ("二〇一四年三月三十一日", "2014-03-31"),
        ("二O一四年十二月二十日", "2014-12-20"),
        ("二00八年十一月", "2008-11"),
        ("2014/3/31", "2014-03-31"),
        ("2014.03.31", "2014-03-31"),
        ("编号20140331", "2014-03-31"),
        ("2014年3月31日 9:05", "2014-03-31T09:05"),
        ("2014年 3月 31日", "2014-03-31"),
        ("2017年3月", "2017-03"),
        ("2014年2月30日", None),
        ("电话052784368216", None),
        ("占2014.35万元", None),
    ],
)
def test_first_date(text: str, value: str | None) -> None:
    found = first_date(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2015215", ["2015-02-15"]),
        ("2021926", ["2021-09-26"]),
        ("20171231", ["2017-12-31"]),
        ("2015112", ["2015-01-12", "2015-11-02"]),
        ("201411月份", ["2014-11"]),
        ("201711日", ["2017-01-01"]),
        ("2018年1231日", ["2018-12-31"]),
        ("20181月1日", ["2018-01-01"]),
        ("2007年45日", ["2007-04-05"]),
        ("20078月", ["2007-08"]),
        ("2015199", []),
        ("1234567", []),
    ],
)
def test_readings(raw: str, expected: list[str]) -> None:
    assert readings(raw) == expected


def test_damage_is_not_seen_in_whole_dates_or_quantities() -> None:
    assert list(damaged_at("自2014年1月1日至2014-12-31,公开20145条,占20.14%")) == []


def test_several_dates_keep_their_places() -> None:
    text = "自2013年1月1日至2013年12月31日"
    assert [(d.value, text[d.start : d.end]) for d in find_dates(text)] == [
        ("2013-01-01", "2013年1月1日"),
        ("2013-12-31", "2013年12月31日"),
    ]


def test_free_text_is_left_to_dateparser_and_never_relative() -> None:
    assert free_date("31 3月 2014") == "2014-03-31"
    assert free_date("3天前") is None


def test_years() -> None:
    assert year_of("二〇一四") == 2014
    assert year_of("二00八") == 2008
    assert year_of("一二三四") is None


@pytest.mark.parametrize("zero", ZERO)
def test_every_character_for_zero_is_one(zero: str) -> None:
    line = f"二{zero}一{zero}年一月二十日"
    assert [found.value for found in find_dates(line)] == ["2010-01-20"]
    assert is_signed(line)


@pytest.mark.parametrize("line", ["2012年元月9日", "二○一二年元月九日", "2014年11月30日", "201531", "县水务局"])
def test_lines_that_may_sign_a_report(line: str) -> None:
    assert is_signed(line)
