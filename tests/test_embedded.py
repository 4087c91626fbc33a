"""Articles that a page holds ready and shows by script, and answers that are data alone."""

import html
import json

import pytest

from pipelines.page.embedded import article_markup
from tests.pages import BODY, PREAMBLE, TITLE, judged, paragraphs

ARTICLE = paragraphs(PREAMBLE, *BODY)
TEXT = "\n".join((PREAMBLE, *BODY))
DIALOG = "<p>您即将离开本网站，访问的外部链接与本网站无关，请注意保护个人信息和财产安全，是否继续访问该链接？</p>"


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(f"<script>var content = {json.dumps(ARTICLE)};</script>", id="variable, escaped"),
        pytest.param("<script>var newsContent='" + ARTICLE.replace("\n", "\\n") + "';</script>", id="single quotes"),
        pytest.param(f"<script>const html_content = `{ARTICLE}`</script>", id="template literal"),
        pytest.param(f"<script>document.write({json.dumps(ARTICLE)});</script>", id="document.write"),
        pytest.param(f"<script>$('#app').html({json.dumps(ARTICLE, ensure_ascii=False)})</script>", id="html()"),
        pytest.param(
            "<script>document.write(unescape('"
            + "".join(f"%u{ord(c):04x}" if ord(c) > 127 else c for c in ARTICLE)
            + "'))</script>",
            id="unescape",
        ),
        pytest.param(f'<input type="hidden" id="c" value="{html.escape(ARTICLE)}">', id="hidden field"),
        pytest.param(f'<div data-body="{html.escape(ARTICLE)}"></div>', id="data attribute"),
        pytest.param(f"<template>{ARTICLE}</template>", id="template"),
        pytest.param(f'<script type="text/html">{ARTICLE}</script>', id="script of another type"),
        pytest.param(f"<noscript>{ARTICLE}</noscript>", id="noscript"),
    ],
)
def test_an_article_held_ready_is_read(held: str) -> None:
    report = judged(f"<html><head><title>{TITLE}</title></head><body><div id=app></div>{held}</body></html>").report
    assert (report.title, report.text) == (TITLE, TEXT)


@pytest.mark.parametrize("around", ["{}", "callback({});", '{{"code": 200, "data": {}}}'])
@pytest.mark.parametrize("kind", ["application/json", "text/html"])
def test_an_answer_that_is_data_alone_is_read(around: str, kind: str) -> None:
    data = json.dumps({"title": TITLE, "publishTime": "2014-03-20 10:00:00", "content": ARTICLE + "\U0001f600"})
    report = judged(around.format(data), headers={"content-type": kind}).report
    assert (report.title, (report.published or "")[:10]) == (TITLE, "2014-03-20")
    assert report.text.startswith(TEXT)


@pytest.mark.parametrize(
    "held", [f"<noscript>{DIALOG}</noscript>", f"<script>layer.html('{DIALOG}'); var content='{DIALOG}'</script>"]
)
def test_a_dialog_is_no_article(held: str) -> None:
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>2014-03-20</p><p>详见附件</p>{held}"
    assert "外部链接" not in judged(page).report.text


@pytest.mark.parametrize("opened", ["<textarea>", '<input value="', "<input ", "<template>"])
def test_what_never_ends_is_passed_over_at_once(opened: str) -> None:
    assert article_markup(opened * 4000, []) is None


def test_the_head_of_an_article_in_a_text_area_is_what_the_page_shows() -> None:
    head = f"<title>安乡县政务公开</title><h1>{TITLE}</h1><p>发布时间：2014-03-20 10:00 来源：县政府办</p>"
    report = judged(f"{head}<textarea>{ARTICLE}</textarea>").report
    assert (report.title, (report.published or "")[:10], report.text) == (TITLE, "2014-03-20", TEXT)


def test_a_page_of_frames_may_carry_its_article() -> None:
    article = ARTICLE.replace('"', "'").replace("\n", "")
    head = f'<head><title>{TITLE}</title><script>var content = "{article}";</script></head>'
    draft = judged(f"<html>{head}<frameset><frame src='menu.html'></frameset></html>")
    assert (draft.report.text, draft.frames) == (TEXT, ["menu.html"])
