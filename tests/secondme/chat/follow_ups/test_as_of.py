"""What held before is read in what was said by then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from secondme.chat.evidence import EvidenceSearch
from secondme.chat.follow_ups.as_of import AsOf, as_of
from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
FRIDAY = datetime(2026, 9, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "asked", "until"),
    [
        ("What was my locker number until last Friday?", "What is my locker number?", FRIDAY),
        ("Which were our seats up through last Friday?", "Which are our seats?", FRIDAY),
        ("What was my locker number earlier?", "What is my locker number?", None),
        ("What was my locker number in the morning?", "What is my locker number?", None),
        ("Where was I working until last Friday?", "Where am I working?", FRIDAY),
        ("Which gate did we use earlier?", "Which gate do we use?", None),
        ("Wo arbeite ich bis Freitag?", "Wo arbeite ich?", FRIDAY),
        ("Wo arbeite ich früher?", "Wo arbeite ich?", None),
        ("Où est-ce que je travaille jusqu'à vendredi?", "Où est-ce que je travaille?", FRIDAY),
        ("¿Dónde trabajo antes?", "¿Dónde trabajo?", None),
        ("我的座位上周五之前在哪里？", "我的座位在哪里？", FRIDAY),
    ],
)
def test_a_question_of_a_former_value_is_the_question_of_now_by_then(
    question: str, asked: str, until: datetime | None
) -> None:
    assert as_of(question, NOW, anew=True) == AsOf(asked, until)


@pytest.mark.parametrize(
    "question",
    [
        "What is my locker number?",
        "When was the regatta before Friday?",
        "Where was the regatta last week?",
        "What did I buy before?",
        "Where was it that I sang earlier?",
        "Was ist bis nächsten Freitag fällig?",
    ],
)
def test_what_happened_or_is_to_come_is_no_former_value(question: str) -> None:
    assert as_of(question, NOW, anew=True) is None


def test_in_the_morning_may_be_any_day_unless_the_question_before_is_asked_of_it() -> None:
    assert as_of("Where was our table in the morning?", NOW, anew=False) is None


def test_abroad_a_deadline_is_no_former_value() -> None:
    assert as_of("Was mache ich bis Freitag?", NOW, anew=False) is None


def test_evidence_of_a_time_holds_neither_what_was_said_later_nor_what_that_corrects(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "The regatta starts on Sunday.").chat_id
    world.clock.turn(1)
    between = world.clock.now()
    world.clock.turn(1)
    ask(conversation, "no wait, Saturday", chat)
    search = EvidenceSearch(world.store, world.recall)

    def said(until: datetime | None) -> str:
        found = search.gather("When does the regatta start?", (), "", world.clock.now(), brief=False, until=until)
        return " ".join(candidate.hit.text for candidate in found.candidates if "regatta" in candidate.hit.text)

    assert "Saturday" in said(None)
    assert "Sunday" in said(between)
    assert "Saturday" not in said(between)
