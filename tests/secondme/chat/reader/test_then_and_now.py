"""Words that tell of now answer no question of before, nor the other way round."""

from __future__ import annotations

import pytest

from secondme.chat.reader.then_and_now import done_by_me, of_another_time, of_other_days


@pytest.mark.parametrize(
    ("question", "text", "words", "another"),
    [
        ("Where did I work before?", "I was at the mill, now I am at the port.", "at the port", True),
        ("Where did I work before?", "I was at the mill, now I am at the port.", "at the mill", False),
        ("Where do I work now?", "I was at the mill, now I am at the port.", "at the port", False),
        ("Where do I work now?", "I used to be at the mill; these days I am at the port.", "at the mill", True),
        ("Wo arbeite ich davor?", "Erst war ich in der Mühle, jetzt bin ich am Hafen.", "am Hafen", True),
        ("¿Dónde trabajo antes?", "Antes estaba en un molino, ahora estoy en el puerto.", "en el puerto", True),
        ("Où je travaille avant?", "Avant j'étais au moulin, maintenant je suis au port.", "au moulin", False),
        ("我以前在哪里工作?", "我以前在磨坊，现在在港口", "港口", True),
        ("Where does Ida work?", "Ida is at the port now.", "at the port", False),
        ("What did Ida eat before the concert?", "Ida had soup.", "soup", False),
    ],
)
def test_the_clause_tells_of_which_time_its_words_are(question: str, text: str, words: str, another: bool) -> None:
    begin = text.find(words)
    assert of_another_time(question, text, begin, begin + len(words)) is another


@pytest.mark.parametrize(
    ("question", "words", "other"),
    [
        ("How much do I take on Saturdays?", "3 mg", True),
        ("How much do I take on Saturdays?", "4", False),
        ("How much do I take on a Monday?", "3 mg", False),
        ("How much do I take on a Monday?", "4", True),
        ("How much do I take?", "3 mg", False),
    ],
)
def test_weekdays_are_told_from_weekends(question: str, words: str, *, other: bool) -> None:
    text = "I take warfarin, 3 mg on weekdays and 4 at weekends"
    begin = text.find(words)
    assert of_other_days(question, text, begin, begin + len(words)) is other


@pytest.mark.parametrize(
    ("question", "text", "name", "mine"),
    [
        ("who's covering the office", "Magda is away so I'm covering the office", "Magda", True),
        ("who covers the office", "Magda is away so i cover the office", "Magda", True),
        ("who is covering the office", "Magda is covering the office, I am off", "Magda", False),
        ("who is away", "Magda is away so I'm covering the office", "Magda", False),
    ],
)
def test_what_i_do_myself_is_not_done_by_who_is_named_first(question: str, text: str, name: str, *, mine: bool) -> None:
    assert done_by_me(question, text, text.index(name)) is mine
