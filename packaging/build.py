"""Builds what people install, into `dist/` or the folder after --out:

    uv run python packaging/build.py wheel      the wheel; constraints.txt: every package in the version tested here;
                                                models.txt: the packages with the models
    uv run python packaging/build.py debian     a Debian package for the release and the processor of this machine
    uv run python packaging/build.py homebrew --url ADDRESS
                                                the formula for a tap; wheel and constraints will be below ADDRESS

Prints a line of JSON: each file with its bytes. What the packages are for is in docs/installing.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

from deb import build_deb, bundled_models

from secondme import __version__

PROJECT = Path(__file__).parents[1]


def build_wheel(out: Path) -> tuple[Path, Path, Path]:
    """Build the wheel, the constraints to install it with, and the list of packages with models. Returns their paths.

    Raises CalledProcessError.
    """
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
    models = out / "models.txt"
    models.write_text("".join(f"{pin}\n" for pin in bundled_models(PROJECT)), encoding="utf-8")
    return wheel, constraints, models


def build_formula(wheel: Path, constraints: Path, url: str, out: Path) -> Path:
    """Fill in the formula for a release whose files are below `url`. Returns its file."""
    values = {
        "@HOMEPAGE@": "/".join(url.split("/")[:5]),
        "@URL@": url.rstrip("/"),
        "@WHEEL@": wheel.name,
        "@VERSION@": __version__,
        "@WHEEL_SHA256@": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "@CONSTRAINTS_SHA256@": hashlib.sha256(constraints.read_bytes()).hexdigest(),
    }
    text = (PROJECT / "packaging/secondme.rb").read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(name, value)
    formula = out / "secondme.rb"
    formula.write_text(text, encoding="utf-8")
    return formula


def _run(*command: str) -> str:
    return subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Build what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["wheel", "debian", "homebrew"])
    parser.add_argument("--out", type=Path, default=PROJECT / "dist")
    parser.add_argument("--url", default="", help="where the files of the release will be, for homebrew")
    given = parser.parse_args()
    if given.what == "homebrew" and not given.url:
        parser.error("homebrew needs --url")
    out = given.out.absolute()
    wheel, constraints, models = build_wheel(out)
    made = [wheel, constraints, models]
    if given.what == "debian":
        made = [build_deb(PROJECT, wheel, constraints, out)]
    elif given.what == "homebrew":
        made.append(build_formula(wheel, constraints, given.url, out))
    print(json.dumps({str(path): path.stat().st_size for path in made}))


if __name__ == "__main__":
    main()
