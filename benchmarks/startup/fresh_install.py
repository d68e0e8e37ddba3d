"""Time from the README's first command to the first painted screen, and to the first cited answer, on a fresh machine.

    python -P benchmarks/startup/fresh_install.py [PYTHON]

Fresh means: a clone, a home and caches that are empty, a virtual environment of PYTHON with nothing but pip, and a PATH
without any compiler. It is run twice, the second time with the caches of the first, which leaves out the download.
Prints seconds from the first command as JSON; goal: 120 in all.
"""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).parents[2]
COMPILER = re.compile(r"(.*-)?(cc|c\+\+|gcc|g\+\+|cpp|clang|clang\+\+|ld|cmake|ninja|make)(-[0-9.]+)?")
"""As in .ci/run."""
PAINTED = b"Ask about"
LIMIT_SECONDS = 900.0
DROPPED = ("UV_", "PIP_FIND_LINKS", "VIRTUAL_ENV", "PYTHON", "XDG_", "SECONDME_")
QUESTION, ANSWER = "Where is the spare key of the boat shed?", "blue barrel"


def tools_without_compilers(folder: Path) -> Path:
    """A folder of links to all that PATH reaches, but compilers."""
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for path in Path(place).iterdir() if Path(place).is_dir() else ():
            link = folder / path.name
            if not path.is_dir() and not COMPILER.fullmatch(path.name) and not link.is_symlink():
                link.symlink_to(path)
    return folder


def notes(folder: Path) -> None:
    """Ten files, one of which answers."""
    folder.mkdir()
    for number in range(9):
        text = f"# Week {number}\n\nRain on {number + 2} days; the ferry left at {number + 7} o'clock.\n"
        (folder / f"week-{number}.md").write_text(text, encoding="utf-8")
    (folder / "harbour.md").write_text(f"The spare key of the boat shed hangs behind the {ANSWER}.\n", encoding="utf-8")


def seconds_to_paint(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """Seconds until a command has painted the app on a new pseudo-terminal. Raises TimeoutError."""
    began = time.monotonic()
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe(command[0], command, environment | {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"})
    written = b""
    try:
        while time.monotonic() - began < LIMIT_SECONDS:
            if select.select([terminal], [], [], 0.1)[0]:
                written += os.read(terminal, 65536)
            if PAINTED in written:
                return time.monotonic() - began
        raise TimeoutError(f"nothing was painted: {written[-400:]!r}")
    except OSError as error:
        raise TimeoutError(f"it ended before it painted: {written[-400:]!r}") from error
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        os.close(terminal)


def install(work: Path, home: Path, python: str, tools: Path) -> dict[str, float]:
    """Follow the README in the folder `work`. Returns seconds from the first command."""
    clone, venv = work / "secondme", work / "venv"
    subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(clone)], check=True)
    notes(work / "notes")
    subprocess.run([python, "-m", "venv", str(venv)], check=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
    environment |= {"HOME": str(home), "PATH": f"{venv}/bin:{tools}", "SECONDME_HOME": str(work / "memory")}
    began = time.monotonic()
    subprocess.run([str(venv / "bin/pip"), "install", "--quiet", "uv"], check=True, env=environment)
    uv = str(venv / "bin/uv")
    result = {"uv": time.monotonic() - began}
    seconds_to_paint([uv, "run", "secondme"], clone, environment)
    result["first screen"] = time.monotonic() - began
    for arguments in (["ingest", str(work / "notes")], ["ask", QUESTION]):
        ended = subprocess.run(
            [uv, "run", "secondme", *arguments], cwd=clone, env=environment, check=True, capture_output=True, text=True
        )
    if ANSWER not in ended.stdout or "[1]" not in ended.stdout:
        raise RuntimeError(f"no cited answer: {ended.stdout}")
    result["first cited answer"] = time.monotonic() - began
    return {name: round(seconds, 1) for name, seconds in result.items()}


def main() -> None:
    """Install twice, and print what both took."""
    python = sys.argv[1] if len(sys.argv) > 1 else str(Path(sys.executable).resolve())
    version = subprocess.run([python, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="sm-") as folder:
        root = Path(folder)
        home, tools = root / "home", tools_without_compilers(root / "tools")
        home.mkdir()
        report: dict[str, object] = {"began": datetime.now(UTC).isoformat(timespec="seconds"), "python": version}
        for name in ("empty caches", "caches of before"):
            work = root / name.replace(" ", "-")
            work.mkdir()
            report |= {name: install(work, home, python, tools), f"load, {name}": os.getloadavg()}
        print(json.dumps(report), flush=True)  # before all of it is deleted, which may take a while


if __name__ == "__main__":
    main()
