"""The idiom of commands: a file of the folder is all it takes, and none of them makes the start slow."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from secondme.cli import commands
from secondme.cli.root import cli

HEAVY = (
    *("chromadb", "llama_cpp", "onnxruntime", "onnx", "mlx", "numpy"),
    *("sqlite_utils", "sqlite3", "textual", "httpx", "uvicorn", "starlette", "mcp", "pydantic"),
)

TOY = '''
import click

from secondme.cli.root import cli
from secondme.cli.terminal import json_option, print_rows
from secondme.errors import NothingFound


@cli.command()
@click.argument("word")
@json_option()
def echoes(word: str, as_json: bool) -> None:
    """Say a word twice. This is a toy."""
    if word == "silence":
        raise NothingFound("Silence has no echo.", "Say something else.")
    print_rows([word, word], str.upper, as_json=as_json, empty="There is no echo.")
'''


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file with a command, as if it were in the folder of commands."""
    (tmp_path / "echoes.py").write_text(TOY)
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    yield
    cli.commands.pop("echoes", None)
    sys.modules.pop("secondme.cli.commands.echoes", None)


@pytest.mark.usefixtures("toy")
def test_a_new_file_is_a_command_in_the_help_that_runs_and_ends_as_the_others_do() -> None:
    run = CliRunner().invoke
    assert "echoes          Say a word twice." in run(cli, ["--help"]).stdout
    assert "Say a word twice. This is a toy." in run(cli, ["echoes", "--help"]).stdout
    assert run(cli, ["echoes", "ho"]).stdout == "HO\nHO\n"
    assert run(cli, ["echoes", "ho", "--json"]).stdout == '["ho","ho"]\n'
    silent = run(cli, ["echoes", "silence"])
    assert (silent.exit_code, silent.stderr) == (3, "Silence has no echo. Say something else.\n")


def walk(command: click.Command, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Each command below this one, with its full name."""
    yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from walk(found, *path, name)


def test_every_command_and_every_option_says_what_it_is_for() -> None:
    for name, command in walk(cli, "secondme"):
        assert command.help, name
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.help, f"{name} {option.opts}"


def test_every_command_with_a_json_option_takes_it_from_one_place() -> None:
    for file in Path(commands.__path__[0]).glob("*.py"):
        literals = [node.value for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Constant)]
        assert "--json" not in literals, file


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_neither_version_nor_help_loads_anything_heavy(option: str) -> None:
    code = f"""
import sys
from secondme.cli.main import main

sys.argv = ["secondme", {option!r}]
try:
    main()
finally:
    print(sorted({set(HEAVY)!r} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_taught_to_complete_commands(shell: str) -> None:
    done = CliRunner().invoke(cli, ["completion", shell])
    assert done.exit_code == 0
    assert "_SECONDME_COMPLETE" in done.output
    assert f"{shell}_complete" in done.output


@pytest.mark.parametrize(
    "words",
    [["ingest", ""], ["import", " "], ["watch", "add", ""], ["watch", "remove", ""], ["snapshot", "export", ""]],
)
def test_an_empty_path_is_refused_and_never_means_this_folder(words: list[str]) -> None:
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 2
    assert "The path is empty." in result.stderr
