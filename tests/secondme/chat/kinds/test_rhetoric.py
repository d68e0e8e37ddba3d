"""Questions that are not asked to be answered are told; what only looks like them is asked."""

from __future__ import annotations

import pytest

from secondme.chat.kinds.message_kind import Kind, kind
from secondme.chat.kinds.rhetoric import only_tells


@pytest.mark.parametrize(
    "text",
    [
        "Did I ever mention I lived in Tromsø once? Two winters, no sun, best fish of my life.",
        "You know what? I passed the sailing exam.",
        "Habe ich dir schon erzählt, dass ich früher Geige gespielt habe? Acht Jahre lang.",
        "What do I owe Bernd? NOTHING, he owes me the rent of May.",
        "Who won the raffle? Me! A whole ham.",
        "oh dear what am i saying. it's number nine that broke, six is the one with the sticker",
        "They made me head of the bakery this morning, crazy, right?",
        "Sie haben mich heute zur Leiterin der Bäckerei gemacht – verrückt, oder?",
    ],
)
def test_what_people_ask_only_to_tell_is_told(text: str) -> None:
    assert only_tells(text) and kind(text) is Kind.TELLS


@pytest.mark.parametrize(
    "text",
    [
        "Did I tell you where I parked? It was late.",
        "What am I saying in my talk on Friday?",
        "Did I ever mention a dentist in Tromsø?",
        "We meet at the bakery on the square, tomorrow, right?",
        "Wir treffen uns am Mittwoch in der Bäckerei, oder?",
        "Where is my passport? It is not in the drawer.",
        "What did I pay for the sofa? URGENT, the shop closes.",
        "When does the ferry leave? Please hurry!",
        "You know what? I forgot the code. What is it?",
        "Is the flour mill on Kiln Road still open, right?",
    ],
)
def test_what_wants_an_answer_is_asked(text: str) -> None:
    assert not only_tells(text) and kind(text) in (Kind.ASKS, Kind.BOTH)
