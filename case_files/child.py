"""A child process that opens foreign files: bounds on time, memory and output.

A hostile or broken file can at worst end its own child; the server goes on. The child is a fresh
interpreter, never a fork, so this is safe from a server with threads. It gets none of the server's
environment and may write no file.
"""

import subprocess
import sys
import threading
from pathlib import Path

from case_files.limits import Limits

if sys.platform != "win32":
    import os
    import resource

_ROOM = Path(__file__).resolve().parent.parent
CHILD_ENVIRONMENT = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}


def ask_child(module: str, task: str, *, limits: Limits) -> tuple[bytes, int]:
    """Runs ``module`` as a child with ``task`` as its only argument: what it printed, its exit code.

    A child that takes longer than ``limits.seconds`` or prints more than ``limits.answer`` bytes is ended;
    its code is then negative or its answer longer than allowed.
    """
    command = [sys.executable, "-m", module, task]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module; the task is data
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOM,
        env=CHILD_ENVIRONMENT,
    ) as child:
        alarm = threading.Timer(limits.seconds, child.kill)
        alarm.start()
        try:
            answer = child.stdout.read(limits.answer + 1) if child.stdout else b""
            if len(answer) > limits.answer:
                child.kill()
            return answer, child.wait()
        finally:
            alarm.cancel()
            child.kill()


def confine(limits: Limits) -> None:
    """Called by the child before it opens anything: bounds on its time, its memory and what it may write."""
    if sys.platform == "win32":
        return
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the system refuses or ignores it
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    os.nice(5)
