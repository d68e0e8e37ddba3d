"""What a reasoning model thinks is shown apart, and is neither kept nor evidence."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from models.output.answer_stream import answer_stream
from models.protocol import Finished, GenerateRequest, Piece
from secondme.api import Delta, Done, Thought
from tests.secondme.chat.talk import ASK_KEY, Scripted, ask, talk
from tests.worlds.night_world import World

ANSWER = "The spare key hangs behind the barn door."


class Reasoning(Scripted):
    """A model whose output begins with thoughts, as runtimes give it."""

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Its text in pieces of seven characters."""

        def written(asked: GenerateRequest, ending: threading.Event) -> Iterator[Piece | Finished]:
            self.requests.append(asked)
            for at in range(0, len(self.says), 7):
                yield Piece(self.says[at : at + 7])
            yield Finished("stop", 20, 20, 0.1, 0.1)

        yield from answer_stream(written, request, cancel)  # type: ignore[arg-type]  # a generator, as iterators here are


@pytest.mark.parametrize("says", ["<think>Maybe the cellar? No.</think>", "Maybe the cellar? No.</think>"])
def test_thoughts_are_a_part_of_the_stream_and_of_nothing_else(world: World, says: str) -> None:
    conversation = talk(world, Reasoning(f"{says}\n\n{ANSWER}"))
    events = list(conversation.ask(ASK_KEY, chat_id=None, remember=True))
    assert any(isinstance(event, Thought) for event in events) or not says.startswith("<think>")
    assert "cellar" not in "".join(event.text for event in events if isinstance(event, Delta))
    done = events[-1]
    # Where no tag opens the thoughts the check may end them as an answer that nothing holds: then memory leads.
    assert isinstance(done, Done) and f"{ANSWER} [1]" in done.answer.text.partition("\n")[0]
    assert "cellar" not in conversation.open(done.answer.chat_id).messages[1].text


def test_thoughts_that_lead_to_no_answer_leave_what_memory_says(world: World) -> None:
    answer = ask(talk(world, Reasoning("<think>Maybe the cellar? Maybe the")), ASK_KEY)
    assert answer.text.startswith(f"You said: {ANSWER} [1]") and "cellar" not in answer.text
