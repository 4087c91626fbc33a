"""Archives in archives: one level is opened, within the limits of one archive."""

import io
import zipfile
from pathlib import Path

import pytest

from crawler.convert import converted
from pipelines import run
from pipelines.files.reading import read_file
from pipelines.model import Capture, Document
from tests.test_convert import DOC, needs_bsdtar, office, rar, write  # noqa: F401  # a fixture
from tests.test_files import TITLE, data, report_of, workbook, zipped


def test_a_report_in_an_archive_in_an_archive_is_read_with_its_sheets() -> None:
    inner = zipped({"年报.docx": data("report.docx"), "附表.xlsx": workbook([["指标", "本年"], ["公开", 3]])})
    text = read_file(zipped({"2022年/年报.zip": inner, "说明.txt": "请解压后阅读。".encode()}))
    assert (text.problem, text.gaps, text.blocks[0].text) == (None, [], TITLE)
    assert "指标\t本年\n公开\t3" in [block.text for block in text.blocks]


def test_reports_in_several_archives_are_nobodys_report() -> None:
    text = read_file(
        zipped({"甲.zip": zipped({"年报.docx": data("report.docx")}), "乙.zip": zipped({"年报.docx": report_of("水利局")})})
    )
    assert text.problem == "a ZIP archive; it holds several texts: 甲.zip/年报.docx, 乙.zip/年报.docx"


def test_a_third_level_is_not_opened() -> None:
    inner = zipped({"丙.zip": zipped({"年报.docx": data("report.docx")})})
    assert read_file(zipped({"乙.zip": inner})).problem == "a ZIP archive; 乙.zip/丙.zip was not read"


def locked() -> bytes:
    """An archive whose member says that it is under a password."""
    body = bytearray(zipped({"年报.docx": b"x" * 40}))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    return bytes(body)


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        pytest.param(locked(), "it is under a password", id="password"),
        pytest.param(zipped({"x": bytes(30 << 20)}), "times its size", id="ratio"),
        pytest.param(zipped({f"{i}": b"x" for i in range(60)}), "it holds 60 files", id="count"),
        pytest.param(b"PK\x03\x04", "it is broken", id="broken"),
    ],
)
def test_an_archive_that_is_not_opened_is_a_gap_beside_the_report(inner: bytes, why: str) -> None:
    text = read_file(zipped({"年报.docx": data("report.docx"), "其他.zip": inner}))
    assert text.blocks[0].text == TITLE
    assert len(text.gaps) == 1
    assert text.gaps[0].startswith("其他.zip was not read: ")
    assert why in text.gaps[0]
    assert why in (read_file(zipped({"其他.zip": inner})).problem or "")


def noise(size: int) -> bytes:
    """Bytes that no compression makes much smaller, and few of which are one text."""
    return bytes(range(256)) * (size >> 8)


def stored(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_all_archives_together_keep_within_the_limits_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = {f"{at}.zip": zipped({f"{n}.png": b"\x89PNG" for n in range(20)}) for at in range(4)}
    text = read_file(zipped(inner))
    assert "2.zip was not read: it holds 20 files; at most 6 are opened" in (text.problem or "")
    monkeypatch.setattr("pipelines.files.limits.MAX_INFLATED", 3 << 20)
    text = read_file(stored({f"{at}.zip": stored({"x": noise(900 << 10)}) for at in range(2)}))
    assert "1.zip was not read: it unpacks to more than 3 MiB" in (text.problem or "")


def test_an_old_word_file_in_an_archive_in_an_archive_is_converted(office: Path) -> None:  # noqa: F811
    (office.parent / "new.docx").write_bytes(data("report.docx"))
    write(office, f'mkdir -p "$7"; cp {office.parent}/new.docx "$7/file.docx"')
    document = converted(Document(Capture(zipped({"年报.zip": zipped({"年报.doc": DOC})}))))
    report = run(document)
    assert (report.state, report.title) == ("report", TITLE)


@needs_bsdtar
def test_an_archive_in_a_rar_archive_is_opened() -> None:
    document = converted(Document(Capture(rar({"年报.zip": zipped({"年报.docx": data("report.docx")})}))))
    assert run(document).title == TITLE
