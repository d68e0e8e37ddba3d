"""Where the engine's socket lies, from any environment, and which folders are not trusted with it."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.errors import SecondMeError
from secondme.places import Places, places


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a path that is short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        yield Path(name)


@pytest.fixture
def temporary(short: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of an environment without XDG_RUNTIME_DIR."""
    folder = short / "tmp"
    folder.mkdir(mode=0o777)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(folder))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("SECONDME_HOME", str(short / "home"))
    return folder


def listen(path: Path) -> socket.socket:
    """A socket that listens at a path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.bind(str(path))
    return made


def test_a_recorded_socket_is_taken_before_that_of_this_environment(short: Path) -> None:
    where = Places(*(short / name for name in ("data", "cache", "config", "logs", "run")))
    where.make()
    assert where.running_socket() == where.socket
    with listen(short / "elsewhere" / "a.sock"):
        where.socket_record.write_text(f"{short}/elsewhere/a.sock\n")
        assert where.running_socket() == short / "elsewhere" / "a.sock"


@pytest.mark.parametrize("record", [b"", b"\xff\xfe", b"/nowhere/at/all.sock\n", b"/etc/hostname\n", b"a\0b"])
def test_a_record_that_names_no_socket_of_this_user_is_passed_over(short: Path, record: bytes) -> None:
    where = Places(short, short, short, short, short)
    where.socket_record.write_bytes(record)
    assert where.running_socket() == where.socket


def test_the_socket_of_another_user_is_not_called(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = Places(short, short, short, short, short)
    with listen(short / "theirs.sock"):
        where.socket_record.write_text(f"{short}/theirs.sock\n")
        mine = os.getuid()
        monkeypatch.setattr(os, "getuid", lambda: mine + 1)
        assert where.running_socket() == where.socket


def test_without_a_session_folder_the_socket_lies_in_the_temporary_folder(temporary: Path) -> None:
    assert places().runtime == temporary / f"secondme-{os.getuid()}"
    places().make()
    assert places().runtime.stat().st_mode & 0o777 == 0o700
    assert places().runtime.parent == temporary


@pytest.mark.parametrize("kind", ["readable by others", "a link", "a file"])
def test_a_temporary_folder_that_others_may_reach_is_not_used(temporary: Path, short: Path, kind: str) -> None:
    folder = temporary / f"secondme-{os.getuid()}"
    if kind == "readable by others":
        folder.mkdir()
        folder.chmod(0o755)
    elif kind == "a link":
        (short / "away").mkdir(mode=0o700)
        folder.symlink_to(short / "away")
    else:
        folder.touch()
    assert places().runtime == short / "home" / "data" / "run"


def test_a_folder_of_another_user_is_not_used(temporary: Path, short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = os.getuid()
    (temporary / f"secondme-{mine + 1}").mkdir(mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    assert places().runtime == short / "home" / "data" / "run"


def test_where_no_folder_is_safe_the_engine_says_so(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECONDME_HOME", f"/{'long/' * 20}home")
    folder = temporary / f"secondme-{os.getuid()}"
    folder.mkdir()
    folder.chmod(0o777)
    where = places()
    assert where.runtime == folder
    data = temporary / "data"
    with pytest.raises(SecondMeError, match="others than you may write there"):
        Places(data, data, data, data, where.runtime).make()
