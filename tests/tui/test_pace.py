"""Percent, rate and end of what only says how much is left, and times as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tui.pace import Backlog, Pace
from tui.times import duration, when

NOW = datetime(2026, 8, 20, 12, 0, tzinfo=UTC)


def test_no_rate_is_said_before_it_is_known() -> None:
    pace = Pace()
    assert pace.take("embedding", 0, 200, 10.0) == "0%"
    assert pace.take("embedding", 20, 200, 10.5) == "10%"
    assert pace.take("embedding", 100, 200, 12.0) == "50%, 50/s, 2 s left"


def test_the_rate_is_that_of_the_last_seconds_and_begins_anew_with_other_work() -> None:
    pace = Pace()
    for second in range(0, 60, 2):
        said = pace.take("embedding", 10 * second if second < 40 else 400 + second - 40, 1000, float(second))
    assert ", 60/min" in said
    assert pace.take("merge", 1, 4, 61.0) == "25%"
    assert pace.take("merge", 0, 4, 90.0) == "0%"


def test_what_does_not_move_has_no_rate() -> None:
    pace = Pace()
    pace.take("merge", 5, 10, 0.0)
    assert pace.take("merge", 5, 10, 100.0) == "50%"
    assert Pace().take("scan", 3, 0, 0.0) == ""


def test_a_backlog_grows_with_what_comes_in_and_ends_at_nothing() -> None:
    backlog = Backlog()
    assert [backlog.take(pending) for pending in (100, 60, 150, 0, 10)] == [
        (0, 100), (40, 100), (0, 150), (0, 0), (0, 10),
    ]  # fmt: skip


def test_a_duration_has_one_unit_or_hours_with_minutes() -> None:
    assert [duration(seconds) for seconds in (0, 8, 200, 7500)] == ["0 s", "8 s", "3 min", "2 h 05 min"]


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=3), "3 min ago"),
        (timedelta(hours=5), "07:00"),
        (timedelta(days=2), "Tue 12:00"),
        (timedelta(days=20), "Fri 31 Jul"),
        (timedelta(days=800), "11 Jun 2024"),
        (timedelta(days=-30), "Sat 19 Sep"),
    ],
)
def test_an_instant_is_said_as_people_say_it(ago: timedelta, said: str) -> None:
    assert when((NOW - ago).isoformat(), NOW) == said


def test_what_is_no_instant_is_nothing() -> None:
    assert when("yesterday", NOW) == when("", NOW) == ""
