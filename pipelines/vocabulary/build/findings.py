"""docs/issues.md, the catalogue of findings as a page: `python -m pipelines.vocabulary.build.findings`.

A test holds the page to `pipelines/vocabulary/issues.toml`, whose order and headings it keeps.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipelines import vocabulary
from pipelines.issues import catalogue

PAGE = Path(__file__).parents[3] / "docs" / "issues.md"

_HEADING_OR_CODE = re.compile(r"^# --- (?P<heading>.+)$|^\[(?P<code>\w+)\]$", re.MULTILINE)
_OPENING = """# Findings

What a record's `issues` may hold: the code, how grave it is at most, and what it means. A finding never repairs a value; it
quotes both sides with their places in the text. **error**: the data contradict themselves or were not read; **warning**: a
person should look; **note**: worth knowing.

Made by `make docs` from `pipelines/vocabulary/issues.toml`.
"""


def page() -> str:
    """The catalogue as Markdown."""
    kinds = catalogue()
    lines = [_OPENING]
    for found in _HEADING_OR_CODE.finditer((vocabulary.FOLDER / "issues.toml").read_text(encoding="utf-8")):
        if found["heading"]:
            lines.append(f"\n## {found['heading'].capitalize()}\n\n| code | severity | meaning |\n|---|---|---|\n")
        else:
            kind = kinds[found["code"]]
            lines.append(f"| `{kind.code}` | {kind.severity} | {kind.about} |\n")
    return "".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
