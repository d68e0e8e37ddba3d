"""Time expressions and the intervals that they mean, each checked by hand against a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondme.text.timex.expressions import annotate, expressions
from secondme.text.timex.query import time_query

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
ANCHORS = {
    "thu": datetime(2023, 5, 25, 14, 0, tzinfo=BERLIN),  # an ordinary Thursday
    "leap": datetime(2024, 2, 29, 9, 0, tzinfo=NEW_YORK),  # a leap day
    "ny": datetime(2024, 1, 1, 0, 30, tzinfo=BERLIN),  # just after midnight of a new year, a Monday
    "spring": datetime(2023, 3, 27, 8, 0, tzinfo=BERLIN),  # the day after the clocks went forward
    "fallback": datetime(2023, 11, 6, 8, 0, tzinfo=NEW_YORK),  # the day after the clocks went back
    "sun": datetime(2022, 10, 30, 20, 0, tzinfo=BERLIN),  # the Sunday on which the clocks go back
}
# anchor | expression | begins | ends, local time of the anchor's zone; the end is not included
TABLE = """
thu|yesterday|2023-05-24|2023-05-25
thu|today|2023-05-25|2023-05-26
thu|tonight|2023-05-25T18:00|2023-05-26T06:00
thu|this morning|2023-05-25T06:00|2023-05-25T12:00
thu|this afternoon|2023-05-25T12:00|2023-05-25T18:00
thu|this evening|2023-05-25T18:00|2023-05-25T23:00
thu|last night|2023-05-24T18:00|2023-05-25T06:00
thu|yesterday morning|2023-05-24T06:00|2023-05-24T12:00
thu|yesterday evening|2023-05-24T18:00|2023-05-24T23:00
thu|tomorrow|2023-05-26|2023-05-27
thu|tomorrow night|2023-05-26T18:00|2023-05-27T06:00
thu|the day before yesterday|2023-05-23|2023-05-24
thu|the day after tomorrow|2023-05-27|2023-05-28
thu|last Friday|2023-05-19|2023-05-20
thu|on Friday|2023-05-19|2023-05-20
thu|this Friday|2023-05-26|2023-05-27
thu|next Friday|2023-05-26|2023-05-27
thu|last Thursday|2023-05-18|2023-05-19
thu|Thursday|2023-05-18|2023-05-19
thu|next Thursday|2023-06-01|2023-06-02
thu|the Friday before last|2023-05-12|2023-05-13
thu|last week|2023-05-15|2023-05-22
thu|this week|2023-05-22|2023-05-29
thu|next week|2023-05-29|2023-06-05
thu|the week before last|2023-05-08|2023-05-15
thu|the week after next|2023-06-05|2023-06-12
thu|last weekend|2023-05-20|2023-05-22
thu|this weekend|2023-05-27|2023-05-29
thu|next weekend|2023-06-03|2023-06-05
thu|the weekend before last|2023-05-13|2023-05-15
thu|last month|2023-04-01|2023-05-01
thu|this month|2023-05-01|2023-06-01
thu|next month|2023-06-01|2023-07-01
thu|last year|2022-01-01|2023-01-01
thu|this year|2023-01-01|2024-01-01
thu|next year|2024-01-01|2025-01-01
thu|the year before last|2021-01-01|2022-01-01
thu|last summer|2022-06-01|2022-09-01
thu|this summer|2023-06-01|2023-09-01
thu|next summer|2023-06-01|2023-09-01
thu|last winter|2022-12-01|2023-03-01
thu|last fall|2022-09-01|2022-12-01
thu|in spring|2023-03-01|2023-06-01
thu|in the summer|2022-06-01|2022-09-01
thu|this spring|2023-03-01|2023-06-01
thu|last quarter|2023-01-01|2023-04-01
thu|last decade|2010-01-01|2020-01-01
thu|two days ago|2023-05-23|2023-05-24
thu|3 days ago|2023-05-22|2023-05-23
thu|two weeks ago|2023-05-08|2023-05-15
thu|a week ago|2023-05-15|2023-05-22
thu|a month ago|2023-04-01|2023-05-01
thu|two months ago|2023-03-01|2023-04-01
thu|six months ago|2022-11-01|2022-12-01
thu|a year ago|2022-01-01|2023-01-01
thu|10 years ago|2013-01-01|2014-01-01
thu|half a year ago|2022-11-01|2022-12-01
thu|a year and a half ago|2021-11-01|2021-12-01
thu|a couple of days ago|2023-05-23|2023-05-24
thu|a couple of weeks ago|2023-05-08|2023-05-15
thu|a few weeks ago|2023-04-20|2023-05-18
thu|a few days ago|2023-05-20|2023-05-24
thu|several months ago|2022-11-25|2023-03-25
thu|two weekends ago|2023-05-13|2023-05-15
thu|in two weeks|2023-06-05|2023-06-12
thu|in three days|2023-05-28|2023-05-29
thu|in a month|2023-06-01|2023-07-01
thu|two weeks from now|2023-06-05|2023-06-12
thu|the week before 6 July 2023|2023-06-26|2023-07-03
thu|the Sunday before 25 May 2023|2023-05-21|2023-05-22
thu|the Friday after 25 May 2023|2023-05-26|2023-05-27
thu|two weekends before 17 July 2023|2023-07-08|2023-07-10
thu|the weekend before 17 July 2023|2023-07-15|2023-07-17
thu|the weekend after 1 May 2023|2023-05-06|2023-05-08
thu|the day before 1 March 2023|2023-02-28|2023-03-01
thu|the day after Christmas|2022-12-26|2022-12-27
thu|two days before Easter|2023-04-07|2023-04-08
thu|three weeks after 1 January 2023|2023-01-16|2023-01-23
thu|the month before 5 May 2023|2023-04-01|2023-05-01
thu|the first weekend of August 2023|2023-08-05|2023-08-07
thu|the second Sunday of May 2023|2023-05-14|2023-05-15
thu|the last Friday of June 2022|2022-06-24|2022-06-25
thu|the first week of June 2023|2023-06-01|2023-06-08
thu|the last week of June 2023|2023-06-24|2023-07-01
thu|the last day of February 2023|2023-02-28|2023-03-01
thu|mid-June 2023|2023-06-11|2023-06-21
thu|early March 2022|2022-03-01|2022-03-11
thu|late March 2022|2022-03-21|2022-04-01
thu|the end of May 2023|2023-05-21|2023-06-01
thu|beginning of 2022|2022-01-01|2022-05-01
thu|mid 2021|2021-05-01|2021-09-01
thu|2023-04-01|2023-04-01|2023-04-02
thu|2023-04|2023-04-01|2023-05-01
thu|5/8/2023|2023-05-08|2023-05-09
thu|12/31/22|2022-12-31|2023-01-01
thu|May 5th|2023-05-05|2023-05-06
thu|5 May|2023-05-05|2023-05-06
thu|the 5th of May|2023-05-05|2023-05-06
thu|May 5, 2023|2023-05-05|2023-05-06
thu|June 5|2022-06-05|2022-06-06
thu|31 December|2022-12-31|2023-01-01
thu|7 May 2023|2023-05-07|2023-05-08
thu|7 May 2023 at 3pm|2023-05-07T15:00|2023-05-07T16:00
thu|May 5 at 14:30|2023-05-05T14:30|2023-05-05T15:30
thu|at 5 pm yesterday|2023-05-24T17:00|2023-05-24T18:00
thu|today at 9:15|2023-05-25T09:15|2023-05-25T10:15
thu|in May|2023-05-01|2023-06-01
thu|in June|2022-06-01|2022-07-01
thu|in April|2023-04-01|2023-05-01
thu|in September 2022|2022-09-01|2022-10-01
thu|last June|2022-06-01|2022-07-01
thu|last May|2022-05-01|2022-06-01
thu|next May|2024-05-01|2024-06-01
thu|in 2022|2022-01-01|2023-01-01
thu|since 2016|2016-01-01|2023-05-26
thu|since March|2023-03-01|2023-05-26
thu|since 1 May 2023|2023-05-01|2023-05-26
thu|the 90s|1990-01-01|2000-01-01
thu|the 1980s|1980-01-01|1990-01-01
thu|summer of 2021|2021-06-01|2021-09-01
thu|winter 2020|2020-12-01|2021-03-01
thu|Q3 2024|2024-07-01|2024-10-01
thu|Q1 of 2022|2022-01-01|2022-04-01
thu|Christmas|2022-12-25|2022-12-26
thu|Christmas Eve|2022-12-24|2022-12-25
thu|last Christmas|2022-12-25|2022-12-26
thu|next Christmas|2023-12-25|2023-12-26
thu|New Year's Eve|2022-12-31|2023-01-01
thu|New Year's Day 2023|2023-01-01|2023-01-02
thu|Thanksgiving 2022|2022-11-24|2022-11-25
thu|Easter 2024|2024-03-31|2024-04-01
thu|Good Friday 2023|2023-04-07|2023-04-08
thu|Easter Monday 2023|2023-04-10|2023-04-11
thu|Valentine's Day|2023-02-14|2023-02-15
thu|Halloween|2022-10-31|2022-11-01
thu|Halloween 2021|2021-10-31|2021-11-01
thu|Mother's Day 2023|2023-05-14|2023-05-15
thu|Father's Day 2023|2023-06-18|2023-06-19
thu|Labor Day 2022|2022-09-05|2022-09-06
thu|Memorial Day 2023|2023-05-29|2023-05-30
thu|recently|2023-04-25|2023-05-26
thu|lately|2023-04-25|2023-05-26
thu|the other day|2023-05-18|2023-05-26
thu|earlier this year|2023-01-01|2023-05-26
thu|earlier this month|2023-05-01|2023-05-26
thu|later this week|2023-05-26|2023-05-29
thu|for the past three months|2023-02-25|2023-05-26
thu|in the last two weeks|2023-05-11|2023-05-26
thu|over the past year|2022-05-25|2023-05-26
thu|between March and May 2023|2023-03-01|2023-06-01
thu|from 3 to 7 June 2022|2022-06-03|2022-06-08
thu|from May 3 to May 9|2023-05-03|2023-05-10
thu|between 2019 and 2021|2019-01-01|2022-01-01
thu|June 3-7, 2022|2022-06-03|2022-06-08
thu|3-7 June 2022|2022-06-03|2022-06-08
thu|the week of 3 July 2023|2023-07-03|2023-07-10
thu|the weekend of 15 July 2023|2023-07-15|2023-07-17
thu|on Mon|2023-05-22|2023-05-23
thu|Sept 3, 2021|2021-09-03|2021-09-04
thu|3 Oct. 2021|2021-10-03|2021-10-04
thu|Friday, May 12|2023-05-12|2023-05-13
thu|on Sunday, 25 June 2023|2023-06-25|2023-06-26
thu|Friday evening|2023-05-19T18:00|2023-05-19T23:00
thu|last Tuesday night|2023-05-23T18:00|2023-05-24T06:00
thu|on Saturday morning|2023-05-20T06:00|2023-05-20T12:00
thu|last Friday at 8:30 pm|2023-05-19T20:30|2023-05-19T21:30
thu|next Monday at 9am|2023-05-29T09:00|2023-05-29T10:00
thu|since yesterday|2023-05-24|2023-05-26
thu|since Monday|2023-05-22|2023-05-26
thu|since last month|2023-04-01|2023-05-26
thu|since last summer|2022-06-01|2023-05-26
thu|since two weeks ago|2023-05-08|2023-05-26
thu|the week before last Friday|2023-05-08|2023-05-15
thu|two days before last Christmas|2022-12-23|2022-12-24
thu|2023/05/08|2023-05-08|2023-05-09
thu|8.5.2023|2023-05-08|2023-05-09
thu|2023-05-08T10:00|2023-05-08T10:00|2023-05-08T11:00
thu|2023-05-08 10:00:30Z|2023-05-08|2023-05-09
thu|0001-01-01|0001-01-01|0001-01-02
leap|today|2024-02-29|2024-03-01
leap|yesterday|2024-02-28|2024-02-29
leap|tomorrow|2024-03-01|2024-03-02
leap|a year ago|2023-01-01|2024-01-01
leap|last month|2024-01-01|2024-02-01
leap|in a month|2024-03-01|2024-04-01
leap|Feb 29|2024-02-29|2024-03-01
leap|29 February 2020|2020-02-29|2020-03-01
leap|last week|2024-02-19|2024-02-26
leap|this month|2024-02-01|2024-03-01
leap|in March|2023-03-01|2023-04-01
leap|last February|2023-02-01|2023-03-01
leap|last leap day: 29 Feb 2020|2020-02-29|2020-03-01
ny|today|2024-01-01|2024-01-02
ny|yesterday|2023-12-31|2024-01-01
ny|last night|2023-12-31T18:00|2024-01-01T06:00
ny|last week|2023-12-25|2024-01-01
ny|last month|2023-12-01|2024-01-01
ny|last year|2023-01-01|2024-01-01
ny|this year|2024-01-01|2025-01-01
ny|last weekend|2023-12-30|2024-01-01
ny|New Year's Eve|2023-12-31|2024-01-01
ny|Christmas|2023-12-25|2023-12-26
ny|last winter|2022-12-01|2023-03-01
ny|next month|2024-02-01|2024-03-01
spring|yesterday|2023-03-26|2023-03-27
spring|today|2023-03-27|2023-03-28
spring|last Sunday|2023-03-26|2023-03-27
spring|last weekend|2023-03-25|2023-03-27
spring|last week|2023-03-20|2023-03-27
spring|26 March 2023|2023-03-26|2023-03-27
fallback|yesterday|2023-11-05|2023-11-06
fallback|last Sunday|2023-11-05|2023-11-06
fallback|last weekend|2023-11-04|2023-11-06
fallback|5 November 2023|2023-11-05|2023-11-06
fallback|last week|2023-10-30|2023-11-06
sun|today|2022-10-30|2022-10-31
sun|this weekend|2022-10-29|2022-10-31
sun|last weekend|2022-10-22|2022-10-24
sun|last Sunday|2022-10-23|2022-10-24
sun|next Sunday|2022-11-06|2022-11-07
sun|tonight|2022-10-30T18:00|2022-10-31T06:00
sun|this week|2022-10-24|2022-10-31
sun|yesterday|2022-10-29|2022-10-30
sun|tomorrow|2022-10-31|2022-11-01
"""
ROWS = [tuple(line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("anchor", "text", "begins", "ends"), ROWS)
def test_an_expression_means_its_interval(anchor: str, text: str, begins: str, ends: str) -> None:
    zone = ANCHORS[anchor].tzinfo
    found = expressions(text, ANCHORS[anchor])
    assert [(one.begins, one.ends) for one in found] == [
        (datetime.fromisoformat(begins).replace(tzinfo=zone), datetime.fromisoformat(ends).replace(tzinfo=zone))
    ]


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 150


@pytest.mark.parametrize(
    ("anchor", "text", "hours"),
    [("spring", "yesterday", 23), ("fallback", "yesterday", 25), ("sun", "today", 25), ("thu", "yesterday", 24)],
)
def test_a_day_is_as_long_as_its_clocks_make_it(anchor: str, text: str, hours: int) -> None:
    (found,) = expressions(text, ANCHORS[anchor])
    assert found.ends.astimezone(UTC) - found.begins.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text",
    [
        "I may go there.",
        "She can march on.",
        "May I ask you something?",
        "Wait a second, the sun is out.",
        "Leaves fall and springs break.",
        "Call 555 1234.",
        "31 June 2023x",
        "We swim every Friday.",
        "I am in my 30s and she in her late 40s.",
        "a Black Friday sale",
        "It is on page 2010, in room 2019.",
        "It costs 2000 dollars and 1999 people came.",
        "I saw it on sun cream.",
        "on 30 February 2023 nothing was",
        "",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    found = [text[one.start : one.end] for one in expressions(text, ANCHORS["thu"])]
    assert not found or found == ["2023"] or found == ["February 2023"], found


def test_the_longest_expression_wins() -> None:
    text = "We met the Friday before last and again on 3 May 2023 at 5 pm."
    found = [text[one.start : one.end] for one in expressions(text, ANCHORS["thu"])]
    assert found == ["the Friday before last", "3 May 2023 at 5 pm"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two weeks before my birthday", date(2022, 8, 29)),
        ("the day after our wedding", date(2019, 6, 16)),
        ("on my birthday", date(2022, 9, 12)),
    ],
)
def test_days_with_names(text: str, expected: date) -> None:
    events = {"birthday": date(1990, 9, 12), "wedding": date(2019, 6, 15)}
    (found,) = expressions(text, ANCHORS["thu"], events=events)
    assert found.begins.date() == expected
    assert not expressions(text, ANCHORS["thu"])


def test_a_clock_time_belongs_to_one_day() -> None:
    text = "last Friday at 8:30 pm yesterday"
    found = [text[one.start : one.end] for one in expressions(text, ANCHORS["thu"])]
    assert found == ["last Friday", "at 8:30 pm yesterday"]


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("on the 24th", date(2023, 4, 24), date(2023, 5, 24)),
        ("due by the 3rd, or so", date(2023, 5, 3), date(2023, 6, 3)),
        ("on the 31st", date(2023, 3, 31), date(2023, 5, 31)),
    ],
)
def test_a_day_of_a_month_that_is_not_named(text: str, past: date, future: date) -> None:
    for lean, day in (("past", past), ("future", future)):
        (found,) = expressions(text, datetime(2023, 5, 18, 12, tzinfo=UTC), lean=lean)  # type: ignore[arg-type]
        assert found.begins.date() == day


@pytest.mark.parametrize("text", ["on the 2nd floor", "for the 3rd time", "until the 19th century"])
def test_what_is_counted_is_no_day(text: str) -> None:
    assert expressions(text, ANCHORS["thu"]) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("three weeks from tomorrow", date(2023, 6, 9)),
        ("two weeks from Monday", date(2023, 6, 5)),
        ("a week on Friday", date(2023, 5, 26)),
        ("Monday week", date(2023, 5, 29)),
        ("a fortnight today", date(2023, 6, 1)),
        ("a month from 3 May", date(2023, 6, 3)),
    ],
)
def test_a_day_that_is_counted_from_another(text: str, day: date) -> None:
    (found,) = expressions(text, datetime(2023, 5, 18, 12, tzinfo=UTC))
    assert (found.begins.date(), found.grain) == (day, "day")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("She is twenty on 12 November. The card must be posted by the 3rd.", date(2023, 11, 3)),
        ("Exam on 12 November, results on the 20th", date(2023, 11, 20)),
        ("we leave on 28 November, back on the 5th", date(2023, 12, 5)),
    ],
)
def test_a_day_without_a_month_is_of_the_month_of_the_date_before_it(text: str, day: date) -> None:
    *_, found = expressions(text, datetime(2023, 5, 18, 12, tzinfo=UTC), lean="future")
    assert found.begins.date() == day


def test_leaning_to_the_future() -> None:
    (found,) = expressions("on Friday", ANCHORS["thu"], lean="future")
    assert found.begins.date() == date(2023, 5, 26)


@pytest.mark.parametrize(
    ("question", "relation", "order", "asks_when", "day"),
    [
        ("What did I do on May 5th?", "within", "", False, date(2023, 5, 5)),
        ("What did we plan before June 2022?", "before", "", False, date(2022, 6, 1)),
        ("Where did I live after Christmas?", "after", "", False, date(2022, 12, 25)),
        ("When did I last see Ana?", "within", "last", True, None),
        ("When did Tom first go sailing?", "within", "first", True, None),
        ("What is her latest job?", "within", "last", False, None),
        ("How long ago was the move?", "within", "", True, None),
        ("Who did I see last Friday?", "within", "", False, date(2023, 5, 19)),
        ("What did I do since last month?", "within", "", False, date(2023, 4, 1)),
        ("What will I do on Friday?", "within", "", False, date(2023, 5, 26)),
        ("When I was in Rome, what did I eat?", "within", "", False, None),
        ("What did I eat when I was in Rome?", "within", "", False, None),
        ("Do you know when I moved?", "within", "", True, None),
        ("What is her last name?", "within", "", False, None),
    ],
)
def test_what_a_question_wants(question: str, relation: str, order: str, asks_when: bool, day: date | None) -> None:
    query = time_query(question, ANCHORS["thu"])
    assert (query.relation, query.order, query.asks_when) == (relation, order, asks_when)
    assert (query.interval[0].date() if query.interval else None) == day


def test_resolved_dates_stand_beside_the_words() -> None:
    assert annotate("I went yesterday, not in 2022.", ANCHORS["thu"]) == "I went yesterday [24 May 2023], not in 2022."


WORDS = [row[1] for row in ROWS] + ["the", "before", "after", "of", "31", "February", "0", "-", ",", "29", "\u00e9"]


@given(
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))
)
def test_any_text_at_any_time(text: str, moment: datetime) -> None:
    position = 0
    for one in expressions(text, moment.replace(tzinfo=UTC)):
        assert position <= one.start < one.end <= len(text)
        assert one.begins < one.ends
        position = one.end
