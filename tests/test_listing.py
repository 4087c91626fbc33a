"""What a page lists."""

from pipelines.page.listing import Listing, listing_of
from pipelines.page.region import view_of

NAMES = (
    "关于调整公交线路的通告",
    "全市春季植树活动的时间安排出台",
    "社区图书馆延长开放时间的通知",
    "第三季度水质监测结果公布了",
)


def listing(body: str) -> Listing:
    return listing_of(view_of(f"<html><body>{body}</body></html>", is_html=True))


def test_links_with_their_dates_are_items() -> None:
    rows = "".join(f'<li><a href="{at}.html">{name}</a><span>2016-05-1{at}</span></li>' for at, name in enumerate(NAMES))
    assert listing(f"<ul>{rows}</ul>").items == len(NAMES)
    rows = "".join(f'<p><a href="{at}.html">{name}</a></p><p>[2016-05-1{at}]</p>' for at, name in enumerate(NAMES))
    assert listing(rows).items == len(NAMES)


def test_a_menu_has_no_items() -> None:
    menu = "".join(f'<li><a href="/{at}/">{name}</a></li>' for at, name in enumerate(NAMES))
    shown = listing(f"<ul>{menu}</ul>")
    assert (shown.items, shown.paginated) == (0, False)
    assert shown.link_share > 0.9


def test_links_as_long_as_titles_are_items_where_more_pages_follow() -> None:
    rows = "".join(f'<li><a href="{at}.html">{name}</a></li>' for at, name in enumerate((*NAMES, "政务公开")))
    shown = listing(f'<ul>{rows}</ul><p><a href="2.html">下一页</a> <a href="9.html">尾页</a></p>')
    assert (shown.items, shown.paginated) == (2, True)


def test_links_are_a_small_share_of_a_report() -> None:
    report = "<p>本年度共受理群众来信一百二十封，全部在规定时间内答复，无一封逾期。</p>" * 5
    assert listing(f'<p><a href="/">首页</a></p>{report}').link_share < 0.05
