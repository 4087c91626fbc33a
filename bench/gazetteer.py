"""What the gazetteer costs at start-up, in a process of its own: `python bench/gazetteer.py`. Exits with 1 above a limit.

Counted is everything that the first look-up needs: the table, the matcher, the rules of names. Memory is what the process grew
by at its highest, time is wall time, both the median of several processes.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

from rich import box
from rich.console import Console
from rich.table import Table

MILLISECONDS, MEGABYTES = 300, 80
PROCESSES = 5
ONE_START = """
import resource, sys, time
from pipelines.identity import bodies, divisions, signs
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.perf_counter()
found = bodies.resolve(bodies.read_body("湖南省株洲市攸县教育局", 2014), 2014)
signs.in_address("http://www.pingwu.gov.cn/", 2014)
spent = time.perf_counter() - begun
assert found.division.code == "430223"
unit = 1024 if sys.platform != "darwin" else 1024 * 1024
print(1000 * spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / unit)
"""


def main() -> int:
    folder = Path(__file__).parent.parent
    runs = [
        subprocess.run([sys.executable, "-c", ONE_START], cwd=folder, check=True, capture_output=True, text=True)
        for _ in range(PROCESSES)
    ]
    milliseconds, megabytes = (median(column) for column in zip(*(map(float, run.stdout.split()) for run in runs), strict=True))
    table = Table("start-up", "median", "limit", box=box.SIMPLE)
    table.add_row("time", f"{milliseconds:.0f} ms", f"{MILLISECONDS} ms")
    table.add_row("memory", f"{megabytes:.0f} MB", f"{MEGABYTES} MB")
    Console(highlight=False).print(table)
    return 0 if milliseconds < MILLISECONDS and megabytes < MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
