"""Files to blocks: what each kind says, in its place; and files that are broken, hostile or under a password."""

import base64
import io
import json
import quopri
import random
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
import turbohtml
from docx import Document as new_document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pipelines.draft import Block, Grid
from pipelines.files import limits
from pipelines.files.fixed_flow import PageItems, blocks_of, without_margins
from pipelines.files.fixed_lines import Line
from pipelines.files.reading import FileText, read_file
from pipelines.files.sniff import media_of
from pipelines.model import Span
from pipelines.tabular.grid import grid_of
from tests.table_pages import applications_rows, html

FILES = Path(__file__).parent / "data" / "files"
TITLE = "安乡县档案馆2022年政府信息公开工作年度报告"


def data(name: str) -> bytes:
    return (FILES / name).read_bytes()


def saved(thing: Any) -> bytes:
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(rows: list[list[object]], *merged: str) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    return saved(book)


def form() -> list[list[str]]:
    """The applications table of the form of 2021 as the sample report prints it, 28 rows of 10 cells."""
    rows = applications_rows(2021, json.loads((FILES / "report_applications.json").read_text(encoding="utf-8")))
    table = turbohtml.parse(html(rows)).select_one("table")
    assert table is not None
    return grid_of(table).cells


def grids(text: FileText) -> list[Grid]:
    return [block.grid for block in text.blocks if block.grid is not None]


# --- what a report says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report.pdf", "report.docx"])
def test_a_report_is_read_in_order_with_its_tables_in_their_place(name: str) -> None:
    text = read_file(data(name))
    assert text.problem is None
    assert text.gaps == []
    assert text.blocks[0].text == TITLE
    assert (text.blocks[0].kind, text.blocks[0].align, text.blocks[0].bold) == ("heading", "center", True)
    kinds = "".join("T" if block.kind == "table" else "p" for block in text.blocks[1:])
    assert kinds == "ppppTpTpppppp"
    assert text.blocks[3].text.startswith("2022年，县档案馆主动公开政府信息432条")
    assert text.blocks[3].text.endswith("来信人少跑了路。")
    assert [block.align for block in text.blocks[-2:]] == ["right", "right"]


@pytest.mark.parametrize("name", ["report.pdf", "report.docx"])
def test_each_cell_of_the_form_stands_in_its_place_though_a_page_ends_in_it(name: str) -> None:
    applications, review = grids(read_file(data(name)))
    assert applications.cells == form()
    assert Span(0, 0, 3, 3) in applications.spans
    assert review.cells[-1] == [str(i) for i in range(15)]


def test_page_numbers_and_running_heads_of_a_pdf_are_left_out() -> None:
    text = "\n".join(block.text for block in read_file(data("report.pdf")).blocks)
    assert "档案馆年度报告" not in text
    assert "— 1 —" not in text


def test_tables_of_two_pages_with_words_between_them_are_two() -> None:
    text = read_file(data("plain.pdf"))
    assert [len(grid.cells) for grid in grids(text)] == [3, 3]
    assert "下册第1行，主动公开信息。" in "".join(block.text for block in text.blocks)


# --- Word -------------------------------------------------------------------------------------------------------------


def test_numbers_that_word_counts_are_written_out() -> None:
    document = new_document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2 "/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for level, words in ((0, "总体情况"), (1, "公开"), (1, "申请"), (0, "存在的问题"), (1, "更新慢")):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="78"/></w:numPr>'))
    lines = [block.text for block in read_file(saved(document)).blocks]
    assert lines == ["一、总体情况", "一.1 公开", "一.2 申请", "二、存在的问题", "二.1 更新慢"]


def word_body(*elements: str) -> list[Block]:
    """The blocks of a Word file whose body is this markup."""
    document = new_document()
    spaces = (
        f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    for at, element in enumerate(elements):
        tag = element[1:].split(">")[0].split()[0].rstrip("/")
        document.element.body.insert(at, parse_xml(element.replace(f"<{tag}", f"<{tag} {spaces}", 1)))
    return read_file(saved(document)).blocks


def words_of(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_text_box_is_read_once_where_it_hangs() -> None:
    box = f"<w:txbxContent>{words_of('清水县水利局年报')}</w:txbxContent>"
    choice = f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    anchor = f"<w:p><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r><w:r><w:t>正文。</w:t></w:r></w:p>"
    old = f"<w:p><w:r><w:pict><v:textbox>{box.replace('年报', '旧版')}</v:textbox></w:pict></w:r></w:p>"
    blocks = word_body(words_of("文前。"), anchor, old)
    assert [block.text for block in blocks] == ["文前。", "清水县水利局年报", "正文。", "清水县水利局旧版"]


def test_the_table_of_contents_of_a_word_file_is_left_out() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{words_of('一、概述1')}</w:sdtContent></w:sdt>"
    other = f"<w:sdt><w:sdtPr/><w:sdtContent>{words_of('一、概述')}</w:sdtContent></w:sdt>"
    assert [block.text for block in word_body(control, other, words_of("正文。"))] == ["一、概述", "正文。"]


def test_a_deleted_row_and_a_hair_thin_column_of_a_word_table_are_no_part_of_it() -> None:
    def row(*cells: tuple[str, int], properties: str = "") -> str:
        made = (f"<w:tc><w:tcPr><w:gridSpan w:val='{span}'/></w:tcPr>{words_of(text)}</w:tc>" for text, span in cells)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"

    columns = "".join(f"<w:gridCol w:w='{width}'/>" for width in (900, 2, 900))
    rows = [row(("甲", 1), ("乙", 2)), row(("公开", 2), ("3", 1)), row(("废", 2), ("9", 1), properties="<w:del/>")]
    (block,) = word_body(f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>")
    assert block.grid == Grid([["甲", "乙"], ["公开", "3"]])


def test_inserted_words_of_a_word_file_count_and_deleted_ones_do_not() -> None:
    document = new_document()
    paragraph = document.add_paragraph("公开信息")
    for tag, text in (("ins", "<w:t>31条</w:t>"), ("del", "<w:delText>30条</w:delText>")):
        paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')}><w:r>{text}</w:r></w:{tag}>"))
    assert [block.text for block in read_file(saved(document)).blocks] == ["公开信息31条"]


def test_a_table_that_frames_text_is_no_table() -> None:
    document = new_document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "县馆全年公开信息。" * 60
    cell.add_paragraph("二、其他").runs[0].font.size = Pt(9)
    blocks = read_file(saved(document)).blocks
    assert [block.kind for block in blocks] == ["paragraph", "paragraph"]
    assert blocks[1].text == "二、其他"


# --- Excel ------------------------------------------------------------------------------------------------------------


def test_an_excel_sheet_is_a_grid_between_the_lines_around_it() -> None:
    body = workbook([["2022年统计表"], ["指标", "本年"], ["公开", 3.0], [None, "/"], ["填报人：王某"]], "A1:B1", "A3:A4")
    text = read_file(body)
    assert [block.text for block in text.blocks] == ["2022年统计表", "指标\t本年\n公开\t3\n/", "填报人：王某"]
    assert grids(text) == [Grid([["指标", "本年"], ["公开", "3"], ["公开", "/"]], [Span(1, 0, 2, 1)])]


def test_an_excel_97_sheet_is_read_alike_without_hidden_sheets() -> None:
    text = read_file(data("table.xls"))
    assert text.media == "xls"
    assert text.blocks[0].text == "安乡县档案馆2022年政府信息公开情况统计表"
    assert grids(text)[0].cells[2:] == [
        ["收到申请数", "件", "7", "9.5"],
        ["接待查阅", "人次", "1207", "1100"],
        ["接待查阅", "件", "88", "/"],
    ]
    assert "不该读" not in "".join(block.text for block in text.blocks)


def excel_xml(inside: str) -> bytes:
    head = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    spaces = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    return f"{head}<Workbook {spaces}><Worksheet><Table>{inside}</Table></Worksheet></Workbook>".encode()


def test_excel_xml_of_2003_is_read_with_its_merged_and_hidden_cells() -> None:
    def row(*cells: str, attributes: str = "") -> str:
        return f"<Row {attributes}>{''.join(cells)}</Row>"

    def cell(text: str, attributes: str = "") -> str:
        kind = "Number" if text[0].isdigit() else "String"
        return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'

    body = excel_xml(
        row(cell("2022年统计表", 'ss:MergeAcross="2"'))
        + row(cell("指标"), cell("本年", 'ss:Index="3"'))
        + row(cell("公开", 'ss:MergeDown="1"'), cell("网站"), cell("3.0"))
        + row(cell("藏"), attributes='ss:Hidden="1"')
        + row(cell("微信", 'ss:Index="2"'), cell("0.30000000000000004"), attributes='ss:Index="5"')
    )
    text = read_file(body)
    assert (text.media, text.blocks[0].text) == ("excel_xml", "2022年统计表")
    assert grids(text)[0].cells == [["指标", "", "本年"], ["公开", "网站", "3"], ["", "微信", "0.3"]]


def test_a_reader_of_an_excel_sheet_sees_percent_and_no_hidden_cells() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for values in (["指标", "底数", "本年"], ["办结率", 9, 0.925], ["藏", 1, 1], ["公开", 2, 0.1 + 0.2]):
        sheet.append(values)
    sheet["C2"].number_format = "0.0%"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A3:A4")
    assert grids(read_file(saved(book)))[0] == Grid([["指标", "本年"], ["办结率", "92.5%"], ["藏", "0.3"]])


def test_a_formula_that_was_never_computed_is_a_gap() -> None:
    text = read_file(workbook([["指标", "本年"], ["公开", 3], ["合计", "=B2"]]))
    assert text.gaps == ["some of its formulas have no value"]


# --- pages and text under other names ---------------------------------------------------------------------------------

WORD_PAGE = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="gb2312"><title>新建文档</title></head>'
    "<body><p align=center><b>清水县水利局年报</b></p><p class=MsoNormal>一、概述<o:p></o:p></p>"
    "<table border=1><tr><td>指标</td><td>本年</td></tr><tr><td>公开</td><td>3</td></tr></table></body></html>"
)


def mht(page: bytes, charset: str, encoding: str) -> bytes:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--=_B"; type="text/html"\r\n\r\n此文档\r\n'
    part = f'----=_B\r\nContent-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    packed = base64.encodebytes(page) if encoding == "base64" else quopri.encodestring(page)
    return head.encode("gbk") + part.encode() + packed + b"\r\n----=_B--\r\n"


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (WORD_PAGE.encode("gbk"), "html"),
        (mht(WORD_PAGE.encode("gbk"), "gb2312", "quoted-printable"), "mht"),
        (mht(WORD_PAGE.encode("utf-16"), "unicode", "base64"), "mht"),
    ],
    ids=["page", "web archive", "web archive of WPS"],
)
def test_a_page_that_word_saved_is_read_like_its_other_files(body: bytes, media: str) -> None:
    text = read_file(body)
    assert (text.media, [block.text for block in text.blocks]) == (
        media,
        ["清水县水利局年报", "一、概述", "指标\t本年\n公开\t3"],
    )
    assert grids(text) == [Grid([["指标", "本年"], ["公开", "3"]])]


def test_plain_text_is_read_in_its_encoding() -> None:
    text = read_file("　　清水县水利局年报\r\n　　全年公开信息12条。\r\n".encode("gbk"))
    assert (text.media, [block.text for block in text.blocks]) == ("txt", ["清水县水利局年报", "全年公开信息12条。"])


# --- archives ---------------------------------------------------------------------------------------------------------


def gbk_named(name: str, content: bytes) -> bytes:
    """An archive as Windows writes it in China: the name in GBK, nothing that says so."""
    raw = zipped({"X" * len(name.encode("gbk")): content})
    return raw.replace(b"X" * len(name.encode("gbk")), name.encode("gbk"))


def test_the_one_text_of_an_archive_is_read_and_its_sheets_follow_it() -> None:
    body = zipped({"附表.xlsx": workbook([["指标", "本年"], ["公开", 3]]), "年报.docx": data("report.docx")})
    text = read_file(body)
    assert text.blocks[0].text == TITLE
    # The sign-off stays the end: signer and date are looked for there.
    assert [block.text for block in text.blocks[-3:]] == ["指标\t本年\n公开\t3", "安乡县档案馆", "2023年1月16日"]


def test_names_in_an_archive_are_read_as_gbk_and_lead_nowhere() -> None:
    text = read_file(gbk_named("../../年报扫描件.pdf", data("scan.pdf")))
    assert text.problem == "a ZIP archive; 年报扫描件.pdf is a PDF file; it is a scan: 2 page(s) of pictures without text"


def report_of(body: str) -> bytes:
    """A Word file with a report of a few sentences."""
    document = new_document()
    document.add_paragraph(f"{body}2022年政府信息公开工作年度报告")
    document.add_paragraph(f"{body}依据政府信息公开条例编制本报告，数据统计期限为2022年1月1日至12月31日。" * 3)
    document.add_paragraph(
        f"一、主动公开情况。{body}全年主动公开政府信息12条，收到政府信息公开申请3件，未发生行政复议、行政诉讼。"
    )
    return saved(document)


def test_an_archive_of_several_reports_is_nobodys_report() -> None:
    text = read_file(zipped({"甲.docx": data("report.docx"), "乙.docx": report_of("清水县水利局")}))
    assert text.problem == "a ZIP archive; it holds several texts: 甲.docx, 乙.docx"


def test_of_one_report_in_two_formats_an_archive_gives_one() -> None:
    text = read_file(
        zipped({"甲.pdf": data("report.pdf"), "乙.docx": data("report.docx"), "说明.txt": "请用阅读器打开。".encode()})
    )
    assert (text.problem, text.gaps, text.blocks[0].text) == (None, [], TITLE)
    assert sum(TITLE in block.text for block in text.blocks) == 1


def test_what_systems_leave_in_an_archive_is_no_gap() -> None:
    litter = {"__MACOSX/._年报.docx": b"\0", "年报/.DS_Store": b"\0", "Thumbs.db": ole("x"), "年报/~$年报.docx": b"\0"}
    text = read_file(zipped({"年报/年报.docx": data("report.docx"), **litter}))
    assert (text.problem, text.gaps) == (None, [])


# --- what is not read -------------------------------------------------------------------------------------------------


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + (stream + "\0").encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize(
    ("body", "media", "problem"),
    [
        pytest.param(data("scan.pdf"), "pdf", "a PDF file; it is a scan: 2 page(s) of pictures without text", id="scan"),
        pytest.param(data("locked.pdf"), "pdf", "a PDF file; it is under a password", id="locked PDF"),
        pytest.param(
            ole("EncryptedPackage"), "office", "an Office file of an unknown kind; it is under a password", id="locked Word"
        ),
        pytest.param(data("report.doc"), "doc", "a Word 97 file; install libreoffice-writer to read it", id="Word 97"),
        pytest.param(rb"{\rtf1 x}", "rtf", "an RTF file; install libreoffice-writer to read it", id="RTF"),
        pytest.param(b"Rar!\x1a\x07\x01\x00", "rar", "a RAR archive; install libarchive-tools (bsdtar) to open it", id="RAR"),
        pytest.param(zipped({}), "zip", "a ZIP archive; it is empty", id="empty archive"),
        pytest.param(b"PK\x03\x04", "zip", "a ZIP archive; it is broken: File is not a zip file", id="broken archive"),
        pytest.param(saved(new_document()), "docx", "a Word file without text", id="empty Word file"),
        pytest.param(b"", None, "an empty file", id="nothing"),
        pytest.param(b"\x01\x02\x03" * 9, None, "neither a page nor a file of a known kind", id="noise"),
        pytest.param(b"<html><body></body></html>", "html", "a web page without text", id="empty page"),
        pytest.param(
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x--\r\n",
            "mht",
            "a web archive (MHT); it holds no page",
            id="empty web archive",
        ),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, media: str | None, problem: str) -> None:
    text = read_file(body)
    assert (text.media, text.problem, text.blocks) == (media, problem, [])


def test_a_page_is_not_taken_for_a_file() -> None:
    for page in ("BM会议纪要", "<html>%PDF", "2022年年报", "PK县年报"):
        assert media_of(page.encode()) is None


# --- hostile ----------------------------------------------------------------------------------------------------------


def pdf_with(stream: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page that draws a stream as it stands."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources"
        b"<</XObject<</A 5 0 R>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        b"4 0 obj<</Length " + str(len(stream)).encode() + more + b">>\nstream\n" + stream + b"\nendstream endobj\n"
        b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>\nstream\n0 0 9 9 re S\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def sheet_with(inside: bytes) -> bytes:
    """A workbook whose only sheet has a further element."""
    with zipfile.ZipFile(io.BytesIO(workbook([["指标", "本年"]]))) as book:
        files = {name: book.read(name) for name in book.namelist()}
    name = "xl/worksheets/sheet1.xml"
    files[name] = files[name].replace(b"</sheetData>", b"</sheetData>" + inside)
    return zipped(files)


def word_with(table: str) -> bytes:
    document = new_document()
    document.element.body.insert(0, parse_xml(f"<w:tbl {nsdecls('w')}>{table}</w:tbl>"))
    return saved(document)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(zipped({"x": bytes(30 << 20)}), "times its size", id="ratio"),
        pytest.param(zipped({f"{i}": b"x" for i in range(60)}), "it holds 60 files", id="count"),
        pytest.param(zipped({"word/document.xml": b"<x>" * (6 << 20)}), "more than 16 MiB", id="vast part"),
        pytest.param(zipped({"甲.zip": zipped({"x": bytes(30 << 20)})}), "甲.zip was not read: a part", id="in an archive"),
        pytest.param(
            pdf_with(zlib.compress(bytes(80 << 20)), b"/Filter/FlateDecode"), "inflates to more than 64 MiB", id="stream"
        ),
        pytest.param(
            pdf_with(zlib.compress(zlib.compress(bytes(80 << 20))), b"/Filter[/FlateDecode/FlateDecode]"),
            "inflates to more than 64 MiB",
            id="stream in stream",
        ),
        pytest.param(
            sheet_with(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "merges more than", id="merged cells"
        ),
    ],
)
def test_bombs_are_not_opened(body: bytes, words: str) -> None:
    text = read_file(body)
    assert words in (text.problem or "")


def test_drawing_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.files.pdf.MAX_DRAWN", 500)
    assert "draws more than 500" in (read_file(pdf_with(b"/A Do " * 600)).problem or "")
    assert read_file(pdf_with(b"/A Do " * 20)).problem == "a PDF file without text"


def drawn(matrix: bytes, words: bytes = b"public bodies " * 9) -> bytes:
    return b"BT /F 9 Tf " + matrix + b" 200 300 Tm (" + words + b") Tj ET\n"


@pytest.mark.parametrize("matrix", [b"0 1 -1 0", b"0 -1 1 0", b"-1 0 0 -1", b"0.00000001 1 -1 0.00000001"])
def test_a_page_whose_words_stand_sideways_is_turned(matrix: bytes) -> None:
    text = read_file(pdf_with(drawn(matrix)))
    assert ([block.text for block in text.blocks], text.gaps) == ([("public bodies " * 9).strip()], [])


def test_words_that_stand_sideways_beside_others_are_told() -> None:
    text = read_file(pdf_with(drawn(b"0 1 -1 0") + drawn(b"1 0 0 1")))
    assert text.gaps == ["text that stands sideways: page 1"]
    assert [block.text for block in text.blocks] == [("public bodies " * 9).strip()]


def test_a_stamp_aslant_over_the_page_is_no_text() -> None:
    text = read_file(pdf_with(drawn(b".7 .7 -.7 .7", b"county water") + drawn(b"1 0 0 1")))
    assert ([block.text for block in text.blocks], text.gaps) == ([("public bodies " * 9).strip()], [])


def flowing(*lines: tuple[int, str]) -> list[str]:
    """The paragraphs of a PDF page whose lines begin at a place in points."""
    drawn = b"".join(
        b"BT /F 10 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (x, 700 - 14 * at, words.encode()) for at, (x, words) in enumerate(lines)
    )
    return [block.text for block in read_file(pdf_with(drawn)).blocks]


def test_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    full = "abcdefghij " * 8
    assert flowing((70, full), (50, full + "wxyz"), (50, "short."), (50, full), (70, "new"), (50, "another")) == [
        f"{full}{full}wxyz short.",
        full.strip(),
        "new",
        "another",
    ]


def a_line(text: str, x0: float, top: float, size: float = 10, x1: float | None = None) -> Line:
    return Line(text, x0, x1 or x0 + size * len(text), top, top + size, size, False)


def test_feet_in_two_columns_that_change_sides_are_left_out() -> None:
    prose = [a_line(f"第{number}段的文字写满了这一行，后面还有许多话要说，直到页边为止。", 70, 300) for number in range(4)]
    feet = [a_line(f"邮编：532400  {n}/4" if n % 2 else f"{n}/4  邮编：532400", 70, 800) for n in range(4)]
    pages = [PageItems(842, [line, foot]) for line, foot in zip(prose, feet, strict=True)]
    assert [[item.text for item in page.items] for page in without_margins(pages)] == [[line.text] for line in prose]  # type: ignore[union-attr]


def test_a_title_whose_first_line_fills_the_column_goes_on_in_the_middle() -> None:
    text = "这是一段正文，写满了整整一行，用来让读者知道版心有多宽。"
    lines = [a_line("清水县水利局二〇二三年信息公", 70, 80, 20), a_line("开年报", 180, 110, 20), a_line(text, 70, 160)]
    blocks = blocks_of([PageItems(842, [*lines, a_line(text, 70, 180)])])
    assert (blocks[0].text, blocks[0].kind) == ("清水县水利局二〇二三年信息公开年报", "heading")


@pytest.mark.parametrize(
    ("end", "begin", "paragraphs"), [("为", "12,345.6万元", 1), ("。", "12,345.6万元", 2), ("为", "一般", 2)]
)
def test_a_line_is_full_when_the_next_word_has_no_room_on_it(end: str, begin: str, paragraphs: int) -> None:
    column = "县水利局全年公开的信息都按月核对过并且放到了网上各位可以随时查阅"
    lines = [a_line(column, 70, 80), a_line(column[:28] + end, 70, 100), a_line(begin + column[:20], 70, 120)]
    assert len(blocks_of([PageItems(842, lines)])) == paragraphs


def test_limits_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.files.pdf.MAX_PAGES", 1)
    text = read_file(data("plain.pdf"))
    assert text.gaps == ["only its first 1 pages were read"]
    assert len(grids(text)) == 1
    monkeypatch.setattr("pipelines.files.reading.MAX_FILE", 1000)
    assert read_file(data("plain.pdf")).problem == "a PDF file of more than 0 MiB"


def test_vast_spans_of_a_word_table_are_cut() -> None:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p><w:r><w:t>公开</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr><w:trPr><w:gridBefore w:val='999999999'/></w:trPr>{cell * 2}</w:tr>"
    blocks = read_file(word_with(row * 2)).blocks
    assert [block.text.split() for block in blocks] == [["公开"] * 4]


SAMPLES = {
    "pdf": data("plain.pdf"),
    "scan": data("scan.pdf"),
    "xls": data("table.xls"),
    "docx": data("report.docx"),
    "xlsx": workbook([["2022年统计表"], ["指标", "本年"], ["公开", 3.5]], "A1:B1"),
    "zip": zipped({"年报.xls": data("table.xls")}),
}
PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml")


def damaged(body: bytes, draw: random.Random) -> bytes:
    """The bytes with some changed, lost, doubled, or made digits."""
    out = bytearray(body)
    for _ in range(draw.choice((1, 1, 3, 12))):
        at, length = draw.randrange(len(out) or 1), draw.randrange(1, 200)
        match draw.randrange(5):
            case 0:
                out[at : at + 1] = draw.randbytes(1)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length]
            case 3:
                out[at:at] = str(draw.randrange(10**6)).encode()
            case 4:
                del out[draw.randrange(len(out) // 2, len(out) + 1) :]
    return bytes(out)


def with_damaged_part(body: bytes, draw: random.Random) -> bytes:
    """An Office file with damage inside one of its parts, where no checksum finds it."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice([name for name in PARTS if name in files])
    return zipped(files | {name: damaged(files[name], draw)})


@given(name=st.sampled_from(sorted(SAMPLES)), seed=st.integers(0, 2**32), inside=st.booleans())
@settings(max_examples=80, deadline=None)
def test_damage_never_raises(name: str, seed: int, inside: bool) -> None:
    draw = random.Random(seed)
    body = SAMPLES[name]
    text = read_file(with_damaged_part(body, draw) if inside and name in ("docx", "xlsx") else damaged(body, draw))
    assert bool(text.blocks) != bool(text.problem)
    for block in text.blocks:
        assert isinstance(block, Block)
        assert block.text
        if block.grid is not None:
            assert len({len(row) for row in block.grid.cells}) == 1


def test_zip_limits_hold_for_office_files_too() -> None:
    with pytest.raises(limits.CannotRead, match="2001 files"):
        limits.open_zip(zipped({str(i): b"" for i in range(2001)}))
