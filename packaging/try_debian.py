"""Tries the Debian package in a fresh root: `.venv/bin/python packaging/try_debian.py FILE.deb`.

Needs root and debootstrap. It is installed with apt, used as an ordinary user without a network, and removed. Prints
JSON: seconds and last line of each step, bytes of the package, files that were left over. Ends with 1 when a step fails
or anything of the package stays.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

USER = "ada"
NOTES = {
    "harbour.md": "# Harbour\n\nThe spare key of the boat shed hangs behind the blue barrel.\n",
    "garden.md": "# Garden\n\nThe quince tree was planted on 4 March 2019 beside the well.\n",
}
STEPS = (
    ("version", "secondme --version"),
    ("settings", "secondme config set engine.linger_seconds 2"),
    ("doctor", "secondme doctor"),
    ("ingest", "secondme ingest notes"),
    ("wait", "secondme status --wait"),
    ("recall", "secondme recall 'where is the spare key of the boat shed'"),
    ("answer", "secondme ask 'When was the quince tree planted?'"),
    ("setup", "secondme setup | grep 'Nothing to fetch'"),
    ("manual", "zcat /usr/share/man/man1/secondme.1.gz | grep -c '^.SS secondme'"),
    ("completion", "bash -c '. /usr/share/bash-completion/completions/secondme && complete -p secondme'"),
)
"""What the user does, in order: a name and a command."""
PLACES = ("opt", "usr", "etc", "var/lib/dpkg/info")
"""Where a package may leave files."""


@dataclass(frozen=True)
class Step:
    """A command that was tried: its exit code, and the last line that it said."""

    name: str
    seconds: float
    code: int
    said: str


class Root:
    """A root folder with a system of its own. A context: /proc and /dev are there until its end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Root:
        for name in ("proc", "dev"):
            (self.folder / name).mkdir(exist_ok=True)
            subprocess.run(["mount", "--rbind", "--make-rslave", f"/{name}", self.folder / name], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        for name in ("proc", "dev"):
            subprocess.run(["umount", "--recursive", "--lazy", self.folder / name], check=False)

    def step(self, name: str, command: str, *, user: str = "root") -> Step:
        """Run a command. An ordinary user has no network: what works, works without."""
        inside = [
            "chroot",
            str(self.folder),
            "/usr/bin/env",
            "-i",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG=C.UTF-8",
        ]
        if user == "root":
            whole = [*inside, "DEBIAN_FRONTEND=noninteractive", "sh", "-c", command]
        else:
            whole = ["unshare", "--net", *inside, "su", "-", user, "-c", command]
        began = time.monotonic()
        ended = subprocess.run(whole, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        print(f"--- {name}: {command}\n{ended.stdout}", file=sys.stderr)
        said = (ended.stdout.strip().splitlines() or [""])[-1]
        return Step(name, round(time.monotonic() - began, 1), ended.returncode, said[:200])

    def files(self) -> set[str]:
        """Every file where a package may leave some."""
        found = (path for place in PLACES for path in (self.folder / place).rglob("*") if not path.is_dir())
        return {str(path.relative_to(self.folder)) for path in found}


def try_package(root: Root, package: Path) -> tuple[list[Step], list[str]]:
    """The steps, and the files that were left after the removal."""
    shutil.copy(package, root.folder / "tmp/secondme.deb")
    shutil.copy("/etc/resolv.conf", root.folder / "etc/resolv.conf")
    steps = [root.step("needs", "apt-get update -q && apt-get install -qy --no-install-recommends python3 libstdc++6")]
    before = root.files()
    steps.append(root.step("install", "apt-get install -qy --no-install-recommends /tmp/secondme.deb"))
    steps.append(root.step("user", f"useradd -m {USER}"))
    notes = root.folder / "home" / USER / "notes"
    notes.mkdir()
    for name, text in NOTES.items():
        (notes / name).write_text(text, encoding="utf-8")
    steps += [root.step(name, command, user=USER) for name, command in STEPS]
    steps.append(root.step("remove", "apt-get remove -qy secondme"))
    memory = root.folder / "home" / USER / ".local/share/secondme/secondme.db"
    steps.append(Step("memory stays", 0.0, 0 if memory.exists() else 1, str(memory.relative_to(root.folder))))
    return steps, sorted(root.files() - before - {"var/lib/dpkg/info/format"})


def main() -> None:
    """Make the root, try the package, print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--root", type=Path, help="A folder that debootstrap made, to be copied.")
    given = parser.parse_args()
    release = platform.freedesktop_os_release()["VERSION_CODENAME"]
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "root"
        if given.root:
            subprocess.run(["cp", "-a", given.root, fresh], check=True)
        else:
            command = ["debootstrap", "--variant=minbase", release, fresh]
            subprocess.run(command, check=True, stdout=sys.stderr)
        Path(folder).chmod(0o755)
        with Root(fresh) as root:
            steps, left_over = try_package(root, given.package)
    report = {"bytes": given.package.stat().st_size, "steps": [asdict(step) for step in steps], "left over": left_over}
    print(json.dumps(report))
    # /etc/passwd and its like are the user's that was made here.
    sys.exit(any(step.code for step in steps) or any("secondme" in name for name in left_over))


if __name__ == "__main__":
    main()
