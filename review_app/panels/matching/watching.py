"""Telling the caller where a solver stands, and stopping when he says so."""

from collections.abc import Callable

from review_app.panels.matching.problem import Cancelled, Progress

Report = Callable[[Progress], None]


class Watch:
    """Hands progress to the caller; his `Cancelled` stops a running solver and rises after it ended."""

    def __init__(self, report: Report | None) -> None:
        self.report = report
        self.last = Progress("START")
        self.stopped: Cancelled | None = None

    def tell(self, progress: Progress) -> None:
        """Report a new step. Raises Cancelled when the caller wants no more."""
        self.last = progress
        if self.report is not None:
            self.report(progress)

    def wants_stop(self) -> bool:
        """Asked from inside a solver, where nothing may be raised."""
        if self.stopped is None and self.report is not None:
            try:
                self.report(self.last)
            except Cancelled as stop:
                self.stopped = stop
        return self.stopped is not None

    def check(self) -> None:
        """Raise the Cancelled that stopped the solver, if one did."""
        if self.stopped is not None:
            raise self.stopped
