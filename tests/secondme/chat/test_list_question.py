"""A question for many is told from one for a single thing, and taken apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from secondme.chat.kinds.message_kind import is_question, tells
from secondme.chat.list_question import ME, list_question

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("What do you know about Ida?", "about"),
        ("so what have you got on me so far", "about"),
        ("Tell me everything about the lighthouse.", "about"),
        ("everything you know about my uncle please", "about"),
        ("what did I tell you about the wedding?", "about"),
        ("summarise what you know about Ida", "about"),
        ("What do I still have to do?", "todos"),
        ("what have i still got to do", "todos"),
        ("What's on my to-do list?", "todos"),
        ("any open tasks?", "todos"),
        ("Anything I wanted to do in March?", "todos"),
        ("What did I promise Henk?", "todos"),
        ("what do I still need to buy", "todos"),
        ("What do I like?", "tastes"),
        ("and foods I like, all of them?", "tastes"),
        ("things I hate", "tastes"),
        ("What happened last week?", "period"),
        ("what did I do in October", "period"),
        ("what have I been up to lately", "period"),
        ("What did I tell Mo in May 2025?", "period"),
        ("summarise my week", "period"),
        ("What's on next weekend?", "period"),
        ("Summarise the minutes.", "document"),
        ("give me the gist of the annual report", "document"),
        ("What's on the shopping list?", "document"),
        ("What was decided at the annual meeting?", "document"),
        ("which vegetables do I have in the log for October", "document"),
        ("list the action items from the minutes", "document"),
        ("Who have I met?", "people"),
        ("who did I see last week", "people"),
        ("Who are my friends?", "people"),
        ("Which books have I read lately?", "kind"),
        ("list the films I mentioned", "kind"),
        ("all the places I visited", "kind"),
        ("name the medications I take", "kind"),
        ("what did I buy last week", "kind"),
        ("where have I been this year?", "kind"),
        ("List my allergies.", "kind"),
        ("books I read this year", "kind"),
        ("who I met last week", "people"),
        ("what I did yesterday", "period"),
        ("open tasks", "todos"),
        ("so where does Ida fit in?", "about"),
        ("what is so far noted about me in your records?", "about"),
        ("what stands on me in your notes?", "about"),
        ("What have you got down for me?", "about"),
        ("say to me what all is left for me to do", "todos"),
        ("Is anything still waiting on me?", "todos"),
        ("which things are not done yet", "todos"),
        ("what haven't I done yet?", "todos"),
        ("what on earth was I supposed to get done in May?", "todos"),
        ("my open duties?", "todos"),
        ("only what I like to drink, the complete list please", "tastes"),
        ("everything I love to eat", "tastes"),
        ("At which concerts was I in May?", "kind"),
        ("Which birds show up in my May notes? I want every one.", "document"),
        ("list all that's in my sailing log", "document"),
        ("Who has something of mine?", "lent"),
        ("does anyone hold a thing that belongs to me?", "lent"),
        ("what have I lent out?", "lent"),
        ("Which of my things are with other people?", "lent"),
        ("What's the story with the boat engine?", "about"),
        ("come on, write out everything u know about my uncle", "about"),
        ("Do I have any unfinished business? Name it for me.", "todos"),
        ("list my overdue errands", "todos"),
        ("do I have any chores?", "todos"),
        ("which sports am I keen on?", "tastes"),
        ("just music n films im mad about, every one", "tastes"),
        ("name the countries ive visited since May", "kind"),
    ],
)
def test_a_question_for_many_has_a_shape(text: str, shape: str) -> None:
    asked = list_question(text, NOW)
    assert (asked.shape if asked else None) == shape


@pytest.mark.parametrize(
    "text",
    [
        "Where do I live?",
        "Who is my manager?",
        "Which book did I read last?",
        "How many books have I read?",
        "What is the name of my dog?",
        "When did I sow the beans?",
        "What did I do with the key?",
        "What do I like to cook?",
        "What did Tom say about the boat?",
        "What do I charge per hour right now?",
        "what was the weather like last week",
        "The deadline is on Friday.",
        "Deadline moved to Friday.",
        "to do list: milk, eggs",
        "todo: call the plumber",
        "Reminder: the dentist is on Friday",
        "What happened last week was fun.",
        "What I did yesterday was silly.",
        "Everything about Lena is a mystery to me.",
        "All the tasks are done.",
        "my likes are tea and rain",
        "Books I read this year: Dune and Emma",
        "I list the books I read in a notebook.",
        "All the places I visited were lovely.",
        "things I like: tea, long walks",
        "List price was 30 euros.",
        "Everything I love is in this box.",
        "What is left of the cake for me?",
        "On what grounds did I decide that?",
        "What is outstanding from Bo?",
        "who has my keys?",
        "Deadline for the tax report?",
        "what's down for tomorrow's menu?",
        "I know everything about engines.",
        "What are committees in the Scottish Parliament compared to other systems?",
        "Thanks!",
    ],
)
def test_a_question_for_one_thing_and_a_statement_are_no_questions_for_many(text: str) -> None:
    assert list_question(text, NOW) is None


def test_a_window_is_the_time_that_the_question_names() -> None:
    asked = list_question("What happened last week?", NOW)
    assert asked is not None and asked.window is not None
    assert (asked.window.begins.date().isoformat(), asked.window.ends.date().isoformat()) == (
        "2026-11-16",
        "2026-11-23",
    )


@pytest.mark.parametrize(("month", "year"), [("November", 2026), ("January", 2027)])
def test_what_is_still_to_do_in_a_month_is_asked_of_this_month_while_it_lasts_or_of_the_next(
    month: str, year: int
) -> None:
    asked = list_question(f"Anything I have to do in {month}?", NOW)
    assert asked is not None and asked.window is not None
    assert asked.window.begins.year == year


def test_whom_one_told_something_is_not_what_it_is_about() -> None:
    asked = list_question("What did I tell Mo in May 2025?", NOW)
    assert asked is not None
    assert (asked.shape, asked.told_to, asked.about, asked.said) == ("period", "Mo", "", True)


@pytest.mark.parametrize(
    "text", ["what do you know about me?", "what have you got about myself", "everything about me"]
)
def test_me_is_meant_in_many_words(text: str) -> None:
    asked = list_question(text, NOW)
    assert asked is not None and asked.about == ME


@pytest.mark.parametrize(
    ("text", "negative"),
    [("what do I like?", False), ("what don't I like?", True), ("what do I hate?", True), ("my favourites?", False)],
)
def test_likes_and_dislikes_are_told_apart(text: str, negative: bool) -> None:
    asked = list_question(text, NOW)
    assert asked is not None and asked.negative is negative


@pytest.mark.parametrize("text", ["everything you know about Lena", "things I hate", "sum up my last week", "my todos"])
def test_what_only_names_what_it_wants_asks_and_is_no_memory(text: str) -> None:
    assert is_question(text) and not tells(text)


def test_what_is_coming_up_asks_for_the_next_month() -> None:
    asked = list_question("what's coming up?", NOW)
    assert asked is not None and asked.window is not None and asked.planned
    assert (asked.window.ends - asked.window.begins).days == 31
