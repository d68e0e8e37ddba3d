"""The background service of this user: a systemd unit or a launchd agent made from the templates in `packaging/`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from secondme.errors import SecondMeError

UNIT = "secondme.service"
LABEL = "local.secondme.engine"
COMMAND_SECONDS = 20


@dataclass(frozen=True)
class ServiceState:
    """Whether the service is installed and runs, and a sentence for a person."""

    installed: bool
    running: bool
    sentence: str


def install() -> list[str]:
    """Write the unit, have it start with the session, and start it now. Returns what was done. Raises SecondMeError."""
    target = _target()
    template = _template("secondme.service" if sys.platform != "darwin" else "secondme.plist")
    home = os.environ.get("SECONDME_HOME", "")
    text = template.replace("@PYTHON@", sys.executable).replace(
        "@HOME@", home and str(Path(home).expanduser().absolute())
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    done = [f"wrote {target}"]
    if sys.platform == "darwin":
        _run("launchctl", "bootout", f"gui/{os.getuid()}/{LABEL}", check=False)
        _run("launchctl", "bootstrap", f"gui/{os.getuid()}", str(target))
        return [*done, "It runs now and starts with your session."]
    _run("systemctl", "--user", "daemon-reload")
    _run("systemctl", "--user", "enable", "--now", UNIT)
    return [
        *done,
        "It runs now and starts with your session.",
        "To have it run while you are logged out: `loginctl enable-linger`.",
    ]


def status() -> ServiceState:
    """Whether it is installed and runs. Raises SecondMeError on systems without a known service manager."""
    target = _target()
    if not target.exists():
        return ServiceState(False, False, "The service is not installed; `secondme service install` does it.")
    if sys.platform == "darwin":
        running = _run("launchctl", "print", f"gui/{os.getuid()}/{LABEL}", check=False) == 0
    else:
        running = _run("systemctl", "--user", "is-active", "--quiet", UNIT, check=False) == 0
    log = "its log: `journalctl --user -u secondme`" if sys.platform != "darwin" else "its log: `secondme paths`"
    return ServiceState(
        True, running, f"The service runs ({target})." if running else f"The service is stopped; {log}."
    )


def remove() -> list[str]:
    """Stop it and remove the unit. Returns what was done."""
    target = _target()
    if not target.exists():
        return ["The service is not installed."]
    if sys.platform == "darwin":
        _run("launchctl", "bootout", f"gui/{os.getuid()}/{LABEL}", check=False)
        target.unlink()
        return [f"removed {target}"]
    _run("systemctl", "--user", "disable", "--now", UNIT, check=False)
    target.unlink()
    _run("systemctl", "--user", "daemon-reload", check=False)
    return [f"removed {target}"]


def _target() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library/LaunchAgents" / f"{LABEL}.plist"
    if shutil.which("systemctl") is None:
        raise SecondMeError(
            "This system has neither systemd nor launchd.",
            "Have your own service manager run `secondme watch run`.",
            "Nothing was changed.",
        )
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(config) / "systemd/user" / UNIT


def _template(name: str) -> str:
    """A template: beside this package when it was installed, in the project's `packaging/` when it is run from
    there."""
    package = Path(__file__).parents[1]
    for folder in (package / "packaging", package.parent / "packaging"):
        if (folder / name).exists():
            return (folder / name).read_text(encoding="utf-8")
    raise SecondMeError(f"The template {name} is missing.", "Install Second Me again.", "Nothing was changed.")


def _run(*command: str, check: bool = True) -> int:
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SecondMeError(
            f"`{' '.join(command)}` did not work ({type(error).__name__}).", "Try it yourself."
        ) from error
    if check and ended.returncode != 0:
        said = (ended.stderr or ended.stdout).strip().splitlines()
        raise SecondMeError(
            f"`{' '.join(command)}` failed" + (f": {said[-1]}" if said else "") + ".",
            "The unit file is written; start it when your service manager works.",
        )
    return ended.returncode
