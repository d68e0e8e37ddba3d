"""The next day of what comes again, and an age that grew since, are counted from what was told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from secondme.chat.next_time import age_since, next_day
from secondme.ingest.ingestion import Ingestion
from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T10:00").astimezone()


@pytest.mark.parametrize(
    ("text", "said", "now", "expected"),
    [
        ("Judo: every Tuesday at 7", "2026-04-03", "2026-04-05", "2026-04-07"),
        ("The bins go out on Fridays", "2026-04-04", "2026-04-05", "2026-04-10"),
        ("Judo is every Monday, but next week it is on Thursday", "2026-04-01", "2026-04-05", "2026-04-09"),
        ("Judo is every Monday, but next week it is on Thursday", "2026-04-01", "2026-04-11", "2026-04-13"),
        (
            "The reading group isn't on Mondays any more. Last Friday of the month from now on, so April 24 is next",
            "2026-04-02",
            "2026-04-05",
            "2026-04-24",
        ),
        (
            "The reading group isn't on Mondays any more. Last Friday of the month from now on, so April 24 is next",
            "2026-04-02",
            "2026-04-25",
            "2026-05-29",
        ),
        ("Training moved from Mondays to Thursdays", "2026-04-04", "2026-04-05", "2026-04-09"),
        ("The dentist is on 15 April", "2026-04-04", "2026-04-05", None),
    ],
)
def test_the_next_time_is_a_day_that_was_named_or_the_next_of_the_rhythm(
    text: str, said: str, now: str, expected: str | None
) -> None:
    found = next_day(text, day(said), day(now))
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("text", "now", "age"),
    [
        ("Our Nils is 6 now. On 12 April he has his birthday", "2026-04-11", 6),
        ("Our Nils is 6 now. On 12 April he has his birthday", "2026-04-12", 7),
        ("Our Nils is 6 now. On 12 April he has his birthday", "2027-05-01", 8),
        ("Greta turns seven on June 20.", "2026-05-10", 6),
        ("The little one has 3 years. on the 9 of may comes number 4", "2026-06-01", 4),
        ("Oma ist 79, am 3. Mai wird sie 80", "2026-06-01", 80),
        ("Mamie Lou a 89 ans, le 17 mai elle passe à 90.", "2026-06-01", 90),
        ("Mi hijo tiene 6 años, el 3 de mayo cumple 7", "2026-06-01", 7),
        ("小明今年6岁，5月3日满7岁", "2026-06-01", 7),
        ("The hall has 30 chairs, on 4 May they come", "2026-06-01", None),
        ("Nils is 6", "2026-06-01", None),
    ],
)
def test_an_age_grows_on_the_birthday_that_was_told_with_it(text: str, now: str, age: int | None) -> None:
    assert age_since(text, day("2026-03-01"), day(now)) == age


def test_the_newest_telling_says_when_something_is_next(world: World) -> None:
    talking = talk(world)
    ask(talking, "Judo club is on Mondays")
    world.clock.turn(1)
    ask(talking, "Judo club is every Wednesday from now on")
    world.clock.turn(1)
    answer = ask(talking, "When is the next judo club?").said
    today = world.clock.now().date()
    wednesday = next(ahead for days in range(7) if (ahead := today + timedelta(days=days)).weekday() == 2)
    assert answer.startswith(f"{wednesday.day} {wednesday:%B %Y}")


def test_an_age_that_grew_is_told_for_now_only(world: World) -> None:
    talking = talk(world)
    birthday = world.clock.now() + timedelta(days=3)
    ask(talking, f"Our Nils is 6 now. On {birthday:%-d %B} he has his birthday")
    world.clock.turn(5)
    assert ask(talking, "How old is Nils?").said.startswith("7")
    assert not ask(talking, "How old was Nils before that?").said.startswith("7")


def test_of_two_minutes_the_one_whose_next_meeting_is_still_to_come_answers(world: World, tmp_path: Path) -> None:
    for name, day in (("minutes-1", "2 January"), ("minutes-2", "5 February"), ("boiler", "1 August")):
        what = "service" if name == "boiler" else "meeting"
        path = tmp_path / f"{name}.md"
        path.write_text(f"# Club {name}\n\nNext club {what} {day}, 7.30 pm at the hall.\n")
        Ingestion(world.store, world.clock, count_tokens=None, max_bytes=10**6).take_file(path)
    world.index()
    world.clock.turn(14)
    assert ask(talk(world), "When is the next club meeting?").said.startswith("5 February 2026")
