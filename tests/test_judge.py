"""What a page is: titles of reports and of what stands beside them, refusals, placeholders."""

import pytest

from tests.pages import BODY, PREAMBLE, TITLE, judged, paragraphs, portal_page

ARTICLE = paragraphs(PREAMBLE, *BODY)
OTHER = paragraphs(*("为进一步改善服务,现将有关事项公布如下,请各单位遵照执行,并于月底前把落实情况报送办公室汇总。",) * 6)


@pytest.mark.parametrize(
    "title",
    [
        "安乡县2013年政府信息公开工作年度报告",
        "2013年度安乡县人民政府信息公开年度报告",
        "安乡县财政局2013年政务信息公开年度报告",
        "深柳镇政府信息公开工作2013年度报告",
        "大湖口镇人民政府2013度政府信息公开工作年度报告",
        "安丰乡2013年政府信息公开年度工作报告",
        "2013年信息公开工作报告",
        "安乡县教育局2013年政府信息公开年报",
        "安乡县人民政府办公室关于2013年政府信息公开工作情况的报告",
        "关于公布安乡县2013年政府信息公开工作年度报告的公告",
        "安乡县环境保护局2013年度报告",
        "安乡县财政局2013年政府信息公开年度报告",
    ],
)
def test_reports(title: str) -> None:
    report = judged(portal_page(ARTICLE, title=title)).report
    assert (report.state, report.page_kind) == ("report", "annual_report")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于做好2013年政府信息公开工作年度报告编制发布工作的通知", "notice_about_reports"),
        ("安乡县政府信息公开工作年度报告制度", "rule"),
        ("政府信息公开年度报告公布办法(试行)", "rule"),
        ("2013年政务公开工作总结", "work_summary"),
        ("2014年政务公开工作要点", "work_summary"),
        ("一图读懂《安乡县2013年政府信息公开工作年度报告》", "interpretation"),
        ("安乡县政府信息公开指南", "guide"),
        ("2013年第三季度政府信息公开情况统计表", "periodic_statistics"),
        ("2014年安乡县人民政府工作报告", "government_work_report"),
        ("政府工作报告", "government_work_report"),
        ("安乡县政府网站工作年度报表(2017年)", "website_annual_form"),
        ("某某股份有限公司2013年年度报告", "company_annual_report"),
        ("政府信息公开工作年度报告范文", "template"),
        ("关于公布第三批便民事项的公告", "other"),
        ("安乡县2013年度法治政府建设年度报告", "other"),
        ("安乡县人民检察院2013年度检务公开工作报告", "other"),
        ("安乡县文化馆2013年度报告公示", "other"),
        ("安乡县集中公布2013年政府信息公开工作年度报告", "other"),
        ("问：政府信息公开年度报告在哪里查？", "other"),
        ("政府信息公开年度报告编写提纲", "template"),
        ("政府信息公开年度报告填写说明", "template"),
        ("县级政府信息公开年度报告的内容分析", "other"),
        ("政府信息公开年度报告制度的问题与对策研究——以某省为例", "other"),
        ("浅析地方政府信息公开年度报告", "other"),
        ("深柳镇政府信息公开统计月报（2013年5月）", "periodic_statistics"),
        ("安乡县司法局政务新媒体2022年度工作报表", "website_annual_form"),
    ],
)
def test_not_reports(title: str, kind: str) -> None:
    report = judged(portal_page(OTHER, title=title)).report
    assert (report.state, report.page_kind) == ("not_a_report", kind)
    assert report.reason
    assert "请各单位遵照执行" in report.text


def test_a_report_without_a_telling_title_is_known_by_its_words() -> None:
    assert judged(portal_page(ARTICLE, title="安乡县人民政府办公室")).report.state == "report"


def test_an_announced_report_without_text_waits_for_review_and_names_its_file() -> None:
    report = judged(portal_page('<p><a href="/f/1.pdf">点击下载全文.pdf</a></p>')).report
    assert report.state == "needs_review"
    assert "1 file" in (report.reason or "")


PAPER = paragraphs(
    "摘要：",
    "本文选取六十个县的政府信息公开年度报告,比较主动公开、依申请公开、收费和复议诉讼的数据,讨论存在的问题并提出改进的办法。",
    "关键词：",
    "年度报告；透明度",
)


def test_a_paper_on_reports_is_none_by_its_abstract_and_keywords() -> None:
    report = judged(portal_page(PAPER, title="政府信息公开年度报告与透明度")).report
    assert (report.state, report.page_kind) == ("not_a_report", "other")


def test_a_catalogue_s_abstract_and_keywords_do_not_make_a_report_a_paper() -> None:
    catalogue = "<p>摘要：</p><p>安乡县财政局公布二〇一三年政府信息公开工作的年度情况</p><p>关键词：</p><p>年度报告</p>"
    assert judged(portal_page(catalogue + ARTICLE)).report.state == "report"


@pytest.mark.parametrize(
    "said", ["您浏览的稿件已经撤稿,暂时不能查看。", "对不起,该信息已被撤回,目前无法访问!", "该内容已被移除或暂时不可用。"]
)
def test_a_withdrawn_page_is_gone(said: str) -> None:
    report = judged(f"<html><head><title>提示</title></head><body><div><p>{said}</p></div></body></html>").report
    assert (report.state, report.page_kind) == ("gone", "soft_404")


def test_an_article_in_a_frame_names_its_address() -> None:
    report = judged(portal_page('<iframe src="/show/7.html"></iframe>')).report
    assert report.state == "needs_review"
    assert "/show/7.html" in (report.reason or "")


@pytest.mark.parametrize(
    ("status", "body", "headers", "state", "kind"),
    [
        (404, "", {}, "gone", "error"),
        (410, "<p>gone</p>", {}, "gone", "error"),
        (
            521,
            "<script>document.cookie='__jsl_clearance_s=1'</script>",
            {"set-cookie": "__jsluid_s=ab; path=/"},
            "blocked",
            "challenge",
        ),
        (403, "<p>云防护</p>", {}, "blocked", "challenge"),
        (405, "", {}, "blocked", "challenge"),
        (500, "<p>error</p>", {}, "unreadable", "error"),
        (204, "", {}, "unreadable", "error"),
        (302, "<p>moved</p>", {}, "unreadable", "error"),
        (0, "", {}, "unreadable", "error"),
        (200, "<title>提示</title><p>您访问的页面不存在或已被删除！</p>", {}, "gone", "soft_404"),
        (200, "<html><script>var __jsl = 1; location.reload()</script></html>", {}, "blocked", "challenge"),
        (200, "<p>该栏目仅限内网用户,请先登录</p>", {}, "blocked", "login"),
    ],
)
def test_answers_that_are_no_page(status: int, body: str, headers: dict[str, str], state: str, kind: str) -> None:
    report = judged(body, status=status, headers={"content-type": "text/html", **headers}).report
    assert (report.state, report.page_kind) == (state, kind)
    assert report.reason


def test_hijacked_mirrors_are_untrusted() -> None:
    pinyin = "政(zhèng)府信息公开工作由中(zhōng)心负责,公(gōng)开目录逐条核对,群众可以到窗口查询,也可以拨打电话咨询。"
    draft = judged(portal_page(paragraphs(PREAMBLE, pinyin, *BODY)), url="http://www.mirror.example/art/1.html")
    assert draft.report.trust == "untrusted_copy"
    assert "injected_pinyin" in [issue.code for issue in draft.report.issues]


def test_a_site_code_on_a_foreign_host_is_untrusted() -> None:
    page = portal_page(ARTICLE).replace("<title>", '<meta name="SiteIDCode" content="4307210001"><title>')
    assert judged(page, url="http://www.mirror.example/art/1.html").report.trust == "untrusted_copy"
    assert judged(page).report.trust == "government_host"


def test_title_constant_is_what_the_pages_print() -> None:
    assert judged(portal_page(ARTICLE)).report.title == TITLE


def test_all_parts_make_a_report_of_few_words() -> None:
    lines = (
        "区政府办:",
        "一、基本情况",
        "有人管。",
        "二、主动公开情况",
        "公开9条。",
        "三、依申请公开",
        "无。",
        "四、存在问题",
        "更新慢。",
    )
    report = judged(portal_page(paragraphs(*lines), title="深柳镇2014年政府信息公开工作报告")).report
    assert report.state == "report"


def test_a_summary_that_calls_itself_an_annual_report_is_one() -> None:
    lines = (
        "现将我局2012年政府信息公开工作年度报告公布如下:",
        "一、主动公开情况",
        "全年主动公开信息80条。",
        "二、依申请公开情况",
        "收到申请1件。",
    )
    title = "安乡县卫生局2012年政府信息公开工作总结报告"
    assert judged(portal_page(paragraphs(*lines, "三、存在问题", "更新慢。"), title=title)).report.state == "report"
    lines = ("现将我局2012年政府信息公开工作总结如下:", *lines[1:])
    assert judged(portal_page(paragraphs(*lines), title=title)).report.page_kind == "work_summary"


@pytest.mark.parametrize("title", ["深柳镇2013年政府信息公开年度报告", "深柳镇政府信息公开年度报告"])
def test_eight_short_lines_are_a_report_and_no_list(title: str) -> None:
    lines = (
        "2013年深柳镇公开政府信息9条。",
        "没有收到公开申请。",
        "没有复议、诉讼。",
        "没有收费。",
        "存在更新慢的问题。",
        "深柳镇人民政府",
    )
    page = portal_page(f'<div id="zoom">{paragraphs(*lines)}</div>', title=title)
    assert judged(page).report.state == "report"


def test_a_title_with_a_word_on_its_file_is_for_review() -> None:
    page = portal_page(paragraphs("现将深柳镇2013年政府信息公开年度报告予以公布。"), title="深柳镇2013年政府信息公开年度报告")
    assert judged(page).report.state == "needs_review"


def test_a_column_of_a_year_is_a_list_and_no_report_without_its_text() -> None:
    name = "2019年政府信息公开工作年度报告"
    links = "".join(f'<li><a href="/a/{i}.html">安乡县第{i}中学{name}</a><span>2020-01-1{i}</span></li>' for i in range(1, 9))
    listed = f"<html><head><title>{name}</title></head><body><div><ul>{links}</ul></div></body></html>"
    dated = listed.replace("<ul>", f"<h1>{name}</h1><p>发布时间：2020-01-20</p><p><img src='1.jpg'></p><ul>")
    assert judged(listed).report.page_kind == "list"
    assert judged(dated).report.state == "needs_review"
