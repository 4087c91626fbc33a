"""Word documents in one XML file: the XML of Word 2003, and a package of today as one file."""

import base64
import io
import random
import zipfile
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import run
from pipelines.files.reading import read_file
from pipelines.model import Capture, Document, Span
from tests.test_files import TITLE, damaged, data, form, grids, zipped

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
NEW = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
ROOT = (
    f'<w:wordDocument xmlns:w="{OLD}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" w:macrosPresent="no" xml:space="preserve">'
)
STYLES = (
    '<w:styles><w:style w:type="paragraph" w:default="on" w:styleId="a"><w:name w:val="Normal"/><wx:uiName wx:val="正文"/>'
    '</w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="Title"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr></w:style></w:styles>'
)


def flat(body: bytes, head: str = HEAD) -> bytes:
    """A Word file as one file of XML."""
    parts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        types = archive.read("[Content_Types].xml").decode()
        for name in archive.namelist():
            if name == "[Content_Types].xml":
                continue
            kind = "application/xml"
            if f'PartName="/{name}"' in types:
                kind = types.split(f'PartName="/{name}"')[1].split('ContentType="')[1].split('"')[0]
            elif name.endswith(".rels"):
                kind = "application/vnd.openxmlformats-package.relationships+xml"
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                inside = f"<pkg:xmlData>{content.decode().partition('?>')[2] or content.decode()}</pkg:xmlData>"
            else:
                inside = f"<pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData>"
            parts.append(f"<pkg:part pkg:name={quoteattr('/' + name)} pkg:contentType={quoteattr(kind)}>{inside}</pkg:part>")
    package = f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{"".join(parts)}</pkg:package>'
    return (head + package).encode()


def of_2003(*elements: str, styles: str = STYLES) -> bytes:
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return f"{HEAD}{ROOT}{styles}<w:body><wx:sect>{''.join(elements)}{section}</wx:sect></w:body></w:wordDocument>".encode()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("head", [HEAD, "", "\ufeff"])
def test_a_package_in_one_file_says_what_the_package_says(head: str) -> None:
    text = read_file(flat(data("report.docx"), head))
    assert (text.media, text.problem) == ("word_xml", None)
    assert text.blocks == read_file(data("report.docx")).blocks


def test_a_report_of_word_2003_says_what_the_word_file_of_today_says() -> None:
    with zipfile.ZipFile(io.BytesIO(data("report.docx"))) as archive:
        document = archive.read("word/document.xml").decode()
    body = document[document.index("<w:body>") + len("<w:body>") : document.index("</w:body>")]
    old = of_2003(body.replace("w:vMerge", "w:vmerge"), styles="")
    text = read_file(old)
    assert (text.media, text.problem) == ("word_xml", None)
    assert text.blocks == read_file(data("report.docx")).blocks
    assert grids(text)[0].cells == form()
    report = run(Document(Capture(old, "http://www.example.gov.cn/nb.doc")))
    assert (report.state, report.title, report.report_year) == ("report", TITLE, 2022)


def test_numbers_that_word_2003_has_counted_are_written_out_and_bullets_are_not() -> None:
    counted = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="{}"/><wx:font wx:val="{}"/></w:listPr>'
    first = paragraph("总体情况", counted.format("一、", "仿宋_GB2312"))
    second = paragraph("网站公开。", counted.format("·", "Symbol"))
    assert [block.text for block in read_file(of_2003(first, second)).blocks] == ["一、总体情况", "网站公开。"]


def test_styles_and_the_look_of_runs_are_those_of_word_2003() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>县水利局</w:t></w:r></w:p>"
    light = '<w:p><w:r><w:rPr><w:b w:val="off"/></w:rPr><w:t>正文。</w:t></w:r></w:p>'
    blocks = read_file(of_2003(paragraph("2013年年报", '<w:pStyle w:val="b"/>'), bold, light)).blocks
    assert [(block.text, block.kind, block.bold, block.align) for block in blocks] == [
        ("2013年年报", "heading", True, "center"),
        ("县水利局", "paragraph", True, "left"),
        ("正文。", "paragraph", False, "left"),
    ]


def test_what_stands_in_sections_frames_and_tracked_changes_is_read_and_what_was_deleted_is_not() -> None:
    change = '<aml:annotation aml:id="1" w:type="Word.{}"><aml:content><w:r>{}</w:r></aml:content></aml:annotation>'
    changed = "<w:p><w:r><w:t>公开信息</w:t></w:r>{}{}</w:p>".format(
        change.format("Insertion", "<w:t>31条</w:t>"), change.format("Deletion", "<w:delText>30条</w:delText>")
    )
    framed = f"<wx:sub-section>{paragraph('一、概述')}<wx:pBdrGroup><wx:apo/>{changed}</wx:pBdrGroup></wx:sub-section>"
    link = '<w:p><w:hlink w:dest="http://www.example.gov.cn/"><w:r><w:t>县政府网站</w:t></w:r></w:hlink></w:p>'
    assert [block.text for block in read_file(of_2003(framed, link)).blocks] == ["一、概述", "公开信息31条", "县政府网站"]


def test_cells_that_word_2003_merges_are_one() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = [
        cell("办理结果", '<w:vmerge w:val="restart"/>') + cell("予以公开") + cell("3"),
        cell("", "<w:vmerge/>") + cell("不予公开") + cell("1"),
        cell("总计", '<w:gridSpan w:val="2"/>') + cell("4"),
    ]
    (grid,) = grids(read_file(of_2003(f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")))
    assert grid.cells == [["办理结果", "予以公开", "3"], ["办理结果", "不予公开", "1"], ["总计", "总计", "4"]]
    assert grid.spans == [Span(0, 0, 2, 1), Span(2, 0, 1, 2)]


VAST = HEAD + ROOT + " " * (17 << 20)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(f"{HEAD}<w:wordDocument/>".encode(), "it holds no document of Word's", id="no namespace"),
        pytest.param(f"{HEAD}{ROOT}</w:wordDocument>".encode(), "it holds no document of Word's", id="no body"),
        pytest.param(HEAD.encode() + b"<", "it holds no document of Word's", id="cut off"),
        pytest.param(of_2003(), "a Word XML file without text", id="empty"),
        pytest.param(flat(zipped({"[Content_Types].xml": b""})), "it is broken", id="empty package"),
        pytest.param(VAST.encode(), "it has more than 16 MiB", id="vast"),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, problem: str) -> None:
    text = read_file(body)
    assert (text.media, text.blocks) == ("word_xml", [])
    assert problem in (text.problem or "")


@given(name=st.sampled_from(("old", "flat")), seed=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_damage_never_raises(name: str, seed: int) -> None:
    body = of_2003(paragraph("一、概述"), paragraph("全年公开信息31条。")) if name == "old" else flat(data("report.docx"))
    text = read_file(damaged(body, random.Random(seed)))
    assert bool(text.blocks) != bool(text.problem)
