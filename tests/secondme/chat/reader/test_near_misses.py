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


@pytest.mark.parametrize(
    ("question", "text", "misses"),
    [
        ("How much do I pay the gardener?", "I've paid the window cleaner up to Easter, £12 a go.", True),
        ("when's my optician appointment", "got dentist on thurs 2pm at mill st", True),
        ("who is Ola's doctor", "Ola's physio is called Rut and her speech therapist is Tor.", True),
        ("what did the plumber charge", "the electrician wanted 90 quid", True),
        ("who is my doctor", "My GP is Dr Sen", False),
        ("what did the doctor say", "the consultant says I need rest", False),
        ("who's Pia's teacher", "Pia's tutor is Mr Hale", False),
        ("how much was the optician", "Lens & Sons was 80 quid", False),
        ("when does the course end", "the course starts on the 5th of october", True),
        ("how much did I sell the bike for", "bought the bike for 300", True),
        ("when does Ola's train leave", "Ola arrives on the 5th", True),
        ("when does the course end", "the course starts on the 3rd and goes until the 9th", False),
        ("when do we get back", "we leave on the 3rd, 5 nights", False),
        ("did the course end", "the course started on the 3rd", False),
        ("what time is the flight", "my flight is 19 december, from Cork", True),
        ("what time is the vet", "vet is on Tuesday", True),
        ("what time is the gig", "gig is friday, 8 till late", False),
        ("what time is the vet", "vet on Tuesday, half three", False),
        ("what time is the vet", "vet is in Leeds", False),
    ],
)
def test_another_trade_the_opposite_and_a_day_without_a_time_miss_the_question(
    question: str, text: str, misses: bool
) -> None:
    hit = replace(HIT, text=text, speaker="Ida", role="me", title="", heading="")
    assert near_miss(question, CandidateSentence(1, text, "", 0, hit, False)) is misses
