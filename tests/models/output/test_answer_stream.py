"""What of a model's output is its answer, wherever the stream is cut."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.output.answer_stream import answer_stream
from models.output.dialogue import without_loop
from models.output.markers import PATTERN
from models.protocol import ChatTurn, ContextOverflow, Finished, GenerateRequest, Piece

MARKS = (
    "<|im_end|>", "<|im_start|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "</s>", "<s>", "<end_of_turn>",
    "<start_of_turn>", "[INST]", "[/INST]", "<<SYS>>", "<eos>", "<bos>", "<｜end▁of▁sentence｜>", "<|assistant|>",
    "<|return|>", "<|END_OF_TURN_TOKEN|>", "<unused3>",
)  # fmt: skip


class Output:
    """A model that writes pieces, as many as the request allows, and notes how far it got."""

    def __init__(self, pieces: Sequence[str | Piece], context: int = 10_000) -> None:
        self.pieces = [Piece(piece) if isinstance(piece, str) else piece for piece in pieces]
        self.context = context
        self.written = 0

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Generator[Piece | Finished, None, None]:
        """The pieces, then the end."""
        if request.max_tokens > self.context:
            raise ContextOverflow("too long", "ask less")
        for piece in self.pieces[: request.max_tokens]:
            if cancel.is_set():
                yield Finished("cancelled", 50, self.written, 1.0, 1.0)
                return
            self.written += 1
            yield piece
        yield Finished("stop" if request.max_tokens >= len(self.pieces) else "length", 50, self.written, 1.0, 1.0)


def run(
    pieces: Sequence[str | Piece], *, most: int = 1000, thinking: int = 0, plain: bool = False
) -> tuple[str, str, Finished]:
    """(answer, thoughts, end) of an output."""
    request = GenerateRequest((ChatTurn("user", "?"),), most, thinking_tokens=thinking, schema={} if plain else None)
    answer, thoughts, end = "", "", None
    for event in answer_stream(Output(pieces).generate, request, threading.Event()):
        assert end is None, "the end is the last"
        if isinstance(event, Finished):
            end = event
        elif event.retracts:
            answer, thoughts = "", thoughts + answer
        elif event.thought:
            thoughts += event.text
        else:
            answer += event.text
    assert end is not None
    return answer, thoughts, end


def cut(text: str, sizes: Sequence[int]) -> list[str]:
    """The text in pieces of these sizes, over and over."""
    pieces, at, number = [], 0, 0
    while at < len(text):
        size = sizes[number % len(sizes)]
        pieces.append(text[at : at + size])
        at, number = at + size, number + 1
    return pieces


SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=6)


@settings(deadline=None)
@given(st.sampled_from(MARKS), st.sampled_from(MARKS), SIZES)
def test_a_control_token_ends_the_answer_and_is_never_shown(mark: str, other: str, sizes: list[int]) -> None:
    text = f"{other}assistant\nThe ferry leaves at nine.{mark}user\nAnd when is it back?{mark}"
    answer, _, end = run(cut(text, sizes))
    assert answer.strip() == "The ferry leaves at nine."
    assert end.reason == "stop"


@settings(deadline=None)
@given(st.text(alphabet="<>[]|/ sINTimend_◁", max_size=40), SIZES)
def test_no_mark_comes_out_wherever_the_stream_is_cut(text: str, sizes: list[int]) -> None:
    answer, thoughts, _ = run(cut(text, sizes))
    assert not PATTERN.search(answer) or not PATTERN.search(text)
    assert not PATTERN.search(thoughts)


@settings(deadline=None)
@given(st.text(alphabet="abc <>[1]:.,\n-", max_size=60), SIZES)
def test_a_text_is_the_same_however_it_is_cut(text: str, sizes: list[int]) -> None:
    assert run(cut(text, sizes))[0] == run([text])[0]


@settings(deadline=None)
@given(SIZES)
def test_text_that_only_looks_like_a_mark_is_kept(sizes: list[int]) -> None:
    text = "If 3 < 5 and x<y, then see [1] and [INSTALL] of <b>bold</b> text, at <ada@post.example>."
    assert run(cut(text, sizes))[0] == text


# --- thoughts


@settings(deadline=None)
@given(SIZES, st.sampled_from(["<think>", "<thinking>", "[THINK]", "◁think▷"]))
def test_thoughts_are_apart_from_the_answer(sizes: list[int], opens: str) -> None:
    closes = opens.replace("<", "</").replace("[", "[/").replace("◁", "◁/")
    answer, thoughts, _ = run(cut(f"{opens}\nMaybe 999? No.\n{closes}\n\nIt costs 640 euros.", sizes), thinking=500)
    assert (answer, thoughts.strip()) == ("It costs 640 euros.", "Maybe 999? No.")


def test_thoughts_that_never_close_leave_no_answer() -> None:
    answer, thoughts, end = run(["<think>", "Let me ", "see"], thinking=100)
    assert (answer, thoughts, end.reason) == ("", "Let me see", "stop")


def test_what_came_before_a_closing_tag_were_thoughts() -> None:
    answer, thoughts, _ = run(["They ask ", "for the rent.", "</think>", "640 euros."], thinking=100)
    assert (answer, thoughts) == ("640 euros.", "They ask for the rent.")


def test_thoughts_of_a_server_have_a_field_of_their_own() -> None:
    assert run([Piece("hm", thought=True), "640 euros."], thinking=5)[:2] == ("640 euros.", "hm")


def test_thoughts_have_a_budget_of_their_own() -> None:
    answer, thoughts, end = run(["<think>", *["hm "] * 50, "</think>", *["so "] * 50], most=3, thinking=60)
    assert (answer.split(), len(thoughts.split()), end.reason) == (["so"] * 3, 50, "length")
    answer, thoughts, end = run(["<think>", *["hm "] * 50, "</think>", "yes"], most=3, thinking=20)
    assert (answer, end.reason) == ("", "length") and len(thoughts.split()) <= 21


def test_without_room_for_thoughts_the_answer_is_written_without_them() -> None:
    request = GenerateRequest((ChatTurn("user", "?"),), 10, thinking_tokens=500)
    *pieces, end = answer_stream(Output(["fine"], context=20).generate, request, threading.Event())
    assert [piece.text for piece in pieces if isinstance(piece, Piece)] == ["fine"]
    assert isinstance(end, Finished)


# --- dialogue and loops


@pytest.mark.parametrize("label", ["User:", "Human:", "Question:", "Assistant:", "**User:**", "Q:", "answer :"])
@settings(deadline=None)
@given(sizes=SIZES)
def test_a_turn_that_the_model_goes_on_with_is_none_of_the_answer(label: str, sizes: list[int]) -> None:
    answer, _, end = run(cut(f"Ada pays 640 euros.\n\n{label} And when?\nOn the 3rd.", sizes))
    assert (answer.strip(), end.reason) == ("Ada pays 640 euros.", "stop")


@pytest.mark.parametrize("label", ["Assistant:", "Answer:", "Short answer:", "**Answer:**"])
@settings(deadline=None)
@given(sizes=SIZES)
def test_a_label_before_the_answer_is_taken_away(label: str, sizes: list[int]) -> None:
    assert run(cut(f"{label} Ada pays 640 euros.", sizes))[0] == "Ada pays 640 euros."


@settings(deadline=None)
@given(SIZES)
def test_a_list_and_a_heading_of_its_own_stay(sizes: list[int]) -> None:
    text = "Here are they:\n- Ann\n- Ann\n- Bo: a dog\nNote: that is all.\nAnother line"
    assert run(cut(text, sizes))[0] == text


@settings(deadline=None)
@given(SIZES, st.integers(2, 30))
def test_a_sentence_that_comes_again_ends_the_answer(sizes: list[int], times: int) -> None:
    text = "She moved to the old mill. " + "It stands on the river bank. " * times
    answer, _, end = run(cut(text, sizes))
    assert (answer.strip(), end.reason) == ("She moved to the old mill. It stands on the river bank.", "stop")


def test_words_that_come_again_and_again_end_the_answer() -> None:
    output = Output(["and then the boat sank "] * 200)
    request = GenerateRequest((ChatTurn("user", "?"),), 1000)
    list(answer_stream(output.generate, request, threading.Event()))
    assert output.written < 10
    assert without_loop("It was a fine day and then the boat sank and then the boat sank and then the boat sank") == (
        "It was a fine day and then the boat sank"
    )
    assert without_loop("No, no, no, said the ferryman.") == "No, no, no, said the ferryman."


def test_json_is_passed_on_as_it_is() -> None:
    text = '{"User": "a b c d.", "x": "a b c d."}\nUser: {"x": "a b c d."}'
    assert run([text], plain=True)[0] == text


def test_what_was_cancelled_ends_as_cancelled() -> None:
    cancel = threading.Event()
    stream = answer_stream(Output(["one ", "two ", "three"]).generate, GenerateRequest((), 100), cancel)
    next(stream)
    cancel.set()
    *_, end = stream
    assert isinstance(end, Finished) and end.reason == "cancelled"
