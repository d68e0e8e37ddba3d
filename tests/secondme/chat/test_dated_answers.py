"""Which questions are answered with a date, and whether a weekday in the answer is over or to come."""

from __future__ import annotations

import pytest

from secondme.chat.dated_answers import lean_for
from tests.secondme.chat.talk import Scripted, ask, talk
from tests.worlds.night_world import World


@pytest.mark.parametrize(
    ("question", "told", "lean"),
    [
        ("An welchem Tag ist das Auto in der Werkstatt?", "Werkstatt: Freitag, halb neun", "future"),
        ("An welchem Tag ist Ute gestürzt?", "Ute ist am Freitag gestürzt", "past"),
        ("Quel jour est le contrôle ?", "contrôle technique lundi à 9 h", "future"),
        ("Quand est-elle partie ?", "elle est partie lundi", "past"),
        ("修水管约的哪一天？", "师傅周五上午过来", "future"),
        ("他哪一天走的？", "他周五走了", "past"),
        ("the essay, what's the deadline?", "essay to Dr Huber, friday", "future"),
        ("what was the date of the match?", "we lost on friday", "past"),
    ],
)
def test_a_weekday_without_a_date_is_over_or_to_come_as_its_words_say(question: str, told: str, lean: str) -> None:
    assert lean_for(question, told) == lean


@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        ("The parish fair was on Sunday, rain all day", "What's the date of the parish fair?", "28 December 2025"),
        ("The parish fair was on Sunday, rain all day", "The parish fair, when was it?", "28 December 2025"),
        ("The roofer comes on Friday", "What day does the roofer come?", "Friday, 2 January 2026"),
    ],
)
def test_a_date_is_asked_for_in_many_ways(world: World, told: str, question: str, right: str) -> None:
    conversation = talk(world)
    chat = ask(conversation, told).chat_id
    assert ask(conversation, question, chat).text.startswith(right)


@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        ("Since Tuesday we are in Turin.", "On what date did we arrive in Turin?", "30 December 2025"),
        ("We saw the film Station 2061 on Tuesday.", "When did we see Station 2061?", "30 December 2025"),
        ("On Saturday we went to the salt mine.", "Which weekend did we go to the salt mine?", "27 December 2025"),
        (
            "Maud lent me her drill in the autumn, she will have it back before Burns Night",
            "The drill, what's my deadline?",
            "25 January 2026",
        ),
        ("I promised Nils to bring his saw back before Easter", "Until when must I return the saw?", "5 April 2026"),
        ("The passport has to be renewed before 20 March", "What's the last day for the passport?", "20 March 2026"),
        (
            "They have moved the band practice. It is every second Wednesday now, starting the 21st of January.",
            "When do I next have band practice?",
            "21 January 2026",
        ),
        ("the mot is on 12 march, the parts must be here by the 3rd", "when must the parts be here?", "3 March 2026"),
        ("Jo's parents are coming on the 19th for ten days", "when do Jo's parents leave?", "29 January 2026"),
        ("Jo's parents are coming on the 19th for ten days", "when do Jo's parents come?", "19 January 2026"),
        ("We fly to Crete on 3 March for a week", "when are we back from Crete?", "10 March 2026"),
        ("I leave for Oslo on the 20th for three days", "when do I leave for Oslo?", "20 January 2026"),
        ("Paul cancelled the lesson today, the next one is Monday", "when is my next lesson?", "5 January 2026"),
        ("booked flights to Bath 20-27 March, 214 for two", "when do we come back?", "27 March 2026"),
        ("le dentiste a déplacé le rendez-vous au 8 janvier", "c'est quand le dentiste ?", "8 janvier 2026"),
        ("starts 5 January, planning officer, 4 days a week fridays off", "when does she start?", "5 January 2026"),
        (
            "a new course, counselling at the college, tuesdays 6 till 9, ends in June",
            "when does my counselling course finish?",
            "June 2026",
        ),
        ("bin day is Thursday, green and brown in turns", "what day do the bins go?", "Thursday"),
        (
            "a new course, counselling at the college, tuesdays 6 till 9, ends in June",
            "when do I have counselling?",
            "Tuesdays 6 till 9",
        ),
        ("Piano moved from Tuesday to Thursday", "when is piano now?", "Thursday"),
        ("Mondays I do Rhayader and Elan, Tuesday Builth", "which day is Elan?", "Mondays"),
        ("bins go out Thursdays, recycling Friday", "When do the bins go out?", "Thursdays"),
        (
            "book group meets the first Thursday of the month at Gerda's",
            "when does the book group meet?",
            "the first Thursday of the month",
        ),
        ("bins go out Thursdays, recycling Friday", "what day is recycling?", "Friday"),
        ("choir is Tuesdays at 7, yoga Saturday mornings", "when is choir?", "Tuesdays at 7"),
        ("choir is Tuesdays at 7, yoga Saturday mornings", "when do I have choir next?", "6 January 2026"),
        ("Piano moved from Tuesday to Thursday", "which day was piano before?", "Tuesday"),
        ("the survey's been moved to friday rather than thursday", "when is the survey?", "Friday"),
        ("The MOT got pushed from 12 February to the 19th", "when's the MOT?", "19 February 2026"),
        ("The MOT got pushed from 12 February to the 19th", "when was the MOT originally?", "12 February 2026"),
        ("The dentist moved me from the 5th at 9 to the 8th at 10:30", "When is the dentist?", "8 January 2026, 10:30"),
    ],
)
def test_the_day_that_is_meant_is_given(world: World, told: str, question: str, right: str) -> None:
    conversation = talk(world)
    chat = ask(conversation, told).chat_id
    assert ask(conversation, question, chat).said == right


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("when is hydraulics due now?", "27 November 2026"),
        ("what was the old deadline for hydraulics?", "20 November 2026"),
        ("when is the bridge due?", "11 December 2026"),
        ("when does mum arrive?", "11 December 2026"),
    ],
)
def test_of_several_days_the_one_that_was_moved_is_counted_from_its_own(
    world: World, question: str, right: str
) -> None:
    conversation = talk(world)
    told = "hydraulics is due 20 november 2026, surveying due 4 december 2026 and the bridge due 11 december 2026"
    chat = ask(conversation, told).chat_id
    for said in (
        "mum is visiting from 12 to 15 december 2026",
        "hydraulics got extended to the 27th",
        "mum's coming a day earlier",
    ):
        world.clock.turn(1)
        ask(conversation, said, chat)
    assert ask(conversation, question).said == right


@pytest.mark.parametrize(
    ("told", "shift", "question", "right"),
    [
        ("my knee op is booked for 14 October", "the surgery rang, op's been put back a week", "when is the op?", 21),
        ("my knee op is booked for 14 October", "op brought forward by two days", "When is my knee op now?", 12),
        ("my knee op is booked for 14 October", "the op is a fortnight later than planned", "when's the op?", 28),
        ("my knee op is booked for 14 October", "op's been put back a week", "when was the op originally?", 14),
    ],
)
def test_what_was_moved_by_days_is_counted_from_the_day_that_was_told(
    world: World, told: str, shift: str, question: str, right: int
) -> None:
    conversation = talk(world)
    chat = ask(conversation, told).chat_id
    world.clock.turn(60)
    ask(conversation, shift, chat)
    assert ask(conversation, question, chat).said == f"{right} October 2026"


def test_a_question_that_only_names_a_date_is_not_answered_with_one(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "Sunday was the date of our anniversary, we went rowing on the lake").chat_id
    assert "rowing" in ask(conversation, "How did we celebrate the date of our anniversary?", chat).said


def test_a_day_that_was_put_off_is_the_new_one_though_its_sentence_names_none(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "I'm down for the beekeepers' supper on the 24th, hotel in Cahir").chat_id
    world.clock.turn(1)
    ask(conversation, "They've shifted the supper. It's the 1st of February now, in Clonmel.", chat)
    assert ask(conversation, "When is the beekeepers' supper?", chat).said == "1 February 2026"


def test_a_follow_up_that_counts_years_is_no_question_for_a_date(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "I left the school kitchen on Friday after twenty-six years.").chat_id
    ask(conversation, "What was the date of my last day?", chat)
    assert "twenty-six" in ask(conversation, "And how many years was it altogether?", chat).text


def test_a_large_model_is_not_asked_to_count_days(world: World) -> None:
    model = Scripted("You went on 3 January.")
    conversation = talk(world, model)
    chat = ask(conversation, "On Sunday we went to the parish fair.").chat_id
    assert ask(conversation, "When did we go to the parish fair?", chat).said == "28 December 2025"
    assert not model.requests


def test_what_one_wants_calls_no_day_off(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "On Saturday I visit my friend Ilse in Ischl, the train is at 8:12").chat_id
    ask(conversation, "I want to bring Ilse a cake on Saturday", chat)
    assert ask(conversation, "When will I visit my friend Ilse in Ischl?").said.startswith("3 January 2026")


def test_a_day_that_was_called_off_is_no_answer(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "On Saturday I visit my friend Ilse in Ischl, the train is at 8:12").chat_id
    ask(conversation, "Ilse is ill, I will not go on Saturday", chat)
    answer = ask(conversation, "When will I visit Ilse?")
    assert "not go" in answer.text and not answer.text.startswith("3 January")
    answer = ask(conversation, "Am I going to Ischl on Saturday?")
    assert not answer.refused and "not go" in answer.text.splitlines()[0]
