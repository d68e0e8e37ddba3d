"""What a model reads of passages that are too long to be read whole."""

from __future__ import annotations

from secondme.api import Hit
from secondme.chat.prompt import Candidate
from secondme.chat.prompt_sentences import chosen_sentences
from secondme.chat.reader.candidates import candidate_sentences
from secondme.chat.reader.form import question_form
from secondme.chat.reader.reader import Reading

ASKED = (
    "Did you get home in that storm? " + "The whole valley was without light until the morning, and so were we. " * 2
)
TOLD = (
    "The road was closed at the mill. So I slept in the chapel, on a bench. "
    "My coat was wet through and the candles were out. In the morning a tractor took me up to the farm."
)


def chat() -> Candidate:
    hit = Hit(
        id="told", text=TOLD, source_id="s", title="chat", uri="", kind="import", start=0, end=0, line=1, heading="",
        speaker="Runa", role="other", happened_at=None, precision="", score=1.0,
    )  # fmt: skip
    return Candidate(hit, f"Jorn: {ASKED} / Runa: {TOLD}", turns=(("Jorn", ASKED), ("Runa", TOLD)))


def read(best: str, characters: int) -> str:
    candidate = chat()
    found = sorted(candidate_sentences([candidate]), key=lambda sentence: best not in sentence.text)
    reading = Reading(question_form("Where did Runa sleep?"), tuple(found))
    (chosen,) = chosen_sentences([candidate], reading, characters)
    return chosen.text


def test_a_sentence_from_the_middle_of_a_turn_comes_with_who_said_it() -> None:
    assert read("chapel", 60) == "Runa: So I slept in the chapel, on a bench."


def test_the_name_stands_once_before_what_one_says_and_again_where_the_other_speaks() -> None:
    everything = read("chapel", 2000)
    assert everything.startswith("Jorn: Did you get home in that storm?")
    assert " / Runa: The road was closed at the mill. So I slept in the chapel" in everything
    assert (everything.count("Runa:"), everything.count("Jorn:")) == (1, 1)
