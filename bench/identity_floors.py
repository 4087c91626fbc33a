"""How often report year and reporting body are right, wrong or left open: `python bench/identity_floors.py`.

Reads tests/data/identity_titles.tsv, a small page around each title, and the whole pages of tests/corpus/identity_pages.py and
identity_singles.py.
Prints the counts by kind of pattern, each wrong and each missing answer, and the floors; exits with 1 below a floor.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from opencc import OpenCC
from rich import box
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipelines import run
from pipelines.model import Capture, Document, Hints, Report
from tests.corpus.identity_markup import Page, layout
from tests.corpus.identity_pages import cases
from tests.corpus.identity_singles import singles

TRADITIONAL = OpenCC("s2t")
TITLES = Path(__file__).parent.parent / "tests" / "data" / "identity_titles.tsv"
FIELDS = ("report_year", "code", "name", "organ", "level", "published", "signed", "period")
FLOORS = {"report_year": (99.0, 0.3), "code": (98.0, 0.5)}
"""At least so many percent right, at most so many wrong, of the pages on which the field has a value."""

Outcome = Literal["right", "wrong", "unanswered"]
Answers = dict[str, str | None]
Item = tuple[str, str, str, Document, dict[str, str]]
"""Set, kind, what identifies it, the page, its truth."""

REPORT = (
    "一、概述",
    "按照政府信息公开条例的要求，我们明确专人负责信息公开，完善审核程序，把群众关心的事项列成清单并逐月核对。",
    "二、主动公开政府信息情况",
    "全年主动公开政府信息326条，其中机构职能类18条，财政资金类41条，其余为工作动态和便民服务信息。",
    "三、依申请公开政府信息情况",
    "收到政府信息公开申请4件，均在法定期限内答复，没有收取任何费用。",
    "四、行政复议和行政诉讼情况",
    "没有发生因政府信息公开引起的行政复议和行政诉讼。",
    "五、存在的主要问题和改进措施",
    "栏目更新有时偏慢，今后将按季度通报更新情况，并对工作人员开展培训。",
)
OTHER = {
    "decoy_notice": (
        "各镇人民政府，各部门：",
        "请认真编制本单位的年度报告，于1月20日前报送办公室，数据要准确，文字要简洁。",
        "联系人：张同志。",
    ),
    "decoy_rule": (
        "第一条　为规范年度报告的编制，制定本制度。",
        "第二条　各单位应当于每年3月31日前公布报告。",
        "第三条　本制度自印发之日起施行。",
    ),
    "decoy_gwr": (
        "各位代表：",
        "现在，我代表市人民政府向大会报告工作，请予审议。",
        "一、过去一年工作回顾",
        "地区生产总值增长8.1%，城镇新增就业4.2万人。",
    ),
    "decoy_summary": (
        "一年来，我们围绕重点工作抓公开，现总结如下。",
        "一是健全机制。",
        "二是拓宽渠道，召开座谈会5次。",
        "三是强化监督。",
    ),
    "decoy_guide": (
        "为方便公众获取信息，编制本指南。",
        "一、信息的分类和编排",
        "二、获取方式：可以登录网站查阅，也可以到查阅点查阅。",
    ),
    "decoy_website": (
        "填报单位：办公室",
        "网站名称　首页网址　独立用户访问总量(个)　网站总访问量(次)",
        "信息发布　总数(单位：条)　概况类信息更新量",
    ),
    "decoy_template": (
        "本文为大家收集整理了范文，供参考。",
        "××县××局按照条例要求，编制本报告，××年共公开××条。",
        "更多范文请关注本站。",
    ),
    "decoy_picture": ("长按图片保存。", "扫一扫在手机打开当前页。"),
    "decoy_company": (
        "重要提示：本年度报告摘要来自年度报告全文。",
        "公司简介：股票代码000917，董事会秘书李某。",
        "营业收入同比下降3.2%，每股收益0.21元。",
    ),
    "decoy_quarter": ("填报单位：办公室", "本季度公开信息45条，其中网站40条，公告栏5条。"),
}


def small_page(row: dict[str, str]) -> Document:
    """A page that tells title, date and column, and otherwise only what any body's report says."""
    address = "http://www.example.gov.cn/content/31877.html"
    page = Page(
        title=row["title"],
        url=address,
        site="政府信息公开平台",
        lines=list(OTHER.get(row["kind"], REPORT)),
        sign=[],
        printed=f"发布时间：{row['published']}" if row["published"] not in ("", "*") else None,
        crumbs=["首页", *(row["breadcrumb"].split(">") if row["breadcrumb"] else ["政府信息公开", "年度报告"])],
    )
    text = TRADITIONAL.convert(layout(page)) if row["kind"].startswith("hant") else layout(page)
    hints = Hints(division=row["portal"] or None)
    return Document(Capture(text.encode(), address, 200, {"content-type": "text/html; charset=utf-8"}, hints=hints))


def titles() -> Iterator[Item]:
    lines = [line for line in TITLES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        truth = {**row, "signed": "*", "period": "*"}
        yield "titles", row["kind"], f"{row['title']} [{row['portal']} {row['breadcrumb']}]", small_page(row), truth


def pages() -> Iterator[Item]:
    for case in (*cases(), *singles()):
        truth = {name: getattr(case.truth, name) for name in (*FIELDS, "state")}
        yield "pages", case.kind, case.name, case.document, truth


def answers(report: Report) -> Answers:
    body, period = report.reporting_body, report.period
    return {
        "state": report.state,
        "report_year": str(report.report_year) if report.report_year else None,
        "published": report.published[:10] if report.published else None,
        "signed": report.signed,
        "period": f"{period.start or ''}/{period.end or ''}" if period else None,
        "name": body.name or None if body else None,
        "code": body.division_code if body else None,
        "organ": body.organ if body else None,
        "level": body.level if body else None,
    }


def outcome(truth: str, answer: str | None) -> Outcome | None:
    """How an answer stands to the truth; None where that is not measured."""
    ways = truth.split("|")
    if "*" in ways:
        return None
    if any(fnmatchcase(answer, way) if answer and way not in ("", "-") else not answer and way in ("", "-") for way in ways):
        return "right"
    return "wrong" if answer else "unanswered"


def is_open(truth: str) -> bool:
    """Whether a careful reader leaves the field without a value."""
    return truth in ("", "-")


def main() -> int:
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    wanted: dict[str, Counter[str]] = defaultdict(Counter)
    left_open: dict[str, Counter[str]] = defaultdict(Counter)
    misses: list[tuple[str, str, str, str, str, str, str]] = []
    for group, kind, name, document, truth in (*titles(), *pages()):
        got = answers(run(document))
        if truth["state"] != "*" and got["state"] not in truth["state"].split("|"):
            misses.append(("state", "wrong", group, kind, name, truth["state"], str(got["state"])))
        for field in FIELDS:
            result = outcome(truth[field], got[field])
            if result is None:
                continue
            counts[group, kind][field, result] += 1
            (left_open if is_open(truth[field]) else wanted)[field][result] += 1
            if result != "right":
                misses.append((field, result, group, kind, name, truth[field], str(got[field])))
    show(counts, misses, wanted, left_open)
    return 1 if any(below(wanted[field], *floor) for field, floor in FLOORS.items()) else 0


def below(counts: Counter[str], right: float, wrong: float) -> bool:
    total = counts.total() or 1
    return 100 * counts["right"] / total < right or 100 * counts["wrong"] / total > wrong


def show(
    counts: dict[tuple[str, str], Counter[tuple[str, str]]],
    misses: list[tuple[str, str, str, str, str, str, str]],
    wanted: dict[str, Counter[str]],
    left_open: dict[str, Counter[str]],
) -> None:
    console = Console(width=190)
    table = Table("set", "kind", *FIELDS, box=box.SIMPLE, title="right / wrong / unanswered")
    for (group, kind), kept in counts.items():
        cells = (tuple(kept[field, result] for result in ("right", "wrong", "unanswered")) for field in FIELDS)
        table.add_row(group, kind, *("" if not any(cell) else " / ".join(map(str, cell)) for cell in cells))
    console.print(table)
    for miss in sorted(misses, key=lambda miss: (miss[0], miss[1] != "wrong", miss[2], miss[3])):
        print("\t".join(miss))
    total = Table("field", "has a value", "right", "wrong", "unanswered", "floor", "open", "kept open", box=box.SIMPLE)
    for field in FIELDS:
        sums, opens = wanted[field], left_open[field]
        share = [f"{100 * sums[result] / (sums.total() or 1):.2f} %" for result in ("right", "wrong", "unanswered")]
        floor = FLOORS.get(field)
        said = f"{'MISSED' if below(sums, *floor) else 'held'}: {floor[0]} / {floor[1]}" if floor else ""
        total.add_row(field, str(sums.total()), *share, said, str(opens.total()), str(opens["right"]))
    console.print(total)


if __name__ == "__main__":
    sys.exit(main())
