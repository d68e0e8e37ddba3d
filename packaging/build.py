"""Builds what people install, into `dist/` or the folder after --out:

    uv run python packaging/build.py wheel      the wheel, and constraints.txt: every package in the version tested here
    uv run python packaging/build.py debian     a Debian package for the release and the processor of this machine

Prints a line of JSON: each file with its bytes. What the packages are for is in docs/installing.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from deb import build_deb

PROJECT = Path(__file__).parents[1]


def build_wheel(out: Path) -> tuple[Path, Path]:
    """Build the wheel and the constraints to install it with. Returns both. Raises CalledProcessError."""
    out.mkdir(parents=True, exist_ok=True)
    before = set(out.glob("*.whl"))
    with tempfile.TemporaryDirectory(dir=out) as fresh:
        _run("uv", "build", "--quiet", "--wheel", "--out-dir", fresh)
        (built,) = Path(fresh).glob("*.whl")
        wheel = built.replace(out / built.name)
    for old in before - {wheel}:
        old.unlink()  # of another version: it would be taken for this one's
    constraints = out / "constraints.txt"
    options = "--no-dev --no-hashes --no-emit-project --no-group bundled --no-annotate --no-header"
    constraints.write_text(_run("uv", "export", "--quiet", *options.split()), encoding="utf-8")
    return wheel, constraints


def _run(*command: str) -> str:
    return subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Build what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["wheel", "debian"])
    parser.add_argument("--out", type=Path, default=PROJECT / "dist")
    given = parser.parse_args()
    made = build_wheel(given.out.absolute())
    if given.what == "debian":
        made = (build_deb(PROJECT, *made, given.out.absolute()),)
    print(json.dumps({str(path): path.stat().st_size for path in made}))


if __name__ == "__main__":
    main()
