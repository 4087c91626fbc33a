"""The wall between the two houses: the product never imports the network side."""

import pkgutil
import subprocess
import sys

import pipelines

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
