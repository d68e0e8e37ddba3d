"""What has a shape of its own is not told by a sentence without it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import question_form
from secondme.chat.reader.shapes import lacks_its_shape
from tests.secondme.chat.test_answer_check import HIT


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("What is Odile's phone number?", "Odile runs the bakery on the quay.", True),
        ("What is Odile's phone number?", "Odile: 0171 555 0182", False),
        ("Have I got a mobile number for Odile?", "Odile runs the bakery.", True),
        ("Did I change my phone number?", "From today I have a new phone.", False),
        ("Where did I write down the phone number of Odile?", "It is on the fridge, under Odile.", False),
        ("Odile's email address?", "Odile runs the bakery.", True),
        ("Odile's email address?", "Write to odile@example.org.", False),
        ("What was the e-mail from Odile about?", "Odile wrote about the leak.", False),
        ("What is wrong on my website?", "The pictures of the page are missing.", False),
        ("谁打的电话？", "小丽打来的", False),
        ("What's the policy number?", "The policy covers storms.", True),
        ("What's the policy number?", "Policy KX-4471, storms included.", False),
        ("Welche Telefonnummer hat Odile?", "Odile hat eine Bäckerei.", True),
        ("¿Cuál es el número de teléfono de Odile?", "Odile tiene una panadería.", True),
        ("Quel est le numéro de téléphone d'Odile ?", "Odile tient la boulangerie.", True),
        ("小丽的手机号是多少？", "小丽开面包店", True),
        ("小丽的手机号是多少？", "小丽 13800001111", False),
        ("How long has Anselm been driving trams?", "58 and still runs triathlons, the lunatic", True),
        ("How long has Anselm been driving trams?", "Anselm drives trams since his twenties.", False),
        ("How long have I been a member?", "I joined on the 3rd.", False),
        ("What rent do we pay for the caravan?", "61 kilos of honey!!", True),
        ("What rent do we pay for the caravan?", "the caravan is 300 for 4 weeks", False),
        ("How much did the van cost?", "It was a gift.", False),
        ("What colour is my phone?", "The phone is green.", False),
        ("What colour is Odile's van?", "Odile has a van for the bakery.", True),
        ("Which colour did Odile paint it?", "Odile painted the door reddish.", False),
        ("Welche Farbe hat Odiles Auto?", "Odile hat ein rotes Auto.", False),
        ("¿De qué color es el coche de Odile?", "Odile tiene un coche.", True),
        ("小丽的车是什么颜色？", "小丽买了一辆车", True),
        ("小丽的车是什么颜色？", "小丽买了一辆白车", False),
        ("What's the door code of the bakery?", "The bakery has a new door.", True),
        ("What's the door code of the bakery?", "The door of the bakery opens with 4471.", False),
        ("What's the dress code?", "Come in something warm.", False),
        ("What is Odile's blood type?", "A doctor saw Odile.", True),
        ("What is Odile's blood type?", "Odile is A positive.", False),
    ],
)
def test_what_has_a_shape_is_not_told_without_it(question: str, text: str, lacks: bool) -> None:
    hit = replace(HIT, text=text, speaker="", title="notes", heading="")
    found = CandidateSentence(1, text, "", 0, hit, False)
    assert lacks_its_shape(question_form(question), [found]) is lacks
