"""The date that a site gives for a page, where no line under the title says it."""

import pytest

from tests.pages import BODY, PREAMBLE, TITLE, judged, paragraphs

ARTICLE = paragraphs(PREAMBLE, *BODY)


@pytest.mark.parametrize(
    "script",
    [
        "var ct = \"1395280800\"; var createTime = '2014-03-20 10:00';",
        'var ct = "1395280800";',
        'window.__DATA__ = {"article": {"publish_time": 1395280800, "read": 12}}',
        'window.__DATA__ = {"publishTime": 1395280800000}',
        '{"@type": "NewsArticle", "datePublished": "2014-03-20T02:00:00+08:00"}',
    ],
)
def test_a_page_that_prints_its_date_by_script_carries_it_there(script: str) -> None:
    report = judged(f"<script>{script}</script><h1>{TITLE}</h1><em id='publish_time'></em>{ARTICLE}").report
    assert (report.published or "")[:10] == "2014-03-20"


def test_a_printed_date_is_stronger_than_one_in_a_script() -> None:
    page = f"<script>var createTime = '2015-01-01 10:00';</script><h1>{TITLE}</h1><p>发布时间：2014-03-20</p>{ARTICLE}"
    assert judged(page).report.published == "2014-03-20"


@pytest.mark.parametrize("script", ['var ct = "13952";', "var t = '2014-03-20';", "var createTime = '';"])
def test_other_numbers_of_a_script_are_no_date(script: str) -> None:
    assert judged(f"<script>{script}</script><h1>{TITLE}</h1>{ARTICLE}").report.published is None


def test_a_newspapers_day_with_tools_behind_it_is_the_one_that_its_address_names() -> None:
    page = f"<div>2014年3月20日 星期四 <a>安乡报</a> 返回目录 放大 缩小</div><h2>{TITLE}</h2>{ARTICLE}"
    address = "http://www.example.com/html/2014-03/{}/content_2.htm"
    assert judged(page, url=address.format("20")).report.published == "2014-03-20"
    assert judged(page, url=address.format("21")).report.published is None


def test_a_date_of_a_meta_tag_with_itemprop_counts() -> None:
    page = f'<meta itemprop="datePublished" content="2014-03-20 10:02"><h1>{TITLE}</h1>{ARTICLE}'
    assert (judged(page).report.published or "")[:10] == "2014-03-20"


def test_a_damaged_date_of_the_catalogue_is_mended_where_it_can_be_one_day_only() -> None:
    page = f"<h1>{TITLE}</h1><p>来源:安乡县 发布时间:{{}} 10:11:20 点击:96</p>{ARTICLE}"
    report = judged(page.format("2014327")).report
    assert report.published == "2014-03-27"
    assert [date.repaired for date in report.dates if date.kind == "published"] == [True]
    assert judged(page.format("2014111")).report.published is None


def test_a_date_with_the_body_behind_it_is_the_pages_and_no_text() -> None:
    report = judged(f"<h1>{TITLE}</h1><p>2014-03-20 安乡县水务局</p>{ARTICLE}").report
    assert report.published == "2014-03-20"
    assert report.text.startswith(PREAMBLE)


@pytest.mark.parametrize(
    "line", ["编辑于 2014-03-20 23:05", "来自Android客户端1楼2014-03-20 11:20回复", "1楼 2014-03-20 11:20"]
)
def test_a_time_behind_a_post_is_its_date_and_not_its_text(line: str) -> None:
    report = judged(f"<div><h1>{TITLE}</h1>{ARTICLE}<div>{line}</div></div>").report
    assert ((report.published or "")[:10], report.text) == ("2014-03-20", "\n".join((PREAMBLE, *BODY)))


def test_the_date_under_the_title_is_stronger_than_one_behind_the_article() -> None:
    page = f"<div><h1>{TITLE}</h1><p>2014-03-20 10:00</p>{ARTICLE}<p>编辑于 2015-07-18 23:05</p></div>"
    assert (judged(page).report.published or "")[:10] == "2014-03-20"


def test_the_date_line_of_a_page_of_captions_is_no_text() -> None:
    captions = "".join(f"<p><strong>{words}</strong></p>" for words in ("主动公开", "6135条", "依申请公开", "28件"))
    page = f"<div><h2>{TITLE}</h2><p>2014-03-20 16:00 来源：县政府办 浏览：88次</p><div>{captions}</div></div>"
    assert judged(page).report.text == "主动公开\n6135条\n依申请公开\n28件"
