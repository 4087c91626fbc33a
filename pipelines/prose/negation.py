"""Zeros said in words: 未收到…, 没有发生…, 无…, …均为零, 均免费提供.

A negation governs the nouns that follow it in its clause and in clauses that go on listing (也, 及, a noun of a remedy); where
nothing follows it (行政复议、行政诉讼均未发生) the nouns before it. It ends at 。 and ;, at a contrast, where a number begins.
Labels that hold a negation (无法提供, 无正当理由, 未经复议, 不予公开) are none, and the part on problems is not read: a lack
there (没有形成制度) counts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.prose.metrics import Metric, load_metrics
from pipelines.prose.quantities import Quantity
from pipelines.prose.sentences import Sentence

_CUE = re.compile(
    r"未(?:曾|有|再|出现|发生|产生|收到|接到|接收|接获|接受|收取|收费|收悉|受理|涉及|引发|引起|因|被|对|就|向|提起|办理|征收|发现|形成|召开|举办|举行|安排)"
    r"|(?<!信息)不存在"
    r"|(?<=[均为])免(?=费提供(?:[,;]|\Z))"
    r"|没有?(?!专|人|及时|形成|建立|完全|足够|专门|明确|统一|能|按|得到|把|设立|跟上)"
    r"|(?<![有全毫])无(?!法|正当|关|偿|障碍|缝|线|锡|效|论|需|条件|疑|私|故|纸|形|限|视|人|须|理|从|为|极|棣|所|差|一|不良|明确|专)"
)
_SIGN = re.compile("[未没无不免]")
_END = re.compile(r"[;]|但|不过|而是|其中|已全部|均已|\d|\Z")
_GOES_ON = re.compile(
    r"\s*(?:也|亦|及|以及|和|或|更|同时(?:也)?(?:未|没)|因"
    r"|(?:政府)?(?:信息公开)?(?:行政)?(?:复议|诉讼|申诉|举报|投诉))"
)
_EMPTY = re.compile(
    r"(?:曾|有|再|出现|发生|产生|收到|接到|接收|受理|涉及|收取|提起|办理|召开|举办|举行|安排|此类|相关|有关|上述|这类|情况|情形|现象|事项|案件|案例|过)*"
    r"[)”\"\s]*(?=[,;]|\Z)"
)
_TOGETHER = "均都各皆为"
_NOT_ONE = re.compile(r"(?:发生|出现|收到|接到|接收|受理|产生|引发|引起|有|过)*[1一]\s?[起件例宗次条份个]")
"""未发生一起…: not one."""
_ZERO = re.compile(r"(?:均|都|各|皆|全部|数量|数)*(?:为|是)\Z|[均都各皆]\Z")
_JOINED = re.compile(r"[、和及与或](?:行政|提起)?[^,;、]{0,8}\Z")
_FAR = 8
"""A negation stands at most so many characters before its 一起."""
_SHORT = 24
"""A sentence that only denies, without a noun of its own, is shorter than this."""


def find_zeros(sentence: Sentence) -> Iterator[tuple[Metric, Quantity]]:
    """The metrics that a sentence sets to zero in words, or to one number for several, each with the quantity that says so."""
    metrics = load_metrics().negatable
    text, offset = sentence.text, sentence.start
    for quantity in sentence.quantities:
        if not quantity.value or text[quantity.start - offset - 1 : quantity.start - offset] in _TOGETHER:
            yield from _for_several(text, quantity, offset, metrics, sentence.headings)
    if "problems_improvements" in sentence.sections or not _SIGN.search(text):
        return
    for cue in _cues(text):
        nouns = _governed(text, cue, sentence.headings)
        for metric in _named_in(" ".join(nouns)):
            if metric.zero and any(metric.zero.search(words) for words in nouns):
                zero = Quantity(0, "", "exact", "zero_in_words", offset + cue.start(), offset + cue.end())
                yield metric, zero


def _cues(text: str) -> Iterator[re.Match[str]]:
    """The negations of a text; they are looked for only where their first characters stand, which are few."""
    end = 0
    for sign in _SIGN.finditer(text):
        if sign.start() >= end and (cue := _CUE.match(text, sign.start())):
            end = cue.end()
            yield cue


def is_denied(text: str, at: int) -> bool:
    """Whether the number at a place is that of 未发生一起 or 没有1件, which counts none."""
    cue = next((cue for cue in _CUE.finditer(text, max(0, at - _FAR), at + 1)), None)
    return cue is not None and (one := _NOT_ONE.match(text, _after(cue))) is not None and one.end() > at


def _after(cue: re.Match[str]) -> int:
    """Where the words begin that a negation denies: its verb is one of them."""
    sign = re.match(r"不存在|[未没无]有?", cue[0])
    return cue.start() + (sign.end() if sign else 1)


def _governed(text: str, cue: re.Match[str], headings: str) -> list[str]:
    """The pieces of text whose nouns a negation denies."""
    begin = _after(cue)
    not_one = _NOT_ONE.match(text, begin)
    if not_one:
        begin = not_one.end()
    elif _EMPTY.match(text, begin):
        return _before(text, cue.start(), headings)
    stop = _END.search(text, begin)
    end = stop.start() if stop else len(text)
    if stop and stop[0].isdigit() and "," in text[begin:end]:
        end = text.rindex(",", begin, end)  # the clause that holds a number denies nothing
    clauses = text[begin:end].split(",")
    governed = [clauses[0]]
    for clause in clauses[1:]:
        if not _GOES_ON.match(clause):
            break
        governed.append(clause)
    return governed


def _before(text: str, at: int, headings: str) -> list[str]:
    """The nouns in front of a negation that has none behind it: of its clause, of the one before, of the heading."""
    clauses = re.split("[,;]", text[:at])
    here = clauses[-1]
    if _has_noun(here):
        return [here]
    if len(clauses) > 1 and _has_noun(clauses[-2]):
        return [clauses[-2]]
    return [headings.rsplit(" ", 1)[-1]] if len(text) < _SHORT else []


def _named_in(words: str) -> tuple[Metric, ...]:
    metrics = load_metrics()
    return metrics.of(metrics.hooks_in(words))


def _has_noun(words: str) -> bool:
    return any(metric.zero and metric.zero.search(words) for metric in _named_in(words))


def _for_several(
    text: str, quantity: Quantity, offset: int, metrics: tuple[Metric, ...], headings: str
) -> Iterator[tuple[Metric, Quantity]]:
    """行政复议、行政诉讼各1件, …均为0件, 复议、诉讼0件: one number for all the nouns before it; 均为零 alone: its heading's."""
    at = quantity.start - offset
    clause = text[max(text.rfind(sign, 0, at) for sign in ",;") + 1 : at]
    together = _ZERO.search(clause)
    if together is None and not (quantity.value == 0 and _JOINED.search(clause)):
        return
    if quantity.value and not (together and together[0][0] in _TOGETHER):
        return
    if together and not quantity.value and not clause[: together.start()].strip():
        clause = headings.rsplit(" ", 1)[-1]
    for metric in metrics:
        fits = (metric.shared or quantity.value == 0) and (not quantity.unit or quantity.unit in metric.units)
        if fits and metric.zero and metric.zero.search(clause):
            yield metric, quantity
