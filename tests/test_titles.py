"""The page's title among everything that claims to be one: columns, systems, covers, file names."""

import pytest

from pipelines.page.head import printings
from pipelines.page.region import view_of
from tests.pages import BODY, PREAMBLE, judged, paragraphs

NAME = "黄山头镇2015年度政府信息公开工作年度报告"
ARTICLE = paragraphs(PREAMBLE, *BODY)


def title_of(markup: str) -> str | None:
    return judged(markup + ARTICLE).report.title


@pytest.mark.parametrize(
    "element",
    [
        "政府信息公开年报 - 安乡县人民政府",
        "安乡县政府信息公开目录",
        "信息公开专栏",
        "安乡县阳光政务公开系统",
        "Document",
        "2015年政府信息公开年度报告",
    ],
)
def test_the_name_of_a_column_or_a_system_does_not_beat_a_printed_title(element: str) -> None:
    assert title_of(f"<title>{element}</title><div>{NAME}</div><div>2016-03-09</div>") == NAME


@pytest.mark.parametrize(
    "element", ["安乡县黄山头镇人民政府2015年度政府信息公开工作年度报告", "2015年度黄山头镇政府信息公开工作年度报告"]
)
def test_a_title_element_that_says_as_much_is_kept(element: str) -> None:
    assert title_of(f"<title>{element}</title><p>黄山头镇编制2015年度政府信息公开年度报告的依据</p>") == element


def test_a_title_element_without_the_bodys_name_does_not_beat_the_printed_title_that_has_it() -> None:
    printed = "黄山头镇政府信息公开工作年度报告"
    assert title_of(f"<title>政府信息公开工作年度报告</title><div>{printed}</div>") == printed


@pytest.mark.parametrize("label", ["名称", "标 题：", "信息名称"])
def test_a_title_label_alone_has_its_value_below(label: str) -> None:
    rows = f"<div>{label}</div><div><i>{NAME}</i></div><div>索引号</div><div>AX-2016-7</div>"
    report = judged(f"<title>公开目录管理系统</title>{rows}{ARTICLE}").report
    assert (report.title, report.metadata["title"]) == (NAME, NAME)


@pytest.mark.parametrize("below", ["发布日期", "内容", "县长信箱来信选登", "名称是报告的第一行，不是别的。"])
def test_what_stands_below_a_title_label_need_not_be_a_title(below: str) -> None:
    report = judged(f"<h1>{NAME}</h1><div>标题</div><div>{below}</div>{ARTICLE}").report
    assert report.title == NAME
    assert report.metadata.get("title") is None


@pytest.mark.parametrize("body", ["中共安乡县委宣传部", "安乡县黄山头镇", "安乡县教育局", "安乡县深柳街道"])
@pytest.mark.parametrize("style", ["p align=center", "h2", "p style='text-align:center;font-weight:bold'"])
def test_a_cover_names_the_body_and_then_the_year(style: str, body: str) -> None:
    end = style.split()[0]
    lines = f"<{style}>{body}</{end}><{style}>2015年政府信息公开工作年度报告</{end}>"
    assert title_of(f"<title>年报</title>{lines}") == f"{body}2015年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "lines",
    [
        ("安乡县黄山头镇2015年", "政府信息公开", "工作年度报告"),
        ("安乡县教育局", "2015年度", "政府信息公开工作年度报告"),
        ("安乡县教育局关于", "政府信息公开工作", "年度报告"),
    ],
)
def test_a_cover_may_take_three_lines(lines: tuple[str, ...]) -> None:
    report = judged(
        "".join(f"<p align=center>{line}</p>" for line in lines) + f"<p align=center>2016-03-09</p>{ARTICLE}"
    ).report
    assert (report.title, report.published) == ("".join(lines), "2016-03-09")
    assert report.text == "\n".join((PREAMBLE, *BODY))


@pytest.mark.parametrize(
    "lines",
    [
        "<p>安乡县人民政府</p><p>2015年政府信息公开工作年度报告</p>",
        "<p align=center>安乡县人民政府 欢迎您</p><p align=center>2015年政府信息公开工作年度报告</p>",
        "<p align=center>安乡县人民政府</p><p>2016-03-09</p><p align=center>2015年政府信息公开工作年度报告</p>",
    ],
)
def test_other_lines_before_a_title_are_no_part_of_it(lines: str) -> None:
    assert title_of(f"<title>年报</title>{lines}") == "2015年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "printed", [f"{NAME}.doc", f"《{NAME}》", f"{NAME}<b>NEW</b>", f"{NAME}.PDF", f"{NAME} new!", f"{NAME}.wps"]
)
def test_file_endings_brackets_and_marks_of_news_are_no_part_of_a_title(printed: str) -> None:
    assert title_of(f"<title>{NAME}_安乡县人民政府</title><h1>{printed}</h1>") == NAME
    assert title_of(f"<title>文库</title><h1>{printed}</h1>") == NAME


def test_a_title_keeps_the_brackets_that_are_its_own() -> None:
    title = "《安乡县政府信息公开指南》2015年度实施报告"
    assert title_of(f"<h1>{title}</h1>") == title


def test_a_title_is_found_where_the_kind_of_post_stands_before_it() -> None:
    view = view_of(f"<h1>[转帖] {NAME}</h1><p>2016-03-09</p><p>{NAME}</p>{ARTICLE}", is_html=True)
    assert printings(view, NAME) == [0, 2]
