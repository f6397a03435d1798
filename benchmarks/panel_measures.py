"""What one solver does with one instance, measured inside its own process."""

import json
import resource
import statistics
import time
from collections.abc import Callable

from review_app.panels.matching.problem import Matched, Problem, Status
from review_app.panels.matching.verifying import faults


def show(problem: Problem, solve: Callable[[Problem], Matched], runs: int) -> None:
    """Print as one line of JSON: median seconds, peak memory of the process in MB with the instance in it, rules
    broken (none where there are no panels), total, worst panel, proven gap in percent.
    """
    times, found = [], Matched(Status.STOPPED)
    for _run in range(runs):
        begun = time.perf_counter()
        found = solve(problem)
        times.append(time.perf_counter() - begun)
    told = {
        "seconds": statistics.median(times),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "total": found.total,
        "worst": found.worst,
        "gap": found.gap * 100,
        "status": str(found.status),
        "broken": len(faults(problem, found)) if found.panels else None,
    }
    print(json.dumps(told))
