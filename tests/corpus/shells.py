"""The publishing systems: what each puts around an article. The pages' frames are in data/shells, a file per system."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from random import Random
from string import Template

from tests.corpus import beside
from tests.corpus.wording import DATA

DATES = [
    "发布日期：{d}",
    "发布时间：{d} {t}",
    "时间：{d}",
    "日期：{d}",
    "[{d}]",
    "{y}年{m}月{n}日",
    "发布时间：{y}年{m}月{n}日",
    "{d} {t}:12",
]
SOURCES = ["来源：{office}", "信息来源：{office}", "文章来源：{place}", "来源：本站", ""]


@dataclass(frozen=True)
class System:
    """A publishing system."""

    name: str
    address: str
    encoding: str = "utf-8"
    plain: bool = False
    traditional: bool = False


SYSTEMS = {
    s.name: s
    for s in [
        System("hanweb", "http://www.{host}.gov.cn/art/{y}/{m}/{n}/art_1229{id4}_{id8}.html"),
        System("trs", "http://www.{host}.gov.cn/zwgk/xxgknb/{ym}/t{ymd}_{id8}.shtml"),
        System("boda", "https://www.{host}.gov.cn/info/{id4}/{id5}.htm", "gb18030"),
        System("ucap", "https://www.{host}.gov.cn/xxgk/c1000{id2}/{ym}/{hex}.shtml"),
        System("lonsun", "https://www.{host}.gov.cn/public/6600{id4}/{id8}.html"),
        System("gkmlpt", "http://www.{host}.gov.cn/gkmlpt/content/2/{id4}/post_{id8}.html"),
        System("dedecms", "http://www.{host}.com/plus/view.php?aid={id5}", "gb18030"),
        System("aspnet", "http://xxgk.{host}.gov.cn/year_details.aspx?dept={id2}&id={id5}", "gb18030"),
        System("php", "http://www.{host}.gov.cn/xxgk-show-{id5}.html"),
        System("jpaas", "https://www.{host}.gov.cn/art/{y}/art_{hex}.html"),
        System("encyclopedia", "http://www.newton.com.tw/wiki/{title}", traditional=True),
        System("plain", "http://www.{host}.gov.cn/show/{id5}.html", plain=True),
    ]
}


@dataclass
class Article:
    """What a frame is put around."""

    title: str
    lines: list[str]
    """The title as printed, in one line or two."""
    published: str
    content: str
    year: int
    words: dict[str, str]
    traps: list[str] = field(default_factory=list)
    change: Callable[[str], str] = str
    """How the frame's words are brought into the article's script; the article and the words are in it already."""


def render(system: System, article: Article, draw: Random) -> tuple[str, str]:
    """The page's address and markup."""
    y, m, n = article.published.split("-")
    digits = {f"id{size}": str(draw.randint(10 ** (size - 1), 10**size - 1)) for size in (2, 4, 5, 8)}
    host = draw.choice(["longyou", "mengcheng", "xuanen", "jianchuan", "taixing", "dazu", "ganzhou"])
    hexes = "".join(draw.choice("0123456789abcdef") for _ in range(32))
    moment = {
        "y": y,
        "m": str(int(m)),
        "n": str(int(n)),
        "d": article.published,
        "t": f"{draw.randint(8, 17):02}:{draw.randint(0, 59):02}",
    }
    url = system.address.format(host=host, hex=hexes, ym=y + m, ymd=y + m + n, title=article.title, **moment, **digits)
    change = article.change
    frame = Template(
        change((DATA / "shells" / f"{system.name}.{'txt' if system.plain else 'html'}").read_text(encoding="utf-8"))
    )
    words = article.words
    around = Random(article.title)
    inserts = {name: insert(name, article, draw) for name in INSERTS}
    inserts = {name: change(text) for name, text in inserts.items() if name != "metadata"} | {"metadata": inserts["metadata"]}
    inserts["nav"] += change(beside.before(article.traps, around))
    inserts["footer"] = change(beside.behind(article.traps, around)) + inserts["footer"]
    if system.name == "dedecms" or "layout_tables" not in article.traps:
        inserts["table_open"] = inserts["table_close"] = ""
    body = article.content
    if "title_in_body" in article.traps:
        body = "".join(f'<p style="text-align:center"><strong>{line}</strong></p>' for line in article.lines) + body
    if "attachments" in article.traps:
        body += f'<p>附件：<a href="./P020{digits["id8"]}.pdf">{article.title}.pdf</a></p>'
    if "related_inside" in article.traps:
        body += inserts["related"]
    place = words["place"]
    slots = inserts | {
        "title": "<br>".join(article.lines) if not system.plain else "\n".join(article.lines),
        "flat_title": article.title,
        "page_title": draw.choice(
            [article.title, f"{article.title}_{place}人民政府", f"{place}{change('人民政府门户网站')} {article.title}"]
        ),
        "content": body,
        "date": change(draw.choice(DATES)).format(**moment),
        "stamp": f"{article.published} {moment['t']}",
        "day": article.published,
        "source": change(draw.choice(SOURCES)).format(**words),
        "meta": "" if "meta_missing" in article.traps else metas(article, moment["t"]),
        "place": place,
        "office": words["office"],
        "host": f"www.{host}.gov.cn",
        "index": f"{digits['id8']}/{y}-{digits['id5']}",
        "views": str(draw.randint(20, 9000)),
        "stray": "</body></html>" if "stray_close" in article.traps else "",
        "json": json.dumps(detail(article, moment["t"], digits), ensure_ascii=False),
    }
    slots["copy"] = (
        f'<div class="mobile-article visible-xs"><h1>{article.title}</h1>{body}</div>' if "twice" in article.traps else ""
    )
    markup = frame.safe_substitute(slots)
    if "one_line" in article.traps:
        markup = markup.replace("\n", "")
    return url, markup


def metas(article: Article, time: str) -> str:
    """The tags that government sites must carry."""
    place = article.words["place"]
    pairs = {
        "SiteName": f"{place}人民政府",
        "SiteIDCode": "3308250001",
        "ColumnName": "政府信息公开年报",
        "ArticleTitle": article.title,
        "PubDate": f"{article.published} {time}",
        "ContentSource": article.words["office"],
    }
    return "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in pairs.items())


def detail(article: Article, time: str, digits: dict[str, str]) -> dict[str, object]:
    """The record that gkmlpt keeps in the page's script."""
    body = article.content
    if "title_in_body" in article.traps:
        body = "".join(f'<p style="text-align:center"><strong>{line}</strong></p>' for line in article.lines) + body
    return {
        "id": int(digits["id8"]),
        "title": article.title,
        "publisher": article.words["office"],
        "identifier": f"{digits['id8']}/{article.year + 1}-{digits['id5']}",
        "document_number": "",
        "classify_genre_name": "年度报告",
        "created_at": f"{article.published} {time}:00",
        "date": f"{article.published} {time}:00",
        "content": body,
        "attachment": [],
    }


def side_list(article: Article, draw: Random) -> str:
    """Other reports of the column, with dates."""
    rows = []
    for offset in draw.sample(range(-6, 5), 5):
        if offset:
            year = article.year + offset
            title = f"{article.words['place']}{year}年政府信息公开工作年度报告"
            day = f"{year + 1}-0{draw.randint(1, 3)}-1{draw.randint(0, 9)}"
            rows.append(f'<li><a href="/n{year}.html" title="{title}">{title}</a><span>{day}</span></li>')
    return f'<div class="side"><h3>信息公开年报</h3><ul>{"".join(rows)}</ul><a href="/more.html">更多&gt;&gt;</a></div>'


def related(article: Article, draw: Random) -> str:
    """Links to related pages."""
    place = article.words["place"]
    titles = [
        f"{place}召开全体会议研究部署重点工作",
        f"{place}政府信息公开指南",
        f"{place}{article.year - 1}年政府信息公开工作年度报告",
        "一图读懂：惠民政策汇总",
        f"{place}发布防汛提示",
    ]
    links = "".join(f'<li><a href="/r{i}.html">{title}</a></li>' for i, title in enumerate(draw.sample(titles, 4)))
    return f'<div class="xgxx"><h4>{draw.choice(["相关链接", "相关信息", "相关阅读", "延伸阅读"])}</h4><ul>{links}</ul></div>'


def hidden(article: Article, draw: Random) -> str:
    """A block that no visitor sees, with another text."""
    way = draw.choice(['style="display:none"', "hidden", 'style="display: none;"', 'style="visibility:hidden;height:0"'])
    place = article.words["place"]
    return (
        f"<div {way}><p>{place}{article.year - 3}年共主动公开政府信息99999条，受理政府信息公开申请8888件。</p>"
        "<p>这段文字供手机客户端摘要使用，页面上不显示，请勿引用其中的数据和结论。</p></div>"
    )


def metadata_table(article: Article, draw: Random) -> str:
    """The catalogue's table of fields, with blanks inside the labels and empty values."""
    number = f"0026{draw.randint(10000, 99999)}/{article.published[:4]}-{draw.randint(10000, 99999)}"
    fields = [
        ("索 引 号", number),
        ("发布机构", article.words["office"]),
        ("公开目录", "政府信息公开年报"),
        ("发布日期", article.published),
        ("文　　号", ""),
        ("主 题 词", ""),
        ("公开方式", "主动公开"),
        ("名　　称", article.title),
    ]
    cells = [f"<td><b>{label}：</b></td><td>{value or '&nbsp;'}</td>" for label, value in fields]
    rows = "".join(f"<tr>{cells[i]}{cells[i + 1]}</tr>" for i in range(0, len(cells), 2))
    return f'<table class="xxgk_head" width="100%">{rows}</table>'


def widgets(_: Article, draw: Random) -> str:
    """What stands between title and text on most pages."""
    bits = [
        '<span class="zt">字号：<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> '
        '<a href="javascript:doZoom(14)">小</a></span>',
        '<a href="javascript:window.print()">打印本页</a> <a href="javascript:window.close()">关闭窗口</a>',
        '<div class="share">分享到：<a href="#" title="分享到微信">微信</a>'
        '<a href="#">新浪微博</a><a href="#">QQ空间</a></div>',
        '<div class="qr"><img src="/qr.png" alt="二维码"><p>扫一扫在手机打开当前页</p></div>',
        "<span>浏览次数：<script>document.write(Math.floor(9))</script></span>",
    ]
    return "".join(draw.sample(bits, draw.randint(2, 4)))


def login(_: Article, draw: Random) -> str:
    """Login and access hints."""
    return draw.choice(
        [
            '<div class="top"><a href="/login">登录</a>|<a href="/reg">注册</a> 您好，欢迎访问本网站！</div>',
            '<div class="user">统一身份认证 <a href="/sso">个人登录</a> <a href="/sso2">法人登录</a></div>',
            '<div class="wza"><a href="#">无障碍浏览</a> <a href="#">长者模式</a> <a href="#">繁体</a></div>',
        ]
    )


def previous_next(article: Article, _: Random) -> str:
    """The neighbours in the column."""
    place = article.words["place"]
    title = f"{place}{article.year - 1}年政府信息公开工作年度报告"
    return f'<div class="page-nav"><p>上一篇：<a href="/a1.html">{title}</a></p><p>下一篇：没有了</p></div>'


def footer(article: Article, _: Random) -> str:
    """The site's footer."""
    place = article.words["place"]
    return (
        f'<div class="footer"><p>主办单位：{place}人民政府　承办单位：{article.words["office"]}</p>'
        f"<p>联系电话：{article.words['phone']}　网站标识码：3308250001　浙ICP备05000012号-1　"
        '<a href="#">网站地图</a></p>'
        "<p>浙公网安备 33082502000012号</p></div>"
    )


def nav(article: Article, draw: Random) -> str:
    """The site's menu."""
    names = ["首页", "政务公开", "政务服务", "互动交流", "走进" + article.words["place"][:2], "专题专栏", "政府数据"]
    links = "".join(f'<li><a href="/c{i}/">{name}</a></li>' for i, name in enumerate(names))
    return (
        f'<div class="header"><h2 class="logo"><a href="/">{article.words["place"]}人民政府</a></h2>'
        f'<ul class="nav">{links}</ul>'
        '<form><input placeholder="请输入关键字"><button>搜索</button></form></div>'
    )


def crumbs(article: Article, draw: Random) -> str:
    """The path to the page."""
    mark = draw.choice(["&gt;", "&gt;&gt;", "》", "-", "/"])
    names = ["首页", "政府信息公开", "政府信息公开年报"]
    opening = draw.choice(["当前位置：", "您现在的位置：", "您的位置："])
    links = f" {mark} ".join(f'<a href="/{i}/">{name}</a>' for i, name in enumerate(names))
    last = f" {mark} 正文" if draw.random() < 0.5 else ""
    name = draw.choice(["position", "crumb", "dqwz", "location"])
    return f'<div class="{name}">{opening}{links}{last}</div>'


TABLE_OPEN = '<table width="100%" border="0"><tr><td width="12">&nbsp;</td><td><table><tr><td class="txt">'
TABLE_CLOSE = '</td></tr></table></td><td width="12">&nbsp;</td></tr></table>'
INSERTS = {
    "side": side_list,
    "related": related,
    "hidden": hidden,
    "metadata": metadata_table,
    "widgets": widgets,
    "login": login,
    "neighbours": previous_next,
    "footer": footer,
    "nav": nav,
    "crumbs": crumbs,
    "table_open": lambda *_: '<table width="100%" border="0"><tr><td width="12">&nbsp;</td><td><table><tr><td class="txt">',
    "table_close": lambda *_: '</td></tr></table></td><td width="12">&nbsp;</td></tr></table>',
}
TRAP_OF = {
    "side": "side_list",
    "hidden": "hidden",
    "metadata": "metadata_table",
    "widgets": "widgets",
    "login": "login",
    "neighbours": "previous_next",
}


def insert(name: str, article: Article, draw: Random) -> str:
    """One of the pieces of a page, where this page has it."""
    trap = TRAP_OF.get(name)
    return INSERTS[name](article, draw) if trap is None or trap in article.traps else ""
