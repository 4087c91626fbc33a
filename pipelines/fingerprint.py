"""What two copies of the same text have in common, in a string of fixed size.

A fingerprint holds a hash of the whole normalised text and a sketch of its sentences, so that two stored fingerprints alone
tell whether two texts are the same words, and which share of their sentences they have in common. Nothing of it comes from
bytes, addresses or times: a page that carries a new token, another chrome or the other width of punctuation keeps its
fingerprint.

The sketch is the SKETCH_SIZE smallest hashes of the distinct sentences, which is a random sample of them; the share estimated
from it is exact up to SKETCH_SIZE sentences and has a standard deviation near 0.1 beyond. Similarity alone never makes two
pages one report (annual reports are written from templates): `editions` asks for it only where body and year agree.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from pipelines.draft import Draft

VERSION = "1"

SKETCH_SIZE = 32
SENTENCE_LENGTH = 12
"""Shortest normalised sentence that counts: below it are headings and the labels of the official form, which all share."""

_DIGEST_BYTES, _COUNT_BYTES, _HASH_BYTES = 16, 3, 4
_BANDS = 6
_BAND_WIDTH = 3

_SENTENCE_ENDS = "。！？；!?;\t"
# A point between digits stays: 8.4 and 84 are different numbers.
_POINT = re.compile(r"\.(?:(?!\d)|(?<!\d\.))")
_NOISE = re.compile(r"[^\w.\n]")
_COMMON_NOISE = " ,、:“”()《》%_/-—[]@+<>·"
"""What a text has most of; to replace these first is three times faster than to leave all to `_NOISE`."""


class _Parts(NamedTuple):
    digest: bytes
    size: int
    sketch: list[int]
    ceiling: int
    """Below it the sketch has every sentence."""


def fingerprint(draft: Draft) -> None:
    """Sets `report.fingerprint` from the folded text of the draft."""
    draft.report.fingerprint = fingerprint_of(draft.plain)


def fingerprint_of(plain: str) -> str:
    """The fingerprint of a text that is folded for matching: half-width digits, simplified script."""
    pieces = _pieces(plain)
    digest = blake2b("".join(pieces).encode(), digest_size=_DIGEST_BYTES).digest()
    hashes = sorted({_digest_of(sentence) for sentence in pieces if len(sentence) >= SENTENCE_LENGTH})
    packed = b"".join(hashes[:SKETCH_SIZE]).ljust(SKETCH_SIZE * _HASH_BYTES, b"\0")
    raw = digest + len(hashes).to_bytes(_COUNT_BYTES, "big") + packed
    return f"{VERSION}:{base64.urlsafe_b64encode(raw).decode()}"


def sentences(text: str) -> list[str]:
    """The sentences of a text that are long enough to say something, in order, as `_pieces` normalises them."""
    return [sentence for sentence in _pieces(text) if len(sentence) >= SENTENCE_LENGTH]


def _pieces(text: str) -> list[str]:
    """The letters, Han characters and digits of each sentence of a text, without case, white space and punctuation."""
    if "." in text:
        text = _POINT.sub("", text)
    for sign in _SENTENCE_ENDS:
        text = text.replace(sign, "\n")
    for sign in _COMMON_NOISE:
        text = text.replace(sign, "")
    if not text.replace("\n", "").replace(".", "").isalnum():
        text = _NOISE.sub("", text)
    return text.casefold().split("\n")


def same_text(a: str, b: str) -> bool:
    """True for two texts with the same words and numbers in the same order."""
    return _parts(a).digest == _parts(b).digest


def sentence_count(fingerprint: str, aside: frozenset[int] = frozenset()) -> int:
    """How many distinct sentences the text has; 0 for a page whose report is a picture or a file.

    Sentences whose hash is in `aside` are left out here and in the questions below, as far as the sketch knows them.
    """
    return _parts(fingerprint, aside).size


def overlap(a: str, b: str, aside: frozenset[int] = frozenset()) -> float:
    """The share, 0 to 1, of the sentences of the shorter text that also stand in the other.

    Raises ValueError for a string that is not a fingerprint of this version.
    """
    left, right = _parts(a, aside), _parts(b, aside)
    if left.digest == right.digest:
        return 1.0
    if not left.size or not right.size:
        return 0.0
    # Below the smaller of the two largest sampled hashes, both samples are complete.
    ceiling = min(left.ceiling, right.ceiling)
    mine = {value for value in left.sketch if value <= ceiling}
    theirs = {value for value in right.sketch if value <= ceiling}
    jaccard = len(mine & theirs) / (len(mine | theirs) or 1)
    shared = jaccard / (1 + jaccard) * (left.size + right.size)
    return min(1.0, shared / min(left.size, right.size))


def bands_of(fingerprint: str, aside: frozenset[int] = frozenset()) -> list[int]:
    """Signed 64-bit keys of which texts with nearly the same sentences share at least one.

    The sketch is dealt into _BANDS hands, and a band is the _BAND_WIDTH smallest hashes of its hand: two texts of Jaccard
    similarity s share a given band with a probability near s ** _BAND_WIDTH, so .8 meets in 99 of 100 cases and .3 in 15.
    """
    sketch = _parts(fingerprint, aside).sketch
    hands = ([value for value in sketch if value % _BANDS == hand][:_BAND_WIDTH] for hand in range(_BANDS))
    return [_band(number, hand) for number, hand in enumerate(hands) if hand]


def _parts(fingerprint: str, aside: frozenset[int] = frozenset()) -> _Parts:
    version, _, encoded = fingerprint.partition(":")
    if version != VERSION:
        raise ValueError(f"not a fingerprint of version {VERSION}: {fingerprint[:40]!r}")
    raw = base64.urlsafe_b64decode(encoded)
    digest, rest = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    count, packed = int.from_bytes(rest[:_COUNT_BYTES], "big"), rest[_COUNT_BYTES:]
    offsets = range(0, min(count, SKETCH_SIZE) * _HASH_BYTES, _HASH_BYTES)
    sketch = [int.from_bytes(packed[at : at + _HASH_BYTES], "big") for at in offsets]
    ceiling = sketch[-1] if count > SKETCH_SIZE else 2 ** (8 * _HASH_BYTES)
    kept = [value for value in sketch if value not in aside]
    if len(kept) < len(sketch):  # the sketch is a random sample: the text has the same share of them
        count = round(count * len(kept) / len(sketch))
    return _Parts(digest, count, kept, ceiling)


def hash_of(sentence: str) -> int:
    """The hash by which a sketch knows a sentence."""
    return int.from_bytes(_digest_of(sentence), "big")


def _digest_of(sentence: str) -> bytes:
    return blake2b(sentence.encode(), digest_size=_HASH_BYTES).digest()


def _band(number: int, hand: Iterable[int]) -> int:
    key = ",".join(map(str, (number, *hand))).encode()
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big", signed=True)
