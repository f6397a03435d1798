"""Consolidation, the scoring desk and many experts signing at once: `python benchmarks/scoring.py [PARTS]`.

PARTS are `panels`, `desk`, `rush` (default: all). `panels`: so many random panels of seven with 60 findings against a peer that
computes row by row and whose score must be the same. `desk`: the requests of a form with 60 deductions and 200 quotations
over a file of 2,000 pages, and of one with 10, with queries each. `rush`: fifty signatures at once on SQLite and PostgreSQL.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from scoring_desk import measure_desk
from scoring_panels import panels, score_of_rows, workbook
from scoring_rush import measure_rush

from review_app.deliberations.consolidation import consolidate
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.rulebook import load as load_rules

PARTS = ("panels", "desk", "rush")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PARTS")
    asked.add_argument("--panels", type=int, default=1000)
    asked.add_argument("--runs", type=int, default=30)
    asked.add_argument("--pages", type=int, default=2000)
    options = asked.parse_args()
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}")
    parts = options.parts or PARTS
    if "panels" in parts:
        measure_panels(options.panels)
    if "desk" in parts:
        measure_desk(options.runs, options.pages)
    if "rush" in parts:
        measure_rush()


def measure_panels(count: int) -> None:
    rules, catalogue = load_rules(), load_catalogue()
    ours, peer, differing = [], [], 0
    for panel in panels(count, rules, catalogue, size=7, findings=60):
        start = time.perf_counter()
        result = consolidate(panel, rules, catalogue)
        ours.append(1000 * (time.perf_counter() - start))
        rows = workbook(panel)
        start = time.perf_counter()
        score = score_of_rows(rows, rules, catalogue)
        peer.append(1000 * (time.perf_counter() - start))
        differing += score != result.score
    ratio = statistics.median(ours) / statistics.median(peer)
    print(f"\n{count} random panels of 7 with 60 findings: {differing} scores differ from the peer\n")
    print("| | p50 ms | p95 ms | all s |\n| --- | ---: | ---: | ---: |")
    for name, times in (("ours, everything", ours), ("row by row, the score alone", peer)):
        print(
            f"| {name} | {statistics.median(times):.2f} | {sorted(times)[int(0.95 * count)]:.2f} | {sum(times) / 1000:.1f} |"
        )
    print(
        f"\nOurs (votes, points, score, grade, reasons, statistics) takes {ratio:.1f} times the peer's time (score alone)."
    )


if __name__ == "__main__":
    main()
