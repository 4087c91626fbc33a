"""Bytes to text: declared, wrong, missing and broken charsets."""

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import run
from pipelines.decode import MAX_BYTES, text_of
from tests.pages import BODY, PREAMBLE, TITLE, document, judged, paragraphs, portal_page

SENTENCE = "全县各乡镇都设了查阅场所,群众可以就近查询政府公开的文件,也可以请窗口人员代为检索。"
GB_ONLY = "镕喆堃玥"
"""Characters that GBK has and GB2312 has not."""


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "big5", "nonsense", None])
@pytest.mark.parametrize("real", ["gb18030", "utf-8"])
def test_the_bytes_decide_over_the_declaration(real: str, declared: str | None) -> None:
    body = f'<meta charset="{declared}">{SENTENCE}{GB_ONLY}'.encode(real)
    text, encoding = text_of(body, f"text/html; charset={declared}" if declared else "text/html")
    assert SENTENCE + GB_ONLY in text
    assert encoding == real


def test_big5_and_utf16() -> None:
    hant = "全縣各鄉鎮都設了查閱場所,民眾可以就近查詢政府公開的文件"
    assert text_of(hant.encode("big5"), "")[0] == hant
    assert text_of(SENTENCE.encode("utf-16"), "text/html; charset=gbk")[0] == SENTENCE


def iso_2022_cn(text: str) -> bytes:
    """As RFC 1922 has it: GB2312 shifted in for each stretch of it, and designated before."""
    out = b""
    for stretch in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", text):
        high = bytes(code & 0x7F for code in stretch.encode("gb2312"))
        out += stretch.encode() if stretch.isascii() else b"\x1b$)A\x0e" + high + b"\x0f"
    return out


@pytest.mark.parametrize("declared", ["hz-gb-2312", "iso-2022-cn", "gb2312"])
def test_seven_bit_encodings(declared: str) -> None:
    page = f"<meta charset={declared}>{SENTENCE} www.example.gov.cn/~cy/"
    assert text_of(page.encode("hz")) == (page, "hz")
    assert text_of(iso_2022_cn(page)) == (page, "iso-2022-cn")
    assert text_of(b"if (a ~{ b) ~} <p>plain</p>") == ("if (a ~{ b) ~} <p>plain</p>", "ascii")


def test_bytes_of_gbk_that_gb18030_has_not() -> None:
    read, encoding = text_of(f"　{SENTENCE}欧元".encode("gb18030").replace(b"\xa1\xa1", b"\xa3\xa0") + b"\x803")
    assert (read, encoding) == (f"　{SENTENCE}欧元€3", "gb18030")


def test_a_character_cut_at_the_end_does_not_change_the_encoding() -> None:
    assert text_of(SENTENCE.encode()[:-1], "text/html; charset=gb2312")[1] == "utf-8"


@pytest.mark.parametrize(("read", "real"), [("latin-1", "utf-8"), ("latin-1", "gb18030")])
def test_a_page_that_was_encoded_twice_is_read(read: str, real: str) -> None:
    report = judged(portal_page(paragraphs(PREAMBLE, *BODY)).encode(real).decode(read).encode()).report
    assert report.text == "\n".join((PREAMBLE, *BODY))
    assert [issue.code for issue in report.issues] == ["encoded_twice"]


def test_a_menu_that_was_encoded_twice_does_not_touch_the_report() -> None:
    menu = "".join(f"<li><a href='/{n}'>{'政务公开互动交流'.encode().decode('cp1252', 'replace')}</a></li>" for n in range(9))
    report = judged(portal_page(paragraphs(PREAMBLE, *BODY), before=f"<ul>{menu}</ul>")).report
    assert report.text == "\n".join((PREAMBLE, *BODY))
    assert {issue.code for issue in report.issues} == {"encoded_twice", "undecodable_characters"}


def test_western_words_are_left_alone() -> None:
    line = "Champs-Élysées 香榭丽舍大街的咖啡馆 café，déjà vu，São Paulo，Müller，naïve，façade，crème brûlée，Besançon。"
    assert judged(portal_page(paragraphs(PREAMBLE, line))).report.text == f"{PREAMBLE}\n{line}"


def test_entities_that_were_escaped_twice_are_characters() -> None:
    page = portal_page(paragraphs(PREAMBLE, *BODY).replace("&nbsp;", "&amp;nbsp;").replace("、", "&amp;#12289;"))
    assert judged(page).report.text == "\n".join((PREAMBLE, *BODY))


def test_broken_bytes_are_counted_not_hidden() -> None:
    page = portal_page(paragraphs(PREAMBLE, *BODY)).encode()
    at = page.index("全年受理".encode())
    report = judged(page[:at] + b"\xff\xfe" + page[at:]).report
    issue = next(i for i in report.issues if i.code == "undecodable_characters")
    assert issue.sides[0].value == 2


@pytest.mark.parametrize("entity", ["&#65533;", "&#xD83D;", "&#0;", "&#x110000;"])
def test_an_entity_of_no_character_is_counted(entity: str) -> None:
    report = run(document(portal_page(paragraphs(PREAMBLE, *BODY).replace("全年受理", f"{entity}全年受理{entity}"))))
    assert report.state == "report"
    assert [(i.code, i.sides[0].value) for i in report.issues if "\ufffd" in report.text] == [("undecodable_characters", 2)]


@given(
    encoding=st.sampled_from(("utf-8", "gb18030", "big5hkscs", "utf-16", "hz")),
    declared=st.sampled_from(("utf-8", "gb2312", "big5", "hz-gb-2312", "x-user-defined", "")),
    damage=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_no_bytes_stop_a_page_and_no_character_is_lost_in_silence(
    encoding: str, declared: str, damage: list[tuple[float, bytes]]
) -> None:
    page = portal_page(paragraphs(PREAMBLE, *BODY)).replace('charset="utf-8"', f'charset="{declared}"')
    body = bytearray(page.encode(encoding, "ignore"))
    for place, put in damage:
        at = int(place * len(body))
        body[at : at + len(put)] = put[: at % 5]
    report = run(document(bytes(body)))
    msgspec.json.encode(report)
    assert not any(issue.code == "stage_failed" for issue in report.issues)
    counted = sum(int(issue.sides[0].value or 0) for issue in report.issues if issue.code == "undecodable_characters")
    assert report.state != "report" or counted >= report.text.count("\ufffd")


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (b"", "unreadable"),
        (b" \r\n\t ", "unreadable"),
        (bytes(range(256)) * 40, "unreadable"),
        (b"\x00\x01\x02\x03" * 100, "unreadable"),
        (b"%PDF-1.4 ...", "needs_review"),
        (b"PK\x03\x04....", "needs_review"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "needs_review"),
        (b"\xff\xd8\xff\xe0 JFIF", "needs_review"),
    ],
)
def test_bytes_that_are_no_page(body: bytes, state: str) -> None:
    report = judged(body).report
    assert report.state == state
    assert report.reason


def test_a_huge_page_is_read_to_the_limit_and_says_so() -> None:
    page = portal_page(paragraphs(PREAMBLE, *BODY)).encode() + b"<p>" + b" " * MAX_BYTES
    report = judged(page).report
    assert report.state == "report"
    assert "page_cut" in [i.code for i in report.issues]


def test_lone_control_characters_are_dropped() -> None:
    text = judged(portal_page(paragraphs(PREAMBLE.replace("统计", "统\x07计\x00"), *BODY))).report.text
    assert "统计期限" in text


def test_plain_text_may_keep_the_tags_of_its_title() -> None:
    report = judged("\n".join([f"<h1>{TITLE}</h1>", PREAMBLE, *BODY]), headers={}).report
    assert report.title == TITLE
    assert report.text == "\n".join([PREAMBLE, *BODY])
