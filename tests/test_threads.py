"""Forum threads: the opening post is the article, the replies are not."""

import pytest

from tests.pages import judged

TITLE = "请教老房子外墙渗水应当由谁来修"
POST = "我家住在顶楼，去年夏天起外墙开始渗水，物业和开发商互相推，至今没有人来看过，想问问各位该找哪个部门。"
ANSWER = "外墙是共用部位，可以申请动用维修资金，先去社区登记，再请三家公司报价，全体业主表决后就能开工。"


def post(number: int, text: str, mark: str) -> str:
    return (
        f'<div id="post_{number}"><div class="side"><a>用户{number}</a><dl><dt>积分</dt><dd>40{number}</dd></dl></div>'
        f'<div><em>{mark}</em><div class="t_f">{text}</div></div></div>'
    )


def thread(*posts: str, before: str = "") -> str:
    return (
        f"<title>{TITLE} - 装修问答 - 安乡社区</title><div><h1>{TITLE}</h1>{before}<div>{''.join(posts)}</div></div>"
        "<p>您需要登录后才可以回帖</p><p>Powered by Discuz! X3.2</p>"
    )


@pytest.mark.parametrize("mark", ["发表于 2016-7-{} 22:13", "2016-7-{} 22:13 | 只看该作者", "{}楼 2016-7-21 22:13"])
def test_replies_are_no_part_of_the_opening_post(mark: str) -> None:
    report = judged(thread(*(post(n, text, mark.format(n)) for n, text in enumerate((POST, ANSWER, "帮顶"), 20)))).report
    assert report.text == POST


def test_the_opening_posts_date_is_the_pages() -> None:
    page = thread(post(1, POST, "发表于 2016-7-21 22:13"), post(2, "同问", "发表于 2016-7-23 08:01"))
    assert (judged(page).report.published or "")[:10] == "2016-07-21"


@pytest.mark.parametrize(
    ("element", "printed"), [(TITLE, f"[求助] {TITLE}"), (f"{TITLE}【安乡吧】_百度贴吧", TITLE), (f"{TITLE} - 社区", TITLE)]
)
def test_the_kind_of_post_and_the_room_are_not_the_titles(element: str, printed: str) -> None:
    page = f"<title>{element}</title><div><h3>{printed}</h3><p>2016-07-21 10:00</p><p>{POST}</p></div>"
    assert judged(page).report.title == TITLE


def test_a_newspapers_name_is_no_title() -> None:
    page = f"<title>安乡晚报数字报</title><div><h2>{TITLE}</h2><p>2016-07-21 第A06版：社区</p><p>{POST}</p></div>"
    assert judged(page).report.title == TITLE


def test_comments_under_an_article_are_all_cut() -> None:
    comments = (post(1, ANSWER, "发表于 2016-7-22 08:00"), post(2, ANSWER[::-1], "发表于 2016-7-23 08:01"))
    assert judged(thread(*comments, before=f"<p>2016-07-21</p><p>{POST}</p>")).report.text == POST


def test_letter_and_answer_are_both_the_pages() -> None:
    page = (
        f"<title>{TITLE}</title><h1>{TITLE}</h1><div class='box'><p>来信时间：2016-07-21 10:00</p><p>{POST}</p></div>"
        f"<div class='box'><p>回复时间：2016-07-25 09:00</p><p>{ANSWER}</p></div>"
    )
    text = judged(page).report.text
    assert POST in text
    assert ANSWER in text
