"""Chats that are imported: again under other names, from other phones, in part, and not at all."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from secondme.api import Ingested, Skipped
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.errors import SecondMeError
from secondme.places import Places
from tests.worlds.night_world import WordEmbedder

FIRST = """05/03/2024, 14:22 - +47 555 01010: The rowing boat lies at the western pier
05/03/2024, 14:22 - Tove Lind: Fine
05/03/2024, 14:22 - Tove Lind: Fine
06/03/2024, 09:10 - +47 555 01010: <Media omitted>
06/03/2024, 09:11 - Tove Lind: I will bring the oars
"""
SAVED = FIRST.replace("+47 555 01010", "Jonas Berg") + "07/03/2024, 10:00 - Jonas Berg: The pump is repaired\n"
IPHONE = """[05.03.24, 14:22:31] Jonas Berg: The rowing boat lies at the western pier
[05.03.24, 14:22:40] Tove Lind: Fine
[05.03.24, 14:22:59] Tove Lind: Fine
[06.03.24, 09:10:00] Jonas Berg: \u200eimage omitted
[06.03.24, 09:11:07] Tove Lind: I will bring the oars
[07.03.24, 10:00:01] Jonas Berg: The pump is repaired
"""


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("TZ", "UTC")
    places = Places(*(tmp_path / "home" / name for name in ("data", "cache", "config", "logs", "runtime")))
    places.make()
    engine = Engine(places, SystemClock(), embedder=WordEmbedder())
    engine.start()
    yield engine
    engine.close()


def write(path: Path, content: str | Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def taken(engine: Engine, path: Path) -> tuple[Ingested, list[Skipped]]:
    """The end of an import and what was said on the way."""
    *events, end = engine.import_export(path, me="Tove Lind", wait=False)
    assert isinstance(end, Ingested)
    return end, [event for event in events if isinstance(event, Skipped)]


def reasons(engine: Engine) -> dict[str, tuple[str, str]]:
    """By file name: the state and the reason of what is listed as a failure or a note."""
    found = engine.failures(include_skipped=True)
    return {Path(trouble.path).name: (trouble.state, trouble.reason) for trouble in found}


def test_a_chat_comes_once_after_a_number_was_saved_and_from_an_iphone(engine: Engine, tmp_path: Path) -> None:
    first, _ = taken(engine, write(tmp_path / "a" / "WhatsApp Chat with Boats.txt", FIRST))
    assert first.spans == 5
    saved, _ = taken(engine, write(tmp_path / "b" / "WhatsApp Chat with Boats.txt", SAVED))
    assert saved.spans == 1
    iphone, _ = taken(engine, write(tmp_path / "c" / "WhatsApp Chat - Boats.txt", IPHONE))
    assert (iphone.added, iphone.spans) == (0, 0)
    assert [hit.text for hit in engine.recall("rowing boat western pier", k=5)].count(
        "The rowing boat lies at the western pier"
    ) == 1


def test_a_chat_that_is_called_otherwise_now_is_found_by_its_messages(engine: Engine, tmp_path: Path) -> None:
    taken(engine, write(tmp_path / "WhatsApp Chat with +47 555 01010.txt", FIRST))
    again, _ = taken(engine, write(tmp_path / "WhatsApp Chat with Jonas Berg.txt", SAVED))
    assert again.spans == 1
    assert len([source for source in engine.sources() if source.kind == "import"]) == 1


def test_two_chats_with_the_same_words_at_other_times_stay_two(engine: Engine, tmp_path: Path) -> None:
    taken(engine, write(tmp_path / "WhatsApp Chat with Jonas.txt", FIRST))
    other = FIRST.replace("/03/", "/04/").replace("+47 555 01010", "Ida")
    again, _ = taken(engine, write(tmp_path / "WhatsApp Chat with Ida.txt", other))
    assert again.spans == 5


def test_an_export_of_a_phone_in_another_zone_brings_nothing_twice(engine: Engine, tmp_path: Path) -> None:
    taken(engine, write(tmp_path / "a" / "WhatsApp Chat with Boats.txt", FIRST))
    moved = FIRST.replace("14:22", "17:52").replace("09:1", "12:4")
    again, _ = taken(engine, write(tmp_path / "b" / "WhatsApp Chat with Boats.txt", moved))
    assert again.spans == 0


def test_an_edited_message_takes_the_place_of_the_earlier_one(engine: Engine, tmp_path: Path) -> None:
    taken(engine, write(tmp_path / "a" / "WhatsApp Chat with Boats.txt", FIRST))
    edited = SAVED.replace("western pier", "eastern pier <This message was edited>")
    again, _ = taken(engine, write(tmp_path / "b" / "WhatsApp Chat with Boats.txt", edited))
    assert again.spans == 2
    texts = [hit.text for hit in engine.recall("rowing boat pier", k=9)]
    assert "The rowing boat lies at the eastern pier" in texts
    assert "The rowing boat lies at the western pier" not in texts


def test_a_new_message_between_two_of_a_minute_replaces_neither(engine: Engine, tmp_path: Path) -> None:
    taken(engine, write(tmp_path / "a" / "WhatsApp Chat with Boats.txt", FIRST))
    more = FIRST.replace("05/03/2024, 14:22 - Tove", "05/03/2024, 14:22 - Tove Lind: Wait\n05/03/2024, 14:22 - Tove", 1)
    again, _ = taken(engine, write(tmp_path / "b" / "WhatsApp Chat with Boats.txt", more))
    assert again.spans == 1


def test_what_is_no_chat_in_a_zip_is_a_note_and_no_failure(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "chats.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("WhatsApp Chat with Boats.txt", FIRST)
        archive.writestr("licence.txt", "Free to use\n")
        archive.writestr("__MACOSX/._WhatsApp Chat with Boats.txt", b"\0\5\x16\7")
        archive.writestr(".DS_Store", b"\0\0")
    end, said = taken(engine, path)
    assert (end.added, end.failed) == (1, 0)
    assert [event.state for event in said] == ["note"]
    state, reason = reasons(engine)["chats.zip"]
    assert state == "note" and "licence.txt" in reason and "MACOSX" not in reason


@pytest.mark.parametrize("by_import", [True, False])
def test_an_export_of_which_nothing_was_taken_in_is_a_failure(engine: Engine, tmp_path: Path, by_import: bool) -> None:
    empty = {"uuid": "u", "name": "Empty", "chat_messages": []}
    path = write(tmp_path / "one.json", empty)
    if by_import:
        with pytest.raises(SecondMeError):
            taken(engine, path)
    else:
        *_, end = engine.ingest([path], wait=False)
        assert isinstance(end, Ingested)
        assert (end.added, end.failed) == (0, 1)
    assert reasons(engine)["one.json"][0] == "failed"


def test_what_an_import_could_not_read_is_among_the_failures_until_it_can(engine: Engine, tmp_path: Path) -> None:
    good = {"uuid": "u", "name": "Boat", "chat_messages": [{"uuid": "m", "sender": "human", "text": "The oar is ash"}]}
    path = write(tmp_path / "conversations.json", [good, {"chat_messages": 5, "uuid": "x"}])
    end, _ = taken(engine, path)
    assert (end.added, end.failed) == (1, 1)
    assert "conversation 2" in reasons(engine)["conversations.json"][1]
    write(path, [good])
    taken(engine, path)
    assert "conversations.json" not in reasons(engine)


def test_a_single_conversation_is_read_by_import_and_as_a_file(engine: Engine, tmp_path: Path) -> None:
    node: dict[str, Any] = {"id": "n", "parent": None, "children": [], "message": None}
    said = {"id": "m", "author": {"role": "user"}, "content": {"content_type": "text", "parts": ["The mast is spruce"]}}
    mapping = {"n": node, "m": {"id": "m", "parent": "n", "children": [], "message": said}}
    data = {"title": "Mast", "mapping": mapping, "current_node": "m", "conversation_id": "c"}
    end, _ = taken(engine, write(tmp_path / "mast.json", data))
    assert (end.added, end.spans) == (1, 1)
    *_, again = engine.ingest([write(tmp_path / "copy.json", data)], wait=False)
    assert isinstance(again, Ingested)
    assert (again.added, again.unchanged) == (0, 1)


def test_an_unknown_chat_in_a_folder_is_nobodys_own_words_and_says_so(engine: Engine, tmp_path: Path) -> None:
    chat = "[5.3.2024, 14:22] Tove Lind\nI live in Bergen\n\n[5.3.2024, 14:23] Jonas\nI work as a baker\n"
    write(tmp_path / "folder" / "talk.txt", chat)
    write(tmp_path / "folder" / "diary.txt", "I planted two apple trees today. Ana said: too late.\n")
    assert [*engine.ingest([tmp_path / "folder"], wait=False)]
    assert list(reasons(engine)) == ["talk.txt"]
    assert reasons(engine)["talk.txt"][0] == "note"
    hit = engine.recall("live in Bergen", k=1)[0]
    assert (hit.speaker, hit.role) == ("", "other")


def test_forwarded_words_state_no_facts(engine: Engine, tmp_path: Path) -> None:
    sent = {"type": "message", "date_unixtime": "1714724100", "from": "Tove Lind", "from_id": "user7"}
    messages = [
        {**sent, "id": 1, "text": "I live in Bergen."},
        {**sent, "id": 2, "text": "I live in Turku.", "forwarded_from": "Jonas"},
    ]
    chat = {"name": "Boat", "id": 5, "type": "personal_chat", "messages": messages}
    taken(engine, write(tmp_path / "result.json", chat))
    assert [*engine.job_run("learn")]
    told = " ".join(line.text for section in engine.profile().sections for line in section.lines if line.fact_id)
    assert "Bergen" in told and "Turku" not in told
