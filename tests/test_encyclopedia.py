"""Articles of encyclopedias and their mirrors: what they print around the report's own words."""

import pytest

from tests.pages import judged

TITLE = "安乡县审计局2013年政府信息公开工作年度报告"
HEADINGS = ("概述", "主动公开政府信息情况", "行政复议、行政诉讼情况")
WORDS = (
    "2013年,我局把审计结果公告列为公开重点,办公室负责登记,分管副局长签发后在县政府网站公布,全年没有发生泄密。",
    "全年主动公开审计结果公告14篇、工作动态63条,另在政务大厅的查阅点放置纸质目录两份,供群众随时翻阅。",
    "全年没有发生与政府信息公开有关的行政复议和行政诉讼,也没有收到举报投诉。",
)
TEXT = "\n".join(line for pair in zip(HEADINGS, WORDS, strict=True) for line in pair)


def article(head: str = "", before_heading: str = "", tail: str = "") -> str:
    parts = "".join(
        f"<div><h2>{before_heading}{heading}</h2></div><div class='para'>{words}</div>"
        for heading, words in zip(HEADINGS, WORDS, strict=True)
    )
    return f"<title>{TITLE}_百科</title><div class='main'><h1>{TITLE}</h1>{head}{parts}{tail}</div>"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(article(before_heading=f"<span>{TITLE}</span>"), id="the title before each heading"),
        pytest.param(
            article(tail=f"<dl><dt>参考资料</dt><dd>1. {TITLE}．安乡审计网．2014-04-02[引用日期2016-05-01]</dd></dl>"),
            id="references",
        ),
        pytest.param(
            article(tail="<p>词条标签：</p><p>社会 ， 文件</p><p>词条图册</p><p>更多图册</p>"), id="tags and pictures"
        ),
        pytest.param(article(head="<div>概述，主动公开政府信息情况，行政复议、行政诉讼情况，</div>"), id="a list of contents"),
        pytest.param(
            article(head="<h2>基本介绍</h2><ul><li>类别：文件</li></ul><div>概述，主动公开政府信息情况，</div>"),
            id="fields and contents under a heading",
        ),
        pytest.param(article(head="<p>概述、 主动公开政府信息情况</p>"), id="a list of some contents"),
        pytest.param(article(head=f"<p>{TITLE}。</p><ul><li>地区：湖南省安乡县</li></ul>"), id="title and fields"),
        pytest.param(
            article(head="<dl><dt>中文名</dt><dd>年报</dd><dt>发布单位</dt><dd>安乡县审计局</dd></dl>"), id="labels and values"
        ),
    ],
)
def test_what_encyclopedias_print_around_a_report_is_cut(page: str) -> None:
    assert judged(page).report.text == TEXT


def test_headings_named_in_a_sentence_stay() -> None:
    line = "本报告由概述，主动公开政府信息情况，行政复议、行政诉讼情况三个部分组成。"
    assert judged(article(head=f"<p>{line}</p>")).report.text == f"{line}\n{TEXT}"


def test_one_heading_that_begins_with_the_title_keeps_it() -> None:
    tail = f"<h2>{TITLE}附表</h2><p>附表所列数据截至2013年12月31日,由办公室汇总。</p>"
    assert f"{TITLE}附表" in (judged(article(tail=tail)).report.text or "")


def test_references_at_the_beginning_do_not_end_an_article() -> None:
    assert judged(article(head=f"<p>{WORDS[0]}</p><p>参考资料</p>")).report.text == f"{WORDS[0]}\n{TEXT}"


@pytest.mark.parametrize("other", ["安乡县审计局2012年政府信息公开工作年度报告", "县审计局2012年政府信息公开工作年度报告"])
def test_another_years_report_behind_the_text_is_another_page(other: str) -> None:
    tail = f"<h4>{other}</h4><p>2012年,我局公开审计结果公告9篇,收到申请1件,已经答复……</p>"
    assert judged(article(tail=f"<div>{tail}</div>")).report.text == TEXT


def test_a_report_of_two_years_stays_whole() -> None:
    other = "安乡县审计局2012年政府信息公开工作年度报告"
    text = judged(article(tail=f"<h4>{other}</h4>" + "".join(f"<p>{words}</p>" for words in WORDS))).report.text
    assert (text or "").endswith("\n".join((other, *WORDS)))
