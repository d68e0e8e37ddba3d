"""The command line against a real engine with the real models."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from secondme import api
from tests.e2e.home import Home, hear_ctrl_c
from tests.models.openai.model_server import Exchange, model_server


def test_a_new_user_takes_files_in_asks_and_takes_them_out_again(home: Home, notes: Path) -> None:
    result = home.json("ingest", notes)["result"]
    assert (result["added"], result["skipped"]) == (3, 0)
    assert home.json("ingest", notes)["result"]["unchanged"] == 3
    hits = home.json("recall", "where is the key of the car")
    assert hits[0]["title"] == "car.md"
    assert notes.joinpath("car.md").read_text()[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]
    assert {part["name"] for part in hits[0]["parts"]} >= {"words", "meaning"}
    answer = home.json("ask", "Where does the spare key hang?")
    assert answer["citations"][0]["hit"]["title"] == "car.md"
    used = {number for sentence in answer["sentences"] for number in sentence["citations"]}
    assert 1 in used
    assert answer["finish"] in ("stop", "length")
    note = home.ok("remember", "My dentist is called Doctor Molar.").strip()
    assert home.json("recall", "dentist")[0]["source_id"] == note
    assert len(home.json("chats")) == 1
    home.ok("forget", note)
    assert all(hit["source_id"] != note for hit in home.json("recall", "dentist"))
    home.ok("forget", "--undo", note)
    assert home.json("recall", "dentist")[0]["source_id"] == note
    home.ok("purge", "--yes", notes / "car.md")
    assert all(hit["title"] != "car.md" for hit in home.json("recall", "where is the key of the car"))
    status = home.json("status", "--wait")
    assert (status["rung"], status["pending"]) == ("full", 0)
    assert home.run("doctor").returncode == 0
    assert "data" in home.ok("paths")


def test_exit_codes_and_streams_are_as_promised(home: Home, notes: Path) -> None:
    missing = home.run("ingest", notes / "nowhere")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr.count("\n") == 1
    assert home.run("ingest").returncode == 2
    assert home.run("recall", "anything").returncode == 3
    assert home.run("sources").returncode == 3
    assert home.run("purge", "--yes", "no such thing").returncode == 3
    assert home.run("ask", "   ").returncode == 2
    assert home.run("config", "get", "no.such").returncode == 3
    assert home.run("config", "set", "model.context", "many").returncode == 2
    assert home.run("--version").stdout.startswith("secondme")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("picture.dat", b"\x00\x01\x02" * 50, "binary"),
        ("paper.pdf", b"%PDF-1.4", "damaged"),
        ("old.rar", b"Rar!", "cannot be read"),
        ("chat.jsonl", b"not json\n", "none of its lines"),
    ],
)
def test_a_file_that_cannot_be_read_is_listed_with_the_reason(
    home: Home, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = home.run("ingest", tmp_path / name)
    assert done.returncode == 1
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert "1 skipped" in done.stdout or "1 failed" in done.stdout


def test_bad_models_and_folders_get_one_sentence_and_lose_nothing(home: Home, tmp_path: Path, notes: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = home.run("ingest", tmp_path / "empty")
    assert (done.returncode, "There are no files" in done.stderr) == (1, True)
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\xff" * 100)
    refused = home.run("config", "set", "model.path", broken)
    assert refused.returncode == 1
    assert "not changed" in refused.stderr
    assert "Traceback" not in refused.stderr
    home.ok("ingest", notes)
    home.ok("config", "set", "model.path", "none")
    answer = home.json("ask", "Where does the spare key hang?")
    assert answer["finish"] == "quoted"
    assert "kitchen door" in answer["text"]
    assert answer["sentences"][0]["citations"] == [1]
    home.places.config_file.write_text("not = [toml")
    damaged = home.run("config", "list")
    assert damaged.returncode == 2
    assert "Mend or delete it" in damaged.stderr


def test_a_data_folder_that_cannot_be_made_gets_one_sentence(home: Home) -> None:
    (home.root / "data").write_text("in the way")
    done = home.run("status")
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr


def test_folders_of_the_same_names_where_one_stands_shadow_nothing(home: Home, tmp_path: Path) -> None:
    for name in ("models", "storage", "tui"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('shadowed')")
    assert "embedder" in home.ok("status", cwd=tmp_path)


def test_many_doors_at_once_share_one_engine(home: Home, notes: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        started = list(pool.map(lambda _: home.run("status"), range(4)))
        assert [command.returncode for command in started] == [0] * 4
        work = [
            pool.submit(home.run, "ingest", str(notes)),
            pool.submit(home.run, "remember", "A note from another terminal."),
            pool.submit(home.run, "ask", "Who did we stay with?"),
            *(pool.submit(home.run, "recall", "night train") for _ in range(3)),
        ]
        codes = [job.result().returncode for job in work]
    assert all(code in (0, 3) for code in codes), codes
    assert codes[:3] == [0, 0, 0]
    assert home.json("recall", "night train")[0]["title"] == "trip.txt"
    assert len(home.engines()) == 1


def test_ctrl_c_ends_an_ingest_and_keeps_what_was_done(home: Home, tmp_path: Path) -> None:
    for i in range(2500):
        (tmp_path / f"{i:04d}.md").write_text("\n\n".join(f"Paragraph {i} {j} about many things." for j in range(30)))
    home.ok("status")
    running = subprocess.Popen(
        [sys.executable, "-m", "secondme", "ingest", str(tmp_path)],
        env=home.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_ctrl_c,
    )
    engine = home.engine()
    for status in engine.watch_status():
        if status.spans:
            break
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "kept" in said
    assert engine.status().spans > 0
    assert engine.problems() == []


def tell_at_length(exchange: Exchange) -> None:
    """An answer that goes on until nobody reads it; on a busy machine all of it may be told before any is read."""
    exchange.events()
    exchange.delta("We took the night train. ")
    for sounds in itertools.product("bdfg", "aeiou", "klmn", "aeiou"):
        exchange.delta(f"It was {''.join(sounds)} and {''.join(reversed(sounds))}. ")
    exchange.gone()


def test_the_engine_killed_in_mid_answer_keeps_the_partial_answer(home: Home, notes: Path) -> None:
    home.ok("ingest", notes)
    engine = home.engine()
    chat_id, said, alive = "", "", True
    with model_server(chat=tell_at_length) as server:
        engine.set_setting("server.url", server.url)
        with pytest.raises(Exception, match="engine stopped"):
            for event in engine.ask("Tell me a long story about the night train to Lisbon."):
                if isinstance(event, api.Started):
                    chat_id = event.chat_id
                if isinstance(event, api.Delta):
                    said += event.text
                    # On a busy machine several sentences come at once.
                    if alive and said.count("It was") >= 2:
                        os.kill(home.engine_pid(), signal.SIGKILL)
                        alive = False
    answer = home.engine().chat(chat_id).messages[-1]
    assert (answer.role, answer.state) == ("assistant", "stopped")
    assert answer.text.startswith("We took the night train.")
    home.engine().set_setting("server.url", "")
    again = list(home.engine().ask("Where is the spare key?", chat_id=chat_id))
    assert isinstance(again[-1], api.Done)


def test_the_model_killed_in_mid_answer_costs_one_answer_only(home: Home, notes: Path) -> None:
    home.ok("ingest", notes)
    engine = home.engine()
    events: list[api.AskEvent] = []
    for event in engine.ask("Tell me a long story about the night train to Lisbon."):
        events.append(event)
        if isinstance(event, api.Passages):
            for child in _children(home.engine_pid()):
                os.kill(child, signal.SIGKILL)
    assert isinstance(events[-1], api.Failed)
    assert isinstance(events[0], api.Started)
    kept = engine.chat(events[0].chat_id).messages[-1]
    assert kept.state == "failed"
    assert kept.text.startswith("We took the night train to Lisbon"), "memory is quoted, in no words of the model's"
    assert isinstance(list(engine.ask("Where is the spare key?"))[-1], api.Done)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread may end meanwhile
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def test_everything_that_is_written_is_for_the_user_alone(home: Home, notes: Path) -> None:
    home.ok("ingest", notes)
    home.ok("config", "set", "me.name", "Ana")
    home.leave()
    wide = [
        path
        for name in ("data", "config", "logs", "cache", "run")
        for path in (home.root / name).rglob("*")
        if path.stat().st_mode & 0o077
    ]
    assert wide == []
