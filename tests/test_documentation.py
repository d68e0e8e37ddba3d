"""Documentation names files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "AGENTS.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "doors").glob("*.md")),
    ROOT / "benchmarks" / "README.md",
]
WHERE = (ROOT, ROOT / "secondme", ROOT / "models", ROOT / "docs", ROOT / "benchmarks")
PATH = re.compile(r"(?:[a-z_]+/)*[a-z_]+(?:/|\.(?:py|md|toml|json))")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_path_on_a_page_exists(page: Path) -> None:
    named = {code.split()[0].partition("::")[0] for code in re.findall(r"`([^`\n]+)`", page.read_text())}
    paths = {name for name in named if "/" in name and PATH.fullmatch(name)}
    missing = {path for path in paths if not any((folder / path).exists() for folder in WHERE)}
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text())
    missing = {link for link in links if "://" not in link and not (page.parent / link).exists()}
    assert missing == set()
