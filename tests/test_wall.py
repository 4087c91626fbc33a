"""The wall between the two houses: the product never imports the network side."""

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pipelines

ROOT = Path(__file__).parent.parent

PROGRAM = """
import importlib, sys
for name in {names!r}:
    importlib.import_module(name)
print(sorted(set(sys.modules) & {forbidden!r}))
"""
FORBIDDEN = {"crawler", "scrapy", "twisted", "aiohttp", "requests", "urllib3", "http.client", "http.server"}


def test_pipelines_import_nothing_of_the_network() -> None:
    names = [found.name for found in pkgutil.walk_packages(pipelines.__path__, "pipelines.") if ".build" not in found.name]
    assert "pipelines.store" in names
    program = PROGRAM.format(names=["pipelines", *names], forbidden=FORBIDDEN)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


POSSESSIVE = re.compile(r"(?<!\\)\)[*+?]\+|\(\?>")


def test_no_group_is_possessive_or_atomic() -> None:
    """Python before 3.11.5, as Debian 12 has it, matches groups of that kind wrongly."""
    found = (path for folder in ("pipelines", "crawler") for path in (ROOT / folder).rglob("*"))
    files = [path for path in found if path.suffix in (".py", ".toml")]
    assert [str(path) for path in files if POSSESSIVE.search(path.read_text(encoding="utf-8"))] == []
