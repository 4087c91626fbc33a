"""What two copies of one text have in common, and what tells two texts apart."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.fingerprint import bands_of, fingerprint_of, overlap, same_text, sentence_count
from tests.storing import draft_of, text_of


def sentences(number: int, seed: int = 1) -> list[str]:
    source = random.Random(seed)
    return ["".join(source.choices("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳", k=20)) + "。" for _ in range(number)]


def test_layout_and_punctuation_leave_no_trace() -> None:
    spread = text_of().replace("。\n", "。\n\n  ").replace(",", "，").replace("的", " 的")
    assert fingerprint_of(spread) == fingerprint_of(text_of())


def test_the_address_the_bytes_and_the_time_leave_no_trace() -> None:
    one = draft_of(url="http://a.gov.cn/1", fetched_at="2023-01-01T00:00:00+08:00", bytes_=b"<p>1</p>")
    other = draft_of(url="http://b.gov.cn/2", fetched_at="2024-01-01T00:00:00+08:00", bytes_=b"<p>2</p>")
    assert one.report.fingerprint == other.report.fingerprint


@pytest.mark.parametrize(("one", "other"), [("公开3127条", "公开3128条"), ("收费8.4万元", "收费84万元"), ("第1项", "第一项")])
def test_another_number_is_another_text(one: str, other: str) -> None:
    assert not same_text(fingerprint_of(one), fingerprint_of(other))


def test_a_point_that_numbers_a_heading_is_punctuation() -> None:
    assert same_text(fingerprint_of("1.主动公开的情况"), fingerprint_of("1、主动公开的情况"))


def test_the_size_is_fixed() -> None:
    texts = ["", "短", text_of(), "".join(sentences(500))]
    assert {len(fingerprint_of(text)) for text in texts} == {198}
    assert set(fingerprint_of(text_of())) <= set(string.ascii_letters + string.digits + "-_:")


def test_a_lost_end_is_a_full_overlap_of_the_shorter_side() -> None:
    whole, cut = fingerprint_of(text_of()), fingerprint_of(text_of(keep=7))
    assert overlap(whole, cut) == overlap(cut, whole) == 1.0
    assert not same_text(whole, cut)


def test_short_texts_are_compared_exactly() -> None:
    words = sentences(20)
    assert overlap(fingerprint_of("".join(words)), fingerprint_of("".join(words[:5] + sentences(15, seed=2)))) == 0.25


@pytest.mark.parametrize("shared", [0, 30, 60, 90])
def test_long_texts_are_estimated(shared: int) -> None:
    errors = []
    for seed in range(2, 42):
        common = sentences(shared, seed + 200)
        one, other = sentences(100 - shared, seed), sentences(150 - shared, seed + 100)
        estimate = overlap(fingerprint_of("".join(common + one)), fingerprint_of("".join(other + common)))
        errors.append(estimate - shared / 100)
    assert max(map(abs, errors)) < 0.4
    assert abs(sum(errors) / len(errors)) < 0.07


def test_texts_without_sentences_share_nothing() -> None:
    picture, report = fingerprint_of("附件"), fingerprint_of(text_of())
    assert sentence_count(picture) == 0
    assert overlap(picture, report) == 0.0
    assert overlap(picture, picture) == 1.0


@pytest.mark.parametrize("wrong", ["", "0:AAAA", "something else"])
def test_a_string_of_another_version_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a fingerprint of version 1"):
        overlap(wrong, fingerprint_of(text_of()))


@pytest.mark.parametrize(("number", "changed"), [(10, 1), (40, 4), (200, 20)])
def test_nearly_the_same_texts_share_a_band(number: int, changed: int) -> None:
    met = 0
    for seed in range(100):
        words = sentences(number, seed)
        other = words[changed:] + sentences(changed, seed + 1000)
        met += bool(set(bands_of(fingerprint_of("".join(words)))) & set(bands_of(fingerprint_of("".join(other)))))
    assert met >= 95


def test_different_texts_share_no_band() -> None:
    one, other = fingerprint_of("".join(sentences(100))), fingerprint_of("".join(sentences(100, seed=2)))
    assert not set(bands_of(one)) & set(bands_of(other))


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    a, b = fingerprint_of(one), fingerprint_of(other)
    assert 0.0 <= overlap(a, b) == overlap(b, a) <= 1.0
    assert all(-(2**63) <= band < 2**63 for band in bands_of(a))
