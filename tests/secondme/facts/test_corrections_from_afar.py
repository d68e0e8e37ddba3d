"""A correction in another chat, days later, puts right what it names; what only looks like one does not."""

from __future__ import annotations

import pytest

from secondme.facts.corrections import correction_from_afar

PUT_RIGHT = (
    (
        "Correction to the drops: the chemist says 12 ml it is, not 6.",
        "New eye drops, 6 ml in the evening.",
        "New eye drops, 12 ml in the evening.",
    ),
    (
        "correction about Pelle, he's a baker, not a cook",
        "my brother Pelle works as a cook in Malmö",
        "my brother Pelle works as a baker in Malmö",
    ),
    ("update: the rent is 640, not 620", "We pay 620 for the rent", "We pay 640 for the rent"),
    (
        "the Lion can't do the 3rd so it's the 4th now",
        "mum turns 80 on the 3rd of November, at the Lion in Builth",
        "mum turns 80 on the 4th of November, at the Lion in Builth",
    ),
    (
        "Ha, I never read these forms properly. It's MRS Dorn, and the class is in 17, not 12",
        "Pelle got put in Mr Dorn's class, room 12",
        "Pelle got put in Mr Dorn's class, room 17",
    ),
    ("Scrub what I said about Rolf. Vigo, not Porto.", "Rolf is off to Porto.", "Rolf is off to Vigo."),
    (
        "Sorry, the coach is at 7:04, not 7:34.",
        "The coach to Gent leaves at 7:34.",
        "The coach to Gent leaves at 7:04.",
    ),
)
LEFT = (
    ("Correction: Tuesday, not Monday", "The dentist is on Monday"),
    ("Scratch the cake, 3 candles, not 8", "I take 8 mg in the morning"),
    ("the rent is 640, not 620", "We pay 620 for the rent"),
    ("Correction: is the rent 640, not 620?", "We pay 620 for the rent"),
)


@pytest.mark.parametrize(("message", "told", "right"), PUT_RIGHT)
def test_a_correction_that_says_so_and_names_both_values_reaches_another_chat(
    message: str, told: str, right: str
) -> None:
    correction = correction_from_afar(message, told)
    assert correction is not None
    assert correction.statement == right


@pytest.mark.parametrize(("message", "told"), LEFT)
def test_what_names_nothing_of_it_or_does_not_say_that_it_corrects_leaves_it(message: str, told: str) -> None:
    assert correction_from_afar(message, told) is None
