"""Figures that sentences state: `read_sentences(draft)`.

Every quantity of the running text is held against the wordings of vocabulary/metrics.toml, every negation against the nouns
that it governs (`negation`). What the report then says twice, of its parts, of other years or since the beginning is sorted out
over the whole text, so that a metric has one plain figure where the report has one; two that disagree both stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from pipelines.draft import Draft
from pipelines.model import Figure
from pipelines.prose.metrics import Lone, Metric, load_metrics
from pipelines.prose.negation import find_zeros, is_denied
from pipelines.prose.quantities import Quantity
from pipelines.prose.sentences import Sentence, sentences_of

_REACH = 80
"""The words that name a number stand at most so many characters before it."""

_MEAN_OR_AIM = re.compile(
    r"平均|个别|少数|[人日月年]均|每一?[个家人月日天周年名位]|每季度|力争|预计|目标|(?<!工作)计划(?!生育)|不得|将(?:新增|达到|发布|公开|举办|开展)"
)
_AIM = re.compile(r"力争|预计|目标|计划")
_GOES_ON = re.compile(
    r"\s*(?:其中|上述|以上|已(?:[按全经]|办结|答复)|(?:[从按])?(?:以上|上述|收到的)?申请|共?(?:答复|办结)(?:了)?申请)"
)
_ELLIPTIC = re.compile(r"(?:已|均|共|全部|当年|现已|按期|按时|及时)*(?:办结|办复|答复|回复)(?:了)?\Z")
"""A clause with no more than this, or nothing, before its number says of what the clause before it speaks."""
_MEANS = re.compile(r"(?:其中|分别)?(?:通过|在|利用|依托|借助)[^,;:]{2,40}\Z")
_BEHIND = re.compile(r"[^,;:、(]{0,14}")
"""The words of its clause that follow a number."""
_YEAR = re.compile(
    r"(?:\A|[,;:(、]|其中)\s*(?:(?:截[至止]到?|[到至在从自])\s*)?"
    r"(?:(?P<year>20\d\d)\s?年(?P<since>[^,;:]{0,16}?(?:以来|起至今|至今|至20\d\d年))?|(?P<other>去年|上一?年度?+|下一?年度?+|明年|来年)(?!结转|继续|办理)|(?P<this>今年|本年|当年))"
)
_SINCE = re.compile(r"历年|[施实]行以来|开通以来|建[站立成]以来|施行至|《条例》[^,;]{0,6}以来")
_SOME_SINCE, _SOME_YEAR, _SOME_PERIOD = (
    re.compile("[来年至]"),
    re.compile("[0-9去一上下明来今本当]年"),
    re.compile("季度|半年|当月|[0-9]月"),
)
"""What every finding of the three above has in it: most sentences have none, and are not looked at twice. A whole year is
what a number speaks of anyway, so it matters only beside a part of one."""
_CUMULATIVE = re.compile(r"(?<![年度])(?:累计|历年)")
_PARTIAL = re.compile(r"(?P<whole>全年|本年度?|一年来)|第?[一二三四1-4]季度|[上下]半年|当月|(?:\A|[,;])\d{1,2}月份?[,公共主]")
_OTHER_THING = re.compile(r"(?:依申请公开|不予公开|增[加长]|减少|下降|占|办结|[回答]复|同比)[^,;、\d]{0,12}\Z")
"""A number behind one of these is no part of the total it is listed under."""
_LIST = re.compile(r"其中|包括|分别(?:为|是)?|\((?<=[条件篇份则]\()(?=[^()\d]{2,14}\d)")
_VENUE = re.compile(r"档案馆|图书馆|政务(?:服务)?(?:中心|大厅)|行政服务中心|办事大厅|文化馆|博物馆")
_BODY = re.compile(
    r"(?:(?<![我本全])(?:局|委|委员会|办|办公室|厅|科|所|站|处)|(?P<level>[省市县区州]本?级|各(?:县|区|市|州|旗|镇|乡|街道)[县区市旗乡镇街道()、]*))"
    r"(?:人民政府|政府)?(?:部门|单位|机关)?(?:全年|共|累计|共计|网站|主动)*(?=主动|公开|发布|收到|受理)"
)

Span = Literal["year", "part", "since"]
Doer = Literal["all", "body", "level"]


@dataclass(slots=True)
class Mention:
    """One statement of a metric."""

    metric: Metric
    quantity: Quantity
    sentence: Sentence
    span: Span = "year"
    """The year, a part of it, or all years since some beginning."""
    clause: str = ""
    """The words around the number."""
    lone: bool = False
    """Whether it counts only where the report states the metric nowhere else."""
    part_of: str | None = None

    @property
    def value(self) -> int | float:
        return self.quantity.value

    @property
    def doer(self) -> Doer:
        """Whether the clause names one office, or one level of government, as the one that did it."""
        match = _BODY.search(self.clause)
        if match is None:
            return "all"
        return "level" if match["level"] else "body"


def read_sentences(draft: Draft) -> list[Figure]:
    """The figures of the running text in text order; tables and the plan for next year are left out."""
    mentions: list[Mention] = []
    for sentence in sentences_of(draft):
        found: list[Mention] = []
        if sentence.quantities:
            found = _mentions(draft, sentence)
            found += _parts(draft.plain, sentence, found, mentions[-1] if mentions else None)
        for metric, zero in find_zeros(sentence):
            if not any(mention.metric is metric for mention in found):
                found.append(Mention(metric, zero, sentence))
        mentions += sorted(found, key=lambda mention: mention.quantity.start)
    return [_figure(draft, mention) for mention in _settle(draft.plain, mentions)]


def _follows(plain: str, one: Sentence, other: Sentence) -> bool:
    """Whether a sentence comes right behind another."""
    return other.start > one.end and not plain[one.end + 1 : other.start].strip()


def _mentions(draft: Draft, sentence: Sentence) -> list[Mention]:
    """The quantities of a sentence whose words name a metric."""
    plain = draft.plain
    found: list[Mention] = []
    times: _Times | None = None
    previous = sentence.start
    metrics = load_metrics()
    for quantity in sentence.quantities:
        first, last = max(previous, quantity.start - _REACH), quantity.end + _REACH
        previous = quantity.end
        clause = ""
        if quantity.value == 1 and is_denied(sentence.text, quantity.start - sentence.start):
            continue
        for metric in metrics.near(sentence.hooks, first, last, quantity.unit):
            fits = metric.wordings.fit(plain, first, quantity.start, quantity.end, sentence.end)
            open_ = metric.lone is not None and _fits_alone(metric.lone, quantity, sentence, plain, first)
            if not fits and not open_:
                continue
            clause = clause or _clause(plain, sentence, first, quantity)
            if not _allowed(metric, quantity, clause, sentence):
                continue
            lone = not (fits and _in_context(metric, quantity, sentence, plain))
            if lone and not open_:
                continue
            times = times or _Times.of(sentence.text)
            span = times.span(quantity.start - sentence.start, draft.report.report_year)
            if span is None:
                break
            found.append(Mention(metric, quantity, sentence, span, clause, lone))
            if not metric.shared:
                break
    return found


def _fits_alone(lone: Lone, quantity: Quantity, sentence: Sentence, plain: str, first: int) -> bool:
    """Whether the number stands in one of the open wordings, inside the parts where they count."""
    if not sentence.sections or not sentence.sections <= lone.inside:
        return False
    if not lone.wordings.fit(plain, first, quantity.start, quantity.end, sentence.end):
        return False
    return lone.unless.search(f"{sentence.headings}。{plain[sentence.start : quantity.start]}") is None


def _allowed(metric: Metric, quantity: Quantity, clause: str, sentence: Sentence) -> bool:
    """Whether nothing around the number makes it another thing."""
    if (_AIM if metric.mean else _MEAN_OR_AIM).search(clause):
        return False
    if metric.unless and metric.unless.search(clause):
        return False
    return not (metric.unless_sentence and metric.unless_sentence.search(sentence.text))


def _in_context(metric: Metric, quantity: Quantity, sentence: Sentence, plain: str) -> bool:
    """Whether the words around the number speak of what its metric is about.

    A sentence that goes on with the one before (其中, 已答复, 申请人) has that for context; a zero needs none, for only a form
    prints it.
    """
    if metric.context is None or not quantity.value:
        return True
    begin = max(0, sentence.start - _REACH) if _GOES_ON.match(sentence.text) else sentence.start
    around = f"{sentence.headings}。{' '.join(sentence.sections)}。{plain[begin : sentence.end]}"
    return metric.context.search(around) is not None


def _clause(plain: str, sentence: Sentence, first: int, quantity: Quantity) -> str:
    """The number's own clause, with the clause of means before it (通过网站, …) and the words that follow the number."""
    start = max(plain.rfind(",", first, quantity.start), plain.rfind(";", first, quantity.start)) + 1 or first
    if start > first:
        earlier = max([plain.rfind(sign, first, start - 1) for sign in ",;:"]) + 1 or first
        if _MEANS.match(plain, earlier, start - 1):
            start = earlier
    if _ELLIPTIC.fullmatch(plain, start, quantity.start) or not plain[start : quantity.start].strip():
        start = max(plain.rfind(sign, sentence.start, start - 1) for sign in ",;:") + 1 or sentence.start
    behind = _BEHIND.match(plain, quantity.end, sentence.end)
    return plain[start : behind.end()] if behind else plain[start : quantity.end]


@dataclass(slots=True)
class _Times:
    """The words of a sentence that say which time it speaks of, in order."""

    since: list[re.Match[str]]
    years: list[re.Match[str]]
    periods: list[re.Match[str]]

    @classmethod
    def of(cls, text: str) -> _Times:
        return cls(
            list(_SINCE.finditer(text)) if _SOME_SINCE.search(text) else [],
            list(_YEAR.finditer(text)) if _SOME_YEAR.search(text) else [],
            list(_PARTIAL.finditer(text)) if _SOME_PERIOD.search(text) else [],
        )

    def span(self, at: int, year: int | None) -> Span | None:
        """What time the number at a place of the sentence speaks of; None for another year than the report's."""
        if self.since and self.since[0].end() <= at:
            return "since"
        nearest = _last(self.years, at)
        if nearest:
            if nearest["other"]:
                return None
            if year is not None and nearest["year"] and int(nearest["year"]) != year:
                return "since" if nearest["since"] and int(nearest["year"]) < year else None
        period = _last(self.periods, at)
        return "part" if period and not period["whole"] else "year"


def _last(matches: list[re.Match[str]], at: int) -> re.Match[str] | None:
    """The last match that ends before a place."""
    return next((match for match in reversed(matches) if match.end() <= at), None)


def _parts(plain: str, sentence: Sentence, found: list[Mention], last: Mention | None) -> list[Mention]:
    """What a sentence lists after 其中 as parts of the number before it: numbers of its unit that have no metric of their own,
    save those that the name of a part says.

    Mentions of the total's own metric in the list become parts as well. The list ends at the next 其中 and, unless 其中: opens
    it, at a semicolon. `last` is the last mention before the sentence: one that begins with 其中 goes on with it.
    """
    parts: list[Mention] = []
    text = sentence.text
    markers = list(_LIST.finditer(text))
    for marker, following in zip_longest(markers, markers[1:]):
        earlier = [mention for mention in found if mention.quantity.end <= sentence.start + marker.start()]
        total = earlier[-1] if earlier else None
        if total is None and last and not marker.start() and _follows(plain, last.sentence, sentence):
            total = last
        if total is None or not total.value or total.metric.kind == "ratio":
            continue
        stop = following.start() if following else len(text)
        if not text.startswith(":", marker.end()) and ";" in text[marker.end() : stop]:
            stop = text.index(";", marker.end())
        if in_brackets := marker[0] == "(":
            stop = min(stop, marker.end() + len(text[marker.end() :].partition(")")[0]))
        listed = [q for q in sentence.quantities if marker.end() <= q.start - sentence.start < stop]
        named = [mention for mention in found if mention.quantity in listed]
        for mention in named:
            if mention.metric is total.metric:
                mention.part_of = mention.metric.id
            elif mention.metric.listed_as and mention.metric.listed_as[0] == total.metric.id:
                mention.metric = load_metrics().by_id[mention.metric.listed_as[1]]
        if any(mention.metric.total not in (None, total.metric.id) for mention in named):
            continue  # a list of something else that stands between: 已答复, 其中予以公开…
        taken = {mention.quantity.start for mention in named}
        for quantity in listed:
            fits = quantity.unit == total.quantity.unit and 0 < quantity.value <= total.value
            other = _OTHER_THING.search(text, marker.end(), quantity.start - sentence.start)
            if fits and not other and quantity.start not in taken:
                own = _listed(total.metric, quantity, text[marker.end() : quantity.start - sentence.start])
                if own or not in_brackets:  # brackets hold asides as well: (上年80条)
                    parts.append(Mention(own or total.metric, quantity, sentence, part_of=None if own else total.metric.id))
    return parts


def _listed(total: Metric, quantity: Quantity, words: str) -> Metric | None:
    """The metric that a number is by the bare name before it in a list of the total's parts: 其中政府网站2650条."""
    return next(
        (
            metric
            for metric in load_metrics().ordered
            if metric.listed and metric.total == total.id and quantity.unit in metric.units and metric.listed.search(words)
        ),
        None,
    )


def _settle(plain_text: str, mentions: list[Mention]) -> list[Mention]:
    """One plain mention per metric where the report has one, and the parts."""
    by_metric: dict[str, list[Mention]] = {}
    for mention, following in zip_longest(mentions, mentions[1:]):
        if following and _is_cumulative(plain_text, mention, following):
            mention.span = "since"
        if mention.span == "part":
            mention.part_of = mention.metric.id
        if mention.part_of is None:
            by_metric.setdefault(mention.metric.id, []).append(mention)
    dropped: set[int] = set()
    for name, stated in by_metric.items():
        plain = [mention for mention in stated if not mention.lone]
        if not plain and len({mention.value for mention in stated}) == 1:
            plain = stated
        else:
            dropped.update(id(mention) for mention in stated if mention.lone)
        in_year = [mention for mention in plain if mention.span == "year"]
        if in_year or (name == "proactive_disclosed_total" and "proactive_new_in_year" in by_metric):
            dropped.update(id(mention) for mention in plain if mention.span == "since")
        if len(in_year) < 2:
            continue
        _divide(in_year)
        kept: list[Mention] = []
        for mention in sorted(in_year, key=lambda mention: mention.quantity.qualifier != "exact"):
            if mention.part_of:
                continue
            if any(_agree(mention.quantity, other.quantity) for other in kept):
                dropped.add(id(mention))
            else:
                kept.append(mention)
    return [mention for mention in mentions if id(mention) not in dropped]


def _is_cumulative(plain: str, total: Mention, following: Mention) -> bool:
    """Whether a total counts from some beginning, not the year: 截至年底累计…,其中本年度新增…"""
    if total.metric.id != "proactive_disclosed_total" or following.metric.id != "proactive_new_in_year":
        return False
    near = following.sentence is total.sentence or _follows(plain, total.sentence, following.sentence)
    return near and following.value < total.value and _CUMULATIVE.search(total.clause) is not None


def _divide(plain: list[Mention]) -> None:
    """Marks as parts what venues, kinds, a sum or single bodies show to be parts of a total."""
    values = {mention.value for mention in plain}
    venues = [_venue(mention) for mention in plain] if plain and plain[0].metric.group == "access" else []
    kinds = [_kind(mention) for mention in plain]
    if len({venue for venue in venues if venue}) > 1:
        parts = [mention for mention, venue in zip(plain, venues, strict=True) if venue]
    elif any(kinds) and len(set(kinds)) > 1:
        parts = [mention for mention, kind in zip(plain, kinds, strict=True) if kind]
    elif len(values) > 2 and sum(values) == 2 * max(values):
        parts = [mention for mention in plain if mention.value < max(values)]
    elif len(values) > 1 and {mention.doer for mention in plain} != {"body"}:
        parts = [mention for mention in plain if mention.doer != "all"]
    else:
        parts = []
    for mention in parts:
        mention.part_of = mention.metric.id


def _kind(mention: Mention) -> str | None:
    """The one kind of the metric's things that the number's clause names, where it does not speak of all."""
    kind = mention.metric.kinds.search(mention.clause) if mention.metric.kinds else None
    return kind[0] if kind else None


def _venue(mention: Mention) -> str | None:
    """The one venue that the sentence, its paragraph's opening or the headings name."""
    sentence = mention.sentence
    for words in (sentence.text, sentence.opening, sentence.headings):
        venues = set(_VENUE.findall(words))
        if venues:
            return venues.pop() if len(venues) == 1 else None
    return None


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether two mentions state the same: the same value, or a rounded one of it."""
    if one.value == other.value:
        return True
    rounded = one.qualifier != "exact" or other.qualifier != "exact"
    return rounded and abs(one.value - other.value) <= 0.1 * max(one.value, other.value)


def _figure(draft: Draft, mention: Mention) -> Figure:
    sentence, quantity = mention.sentence, mention.quantity
    start, end = draft.place(sentence.start, min(sentence.end + 1, len(draft.plain)))
    words = draft.report.text[start:end].rstrip()
    return Figure(
        metric=mention.metric.id,
        value=quantity.value,
        source="sentence",
        words=words,
        unit=mention.metric.unit,
        qualifier=quantity.qualifier,
        stated=quantity.stated,
        part_of=mention.part_of,
        start=start,
        end=start + len(words),
    )
