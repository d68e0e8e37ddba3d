"""The entry in a host's configuration: what else stands there stays, and what is unclear is left alone."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from secondme.cli.commands.mcp import HOST_NAMES
from secondme.cli.root import cli, load_commands
from secondme.doors.hosts import HOSTS, Surroundings, host


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home without any host."""
    for name in ("XDG_CONFIG_HOME", "CODEX_HOME", "CLAUDE_CONFIG_DIR", "SECONDME_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def install(*arguments: str) -> Result:
    """Run `secondme mcp install`."""
    load_commands()
    return CliRunner().invoke(cli, ["mcp", "install", *arguments])


def read(file: Path, section: str) -> dict[str, Any]:
    """The servers that a configuration lists."""
    text = file.read_text(encoding="utf-8-sig")
    content = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
    servers: dict[str, Any] = content[section]
    return servers


def place(name: str, person: Path) -> Path:
    """Where a host on Linux keeps its configuration."""
    return host(name).file(Surroundings("linux", person, {}))


@pytest.mark.parametrize(
    ("name", "platform", "expected"),
    [
        ("claude-desktop", "darwin", "Library/Application Support/Claude/claude_desktop_config.json"),
        ("claude-desktop", "linux", ".config/Claude/claude_desktop_config.json"),
        ("claude-desktop", "win32", "AppData/Roaming/Claude/claude_desktop_config.json"),
        ("claude-code", "darwin", ".claude.json"),
        ("cursor", "win32", ".cursor/mcp.json"),
        ("vscode", "darwin", "Library/Application Support/Code/User/mcp.json"),
        ("vscode", "linux", ".config/Code/User/mcp.json"),
        ("vscode", "win32", "AppData/Roaming/Code/User/mcp.json"),
        ("codex", "linux", ".codex/config.toml"),
    ],
)
def test_each_host_has_its_place_on_each_system(name: str, platform: str, expected: str) -> None:
    assert host(name).file(Surroundings(platform, Path("/home/ana"), {})) == Path("/home/ana") / expected


@pytest.mark.parametrize(
    ("name", "variable", "expected"),
    [
        ("codex", "CODEX_HOME", "/elsewhere/config.toml"),
        ("claude-code", "CLAUDE_CONFIG_DIR", "/elsewhere/.claude.json"),
        ("vscode", "XDG_CONFIG_HOME", "/elsewhere/Code/User/mcp.json"),
    ],
)
def test_a_place_that_the_environment_names_is_taken(name: str, variable: str, expected: str) -> None:
    assert host(name).file(Surroundings("linux", Path("/home/ana"), {variable: "/elsewhere"})) == Path(expected)


def test_the_command_knows_the_hosts_without_loading_them() -> None:
    assert tuple(one.name for one in HOSTS) == HOST_NAMES


@pytest.mark.parametrize("name", HOST_NAMES)
def test_a_host_without_configuration_gets_one_with_absolute_paths(name: str, person: Path) -> None:
    done = install(name)
    assert (done.exit_code, done.stderr) == (0, "")
    made = read(place(name, person), host(name).section)["secondme"]
    assert Path(made["command"]).is_absolute()
    assert Path(made["command"]).exists()
    assert made["args"][-3:] == ["mcp", "--as", name]
    assert "env" not in made
    assert made.get("type", "stdio") == "stdio"
    assert place(name, person).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", HOST_NAMES)
def test_the_home_of_the_memory_goes_along_and_a_second_run_changes_nothing(
    name: str, person: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDME_HOME", "memories")
    monkeypatch.chdir(person)
    assert "has it now" in install(name, "--as", "desk").stdout
    file = place(name, person)
    made = read(file, host(name).section)["secondme"]
    assert made["env"] == {"SECONDME_HOME": str(person / "memories")}
    assert made["args"][-1] == "desk"
    first = (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino)
    assert "nothing was changed" in install(name, "--as", "desk").stdout
    assert (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino) == first


def test_other_entries_and_their_layout_stay(person: Path) -> None:
    file = place("cursor", person)
    file.parent.mkdir()
    before = '{\n\t"theme": "tänze 1.0",\n\t"mcpServers": {\n\t\t"other": {\n\t\t\t"command": "x",\n\t\t\t"args": []\n'
    file.write_text(before + "\t\t}\n\t}\n}\n", encoding="utf-8")
    file.chmod(0o644)
    install("cursor")
    assert file.read_text(encoding="utf-8").startswith(before)
    assert read(file, "mcpServers").keys() == {"other", "secondme"}
    assert file.stat().st_mode & 0o777 == 0o644


def test_comments_and_other_tables_of_toml_stay(person: Path) -> None:
    file = place("codex", person)
    file.parent.mkdir()
    before = '# mine\nmodel = "o5"  # fast\n\n[mcp_servers.docs]\ncommand = "docs"\nargs = ["-y"]\n'
    file.write_text(before, encoding="utf-8")
    install("codex")
    assert file.read_text(encoding="utf-8").startswith(before)
    assert read(file, "mcp_servers").keys() == {"docs", "secondme"}


@pytest.mark.parametrize("name", HOST_NAMES)
def test_what_a_person_added_to_the_entry_stays(name: str, person: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECONDME_HOME", "/first")
    install(name)
    file = place(name, person)
    text = file.read_text()
    added = text.replace('SECONDME_HOME = "/first"', 'SECONDME_HOME = "/first"\nLANG = "de"')
    added = added.replace('"SECONDME_HOME": "/first"', '"SECONDME_HOME": "/first", "LANG": "de"')
    added = added.replace("command = ", "enabled = false\ncommand = ").replace(
        '"command"', '"enabled": false, "command"'
    )
    file.write_text(added)
    monkeypatch.setenv("SECONDME_HOME", "/second")
    install(name)
    made = read(file, host(name).section)["secondme"]
    assert made["enabled"] is False
    assert made["env"] == {"SECONDME_HOME": "/second", "LANG": "de"}
    monkeypatch.delenv("SECONDME_HOME")
    install(name)
    assert read(file, host(name).section)["secondme"]["env"] == {"LANG": "de"}


BROKEN = [
    b"{",
    b"not json",
    b'{"mcpServers": {"a": {}},}',
    b'{// mine\n"mcpServers": {}}',
    b'{"mcpServers": []}',
    b"[]",
    b"[" * 100_000,
    b'{"mcpServers": {"secondme": {"env": ["LANG"]}}}',
    b'{"mcpServers": {"secondme": "x"}}',
    b'{"mcpServers": {"a": {}}, "mcpServers": {"b": {}}}',
    b"\xff\xfe{\x00}\x00",
]


@pytest.mark.parametrize("content", BROKEN)
def test_what_is_no_valid_configuration_is_left_alone_with_one_sentence(person: Path, content: bytes) -> None:
    file = place("claude-desktop", person)
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    done = install("claude-desktop")
    assert done.exit_code == 1
    assert "It was left as it is. `secondme mcp install claude-desktop --print`" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert file.read_bytes() == content


@pytest.mark.parametrize("content", [b"mcp_servers = 3\n", b"[mcp_servers\n", b"[a]\nb = 1\nb = 2\n", b"\xff\xfe"])
def test_broken_toml_is_left_alone_too(person: Path, content: bytes) -> None:
    file = place("codex", person)
    file.parent.mkdir()
    file.write_bytes(content)
    assert "It was left as it is." in install("codex").stderr
    assert file.read_bytes() == content


def test_a_file_with_a_byte_order_mark_keeps_it_and_an_empty_file_is_filled(person: Path) -> None:
    file = place("cursor", person)
    file.parent.mkdir()
    file.write_bytes(b'\xef\xbb\xbf{"mcpServers": {}}')
    install("cursor")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf{")
    file.write_bytes(b"")
    install("cursor")
    assert read(file, "mcpServers").keys() == {"secondme"}


def test_a_link_stays_a_link(person: Path) -> None:
    file = place("cursor", person)
    file.parent.mkdir()
    (person / "dotfiles.json").write_text("{}")
    file.symlink_to(person / "dotfiles.json")
    install("cursor")
    assert file.is_symlink()
    assert read(person / "dotfiles.json", "mcpServers").keys() == {"secondme"}


@pytest.mark.parametrize("name", HOST_NAMES)
def test_printing_shows_the_entry_and_writes_nothing(name: str, person: Path) -> None:
    done = install(name, "--print", "--as", "desk")
    file = place(name, person)
    assert not file.exists()
    assert done.stderr == f"This belongs into {file}.\n"
    printed = tomllib.loads(done.stdout) if file.suffix == ".toml" else json.loads(done.stdout)
    assert printed[host(name).section]["secondme"]["args"][-1] == "desk"
