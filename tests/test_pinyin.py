"""Pinyin that a hijacked mirror injects: the report below it is read as if it were not there, and quoted as it stands."""

import pytest

import pipelines
from pipelines.draft import Block, Draft
from pipelines.model import Capture, Document
from pipelines.pinyin import injected
from pipelines.script import set_plain
from tests.pages import paragraphs


def draft_of(text: str, title: str = "") -> Draft:
    draft = Draft(Document(Capture(b"")))
    draft.report.text, draft.report.title = text, title
    draft.blocks = [Block("paragraph", text, end=len(text))]
    set_plain(draft)
    return draft


def test_the_matching_form_is_without_it_and_leads_back() -> None:
    draft = draft_of("公开信(xìn)息91条（jié），收费（fèi）为零。", "年度报(bào)告")
    assert draft.plain == "公开信息91条,收费为零。"
    assert draft.title_plain == "年度报告"
    at = draft.plain.index("收费")
    assert draft.words(at, at + 2) == "收费（fèi）"
    assert draft.words(0, 2) == "公开"


def test_traditional_text_leads_back_through_both() -> None:
    draft = draft_of("入口網(wǎng)站上發(fā)布規範性檔案(àn)，最佳化欄目。收(shōu)到申請6件。")
    assert draft.plain.endswith("收到申请6件。")
    at = draft.plain.index("申请6件")
    assert draft.words(at, at + 4) == "申請6件"
    at = draft.plain.index("收到")
    assert draft.words(at, at + 2) == "收(shōu)到"


@pytest.mark.parametrize(
    "text", ["设置客户端(app)一个。", "盱(xū)眙(yí)县公开信息5条。", "公开信息5条(件)、栏目(个)、平台(家)。"]
)
def test_a_gloss_is_left_alone(text: str) -> None:
    assert injected(text) == []
    assert draft_of(text).plain == text


def test_a_report_on_a_hijacked_mirror_is_read() -> None:
    lines = [
        "根據《中華人民共和國政(zhèng)府信息公開條例》要求，現(xiàn)將(jiāng)2015年政府信息公開工作報(bào)告如下。",
        "一、主動(dòng)公開情況",
        "全年主動(dòng)公開政府信息208條(tiáo)。",
        "二、依申請(qǐng)公開情況",
        "2015年收到政府信息公開申請(qǐng)7件。",
        "三、行政復(fù)議、訴(sù)訟情況",
        "未發(fā)生行政復(fù)議和行政訴(sù)訟。",
    ]
    title = "攸縣(xiàn)水利局2015年政府信息公開工作年度報(bào)告"
    page = f'<html><head><meta charset="utf-8"><title>x</title></head><body><h2>{title}</h2>{paragraphs(*lines)}</body></html>'
    report = pipelines.run(Document(Capture(page.encode(), url="http://www.mirror.example/a/1.html")))
    assert (report.page_kind, report.state, report.trust) == ("annual_report", "report", "untrusted_copy")
    assert report.report_year == 2015
    assert report.reporting_body is not None
    assert report.reporting_body.name == "攸县水利局"
    assert [s.id for s in report.sections][1:] == ["proactive_disclosure", "applications", "review_litigation"]
    figures = {figure.metric: figure for figure in report.figures}
    assert figures["proactive_disclosed_total"].value == 208
    assert figures["applications_received"].words == lines[4]
    for figure in report.figures:
        assert figure.start is not None
        assert report.text[figure.start : figure.end] == figure.words
