"""A sentence that says the same of another, or something else of the same, is no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.near_misses import near_miss, of_other_numbers, tells_of_another
from tests.secondme.chat.test_answer_check import HIT

CASES = [
    ("What is my dad allergic to?", "mum allergic to walnuts, dad hates coconut", True),
    ("When was the boiler last serviced?", "Next boiler service due August 2027", True),
    ("When is the next boiler service?", "Next boiler service due August 2027", False),
    ("What did we do last week?", "The next boiler service is in August", False),
    ("is Gerda my sister?", "Gerda brought the casserole back, chipped", True),
    ("is Gerda my sister?", "My sister Gerda brought the casserole back", False),
    ("What is my mum allergic to?", "mum allergic to walnuts, dad hates coconut", False),
    ("What does my brother drive?", "My sister drives a Fiat and my brother cycles.", True),
    ("When was the gate painted?", "The fence was painted in May by Omar.", True),
    ("When was the fence painted?", "The fence was painted in May by Omar.", False),
    ("Who designed the fence?", "The fence was painted by Omar.", True),
    ("Who painted the fence?", "The fence was painted by Omar.", False),
    ("Who fitted the heat pump?", "The heat pump was installed by Ferrer & Sons.", False),
    ("Which room is kept for Anna?", "Room 4 is kept for Tilda.", True),
    ("Which room is kept for Tilda?", "Room 4 is kept for Tilda.", False),
    ("What is the code for the left gate?", "The right gate has code 4410.", True),
    ("What is the code for the right gate?", "The right gate has code 4410.", False),
    ("Where does cousin Theo live?", "My flatmate Theo lives in Hull.", True),
    ("Where does Theo live?", "My flatmate Theo lives in Hull.", False),
    ("Where was Theo of the rowing club born?", "Theo who rents my garage was born in Hull.", True),
    ("Where was Theo of the rowing club born?", "Theo who runs the rowing club was born in Hull.", False),
    ("What am I allergic to?", "Hugo is allergic to latex, keep that in mind.", True),
    ("What am I allergic to?", "Hugo and I are both allergic to latex.", False),
    ("What is Hugo allergic to?", "Hugo is allergic to latex, keep that in mind.", False),
    ("What do I need to bring?", "Hugo said to bring plates.", False),
    ("At what heat do I bake the loaf?", "Rest 90 minutes, bake 50 minutes at 230 C", False),
    ("What did I pay?", "The plumber charged me 90.", False),
    ("Where is my workshop?", "We're thinking about moving the workshop to Hove.", True),
    ("Where do I live?", "I might move to Hove next year.", True),
    ("Where am I thinking of moving?", "I might move to Hove next year.", False),
    ("Where is my workshop?", "The workshop is in Hove, I'd like to enlarge it.", False),
    ("Is the left tap broken?", "No, the right tap is.", False),
    ("How many pages does A Quiet Hill have?", '"Ten Boats", by Ida Berg (2024), 312 pages', True),
    ("How many pages does Ten Boats have?", '"Ten Boats", by Ida Berg (2024), 312 pages', False),
    ("What does Niall do for work?", "Living with Jo and her brother Niall in Hove", True),
    ("What does Niall do for work?", "Niall is a welder in Hove", False),
    ("What was my aunt's job?", "my aunts teapot and nine boxes", True),
    ("What was my aunt's job?", "my aunt was a glazier", False),
    ("What is Niall's job?", "Niall is with the port authority", False),
    ("What is Niall's job?", "Niall is on the ferry from today", False),
    ("Where is Niall from?", "Niall lives in Hove", True),
    ("From which town does Niall come?", "Niall has moved to Hove", True),
    ("Where is Niall from?", "Niall lives in Hove but was born in Cork", False),
    ("Where does Niall live?", "Niall lives in Hove", False),
    ("Which of my nieces can sail?", "Odile rows, Ida sails.", False),
    ("How much did the lathe cost?", "I paid 900 for it.", False),
    ("Wann wurde das Tor gestrichen?", "Der Zaun wurde im Mai gestrichen.", False),
]


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("How many mites on hive 2?", ["Hive 4: 14 mites", "nineteen hives up there"], True),
        ("How many mites on hive 4?", ["Hive 4: 14 mites", "nineteen hives up there"], False),
        ("How many mites on hive 2?", ["Hive 4: 14 mites", "hive two has none"], False),
        ("How many mites on hive 2?", ["nineteen hives up there"], False),
        ("What did I plant before 2 May?", ["before 9 May I planted leeks"], False),
    ],
)
def test_what_is_told_of_another_number_answers_nothing(question: str, told: list[str], other: bool) -> None:
    found = [CandidateSentence(1, text, "", 0, replace(HIT, text=text, heading=""), False) for text in told]
    assert of_other_numbers(question, found) is other


@pytest.mark.parametrize(("question", "text", "misses"), CASES)
def test_what_is_told_of_another_misses_the_question(question: str, text: str, misses: bool) -> None:
    hit = replace(HIT, text=text, speaker="", title="notes", heading="")
    assert near_miss(question, CandidateSentence(1, text, "", 0, hit, False)) is misses


@pytest.mark.parametrize(
    ("question", "lead", "other", "behind"),
    [
        ("where does aunt ottilie live?", "Aunt Maud lives in Hull", "Aunt Ottilie lives in Bath", True),
        ("who's my flute teacher?", "my cello teacher is Ravi", "My flute teacher is called Omar", True),
        ("what did i give mum?", "I gave Dad a globe", "For Mum's birthday it was a lamp", True),
        ("what is my favourite cake", "Maud's favourite is flan", "my favourite cake is stollen", True),
        ("where does aunt maud live?", "Aunt Maud lives in Hull", "Aunt Ottilie lives in Bath", False),
        ("when is my sister's party?", "Maud has her party on 6 June", "my sister Maud is a nurse", False),
        ("who fixed the gate?", "Omar fixed it", "the gate is green", False),
        ("how much is the ferry to Hull?", "the ferry is 40", "Ravi lives in Hull", False),
    ],
)
def test_whom_the_question_names_comes_before_another(question: str, lead: str, other: str, behind: bool) -> None:
    hit = replace(HIT, speaker="Ada", role="me", title="", heading="")
    first, second = (CandidateSentence(1, text, "", 0, replace(hit, text=text), False) for text in (lead, other))
    assert tells_of_another(question, first, second) is behind
