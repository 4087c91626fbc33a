"""Is it a report, and what is it otherwise: decided by the answer's status, then the title, then the words of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pipelines import address, pinyin, vocabulary
from pipelines.draft import Draft
from pipelines.model import Evidence, PageKind, State, Trust
from pipelines.page.listing import listing_of
from pipelines.page.loaded import loaded_from
from pipelines.vocabulary import ZERO

_SHORT_PAGE = 600
_LIST_ITEMS = 3
_END = re.compile("[。？?！!]")
_LITTLE_PROSE = 60
_PARTS = 3
_SURE = 8
_OPENING = 600
_READ = 5000
_FEW_FILES = 3
_MOSTLY_LINKS = 0.6
_YEAR = re.compile(rf"20\d\d|[{ZERO}一二三四五六七八九]{{4}}年|\d\d学年")
_COLUMN = re.compile(
    rf"\s*(?:20\d\d|[{ZERO}一二三四五六七八九]{{4}})年度?(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:报告|年报)\s*"
)
_BLOCKING = {
    401: "asks for a login",
    403: "forbids it",
    405: "refuses the request",
    412: "refuses the request",
    418: "refuses it",
}
_BLOCKING |= {
    429: "asks for fewer requests",
    451: "may not show it",
    521: "sends a script challenge",
    567: "refuses the request",
}


@dataclass(frozen=True, slots=True)
class _Rules:
    kinds: tuple[tuple[PageKind, re.Pattern[str], re.Pattern[str] | None], ...]
    report: re.Pattern[str]
    strong: tuple[re.Pattern[str], ...]
    words: tuple[re.Pattern[str], ...]
    parts: re.Pattern[str]
    published: re.Pattern[str]
    itself: re.Pattern[str]
    topics: tuple[re.Pattern[str], ...]
    openings: tuple[tuple[PageKind, re.Pattern[str], re.Pattern[str] | None], ...]
    answers: tuple[tuple[PageKind, State, re.Pattern[str]], ...]


@cache
def _rules() -> _Rules:
    table: dict[str, Any] = vocabulary.toml("kinds.toml")

    def told_by(row: dict[str, Any], key: str) -> tuple[PageKind, re.Pattern[str], re.Pattern[str] | None]:
        assert row["kind"] in get_args(PageKind), row["kind"]
        return row["kind"], re.compile(row[key]), re.compile(row["unless"]) if "unless" in row else None

    report = table["report"]
    return _Rules(
        tuple(told_by(row, "title") for row in table["kind"]),
        re.compile(report["title"]),
        tuple(map(re.compile, report["strong"])),
        tuple(map(re.compile, report["words"])),
        re.compile(report["parts"]),
        re.compile(report["published"]),
        re.compile(report["itself"]),
        tuple(map(re.compile, report["topics"])),
        tuple(told_by(row, "text") for row in table["opening"]),
        tuple((row["page_kind"], row["state"], re.compile(row["pattern"], re.I)) for row in table["answer"]),
    )


def weight(text: str) -> int:
    """How much of a report's own words a folded, simplified text holds; from 7 on it is one without any title."""
    rules = _rules()
    return 2 * sum(p.search(text) is not None for p in rules.strong) + sum(p.search(text) is not None for p in rules.words)


def announces(title: str) -> bool:
    """Whether a folded, simplified title is a report's."""
    return _rules().report.search(title) is not None


def judge(draft: Draft) -> None:
    """Sets `page_kind`, `trust` and, for what is no report, the terminal `state` with its reason."""
    draft.report.trust = _trust(draft)
    if _judge_answer(draft):
        return
    rules = _rules()
    title, text = draft.title_plain, draft.plain
    announced = rules.report.search(title)
    strong = [m for m in (p.search(text) for p in rules.strong) if m]
    words = [m for m in (p.search(text) for p in rules.words) if m]
    score = 2 * len(strong) + len(words)
    evidence = [Evidence("annual_report", "title", announced.group())] if announced else []
    for found in strong[:3]:
        start, end = draft.place(found.start(), found.end())
        evidence.append(Evidence("annual_report", "body", draft.report.text[start:end], start, end))
    told = announced is not None and (_tells(text, rules) or len(rules.parts.findall(text)) >= _PARTS)
    if score < 6 and not told and (not _YEAR.search(title) or _is_column(draft)) and (why := _list_reason(draft)):
        draft.report.evidence["page_kind"] = [Evidence("list", "body", why), *evidence]
        _end(draft, "list", f"the page has {why} and no report of its own")
        return
    for kind, pattern, unless in rules.kinds:
        named = pattern.search(title)
        if named is None or (unless and unless.search(title)):
            continue
        # A page can be titled by its column or as a summary and still be the report: its own words outweigh the title.
        if kind in ("work_summary", "picture_version") and score >= _SURE:
            continue
        if kind == "work_summary" and announced and rules.itself.search(text, 0, _OPENING):
            continue
        if kind == "notice_about_reports" and rules.published.search(title) and len(rules.parts.findall(text)) >= _PARTS:
            continue
        if kind == "list" and (told or score >= 3 or _prose(draft) >= _LITTLE_PROSE):
            continue
        draft.report.evidence["page_kind"] = [Evidence(kind, "title", named.group()), *evidence]
        _end(draft, kind, f"the title says so: {named.group()}")
        return
    for kind, pattern, unless in rules.openings if score < _SURE else ():
        if (said := pattern.search(text, 0, _OPENING)) and not (unless and unless.search(title)):
            draft.report.evidence["page_kind"] = [Evidence(kind, "body", said.group()), *evidence]
            _end(draft, kind, f"its first words say so: {said.group()}")
            return
    draft.report.evidence["page_kind"] = evidence
    if told or (announced and score >= 3) or score >= 7:
        draft.report.page_kind = "annual_report"
    elif announced:
        draft.report.page_kind = "annual_report"
        draft.report.state = "needs_review"
        files = [f"{a.name} ({a.problem})" if a.problem else a.name for a in draft.report.attachments]
        carried = f"; it carries {len(files)} file(s): {', '.join(files[:_FEW_FILES])}" if files else ""
        if draft.frames:
            carried += f"; a frame shows {address.absolute(draft.document.lead.url, draft.frames[0])}"
        elif draft.is_html and (asked := loaded_from(draft.document.lead.url, draft.markup)):
            carried += f"; a script asks {asked} for it"
        draft.report.reason = f"the title announces a report, but the page does not hold its text{carried}"
    else:
        _end(draft, "other", "neither title nor text is an annual report's")


def _judge_answer(draft: Draft) -> bool:
    """Whether the answer is a refusal, an error or a placeholder instead of a page."""
    report, status = draft.report, draft.document.lead.status
    if status in (404, 410):
        report.state, report.page_kind, report.reason = "gone", "error", f"the server answered {status}"
        return True
    challenged = "__jsl" in draft.document.lead.headers.get("set-cookie", "")
    if status in _BLOCKING or (challenged and status != 200):
        report.state, report.reason = "blocked", f"the server answered {status}: it {_BLOCKING.get(status, 'challenges')}"
        report.page_kind = "login" if status == 401 else "challenge"
        return True
    if status == 0:
        report.state, report.page_kind = "unreadable", "error"
        report.reason = draft.document.lead.headers.get("x-error") or "the server did not answer"
        return True
    if status >= 400 or status == 204 or 300 <= status < 400:
        report.state, report.page_kind, report.reason = "unreadable", "error", f"the server answered {status}"
        return True
    if len(report.text) < _SHORT_PAGE:
        head = draft.title_plain + "\n" + draft.page_title + "\n" + draft.plain
        if len(draft.markup) < 3000:
            head += draft.markup
        for kind, state, pattern in _rules().answers:
            found = pattern.search(head)
            if found and not _prints_report_title(draft):
                report.page_kind, report.state = kind, state
                report.reason = f"the page says instead: {found.group()}"
                report.evidence["page_kind"] = [Evidence(kind, "body", found.group())]
                return True
    return False


def _prose(draft: Draft) -> int:
    """How many characters of the page stand in sentences."""
    return sum(len(block.text) for block in draft.blocks if _END.search(block.text) or len(block.text) > 150)


def _tells(text: str, rules: _Rules) -> bool:
    """Whether the sentences of a text, however few, speak of what reports are about."""
    sentences = "\n".join(line for line in text.split("\n") if line.endswith("。"))
    return sum(topic.search(sentences) is not None for topic in rules.topics) >= _PARTS


def _is_column(draft: Draft) -> bool:
    """Whether a title that says a year and no body is that of the year's list: such a page has no date and no file."""
    report = draft.report
    return _COLUMN.fullmatch(draft.title_plain) is not None and not (report.published or report.attachments or draft.frames)


def _list_reason(draft: Draft) -> str | None:
    """What makes the page a list, or None: dated links, further pages of links, or hardly anything but links, and no prose."""
    if draft.view is None or _prose(draft) >= _LITTLE_PROSE:
        return None
    shown = listing_of(draft.view)
    if shown.items >= (1 if shown.paginated else _LIST_ITEMS):
        return f"{shown.items} listed links"
    if shown.link_share >= _MOSTLY_LINKS and not draft.report.attachments:
        return f"{shown.link_share:.0%} of its text in links"
    return None


def _prints_report_title(draft: Draft) -> bool:
    """Whether the page itself, not only the link that led to it, names a report."""
    printed = any(e.where != "list" for e in draft.report.evidence.get("title", ())[:1])
    return printed and _rules().report.search(draft.title_plain) is not None


def _end(draft: Draft, kind: PageKind, reason: str) -> None:
    draft.report.page_kind, draft.report.state, draft.report.reason = kind, "not_a_report", reason


def _trust(draft: Draft) -> Trust:
    """What the host is. Injected pinyin marks a hijacked mirror wherever it stands (domain reference, 5.3)."""
    hints = draft.document.lead.hints
    text = draft.report.text
    if injected := pinyin.injected(text[:_READ]):
        first = text[injected[0].start() - 1 : injected[0].end()]
        draft.add_issue(
            "injected_pinyin",
            "warning",
            f"Pinyin is injected behind characters ({len(injected)} times, e.g. {first}): the mark of a hijacked mirror.",
            Evidence(len(injected), "body", first),
        )
        return "untrusted_copy"
    host = address.host(draft.document.lead.url)
    official = host == "gov.cn" or host.endswith(".gov.cn")
    if hints.trust and (official or hints.trust not in ("official_body", "official_parent", "government_host")):
        return hints.trust
    code = next((c for c in draft.meta.get("siteidcode", ()) if re.fullmatch(r"\d{10}|bm\d{8}", c.strip())), None)
    if host and not official and code:
        draft.add_issue(
            "government_marks_on_other_host",
            "warning",
            f"The page carries the government site code {code.strip()} but stands on {host}.",
            Evidence(code.strip(), "meta", "SiteIDCode"),
            Evidence(host, "host", host),
        )
        return "untrusted_copy"
    return "government_host" if official else "other_host"
