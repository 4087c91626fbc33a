"""The parts of a report: where headings stand, what they mean, and what the preamble announced."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import pipelines
from pipelines.draft import Block, BlockKind, Draft
from pipelines.model import Attachment, Capture, Document, Report, Section
from pipelines.outline import canonical as headings
from pipelines.outline.enumerators import Rank, read_enumerator
from pipelines.outline.preamble import read_announcement
from pipelines.script import fold, plain, set_plain, simplify
from pipelines.sections import split_sections

SAVED = sorted((Path(__file__).parents[1] / "fixtures" / "portals").glob("*/pages/*.html"))
CODEBOOK = Path(__file__).parents[2] / "shared" / "codebook" / "sections.json"
PREAMBLE = "本报告由青禾县人民政府办公室编制,全文包括"


def draft_of(*lines: str | Block) -> Draft:
    """A draft whose report has these blocks; a string is a paragraph, one that begins with | a table."""
    draft = Draft(Document(Capture(b"")), Report(state="report"))
    at = 0
    for line in lines:
        kind: BlockKind = "table" if isinstance(line, str) and line.startswith("|") else "paragraph"
        block = Block(kind, line.removeprefix("|")) if isinstance(line, str) else line
        block.start, block.end = at, at + len(block.text)
        at = block.end + 1
        draft.blocks.append(block)
    draft.report.text = "\n".join(block.text for block in draft.blocks)
    set_plain(draft)
    return draft


def split(*lines: str | Block) -> Draft:
    draft = draft_of(*lines)
    split_sections(draft)
    return draft


def tree(sections: list[Section]) -> list[tuple[str | None, str | None, list]]:  # type: ignore[type-arg]
    return [(s.id, s.heading, tree(s.children)) for s in sections]


def parts(draft: Draft) -> list[Section]:
    """The parts behind the preface, where there is one."""
    return [section for section in draft.report.sections if section.id != "preface"]


def tops(draft: Draft) -> list[tuple[str | None, str | None]]:
    """Id and heading of those parts."""
    return [(s.id, s.heading) for s in parts(draft)]


def reading_order(sections: list[Section]) -> str:
    return "".join((s.number or "") + s.separator + (s.heading or "") + s.text + reading_order(s.children) for s in sections)


def without_space(text: str) -> str:
    return "".join(text.split())


def assert_nothing_lost(draft: Draft) -> None:
    text = draft.report.text
    assert without_space(reading_order(draft.report.sections)) == without_space(text)
    for section in draft.report.sections:
        for s in walk(section):
            head = (s.number or "") + s.separator + (s.heading or "")
            assert text[s.start : s.end].startswith(head)


def walk(section: Section):  # type: ignore[no-untyped-def]
    yield section
    for child in section.children:
        yield from walk(child)


def found(draft: Draft, code: str) -> list[str]:
    return [issue.message for issue in draft.report.issues if issue.code == code]


# --- numerals


@pytest.mark.parametrize(
    ("text", "rank", "ordinal", "number", "weak"),
    [
        ("一、概述", Rank.HAN, 1, "一", False),
        ("十二、附表", Rank.HAN, 12, "十二", False),
        ("一 概 述", Rank.HAN, 1, "一", True),
        ("(三)途径", Rank.HAN_BRACKETS, 3, "(三)", False),
        ("(一) 公开的内容", Rank.HAN_BRACKETS, 1, "(一)", False),
        ("二)途径", Rank.HAN_BRACKETS, 2, "二)", False),
        ("㈠机制", Rank.HAN_BRACKETS, 1, "㈠", False),
        ("1.网站", Rank.DIGITS, 1, "1", False),
        ("1、网站", Rank.DIGITS, 1, "1", False),
        ("1.2016年", Rank.DIGITS, 1, "1", False),
        ("⒉网站", Rank.DIGITS, 2, "⒉", False),
        ("3)网站", Rank.DIGITS_BRACKETS, 3, "3)", False),
        ("⑵网站", Rank.DIGITS_BRACKETS, 2, "⑵", False),
        ("①2014年", Rank.CIRCLED, 1, "①", False),
        ("第一部分 概述", Rank.PART, 1, "第一部分", False),
        ("第十章 附则", Rank.CHAPTER, 10, "第十章", False),
    ],
)
def test_numerals_are_read_as_printed(text: str, rank: Rank, ordinal: int, number: str, weak: bool) -> None:
    numeral = read_enumerator(text, 0, len(text))
    assert numeral is not None
    assert (numeral.rank, numeral.ordinal, text[: numeral.end], numeral.weak) == (rank, ordinal, number, weak)


@pytest.mark.parametrize(
    "text",
    [
        "1.5万元",
        "一是加强领导",
        "一季度公开",
        "12条",
        "2014年",
        "第二十条第(一)项",
        "一、二季度",
        "10:30",
        "一、是思想认识不够",
        "(二)是人手不足",
    ],
)
def test_what_only_begins_like_a_numeral_is_none(text: str) -> None:
    assert read_enumerator(text, 0, len(text)) is None


# --- names


def test_every_heading_of_the_codebook_means_its_part() -> None:
    if not CODEBOOK.exists():
        pytest.skip("the codebook is not beside this checkout")
    undecided_by_words = {"内容介绍"}  # furniture
    wrong = []
    for part in json.loads(CODEBOOK.read_text(encoding="utf-8"))["sections"]:
        for variant in part["variants"]:
            words = fold(simplify(variant["text"]))
            numeral = read_enumerator(words, 0, len(words))
            words = words[numeral.after :] if numeral else words
            overview = part["id"].startswith("overview_")
            meant = headings.overview_part(words) if overview else headings.canonical(words) or headings.inside_part(words)
            if meant != part["id"] and "glued_to_body" not in variant["defects"] and words not in undecided_by_words:
                wrong.append((part["id"], meant, words))
    assert wrong == []


def test_the_parts_are_those_of_the_codebook_in_its_order() -> None:
    if not CODEBOOK.exists():
        pytest.skip("the codebook is not beside this checkout")
    codebook = json.loads(CODEBOOK.read_text(encoding="utf-8"))
    assert tuple(part["id"] for part in codebook["sections"]) == headings.PART_IDS
    for regime in codebook["regimes"]:
        assert headings.order(regime["id"]) == tuple(regime["canonical_order"])


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("2019年工作计划", "next_year_plan"),
        ("下一步工作打算", "next_year_plan"),
        ("存在问题及下一步工作计划", "problems_improvements"),
        ("下一步改进措施", "problems_improvements"),
        ("回应群众关心的热点问题", "response_interpretation"),
        ("依申请公开收费情况", "fees"),
        ("因依申请公开引起的行政复议情况", "review_litigation"),
        ("财政支出与收费情况", "staff_funding"),
        ("其它需要报告的事项", "other_matters"),
        ("人大建议、政协提案办理公开情况", "proposals"),
        ("亮点工作", None),
        ("群众申请公开政府信息情况", "applications"),
        ("公民、法人申请获取信息的情况", "applications"),
        ("政府信息公开申请", "applications"),
        ("因申请公开政府信息引起的诉讼", "review_litigation"),
        ("主动公开政府信息情况", "proactive_disclosure"),
    ],
)
def test_rules_decide_in_their_order(name: str, part: str | None) -> None:
    assert headings.canonical(name) == part


# --- headings and their text


def test_a_report_of_the_2021_format() -> None:
    draft = split(
        "根据条例要求,现公布青禾县上一年的情况。",
        "一、总体情况",
        "(一)主动公开情况",
        "全县公开信息31条。",
        "(二)依申请公开",
        "办结4件。",
        "(三)政府信息管理。建立台账。",
        "(四)平台建设。",
        "网站改版一次。",
        "(五)监督保障。开展考核两次。",
        "二、主动公开政府信息情况",
        "|第二十条第（一）项\n规章\t0\t0\t0",
        "三、收到和处理政府信息公开申请情况",
        "|一、本年新收政府信息公开申请数量\t4\n四、结转下年度继续办理\t0",
        "四、政府信息公开行政复议、行政诉讼情况",
        "|0\t0\t0",
        "五、存在的主要问题及改进情况",
        "个别单位更新慢。",
        "(一)加强监督。每季度抽查。",
        "六、其他需要报告的事项",
        "无。",
    )
    assert tree(draft.report.sections) == [
        ("preface", None, []),
        (
            "overview",
            "总体情况",
            [
                ("overview_proactive", "主动公开情况", []),
                ("overview_applications", "依申请公开", []),
                ("overview_information_management", "政府信息管理。", []),
                ("overview_platform", "平台建设。", []),
                ("overview_supervision", "监督保障。", []),
            ],
        ),
        ("proactive_disclosure", "主动公开政府信息情况", []),
        ("applications", "收到和处理政府信息公开申请情况", []),
        ("review_litigation", "政府信息公开行政复议、行政诉讼情况", []),
        ("problems_improvements", "存在的主要问题及改进情况", [(None, "加强监督。", [])]),
        ("other_matters", "其他需要报告的事项", []),
    ]
    assert parts(draft)[2].text.startswith("一、本年新收")
    assert [s.level for s in walk(parts(draft)[0])] == [1, 2, 2, 2, 2, 2]
    assert draft.report.sections[0].level == 0
    assert_nothing_lost(draft)


@pytest.mark.parametrize(
    ("line", "part", "heading", "text"),
    [
        ("一、概述2016年,我局继续完善目录。", "overview", "概述", "2016年,我局继续完善目录。"),
        ("一、概述 2016年,我局继续完善目录。", "overview", "概述", "2016年,我局继续完善目录。"),
        ("一、依申请公开政府信息情况本年度未收到申请。", "applications", "依申请公开政府信息情况", "本年度未收到申请。"),
        ("一、复议、诉讼和申诉情况无。", "review_litigation", "复议、诉讼和申诉情况", "无。"),
        (
            "一、主动公开情况青禾县各单位全年公开信息77条,比上年多5条。",
            "proactive_disclosure",
            "主动公开情况",
            "青禾县各单位全年公开信息77条,比上年多5条。",
        ),
        (
            "一、主动公开政府信息的情况和途径2016年,公开77条。",
            "proactive_disclosure",
            "主动公开政府信息的情况和途径",
            "2016年,公开77条。",
        ),
        ("一、收费情况对上述申请均未收费。", "fees", "收费情况", "对上述申请均未收费。"),
        ("一、收费情况县政府办未收取任何费用。", "fees", "收费情况", "县政府办未收取任何费用。"),
        ("一、存在的问题主要表现在:更新慢。", "problems_improvements", "存在的问题", "主要表现在:更新慢。"),
        (
            "一、存在的不足及改进情况不足之处是更新慢,今后改正。",
            "problems_improvements",
            "存在的不足及改进情况",
            "不足之处是更新慢,今后改正。",
        ),
        ("一、存在的问题不容忽视。", "problems_improvements", "存在的问题不容忽视。", ""),
        ("一、复议、诉讼和申诉情况。", "review_litigation", "复议、诉讼和申诉情况。", ""),
        ("一、咨询处理情况：接听电话40个。", "consultation", "咨询处理情况：", "接听电话40个。"),
        ("一、收费情况与上年相比,没有变化。", "fees", "收费情况", "与上年相比,没有变化。"),
        ("一 概 述", "overview", "概 述", ""),
        ("第一部分 概述", "overview", "概述", ""),
        ("第一部分：总体情况", "overview", "总体情况", ""),
        ("（一）收费和减免情况", "fees", "收费和减免情况", ""),
        ("1.其他需要报告的事项", "other_matters", "其他需要报告的事项", ""),
        ("一、2017年工作计划", "next_year_plan", "2017年工作计划", ""),
        ("一、本年度政府信息公开工作的基本情况", "overview", "本年度政府信息公开工作的基本情况", ""),
    ],
)
def test_where_a_heading_ends(line: str, part: str, heading: str, text: str) -> None:
    draft = split("根据条例编制本报告。", line, "各科室按职责做好有关工作。")
    top = parts(draft)[0]
    assert (top.id, top.heading) == (part, heading)
    assert top.text == f"{text}\n各科室按职责做好有关工作。".strip()
    assert_nothing_lost(draft)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("(一)服务大厅认真执行《青禾县办事规程》,压缩办理时间,群众满意度提高到新的水平。", None),
        ("(一)全年公开财政信息19条。", None),
        ("(一)2016年,主动公开情况良好。", None),
        ("(一)加强业务培训,提高信息质量;", None),
        ("(一)公开栏。共设公开栏12处。", "公开栏。"),
        ("(一)公开的主要内容2016年,公开领导分工、机构设置等。", "公开的主要内容"),
        ("(一)公开形式先后开设公示栏、专栏,方便群众查看。", "公开形式"),
        ("(一)公开渠道不断拓宽,方便群众查看。", "公开渠道不断拓宽,方便群众查看。"),
        ("(一)政策文件", "政策文件"),
        ("(一)公开的文件有:通知4件、公告2件。", None),
    ],
)
def test_an_item_has_a_heading_only_where_one_ends(line: str, heading: str | None) -> None:
    draft = split("一、主动公开情况", line)
    (item,) = parts(draft)[0].children
    assert (item.number, item.heading) == ("(一)", heading)
    assert_nothing_lost(draft)


def test_enumerations_in_a_paragraph_are_no_headings() -> None:
    draft = split("一、概述", "一是健全制度。二是扩大范围。三是加强监督。三是开展培训。", "一方面充实内容,另一方面改进形式。")
    assert tree(parts(draft)) == [("overview", "概述", [])]


def test_numbers_of_items_may_restart() -> None:
    draft = split(
        "一、概述",
        "1、机构",
        "设信息科。",
        "2、人员",
        "专职3人。",
        "二、主动公开情况",
        "1、网站",
        "发布80条。",
        "2、公报",
        "6期。",
    )
    assert [[c.number for c in top.children] for top in parts(draft)] == [["1", "2"], ["1", "2"]]


def test_a_count_that_starts_again_stays_inside_its_part() -> None:
    draft = split(
        "一、概述",
        "工作平稳。",
        "二、存在的主要问题",
        "主要有:",
        "一、少数单位重视不够",
        "更新不勤。",
        "二、队伍不稳定",
        "人手少。",
        "三、其他需要报告的事项",
        "无。",
    )
    assert tops(draft) == [
        ("overview", "概述"),
        ("problems_improvements", "存在的主要问题"),
        ("other_matters", "其他需要报告的事项"),
    ]
    assert [c.heading for c in parts(draft)[1].children] == ["少数单位重视不够", "队伍不稳定"]


def test_a_numeral_printed_twice_does_not_lose_a_part() -> None:
    draft = split("一、概述", "平稳。", "二、主动公开情况", "55条。", "二、依申请公开情况", "3件。")
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "applications"]


def test_a_numeral_on_its_own_line_takes_the_heading_of_the_next() -> None:
    draft = split("第一部分", "概述", "平稳。", "第二部分", "主动公开情况", "55条。")
    assert tops(draft) == [("overview", "概述"), ("proactive_disclosure", "主动公开情况")]
    assert parts(draft)[0].number == "第一部分"
    assert parts(draft)[0].text == "平稳。"
    assert_nothing_lost(draft)


def test_headings_that_lost_their_numerals() -> None:
    draft = split(
        "現公布本局報告。",
        "一、概述",
        "平穩。",
        "主動公開政府信息情況",
        "公開66條。",
        "三、依申請公開情況",
        "2件。",
        "存在的問題及改進措施。",
        "力量不足。",
    )
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "applications", "problems_improvements"]
    assert parts(draft)[1].number is None
    assert_nothing_lost(draft)


def test_a_heading_that_only_the_preamble_knows() -> None:
    draft = split(
        f"{PREAMBLE}概述、便民热线办理情况、其他需要报告的事项三部分。",
        "一、概述",
        "平稳。",
        "便民热线办理情况",
        "来电90个。",
        "三、其他需要报告的事项",
        "无。",
    )
    assert [heading for _, heading in tops(draft)] == ["概述", "便民热线办理情况", "其他需要报告的事项"]


def test_headings_that_are_only_bold_or_heading_elements() -> None:
    def bold(text: str) -> Block:
        return Block("paragraph", text, bold=True)

    def heading(text: str) -> Block:
        return Block("heading", text, bold=True)

    draft = split(
        "根据条例编制。",
        heading("总体情况"),
        bold("公开渠道"),
        "网站一个。",
        heading("主动公开工作"),
        "8条。",
        bold("青禾县水务局"),
    )
    assert tops(draft) == [("overview", "总体情况"), ("proactive_disclosure", "主动公开工作")]
    assert [c.heading for c in parts(draft)[0].children] == ["公开渠道"]
    assert parts(draft)[1].text.endswith("青禾县水务局")
    assert_nothing_lost(draft)


def test_a_whole_page_on_one_line() -> None:
    draft = split(
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、其他需要报告的事项等4个部分组成。 "
        "一、总体情况 (一)主动公开情况 全年公开43条。 (二)依申请公开。收到2件,已答复。 二、主动公开政府信息情况 "
        "规章 0 0 0 三、收到和处理政府信息公开申请情况 一、本年新收政府信息公开申请数量 2 0 0 0 2 (一)予以公开 2 0 0 0 2 "
        "四、结转下年度继续办理 0 0 0 0 0 0 0 四、其他需要报告的事项 无其他事项。 青禾县教育局 2023年1月9日"
    )
    assert tops(draft) == [
        ("overview", "总体情况"),
        ("proactive_disclosure", "主动公开政府信息情况"),
        ("applications", "收到和处理政府信息公开申请情况"),
        ("other_matters", "其他需要报告的事项"),
    ]
    assert [(c.id, c.heading) for c in parts(draft)[0].children] == [
        ("overview_proactive", "主动公开情况"),
        ("overview_applications", "依申请公开。"),
    ]
    assert_nothing_lost(draft)


def test_a_whole_page_on_one_line_without_numerals() -> None:
    draft = split(
        "根据条例编制本报告。概述2013年,我镇公开工作有新的进步。主动公开政府信息情况我镇通过公开栏公开信息57条。"
        "存在的主要问题要继续解决。收费及减免情况本年度没有收费。主要问题及改进措施一是人手少,二是更新慢,今后改正。"
    )
    assert tops(draft) == [
        ("overview", "概述"),
        ("proactive_disclosure", "主动公开政府信息情况"),
        ("fees", "收费及减免情况"),
        ("problems_improvements", "主要问题及改进措施"),
    ]
    assert_nothing_lost(draft)


def test_two_names_in_the_text_of_a_report_without_numerals_are_no_headings() -> None:
    draft = split("我镇重视公开工作。主动公开政府信息情况我镇通过公开栏公示。收费情况本年度由财政所公布,群众可以查看。")
    assert tops(draft) == []


def test_a_glued_heading_that_lost_its_numeral_stands_where_one_is_left_out() -> None:
    draft = split(
        "一、概述",
        "我镇公开工作有新的进步。",
        "主动公开政府信息情况。全年通过公开栏公开信息57条。",
        "三、收费及减免情况",
        "主动公开政府信息情况。全年公开信息的收费为零。",
    )
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "fees"]
    assert_nothing_lost(draft)


def test_a_glued_heading_that_lost_its_numeral_is_the_announced_one() -> None:
    draft = split(
        PREAMBLE + "概述、主动公开政府信息情况、收费及减免情况三个部分。",
        "一、概述",
        "我镇公开工作有新的进步。",
        "二、主动公开政府信息情况",
        "全年公开信息57条。",
        "收费及减免情况。本年度依申请公开没有收费,也没有减免。",
    )
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "fees"]


def test_items_of_circled_numerals_on_one_line() -> None:
    draft = split(
        "一、总体情况①主动公开情况。2022年,我局公开信息57条。②依申请公开情况。2022年,我局没有收到申请。"
        "③政府信息管理。全年清理文件5件。二、主动公开政府信息情况2022年,我局公开信息57条。"
    )
    overview = parts(draft)[0]
    assert [child.id for child in overview.children] == [
        "overview_proactive",
        "overview_applications",
        "overview_information_management",
    ]


def test_the_label_and_the_title_of_an_annex_are_one_heading() -> None:
    draft = split("一、概述", "全年公开信息57条。", "二、附件：政府信息公开情况统计表", "|统计指标\t单位\t统计数")
    assert tops(draft)[-1] == ("annex_statistics", "附件：政府信息公开情况统计表")


def test_numerals_with_a_space_behind_on_one_line() -> None:
    draft = split(
        "一 概述 本局按条例开展工作,成效明显。 二 主动公开情况 全年公开61条,涉及三 个方面。 三 依申请公开情况 未收到申请。"
    )
    assert tops(draft) == [("overview", "概述"), ("proactive_disclosure", "主动公开情况"), ("applications", "依申请公开情况")]
    assert_nothing_lost(draft)


def test_parts_of_the_overview_on_one_line() -> None:
    draft = split(
        "根据条例编制本报告。 一、总体情况 1、政府信息管理 对文件审核公开属性,更新规范目录。 "
        "2、监督保障 组织培训2次,纳入考核。 "
        "二、主动公开政府信息情况 全年公开61条,内容真实。"
    )
    assert [(c.id, c.heading) for c in parts(draft)[0].children] == [
        ("overview_information_management", "政府信息管理"),
        ("overview_supervision", "监督保障"),
    ]
    assert_nothing_lost(draft)


def test_parts_of_the_overview_under_an_older_heading() -> None:
    draft = split(
        "一、基本情况",
        "(一)主动公开",
        "公开61条。",
        "(二)依申请公开",
        "收到2件。",
        "(三)平台建设",
        "改版网站。",
        "二、主动公开政府信息情况",
        "5条。",
        "三、依申请公开情况",
        "2件。",
    )
    assert [c.id for c in parts(draft)[0].children] == [
        "overview_proactive",
        "overview_applications",
        "overview_platform",
    ]


def test_parts_of_the_overview_that_stand_beside_it() -> None:
    """Where the formats' own headings stand, 平台建设 among the highest is what it is inside 总体情况."""
    modern = split("一、总体情况", "全年平稳。", "二、平台建设", "网站改版。", "三、监督保障情况", "考核两次。")
    assert [part for part, _ in tops(modern)] == ["overview", "overview_platform", "overview_supervision"]
    older = split("一、概述", "全年平稳。", "二、平台建设", "网站改版。", "三、依申请公开情况", "收到2件。")
    assert [part for part, _ in tops(older)] == ["overview", None, "applications"]


def test_parts_counted_in_a_lower_style_than_what_is_in_them() -> None:
    draft = split(
        "根据条例编制。",
        "1.概述",
        "平稳。",
        "(一)加强学习",
        "开会。",
        "(二)主动公开栏目",
        "改版。",
        "2.主动公开情况",
        "5条。",
        "3.收费情况",
        "无。",
    )
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "fees"]
    assert len(parts(draft)[0].children) == 2


def test_slogans_that_the_preamble_announces_end_where_they_were_announced() -> None:
    draft = split(
        "本报告由加强领导,狠抓落实、主动公开情况、收费情况、夯实基础等四部分组成。",
        "一、加强领导,狠抓落实今年以来本局调整了小组,明确专人负责。",
        "二、主动公开情况",
        "公开61条。",
        "三、收费情况",
        "无。",
        "四、夯实基础本局修订制度3项,并组织学习。",
    )
    assert [heading for _, heading in tops(draft)] == ["加强领导,狠抓落实", "主动公开情况", "收费情况", "夯实基础"]
    assert not found(draft, "announced_count_wrong") + found(draft, "announced_part_missing")


@pytest.mark.parametrize("line", ["本局无其他需要报告的事项。", "本年度没有需要说明的其他事项。", "暂无其他需要报告的事项"])
def test_a_part_that_says_there_is_nothing_is_no_heading(line: str) -> None:
    draft = split("一、概述", "平稳。", "二、其他需要报告的事项", line, "青禾县教育局")
    assert tops(draft) == [("overview", "概述"), ("other_matters", "其他需要报告的事项")]


def test_a_heading_at_the_end_of_the_paragraph_before() -> None:
    draft = split(
        "一、概述",
        "全局按照要求推进各项工作，成效明显，内容不断充实，渠道不断增加。二、主动公开政府信息情况",
        "公开31条。",
    )
    assert tops(draft) == [("overview", "概述"), ("proactive_disclosure", "主动公开政府信息情况")]
    assert parts(draft)[1].text == "公开31条。"


def test_a_table_of_contents_is_not_the_report() -> None:
    names = ["一、概述", "二、主动公开情况", "三、依申请公开情况"]
    draft = split("目录", *names, "一、概述", "平稳。", "二、主动公开情况", "9条。", "三、依申请公开情况", "1件。")
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "applications"]
    assert "三、依申请公开情况" in draft.report.sections[0].text
    assert_nothing_lost(draft)


# --- tables that look like headings


def test_flattened_rows_of_the_standard_tables_are_no_headings() -> None:
    rows = [
        "一、本年新收政府信息公开申请数量",
        "3",
        "二、上年结转政府信息公开申请数量",
        "0",
        "三、本年度办理结果",
        "（一）予以公开",
        "3",
        "（三）不予公开",
    ]
    rows += ["1.属于国家秘密", "0", "3.其他", "0", "（七）总计", "3", "四、结转下年度继续办理", "0"]
    draft = split("三、收到和处理政府信息公开申请情况", *rows, "四、政府信息公开行政复议、行政诉讼情况", "0")
    assert tree(parts(draft)) == [
        ("applications", "收到和处理政府信息公开申请情况", []),
        ("review_litigation", "政府信息公开行政复议、行政诉讼情况", []),
    ]


def test_flattened_rows_of_the_statistics_annex_are_no_headings() -> None:
    rows = [
        "统计指标",
        "单位",
        "统计数",
        "一、主动公开情况",
        "——",
        "(一)主动公开政府信息数",
        "条",
        "81",
        "二、回应解读情况",
        "四、行政复议数量",
        "件",
        "0",
    ]
    draft = split("一、概述", "平稳。", "二、附表", *rows)
    assert tree(parts(draft)) == [("overview", "概述", []), ("annex_statistics", "附表", [])]


@pytest.mark.parametrize("title", ["青禾县2016年政府信息公开情况统计表", "附件：政府信息公开情况统计表", "附表"])
def test_the_title_of_an_annex_without_numeral_begins_it(title: str) -> None:
    draft = split("一、概述", "平稳。", title, "|统计指标\t单位\t统计数\n主动公开数\t条\t81")
    assert [part for part, _ in tops(draft)] == ["overview", "annex_statistics"]


# --- what the parts are


def test_parts_are_named_where_they_stand() -> None:
    draft = split(
        "一、概述",
        "平稳。",
        "二、公开政府信息情况",
        "(一)主动公开情况。公开5条。",
        "(二)政府信息依申请公开情况",
        "无申请。",
        "三、工作人员配备和财政投入情况",
        "(一)收费情况",
        "未收费。",
    )
    assert [(c.id) for c in parts(draft)[1].children] == ["proactive_disclosure", "applications"]
    assert [(c.id) for c in parts(draft)[2].children] == ["fees"]


def test_an_item_does_not_take_a_part_that_stands_among_the_highest() -> None:
    draft = split(
        "一、概述",
        "(一)优化依申请公开。设专人。",
        "二、依申请公开情况",
        "4件。",
        "三、存在的主要问题",
        "(一)重点领域公开不够。需加强。",
    )
    assert [c.id for c in parts(draft)[0].children] == [None]
    assert [c.id for c in parts(draft)[2].children] == [None]


def test_overview_parts_without_numerals_stay_in_the_overview() -> None:
    draft = split(
        "一、总体情况",
        "主动公开情况",
        "5条。",
        "依申请公开情况",
        "1件。",
        "二、主动公开政府信息情况",
        "|0\t0",
        "三、收到和处理政府信息公开申请情况",
        "|0\t0",
    )
    assert [c.id for c in parts(draft)[0].children] == ["overview_proactive", "overview_applications"]
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "applications"]


def test_an_undecided_heading_takes_the_part_announced_at_its_place() -> None:
    draft = split(
        f"{PREAMBLE}组织领导情况,主动公开政府信息情况,存在的主要问题和改进措施。",
        "一、提高站位,压实责任",
        "召开会议。",
        "二、主动公开政府信息情况",
        "5条。",
        "三、存在的主要问题和改进措施",
        "更新慢。",
    )
    assert parts(draft)[0].id == "organisation"
    assert not found(draft, "section_unrecognised")


def test_an_undecided_heading_takes_what_its_first_child_says() -> None:
    draft = split("一、提高站位,压实责任", "(一)组织领导情况", "成立小组。", "二、主动公开情况", "5条。")
    assert parts(draft)[0].id == "organisation"


def test_a_heading_that_nothing_decides_is_reported() -> None:
    draft = split("一、亮点工作", "推出手册。", "二、主动公开情况", "5条。")
    assert tops(draft)[0] == (None, "亮点工作")
    (message,) = found(draft, "section_unrecognised")
    assert "亮点工作" in message


@pytest.mark.parametrize("furniture", [(), ("内容介绍",)])
def test_an_overview_without_heading_is_inferred_from_the_preamble(furniture: tuple[str, ...]) -> None:
    draft = split(
        f"{PREAMBLE}概述、主动公开政府信息情况、收费及减免情况等部分。",
        "本报告数据统计期限为2016年1月1日至12月31日。",
        *furniture,
        "全县围绕中心任务推进公开。",
        "(一)夯实基础。举办培训班。",
        "主动公开政府信息情况",
        "31条。",
        "三、收费及减免情况",
        "未收费。",
    )
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "fees"]
    overview = parts(draft)[0]
    assert (overview.heading, overview.number, overview.text) == (None, None, "全县围绕中心任务推进公开。")
    assert [c.heading for c in overview.children] == ["夯实基础。"]
    assert "统计期限" in draft.report.sections[0].text
    assert_nothing_lost(draft)


def test_no_overview_is_inferred_without_evidence() -> None:
    draft = split("根据条例编制。", "全县围绕中心任务推进公开。", "二、主动公开政府信息情况", "31条。")
    assert [part for part, _ in tops(draft)] == ["proactive_disclosure"]


def test_an_introduction_is_the_preface() -> None:
    draft = split("引 言", "根据条例编制。", "一、概述", "平稳。")
    assert tree(draft.report.sections) == [("preface", "引 言", []), ("overview", "概述", [])]
    assert draft.report.sections[0].level == 0


def test_numbered_paragraphs_without_a_heading_are_no_parts() -> None:
    draft = split(
        "我局工作如下,", "1、2016年,全局认真执行《条例》,主动公开信息31条,群众反映良好。", "2、2016年,未收到申请,也未发生费用。"
    )
    assert [s.id for s in draft.report.sections] == ["preface"]
    assert found(draft, "section_unrecognised") == []
    assert_nothing_lost(draft)


def test_parts_in_a_lower_style_keep_those_that_lost_their_numeral() -> None:
    draft = split(
        "根据条例编制。",
        "(一)概述",
        "平稳。",
        "1.加强学习",
        "开会。",
        "2.加强宣传",
        "发手册。",
        "主动公开政府信息情况",
        "5条。",
        "(三)收费情况",
        "无。",
    )
    assert [part for part, _ in tops(draft)] == ["overview", "proactive_disclosure", "fees"]
    assert len(parts(draft)[0].children) == 2


def test_a_report_without_headings_is_all_preface() -> None:
    draft = split("我局认真执行条例。", "全年公开12条。")
    assert tree(draft.report.sections) == [("preface", None, [])]
    assert draft.report.sections[0].text == draft.report.text


def test_the_sign_off_stays_in_the_last_part() -> None:
    draft = split(
        "一、概述",
        "平稳。",
        Block("paragraph", "青禾县水务局", align="right"),
        Block("paragraph", "2017年2月8日", align="right"),
    )
    assert draft.report.sections[-1].text == "平稳。\n青禾县水务局\n2017年2月8日"


# --- the preamble


@pytest.mark.parametrize(
    ("sentence", "names", "count"),
    [
        ("全文由概述、主动公开情况、复议、诉讼和申诉情况等三部分组成。", ["概述", "主动公开情况", "复议、诉讼和申诉情况"], 3),
        (
            "全文包括概述,主动公开情况,因公开工作申请行政复议、提起行政诉讼的情况3个部分。",
            ["概述", "主动公开情况", "因公开工作申请行政复议、提起行政诉讼的情况"],
            3,
        ),
        (
            "本报告共分四部分:一、总体情况;二、主动公开情况;三、收费情况;四、其他需要报告的事项。",
            ["总体情况", "主动公开情况", "收费情况", "其他需要报告的事项"],
            4,
        ),
        (
            "本年报由概述、主动公开、依申请公开、收费、存在问题五个部分构成。",
            ["概述", "主动公开", "依申请公开", "收费", "存在问题"],
            5,
        ),
        (
            "全文从总体情况、主动公开情况以及其他需要报告的事项3个方面总结。",
            ["总体情况", "主动公开情况", "其他需要报告的事项"],
            3,
        ),
        ("全文包括概述,主动公开情况,并附相关统计表。", ["概述", "主动公开情况", "相关统计表"], None),
        ("全文由概述、主动公开情况两部分组成,并附有关统计表。", ["概述", "主动公开情况", "有关统计表"], 2),
        ("年报内容:更新不勤,解读照搬文件,问题较多,由办公室督促整改。", [], None),
        ("报告由青禾县人民政府办公室编制。", [], None),
        ("政府信息公开范围由机构职能、法规文件两类组成。", [], None),
    ],
)
def test_the_parts_that_a_preamble_announces(sentence: str, names: list[str], count: int | None) -> None:
    announcement = read_announcement(sentence, len(sentence))
    assert [part.name for part in announcement.parts] == names
    assert announcement.count == count
    assert [sentence[part.start : part.end] for part in announcement.parts] == names


def test_what_was_announced_and_did_not_come_is_found() -> None:
    draft = split(
        f"{PREAMBLE}概述、主动公开情况、收费及减免情况、咨询处理情况等六部分,并附统计数据。",
        "一、概述",
        "平稳。",
        "二、主动公开情况",
        "(一)收费及减免情况。未收费。",
        "三、下一步工作计划",
        "扩大范围。",
    )
    missing = found(draft, "announced_part_missing")
    assert len(missing) == 2
    assert "咨询处理情况" in missing[0]
    assert "统计数据" in missing[1]
    (extra,) = found(draft, "part_not_announced")
    assert "下一步工作计划" in extra
    (count,) = found(draft, "announced_count_wrong")
    assert "六" in count
    side = next(issue.sides[0] for issue in draft.report.issues if issue.code == "announced_part_missing")
    assert side.start is not None
    assert draft.report.text[side.start : side.end] == side.words == "咨询处理情况"


def test_a_list_in_the_body_announces_nothing() -> None:
    draft = split(
        "根据条例编制。",
        "一、概述",
        "本局公开的内容包括主动公开情况、收费情况、其他工作情况等3个方面。",
        "二、主动公开情况",
        "5条。",
    )
    assert draft.report.issues == []


def test_an_annex_that_is_a_table_or_a_file_did_come() -> None:
    lines = (f"{PREAMBLE}概述、主动公开情况,并附统计表。", "一、概述", "平稳。", "二、主动公开情况", "5条。")
    assert found(split(*lines), "announced_part_missing")
    assert not found(split(*lines, "|统计指标\t单位\t统计数\n主动公开数\t条\t5"), "announced_part_missing")
    draft = draft_of(*lines)
    draft.report.attachments = [Attachment("https://example.gov.cn/a.xls", "政府信息公开情况统计表.xls")]
    split_sections(draft)
    assert not found(draft, "announced_part_missing")


def test_a_report_that_keeps_its_announcement_has_no_findings() -> None:
    draft = split(f"{PREAMBLE}概述、复议、诉讼和申诉情况两部分。", "一、概述", "平稳。", "二、行政复议和诉讼情况", "无。")
    assert draft.report.issues == []


# --- nothing is lost


NUMERALS = ["一、", "二、", "三 ", "（一）", "(二) ", "1.", "2、", "3)", "①", "㈢", "第一部分 ", "第二章", "", ""]
NAMES = [
    "概述",
    "概 述",
    "主动公开政府信息情况",
    "依申请公开情况",
    "收费及减免情况",
    "存在的主要问题和改进措施",
    "其他需要报告的事项",
    "亮点",
    "内容介绍",
    "附表",
]
BODIES = [
    "2016年,我局公开31条。",
    "。为做好工作,设专人。",
    "一是学习;二是宣传。",
    " 无。",
    ":未收到申请。",
    "",
    "一、本年新收政府信息公开申请数量 3",
    "(三)培训。",
]
LINES = st.one_of(
    st.builds("".join, st.tuples(st.sampled_from(NUMERALS), st.sampled_from(NAMES), st.sampled_from(BODIES))),
    st.text(alphabet="一二十、(（)）1.,。;: ①㈠第部分情况概述年主动公开檔案無統計指標附表", max_size=30),
    st.just(f"{PREAMBLE}概述、主动公开情况等八部分。"),
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    blocks = []
    for text in draw(st.lists(LINES, max_size=14)):
        kind = draw(st.sampled_from(["paragraph", "paragraph", "paragraph", "heading", "list_item", "table"]))
        blocks.append(
            Block(kind, text.strip(), bold=draw(st.booleans()), align=draw(st.sampled_from(["left", "center", "right"])))
        )
    return draft_of(*blocks)


@settings(max_examples=300, deadline=None)
@given(drafts())
@example(draft_of("第一部分", "概述"))
@example(draft_of("①概述", "平稳。", Block("paragraph", "亮点", bold=True), "一个。"))
@example(draft_of())
def test_no_character_is_lost_or_doubled(draft: Draft) -> None:
    split_sections(draft)
    assert_nothing_lost(draft)
    first, *others = draft.report.sections
    assert first.id != "preface" or first.heading or first.text or first.children or not others
    for section in draft.report.sections:
        for s in walk(section):
            assert 0 <= s.start <= s.end <= len(draft.report.text)
            assert s.id is None or s.id in headings.PART_IDS


@pytest.mark.parametrize("page", SAVED, ids=lambda page: f"{page.parts[-3]}-{page.stem}")
def test_no_character_of_a_saved_page_is_lost_or_doubled(page: Path) -> None:
    draft = pipelines.draft_of(Document(Capture(page.read_bytes(), headers={"content-type": "text/html"})))
    if draft.report.sections:  # other pages end before they are split
        assert_nothing_lost(draft)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*NAMES[:1], *NAMES[2:7]]),
            st.booleans(),
            st.lists(st.sampled_from(["公开栏", "培训", "网站"]), max_size=3),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_well_made_report_comes_out_as_it_was_made(parts: list[tuple[str, bool, list[str]]]) -> None:
    lines = ["根据条例编制本报告。"]
    for i, (name, glued, items) in enumerate(parts):
        numeral = "一二三四五六"[i]
        text = "2016年,我局按要求办理。"
        lines += [f"{numeral}、{name}{text}"] if glued else [f"{numeral}、{name}", text]
        lines += [f"（{'一二三'[j]}）{item}。共3处。" for j, item in enumerate(items)]
    draft = split(*lines)
    assert [s.heading for s in draft.report.sections[1:]] == [name for name, _, _ in parts]
    assert [[c.heading for c in s.children] for s in draft.report.sections[1:]] == [
        [f"{i}。" for i in items] for _, _, items in parts
    ]
    assert_nothing_lost(draft)


def test_offsets_are_those_of_the_printed_text() -> None:
    """Phrases that Simplified text says in fewer characters do not move a part."""
    draft = split("一、概述", "網站上發布規範性檔案，最佳化入口網站。", "二、主動公開政府信息情況", "入口網站公開9條。")
    assert len(draft.plain) != len(draft.report.text) or plain(draft.report.text, "hant")[0] == draft.plain
    second = parts(draft)[1]
    assert draft.report.text[second.start :].startswith("二、主動公開政府信息情況")
    assert second.text == "入口網站公開9條。"


def test_a_report_that_begins_with_its_first_part_has_no_preface() -> None:
    draft = split("一、概述", "全年工作顺利。", "二、主动公开情况", "公开信息9条。")
    assert [section.id for section in draft.report.sections] == ["overview", "proactive_disclosure"]


def test_a_part_on_the_weight_that_leaders_give_it_is_on_organisation() -> None:
    draft = split("我局报告如下。", "一、领导重视,机构健全", "成立小组。", "二、主动公开情况", "公开信息9条。")
    assert [part for part, _ in tops(draft)] == ["organisation", "proactive_disclosure"]


def test_the_title_below_the_heading_of_the_annex_is_no_second_one() -> None:
    draft = split("一、概述", "全年公开信息57条。", "二、附表", "指标统计表", "|指标\t单位\t数量\n|主动公开信息数\t条\t57")
    assert tops(draft) == [("overview", "概述"), ("annex_statistics", "附表")]
