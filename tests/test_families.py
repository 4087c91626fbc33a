"""How each publishing system links: lists, next pages, continuations, files; and how it is known again."""

import json
from pathlib import Path
from time import process_time
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from crawler.candidates import is_candidate, is_title
from crawler.families import FAMILIES, detect, links, paging
from crawler.families.page import Page
from pipelines import run
from pipelines.decode import text_of
from pipelines.model import Capture, Document

REAL = Path(__file__).parent.parent.parent / "shared" / "real"


def page(text: str, url: str = "http://www.qingshui.gov.cn/xxgk/nb/index.html") -> Page:
    return Page(url, f"<html><body>{text}</body></html>")


def urls(family: str, found: Page) -> list[str]:
    return [urlsplit(link.url).path for link in FAMILIES[family].articles(found)]


@pytest.mark.parametrize(
    ("family", "article", "other"),
    [
        ("dedecms", "/a/zixun/shenghuo/2015/1121/30412.html", "/a/zixun/shenghuo/list_27_2.html"),
        ("dedecms", "/plus/view.php?aid=30412", "/plus/list.php?tid=27"),
        ("hanweb", "/art/2022/1/27/art_6432_462915.html", "/col/col6432/index.html"),
        ("hanweb", "/lxz/zwgk/art/2026/art_0123456789abcdef0123456789abcdef.html", "/lxz/zwgk/index.html"),
        ("hanweb", "/module/xxgk/xxgkAnnualReport.jsp?area=001008&fbtime=2015", "/module/xxgk/search.jsp"),
        ("boda", "/info/5521/30551.htm", "/zwgk/ndbg/2.htm"),
        ("boda", "/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1&wbnewsid=2", "/list.jsp?wbtreeid=1"),
        ("trs", "/xxgk/nb/202003/t20200311_2593126.html", "/xxgk/nb/index_1.html"),
        ("column_item", "/c26829/20250126/i2310545.html", "/c24643/index.html"),
        ("encyclopedia", "/wiki/%E6%94%BF%E5%BA%9C/19875050", "/about"),
    ],
)
def test_article_by_its_address(family: str, article: str, other: str) -> None:
    found = page(f'<a href="{article}">a</a><a href="{other}">b</a>')
    assert [link.text for link in FAMILIES[family].articles(found)] == ["a"]


def test_row_gives_words_and_date_of_its_link() -> None:
    found = page(
        """<ul><li><a href="/info/1/2.htm" title="青水县2014年政府信息公开工作年度报告">青水县2014年政府信息…</a>
        <i>[2015年3月8日]</i></li><li><a href="/info/1/3.htm">2013-01-02 的通知</a></li></ul>"""
    )
    first, second = FAMILIES["boda"].articles(found)
    assert (first.text, first.listed) == ("青水县2014年政府信息公开工作年度报告", "2015-03-08")
    assert second.listed is None  # a date in the title is the title's


def test_date_of_a_table_row_and_of_no_row() -> None:
    found = page(
        """<table><tr><td><a href="/info/1/2.htm">年报</a></td><td>2015-03-08</td></tr></table>
        <div><a href="/info/1/3.htm">年报</a><span>2014/01/09</span></div>
        <div><a href="/info/1/4.htm">年报</a><a href="/info/1/5.htm">年报</a>
        <a href="/x">更多</a><a href="/y">更多</a>2014-01-01</div>"""
    )
    assert [link.listed for link in FAMILIES["boda"].articles(found)] == ["2015-03-08", "2014-01-09", None, None]


def test_article_that_is_linked_twice_counts_once_with_its_title() -> None:
    found = page(
        '<a href="/info/1/2.htm"><img src="a.png"></a><a href="/info/1/2.htm">青水县年报</a>'
        '<a href="../../info/1/2.htm#x">详细</a>'
    )
    assert [(link.url, link.text) for link in FAMILIES["boda"].articles(found)] == [
        ("http://www.qingshui.gov.cn/info/1/2.htm", "青水县年报")
    ]


@pytest.mark.parametrize(
    "href",
    ["#", "javascript:void(0)", "mailto:a@b.cn", "", "ftp://a.cn/1.htm", "http://[a", "http://a:b:c/", "http://a.cn:99999/"],
)
def test_links_that_lead_to_no_page(href: str) -> None:
    assert page("").join(href) is None


def test_base_element_moves_relative_links() -> None:
    found = Page("http://www.qingshui.gov.cn/a/b.htm", '<html><head><base href="/x/"></head><a href="info/1/2.htm">a</a>')
    assert urls("boda", found) == ["/x/info/1/2.htm"]


# --- the next page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "url", "following"),
    [
        ('<a href="nb/2.htm">下页</a>', "http://a.cn/zwgk/nb.htm", "http://a.cn/zwgk/nb/2.htm"),
        ('<a href="1.htm">下一页</a>', "http://a.cn/zwgk/nb/2.htm", "http://a.cn/zwgk/nb/1.htm"),
        ('<a href="list_27_2.html">下一頁&gt;</a>', "http://a.cn/x/", "http://a.cn/x/list_27_2.html"),
        ('<a href="javascript:;">下一页</a>', "http://a.cn/x/", None),
        ('<a href="index.html">下一页</a>', "http://a.cn/x/index.html", None),
        ('<a href="2.htm">下一页面的说明</a>', "http://a.cn/x/", None),
        ('<script>createPageHTML(3,0,"index","shtml","9")</script>', "http://a.cn/x/", "http://a.cn/x/index_1.shtml"),
        ('<script>createPageHTML(3, 2, "index", "html")</script>', "http://a.cn/x/index_2.html", None),
        (
            "<script>createPageHTML('page_div',3,1,'nb','shtml',41)</script>",
            "http://a.cn/x/nb.shtml",
            "http://a.cn/x/nb_2.shtml",
        ),
        ("<script>createPageHTML('page_div',3,3,'nb','shtml',41)</script>", "http://a.cn/x/nb_3.shtml", None),
        ("<script>var currentPage = 0;//0\nvar countPage = 2//页</script>", "http://a.cn/x/", "http://a.cn/x/index_1.html"),
        ("<script>var currentPage = 1;var countPage = 3</script>", "http://a.cn/x/nb_1.htm", "http://a.cn/x/nb_2.htm"),
        ("<script>var currentPage = 1;var countPage = 2</script>", "http://a.cn/x/index_1.html", None),
        ("", "http://a.cn/x/", None),
    ],
)
def test_next_page_of_a_list(text: str, url: str, following: str | None) -> None:
    found = paging.next_page(page(text, url))
    assert found == following


DATASTORE = """<datastore><nextgroup><![CDATA[{group}]]></nextgroup><recordset>
<record><![CDATA[<li><a href="/art/2022/1/27/art_64_1.html">青水县2021年年报</a><b>2022-01-27</b></li>]]></record>
<record><![CDATA[<li><a href="/art/2021/1/27/art_64_2.html">青水县2020年年报</a><b>2021-01-27</b></li>]]></record>
</recordset></datastore>"""
GROUP = '<a href="/module/jpage/dataproxy.jsp?page=1&columnid=64"></a>'


@pytest.mark.parametrize(
    "markup",
    [f'<html><script type="text/xml">{DATASTORE}</script></html>', f'<?xml version="1.0" encoding="utf-8"?>{DATASTORE}'],
    ids=["in the page", "from dataproxy"],
)
def test_hanweb_datastore(markup: str) -> None:
    found = Page("https://www.qingshui.gov.cn/col/col64/index.html", markup.replace("{group}", GROUP))
    assert [link.listed for link in FAMILIES["hanweb"].articles(found)] == ["2022-01-27", "2021-01-27"]
    following = FAMILIES["hanweb"].next_page(found)
    assert following is not None
    assert following == "https://www.qingshui.gov.cn/module/jpage/dataproxy.jsp?page=1&columnid=64"


def test_hanweb_datastore_ends() -> None:
    found = Page("https://www.qingshui.gov.cn/col/col64/index.html", DATASTORE.replace("{group}", ""))
    assert FAMILIES["hanweb"].next_page(found) is None


def test_hanweb_unit_service_from_the_column_to_its_end() -> None:
    hanweb = FAMILIES["hanweb"]
    column = Page(
        "https://www.qingshui.gov.cn/qs/nb/index.html",
        """<html><div id="u1" queryData="{'webId':'9','pageId':'7','tagId':'列表'}"></div><script>jpaas()</script></html>""",
    )
    first = hanweb.next_page(column)
    assert first is not None
    query = parse_qs(urlsplit(first).query)
    assert (query["webId"], query["tagId"]) == (["9"], ["列表"])
    assert json.loads(query["paramJson"][0]) == {"pageNo": 1, "pageSize": 20}

    rows = '<li><a href="/qs/nb/art/2026/art_0123456789abcdef0123456789abcdef.html">年报</a></li>'
    answer = {"success": True, "data": {"html": f'<ul>{rows}</ul><div class="pagination" count="21" rows="20"></div>'}}
    page_1 = Page(first, json.dumps(answer))
    assert urls("hanweb", page_1) == ["/qs/nb/art/2026/art_0123456789abcdef0123456789abcdef.html"]
    second = hanweb.next_page(page_1)
    assert second is not None
    assert json.loads(parse_qs(urlsplit(second).query)["paramJson"][0])["pageNo"] == 2
    assert hanweb.next_page(Page(second, json.dumps(answer))) is None


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"data": 3}',
        '{"success": false}',
        "[]",
        '{"data": {"html": 3}}',
        '{"data": "\\ud800"}',
        '{"data":' + "[" * 100_000,
    ],
)
def test_answer_that_is_no_list_has_no_links(text: str) -> None:
    found = Page("https://www.qingshui.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit", text)
    assert FAMILIES["hanweb"].articles(found) == []


# --- an article ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "text", "further"),
    [
        (
            "http://a.cn/1/30.html",
            '<a href="30_3.html">3</a><a href="30_2.html">2</a><a href="30_2.html">下一页</a>',
            ["30_2", "30_3"],
        ),
        (
            "http://a.cn/1/30.html",
            '<a href="31_2.html">2</a><a href="30_2.htm">2</a><a href="http://b.cn/1/30_2.html">2</a>',
            [],
        ),
        (
            "http://a.cn/v.php?aid=3",
            '<a href="v.php?aid=3&pageno=2">2</a><a href="v.php?aid=4&pageno=2">x</a>',
            ["aid=3&pageno=2"],
        ),
        ("http://a.cn/1/t2019_3.html", '<script>createPageHTML(3,0,"t2019_3","html")</script>', ["t2019_3_1", "t2019_3_2"]),
        ("http://a.cn/1/t2019_3.html", '<script>createPageHTML(1,0,"t2019_3","html")</script>', []),
    ],
)
def test_pages_that_continue_an_article(url: str, text: str, further: list[str]) -> None:
    found = paging.continuations(page(text, url))
    assert len(found) == len(further)
    assert all(part in address for part, address in zip(further, found, strict=True))


CARRIED = {
    '<a href="P020240119.pdf">附件</a>': "http://a.cn/1/P020240119.pdf",
    '<a href="/system/_content/download.jsp?urltype=x&wbfileid=1">统计表</a>': (
        "http://a.cn/system/_content/download.jsp?urltype=x&wbfileid=1"
    ),
    '<a href="/module/download/downfile.jsp?classid=0&filename=4b.doc">下载</a>': (
        "http://a.cn/module/download/downfile.jsp?classid=0&filename=4b.doc"
    ),
    '<a href="downfile.jsp?classid=0&filename=9f3c">年报</a>': "http://a.cn/1/downfile.jsp?classid=0&filename=9f3c",
    '<a href="/file.do?id=7">年报.docx</a>': "http://a.cn/file.do?id=7",
    '<iframe src="/pdfjs/web/viewer.html?file=/files/nb.pdf"></iframe>': "http://a.cn/files/nb.pdf",
    '<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2Fnb.pdf#page=1"></iframe>': "http://a.cn/files/nb.pdf",
    '<iframe src="/pdfjs/web/viewer.html?file=../../files/nb.pdf"></iframe>': "http://a.cn/files/nb.pdf",
    '<iframe src="https://view.officeapps.live.com/op/view.aspx?src=http%3A%2F%2Fa.cn%2Ff%2Fnb.docx"></iframe>': (
        "http://a.cn/f/nb.docx"
    ),
    '<embed src="nb.ofd">': "http://a.cn/1/nb.ofd",
    '<object data="nb.pdf" type="application/pdf"></object>': "http://a.cn/1/nb.pdf",
    '<object classid="x"><param name="src" value="/f/nb.pdf"></object>': "http://a.cn/f/nb.pdf",
    '<img src="nb_1.png" data-powerurl="/files/power.docx">': "http://a.cn/files/power.docx",
    """<a href="javascript:openFile('/f/nb.xls', '表')">附表</a>""": "http://a.cn/f/nb.xls",
    """<a href="javascript:void(0)" onclick="window.open('nb.rar')">附件</a>""": "http://a.cn/1/nb.rar",
    """<a href="#" onclick='show("http://b.cn/f/nb.pdf?v=1")'>附件</a>""": "http://b.cn/f/nb.pdf?v=1",
    '<a href="/show.aspx?f=nb.doc">附件</a>': "http://a.cn/show.aspx?f=nb.doc",
    """<script>PDFObject.embed("/f/nb.pdf", "#x");</script>""": "http://a.cn/f/nb.pdf",
}


@pytest.mark.parametrize("markup", CARRIED)
def test_files_that_a_page_carries_are_those_that_its_record_names(markup: str) -> None:
    """The crawl asks for them, the stages name them: both must read one address."""
    carrier = page(
        f"<h1>青水县年报</h1><p>青水县年报见附件，请下载后阅读，谢谢。</p><div>{markup}</div>", "http://a.cn/1/x.html"
    )
    assert [link.url for link in links.files(carrier)] == [CARRIED[markup]]
    report = run(Document(Capture(carrier.text.encode(), carrier.url)))
    assert [attachment.url for attachment in report.attachments] == [CARRIED[markup]]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/zip/index.html">压缩</a>',
        '<iframe src="/ad.html"></iframe>',
        '<a href="/download/index.html">下载中心</a>',
        "<a href=\"javascript:share('a.cn')\">分享</a>",
        '<a href="http://[bad/nb.pdf">附件</a>',
    ],
)
def test_what_opens_no_file(markup: str) -> None:
    carrier = page(f"<p>青水县年报见附件，请下载后阅读，谢谢。{markup}</p>", "http://a.cn/1/x.html")
    assert links.files(carrier) == []
    assert [a.url for a in run(Document(Capture(carrier.text.encode(), carrier.url))).attachments] in (
        [],
        ["http://[bad/nb.pdf"],
    )


# --- which system, and which links -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "url", "family"),
    [
        ("<script>var wbtreeid = 1</script>", "http://a.cn/x.html", "boda"),
        ("<script src=/module/jpage/x.js></script>", "http://a.cn/x.html", "hanweb"),
        ("<a class=CurrChnlCls>年报</a>", "http://a.cn/x.html", "trs"),
        ('<script src="/plus/count.php?aid=1"></script>', "http://a.cn/x.html", "dedecms"),
        ("<p>正文</p>", "http://a.cn/c1/20250126/i2.html", "column_item"),
        ('<a href="/info/1/2.htm">a</a><a href="/info/1/3.htm">b</a>', "http://a.cn/", "boda"),
        ("<p>維護中</p>", "http://a.cn/", None),
    ],
)
def test_system_of_a_page(text: str, url: str, family: str | None) -> None:
    assert detect(page(text, url)) == family


@pytest.mark.parametrize(
    ("text", "candidate", "title"),
    [
        ("青水县2014年政府信息公开工作年度报告", True, True),
        ("青水縣2014年政府信息公開工作年度報告", True, True),
        ("二〇一四年青水县政府信息公开年报", True, True),
        ("青水镇2014年政府信息公开工作报告", True, True),
        ("政府信息公开年报", True, False),
        ("2014年度", True, False),
        ("关于做好政务公开工作的通知", True, False),
        ("青水县2014年政府工作报告", False, False),
        ("国庆放假安排", False, False),
    ],
)
def test_links_worth_a_request(text: str, candidate: bool, title: bool) -> None:
    assert (is_candidate(text), is_title(text)) == (candidate, title)


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=20)), max_size=8), st.sampled_from(sorted(FAMILIES)))
def test_any_links_at_all(found: list[tuple[str, str]], family: str) -> None:
    """What a page links to may be anything; what comes out can be asked for."""
    rows = "".join(f"<li><a href='{href}' title='{words}'>{words}</a>2014-01-09</li>" for href, words in found)
    listed = page(rows)
    asked = [link.url for link in (*FAMILIES[family].articles(listed), *links.named(listed, lambda _: True))]
    asked += [link.url for link in links.files(listed)] + paging.continuations(listed)
    following = FAMILIES[family].next_page(listed)
    for url in [*asked, *([following] if following else [])]:
        assert Request(url).url.startswith("http")


@pytest.mark.parametrize("family", sorted(FAMILIES))
@pytest.mark.parametrize(
    "markup",
    [
        "<td>" + "".join(f"<a href='/c1/20140328/i{number}.html'>x</a>" for number in range(3000)),
        "".join(f"<div><a href='/c1/20140328/i{number}.html'>x</a>" for number in range(3000)),
        "<nextgroup><![CDATA[" * 30_000,
        "<record><![CDATA[" * 30_000,
    ],
    ids=["one cell of links", "links in each other", "groups", "records"],
)
def test_time_does_not_grow_with_the_square_of_a_page(family: str, markup: str) -> None:
    """Each took minutes where a link, or an opening mark, is read together with all that follow it."""
    listed = page(markup)
    begun = process_time()
    FAMILIES[family].articles(listed)
    FAMILIES[family].next_page(listed)
    assert process_time() - begun < 10


@pytest.mark.parametrize("count", ["999999999", "9" * 5000, "²", "0", "00"])
def test_any_number_of_pages_claimed(count: str) -> None:
    call = f"<script>createPageHTML({count},0,'t1','html')</script>"
    assert len(paging.continuations(page(call, "http://a.cn/1/t1.html"))) <= paging.MAX_PAGES


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not beside this clone")
class TestRealPages:
    def read(self, name: str, url: str) -> Page:
        return Page(url, text_of((REAL / name).read_bytes())[0])

    def test_trs_list_mixes_reports_with_news(self) -> None:
        found = self.read("gov-list-ordos-egb-xxgknb.html", "http://egb.ordos.gov.cn/xxgk/xxgknb/index.html")
        assert detect(found) == "trs"
        articles = FAMILIES["trs"].articles(found)
        assert len(articles) == 10
        assert sum(is_title(link.text) for link in articles) == 4
        assert all(link.listed for link in articles)
        following = FAMILIES["trs"].next_page(found)
        assert following is not None
        assert following.endswith("/xxgk/xxgknb/index_1.html")

    def test_hanweb_list_that_a_script_makes(self) -> None:
        found = self.read("gov-list-jx-sthjt-zcjd.html", "https://sthjt.jiangxi.gov.cn/jxssthjt/col/col42150/index.html")
        assert FAMILIES["hanweb"].articles(found) == []
        scripted = FAMILIES["hanweb"].scripted
        assert scripted is not None
        assert scripted.search(found.text)
