"""Nothing leaves the machine, and what is purged is gone from every byte."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from secondme.api import Failed, Started
from secondme.server.client import connect
from tests.e2e.home import Home

NAMESPACE = ["unshare", "-rn", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"]
CANARY = "Quetzalcoatlus-Northropi-7731"


def _namespace_works() -> bool:
    return (
        shutil.which("unshare") is not None
        and subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
    )


def _strace_works() -> bool:
    return (
        shutil.which("strace") is not None
        and subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not _namespace_works(), reason="this machine forbids network namespaces")
def test_ingest_ask_and_recall_work_with_loopback_only(home: Home, notes: Path) -> None:
    home.ok("ingest", notes, prefix=NAMESPACE)
    assert "car.md" in home.ok("recall", "spare key", prefix=NAMESPACE)
    assert home.ok("ask", "Where does the spare key hang?", prefix=NAMESPACE)


def _foreign(trace: str) -> list[str]:
    """Lines of a trace that reach for an internet address other than loopback."""
    return [
        line
        for line in trace.splitlines()
        if re.search(r"sa_family=AF_INET6?\b", line) and not re.search(r'"127\.|"::1"', line)
    ]


@pytest.mark.skipif(not _strace_works(), reason="this machine forbids tracing")
def test_no_internet_address_but_loopback_is_ever_reached_for(home: Home, notes: Path, tmp_path: Path) -> None:
    log = tmp_path / "trace"
    traced = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,bind", "-o", str(log)]
    home.ok("ingest", notes, prefix=traced)  # starts the engine, which is traced with it
    home.ok("recall", "spare key")
    home.ok("ask", "Where does the spare key hang?")
    home.leave()
    trace = log.read_text(errors="replace")
    assert "AF_UNIX" in trace
    assert _foreign(trace) == []
    reaching = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('192.0.2.1', 9))"
    control = ["strace", "-f", "-qq", "-e", "trace=connect", "-o", str(log), sys.executable, "-c", reaching]
    subprocess.run(control, check=False, capture_output=True)
    assert _foreign(log.read_text(errors="replace")) != [], "the check would not see a connection"


def traces(root: Path, text: str) -> list[str]:
    """Files below a folder whose bytes or names hold the text, in UTF-8 or UTF-16."""
    needles = [text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    needles += [needle.lower() for needle in needles]
    return [
        str(path)
        for path in root.rglob("*")
        if text in path.name
        or (path.is_file() and any(needle in data for data in [path.read_bytes()] for needle in needles))
    ]


def test_after_a_purge_no_byte_of_it_is_left(home: Home, tmp_path: Path) -> None:
    file = tmp_path / f"{CANARY}.md"
    file.write_text(f"# Animals\n\nThe code name of the project is {CANARY}, says the {CANARY} plan.\n")
    other = tmp_path / "other.md"
    other.write_text("# Plants\n\nThe oak behind the house is two hundred years old.\n")
    home.ok("ingest", file, other)
    home.ok("config", "set", "model.path", "none")
    answer = home.json("ask", "What is the code name of the project?")
    assert CANARY in answer["text"]
    note = home.ok("remember", f"Remember {CANARY} for later.").strip()
    chat = home.json("ask", f"I like {CANARY} very much.")["chat_id"]
    assert traces(home.root, CANARY)
    for target in (str(file), note, chat):
        home.ok("purge", "--yes", target)
    home.ok("status", "--wait")
    assert traces(home.root, CANARY) == []
    home.leave()
    assert traces(home.root, CANARY) == []
    assert home.json("recall", "oak")[0]["title"] == "other.md"
    home.ok("ingest", file)  # named by a person, it may come back
    assert home.json("recall", CANARY)[0]["title"] == f"{CANARY}.md"


def test_of_a_chat_off_the_record_no_byte_is_kept(home: Home) -> None:
    home.ok("remember", "The ferry leaves at nine.")
    door = connect(home.places)
    chat = ""
    for question in (f"The code word is {CANARY}, what do you make of it?", f"And {CANARY} again?"):
        for event in door.ask(question, chat_id=chat or None, remember=False):
            chat = event.chat_id if isinstance(event, Started) else chat
    (refused,) = door.ask("And now on the record?", chat_id=chat)
    assert isinstance(refused, Failed)
    assert "There is no chat" in refused.what
    assert [entry for entry in door.chats() if entry.id == chat] == []
    home.ok("jobs", "run", "learn")
    assert traces(home.root, CANARY) == []
    home.leave()
    assert traces(home.root, CANARY) == []
