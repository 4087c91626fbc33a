"""The tables of the 2019 and 2021 forms and the annex of 2014, as printed, with every cell's value.

Labels and ids are the official forms' own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.corpus.page import Cell, CellKey

Table = list[list[Cell]]
Values = dict[CellKey, float | None]

APPLICANTS = [
    ("natural_person", "自然人"),
    ("commercial_enterprise", "商业企业"),
    ("research_institution", "科研机构"),
    ("public_interest_organization", "社会公益组织"),
    ("legal_service_institution", "法律服务机构"),
    ("other_organization", "其他"),
]
GROUPS: list[tuple[str, list[tuple[str, str]]]] = [
    ("（一）予以公开", [("granted", "")]),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", [("partially_granted", "")]),
    (
        "（三）不予公开",
        [
            ("denied_state_secret", "1.属于国家秘密"),
            ("denied_prohibited_by_law", "2.其他法律行政法规禁止公开"),
            ("denied_three_securities_one_stability", "3.危及“三安全一稳定”"),
            ("denied_third_party_rights", "4.保护第三方合法权益"),
            ("denied_internal_affairs", "5.属于三类内部事务信息"),
            ("denied_process_information", "6.属于四类过程性信息"),
            ("denied_enforcement_case_file", "7.属于行政执法案卷"),
            ("denied_administrative_query", "8.属于行政查询事项"),
        ],
    ),
    (
        "（四）无法提供",
        [
            ("unable_not_held", "1.本机关不掌握相关政府信息"),
            ("unable_needs_creation", "2.没有现成信息需要另行制作"),
            ("unable_unclear_after_correction", "3.补正后申请内容仍不明确"),
        ],
    ),
    (
        "（五）不予处理",
        [
            ("not_processed_petition_complaint", "1.信访举报投诉类申请"),
            ("not_processed_duplicate", "2.重复申请"),
            ("not_processed_open_publication", "3.要求提供公开出版物"),
            ("not_processed_excessive_repeated", "4.无正当理由大量反复申请"),
            ("not_processed_confirm_or_reissue", "5.要求行政机关确认或重新出具已获取信息"),
        ],
    ),
]
OTHER_2021 = (
    "（六）其他处理",
    [
        ("other_correction_overdue", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("other_fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("other_remaining", "3.其他"),
    ],
)
OTHER_2019 = ("（六）其他处理", [("other_handling", "")])
FLOW = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = [("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"), ("total", "总计")]
ARTICLES_2021: list[tuple[str, list[tuple[str, str]], list[tuple[str, str]]]] = [
    (
        "1",
        [("issued_this_year", "本年制发件数"), ("repealed_this_year", "本年废止件数"), ("in_force", "现行有效件数")],
        [("regulations", "规章"), ("normative_documents", "行政规范性文件")],
    ),
    ("5", [("decisions_this_year", "本年处理决定数量")], [("administrative_licenses", "行政许可")]),
    (
        "6",
        [("decisions_this_year", "本年处理决定数量")],
        [("administrative_penalties", "行政处罚"), ("administrative_coercion", "行政强制")],
    ),
    ("8", [("amount_collected", "本年收费金额（单位：万元）")], [("administrative_fees", "行政事业性收费")]),
]
CHANGES = [("items_previous_year", "上一年项目数量"), ("items_change", "本年增/减"), ("decisions_this_year", "处理决定数量")]
ARTICLES_2019: list[tuple[str, list[tuple[str, str]], list[tuple[str, str]]]] = [
    (
        "1",
        [("newly_made", "本年新制作数量"), ("newly_published", "本年新公开数量"), ("published_total", "对外公开总数量")],
        [("regulations", "规章"), ("normative_documents", "规范性文件")],
    ),
    ("5", CHANGES, [("administrative_licenses", "行政许可"), ("other_external_services", "其他对外管理服务事项")]),
    ("6", CHANGES, [("administrative_penalties", "行政处罚"), ("administrative_coercion", "行政强制")]),
    ("8", CHANGES[:2], [("administrative_fees", "行政事业性收费")]),
    (
        "9",
        [("procurement_items", "采购项目数量"), ("procurement_amount", "采购总金额")],
        [("centralized_procurement", "政府集中采购")],
    ),
]
ORDINALS = {"1": "一", "5": "五", "6": "六", "8": "八", "9": "九"}


@dataclass
class Style:
    """How a page prints its forms."""

    zero: str = "0"
    """What stands for none: 0, nothing, a dash."""
    broken: bool = False
    """Labels broken by `<br>`."""
    separate: bool = False
    """A table per article."""
    subtotals: bool = False
    """Columns and rows of subtotals that the form does not have."""
    lost_ordinal: bool = False
    """第二十条(一)项."""
    wide: bool = False
    """Full-width digits."""
    thousands: bool = False
    units: bool = False
    """Money with its unit in the cell."""


@dataclass
class Form:
    """Tables of one report and the values of their cells."""

    random: Random
    style: Style
    values: Values = field(default_factory=dict)

    def cell(self, key: CellKey | None, value: float, *, signed: bool = False, money: bool = False) -> Cell:
        """A printed value; with a key it is kept as truth."""
        blank = value == 0 and self.style.zero != "0"
        if key is not None:
            self.values[key] = None if blank else value
        if blank:
            return Cell(self.style.zero)
        text = f"{value:g}" if value < 1e5 else f"{value:.10g}"
        if self.style.thousands and value >= 1000:
            text = f"{value:,.10g}"
        if signed and value > 0:
            text = f"+{text}"
        if money and self.style.units:
            text += "万元"
        if self.style.wide:
            text = text.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"})
        return Cell(text)

    def label(self, text: str, rows: int = 1, columns: int = 1) -> Cell:
        """A label, broken in two where this page breaks its labels."""
        half = (len(text) + 1) // 2
        return Cell(text, rows, columns, [text[:half], text[half:]] if self.style.broken and len(text) > 3 else [])

    def articles(self, year: int) -> list[Table]:
        """The tables of article 20, one or several."""
        tables: list[Table] = []
        for number, columns, rows in ARTICLES_2021 if year >= 2021 else ARTICLES_2019:
            lost = self.style.lost_ordinal and number in "16"
            table: Table = [[Cell(f"第二十条{'' if lost else '第'}（{ORDINALS[number]}）项", 1, 4)]]
            span = {1: 3, 2: 1, 3: 1}[len(columns)]
            spans = [span] * len(columns)
            if len(columns) == 2:
                spans = [1, 2]
            header = [self.label("信息内容")]
            header += [self.label(text, 1, spans[i]) for i, (_, text) in enumerate(columns)]
            table.append(header)
            for row, label in rows:
                cells = [self.label(label)]
                for i, (column, _) in enumerate(columns):
                    cells.append(self._article_cell(number, row, column, spans[i]))
                table.append(cells)
            tables.append(table)
        return tables if self.style.separate else [[row for table in tables for row in table]]

    def _article_cell(self, number: str, row: str, column: str, span: int) -> Cell:
        key = (f"proactive_art20_{number}", row, column)
        draw = self.random
        money = column in ("amount_collected", "procurement_amount")
        if row == "regulations":
            value: float = 0
        elif money:
            value = draw.choice([0, round(draw.uniform(1, 900), 2), float(draw.randint(2, 4000))])
        elif column == "items_change":
            value = draw.choice([0, draw.randint(-40, 90)])
        else:
            value = draw.choice([0, draw.randint(1, 9), draw.randint(10, 3000)])
        cell = self.cell(key, value, signed=column == "items_change", money=money)
        cell.columns = span
        return cell

    def applications(self, year: int, received: int, carried_in: int, carried_out: int, outcomes: dict[str, int]) -> Table:
        """The table of applications; `outcomes` by row, summing to received + carried_in − carried_out."""
        groups = [*GROUPS, OTHER_2021 if year >= 2021 else OTHER_2019]
        rows = [row for _, members in groups for row, _ in members]
        spread = self._spread(received, carried_in, carried_out, outcomes)
        subtotal = self.style.subtotals
        organisations = 6 if subtotal else 5
        table: Table = [
            [Cell(FLOW, 3, 3), Cell("申请人情况", 1, organisations + 2)],
            [self.label("自然人", 2), Cell("法人或其他组织", 1, organisations), Cell("总计", 2)],
            [self.label(text) for _, text in APPLICANTS[1:]] + ([Cell("小计")] if subtotal else []),
            [self.label("一、本年新收政府信息公开申请数量", 1, 3), *self._row("received_new", spread)],
            [self.label("二、上年结转政府信息公开申请数量", 1, 3), *self._row("carried_in", spread)],
        ]
        first = True
        height = len(rows) + 1 + (sum(len(members) > 1 for _, members in groups) if subtotal else 0)
        for label, members in groups:
            for position, (row, name) in enumerate(members):
                cells: list[Cell] = []
                if first:
                    cells.append(self.label("三、本年度办理结果", height))
                    first = False
                if position == 0:
                    extra = 1 if subtotal and len(members) > 1 else 0
                    cells.append(self.label(label, len(members) + extra, 1 if name else 2))
                if name:
                    cells.append(self.label(name))
                table.append([*cells, *self._row(row, spread)])
            if subtotal and len(members) > 1:
                table.append([Cell("小计"), *self._sums([row for row, _ in members], spread)])
        table.append([self.label("（七）总计", 1, 2), *self._row("outcome_total", spread)])
        table.append([self.label("四、结转下年度继续办理", 1, 3), *self._row("carried_out", spread)])
        return table

    def _spread(self, received: int, carried_in: int, carried_out: int, outcomes: dict[str, int]) -> dict[str, list[int]]:
        """Per row the six applicants' counts, so that every column balances."""
        draw = self.random
        people = [draw.choices(range(6), [12, 3, 1, 1, 1, 1])[0] for _ in range(received + carried_in)]
        spread = {"received_new": people[:received], "carried_in": people[received:]}
        draw.shuffle(people)
        spread["carried_out"] = people[:carried_out]
        rest = people[carried_out:]
        spread["outcome_total"] = rest
        for row, count in outcomes.items():
            spread[row], rest = rest[:count], rest[count:]
        return {row: [whom.count(i) for i in range(6)] for row, whom in spread.items()}

    def _row(self, row: str, spread: dict[str, list[int]]) -> list[Cell]:
        counts = spread.get(row, [0] * 6)
        cells = [self.cell(("applications", row, name), counts[i]) for i, (name, _) in enumerate(APPLICANTS)]
        if self.style.subtotals:
            cells.append(self.cell(None, sum(counts[1:])))
        return [*cells, self.cell(("applications", row, "total"), sum(counts))]

    def _sums(self, rows: list[str], spread: dict[str, list[int]]) -> list[Cell]:
        sums = [sum(spread.get(row, [0] * 6)[i] for row in rows) for i in range(6)]
        return [self.cell(None, value) for value in [*sums, sum(sums[1:]), sum(sums)]]

    def review(self, reconsiderations: int, litigations: int) -> Table:
        """The table of reviews and lawsuits."""
        groups = [
            ("reconsideration", reconsiderations),
            ("litigation_direct", litigations),
            ("litigation_after_reconsideration", 0),
        ]
        values: list[Cell] = []
        for group, count in groups:
            parts = [0, 0, 0, 0]
            for _ in range(count):
                parts[self.random.choices(range(4), [6, 2, 2, 1])[0]] += 1
            for (result, _), value in zip(RESULTS, [*parts, count], strict=True):
                values.append(self.cell(("review_litigation", "cases", f"{group}_{result}"), value))
        labels = [self.label(text) for _, text in RESULTS]
        return [
            [Cell("行政复议", 1, 5), Cell("行政诉讼", 1, 10)],
            [Cell(c.text, 2, 1, c.broken) for c in labels] + [Cell("未经复议直接起诉", 1, 5), Cell("复议后起诉", 1, 5)],
            [Cell(c.text, 1, 1, c.broken) for c in labels * 2],
            values,
        ]
