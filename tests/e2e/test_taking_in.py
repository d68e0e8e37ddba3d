"""What a newcomer brings: documents of every kind, exports of chats, tables, folders; through the real commands."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.home import Home
from tests.worlds.documents import CORPUS

KEY = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


def test_one_folder_of_everything_is_found_with_its_places(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "everything"
    shutil.copytree(CORPUS / "made", folder)
    shutil.copy(CORPUS / "expenses.csv", folder)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    done = home.run("ingest", folder)
    assert done.returncode == 0
    assert "9 added, 0 updated, 0 unchanged, 1 skipped, 1 failed" in done.stdout
    hits = home.json("recall", "storm broke every window of the east gallery", "-k", "20")
    places = {(hit["title"], hit["place"]) for hit in hits if "east gallery" in hit["text"]}
    assert {("lighthouse.pdf", "page 1"), ("lighthouse.pptx", "slide 3"), ("lighthouse.epub", "chapter 3")} <= places
    failures = home.json("failures", "--all")
    assert {(Path(failure["path"]).name, failure["state"]) for failure in failures} == {
        ("broken.pdf", "failed"),
        ("photo.jpg", "skipped"),
    }
    state = home.json("status")
    assert (state["failed"], state["noted"]) == (1, 0)
    assert "unread     1 files, and parts of 0: `secondme failures` lists them" in home.ok("status")
    shown = home.ok("sources", "show", folder / "lighthouse.docx")
    assert "Ines Okafor" in shown
    assert "language  en" in shown
    shutil.copy(CORPUS / "made" / "lighthouse.pdf", folder / "broken.pdf")
    assert "1 files are tried again" in home.ok("retry")
    home.ok("status", "--wait")
    assert home.run("failures").returncode == 3


def test_a_table_answers_with_its_query(home: Home) -> None:
    home.ok("ingest", CORPUS / "expenses.csv")
    answer = home.json("ask", "How much did I spend on groceries in March 2024?")
    assert answer["text"].startswith("51.10 is the sum of Amount in expenses.csv")
    assert 'SELECT sum("Amount") FROM "expenses.csv"' in answer["text"]
    assert answer["citations"][0]["hit"]["title"] == "expenses.csv"


def export(*texts: str) -> str:
    nodes: dict[str, Any] = {"root": {"parent": None, "children": ["m0"], "message": None}}
    for i, text in enumerate(texts):
        message = {
            "id": f"m{i}",
            "author": {"role": "user"},
            "create_time": 1714724100 + i,
            "content": {"content_type": "text", "parts": [text]},
        }
        nodes[f"m{i}"] = {"parent": f"m{i - 1}" if i else "root", "children": [f"m{i + 1}"], "message": message}
    last = f"m{len(texts) - 1}"
    return json.dumps([{"title": "Boats", "conversation_id": "c1", "current_node": last, "mapping": nodes}])


def test_a_newer_export_adds_what_is_new_and_an_edit_replaces(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "conversations.json"
    file.write_text(export("The boat is called Petrel.", "It leaks at the bow."))
    assert "1 added" in home.ok("import", file)
    before = {hit["text"]: hit["id"] for hit in home.json("recall", "boat Petrel leaks")}
    file.write_text(export("The boat is called Petrel.", "It leaks at the stern.", "A third message."))
    assert home.ok("import", file).split(";")[1].strip().startswith("2 spans")
    assert "0 added, 0 updated, 1 unchanged" in home.ok("import", file)
    after = {hit["text"]: hit["id"] for hit in home.json("recall", "boat Petrel leaks")}
    assert after["The boat is called Petrel."] == before["The boat is called Petrel."]
    assert "It leaks at the bow." not in after
    assert "It leaks at the stern." in after
    file.write_text(export("The boat is called Petrel.", "It leaks nowhere.", "A third message."))
    home.ok("import", file)
    texts = [hit["text"] for hit in home.json("recall", "It leaks")]
    assert "It leaks nowhere." in texts
    assert "It leaks at the stern." not in texts
    refused = home.run("import", CORPUS / "expenses.csv")
    assert (refused.returncode, "cannot be imported" in refused.stderr) == (2, True)


def test_an_export_says_who_speaks(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "WhatsApp Chat with Ana.txt"
    file.write_text("03.05.24, 10:15 - Ana: Where is the rope?\n03.05.24, 10:16 - Tom: In the shed.\n")
    assert "Ana" in home.ok("import", file, "--dry-run")
    done = home.run("import", file)
    assert "`--me NAME` says which one is" in done.stderr
    home.ok("import", file, "--me", "Tom")
    roles = {hit["speaker"]: hit["role"] for hit in home.json("recall", "rope shed")}
    assert roles.keys() == {"Ana", "Tom"}


def test_keys_never_reach_the_data_folder(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "secret"
    folder.mkdir()
    (folder / "server.md").write_text(f"# Server {KEY}\n\nThe deploy token is {KEY} and works.\n")
    (folder / "list.csv").write_text(f"name,token\nprod,{KEY}\ntest,none\n")
    (folder / "chat.jsonl").write_text(
        json.dumps({"chat_id": "c", "message_id": "1", "speaker": "A", "text": f"use {KEY}"})
    )
    (folder / "page.html").write_text(f"<title>{KEY}</title><p>And {KEY} here.</p>")
    (folder / ".env").write_text(f"TOKEN={KEY}")
    (folder / "id_rsa").write_text(f"-----BEGIN RSA PRIVATE KEY-----\n{KEY}\n-----END RSA PRIVATE KEY-----\n")
    done = home.run("ingest", folder)
    assert "line 3: a GitHub token was masked" in done.stderr
    home.ok("watch", "add", folder)
    home.ok("status", "--wait")
    asked = home.run("remember", f"my token is {KEY}")
    assert asked.returncode == 2
    assert "--secrets keep" in asked.stderr
    home.ok("remember", f"my token is {KEY}", "--secrets", "mask")
    home.ok("ask", f"what is {KEY} for?", "--secrets", "mask")
    assert "server.md" in home.ok("recall", "deploy token")
    home.leave()
    for file in home.root.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert KEY.encode() not in data, file
            assert KEY[8:24].encode() not in data, file


def test_a_folder_is_surveyed_paused_and_asks_before_much_fades(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for i in range(5):
        (folder / f"{i}.md").write_text(f"# Note {i}\n\nThe walrus number {i} sleeps.\n")
    survey = home.json("watch", "add", folder, "--dry-run")
    assert (survey["files"], home.json("status")["sources"]) == (5, 0)
    home.ok("watch", "add", folder)
    home.ok("status", "--wait")
    assert home.json("watch", "list")[0]["files"] == 5
    home.ok("watch", "pause", folder)
    for i in range(4):
        (folder / f"{i}.md").unlink()
    home.ok("watch", "rescan", folder)
    home.ok("status", "--wait")
    assert home.json("status")["sources"] == 5
    home.ok("watch", "resume", folder)
    home.ok("status", "--wait")
    (watched,) = home.json("watch", "list")
    assert (watched["state"], watched["missing"]) == ("asking", 4)
    assert "watch confirm" in home.run("status").stderr
    home.ok("watch", "confirm", folder)
    home.ok("status", "--wait")
    assert home.json("watch", "list")[0]["state"] == "watching"
    assert home.json("status")["sources"] == 1
    inside = home.run("watch", "add", home.root)
    assert (inside.returncode, "own data" in inside.stderr) == (2, True)


@pytest.mark.skipif(sys.platform == "darwin", reason="a stand-in for systemctl")
def test_the_service_is_installed_and_removed(home: Home, tmp_path: Path) -> None:
    log = tmp_path / "log"
    stand_in = tmp_path / "bin" / "systemctl"
    stand_in.parent.mkdir()
    stand_in.write_text(f'#!/bin/sh\necho "$@" >> {log}\n')
    stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
    config = tmp_path / "config"
    os.environ["XDG_CONFIG_HOME"] = str(config)
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{stand_in.parent}:{path}"
    try:
        home.ok("service", "install")
        unit = (config / "systemd" / "user" / "secondme.service").read_text()
        assert f'ExecStart="{sys.executable}" -P -m secondme watch run' in unit
        assert f"SECONDME_HOME={home.root}" in unit
        assert "runs" in home.ok("service", "status")
        home.ok("service", "remove")
        assert home.run("service", "status").returncode == 3
        assert "--user enable --now secondme.service" in log.read_text()
    finally:
        os.environ["PATH"] = path
        del os.environ["XDG_CONFIG_HOME"]
