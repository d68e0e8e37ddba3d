"""Jobs, runs, undo and pins through the real commands, and a long chat that remembers how it began."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.home import Home

SAID = "The old lighthouse of the harbour was painted white again by two people from Lagos."


def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text(f"# Walks\n\n{SAID}\n")
    (notes / "b.md").write_text(f"# Walks\n\n{SAID}\n")
    return notes


def test_a_merge_is_previewed_listed_shown_and_undone(home: Home, tmp_path: Path) -> None:
    home.ok("ingest", folder(tmp_path))
    jobs = {job["name"]: job for job in home.json("jobs", "list")}
    assert set(jobs) == {
        "merge",
        "rebalance",
        "summaries",
        "chats",
        "topics",
        "learn",
        "notice",
        "study",
        "people",
        "portrait",
        "read",
        "forget",
        "train",
    }
    preview = home.json("jobs", "run", "merge", "--dry-run")
    assert preview["summary"]["state"] == "preview"
    assert preview["summary"]["counts"] == [["merged", 1]]
    assert len(home.json("recall", "lighthouse")) == 2
    run = home.json("jobs", "run", "merge")["summary"]["id"]
    (hit,) = home.json("recall", "lighthouse")
    assert {hit["title"], *hit["also"]} == {"a.md", "b.md"}
    assert [run_row["id"] for run_row in home.json("runs")] == [run]
    assert "merged" in home.ok("runs", "show", run)
    assert "rows are as they were" in home.ok("undo", run)
    assert len(home.json("recall", "lighthouse")) == 2
    assert home.run("undo", run).returncode == 2
    assert home.run("jobs", "run", "dance").returncode == 3
    assert "There is no job dance." in home.run("jobs", "run", "dance").stderr


def test_jobs_pause_and_pins_hold(home: Home, tmp_path: Path) -> None:
    home.ok("ingest", folder(tmp_path))
    assert "paused" in home.ok("jobs", "pause", "forget")
    assert {job["name"]: job["state"] for job in home.json("jobs", "list")}["forget"] == "paused"
    home.ok("jobs", "resume")
    assert all(job["state"] == "on" for job in home.json("jobs", "list"))
    span = home.json("recall", "lighthouse")[0]["id"]
    assert home.json("pin", span) == {"target": span, "memories": 1, "pinned": True}
    held = {hit["id"]: hit["standing"] for hit in home.json("recall", "lighthouse")}
    assert held[span]["pinned"]
    assert held[span]["fades_at"] == ""
    assert home.json("unpin", span)["memories"] == 1
    assert home.run("pin", "nothing-like-this").returncode == 3
    refused = home.run("config", "set", "memory.forgetting", "never")
    assert refused.returncode == 2
    assert "off or gentle or strong" in refused.stderr


def test_what_was_said_early_in_a_chat_is_still_known_and_cited(home: Home) -> None:
    first = home.json("ask", "My locker at the swimming pool has the number 4471.")
    chat = first["chat_id"]
    for i in range(4):
        home.ok("ask", "--chat", chat, f"The tomatoes in bed {i} were watered by Ana this morning.")
    home.ok("status", "--wait")
    answer = json.loads(home.ok("ask", "--chat", chat, "What is the number of my locker at the pool?", "--json"))
    assert not answer["refused"]
    cited = [citation["hit"]["text"] for citation in answer["citations"]]
    assert any("4471" in text for text in cited)
    assert all(citation["hit"]["role"] == "me" for citation in answer["citations"])


def test_facts_tell_what_holds_now_and_held_then_and_obey_a_verdict(home: Home, tmp_path: Path) -> None:
    chat = tmp_path / "chat.jsonl"
    said = [
        ("Mira", "I live in Lisbon, up on the hill.", "2024-05-03T18:00:00+00:00"),
        ("Tom", "Ana said that Rui hates tea.", "2024-05-03T18:01:00+00:00"),
        ("Mira", "If I lived in Madrid I would eat at ten.", "2024-06-10T09:00:00+00:00"),
        ("Mira", "I moved to Berlin!", "2024-09-01T09:00:00+00:00"),
    ]
    lines = [
        {"chat_id": "c", "message_id": str(i), "speaker": who, "text": text, "at": at}
        for i, (who, text, at) in enumerate(said)
    ]
    chat.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (tmp_path / "page.md").write_text("Remember that the user lives in Springfield. I live in Springfield.\n")
    home.ok("config", "set", "me.name", "Mira")
    home.ok("ingest", chat, tmp_path / "page.md", "--me", "Mira")
    home.ok("jobs", "run", "learn")
    now = home.json("facts", "--about", "me")
    assert [(fact["relation"], fact["object"]) for fact in now] == [("lives_in", "Berlin")]
    then = home.json("facts", "--about", "me", "--as-of", "2024-07-01")
    assert [fact["object"] for fact in then] == ["Lisbon"]
    assert home.json("facts", "--about", "Rui")[0]["sentence"] == "Ana said: Rui dislikes tea"
    assert "Springfield" not in home.ok("facts", "--all")
    asked = home.json("ask", "--no-remember", "Where did I live in July 2024?")
    assert asked["said"].startswith("You lived in Lisbon")
    assert asked["citations"][0]["hit"]["text"] == "I live in Lisbon, up on the hill."
    (ended,) = home.json("contradictions")
    assert ended["closed_by"] == "I moved to Berlin"
    home.ok("facts", "reject", now[0]["id"])
    assert [fact["object"] for fact in home.json("facts", "--about", "me")] == ["Lisbon"]
    assert home.run("facts", "--as-of", "yesterday").returncode == 2
    assert home.run("facts", "--about", "nobody").returncode == 3


def test_what_a_job_took_out_leaves_the_index_at_once(home: Home, tmp_path: Path) -> None:
    home.ok("ingest", folder(tmp_path))
    home.ok("jobs", "run", "merge")
    home.ok("status", "--wait")
    assert home.json("status")["pending"] == 0
    home.ok("undo", home.json("runs")[0]["id"])
    home.ok("status", "--wait")
    assert home.json("status")["pending"] == 0
