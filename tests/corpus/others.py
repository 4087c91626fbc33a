"""Pages that are no annual reports, most of them from the same columns: `others()` writes at least 150, the same every time."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.corpus.finish import Dress, finish
from tests.corpus.page import Cell, Page, Piece, Truth
from tests.corpus.shells import SYSTEMS, Article, footer, nav
from tests.corpus.wording import DATA, bodies, load

KINDS: dict[str, dict[str, Any]] = load("others.toml")
FRAMES = [name for name in SYSTEMS if name != "encyclopedia"]
CHALLENGES = (DATA / "challenges.txt").read_text(encoding="utf-8").splitlines()
STATUSES = [200, 412, 405, 200, 521]
"""The status of each challenge."""


def words_of(draw: Random) -> dict[str, str]:
    """A body's words and the year."""
    body = draw.choice(bodies())
    year = draw.randint(2010, 2024)
    return body | {
        "p": body["place"],
        "b": body["body"],
        "o": body["office"],
        "y": str(year),
        "phone": f"0{draw.randint(310, 999)}-{draw.randint(2000000, 8999999)}",
    }


def page(name: str, kind: str, title: str, pieces: list[Piece], words: dict[str, str], draw: Random) -> Page:
    """A page of this kind in one of the frames."""
    year = int(words["y"])
    truth = Truth(kind, title, f"{year + 1}-{draw.randint(1, 9):02}-{draw.randint(10, 28)}")
    system = draw.choice(FRAMES)
    for piece in pieces:
        piece.layout = "tabs" if SYSTEMS[system].plain else "html"
    return finish(Dress(name, system, truth, pieces, year, words, [kind]), draw)


def bare(name: str, kind: str, title: str, texts: list[str], words: dict[str, str], draw: Random) -> Page:
    """A short page that the server writes itself; half of them within the site's menu and footer."""
    article = Article(title, [title], "", "", int(words["y"]), words)
    head, foot = ("", "") if draw.random() < 0.5 else (nav(article, draw), footer(article, draw))
    lines = "".join(f"<p>{text}</p>" for text in texts)
    markup = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body>{head}<div class="tip"><h2>{title}</h2>{lines}<a href="/">返回首页</a></div>{foot}</body></html>'
    )
    return Page(name, kind, markup, Truth(kind, title), "http://www.longyou.gov.cn/art/2022/1/20/art_1_9.html", [kind])


def written(kind: str, number: int) -> Page:
    """A page made of sentences."""
    draw = Random(f"other-{kind}-{number}")
    entry, words = KINDS[kind], words_of(draw)
    choice = number % len(entry["titles"])
    title = entry["titles"][choice].format(**words)
    lines = entry["paragraphs"]
    kept = [0, *sorted(draw.sample(range(1, len(lines)), min(entry["take"], len(lines)) - 1))]
    texts = [lines[i].format(**words) for i in kept]
    if "opening" in entry:
        texts.insert(0, draw.choice(entry["opening"]))
    if kind in ("soft_404", "login"):
        return bare(f"other-{kind}-{number:02}", kind, title, texts, words, draw)
    pieces = [Piece("paragraph", text) for text in texts]
    if kind in ("notice_about_reports", "rule") and draw.random() < 0.6:
        pieces.append(Piece("paragraph", words["o"], align="right"))
        pieces.append(Piece("paragraph", f"{int(words['y']) + 1}年1月{draw.randint(2, 28)}日", align="right"))
    if kind == "work_summary" and choice == 2:
        pieces.append(Piece("paragraph", f"{int(words['y']) + 1}年，我们将继续努力。"))
    real = entry.get("kinds", [kind] * len(entry["titles"]))[choice]
    return page(f"other-{kind}-{number:02}", real, title, pieces, words, draw)


def statistics(number: int) -> Page:
    """A quarter's statistics table."""
    draw = Random(f"other-statistics-{number}")
    words = words_of(draw)
    quarter = draw.choice(["一季度", "第二季度", "三季度", "上半年", "第三季度", "前三季度"])
    title = draw.choice(["{p}{y}年{q}政府信息公开情况统计表", "{b}{y}年{q}政府信息公开统计报表"]).format(q=quarter, **words)
    rows = [
        ("主动公开政府信息数", "条"),
        ("政府网站公开政府信息数", "条"),
        ("收到申请数", "件"),
        ("申请答复数", "件"),
        ("行政复议数量", "件"),
        ("行政诉讼数量", "件"),
    ]
    table = [[Cell(text) for text in ("统计指标", "单位", "统计数")]]
    table += [[Cell(label), Cell(unit), Cell(str(draw.randint(0, 200)))] for label, unit in rows]
    pieces = [Piece("paragraph", f"填报单位：{words['b']}　　统计时段：{words['y']}年{quarter}"), Piece("table", table=table)]
    return page(f"other-statistics-{number:02}", "periodic_statistics", title, pieces, words, draw)


def website_form(number: int) -> Page:
    """The yearly form on the government's website."""
    draw = Random(f"other-website-{number}")
    words = words_of(draw)
    title = draw.choice(
        ["政府网站工作年度报表（{y}年度）", "{p}人民政府门户网站工作年度报表（{y}年度）", "{b}{y}年政府网站工作年度报表"]
    ).format(**words)
    rows = [
        ("网站名称", words["p"] + "人民政府门户网站"),
        ("主办单位", words["b"]),
        ("独立用户访问总量（单位：个）", str(draw.randint(9000, 90000))),
        ("网站总访问量（单位：次）", str(draw.randint(90000, 900000))),
        ("信息发布总数（单位：条）", str(draw.randint(400, 9000))),
        ("解读材料数量（单位：条）", str(draw.randint(4, 90))),
        ("收到留言数量（单位：条）", str(draw.randint(4, 900))),
        ("移动新媒体", "是"),
    ]
    pieces = [
        Piece("paragraph", f"填报单位：{words['b']}"),
        Piece("table", table=[[Cell(label), Cell(value)] for label, value in rows]),
        Piece("paragraph", "单位负责人：　　审核人：　　填报人：　　填报日期：　　"),
    ]
    return page(f"other-website-{number:02}", "website_annual_form", title, pieces, words, draw)


def column(number: int) -> Page:
    """A column of reports: links with their dates."""
    draw = Random(f"other-list-{number}")
    words = words_of(draw)
    rows = []
    for year in range(int(words["y"]), int(words["y"]) - draw.randint(5, 14), -1):
        title = f"{words['b']}{year}年政府信息公开工作年度报告"
        rows.append(f'<li><a href="/art/{year}.html">{title}</a><span>{year + 1}-01-{draw.randint(10, 28)}</span></li>')
    pages = (
        '<div class="page">共2页 <a href="index_1.html">下一页</a> <a href="index_1.html">尾页</a></div>'
        if draw.random() < 0.6
        else ""
    )
    name = draw.choice(["政府信息公开年报", "信息公开年度报告", "年报"])
    markup = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{name}-{words["p"]}人民政府</title></head><body>'
        f'<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/hd/">互动交流</a></div>'
        f'<div class="pos">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">政府信息公开</a> &gt; {name}</div>'
        f'<h2>{name}</h2><ul class="list">{"".join(rows)}</ul>{pages}'
        f'<div class="footer">主办：{words["o"]} 网站标识码：3308250001</div></body></html>'
    )
    return Page(
        f"other-list-{number:02}",
        "list",
        markup,
        Truth("list", name),
        "http://www.longyou.gov.cn/col/col1/index.html",
        ["list"],
    )


def challenge(number: int) -> Page:
    """What a firewall answers instead of the page."""
    markup = CHALLENGES[number % len(CHALLENGES)]
    status = STATUSES[number % len(CHALLENGES)]
    url = f"http://www.longyou.gov.cn/art/2022/1/{number + 1}/art_1_{number}.html"
    return Page(f"other-challenge-{number:02}", "challenge", markup, Truth("challenge"), url, ["challenge"], status=status)


def others() -> list[Page]:
    """All pages that are no reports."""
    pages = [written(kind, number) for kind, entry in KINDS.items() for number in range(entry["count"])]
    makers = [(statistics, 14), (website_form, 12), (column, 14), (challenge, 10)]
    return pages + [make(number) for make, count in makers for number in range(count)]
