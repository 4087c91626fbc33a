"""Annual reports of all regimes with their truth: `reports()` writes at least 150 whole pages, the same ones every time."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from random import Random

from tests.corpus.finish import Dress, finish
from tests.corpus.forms import GROUPS, OTHER_2019, OTHER_2021, Form, Style
from tests.corpus.layouts import text_of
from tests.corpus.page import Cell, Page, Part, Piece, Truth
from tests.corpus.shells import SYSTEMS
from tests.corpus.wording import CHANNELS, DATA, HEADINGS, STREETS, Writer, bodies

NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"]
YEARS = {"2008": range(2008, 2019), "annex": range(2014, 2019), "2019": range(2019, 2021), "2021": range(2021, 2026)}
FREE = ["强化责任落实", "拓宽公开渠道", "注重工作实效", "夯实工作基础", "突出便民利民"]
OLD = [
    ("overview", 1.0),
    ("organisation", 0.2),
    ("proactive_disclosure", 1.0),
    ("key_areas", 0.2),
    ("response_interpretation", 0.25),
    ("applications", 1.0),
    ("fees", 0.75),
    ("consultation", 0.3),
    ("review_litigation", 1.0),
    ("staff_funding", 0.35),
    ("problems_improvements", 1.0),
    ("next_year_plan", 0.15),
    ("other_matters", 0.5),
]
TITLES = [
    "{body}{y}年政府信息公开工作年度报告",
    "{y}年{body}政府信息公开工作年度报告",
    "{body}{y}年度政府信息公开年度报告",
    "{y}年度{body}政府信息公开工作年度报告",
    "{body}政府信息公开工作{y}年度报告",
    "{body}{y}年政府信息公开年度报告",
    "{body}{y}年信息公开工作年度报告",
    "{body}关于{y}年政府信息公开工作的年度报告",
]


@dataclass
class Report:
    """One report while it is written."""

    random: Random
    year: int
    form: int | None
    """2019 or 2021; none for the old structure."""
    annexed: bool
    layout: str
    writer: Writer
    style: Style
    pieces: list[Piece] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    defects: set[str] = field(default_factory=set)
    truth: Truth = field(default_factory=lambda: Truth("annual_report"))
    count: int = 0
    numbering: str = "、"
    outcomes: dict[str, int] = field(default_factory=dict)

    def paragraph(self, text: str, align: str = "left") -> None:
        """A paragraph."""
        self.pieces.append(Piece("paragraph", text, align=align))

    def number(self, position: int) -> str:
        """The numeral of a first-level heading as this report prints it."""
        if self.numbering == "none":
            return ""
        if self.numbering == "part":
            return f"第{NUMERALS[position]}部分　"
        if self.numbering == "arabic":
            return f"{position + 1}."
        return NUMERALS[position] + self.numbering

    def heading(self, part: str, name: str) -> None:
        """A first-level heading, with this report's defects."""
        number = "" if "lost_numeral" in self.defects and self.count == 3 else self.number(self.count)
        if "doubled_numeral" in self.defects and self.count == 4:
            number = self.number(3)
        self.count += 1
        self.parts.append(Part(part, name))
        stop = "。" if "stop" in self.defects else ""
        glue = "glued" in self.defects and self.form is None and self.random.random() < 0.7
        self.pieces.append(Piece("heading", number + name + ("" if glue else stop), 1, glue=glue))

    def child(self, part: str | None, name: str, position: int) -> None:
        """A second-level heading: on its own line, or leading its paragraph with a full stop."""
        shape = self.random.choice(["（{}）", "（{}）", "（{}） "]) if "arabic_children" not in self.defects else "{}．"
        mark = shape.format(NUMERALS[position] if "（" in shape else position + 1)
        self.parts.append(Part(part, name, 2))
        leading = "leading" in self.defects
        self.pieces.append(Piece("heading", mark + name + ("。" if leading else ""), 2, glue=leading))

    def table(self, rows: list[list[Cell]]) -> None:
        """A table in this page's layout."""
        self.pieces.append(Piece("table", table=rows, layout=self.layout))


def facts_of(report: Report, none: bool) -> None:
    """Draws figures that agree with each other, and what the applications came to."""
    draw, facts = report.random, report.writer.facts
    received = 0 if none else draw.choice([draw.randint(1, 9), draw.randint(10, 90)])
    carried_in = 0 if none else draw.choice([0, 0, 1, 2])
    carried_out = 0 if none else draw.choice([0, 0, 0, 1])
    answered = received + carried_in - carried_out
    groups = [*GROUPS, OTHER_2019 if report.form == 2019 else OTHER_2021]
    rows = [row for _, members in groups for row, _ in members]
    picked = [draw.choices(rows, [8 if i < 2 else 1 for i in range(len(rows))])[0] for _ in range(answered)]
    report.outcomes = {row: picked.count(row) for row in rows}
    sums = [sum(report.outcomes[row] for row, _ in members) for _, members in groups]
    names = ["granted", "partially_granted", "denied", "unable", "not_processed", "other"]
    facts |= {f"outcome_{name}": value for name, value in zip(names, sums, strict=True)}
    online = draw.randint(0, received)
    mail = draw.randint(0, received - online)
    facts |= {"applications_received": received, "applications_answered": answered}
    facts |= {"applications_online": online, "applications_mail": mail, "applications_in_person": received - online - mail}
    facts |= {"carried_in": carried_in, "carried_out": carried_out}
    website, wechat, weibo = draw.randint(60, 3000), draw.randint(20, 900), draw.randint(10, 400)
    facts |= {"proactive_website": website, "proactive_wechat": wechat, "proactive_weibo": weibo}
    facts["proactive_disclosed_total"] = website + wechat + weibo + draw.randint(1, 60)
    full, part = report.writer.fact("staff_full_time"), report.writer.fact("staff_part_time")
    facts["staff_total"] = full + part
    calm = draw.random() < 0.6
    facts |= {"reconsiderations": 0 if calm else draw.randint(1, 9), "litigations": 0 if calm else draw.randint(0, 6)}


def mixed(report: Report, filler: str, topics: list[str], share: float = 0.6) -> list[str]:
    """Paragraphs of fillers and the topics' sentences."""
    draw, writer = report.random, report.writer
    government = writer.words["level"] == "gov"
    open_topics = {"proactive_levels", "gazette"}
    lines = [writer.topic(t) for t in topics if (t not in open_topics or government) and draw.random() < share]
    draw.shuffle(lines)
    if draw.random() < 0.5:
        return [writer.filler(filler, 2) + "".join(lines)]
    return [writer.filler(filler, 1), "".join(lines) + writer.filler(filler, 1)]


def application_lines(report: Report) -> list[str]:
    """What the text says of applications."""
    writer, draw = report.writer, report.random
    if not writer.facts["applications_received"]:
        return [writer.filler("applications") + writer.topic("applications_none")]
    lines = writer.topic("applications_received")
    if draw.random() < 0.6:
        lines += writer.topic("applications_channels")
    if draw.random() < 0.5:
        lines += writer.topic("applications_answered")
    if draw.random() < 0.6:
        lines += writer.topic("outcomes")
    if draw.random() < 0.25:
        lines += writer.topic("carry")
    return [writer.filler("applications"), lines]


def review_lines(report: Report) -> str:
    """What the text says of reviews and lawsuits."""
    facts = report.writer.facts
    lines = report.writer.filler("review") if report.random.random() < 0.6 else ""
    if facts["reconsiderations"] or facts["litigations"]:
        return lines + report.writer.topic("review")
    return lines + report.writer.topic("review_none")


def old_part(report: Report, part: str) -> list[str]:
    """The paragraphs of a part of the old structure."""
    writer, draw = report.writer, report.random
    if part == "overview":
        return mixed(report, "overview", ["training", "new_media", "decoys"], 0.35)
    if part == "proactive_disclosure":
        first = writer.topic("proactive_total")
        channels = writer.topic("proactive_channels") if draw.random() < 0.6 else ""
        levels = writer.topic("proactive_levels") if writer.words["level"] == "gov" and draw.random() < 0.4 else ""
        topics = ["visits", "website_items", "catalogue", "reading", "gazette", "normative", "hearings", "decoys"]
        return [first + channels + levels, *mixed(report, "proactive", topics, 0.35)]
    if part == "applications":
        return application_lines(report)
    if part == "fees":
        lines = writer.topic("fees_none" if draw.random() < 0.7 else "fees")
        return [writer.filler("fees") + lines if draw.random() < 0.4 else lines]
    if part == "review_litigation":
        return [review_lines(report)]
    if part == "consultation":
        return mixed(report, "consultation", ["consultation", "mailbox", "hotline"], 0.8)
    if part == "staff_funding":
        return mixed(report, "staff", ["staff", "spending", "training"], 0.8)
    if part == "problems_improvements":
        return [writer.filler("problems"), writer.filler("improvements", 2)]
    if part == "response_interpretation":
        return mixed(report, "response", ["response"], 0.9)
    names = {"next_year_plan": "plan", "other_matters": "other", "organisation": "organisation", "key_areas": "key_areas"}
    return [writer.filler(names[part])]


def write_old(report: Report) -> None:
    """The body of a report in the structure of 2008, with the annex where it is due."""
    draw = report.random
    chosen = [part for part, chance in OLD if draw.random() < chance]
    names = {part: draw.choice(HEADINGS[part]) for part in chosen}
    preface(report, list(names.values()))
    free = draw.random() < 0.3
    for part, name in names.items():
        report.heading(part, name)
        paragraphs = old_part(report, part)
        if part in ("overview", "proactive_disclosure") and free and not report.pieces[-1].glue:
            for i, text in enumerate(paragraphs):
                report.child(None, FREE[(i + len(part)) % len(FREE)], i)
                report.paragraph(text)
            continue
        for text in paragraphs:
            report.paragraph(text)
    if report.annexed:
        annex(report)


def write_form(report: Report) -> None:
    """The body of a report in one of the forms."""
    assert report.form is not None
    draw, writer = report.random, report.writer
    official = HEADINGS["official"]
    names = {part: official[part] if draw.random() < 0.8 else draw.choice(HEADINGS[part]) for part in official}
    preface(report, list(names.values()))
    form = Form(draw, report.style, report.truth.cells)
    report.heading("overview", names["overview"])
    report.paragraph(writer.filler("overview", 2))
    if draw.random() < 0.85:
        overview_parts(report)
    else:
        report.paragraph(writer.topic("proactive_total") + "".join(application_lines(report)))
    report.heading("proactive_disclosure", names["proactive_disclosure"])
    for table in form.articles(report.form):
        report.table(table)
    facts = {key: int(writer.facts[key]) for key in ("applications_received", "carried_in", "carried_out")}
    report.heading("applications", names["applications"])
    counts = (facts["applications_received"], facts["carried_in"], facts["carried_out"])
    report.table(form.applications(report.form, *counts, report.outcomes))
    report.heading("review_litigation", names["review_litigation"])
    report.table(form.review(int(writer.facts["reconsiderations"]), int(writer.facts["litigations"])))
    report.heading("problems_improvements", names["problems_improvements"])
    if draw.random() < 0.3:
        report.child("problems_improvements", "存在的主要问题", 0)
        report.paragraph(writer.filler("problems"))
        report.child("problems_improvements", "改进措施", 1)
        report.paragraph(writer.filler("improvements"))
    else:
        report.paragraph(writer.filler("problems"))
        report.paragraph(writer.filler("improvements", 2))
    report.heading("other_matters", names["other_matters"])
    fees = writer.topic("fees_none" if draw.random() < 0.6 else "fees") if draw.random() < 0.6 else ""
    report.paragraph(fees + writer.filler("other"))


def overview_parts(report: Report) -> None:
    """The five parts of 总体情况."""
    draw, writer = report.random, report.writer
    topics = ["new_in_year", "response", "visits", "website_items", "normative", "decoys"]
    first = writer.topic("proactive_total") + (writer.topic("proactive_channels") if draw.random() < 0.5 else "")
    review = [review_lines(report)] if draw.random() < 0.3 else []
    bodies: list[tuple[str, list[str]]] = [
        ("overview_proactive", [first, *mixed(report, "proactive", topics, 0.3)]),
        ("overview_applications", [*application_lines(report), *review]),
        ("overview_information_management", mixed(report, "management", ["made", "catalogue"], 0.4)),
        ("overview_platform", mixed(report, "platform", ["new_media", "visits"], 0.4)),
        ("overview_supervision", mixed(report, "supervision", ["training", "staff"], 0.4)),
    ]
    for position, (part, paragraphs) in enumerate(bodies):
        report.child(part, draw.choice(HEADINGS[part]), position)
        for text in paragraphs:
            report.paragraph(text)


def preface(report: Report, names: list[str]) -> None:
    """The text before the first heading."""
    draw, writer = report.random, report.writer
    report.parts.append(Part("preface", None, 0))
    text = writer.filler("preface")
    if draw.random() < 0.5:
        mark = draw.choice(["，", "、"])
        text += draw.choice(["全文包括{}{}个部分。", "本报告由{}等{}部分组成。"]).format(mark.join(names), len(names))
    text += writer.filler("period")
    if draw.random() < 0.5:
        text += writer.filler("contact")
    report.paragraph(text)


def broken(cells: list[Cell]) -> list[list[Cell]]:
    """An indicator with a long label as a template breaks it: over two rows, the unit and the value in the second."""
    label = cells[0].text
    if len(label) < 18:
        return [cells]
    return [[Cell(label[:15]), Cell(""), Cell("")], [Cell(label[15:]), *cells[1:]]]


def annex(report: Report) -> None:
    """The statistics annex of 2014."""
    draw = report.random
    report.parts.append(Part("annex_statistics", "*"))
    report.paragraph(
        draw.choice(["附表：政府信息公开情况统计表", "政府信息公开情况统计表", "附件：政府信息公开情况统计表"]), "center"
    )
    if draw.random() < 0.5:
        report.paragraph(f"（{report.year}年度）", "center")
    if draw.random() < 0.5:
        report.paragraph(f"填报单位（盖章）：{report.writer.words['body']}")
    dash = draw.choice(["——", "—", "/"])
    table = [[Cell(label) for label in draw.choice([("统计指标", "单位", "统计数"), ("指标名称", "计量单位", "数量")])]]
    same = {"answer_granted": "outcome_granted", "answer_partially_granted": "outcome_partially_granted"}
    with (DATA / "annex.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if not row["id"]:
                table.append([Cell(row["label"]), Cell(dash), Cell(dash)])
                continue
            value = report.writer.facts.get(same.get(row["id"], row["id"]), draw.choice([0, 0, 1, 3, 12]))
            if row["id"] == "application_fees":
                value = 0
            report.truth.annex[row["id"]] = value
            table.append([Cell(row["label"]), Cell(row["unit"]), Cell(f"{value:.10g}")])
    report.table([row for cells in table for row in broken(cells)] if draw.random() < 0.25 else table)
    if draw.random() < 0.5:
        report.paragraph("单位负责人：　　审核人：　　填报人：　　联系电话：" + report.writer.words["phone"])


def compose(seed: int, system: str, regime: str, layout: str) -> Page:
    """One page."""
    draw = Random(f"report-{seed}")
    form = int(regime) if regime in ("2019", "2021") else None
    year = draw.choice(YEARS[regime])
    body = draw.choice(bodies())
    words = body | {
        "y": str(year),
        "last": str(year - 1),
        "next": str(year + 1),
        "channel": body["place"][:2] + draw.choice(CHANNELS),
        "street": draw.choice(STREETS),
        "number": str(draw.randint(1, 300)),
        "postcode": str(draw.randint(100000, 850000)),
        "phone": f"0{draw.randint(310, 999)}-{draw.randint(2000000, 8999999)}",
        "mail": f"xxgk{draw.randint(10, 99)}@163.com",
        "thousands": "1" if draw.random() < 0.08 else "",
        "wide": "1" if draw.random() < 0.06 else "",
    }
    html = layout == "html"
    style = Style(
        zero=draw.choice(["0", "0", "0", "", "", "/", "-", "—"]) if html else "0",
        broken=draw.random() < 0.5 and layout != "line",
        separate=draw.random() < 0.4,
        subtotals=html and draw.random() < 0.15,
        lost_ordinal=draw.random() < 0.15,
        wide=draw.random() < 0.08,
        thousands=draw.random() < 0.12,
        units=draw.random() < 0.15,
    )
    report = Report(draw, year, form, regime == "annex", layout, Writer(draw, words), style)
    report.numbering = draw.choices(["、", " ", "part", "arabic", "none"], [80, 6, 4, 4, 6])[0]
    chances = {
        "stop": 0.1,
        "glued": 0.12,
        "lost_numeral": 0.06,
        "doubled_numeral": 0.05,
        "leading": 0.4,
        "arabic_children": 0.1,
    }
    report.defects = {name for name, chance in chances.items() if draw.random() < chance}
    # With neither number nor break no reader could tell a heading from its text.
    if report.numbering == "none":
        report.defects -= {"glued", "lost_numeral", "doubled_numeral"}
    if "glued" in report.defects:
        report.defects -= {"lost_numeral"}
    if report.numbering == "arabic":  # nor the levels apart, numbered alike
        report.defects -= {"arabic_children"}
    facts_of(report, draw.random() < 0.35)
    if form:
        write_form(report)
    else:
        write_old(report)
    if draw.random() < 0.5:
        report.paragraph(words["body"], "right")
        report.paragraph(f"{year + 1}年{draw.randint(1, 3)}月{draw.randint(1, 28)}日", "right")
    truth = report.truth
    truth.title = draw.choice(TITLES).format(**words)
    truth.published = f"{year + 1}-{draw.randint(1, 3):02}-{draw.randint(4, 28):02}"
    truth.parts = report.parts
    truth.readings = report.writer.readings
    truth.text = "\n".join(map(text_of, report.pieces))
    seen = {"stop", "lost_numeral", "doubled_numeral"} | ({"glued"} if form is None else set())
    notes = sorted(report.defects & seen)
    notes += [f"numbering_{report.numbering}"] if report.numbering not in "、" else []
    notes += [name for name in ("subtotals", "units", "thousands", "lost_ordinal") if form and getattr(style, name)]
    notes += ["blank_zero"] if form and style.zero == "" else []
    notes += [f"layout_{layout}"] if layout != "html" else []
    dress = Dress(f"report-{seed:03}-{regime}-{system}", system, truth, report.pieces, year, words, notes)
    return finish(dress, draw)


def reports() -> list[Page]:
    """All reports."""
    pages: list[Page] = []
    regimes = ["2008", "annex", "2019", "2021"]
    layouts = ["flat", "flat", "tabs", "markdown", "line"]
    for seed in range(168):
        system = list(SYSTEMS)[seed % len(SYSTEMS)]
        regime = regimes[(seed // len(SYSTEMS) + seed) % len(regimes)]
        plain = SYSTEMS[system].plain
        layout = layouts[seed // len(SYSTEMS) % len(layouts)] if plain else "html"
        pages.append(compose(seed, system, regime, layout))
    return pages
