"""Sentences with their figures: data/*.toml turned into words, values remembered while they are printed."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.corpus.page import Reading

DATA = Path(__file__).parent / "data"
SLOT = re.compile(r"\{([^{}]*)\}")
DIGITS = "零一二三四五六七八九十"
WIDE = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}
ROUGH = [
    ("约", "", "about", 0),
    ("近", "", "nearly", 1),
    ("超过", "", "more_than", 0),
    ("逾", "", "more_than", 0),
    ("", "余", "more_than", 0),
    ("", "多", "more_than", 0),
]
"""What stands before and after a rounded figure, what it means, whether it is rounded up."""
STREETS = ["人民路", "解放街", "建设大道", "文昌路", "滨江西路"]
CHANNELS = ["微观", "发布", "融媒", "清风", "百事通"]
RANGES: dict[str, tuple[int, int]] = {
    "proactive_by_departments": (900, 4000),
    "proactive_by_townships": (300, 900),
    "proactive_new_in_year": (30, 900),
    "proactive_catalogue_system": (40, 1500),
    "website_items_published": (600, 9000),
    "gazette_issues": (4, 24),
    "gazette_items": (20, 190),
    "government_information_made": (50, 900),
    "policy_interpretations": (3, 96),
    "press_conferences": (2, 30),
    "hot_issue_responses": (2, 60),
    "new_media_accounts": (14, 60),
    "wechat_followers": (11, 900),
    "site_visits": (12, 480),
    "site_visits_daily": (300, 4000),
    "reading_points": (3, 9),
    "reading_visits": (30, 2500),
    "reading_items": (30, 2500),
    "consultations": (41, 900),
    "mailbox_letters": (20, 1500),
    "hotline_items": (60, 5000),
    "application_fees": (20, 900),
    "appeals_complaints": (1, 9),
    "normative_documents_published": (2, 60),
    "hearings": (1, 9),
    "training_sessions": (2, 22),
    "trainees": (40, 1900),
    "spending_total": (3, 90),
    "full_text_electronic_rate": (86, 100),
    "answered_on_time_rate": (96, 100),
    "staff_full_time": (1, 9),
    "staff_part_time": (2, 40),
}


def load(name: str) -> dict[str, Any]:
    """A TOML file of the corpus."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def bodies() -> list[dict[str, str]]:
    """The bodies that report, with the words they call themselves by."""
    with (DATA / "bodies.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


SENTENCES = load("sentences.toml")
FILLERS = load("fillers.toml")
HEADINGS = load("headings.toml")


@dataclass
class Writer:
    """Writes one report's sentences; keeps a figure's value, so that each says the same wherever it stands."""

    random: Random
    words: dict[str, str]
    facts: dict[str, float] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    printed: dict[tuple[str, str], tuple[str, Reading]] = field(default_factory=dict)

    def topic(self, name: str) -> str:
        """One of the topic's sentences."""
        return self.fill(self.random.choice(SENTENCES[name]["lines"]))

    def filler(self, name: str, count: int = 1) -> str:
        """Some of the sentences that fill a part."""
        lines = FILLERS[name]
        return "".join(self.fill(line) for line in self.random.sample(lines, min(count, len(lines))))

    def fill(self, template: str) -> str:
        """The sentence with its slots filled, its figures remembered."""
        return SLOT.sub(lambda slot: self._slot(slot[1]), template)

    def fact(self, metric: str) -> float:
        """The value of a metric in this report."""
        if metric not in self.facts:
            self.facts[metric] = self.random.randint(*RANGES[metric])
        return self.facts[metric]

    def _slot(self, slot: str) -> str:
        if slot in self.words:
            return self.words[slot]
        if slot.startswith("#"):
            low, high = slot[1:].split("-")
            return str(self.random.randint(int(low), int(high)))
        if slot.startswith("0:"):
            self.readings += [(metric, 0, "exact") for metric in slot[2:].split(",")]
            return ""
        if slot.endswith("_share"):
            part = self.fact("outcome_granted" if slot == "granted_share" else "outcome_denied")
            return f"{100 * part / max(self.fact('applications_answered'), 1):.2f}"
        name, _, form = slot.rstrip("~").partition(":")
        return self._figure(name, form, slot.endswith("~"))

    def _figure(self, metric: str, form: str, rough: bool) -> str:
        """The value as it is printed; wherever it comes again in the report it is printed alike."""
        if (metric, form) not in self.printed:
            self.printed[metric, form] = self._print(metric, form, rough and not any(m == metric for m, _ in self.printed))
        shown, reading = self.printed[metric, form]
        self.readings.append(reading)
        return shown

    def _print(self, metric: str, form: str, rough: bool) -> tuple[str, Reading]:
        value = self.fact(metric)
        if form == "zh":
            return DIGITS[int(value)], (metric, value, "exact")
        before, after, qualifier = "", "", "exact"
        if rough and value >= 20 and self.random.random() < 0.5:
            before, after, qualifier, step = self.random.choice(ROUGH[: 4 if form == "wan" else None])
            value = (value // 10 + step) * 10
        shown = f"{value:,.0f}" if self.words["thousands"] and value >= 1000 else f"{value:.10g}"
        if self.words["wide"]:
            shown = shown.translate(WIDE)
        return before + shown + after, (metric, value * (10000 if form == "wan" else 1), qualifier)
