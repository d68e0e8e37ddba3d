"""What leads is about whom the question names, however the name is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.chat.reader.aboutness import about
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import question_form
from tests.secondme.chat.test_answer_check import HIT


@pytest.mark.parametrize(
    ("question", "text", "is_about"),
    [
        ("Remind me what the skipper is called.", "The skipper is a woman named Odile.", True),
        ("When was Odile's party?", "saturday was Odiles party, Ravi sang", True),
        ("When was Odile's party?", "Saturday was the party of Ravi.", False),
        ("Welche Stelle habe ich jetzt?", "Man hat mich zur Werkstatt in Trier versetzt.", True),
        ("Wann feiert Odile?", "Am Samstag feiert Ravi.", False),
        ("Quel est le prénom de ma tante ?", "Ma tante s'appelle Odile.", True),
        ("Wann hat Odile Geburtstag?", "Odile hat ab Oktober eine neue Stelle", False),
        ("When is Odile's birthday?", "Odile starts her new job in October", False),
        ("When is Odile's birthday?", "Odile turns 40 in October", True),
        ("When is Odile's birthday?", "Odile was born on 3 May", True),
        ("Do I sail?", "Ravi thinks I should sail.", False),
        ("What is Odile's phone number?", "Odile sails.", False),
        ("Wie alt ist Odile?", "Odile segelt gern.", False),
        ("Wie alt ist Odile?", "Odile wurde 1990 geboren.", True),
    ],
)
def test_a_sentence_is_about_whom_the_question_names(question: str, text: str, is_about: bool) -> None:
    hit = replace(HIT, text=text, speaker="Mara", role="me", title="", heading="")
    assert about(question_form(question), [CandidateSentence(1, text, "", 0, hit, False)]) is is_about


def test_what_was_said_before_of_one_is_not_said_of_the_next() -> None:
    before, text = "Odile moved to Trier.", "Ravi has his party on the 3rd of May."
    hit = replace(HIT, text=f"{before} {text}", speaker="Mara", role="me", title="", heading="")
    of_ravi = CandidateSentence(1, text, before, 1, hit, False)
    of_her = CandidateSentence(1, "The party is on the 3rd of May.", before, 1, hit, False)
    form = question_form("When is Odile's party?")
    assert not about(form, [of_ravi])
    assert about(form, [of_her])
