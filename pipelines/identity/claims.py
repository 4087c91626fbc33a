"""What a page says of its issuer, place by place: title, catalogue, tags, preamble, sign-off, site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipelines.draft import Draft
from pipelines.identity.bodies import PRONOUN, Body, read_body
from pipelines.identity.signature import last_lines
from pipelines.identity.year_claims import time_words
from pipelines.model import Evidence
from pipelines.script import fold, simplify
from pipelines.vocabulary import ZERO

_YEAR = rf"(?:(?:19|20)\d\d|二[{ZERO}][{ZERO}一二三四五六七八九十]{{2}})"
_TITLE_YEAR = re.compile(rf"{_YEAR}\s*(?:年?\s*[-—~至到]\s*{_YEAR})?\s*(?:年度|学年度?|年|度)?")
_REPORT_WORDS = re.compile(
    r"(?:政府信息|政务信息|信息公开|(?:政务|党务|检务|审务|警务|院务|校务|厂务|司法|企业)(?:信息)?公开|年度(?:工作)?(?:总结)?报告|年度工作|工作(?:年度)?报告|年报)"
    r"(?!(?:公开)?(?:工作)?(?:领导小组|办公室|科|处|中心|局))"
)
_REPORT_OF_A_YEAR = re.compile(rf"{_YEAR}.*(?:报告|年报)|(?:报告|年报).*{_YEAR}")
_ASIDE = re.compile(r"(?<!中国)\([^()]*\)|【[^】]*】|\[[^\]]*\]")
_MONTH_DAY = r"\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?"
_TITLE_DATE = re.compile(
    rf"(?:截[至止]到?)?\s*{_YEAR}\s*年\s*{_MONTH_DAY}(?:\s*[-—~至到]+\s*(?:{_YEAR}\s*年)?\s*{_MONTH_DAY})?"
)
_DOCUMENT_NUMBER = re.compile(r"[\u3400-\u9fff]{1,10}\s*[\[(]?(?:19|20)\d\d[\])]?\s*(?:第\s*)?\d{1,4}\s*号")
_LABEL = re.compile(r"\s*(?:【[^】]*】|\[[^\]]*\])")
_BEFORE = re.compile(r"^(?:关于|公布|发布|转发|印发|报送|上报|呈报|现将|附件\d*[:.]?|原|[《\"“(:\s.、-])+")
_AFTER = re.compile(r"(?:的|关于|公布|发布|印发|编制|开展|贯彻|落实|实施|执行|工作|年度|及|[(《\"“:,、_|\s-])+$")
_TAIL = re.compile(r"(?:报告|年报)[\s)》”]*(?:\([^()]{2,12}\)\s*)?[(\s:_—-]+(?P<name>[^()\s:_—-]{3,40})\)?$")
_PARTS = re.compile(r"[-_|>:·•・—]+")

_MADE = "(?:编制|编写|起草|撰写|编纂)"
_VERB = re.compile(_MADE)
_COMPILED = (
    (re.compile(rf"由(?P<name>[^,。;:、()《》\n]{{2,40}}?)(?:负责|组织|统一|具体|牵头|汇总|综合|统筹|整理)*{_MADE}"), ""),
    # 由…办公室依照《条例》…编制: the basis stands between the name and the verb.
    (
        re.compile(rf"由(?P<name>[^,。;:、()《》\n]{{2,40}}?)(?:根据|依照|按照|依据|遵照|参照|结合)[^。;\n]{{0,120}}?{_MADE}"),
        "",
    ),
    (
        re.compile(
            rf"(?:^|[,。;\n])(?P<name>[^,。;:、()《》\n]{{4,40}}?)(?:负责|组织|统一|具体|牵头|汇总|综合|统筹|整理)*{_MADE}了?(?:本|此|该)(?:年度)?(?:报告|年报)"
        ),
        ",。;\n",
    ),
    (
        re.compile(
            rf"(?:^|[。;\n])(?P<name>[^,。;:、()《》\n]{{4,40}}?)(?:根据|依照|按照|依据|遵照|参照)[^。;\n]{{2,120}}?{_MADE}"
            rf"了?(?:(?:本|此|该)(?:年度)?|(?:{_YEAR}\s*(?:年度|年)?)?\s*(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?)(?:报告|年报)"
        ),
        "。;\n",
    ),
    (re.compile(r"(?:编制|编写)(?:机关|单位|部门|机构|主体)(?::|为|是)\s*(?P<name>[^,。;:、()\s]{3,40})"), ""),
)
"""Each with the signs behind which it begins, if it does: it is tried behind the last one before each verb only."""
_CONTACT = re.compile(
    r"(?:请(?:及时|直接|径)?(?:与|向|和|同|联系)|联系(?:单位|部门|机构):|可(?:与|向))\s*"
    r"(?P<name>[^,。;:、()《》\n]{3,40}?)(?=联系|咨询|反映|垂询|索取|[(,。;\n])"
)
_ITS_REPORT = re.compile(r"信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)")
_ITS_NAME = re.compile(
    rf"(?:.*(?:公布|发布|公开|现将|编制的?))?\s*(?:{_YEAR}\s*(?:年度|年|度)?)?\s*(?P<name>[\u3400-\u9fff]{{3,30}}?)\s*(?:{_YEAR}\s*(?:年度|年|度)?)?\s*的?"
)
_ANNOUNCED = re.compile(r"^.*(?:公布|发布|公开|编制|现将)")
_SITE = re.compile(r"(?:门户|官方|公众信息|公众)?(?:网站群?|网)$|政府信息公开(?:平台|专栏|网)?$|政务公开(?:平台|专栏|网)?$")
_SITE_TITLES = ("政府", "网", "网站", "门户")
_SIGNED_DATE = re.compile(rf"(?:{_YEAR}|\d{{4}})[\d\s年月日号.\-/{ZERO}一二三四五六七八九十]*$")
_HEAD = 900
_READ = 3000
_LEAST_TITLE = 6
"""A title may be printed over several lines; the first one has so many characters at least (2014年度)."""
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Claim:
    """A body that the page names in one place."""

    where: str
    body: Body
    printed: str
    """The page's own words."""
    start: int | None = None
    end: int | None = None
    """Offsets in `report.text` where the words stand there."""

    def evidence(self, value: str) -> Evidence:
        """The claim as evidence for a value."""
        return Evidence(value, self.where, self.printed, self.start, self.end)


def from_title(draft: Draft, year: int | None) -> Claim | None:
    """The body that the title names: before, after or around its year, or behind the report words."""
    return _titled("title", draft.title_plain, draft.report.title or "", year)


def strange_words(draft: Draft) -> str | None:
    """What stands in the title where a body's name should, and is none: a copier's brand in the place of a place."""
    if not (names := _title_names(draft.title_plain)):
        return None
    words = "".join(draft.title_plain[at] for at in names[0])
    return words if len(words) > 2 and not PRONOUN.match(words) else None


def from_tagged_title(draft: Draft, year: int | None) -> Claim | None:
    """The body that the ArticleTitle tag names, where the tag is not the page's own title again."""
    for value in draft.meta.get("articletitle", ()):
        plain = fold(simplify(value))
        if plain != draft.title_plain and (claim := _titled("meta", plain, value, year)):
            return claim
    return None


def from_page_title(draft: Draft, year: int | None) -> Claim | None:
    """The body in that part of the <title> element which is the title of a report with its year: the others are the site's."""
    for part in _PARTS.split(fold(simplify(draft.page_title))):
        if _REPORT_OF_A_YEAR.search(part):
            return _titled("page title", part, part, year)
    return None


def above_title(draft: Draft, year: int | None) -> Claim | None:
    """The body that stands on a line of its own directly above the printed title, in the head of the page or of the text."""
    title = re.sub(r"\s", "", draft.report.title or "")
    lines = ["", *(cut.text for cut in draft.cut), *(block.text for block in draft.blocks[:3])]
    for above, line in pairwise(lines):
        begun = re.sub(r"\s", "", line) if title and line[:1] == title[:1] else ""
        if len(begun) >= _LEAST_TITLE and title.startswith(begun):
            claim = _claim("title line", above, year) if 2 < len(above) <= _LONGEST_NAME else None
            if claim is not None and claim.body.rest and claim.body.complete:
                return claim
    return None


def from_catalogue(draft: Draft, year: int | None) -> list[Claim]:
    """The bodies that the catalogue's table and the page's tags name as publisher and as source, publishers first."""
    metadata, meta = draft.report.metadata, draft.meta
    named = [("metadata", metadata.get("publisher"))]
    named += [("meta", value) for value in meta.get("contentsource", ())]
    named += [("source", metadata.get("source")), *(("meta", value) for value in meta.get("author", ()))]
    return [claim for where, value in named if value and (claim := _claim(where, value, year))]


def from_site(draft: Draft, year: int | None) -> list[Claim]:
    """The bodies whose site or column this is, as the tags, the <title> element and the breadcrumb tell; a copy's do not."""
    named = []
    if draft.report.trust != "untrusted_copy":
        parts = _PARTS.split(fold(simplify(draft.page_title)))
        named += [("site title", part) for part in parts if part.endswith(_SITE_TITLES) and not _REPORT_WORDS.search(part)]
        named += [("site", value) for value in draft.meta.get("sitename", ())]
        named += [("column", value) for value in draft.meta.get("columnname", ())]
    named += [("breadcrumb", value) for value in reversed(draft.breadcrumb)]
    return [claim for where, value in named if (claim := _claim(where, value, year))]


def compiled(draft: Draft, year: int | None) -> Claim | None:
    """The body by which the report says that it was compiled."""
    found = (match for pattern, signs in _COMPILED for match in _behind(signs, pattern, draft.plain))
    return next((claim for match in found if (claim := _claim_at(draft, match, "preamble", year))), None)


def _behind(signs: str, pattern: re.Pattern[str], plain: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern in the head of a text; of one that begins behind signs, in the clauses that have a verb."""
    if not signs:
        yield from pattern.finditer(plain, 0, _READ)
        return
    for verb in _VERB.finditer(plain, 0, _READ):
        begin = max(plain.rfind(sign, 0, verb.start()) for sign in signs)
        if match := pattern.match(plain, max(begin, 0), _READ):
            yield match


def contact(draft: Draft, year: int | None) -> Claim | None:
    """The body to which the report sends its readers."""
    found = _CONTACT.finditer(draft.plain, 0, _READ)
    return next((claim for match in found if (claim := _claim_at(draft, match, "contact", year))), None)


def names_itself(draft: Draft, year: int | None) -> Claim | None:
    """The body of which the first sentences say that this is its report."""
    for report in _ITS_REPORT.finditer(draft.plain, 0, _HEAD):
        end = report.start()
        end -= 2 * draft.plain.endswith(("政府", "政务"), 0, end)
        begin = max(draft.plain.rfind(mark, 0, end) for mark in "\n,。;:《") + 1
        match = _ITS_NAME.fullmatch(draft.plain, begin, end)
        if match and (claim := _claim_at(draft, match, "preamble", year)) and claim.body.places:
            return claim
    return None


def signers(draft: Draft, year: int | None) -> list[Claim]:
    """The bodies that sign: short last lines that are a body's name and nothing else, several names in a line too.

    A name that leaves its place to the reader (教育局) signs only with a date behind or below it.
    """
    found = []
    last = last_lines(draft)
    for at, (start, end) in enumerate(last):
        line = draft.plain[start:end]
        undated = _SIGNED_DATE.sub("", line.rstrip(" )"))
        below = draft.plain[slice(*last[at + 1])].strip(" ()") if at + 1 < len(last) else ""
        dated = undated != line.rstrip(" )") or _SIGNED_DATE.match(below) is not None
        for match in re.finditer(r"\S+", undated):
            body = read_body(match.group().strip("()"), year)
            if body is None or not body.rest or not (body.complete or body.relative or (dated and body.organ)):
                continue
            where = draft.place(start + match.start(), start + match.end())
            found.append(Claim("sign_off", body, draft.report.text[slice(*where)], *where))
    return found


def _titled(where: str, plain: str, printed: str, year: int | None) -> Claim | None:
    for name in _title_names(plain):
        words = "".join(plain[at] for at in name)
        if body := read_body(words, year):
            same = len(plain) == len(printed)
            return Claim(where, body, "".join(printed[at] for at in name) if same else words)
    return None


@lru_cache(maxsize=64)
def _title_names(title: str) -> tuple[list[int], ...]:
    """Runs of offsets in a title that may name its body, the likeliest first."""
    apart = [match for pattern in (_TITLE_DATE, _TITLE_YEAR, _ASIDE, _DOCUMENT_NUMBER) for match in pattern.finditer(title)]
    skipped = {at for match in apart for at in range(*match.span())} | {at for span in time_words(title) for at in range(*span)}
    label = _LABEL.match(title)
    report = _REPORT_WORDS.search(title, label.end() if label else 0)
    cut = report.start() if report else len(title)
    if title[max(0, cut - 2) : cut] == "人民" and title.startswith("政府", cut):
        cut += 2  # 攸县人民|政府信息公开: the government belongs to the name
    head = [at for at in range(cut) if at not in skipped and not title[at].isspace()]
    before, _, after = "".join(title[at] if at not in skipped else " " for at in range(cut)).strip().partition(" ")
    if after.strip() and after.strip() in before:
        head = head[: -len(after.strip())]  # 海关 in 广州海关2015年海关政府信息公开…
    words = "".join(title[at] for at in head)
    begin = match.end() if (match := _BEFORE.match(words)) else 0
    finish = match.start() if (match := _AFTER.search(words)) else len(words)
    head = head[begin:finish]
    words = words[begin:finish]
    bounds = [0, *(at for match in _PARTS.finditer(words) for at in match.span()), len(words)]
    parts = [head[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True) if b - a > 1]
    parts.reverse()
    if tail := _TAIL.search(title):
        times = {at for match in _TITLE_YEAR.finditer(title) for at in range(*match.span())}
        end = again.start() if (again := _REPORT_WORDS.search(title, *tail.span("name"))) else tail.end("name")
        parts.append([at for at in range(tail.start("name"), end) if at not in times])
    return tuple(parts)


def _claim(where: str, value: str, year: int | None) -> Claim | None:
    printed = re.sub(r"\s+", "", value).strip("()[]【】-—·|")
    words = _SITE.sub("", fold(simplify(printed)))
    body = read_body(words, year)
    return Claim(where, body, printed) if body else None


def _claim_at(draft: Draft, match: re.Match[str], where: str, year: int | None) -> Claim | None:
    finish = match.end("name")
    name = _ANNOUNCED.sub("", match["name"])
    begin = finish - len(name)
    name = name + "政府" if name.endswith("人民") else name
    body = read_body(name.removesuffix("的"), year)
    if body is None or body.organ is None:
        return None
    start, end = draft.place(begin, finish)
    return Claim(where, body, draft.report.text[start:end], start, end)
