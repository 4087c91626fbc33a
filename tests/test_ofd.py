"""OFD files (GB/T 33190) to blocks: what their pages show, in its place; and files that are scanned, locked or hostile."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import run
from pipelines.files.reading import FileText, read_file
from pipelines.model import Capture, Document
from tests.ofd_files import SPACE, of_pdf, ofd, page, rule, words
from tests.test_files import TITLE, damaged, data, form, grids, zipped

PROSE = "全年主动公开政府信息三百一十二条，比上年多四十条，其余事项照旧办理。"


def lines(text: FileText) -> list[str]:
    return [block.text for block in text.blocks]


# --- what a report says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report.pdf", "plain.pdf"])
def test_an_ofd_file_says_what_the_pdf_of_the_same_pages_says(name: str) -> None:
    read, pdf = read_file(of_pdf(data(name))), read_file(data(name))
    assert (read.media, read.problem, read.gaps) == ("ofd", None, [])
    assert read.blocks == pdf.blocks


def test_an_ofd_file_is_a_report_with_its_figures() -> None:
    report = run(Document(Capture(of_pdf(data("report.pdf")), "http://www.example.gov.cn/P020230116.ofd")))
    assert (report.state, report.title, report.report_year) == ("report", TITLE, 2022)
    assert report.text.endswith("安乡县档案馆\n2023年1月16日")
    assert sum(figure.metric == "applications" for figure in report.figures) == 25 * 7
    assert grids(read_file(of_pdf(data("report.pdf"))))[0].cells == form()


def test_of_one_report_as_ofd_and_as_pdf_an_archive_gives_one() -> None:
    text = read_file(zipped({"年报.ofd": of_pdf(data("report.pdf")), "年报.pdf": data("report.pdf")}))
    assert (text.problem, text.gaps, text.blocks[0].text) == (None, [], TITLE)
    assert sum(TITLE in block.text for block in text.blocks) == 1


# --- text -------------------------------------------------------------------------------------------------------------


def test_a_matrix_scales_and_shifts_what_is_in_an_object() -> None:
    scaled = 'CTM="0.3528 0 0 0.3528 0 0"'
    first = words(PROSE, 30, 40, 4.2, scaled, code='X="0" Y="11" DeltaX="g 40 11.9"').replace('Size="4.2"', 'Size="11.9"')
    shifted = words("第二行的文字。", 30, 48, 4.2, 'CTM="1 0 0 1 8.4 0"')
    assert lines(read_file(ofd(first + shifted))) == [PROSE, "第二行的文字。"]


def test_one_code_may_go_on_in_the_next_line() -> None:
    steps = 'X="0" Y="4.3" DeltaX="g 9 5 -45 g 9 5" DeltaY="g 9 0 8 g 9 0"'
    assert lines(read_file(ofd(words("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉", 30, 40, code=steps)))) == [
        "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    ]


def test_several_codes_of_an_object_follow_each_other() -> None:
    codes = '<ofd:TextCode X="0" Y="4" DeltaX="5">公开</ofd:TextCode><ofd:TextCode X="10" DeltaX="5">信息</ofd:TextCode>'
    assert lines(read_file(ofd(f'<ofd:TextObject Boundary="30 40 20 5" Size="5" ID="1">{codes}</ofd:TextObject>'))) == [
        "公开信息"
    ]


def test_text_without_steps_is_as_wide_as_its_characters() -> None:
    objects = words("共有App用户1200人", 30, 40, code='X="0" Y="4"') + words("第二列", 150, 40, code='X="0" Y="4"')
    assert lines(read_file(ofd(objects))) == ["共有App用户1200人 第二列"]


def test_words_in_latin_letters_keep_their_blanks() -> None:
    steps = 'X="0" Y="4" DeltaX="4 2.5 2.2 1.3 1.3 2.6 2.5"'
    assert lines(read_file(ofd(words("WiFi App", 30, 40, code=steps)))) == ["WiFi App"]
    assert lines(read_file(ofd(words(r"A\0020B", 30, 40, code='X="0" Y="4" DeltaX="3 2"')))) == ["A B"]


def test_a_label_that_reads_downwards_is_one_in_its_cell() -> None:
    box = [rule(30, y, 90, y) for y in (40, 70, 100)] + [rule(x, 40, x, 100) for x in (30, 45, 90)]
    label = words("自然人", 35, 45, code='X="0" Y="4" DeltaY="6 6"')
    without_steps = words("总计", 35, 75, attributes='ReadDirection="90"', code='X="0" Y="4"')
    values = words("7", 60, 50, code='X="0" Y="4"') + words("12", 60, 80, code='X="0" Y="4"')
    (grid,) = grids(read_file(ofd("".join(box) + label + without_steps + values)))
    assert grid.cells == [["自然人", "7"], ["总计", "12"]]


def test_rules_may_be_thin_boxes_or_one_path_and_a_span_is_a_span() -> None:
    frame = (
        '<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>M 30 40 L 90 40 L 90 70 L 30 70 C S 30 55 M 30 55 '
        "L 90 55</ofd:AbbreviatedData></ofd:PathObject>"
    )
    middle = (
        '<ofd:PathObject Boundary="59.9 55 0.2 15" Stroke="false" Fill="true"><ofd:AbbreviatedData>M 0 0 L 0.2 0 L 0.2 15 '
        "L 0 15</ofd:AbbreviatedData></ofd:PathObject>"
    )
    lower = rule(30, 85, 90, 85) + rule(30, 70, 30, 85) + rule(60, 70, 60, 85) + rule(90, 70, 90, 85)
    text = words("公开情况", 40, 45) + words("件数", 35, 60) + words("条数", 65, 60) + words("三", 35, 75) + words("九", 65, 75)
    (grid,) = grids(read_file(ofd(frame + middle + lower + text)))
    assert grid.cells == [["公开情况", "公开情况"], ["件数", "条数"], ["三", "九"]]


def test_groups_are_drawn_where_they_are_named() -> None:
    unit = (
        f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="55">'
        f"<ofd:Content>{words('县水利局年报', 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
        "</ofd:Res>"
    )
    named = '<ofd:PageBlock ID="8"><ofd:CompositeObject Boundary="60 30 90 9" ResourceID="55"/></ofd:PageBlock>'
    body = ofd(
        words(PROSE, 20, 60) + named,
        common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>",
        more={"Doc_0/DocumentRes.xml": unit},
    )
    assert lines(read_file(body)) == ["县水利局年报", PROSE]


@pytest.mark.parametrize(
    ("matrix", "boundary"), [("0 1 -1 0 210 0", "210 297"), ("0 -1 1 0 0 297", "210 297"), ("-1 0 0 -1 297 210", "297 210")]
)
def test_a_page_whose_words_stand_sideways_is_turned(matrix: str, boundary: str) -> None:
    box = [rule(20, y, 80, y) for y in (90, 110, 130)] + [rule(x, 90, x, 130) for x in (20, 50, 80)]
    cells = "".join(words(text, x, y) for text, x, y in (("公开", 25, 95), ("三", 55, 95), ("申请", 25, 115), ("九", 55, 115)))
    unit = f'<ofd:CompositeGraphicUnit ID="5"><ofd:Content>{words(PROSE, 20, 50)}{"".join(box)}{cells}</ofd:Content>'
    units = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    body = ofd(
        f'<ofd:CompositeObject Boundary="0 0 {boundary}" CTM="{matrix}" ResourceID="5"/>',
        page_attributes=(f"<ofd:Area><ofd:PhysicalBox>0 0 {boundary}</ofd:PhysicalBox></ofd:Area>",),
        more={"Doc_0/PublicRes.xml": f"<ofd:Res {SPACE}>{units}</ofd:Res>"},
    )
    assert lines(read_file(body)) == [PROSE, "公开\t三\n申请\t九"]


def test_words_that_stand_sideways_beside_others_are_told() -> None:
    sideways = words("县水利局公开目录" * 8, 200, 20, 4, 'CTM="0 1 -1 0 0 0"')
    text = read_file(ofd("".join(words(PROSE, 20, 40 + 8 * at) for at in range(3)) + sideways))
    assert (lines(text), text.gaps) == ([PROSE * 3], ["text that stands sideways: page 1"])


def test_what_is_not_seen_or_stands_aslant_is_no_text() -> None:
    hidden = words("内部稿", 30, 50, attributes='Visible="false"')
    aslant = words("某某县专用", 60, 120, 12, 'CTM="0.7 0.7 -0.7 0.7 0 0"')
    assert lines(read_file(ofd(words(PROSE, 20, 40) + hidden + aslant))) == [PROSE]


def test_bold_text_is_bold_by_its_font_or_weight_and_what_is_drawn_twice_is_read_once() -> None:
    heading = words("一、总体情况", 30, 40).replace('Font="1"', 'Font="2"')
    heavy = words("二、申请情况", 30, 60, attributes='Weight="700"')
    twice = words("三、其他", 30, 80) + words("三、其他", 30.1, 80)
    text = read_file(ofd(heading + heavy + twice + words(PROSE, 20, 100)))
    assert [(block.text, block.bold) for block in text.blocks[:3]] == [
        ("一、总体情况", True),
        ("二、申请情况", True),
        ("三、其他", False),
    ]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_pages_are_read_in_the_documents_order_from_any_place() -> None:
    listed = (
        '<ofd:Page ID="1" BaseLoc="/Doc_0/Pages/Page_1/Content.xml"/><ofd:Page ID="2" BaseLoc="pages\\Page_0\\content.XML"/>'
    )
    document = (
        '<Document xmlns="http://www.ofdspec.org"><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>'
        f"</CommonData><Pages>{listed.replace('ofd:', '')}</Pages></Document>"
    )
    body = ofd(words("第一页的字", 30, 40), words("第二页的字", 90, 40), more={"Doc_0/Document.xml": document})
    assert lines(read_file(body)) == ["第二页的字", "第一页的字"]


def test_a_page_in_another_encoding_is_read() -> None:
    other = page(words("铜川镇二〇二二年年报", 20, 40)).replace("UTF-8", "GBK").encode("gbk")
    assert lines(read_file(ofd("", more={"Doc_0/Pages/Page_0/Content.xml": other}))) == ["铜川镇二〇二二年年报"]


def test_the_template_of_several_pages_is_not_their_text_and_its_rules_are() -> None:
    template = words("县局公文用纸", 80, 100) + "".join(rule(30, y, 90, y) for y in (40, 50, 60))
    uprights = "".join(rule(x, 40, x, 60) for x in (30, 60, 90))
    cells = words("公开", 35, 42) + words("三", 65, 42) + words("申请", 35, 52) + words("九", 65, 52)
    use = '<ofd:Template TemplateID="900" ZOrder="Background"/>'
    text = read_file(ofd(uprights + cells, words(PROSE, 20, 80), page_attributes=(use, use), templates=[template]))
    assert lines(text) == ["公开\t三\n申请\t九", PROSE]
    alone = read_file(ofd(words(PROSE, 20, 60), page_attributes=(use,), templates=[words("县水利局年报", 80, 30)]))
    assert lines(alone) == ["县水利局年报", PROSE]


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [words("县水利局年报", 80, 12) + words(PROSE, 20, 60) + words(f"—{at + 1}—", 100, 280) for at in range(3)]
    assert lines(read_file(ofd(*pages))) == [PROSE * 3]


def test_a_page_that_is_not_there_is_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_file(ofd(words(PROSE, 20, 40), "", more={"Doc_0/Pages/Page_1/Content.xml": b""}))
    assert (lines(text), text.gaps) == ([PROSE], ["a page that is not there: Doc_0/Pages/Page_1/Content.xml"])
    monkeypatch.setattr("pipelines.files.ofd.MAX_PAGES", 1)
    text = read_file(ofd(words(PROSE, 20, 40), words(PROSE, 20, 40)))
    assert (lines(text), text.gaps) == ([PROSE], ["only its first 1 pages were read"])


# --- what is not read -------------------------------------------------------------------------------------------------

IMAGE = '<ofd:ImageObject ID="9" Boundary="0 0 210 297" ResourceID="5" CTM="210 0 0 297 0 0"/>'
OUTLINE = (
    '<ofd:PathObject Boundary="20 40 5 5"><ofd:AbbreviatedData>M 0 0 L 4 0 L 4 4 L 0 4 C</ofd:AbbreviatedData></ofd:PathObject>'
)
DEEP = "<ofd:PageBlock>" * 40 + words("深", 20, 20) + "</ofd:PageBlock>" * 40


def doubling(times: int) -> bytes:
    """A file whose groups each draw the next one twice."""
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{at}"><ofd:Content>'
        f'{f"""<ofd:CompositeObject ResourceID="{at + 1}"/>""" * 40}</ofd:Content></ofd:CompositeGraphicUnit>'
        for at in range(times)
    )
    resources = f'<R xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></R>'
    return ofd('<ofd:CompositeObject ResourceID="0"/>', more={"Doc_0/PublicRes.xml": resources})


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(ofd(IMAGE, IMAGE), "it is a scan: 2 page(s) of pictures without text", id="scan"),
        pytest.param(ofd(IMAGE + words("第一页", 90, 280), IMAGE, IMAGE), "it is a scan", id="scan with a number"),
        pytest.param(ofd(OUTLINE * 200), "it draws shapes, and no characters", id="outlines"),
        pytest.param(
            ofd(words("\ue101\ue102\ue103", 20, 40)), "its fonts do not say which characters", id="private characters"
        ),
        pytest.param(ofd("", entry="<ofd:Encryptions>E.xml</ofd:Encryptions>"), "it is encrypted", id="encrypted"),
        pytest.param(ofd(), "it has no pages", id="no pages"),
        pytest.param(ofd(""), "an OFD file without text", id="empty page"),
        pytest.param(zipped({"OFD.xml": b"\x01\x02"}), "it is broken: OFD.xml is no XML", id="no XML"),
        pytest.param(ofd(DEEP), "nested without end", id="nested"),
        pytest.param(doubling(6), "it draws more than 200000 things", id="groups in groups"),
        pytest.param(ofd(words("公" * 9, 20, 20), more={"Doc_0/x.xml": b" " * (17 << 20)}), "more than 16 MiB", id="vast part"),
        pytest.param(ofd(words("公" * 9, 20, 20), more={"Doc_0/x": bytes(30 << 20)}), "times its size", id="ratio"),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, problem: str) -> None:
    text = read_file(body)
    assert (text.media, text.blocks) == ("ofd", [])
    assert problem in (text.problem or "")


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    body = page(words("&amp;", 20, 40)).replace("?>", f"?>{bomb}", 1).replace("&amp;amp;", "公开&b;")
    assert "aaaa" not in "".join(lines(read_file(ofd("", more={"Doc_0/Pages/Page_0/Content.xml": body}))))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_damage_never_raises(seed: int) -> None:
    draw = random.Random(seed)
    objects = words(PROSE, 20, 40) + rule(20, 50, 90, 50) + words("一", 20, 60, attributes='CTM="1 0 0 1 2 2"')
    broken = damaged(page(objects).encode(), draw)
    text = read_file(ofd(words(PROSE, 20, 60), "", more={"Doc_0/Pages/Page_1/Content.xml": broken}))
    assert bool(text.blocks) != bool(text.problem)
