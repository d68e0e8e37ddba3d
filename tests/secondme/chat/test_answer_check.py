"""Which sentences of an answer memory holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.api import Hit
from secondme.chat.answer_check import AnswerCheck, Verdict, says_unknown
from secondme.chat.checked_answer import CheckedAnswer, Numbering, is_open

HIT = Hit("a", "", "s", "letters.md", "", "chat", 0, 0, 1, "", "Ines", "me", "2025-04-19T10:00:00+00:00", "second", 0.0)
NOTE = "Oda pays 310 crowns for the shed. The shed stands behind the mill in Harrow."


def check(question: str, *texts: str, ended: bool = False, **hit: object) -> AnswerCheck:
    """A check over passages that Ines said."""
    return AnswerCheck(
        question,
        [(n, text, replace(HIT, id=str(n), **hit)) for n, text in enumerate(texts, start=1)],  # type: ignore[arg-type]
        names=["Ines"],
        ended={"1"} if ended else (),
    )


def verdict(question: str, answer: str, *texts: str, ended: bool = False) -> Verdict:
    """What memory makes of an answer."""
    return check(question, *texts, ended=ended).sentence(answer)


@pytest.mark.parametrize("answer", ["Oda pays 310 crowns.", "310 crowns.", "She pays 310 crowns for the shed."])
def test_what_a_passage_says_is_supported_by_it(answer: str) -> None:
    assert verdict("How much does Oda pay?", answer, "It rains in May.", NOTE).numbers == (2,)


@pytest.mark.parametrize(
    ("answer", "invented"),
    [("Oda pays 450 crowns.", "450"), ("Oda pays it to Bertil.", "bertil"), ("Oda pays on 7 June.", "7")],
)
def test_a_name_or_number_that_nobody_said_is_invented(answer: str, invented: str) -> None:
    found = verdict("How much does Oda pay?", answer, NOTE)
    assert invented in found.invented and not found.numbers


def test_a_number_word_is_its_number() -> None:
    assert verdict("How many boats does she own?", "She owns three boats.", "Oda owns 3 boats.").numbers == (1,)


def test_names_and_numbers_have_to_stand_together() -> None:
    texts = ("Oda was there in 1990. " + "We ate soup. " * 3 + "Pelle was born on an island.",)
    assert not verdict("What year was Pelle born?", "Pelle was born in 1990.", *texts).numbers


def test_a_word_of_the_question_is_no_support() -> None:
    assert not verdict("Does Oda own a car?", "No, Oda does not own a car.", NOTE).numbers
    assert not verdict("What year was Oda born?", "Oda was born in 2015.", "In 2015 Oda and I moved here.").numbers


def test_what_somebody_else_does_is_not_what_the_person_does() -> None:
    assert verdict("How much does Oda pay?", "Ines pays 310 crowns for the shed.", NOTE).numbers == ()
    assert verdict("Who pays 310 crowns to Oda?", "Ines pays 310 crowns.", "I pay Oda 310 crowns.").numbers == (1,)


def test_the_day_of_saying_dates_what_was_said_there_and_nothing_else() -> None:
    assert verdict("When was it sold?", "You sold the boat on 19 April 2025.", "I sold the boat.").numbers == (1,)
    assert not verdict("When is Oda's birthday?", "Oda's birthday is on 19 April 2025.", "Oda came to stay.").numbers


def test_what_was_ended_supports_only_what_is_said_of_the_past() -> None:
    text = "I live in Harrow."
    assert not verdict("Where do I live?", "You live in Harrow.", text, ended=True).numbers
    assert verdict("Where did I live before?", "You used to live in Harrow.", text, ended=True).numbers == (1,)


@pytest.mark.parametrize(
    "text",
    [
        "The context does not say.",
        "I don't know.",
        "It is not mentioned in your notes.",
        "There is no information about that in the context.",
        "The notes do not specify the price.",
        "Unknown.",
        "I'm sorry, but I cannot find that in the context provided.",
    ],
)
def test_a_model_says_in_many_words_that_memory_does_not_hold_it(text: str) -> None:
    assert says_unknown(text)


@pytest.mark.parametrize("text", ["Oda does not eat fish.", "She has no car.", "No, the shop is shut.", "310 crowns."])
def test_a_negation_is_an_answer(text: str) -> None:
    assert not says_unknown(text)


# --- sentence by sentence


def checked(answer: str, size: int = 3, *, lenient: bool = False) -> CheckedAnswer:
    """An answer that came in pieces."""
    found = CheckedAnswer(check("What does Oda pay for, and why?", "Snow fell.", NOTE), Numbering(), lenient=lenient)
    shown = "".join(s.text for at in range(0, len(answer), size) for s in found.add(answer[at : at + size]))
    shown += "".join(s.text for s in found.rest())
    assert shown == found.text
    return found


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_each_sentence_is_shown_once_it_was_checked(size: int) -> None:
    found = checked("Oda pays 310 crowns for the shed. It smells of tar. The shed stands behind the mill.", size)
    assert found.text == "Oda pays 310 crowns for the shed. [1] It smells of tar. The shed stands behind the mill. [1]"
    assert [bool(sentence.citations) for sentence in found.sentences] == [True, False, True]
    assert [found.text[s.start : s.end] for s in found.sentences][1] == "It smells of tar."


def test_an_answer_ends_before_what_nobody_said() -> None:
    found = checked("Oda pays 310 crowns for the shed. Bertil gave her 99 more. The shed stands behind the mill.")
    assert found.text == "Oda pays 310 crowns for the shed. [1]"


def test_nothing_is_shown_of_an_answer_that_begins_with_what_memory_does_not_hold() -> None:
    assert checked("Oda pays 99 crowns. The shed stands behind the mill.").text == ""
    assert checked("It smells of tar. The shed stands behind the mill.").text == ""
    assert checked("It smells of tar.", lenient=True).text == "It smells of tar."


def test_that_memory_does_not_say_is_a_refusal_only_where_it_comes_first() -> None:
    assert checked("The context does not say.").refuses
    found = checked("Oda pays 310 crowns for the shed. The context does not say why.")
    assert (found.text, found.refuses) == ("Oda pays 310 crowns for the shed. [1]", False)


@pytest.mark.parametrize(
    "question", ["Why did she leave?", "What should I cook?", "Sum up the minutes.", "How do I get in?"]
)
def test_some_questions_ask_for_more_than_memory_says(question: str) -> None:
    assert is_open(question)


@pytest.mark.parametrize("question", ["How much is it?", "When do we leave?", "Who is Oda?", "How old is the cat?"])
def test_most_questions_ask_for_what_somebody_said(question: str) -> None:
    assert not is_open(question)


@pytest.mark.parametrize(
    "told",
    [
        "Bertil offered me his van, I said no thanks.",
        "I'd want a van one day, but where would it stand?",
        "The garage quoted 900 for a van. We turned it down.",
        "I might get a van in spring.",
    ],
)
def test_an_offer_a_wish_and_a_refusal_support_no_having(told: str) -> None:
    assert not verdict("Do I have a van?", "Yes, you have a van.", told).numbers
    assert verdict("Do I have a van?", "Yes, you have a van.", "I bought a van.").numbers == (1,)
