"""The report in a file: pages that carry it, documents that are files, and what is said of files that were not read."""

import base64
import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as new_document
from openpyxl import Workbook

from pipelines import run
from pipelines.attachments import CONVERTED_FROM, NOT_CONVERTED
from pipelines.model import Capture, Document, Hints, Report
from tests.ofd_files import of_pdf
from tests.pages import BODY, PREAMBLE, document, paragraphs, portal_page
from tests.test_word_xml import flat

FILES = Path(__file__).parent / "data" / "files"
TITLE = "安乡县档案馆2022年政府信息公开工作年度报告"
LINK = '<p>请查看附件：<a href="/f/{0}">{0}</a></p>'
BASE = "http://www.example.gov.cn/f/"


def data(name: str) -> bytes:
    return (FILES / name).read_bytes()


def word(*lines: str) -> bytes:
    made = new_document()
    for line in lines:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def carrying(*files: tuple[str, bytes], title: str = TITLE, article: str = "", **headers: str) -> Report:
    """The record of a page that links to files, which were fetched."""
    page = portal_page(article + "".join(LINK.format(name) for name, _ in files), title=title, date="2023-01-18")
    carrier = document(page)
    carrier.attachments = [Capture(body, BASE + name, headers=headers) for name, body in files]
    return run(carrier)


def lead(body: bytes, **hints: str) -> Report:
    return run(Document(Capture(body, BASE + "1.bin", hints=Hints(**hints)), source="a file"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("report.pdf", data("report.pdf")),
        ("report.docx", data("report.docx")),
        ("report.ofd", of_pdf(data("report.pdf"))),
        ("report.word_xml", flat(data("report.docx"))),
    ],
)
def test_a_page_without_text_takes_that_of_its_file(name: str, body: bytes) -> None:
    report = carrying((name, body))
    assert (report.state, report.title, report.published, report.report_year) == ("report", TITLE, "2023-01-18", 2022)
    assert report.text.startswith("依照《中华人民共和国政府信息公开条例》")
    assert report.text.endswith("安乡县档案馆\n2023年1月16日")
    assert TITLE not in report.text
    assert [(a.url, a.media, a.read, a.problem) for a in report.attachments] == [(BASE + name, name[7:], True, None)]
    assert [(e.value, e.words) for e in report.evidence["text"]] == [(name[7:], name)]
    assert sum(f.metric == "applications" for f in report.figures) >= 175


def test_a_page_with_a_report_of_its_own_keeps_it_and_the_file_stays_a_link() -> None:
    report = carrying(("report.pdf", data("report.pdf")), article=paragraphs(PREAMBLE, *BODY))
    assert report.text.startswith(PREAMBLE)
    assert [(a.media, a.read) for a in report.attachments] == [("pdf", False)]


def test_the_files_title_is_the_reports_where_the_page_names_none() -> None:
    report = carrying(("report.docx", data("report.docx")), title="附件下载")
    assert (report.state, report.title) == ("report", TITLE)
    assert report.evidence["title"][0].where == "attachment"


def test_the_same_report_in_two_formats_is_one() -> None:
    report = carrying(("report.pdf", data("report.pdf")), ("report.docx", data("report.docx")))
    assert report.state == "report"
    assert [a.read for a in report.attachments] == [False, True]


def test_two_reports_on_one_page_are_for_a_person_to_part() -> None:
    other = word("2021年年报", PREAMBLE, *BODY)
    report = carrying(("report.docx", data("report.docx")), ("older.docx", other))
    assert report.state == "needs_review"
    assert report.reason == "the page carries several reports, each in a file: report.docx, older.docx"


@pytest.mark.parametrize(("body", "year"), [("安乡县档案馆", "2021"), ("安乡县水利局", "2022")])
def test_a_report_of_another_year_or_body_in_the_same_words_is_another(body: str, year: str) -> None:
    lines = ["安乡县档案馆2022年政府信息公开工作年度报告", PREAMBLE.replace("2015", "2022"), *BODY]
    other = [line.replace("安乡县档案馆", body).replace("2022", year) for line in lines]
    report = carrying(("甲.docx", word(*lines)), ("乙.docx", word(*other)), title="附件下载")
    assert report.state == "needs_review"
    assert report.reason == "the page carries several reports, each in a file: 甲.docx, 乙.docx"


def test_an_annex_of_tables_beside_the_text_is_not_the_report() -> None:
    report = carrying(("table.xls", data("table.xls")), ("report.docx", data("report.docx")))
    assert [a.read for a in report.attachments] == [False, True]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(data("scan.pdf"), "a PDF file; it is a scan", id="scan"),
        pytest.param(data("locked.pdf"), "a PDF file; it is under a password", id="password"),
        pytest.param(data("report.doc"), "a Word 97 file; install libreoffice-writer to read it", id="Word 97"),
        pytest.param(b"", "not there: the server did not answer", id="not fetched"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_page_for_review_with_the_reason(body: bytes, words: str) -> None:
    carrier = document(portal_page(LINK.format("report.pdf"), title=TITLE))
    carrier.attachments = [Capture(body, BASE + "report.pdf", 200 if body else 0)]
    report = run(carrier)
    assert report.state == "needs_review"
    assert words in (report.reason or "")
    assert words in (report.attachments[0].problem or "")
    assert not report.attachments[0].read


def test_the_record_says_what_a_converted_file_was() -> None:
    report = carrying(("report.doc", data("report.docx")), **{CONVERTED_FROM: "doc"})
    assert [(a.media, a.read) for a in report.attachments] == [("doc", True)]


def test_the_record_says_why_a_file_was_not_converted() -> None:
    report = carrying(("report.doc", data("report.doc")), **{NOT_CONVERTED: "LibreOffice cannot read it"})
    assert report.attachments[0].problem == "a Word 97 file; LibreOffice cannot read it"


# --- tables in a file beside the page's own text ----------------------------------------------------------------------

OWN = paragraphs(PREAMBLE, *BODY, "安乡县档案馆", "2023年1月16日")


def sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ANNEX = sheet(
    ["政府信息公开情况统计表"],
    ["统计指标", "单位", "统计数"],
    ["（一）收到申请数", "件", 7],
    ["1．当面申请数", "件", 3],
    ["2．传真申请数", "件", 0],
    ["（二）申请办结数", "件", 7],
)


def sources(report: Report) -> list[tuple[object, str, str]]:
    """The files that the report rests on, and what of the text is theirs."""
    found = report.evidence.get("text", [])
    return [(e.value, e.words, "" if e.start is None else report.text[e.start : e.end]) for e in found]


def test_an_annex_joins_the_report_before_its_sign_off() -> None:
    report = carrying(("tj.xlsx", ANNEX), ("report.pdf", data("scan.pdf")), article=OWN)
    assert report.state == "report"
    assert [(a.name, a.read) for a in report.attachments] == [("tj.xlsx", True), ("report.pdf", False)]
    lines = report.text.splitlines()
    assert lines[0] == PREAMBLE
    assert lines[-8:-6] == ["政府信息公开情况统计表", "统计指标\t单位\t统计数"]
    assert (report.signed, lines[-1]) == ("2023-01-16", "2023年1月16日")
    assert [table.grid[1] for table in report.tables] == [["（一）收到申请数", "件", "7"]]
    assert sources(report) == [("xlsx", "tj.xlsx", "\n".join(lines[-8:-2]))]


def test_a_file_that_repeats_the_page_gives_only_the_tables_that_the_page_lacks() -> None:
    made = new_document()
    for line in (TITLE, PREAMBLE, *BODY):
        made.add_paragraph(line)
    table = made.add_table(3, 2)
    for at, row in enumerate((("统计指标", "统计数"), ("收到申请数", "7"), ("申请办结数", "7"))):
        table.cell(at, 0).text, table.cell(at, 1).text = row
    out = io.BytesIO()
    made.save(out)
    report = carrying(("全文.docx", out.getvalue()), article=OWN)
    assert report.text.count(PREAMBLE) == 1
    assert [table.grid for table in report.tables] == [[["统计指标", "统计数"], ["收到申请数", "7"], ["申请办结数", "7"]]]
    again = carrying(("tj.xlsx", ANNEX), ("tj2.xlsx", ANNEX), article=OWN)
    assert (len(again.tables), [a.read for a in again.attachments]) == (1, [True, False])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(sheet(["序号", "事项", "依据"], [1, "取水许可", "水法"], [2, "河道采砂", "水法"]), id="another table"),
        pytest.param(data("report.docx"), id="another report"),
        pytest.param(word("填表说明", "请各单位于月底前报送。"), id="words"),
    ],
)
def test_what_is_not_the_reports_stays_a_file(body: bytes) -> None:
    report = carrying(("目录.xlsx", body), article=OWN)
    assert (report.tables, report.text.splitlines()[-1], sources(report)) == ([], "2023年1月16日", [])
    assert [(a.read, a.problem) for a in report.attachments] == [(False, None)]


def test_a_report_in_a_file_takes_the_annex_of_another() -> None:
    bare = word(TITLE, PREAMBLE, *BODY, "安乡县档案馆", "2023年1月16日")
    report = carrying(("nb.docx", bare), ("tj.xlsx", ANNEX))
    assert [a.read for a in report.attachments] == [True, True]
    assert [(value, words) for value, words, _ in sources(report)] == [("docx", "nb.docx"), ("xlsx", "tj.xlsx")]
    assert (len(report.tables), report.signed) == (1, "2023-01-16")


def test_a_web_archive_is_read_like_the_page_in_it() -> None:
    page = portal_page(paragraphs(PREAMBLE, *BODY), title=TITLE, date="2023-01-18").encode("gbk")
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
    part = b'--x\r\nContent-Type: text/html; charset="gbk"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    report = lead(head + part + base64.encodebytes(page) + b"--x--\r\n")
    assert (report.state, report.title, report.published) == ("report", TITLE, "2023-01-18")


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<iframe src="/art/7_body.html"></iframe>', "a frame shows http://www.example.gov.cn/art/7_body.html"),
        (
            "<script>$.ajax({type: 'post', url: '/EpointWebBuilder/getGovInfoDetail', data: {guid: 7}})</script>",
            "a script asks http://www.example.gov.cn/EpointWebBuilder/getGovInfoDetail for it",
        ),
        (
            "<script>$.get('/click/count.do?newsid=7'); axios.post('html/info/detail', {id: 7})</script>",
            "a script asks http://www.example.gov.cn/c/html/info/detail for it",
        ),
    ],
)
def test_a_text_that_stands_elsewhere_is_told_with_its_address(markup: str, told: str) -> None:
    report = run(document(portal_page(markup, title=TITLE)))
    assert report.state == "needs_review"
    assert (report.reason or "").endswith(told)


def test_a_redirected_file_has_the_name_that_the_server_gives_it() -> None:
    carrier = document(portal_page('<p><a href="/download.jsp?id=7">报告全文</a></p>', title=TITLE))
    carrier.attachments = [
        Capture(
            data("report.docx"),
            "http://www.example.gov.cn/store/7",
            headers={"content-disposition": "attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.docx"},
        )
    ]
    report = run(carrier)
    assert report.state == "report"
    assert [a.name for a in report.attachments if a.read] == ["年报.docx"]


@pytest.mark.parametrize("name", ["report.pdf", "report.docx"])
def test_a_document_that_is_a_file_is_read_like_a_page(name: str) -> None:
    report = lead(data(name), listed="2023-01-18")
    assert (report.state, report.title, report.published, report.report_year) == ("report", TITLE, "2023-01-18", 2022)
    assert report.reporting_body is not None
    assert report.reporting_body.as_printed == "安乡县档案馆"
    assert report.regime == "format_2021"
    assert report.signed == "2023-01-16"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (data("scan.pdf"), "the document is a PDF file; it is a scan: 2 page(s) of pictures without text"),
        (data("report.doc"), "the document is a Word 97 file; install libreoffice-writer to read it"),
        (b"\x89PNG\r\n", "the document is an image; its text cannot be read"),
    ],
)
def test_a_document_that_is_no_readable_file_waits_for_review(body: bytes, reason: str) -> None:
    report = lead(body)
    assert (report.state, report.reason) == ("needs_review", reason)


def test_a_file_that_is_no_report_is_judged_as_a_page_is() -> None:
    assert (
        lead(word("关于开展春季植树的通知", "请各单位于三月十二日前报送参加人员名单，统一安排车辆前往。")).state
        == "not_a_report"
    )


def test_what_a_file_lacks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.files.pdf.MAX_PAGES", 1)
    report = carrying(("report.pdf", data("report.pdf")))
    assert [i.message for i in report.issues if i.code == "file_incomplete"] == [
        "report.pdf was not read whole: only its first 1 pages were read."
    ]


def test_a_broken_archive_is_a_reason_not_an_error() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("年报.docx", b"PK\x03\x04 and no more")
    report = carrying(("report.zip", out.getvalue()))
    assert "was not read" in (report.attachments[0].problem or "")
