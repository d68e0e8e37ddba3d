"""What yes or no answers, what only looks so, and what does not decide it."""

from __future__ import annotations

import pytest

from secondme.chat.reader.form import Wanted, question_form
from secondme.chat.reader.wishes import only_wished


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Do I own a kayak?", Wanted.YES_OR_NO),
        ("am I insured or not?", Wanted.YES_OR_NO),
        ("Do you know if Odile is married?", Wanted.YES_OR_NO),
        ("Could you check whether the kayak is sold?", Wanted.YES_OR_NO),
        ("Is it the kayak or the canoe?", Wanted.THING),
        ("Could you give me the price of the kayak?", Wanted.AMOUNT),
        ("Would you remind me of the name of the dentist?", Wanted.NAME),
        ("Give me the exact date of the match.", Wanted.TIME),
        ("Can you tell me who lent me the kayak?", Wanted.PERSON),
        ("Tell me how old Odile is", Wanted.AGE),
        ("the ages of my nieces?", Wanted.AGE),
        ("Besitze ich ein Kanu?", Wanted.YES_OR_NO),
        ("Wohnt Odile noch in Trier?", Wanted.YES_OR_NO),
        ("Was esse ich morgens?", Wanted.THING),
        ("Meine Lieblingsfarbe?", Wanted.THING),
        ("und Odile?", Wanted.THING),
        ("Wie alt ist Odile?", Wanted.AGE),
        ("Est-ce que je possède un canoë ?", Wanted.YES_OR_NO),
        ("Ai-je vendu le canoë ?", Wanted.YES_OR_NO),
        ("Où est-ce que je nage ?", Wanted.THING),
        ("¿Tengo todavía la canoa?", Wanted.YES_OR_NO),
        ("¿Cuánto cuesta la canoa?", Wanted.THING),
        ("我有没有皮划艇？", Wanted.YES_OR_NO),
        ("她结婚了吗？", Wanted.YES_OR_NO),
        ("她多大了？", Wanted.AGE),
        ("你知道她住哪儿吗？", Wanted.THING),
    ],
)
def test_the_form_is_that_of_what_is_asked_underneath(question: str, wanted: Wanted) -> None:
    assert question_form(question).wanted is wanted


@pytest.mark.parametrize(
    ("question", "text", "wished"),
    [
        ("Do I row?", "My niece reckons I should row on Sundays.", True),
        ("Do I row?", "My niece reckons I should row, but my back won't have it.", False),
        ("Did I join the club?", "Ravi keeps nagging me to join the club.", True),
        ("Did I join the club?", "Ravi took me to the club and I joined.", False),
        ("Should I join the club?", "Ravi says I should join the club.", False),
        ("Where should I row?", "Ravi says I should row on the lake.", False),
        ("Rudere ich im Verein?", "Odile meint, ich sollte im Verein rudern.", True),
        ("Est-ce que je rame ?", "Odile pense que je devrais ramer.", True),
        ("¿Tengo una canoa?", "Odile dice que debería comprar una canoa.", True),
        ("我划船吗？", "小丽一直劝我去划船", True),
        ("我划船吗？", "小丽一直劝我去划船，我不去", False),
    ],
)
def test_what_somebody_wishes_decides_nothing(question: str, text: str, wished: bool) -> None:
    assert only_wished(question_form(question), text) is wished
