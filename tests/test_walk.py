"""What the walk over a page's tree makes of elements that are shown by turns, laid out already, or hold a line each."""

import pytest

from pipelines.page.walk import read_html
from tests.pages import BODY, PREAMBLE, TITLE, judged, paragraphs, portal_page

SHORT = ("一、主动公开情况", "本办公开信息61条。", "二、依申请公开情况", "未收到。", "三、收费情况", "未收费。")
PANES = (paragraphs(PREAMBLE, *BODY[:4]), paragraphs(*BODY[4:6]), paragraphs(*BODY[6:]))


def tabs(*panes: str) -> str:
    return "".join(f'<div class="pane"{" style=display:none" * (at > 0)}>{pane}</div>' for at, pane in enumerate(panes))


@pytest.mark.parametrize("tag", ["p", "div", "section", "td"])
def test_a_report_of_short_lines_is_found_whatever_holds_them(tag: str) -> None:
    lines = (*SHORT, "四、存在问题", "公开得不够及时，有的科室重视不够，内容也偏旧，今后按月检查，按季通报。")
    held = "".join(f"<tr><td>{line}</td></tr>" if tag == "td" else f"<{tag}>{line}</{tag}>" for line in lines)
    held = f"<table>{held}</table>" if tag == "td" else held
    assert judged(portal_page(f'<div class="nr">{held}</div>')).report.text == "\n".join(lines)


def test_the_parts_of_a_report_that_wait_behind_tabs_are_read() -> None:
    assert judged(portal_page(tabs(*PANES))).report.text == "\n".join((PREAMBLE, *BODY))


def test_a_hidden_copy_of_a_shown_part_is_no_part() -> None:
    shown = "".join(f'<div class="pane">{pane}</div>' for pane in PANES)
    copies = "".join(f'<div class="pane" hidden>{pane}</div>' for pane in PANES)
    assert judged(portal_page(shown + copies)).report.text == "\n".join((PREAMBLE, *BODY))


def test_hidden_menus_and_notices_stay_hidden() -> None:
    notice = "<p>请先登录再查看本页的公开内容，登录以后三十分钟内有效。</p>"
    assert judged(portal_page(tabs(paragraphs(PREAMBLE, *BODY), notice))).report.text == "\n".join((PREAMBLE, *BODY))


def test_lines_that_are_laid_out_already_are_lines() -> None:
    text = "\n".join(f"　　{line}" for line in (PREAMBLE, *BODY))
    assert judged(portal_page(f"<pre>{text}</pre>")).report.text == "\n".join((PREAMBLE, *BODY))


def test_a_line_that_was_wrapped_goes_on() -> None:
    wrapped = "\n".join(
        (f"　　{PREAMBLE[:30]}", PREAMBLE[30:60], PREAMBLE[60:], "一、概述", *(f"　　{line}" for line in BODY[1:]))
    )
    assert judged(portal_page(f"<pre>{wrapped}</pre>")).report.text == "\n".join((PREAMBLE, *BODY))


def test_lines_that_are_full_go_on() -> None:
    text = "我县把公开的范围逐项列成清单由政务公开办公室按月核对年底前全部挂到网上" * 4
    wrapped = "\n".join(text[at : at + 30] for at in range(0, len(text), 30))
    pieces = read_html(f"<pre>{wrapped}\n三、依申请公开情况\n全年收到申请共计一百又1\n2件。</pre>").pieces
    assert [piece.text for piece in pieces] == [text, "三、依申请公开情况", "全年收到申请共计一百又12件。"]


def test_links_under_the_parts_of_a_report_make_no_teasers() -> None:
    parts = "".join(f"<h3>{BODY[at]}</h3><a href='/{at}'>查看附件{at}</a><p>{BODY[at + 1]}</p>" for at in range(0, 10, 2))
    assert judged(portal_page(parts)).report.text == "\n".join(BODY)


def test_short_sentences_with_a_dated_signature_are_a_report() -> None:
    lines = (
        "安乡县陈家嘴镇2013年主动公开政府信息45条。",
        "其中，公开栏公开30条，县政府网站公开15条。",
        "安乡县陈家嘴镇人民政府 2014年1月16日",
    )
    assert judged(f"<title>{TITLE}</title><h1>{TITLE}</h1>{paragraphs(*lines)}<div><a>打印</a></div>").report.text == "\n".join(
        lines
    )


def test_rows_in_laid_out_lines_keep_their_cells() -> None:
    pieces = read_html("<pre>名称\t数量\n微博\t12\n微信\t30</pre>").pieces
    assert [piece.text for piece in pieces] == ["名称\t数量", "微博\t12", "微信\t30"]


def test_marks_of_sources_are_no_text() -> None:
    page = "<p>全年公开4321条<sup>[1]</sup>。</p><p>占地12公顷<sup>2</sup>，<sup>[注]</sup>其余不变。</p>"
    assert [piece.text for piece in read_html(page).pieces] == ["全年公开4321条。", "占地12公顷2，[注]其余不变。"]


@pytest.mark.parametrize("mark", ["<a>编辑本段</a>", "<span>[编辑]</span>", "<span>播报</span><a>编辑</a>", "<a>回目录</a>"])
def test_what_encyclopedias_print_behind_headings_is_no_heading(mark: str) -> None:
    assert [piece.text for piece in read_html(f"<h3>一、概述{mark}</h3><p>甲乙。</p>").pieces] == ["一、概述", "甲乙。"]


def test_bold_type_comes_from_elements_and_from_styles() -> None:
    page = (
        '<p style="font-weight:bold">甲<span>乙</span></p><p>甲<b>乙<i>丙</i></b></p><p><b>甲</b></p>'
        '<div style="font-weight:700"><p>甲</p></div><p>甲</p>'
    )
    assert [piece.bold for piece in read_html(page).pieces] == [True, False, True, True, False]
