"""The place of a branch office, which its name gives last: 公安局天元分局 of 株洲市 is in 天元区."""

from __future__ import annotations

import re

from pipelines.identity.divisions import Division, Mention, gazetteer

# What a branch calls itself behind the name of its place, long words first; it may have a post of its own (…分局蓝田派出所).
_KIND = re.compile(
    r"(?:供电|供水|监督管理|市场监管)?(?:分公司|支公司|公司|支行|分行|分局|支局|大队|中队|管理局|监管局|规划局|分中心|管理所|监管所)"
    r"(?:[\u3400-\u9fff]{1,8}(?:派出所|中队|大队|监管所|管理所|国土所|资源所))?$"
)
_COMPANY = re.compile("公司$|行$")
_ENDS_A_NAME = re.compile("[局委会厅队院]|中心|公司")
_LONGEST = 10


def branch_place(rest: str, above: Mention | Division, year: int | None) -> Mention | None:
    """The county in which a branch lies; offsets are those in `rest`, the words of its name behind the higher place.

    The name stands behind the words of the office that the branch belongs to, with its kind (渝北区分局) or without (天元分局).
    It counts only where the place above has exactly one such county: 开发区分局 and 直属分局 are named after no place.
    """
    kind = _KIND.search(rest)
    if kind is None:
        return None
    for begin in _beginnings(rest, kind.start(), whole=_COMPANY.search(kind.group()) is not None):
        name = rest[begin : kind.start()]
        found = [county for county in gazetteer().named(name, year) if county.level == "county" and not county.zone]
        found = [county for county in found if _lies_in(county, above, year)]
        if len({county.today or county.code for county in found}) == 1:
            return Mention(begin, kind.start(), name, (found[0],), bare=found[0].form(name) == "bare")
    return None


def _beginnings(rest: str, end: int, *, whole: bool) -> list[int]:
    """Where the name of a place that ends there may begin: behind an office's name, the nearest first; a company's branch
    names its place with its kind, behind any word (电力有限公司攸县供电分公司, 农村商业银行攸县支行)."""
    if whole and rest[end - 1 : end] in tuple("县市区旗州"):
        return list(range(max(1, end - _LONGEST), end - 1))
    found = (match.end() for match in _ENDS_A_NAME.finditer(rest, 0, end))
    return sorted((at for at in found if 2 <= end - at <= _LONGEST), reverse=True)


def _lies_in(county: Division, above: Mention | Division, year: int | None) -> bool:
    at = year if county.held(year) else None
    hosts = above.candidates if isinstance(above, Mention) else (above,)
    return any(gazetteer().inside(county, host, at) for host in hosts)
