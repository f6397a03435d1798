"""The forming of panels for whole backlogs against others, in one run: `python benchmarks/panels.py [NAMES]`.

NAMES are instances of `panel_instances.py` (default: the three of 80 experts; `1000x10000x3` takes minutes). Every solver
works in a process of its own, so that time and memory are honest; the instance is made outside the clock. Printed are
the median seconds of `--runs`, memory in MB, rules broken by the independent verifier, total, worst panel, proven gap.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from panel_instances import SIZES, instance
from panel_measures import show

from review_app.panels.matching.large import match_large
from review_app.panels.matching.problem import Matched, Problem
from review_app.panels.matching.solving import match

HERE = Path(__file__).parent
OWN: dict[str, Callable[[Problem], Matched]] = {"ours": match, "ours-large": match_large}
SMALL = ("80x135x5", "80x799x3", "80x799x3-tight")
TOO_LARGE = {"flow": 20_000, "milp": 150_000, "two-pass": 500_000}  # pairs


def main() -> None:
    options = read_options()
    if options.solver:
        show(instance(options.names[0]), OWN[options.solver], options.runs)
        return
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in options.names or SMALL:
        found = {solver: in_child(name, solver, options.runs) for solver in options.solvers.split(",")}
        print(f"\n{name}\n\n{table(found)}")


def read_options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", choices=[[], *SIZES], metavar="NAMES")
    asked.add_argument("--solvers", default="ours,ours-large,two-pass,fairness,milp,flow")
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--solver", help=argparse.SUPPRESS)
    return asked.parse_args()


def in_child(name: str, solver: str, runs: int) -> dict[str, Any] | None:
    """What one solver does with one instance; None when the instance is beyond it."""
    size = SIZES[name]
    if size.experts * size.cases > TOO_LARGE.get(solver, sys.maxsize):
        return None
    script = HERE / ("panels.py" if solver in OWN else "panel_peers.py")
    command = [sys.executable, str(script), name, "--solver", solver, "--runs", str(runs)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode:
        print(told.stderr, file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found | ({"proven": True} if solver in OWN else {})


def table(found: dict[str, dict[str, Any] | None]) -> str:
    """In markdown; ratios of time and memory are against the first solver."""
    first = next(iter(found.values())) or {}
    lines = ["| | s | × | MB | × | rules broken | total | worst | gap % |", f"| --- |{' ---: |' * 8}"]
    for name, one in found.items():
        lines.append(f"| {name} | {cells(one, first)} |")
    return "\n".join(lines)


def cells(one: dict[str, Any] | None, first: dict[str, Any]) -> str:
    if one is None:
        return "beyond it | | | | | | |"
    if one["broken"] is None:
        return f"{one['seconds']:.2f} | | {one['memory']:.0f} | | {one['status']} | | |"
    gap = f"{one['gap']:.4f}" if "proven" in one else ""
    return (
        f"{one['seconds']:.2f} | {ratio(one, first, 'seconds')} | {one['memory']:.0f} | {ratio(one, first, 'memory')} | "
        f"{one['broken']} | {one['total']:,} | {one['worst']:,} | {gap}"
    )


def ratio(one: dict[str, Any], first: dict[str, Any], key: str) -> str:
    return f"{one[key] / first[key]:.1f}" if first.get(key) else ""


if __name__ == "__main__":
    main()
