"""``python3 -m review_app``: makes its own environment beside the checkout, then runs the command there.

Only the standard library may be imported here: this file runs before anything is installed.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
HOME = CHECKOUT / ".venv"
PYTHON = str(HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
INSTALLED = HOME / "installed"
OLDEST = (3, 11)


def main() -> int:
    if sys.version_info < OLDEST:
        print(f"需要 Python 3.11 或更新版本，现为 {sys.version.split()[0]}。", file=sys.stderr)  # noqa: T201
        return 1
    if Path(sys.prefix) == HOME or not (CHECKOUT / "setup.cfg").exists():
        return run_command()
    if not up_to_date():
        install()
    command = [PYTHON, "-m", "review_app", *sys.argv[1:]]
    if os.name == "posix":
        os.execv(PYTHON, command)  # noqa: S606 - this process becomes the command: signals reach it
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


def run_command() -> int:
    from review_app.cli import commands

    return commands(prog_name="review-app") or 0


def up_to_date() -> bool:
    settings = CHECKOUT / "setup.cfg"
    return INSTALLED.exists() and INSTALLED.stat().st_mtime >= settings.stat().st_mtime


def install() -> None:
    print("首次运行，正在准备运行环境（约一分钟）…", file=sys.stderr)  # noqa: T201
    if not Path(PYTHON).exists():  # never over another interpreter's environment
        make_environment()
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.check_call([*pip, "--editable", f"{CHECKOUT}[dev]"])
    INSTALLED.touch()


def make_environment() -> None:
    try:
        venv.create(HOME, with_pip=True)
    except (ImportError, subprocess.CalledProcessError):
        sys.exit("无法建立运行环境：缺少 ensurepip。Debian/Ubuntu 请先执行 apt-get install python3-venv。")


if __name__ == "__main__":
    sys.exit(main())
