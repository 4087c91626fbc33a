"""Saved sites of a test's own, and crawls of them in a process of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.saved import Saved

ROOT = Path(__file__).parent.parent
BODY = "<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"


def write_site(folder: Path, pages: Iterable[Mapping[str, Any]]) -> Path:
    """Saves pages; `text` is written to a file of its own, the other keys stand in site.json as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = []
    number = 0
    for page in pages:
        entry = {key: value for key, value in page.items() if key != "answers"}
        answers = [dict(answer) for answer in page.get("answers", [])]
        for part in answers or [entry]:
            text = part.pop("text", None)
            if text is not None:
                number += 1
                part["file"] = f"{number}.html"
                (folder / part["file"]).write_bytes(text if isinstance(text, bytes) else text.encode())
        saved.append({**entry, **({"answers": answers} if answers else {})})
    (folder / "site.json").write_text(json.dumps({"pages": saved}), encoding="utf-8")
    return folder


def page(title: str, text: str = "") -> str:
    return BODY.format(title=title, text=text)


def list_of(rows: Mapping[str, str], more: str = "") -> str:
    """A list page: addresses and the words of their links."""
    items = "".join(f'<li><a href="{href}">{words}</a><span>2014-03-28</span></li>' for href, words in rows.items())
    return page("年报", f"<ul>{items}</ul>{more}")


@dataclass
class Ran:
    """A command that ended."""

    code: int
    out: str
    log: str
    folder: Path

    @property
    def items(self) -> list[dict[str, Any]]:
        """The records of `-O items.jsonl`, by address."""
        lines = (self.folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
        return sorted(map(json.loads, lines), key=lambda item: str(item["url"]))

    def stat(self, name: str) -> float:
        """A number of the stats in the log; 0 when it is not there."""
        found = re.search(rf"'{re.escape(name)}': ([\d.]+)", self.log)
        return float(found[1]) if found else 0.0


def start(folder: Path, *arguments: str, saved: Saved | None = None, **environment: str) -> subprocess.Popen[str]:
    """Starts a scrapy command with its data under a folder; saved portals stand in place of the real ones, or nothing does."""
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": ""}
    settings = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    # A machine that never ran this before: what it would fetch from elsewhere at its first crawl shows in the log.
    settings["TLDEXTRACT_CACHE"] = str(folder / "suffixes")
    with (folder / "out").open("wb") as out, (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", *arguments],
            cwd=folder,
            env={**os.environ, **settings, **(saved.environment if saved else nowhere), **environment},
            stdout=out,
            stderr=log,
            text=True,
        )


def scrapy(folder: Path, *arguments: str, saved: Saved | None = None, **environment: str) -> Ran:
    """Runs a scrapy command to its end: see `start`."""
    code = start(folder, *arguments, saved=saved, **environment).wait(timeout=120)
    out, log = ((folder / name).read_text(encoding="utf-8") for name in ("out", "log"))
    assert "Warning:" not in log, log
    return Ran(code, out, log, folder)
