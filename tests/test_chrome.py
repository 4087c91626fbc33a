"""From a page to the report's own blocks: traps of real markup, in pages of our own."""

import html
import json

import pytest

from pipelines import run
from pipelines.model import Capture, Hints
from tests.pages import BODY, PREAMBLE, TITLE, document, judged, paragraphs, portal_page

ARTICLE = paragraphs(PREAMBLE, *BODY)
TEXT = "\n".join((PREAMBLE, *BODY))


def test_a_portal_page_gives_the_report_and_nothing_else() -> None:
    report = judged(portal_page(ARTICLE)).report
    assert report.text == TEXT
    assert report.title == TITLE
    assert report.published == "2014-03-20"
    assert report.metadata == {"published_date": "2014-03-20", "source": "县政府办"}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            portal_page(ARTICLE, before="<p>欢迎访问</p></body></html>"), id="stray end of document before the article"
        ),
        pytest.param(portal_page(f'<div id="zoom">{ARTICLE}</div>'), id="container with a known mark"),
        pytest.param(portal_page(f'<div style="display: none">{ARTICLE}</div>{ARTICLE}'), id="hidden copy for phones"),
        pytest.param(portal_page(f"<!--ZJEG_RSS.content.begin-->{ARTICLE}<!--ZJEG_RSS.content.end-->"), id="comment pair"),
        pytest.param(portal_page(f"<table><tr><td>{ARTICLE}</td></tr></table>"), id="article in a layout table"),
        pytest.param(portal_page("<br>".join((PREAMBLE, *BODY))), id="paragraphs parted by br"),
        pytest.param(portal_page(ARTICLE.replace("信息", "<span>信</span><span>息</span>")), id="a span per run"),
        pytest.param(
            portal_page(ARTICLE + '<p><a href="/1.html">上一篇：关于开展集中整治的通告</a></p>'), id="next article inside"
        ),
        pytest.param(
            portal_page(ARTICLE + "<p>温馨提示：</p><p>请用统一账号登录后继续访问,否则将不能办理业务。</p>"),
            id="login hint inside",
        ),
        pytest.param(portal_page(f"<p>{TITLE}</p>{ARTICLE}"), id="title again in the article"),
    ],
)
def test_traps_do_not_reach_the_text(page: str) -> None:
    assert judged(page).report.text == TEXT


def test_the_portals_selector_is_followed_where_it_holds_the_article() -> None:
    page = portal_page(f'<div id="body">{ARTICLE}</div><p>以上内容由县政务公开办公室负责解释,如有疑问请来电来函联系我们。</p>')
    assert judged(page, hints=Hints(content="#body")).report.text == TEXT


def test_a_selector_that_names_something_else_is_not_trusted() -> None:
    assert judged(portal_page(ARTICLE), hints=Hints(content=".crumb")).report.text == TEXT


def test_a_title_over_two_lines_is_one_title() -> None:
    page = f"<p align=center>安乡县人民政府2013年</p><p align=center>政府信息公开工作年度报告</p>{ARTICLE}"
    assert judged(page).report.title == "安乡县人民政府2013年政府信息公开工作年度报告"


def test_catalogue_table_becomes_metadata_with_empty_values_kept() -> None:
    rows = (
        ("索 引 号", "430721/2014-00123", "发布机构", "安乡县人民政府办公室"),
        ("文 号", "", "主题词", ""),
        ("发布日期", "2014-03-20", "信息分类", "年报"),
    )
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    report = judged(f"<table>{table}</table><h1>{TITLE}</h1>{ARTICLE}").report
    assert report.text == TEXT
    assert report.metadata == {
        "index_number": "430721/2014-00123",
        "publisher": "安乡县人民政府办公室",
        "document_number": None,
        "keywords": None,
        "published_date": "2014-03-20",
        "catalogue": "年报",
    }


def test_plain_text_with_chrome_around() -> None:
    lines = (
        "打开适老化模式 无障碍浏览",
        TITLE,
        "",
        "发布时间:2014-03-20字体:[ ]",
        TITLE,
        PREAMBLE,
        *BODY,
        "相关词条",
        "热门词条",
        "联系我们",
    )
    report = judged("\n".join(lines), headers={"content-type": "text/plain"}).report
    assert report.text == TEXT
    assert report.published == "2014-03-20"


def test_everything_that_was_cut_is_listed_with_its_reason() -> None:
    draft = judged(portal_page(ARTICLE))
    reasons = {cut.text: cut.why for cut in draft.cut}
    assert reasons["当前位置：首页 > 政府信息公开 > 正文"] == "breadcrumb"
    assert any("网站标识码" in text for text in reasons)


def test_files_behind_the_article_are_attachments_not_text() -> None:
    report = judged(portal_page(ARTICLE + '<p>附件：<a href="../files/fb.pdf">附表.pdf</a></p>')).report
    assert [(a.url, a.name) for a in report.attachments] == [("http://www.example.gov.cn/files/fb.pdf", "附表.pdf")]
    assert "附表" not in report.text


def test_matching_form_leads_back_to_the_original_script() -> None:
    line = "政府入口網站全年發布規範性檔案12件,最佳化了檔案局的視窗,方便民眾查閱。"
    draft = judged(f"<h1>雲浮市2013年政府信息公開工作年度報告</h1><p>{line}</p><p>{line}</p>")
    assert draft.report.script == "hant"
    at = draft.plain.index("12件")
    assert "规范性文件12件,优化了档案局的窗口" in draft.plain
    assert draft.words(at, at + 3) == "12件"


def test_an_article_over_several_pages_is_one_text() -> None:
    first = document(portal_page(paragraphs(PREAMBLE, *BODY[:4])))
    second = document(portal_page(paragraphs(*BODY[4:])), url="http://www.example.gov.cn/c/1_2.html").lead
    first.continuations.append(second)
    assert run(first).text == TEXT


def test_a_further_page_that_did_not_come_is_told() -> None:
    first = document(portal_page(paragraphs(PREAMBLE, *BODY[:4])))
    first.continuations.append(Capture(b"", "http://www.example.gov.cn/c/1_2.html", 404))
    report = run(first)
    assert "continuation_missing" in [issue.code for issue in report.issues]
    assert report.text == "\n".join((PREAMBLE, *BODY[:4]))


def test_an_article_carried_as_json_is_read() -> None:
    detail = json.dumps({"id": 7, "title": TITLE, "publish_time": "2014-03-20 09:00:00", "content": ARTICLE}, ensure_ascii=True)
    script = f"<script>window._CONFIG = {{DETAIL: {detail}}}</script>"
    page = f"<html><head><title>政府信息公开目录</title></head><body><div id=app></div>{script}"
    report = judged(page).report
    assert (report.title, report.published, report.text) == (TITLE, "2014-03-20T09:00:00", TEXT)


def test_an_article_in_a_text_area_is_read() -> None:
    page = f"<h1>{TITLE}</h1><textarea id=txt style='display:none'>{html.escape(f'<h1>{TITLE}</h1>' + ARTICLE)}</textarea>"
    assert judged(page).report.text == TEXT
