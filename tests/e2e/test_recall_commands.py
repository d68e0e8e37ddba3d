"""Recall explained, the forest, refusals and dates, through the real commands."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.home import Home

TURNS = [
    ("Mira", "I went to the pottery class with Karim yesterday.", "2024-05-03T18:00:00+00:00"),
    ("Tom", "Karim works at the market hall in Porto now.", "2024-05-03T18:01:00+00:00"),
    ("Mira", "My cat Mogli had to see the vet this morning, poor thing.", "2024-06-10T09:00:00+00:00"),
    ("Tom", "Oh no! I hope that Mogli is better soon.", "2024-06-10T09:01:00+00:00"),
]


def chat_file(folder: Path) -> Path:
    file = folder / "chat.jsonl"
    lines = [
        {"chat_id": "c", "message_id": str(i), "speaker": speaker, "text": text, "at": at}
        for i, (speaker, text, at) in enumerate(TURNS)
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def test_recall_explains_itself_and_the_forest_shows_everything(home: Home, tmp_path: Path) -> None:
    home.run("ingest", chat_file(tmp_path))
    explained = home.run("recall", "--explain", "Who went to the pottery class on 2 May 2024?").stdout
    assert "Karim yesterday" in explained.splitlines()[1]
    assert "words: went, pottery, class" in explained
    assert "time: tells of 2024-05-02" in explained
    home.run("tree", "--rebalance")
    for by in ("topic", "time", "source"):
        waiting, spans = [""], set()
        while waiting:
            for child in home.json("tree", "--by", by, waiting.pop())["children"]:
                if child["span_id"]:
                    spans.add(child["span_id"])
                else:
                    waiting.append(child["id"])
        assert len(spans) == len(TURNS), by
    assert "pottery" in home.run("tree").stdout


def test_where_everything_fits_ask_says_that_all_of_it_was_read(home: Home, tmp_path: Path) -> None:
    home.ok("remember", "The blue boat is moored behind the old mill.")
    home.ok("remember", "Doctor Okafor told me to avoid grapefruit.")
    question = "What did Doctor Okafor tell me to avoid?"
    assert "passages read" not in home.run("ask", "--off-record", question).stderr
    home.ok("config", "set", "answer.everything", "always")
    done = home.run("ask", "--off-record", question)
    assert "all 2 passages read" in done.stderr
    assert "Doctor Okafor told me to avoid grapefruit." in done.stdout


def test_answers_tell_dates_and_refuse_what_memory_does_not_hold(home: Home, tmp_path: Path) -> None:
    home.run("ingest", chat_file(tmp_path))
    dated = home.json("ask", "--no-remember", "When did Mira go to the pottery class?")
    assert (dated["said"], dated["refused"]) == ("2 May 2024", False)
    refused = home.json("ask", "--no-remember", "Where does Oleander Smith live?")
    assert refused["refused"]
    assert "Oleander Smith does not appear in your memory" in refused["said"]
