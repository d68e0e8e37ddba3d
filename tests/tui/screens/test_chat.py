"""Asking, streaming, stopping, and an engine that comes late or dies."""

from __future__ import annotations

from textual.events import Key, Paste

from secondme.api import (
    Chat,
    ChatSummary,
    Delta,
    Done,
    Failed,
    Passages,
    Started,
)
from secondme.errors import EngineUnavailable
from tests.tui.samples import answer, citations, message, whole_answer
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Gate, staged
from tui.screens.chat_turns import AnswerProgressed
from tui.widgets.answer import AnswerView
from tui.widgets.chat_list import ChatList
from tui.widgets.conversation import Note, QuestionView
from tui.widgets.status_bar import StatusBar

DEAD = EngineUnavailable("The engine does not answer.", "Ask again and it starts by itself.")


async def test_a_question_is_answered_with_its_passages_and_the_context_used() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("When do we meet Ana?")
        door.answers.send(*whole_answer())
        await stage.until(lambda: stage.answers and stage.answers[0].citation_list.citations)
        assert door.called("ask") == [("When do we meet Ana?", None)]
        assert stage.prompt.text == ""
        assert "When do we meet Ana?" in stage.shown(QuestionView)
        assert "[1] notes/plan-1.md · line 13 · 3 May 2024  We meet Ana at the lake" in stage.shown()
        assert "[?] not found in your memory" in stage.shown()
        assert "context 31% (2 memories)" in stage.shown(StatusBar)


async def test_where_all_that_is_known_was_read_the_status_line_says_so() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("When do we meet Ana?")
        door.answers.send(Started("chat-1", "message-1"), Passages(citations(), 3100, 4096, whole=84))
        await stage.until(lambda: "reading all that you know, 84 passages" in stage.shown())
        assert "context 76% (all 84 passages read)" in stage.shown(StatusBar)
        door.answers.send(*whole_answer()[2:])
        await stage.until(lambda: stage.idle)
        assert "context 76% (all 84 passages read)" in stage.shown(StatusBar)


async def test_the_second_question_goes_into_the_same_chat() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        for question in ("One?", "Two?"):
            await stage.ask(question)
            door.answers.send(*whole_answer())
            await stage.until(lambda: stage.idle)
        assert door.called("ask") == [("One?", None), ("Two?", "chat-1")]


async def test_text_is_drawn_as_it_streams_and_replaced_by_the_finished_answer() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("When?")
        door.answers.send(Started("chat-1", "message-1"), Passages(citations(), 640, 2048))
        await stage.until(lambda: "reading 2 passages" in stage.shown())
        door.answers.send(Delta("Some **bo"), Delta("ld** words"))
        await stage.until(lambda: "Some bold words" in stage.shown())
        door.answers.send(Done(answer("The *finished* text [1].", supported=["The *finished* text [1]."])))
        await stage.until(lambda: stage.idle)
        assert "The finished text [1]." in stage.shown()
        assert "Some bold" not in stage.shown()


async def test_the_last_tokens_before_an_error_are_drawn() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("When?")
        door.answers.send(Started("chat-1", "message-1"), Delta("the very "), Delta("end"))
        door.answers.send(Failed("The model died.", "Ask again.", safe="The question is saved."))
        await stage.until(lambda: stage.idle)
        assert "the very end" in stage.shown()
        assert "✗ The model died. The question is saved. Ask again." in stage.shown()


async def test_escape_stops_the_answer_and_keeps_the_partial_text() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("When?")
        door.answers.send(Started("chat-1", "message-1"), Delta("A partial"))
        await stage.until(lambda: "A partial" in stage.shown())
        await stage.press("escape")
        await stage.until(lambda: door.called("stop") == [("message-1",)])
        assert "stopping" in stage.shown()
        door.answers.send(Done(answer("A partial", finish="cancelled", supported=["A partial"])))
        await stage.until(lambda: stage.idle)
        assert "A partial" in stage.shown()
        assert "stopped; what was written is kept" in stage.shown()


async def test_a_second_escape_gives_up_on_an_engine_that_does_not_stop() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("When?")
        door.answers.send(Started("chat-1", "message-1"), Delta("A partial"))
        await stage.until(lambda: "A partial" in stage.shown())
        await stage.press("escape", "escape")
        assert stage.idle
        assert "A partial" in stage.shown()
        assert "stopped" in stage.shown()


async def test_messages_sent_while_an_answer_is_written_wait_and_are_sent_one_by_one_in_the_same_chat() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.press(*"One", "enter", *"Two", "enter", *"Three", "enter", *"Fo")
        await stage.until(lambda: len(stage.conversation.query(QuestionView)) == 3)
        assert stage.prompt.text == "Fo"
        assert len(stage.answers) == 1
        assert "waits for the answer above" in stage.shown()
        for count in (1, 2, 3):
            await stage.until(lambda: len(door.called("ask")) == count)  # noqa: B023  # called in this round only
            door.answers.send(*whole_answer())
        await stage.until(lambda: stage.idle)
        assert door.called("ask") == [("One", None), ("Two", "chat-1"), ("Three", "chat-1")]
        assert "thinking…" not in stage.shown()
        assert "waits for the answer" not in stage.shown()
        views = [type(view) for view in stage.conversation.query("QuestionView, AnswerView")]
        assert views == [QuestionView, AnswerView] * 3


async def test_what_waits_is_taken_back_by_up_or_escape_before_the_answer_is_stopped() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("One?")
        await stage.ask("Two?")
        await stage.ask("Three?")
        await stage.press("up")
        assert stage.prompt.text == "Three?"
        await stage.press("escape")
        assert stage.prompt.text == "Two?\n\nThree?"
        assert "waits" not in stage.shown(QuestionView)
        assert not stage.idle
        await stage.press("escape")
        assert stage.idle
        assert door.called("ask") == [("One?", None)]


async def test_what_waits_is_sent_after_an_answer_that_was_stopped() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("One?")
        door.answers.send(Started("chat-1", "message-1"), Delta("A partial"))
        await stage.ask("Two?")
        door.answers.send(Done(answer("A partial", finish="cancelled")))
        await stage.until(lambda: len(door.called("ask")) == 2)
        assert door.called("ask")[1][0] == "Two?"


async def test_what_waits_comes_back_into_the_box_when_another_chat_is_opened() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("One?")
        await stage.ask("Two?")
        await stage.ask("Three?")
        await stage.press(*"and", "ctrl+n")
        assert stage.prompt.text == "Two?\n\nThree?\n\nand"
        door.answers.send(*whole_answer())
        await stage.until(lambda: stage.idle)
        assert len(door.called("ask")) == 1


async def test_pasted_lines_stay_lines_whichever_way_the_terminal_ends_them() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        stage.prompt.focus()
        stage.app.post_message(Paste("Shopping:\r- eggs\r- rye bread\r\r\nAnd call Yusuf"))
        await stage.pilot.pause()
        assert stage.prompt.text == "Shopping:\n- eggs\n- rye bread\n\nAnd call Yusuf"
        await stage.press("enter")
        await stage.until(lambda: door.called("ask"))
        assert door.called("ask")[0][0] == "Shopping:\n- eggs\n- rye bread\n\nAnd call Yusuf"


async def test_alt_z_takes_back_what_was_typed() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press(*"hello")
        stage.app.post_message(Key("alt+z", "z"))  # as terminals send it
        await stage.until(lambda: stage.prompt.text != "hello")
        assert stage.prompt.text == ""


async def test_a_question_sent_before_the_engine_is_there_is_asked_when_it_is() -> None:
    door = ScriptedDoor()
    gate = Gate(door)
    async with staged(gate, wait=False) as stage:
        await stage.until(lambda: gate.tries)
        assert "starting…" in stage.shown(StatusBar)
        await stage.ask("Early?")
        assert "waiting for the engine to start" in stage.shown()
        assert not door.calls
        gate.open()
        door.answers.send(*whole_answer())
        await stage.until(lambda: stage.idle)
        assert door.called("ask") == [("Early?", None)]
        assert gate.tries == 1
        assert "You meet Ana on Sunday" in stage.shown()


async def test_an_engine_that_cannot_start_is_told_once_and_the_question_is_given_back() -> None:
    door = ScriptedDoor()
    broken = EngineUnavailable("The engine could not be started.", "Run `secondme doctor`.")
    gate = Gate(broken, door)
    async with staged(gate, wait=False) as stage:
        await stage.ask("Early?")
        gate.open()
        await stage.until(lambda: stage.idle)
        await stage.until(lambda: "no engine" in stage.shown(StatusBar))
        assert stage.shown().count("The engine could not be started.") == 1
        assert "Run `secondme doctor`." in stage.shown()
        assert stage.prompt.text == "Early?"
        gate.open()
        door.answers.send(*whole_answer())
        await stage.press("enter")
        await stage.until(lambda: stage.idle and door.called("ask"))
        assert "You meet Ana on Sunday" in stage.shown()


async def test_a_failed_start_is_a_note_with_its_remedy() -> None:
    gate = Gate(EngineUnavailable("The data folder is read-only.", "Make it writable."))
    async with staged(gate, wait=False) as stage:
        gate.open()
        await stage.until(lambda: "The data folder is read-only." in stage.shown(Note))
        assert "Make it writable." in stage.shown(Note)


async def test_after_the_engine_died_the_partial_stays_and_the_next_question_works() -> None:
    first, second = ScriptedDoor(), ScriptedDoor()
    gate = Gate(first, second)
    gate.open()
    async with staged(gate) as stage:
        await stage.ask("One?")
        first.answers.send(Started("chat-1", "message-1"), Delta("A partial"))
        await stage.until(lambda: "A partial" in stage.shown())
        first.answers.fail(DEAD)
        first.statuses.fail(DEAD)
        await stage.until(lambda: stage.idle)
        await stage.until(lambda: "engine gone" in stage.shown(StatusBar))
        assert "A partial" in stage.shown()
        assert "The engine does not answer. Ask again and it starts by itself." in stage.shown()
        gate.open()
        second.answers.send(*whole_answer())
        await stage.ask("Two?")
        await stage.until(lambda: stage.idle and len(stage.answers) == 2)
        assert second.called("ask") == [("Two?", "chat-1")]
        assert "A partial" in stage.shown()
        assert "You meet Ana on Sunday" in stage.shown()
        await stage.until(lambda: "SmolLM2" in stage.shown(StatusBar))


async def test_an_engine_that_closes_while_nothing_is_asked_is_a_note() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        door.statuses.end()
        await stage.until(lambda: "The engine has closed." in stage.shown(Note))


async def test_the_app_closes_while_the_engine_is_still_starting() -> None:
    gate = Gate(ScriptedDoor())
    async with staged(gate, wait=False) as stage:
        await stage.until(lambda: gate.tries)
        await stage.press("ctrl+q")
    assert stage.app.return_code == 0
    gate.open()


async def test_enter_sends_and_shift_enter_or_ctrl_j_breaks_the_line() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.press("a", "shift+enter", "b", "ctrl+j", "c", "enter")
        await stage.until(lambda: door.called("ask"))
        assert door.called("ask") == [("a\nb\nc", None)]


async def test_up_in_an_empty_box_takes_up_the_last_question() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.press("up")
        assert stage.prompt.text == ""
        await stage.ask("One?")
        await stage.press("up")
        assert stage.prompt.text == "One?"


async def test_a_saved_chat_shows_what_it_showed_when_it_was_written() -> None:
    door = ScriptedDoor()
    final = answer()
    door.summaries = [ChatSummary("chat-1", "Ana", 4, "2026-01-02T10:00:00Z", "2026-01-02T10:00:00Z")]
    door.saved["chat-1"] = Chat(
        "chat-1",
        "Ana",
        (
            message(1, "user", "When?"),
            message(2, "assistant", final.text, citations=final.citations, sentences=final.sentences),
            message(3, "user", "And then?"),
            message(4, "assistant", "Half an ans", "stopped"),
            message(5, "user", "Why?"),
            message(6, "assistant", "Because", "failed"),
        ),
    )
    async with staged(door) as stage:
        await stage.until(lambda: stage.app.home.query_one(ChatList).option_count)
        await stage.press("ctrl+t", "down", "enter")
        await stage.until(lambda: len(stage.answers) == 3)
        assert "[1] notes/plan-1.md · line 13 · 3 May 2024" in stage.shown()
        assert "[?] not found in your memory" in stage.shown()
        assert "stopped; what was written is kept" in stage.shown()
        assert "✗ broke off" in stage.shown()
        await stage.ask("More?")
        await stage.until(lambda: door.called("ask"))
        assert door.called("ask") == [("More?", "chat-1")]


async def test_an_answer_goes_on_while_another_chat_is_looked_at() -> None:
    door = ScriptedDoor()
    door.summaries = [
        ChatSummary(f"chat-{n}", f"Chat {n}", 2, "2026-01-02T10:00:00Z", "2026-01-02T10:00:00Z") for n in (1, 2)
    ]
    partial = message(1, "assistant", "saved so far", "streaming")
    door.saved["chat-1"] = Chat("chat-1", "Chat 1", (message(0, "user", "One?"), partial))
    door.saved["chat-2"] = Chat("chat-2", "Chat 2", (message(7, "user", "Other?"),))
    async with staged(door) as stage:
        await stage.ask("One?")
        door.answers.send(Started("chat-1", "message-1"), Delta("first "))
        await stage.until(lambda: "first" in stage.shown())
        stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-2"))
        await stage.until(lambda: "Other?" in stage.shown())
        door.answers.send(Delta("second "))
        await stage.until(lambda: stage.app.home._answering and len(stage.app.home._answering.text) == 2)
        stage.app.home.query_one(ChatList).post_message(ChatList.Chosen("chat-1"))
        await stage.until(lambda: "first second" in stage.shown())
        assert "saved so far" not in stage.shown()
        door.answers.send(Delta("third"))
        await stage.until(lambda: "first second third" in stage.shown())
        door.answers.send(Done(answer()))
        await stage.until(lambda: stage.idle)
        assert "You meet Ana on Sunday" in stage.shown()


async def test_new_chat_starts_empty_and_unattached() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("One?")
        door.answers.send(*whole_answer())
        await stage.until(lambda: stage.idle)
        await stage.press("ctrl+n")
        await stage.until(lambda: not stage.conversation.query(AnswerView))
        await stage.ask("Two?")
        await stage.until(lambda: len(door.called("ask")) == 2)
        assert door.called("ask")[1] == ("Two?", None)


async def test_a_narrow_terminal_hides_the_list_until_it_is_called() -> None:
    async with staged(ScriptedDoor(), size=(80, 24)) as stage:
        chats = stage.app.home.query_one("#chats")
        assert not chats.display
        await stage.press("ctrl+t")
        assert chats.display
        await stage.press("ctrl+t")
        assert not chats.display
        assert stage.prompt.has_focus


async def test_what_a_question_given_up_still_says_does_not_reach_the_next_answer() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask("One?")
        door.answers.send(Started("chat-1", "message-1"))
        await stage.until(lambda: stage.app.home._answering and stage.app.home._answering.message_id)
        stale = AnswerProgressed(stage.app.home._answering.number if stage.app.home._answering else 0, Delta("stale"))
        await stage.press("escape", "escape")
        await stage.ask("Two?")
        stage.app.home.post_message(stale)
        await stage.pilot.pause()
        assert "stale" not in stage.answers[-1].text


async def test_off_the_record_is_shown_all_the_time_and_nothing_is_kept() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ready()
        await stage.press("alt+o")
        assert "○ off the record" in str(stage.app.home.query_one(StatusBar).render())
        assert "nothing of this is kept" in str(stage.prompt.border_title)
        await stage.ask("A secret?")
        await stage.until(lambda: any(call[0] == "ask off the record" for call in door.calls))
        assert stage.app.home.query_one(QuestionView).has_class("-off-record")
        await stage.press("alt+o")
        assert "off the record" not in str(stage.app.home.query_one(StatusBar).render())
        assert not stage.prompt.border_title
