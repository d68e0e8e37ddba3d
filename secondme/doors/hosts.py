"""Programs that start MCP servers, and the entry that `secondme mcp install` writes into their configuration.

To add a host, add a line to `HOSTS`.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.machine.atomic_file import replace_file
from secondme.errors import SecondMeError

ENTRY = "secondme"
"""How hosts call this server."""


@dataclass(frozen=True)
class Surroundings:
    """What decides where a program keeps its configuration."""

    platform: str
    """As `sys.platform`: darwin, win32 or linux."""
    home: Path
    environment: Mapping[str, str]

    def application_data(self) -> Path:
        """The folder in which programs of this system keep their configuration."""
        if self.platform == "darwin":
            return self.home / "Library" / "Application Support"
        if self.platform == "win32":
            return Path(self.environment.get("APPDATA") or self.home / "AppData" / "Roaming")
        return Path(self.environment.get("XDG_CONFIG_HOME") or self.home / ".config")

    def named(self, variable: str, otherwise: Path) -> Path:
        """The folder that a variable names, or another one."""
        return Path(self.environment.get(variable) or otherwise)


def here() -> Surroundings:
    """The surroundings of this process."""
    return Surroundings(sys.platform, Path.home(), os.environ)


@dataclass(frozen=True)
class Host:
    """A program that starts MCP servers.

    `file`: its configuration, TOML if it is named so, else JSON. `section`: the table there that lists servers.
    `typed`: whether an entry says that it is spoken to over stdio. `next`: what to do for it to look.
    """

    name: str
    title: str
    file: Callable[[Surroundings], Path]
    section: str = "mcpServers"
    typed: bool = False
    next: str = "Restart it."


HOSTS = (
    Host(
        "claude-desktop",
        "Claude Desktop",
        lambda here: here.application_data() / "Claude" / "claude_desktop_config.json",
        next="Quit Claude Desktop and open it again.",
    ),
    Host(
        "claude-code",
        "Claude Code",
        lambda here: here.named("CLAUDE_CONFIG_DIR", here.home) / ".claude.json",
        typed=True,
        next="Start a new session; /mcp lists it.",
    ),
    Host("cursor", "Cursor", lambda here: here.home / ".cursor" / "mcp.json", typed=True, next="Reload its window."),
    Host(
        "vscode",
        "Visual Studio Code",
        lambda here: here.application_data() / "Code" / "User" / "mcp.json",
        section="servers",
        typed=True,
        next="`MCP: List Servers` in its command palette starts it.",
    ),
    Host(
        "codex",
        "Codex",
        lambda here: here.named("CODEX_HOME", here.home / ".codex") / "config.toml",
        section="mcp_servers",
        next="Start a new session; /mcp lists it.",
    ),
)


def host(name: str) -> Host:
    """The host of this name."""
    return next(one for one in HOSTS if one.name == name)


def command() -> list[str]:
    """How to start `secondme` from any folder and with any PATH: absolute paths only.

    The command on the PATH if it is this installation, because its path outlives an upgrade; else the script beside
    this Python; else Python itself.
    """
    script = Path(sys.executable).with_name("secondme")
    found = shutil.which("secondme")
    if found and script.exists() and Path(found).resolve() == script.resolve():
        return [str(Path(found).absolute())]
    return [str(script)] if script.exists() else [sys.executable, "-P", "-m", "secondme"]


def entry(one: Host, program: str, starting: list[str], home: str) -> dict[str, Any]:
    """The entry of a host for this server. `home`: the value of SECONDME_HOME, empty where it is not set."""
    made: dict[str, Any] = {"type": "stdio"} if one.typed else {}
    made |= {"command": starting[0], "args": [*starting[1:], "mcp", "--as", program]}
    if home:
        # Hosts pass on next to nothing of their environment, so without this the server would open another memory.
        made["env"] = {"SECONDME_HOME": str(Path(home).expanduser().absolute())}
    return made


def snippet(one: Host, file: Path, wanted: Mapping[str, Any]) -> str:
    """The part of a configuration file that holds the entry, and nothing else."""
    return _dumps(file, {one.section: {ENTRY: dict(wanted)}}, "")


def install(one: Host, file: Path, wanted: Mapping[str, Any]) -> bool:
    """Put the entry into a configuration file; all else there stays. Returns whether the file was changed.

    Raises SecondMeError where the file cannot be read or is none of this host's; then it is left as it was.
    """
    target = file.resolve()  # a link stays a link
    try:
        before = target.read_bytes().decode("utf-8-sig") if target.exists() else ""
        content = _loads(file, before)
    except (ValueError, RecursionError) as error:
        format = "TOML" if file.suffix == ".toml" else "JSON without comments"
        raise _left_alone(one, file, f"is no valid {format}") from error
    servers = content.setdefault(one.section, {}) if isinstance(content, dict) else None
    found = servers.get(ENTRY, {}) if isinstance(servers, dict) else None
    if not isinstance(servers, dict) or not isinstance(found, dict) or not isinstance(found.get("env", {}), dict):
        raise _left_alone(one, file, "is laid out in another way than expected")
    if not _merge(servers, wanted):
        return False
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o600
    marked = target.exists() and target.read_bytes().startswith(b"\xef\xbb\xbf")
    try:
        replace_file(target, _dumps(file, content, before).encode("utf-8-sig" if marked else "utf-8"))
        target.chmod(mode)
    except OSError as error:
        raise _left_alone(one, file, f"cannot be written ({error.strerror})") from error
    return True


def _merge(servers: Any, wanted: Mapping[str, Any]) -> bool:
    """Put what is wanted into the entry; what a person added to it stays. Returns whether anything is different."""
    if ENTRY not in servers:
        servers[ENTRY] = dict(wanted)
        return True
    found = servers[ENTRY]
    environment = {name: value for name, value in found.get("env", {}).items() if name != "SECONDME_HOME"}
    environment |= wanted.get("env", {})
    changed = {name: value for name, value in wanted.items() if name != "env" and found.get(name) != value}
    if environment != found.get("env", {}):
        changed["env"] = environment
    for name, value in changed.items():
        found[name] = value
    return bool(changed)


def _loads(file: Path, text: str) -> Any:
    if file.suffix == ".toml":
        import tomlkit
        from tomlkit.exceptions import TOMLKitError

        try:
            return tomlkit.parse(text)
        except TOMLKitError as error:
            raise ValueError(str(error)) from error
    return json.loads(text, object_pairs_hook=_no_twins) if text.strip() else {}


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises ValueError where a name stands in it twice: one of the two would be lost."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands in it twice")
    return made


def _dumps(file: Path, content: Any, before: str) -> str:
    """The content as text, indented as it was before."""
    if file.suffix == ".toml":
        import tomlkit

        return tomlkit.dumps(content)
    inner = next((line for line in before.splitlines()[1:] if line.strip()), "  ")
    indent = inner[: len(inner) - len(inner.lstrip())] or "  "
    return json.dumps(content, indent=indent, ensure_ascii=False) + "\n"


def _left_alone(one: Host, file: Path, why: str) -> SecondMeError:
    return SecondMeError(
        f"{file} {why}.",
        f"`secondme mcp install {one.name} --print` shows what to put there.",
        "It was left as it is.",
    )
