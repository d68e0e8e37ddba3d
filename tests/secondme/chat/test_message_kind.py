"""What kind of message it is: telling, asking, ordering, small talk, or several at once."""

from __future__ import annotations

import pytest

from secondme.chat.message_kind import asks, is_question, ordered_removal, tells


@pytest.mark.parametrize(
    "text",
    [
        "Where do I live?",
        "so which village did she move to",
        "whats the rent now",
        "and how long on the hob",
        "by when",
        "by when do I have to hand it in",
        "who lent me the ladder lol",
        "do i still owe her anything",
        "is the shed locked",
        "Does Marta know",
        "tell me about the boiler",
        "Summarise the minutes of May.",
        "membership number please",
        "Wo wohne ich?",
        "冰箱在哪里？",
    ],
)
def test_a_question_needs_no_question_mark(text: str) -> None:
    assert asks(text) and is_question(text) and not tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "I live in Lisbon.",
        "When I was a child we lived by the sea.",
        "what a week that was",
        "Where I live it rains a lot.",
        "had the boiler serviced, 95 euro",
        "oh and my flatmate teaches music",
        "plot twist, I like beetroot now. had it in a soup",
        "no wait, thursday. same time",
        "Remember that my locker number is 88.",
        "remind me to water the ferns",
    ],
)
def test_what_tells_is_no_question(text: str) -> None:
    assert tells(text) and not asks(text)


def test_a_long_message_with_a_question_at_its_end_tells_and_asks() -> None:
    text = "We moved the party to Friday and Ben brings the cake. Who brings the chairs?"
    assert asks(text) and not is_question(text) and not tells(text)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Forget my phone number.", "forget"),
        ("please delete the note about the safe", "delete"),
        ("Stop watching my downloads", "stop watching"),
        ("I always forget my keys.", ""),
        ("forget about it", ""),
    ],
)
def test_an_order_to_forget_is_neither_told_nor_asked(text: str, verb: str) -> None:
    assert ordered_removal(text) == verb
    assert not verb or not tells(text)


@pytest.mark.parametrize("text", ["hello", "thanks a lot!", "ok"])
def test_small_talk_tells_nothing(text: str) -> None:
    assert not tells(text)
