"""From a page to the report's own blocks: traps of real markup, in pages of our own."""

import html
import json

import pytest

from pipelines import run
from pipelines.model import Capture, Hints
from tests.pages import BODY, PREAMBLE, TITLE, document, judged, paragraphs, portal_page

ARTICLE = paragraphs(PREAMBLE, *BODY)
TEXT = "\n".join((PREAMBLE, *BODY))
SENTENCE = "入夏以后，镇里的老街每到傍晚都坐满了乘凉的人，卖凉粉的摊子一直开到十点多才收。"
TEASERS = "".join(f'<div><h4><a href="/{n}">老街见闻之{n}</a></h4><p>{SENTENCE}</p></div>' for n in range(3))


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
        pytest.param(portal_page(ARTICLE + f"<div class='rec'>{TEASERS}</div>"), id="teasers behind the article"),
        pytest.param(
            portal_page(ARTICLE + f"<div class='user-comments'><p>渔樵</p><p>{SENTENCE}</p></div>"), id="comments of readers"
        ),
        pytest.param(
            portal_page(ARTICLE + "<p>特别声明：以上内容由用户上传，本平台仅提供信息存储服务，不代表本网观点。</p>"),
            id="disclaimer",
        ),
        pytest.param(
            f"<title>{TITLE}</title><div><h3>镇长</h3><p>{SENTENCE * 9}</p></div><h2>{TITLE}</h2><p>2014-03-20</p>{ARTICLE}",
            id="longer text of something else before the headline",
        ),
        pytest.param(
            f"<title>{TITLE}</title><div><h1>{TITLE}</h1>{ARTICLE}</div><div><h3>问答</h3><p>{SENTENCE}</p><p>{SENTENCE}</p></div>",
            id="a column of other things behind the article",
        ),
        pytest.param(
            f"<h1>{TITLE}</h1><p>山间竹 关注</p><p>2014.03.20 21:20:00 字数 812 阅读 90</p>{ARTICLE}",
            id="account and counters between title and date",
        ),
    ],
)
def test_traps_do_not_reach_the_text(page: str) -> None:
    assert judged(page).report.text == TEXT


def test_the_portals_selector_is_followed_where_it_holds_the_article() -> None:
    page = portal_page(f'<div id="body">{ARTICLE}</div><p>以上内容由县政务公开办公室负责解释,如有疑问请来电来函联系我们。</p>')
    assert judged(page, hints=Hints(content="#body")).report.text == TEXT


def test_a_selector_that_names_something_else_is_not_trusted() -> None:
    assert judged(portal_page(ARTICLE), hints=Hints(content=".crumb")).report.text == TEXT


def test_parts_of_a_report_in_boxes_of_their_own_are_no_columns_of_other_things() -> None:
    parts = [f"<div class='part'><h3>{BODY[i].split('、')[1]}</h3><p>{BODY[i + 1]}</p></div>" for i in range(0, 10, 2)]
    page = f"<title>{TITLE}</title><div class='part'><h1>{TITLE}</h1><p>{PREAMBLE}</p></div>{''.join(parts)}"
    text = judged(page).report.text
    assert all(line.split("、")[-1] in text for line in BODY)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2014-03-20 阅读(88)", "2014-03-20"),
        ("安乡观察 2014/03/20 06:55", "2014-03-20T06:55"),
        ("发布于 2014年3月20日", "2014-03-20"),
        ("http://www.example.gov.cn 2014年03月20日07:22 安乡晚报", "2014-03-20T07:22"),
    ],
)
def test_a_date_line_needs_no_label(line: str, published: str) -> None:
    report = judged(f"<h1>{TITLE}</h1><p>{line}</p>{ARTICLE}").report
    assert (report.published, report.text) == (published, TEXT)


def test_a_date_behind_the_article_is_the_pages_where_its_head_has_none() -> None:
    page = f"<div><h1>{TITLE}</h1>{ARTICLE}<p>（发布日期：2014年3月20日　阅读次数：77）</p></div>"
    report = judged(page).report
    assert (report.published, report.text) == ("2014-03-20", TEXT)


def test_a_newspapers_day_stands_above_its_titles() -> None:
    page = f"<table><tr><td>2014年03月20日 星期四</td><td>第03版</td></tr></table><h2>{TITLE}</h2>{ARTICLE}"
    assert judged(page).report.published == "2014-03-20"


def test_a_table_of_one_column_is_layout() -> None:
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in (TITLE, "发布时间：2014-03-20", *BODY))
    report = judged(f"<table>{rows}</table>").report
    assert (report.title, report.published, report.text) == (TITLE, "2014-03-20", "\n".join(BODY))


def test_a_label_on_its_own_line_has_its_value_below() -> None:
    labels = "<dt>索引号</dt><dd>430721/2014-01</dd><dt>成文日期</dt><dd>2014-03-18</dd><dt>发布日期</dt><dd>2014-03-20</dd>"
    report = judged(f"<dl>{labels}</dl><h1>{TITLE}</h1>{ARTICLE}").report
    assert report.published == "2014-03-20"
    assert report.metadata["created_date"] == "2014-03-18"


def test_a_heading_broken_by_br_is_one_title() -> None:
    page = f"<title>县妇联</title><h1>安乡县妇女联合会<br>2013年政府信息公开工作年度报告</h1>{ARTICLE}"
    assert judged(page).report.title == "安乡县妇女联合会2013年政府信息公开工作年度报告"


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


def test_a_short_article_carried_as_json_is_read() -> None:
    line = "全年通过公开栏公开信息28条，没有收到公开申请，没有收取费用，也没有发生行政复议和行政诉讼，明年继续完善目录。"
    detail = json.dumps({"title": TITLE, "content": f"<p>{line}</p>"})
    assert judged(f"<html><body><div id=app></div><script>var d = {detail}</script>").report.text == line


def test_the_sites_name_before_a_blank_is_not_the_titles() -> None:
    title = "安乡县2013年政务公开工作总结"
    page = f"<title>安乡县人民政府门户网站 {title}</title><p>{title}</p>{ARTICLE}"
    assert judged(page).report.title == title


def test_a_column_in_the_title_element_does_not_beat_the_printed_title() -> None:
    page = f"<title>安乡县国土资源局--政务信息</title><p align=center>{TITLE}</p><p align=center>2014-03-20</p>{ARTICLE}"
    assert judged(page).report.title == TITLE


def test_an_article_in_a_text_area_is_read() -> None:
    page = f"<h1>{TITLE}</h1><textarea id=txt style='display:none'>{html.escape(f'<h1>{TITLE}</h1>' + ARTICLE)}</textarea>"
    assert judged(page).report.text == TEXT


HEAD = (TITLE, "来源:安乡县政府办 发布时间:2014-03-20", PREAMBLE)
PLAIN = {"content-type": "text/plain"}


def test_parts_of_a_line_each_carry_a_report_of_plain_text() -> None:
    parts = (
        "一、总体情况",
        "全年公开信息顺利。",
        "二、主动公开情况",
        "(表略)",
        "三、依申请公开情况",
        "共4件,均办结。",
        "四、行政复议和诉讼情况",
    )
    text = judged("\n".join([*HEAD, *parts, "无。", "五、存在问题", "更新慢。", "湘ICP备1号"]), headers=PLAIN).report.text
    assert text.endswith("五、存在问题\n更新慢。")


def test_rows_of_numbers_between_bars_end_no_report() -> None:
    row = "| 0 " * 15 + "|"
    text = judged("\n".join([*HEAD, *BODY[:8], row, "五、存在问题", "公开栏更新慢,将逐月通报。"]), headers=PLAIN).report.text
    assert row in text
    assert text.endswith("将逐月通报。")


def test_a_date_line_is_cut_as_what_it_is() -> None:
    draft = judged("\n".join([TITLE, "发布时间:2014-03-20", PREAMBLE, *BODY]), headers=PLAIN)
    assert {cut.text: cut.why for cut in draft.cut}["发布时间:2014-03-20"] == "metadata line"


@pytest.mark.parametrize("line", ["浏览字体：大 中 小", "转载▼", "标签: 水务 杂谈", "正文"])
def test_tools_of_the_page_between_title_and_text_are_cut(line: str) -> None:
    assert judged("\n".join([TITLE, "发布时间:2014-03-20", line, PREAMBLE, *BODY]), headers=PLAIN).report.text.startswith(
        PREAMBLE
    )


def test_rows_of_statistics_behind_a_report_of_plain_text_are_its_own() -> None:
    rows = ("附表", "指标 单位 数量", "主动公开信息数 条 4321", "(二)依申请公开统计", "指标 单位 数量", "本年度申请总数 件 7")
    text = judged("\n".join([*HEAD, *BODY, *rows, "湘ICP备1号"]), headers=PLAIN).report.text
    assert text.endswith("本年度申请总数 件 7")


@pytest.mark.parametrize("name", ["安乡县教育局2016年度信息公开年报", "安乡县教育局2016年政府信息公开年度报告"])
def test_a_page_saved_as_text_begins_with_its_title_element(name: str) -> None:
    lines = [
        "首页 机构概况 新闻中心 公开专栏 在线服务",
        f"{name}_教育局_安乡县人民政府",
        "[ 索 引 号 ] 00546/2017-00012 [ 信息分类 ] 年度报告",
        "[ 生效日期 ] 2017-01-18 [ 废止日期 ]",
        PREAMBLE,
        *BODY,
    ]
    report = judged("\n".join(lines), headers={}).report
    assert report.title == name
    assert report.text == TEXT


def test_the_title_element_keeps_a_report_that_ends_like_a_column() -> None:
    name = "安乡县教育局2016年度信息公开年报"
    page = portal_page(ARTICLE, title="").replace("<title>_安乡县人民政府网站", f"<title>{name}_教育局_安乡县人民政府")
    assert judged(page).report.title == name


def test_rows_of_a_table_in_lines_are_the_report_to_the_last_one() -> None:
    rows = ("附表：", "受理申请总数 件 14 51", "2.当面申请 件 14 50", "咨询电话 部 2 2")
    tail = ("上一页 1 下一页", "安乡县概况 图片新闻 旅游指南 招商引资", "版权所有：安乡县人民政府")
    page = "\n".join((TITLE, "发布时间：2014-03-20", PREAMBLE, *BODY, *rows, *tail))
    assert (judged(page, headers={}).report.text or "").endswith(rows[-1])


def test_a_catalogue_behind_the_title_on_one_line_is_read() -> None:
    line = f"{TITLE}_安乡县政府网 索引号：0031/2014-7 信息分类：年度报告 发布机构：安乡县政府 发布日期：2014-03-20 文号："
    report = judged("\n".join([line, TITLE, PREAMBLE, *BODY]), headers=PLAIN).report
    assert report.published == "2014-03-20"
    assert report.metadata["index_number"] == "0031/2014-7"
    assert report.title == TITLE
