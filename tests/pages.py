"""Small pages for the tests of single stages, in words of our own."""

from __future__ import annotations

from pipelines import apply, begin
from pipelines.chrome import strip_chrome
from pipelines.decode import decode
from pipelines.draft import Draft
from pipelines.judge import judge
from pipelines.model import Capture, Document, Hints

PREAMBLE = (
    "本报告依据《中华人民共和国政府信息公开条例》的规定编制,全文由概述、主动公开政府信息情况、依申请公开政府信息情况、"
    "复议和诉讼情况、存在的主要问题五个部分组成,所列数据的统计期限自2013年1月1日至2013年12月31日。"
)
BODY = (
    "一、概述",
    "2013年,我县把公开的范围逐项列成清单,由政务公开办公室按月核对,年底前全部挂到网上,群众查询比往年方便了许多。",
    "二、主动公开政府信息情况",
    "2013年,全县主动公开政府信息4321条,其中机构职能类120条,财政资金类218条,其余为工作动态与便民服务信息。",
    "三、依申请公开政府信息情况",
    "全年受理政府信息公开申请7件,均在法定期限内答复申请人,没有一件延期。",
    "四、复议和诉讼情况",
    "全年未发生因政府信息公开引起的行政复议和行政诉讼。",
    "五、存在的主要问题",
    "个别单位更新栏目不够及时,公开目录还不够细,下一年将逐月通报更新情况,并对窗口人员开展一轮培训。",
)
TITLE = "2013年度安乡县人民政府信息公开年度报告"


def document(body: str | bytes, url: str = "http://www.example.gov.cn/c/1.html", **more: object) -> Document:
    """A document of one page; text is sent as UTF-8 HTML unless headers say otherwise."""
    hints = more.pop("hints", None) or Hints()
    headers = more.pop("headers", {"content-type": "text/html"})
    status = more.pop("status", 200)
    assert not more
    raw = body.encode() if isinstance(body, str) else body
    return Document(Capture(raw, url, status, headers, hints=hints))  # type: ignore[arg-type]


def judged(body: str | bytes, **more: object) -> Draft:
    """A draft after decode, strip_chrome and judge."""
    draft = begin(document(body, **more))  # type: ignore[arg-type]
    for stage in (decode, strip_chrome, judge):
        apply(stage, draft)
    return draft


def paragraphs(*lines: str) -> str:
    """HTML paragraphs as an editor makes them."""
    return "".join(f'<p style="text-indent: 2em"><span>&nbsp;&nbsp;{line}</span></p>\n' for line in lines)


def portal_page(article: str, title: str = TITLE, date: str = "2014-03-20", before: str = "", after: str = "") -> str:
    """A page of a county portal around an article: menu, breadcrumb, title line, side list, footer."""
    menu = "".join(
        f'<li><a href="/c{i}/index.html">{name}</a></li>'
        for i, name in enumerate("首页 领导之窗 政务公开 办事服务 互动交流 走进安乡".split())
    )
    side = "".join(
        f'<li><a href="/c9/i{i}.html">关于公布第{i}批便民服务事项清单的通知</a><span>2014-0{i}-11</span></li>'
        for i in range(1, 9)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_安乡县人民政府网站</title></head><body>
<div class="top"><ul class="nav">{menu}</ul></div>{before}
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/x">政府信息公开</a> &gt; 正文</div>
<div class="main"><h1>{title}</h1><div class="info">发布时间：{date}　来源：县政府办　字体：[ 大 中 小 ]</div>
<div class="detail">{article}</div>
<div class="tools"><a href="javascript:window.print()">打印本页</a> <a href="#">关闭窗口</a></div></div>
<div class="side"><h3>最新信息</h3><ul>{side}</ul></div>{after}
<div class="footer"><p>主办单位：安乡县人民政府办公室　网站标识码：4307210001</p>
<p>湘ICP备05001234号　技术支持：某某公司</p></div>
</body></html>"""
