"""`mcp` takes more than a second to load, so only what speaks its protocol loads it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import secondme

ROOT = Path(secondme.__file__).parents[1]


def test_one_module_names_it_in_an_import() -> None:
    naming = set()
    for folder in ("secondme", "storage", "models", "tui"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_bytes())):
                named = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
                named += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if any(name.partition(".")[0] in ("mcp", "mcp_types") for name in named):
                    naming.add(file.relative_to(ROOT).as_posix())
    assert naming == {"secondme/doors/mcp_server.py"}


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("secondme.cli.main", ["mcp", "--help"]),
        ("secondme.cli.main", ["mcp", "install", "cursor", "--print"]),
        ("secondme.cli.main", ["serve", "--help"]),
        ("secondme.doors.http_server", []),
        ("secondme.server.process", []),
        ("secondme.engine.engine", []),
    ],
    ids=str,
)
def test_nothing_else_loads_it(module: str, arguments: list[str]) -> None:
    code = f"""
import sys
import {module} as loaded

sys.argv = ["secondme", *{arguments!r}]
try:
    {"loaded.main()" if arguments else "pass"}
finally:
    print(sorted({{"mcp", "mcp_types"}} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.splitlines()[-1] == "[]"
