"""Calendars: local time, whole days, repeated, moved and cancelled events."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.secondme.readers.reading import read, where


@pytest.fixture(autouse=True)
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def events(*bodies: str, head: str = "") -> tuple[list[str], list[str]]:
    """(text of each event, notes) of a calendar with these events."""
    inner = "".join(f"BEGIN:VEVENT\n{body}\nEND:VEVENT\n" for body in bodies)
    (document,), notes = read("a.ics", f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{inner}END:VCALENDAR\n".encode())
    return [document.text[block.start : block.end] for block in document.blocks], notes


def test_times_of_any_zone_are_told_in_local_time() -> None:
    (utc,), _ = events("DTSTART:20240815T010000Z\nDTEND:20240815T020000Z\nSUMMARY:Call")
    assert "When: Wednesday 14 August 2024, 21:00 to Wednesday 14 August 2024, 22:00" in utc
    (named,), _ = events("DTSTART;TZID=Asia/Tokyo:20240815T080000\nSUMMARY:Call")
    assert "When: Wednesday 14 August 2024, 19:00 (15 August, 08:00 in Asia/Tokyo)" in named
    (windows,), _ = events('DTSTART;TZID="Tokyo Standard Time":20240815T080000\nSUMMARY:Call')
    assert "Wednesday 14 August 2024, 19:00" in windows
    (floating,), _ = events("DTSTART:20240815T080000\nSUMMARY:Call")
    assert "When: Thursday 15 August 2024, 08:00" in floating


def test_whole_days_end_on_their_last_day() -> None:
    texts, _ = events(
        "DTSTART;VALUE=DATE:20240812\nDTEND;VALUE=DATE:20240816\nSUMMARY:Trip",
        "DTSTART;VALUE=DATE:20240901\nDTEND;VALUE=DATE:20240902\nSUMMARY:Day",
        "DTSTART;VALUE=DATE:20240901\nDURATION:P3D\nSUMMARY:Fair",
        "DTSTART;VALUE=DATE:20240901\nDTEND;VALUE=DATE:20240901\nSUMMARY:Odd",
    )
    assert [text.partition("When: ")[2] for text in texts] == [
        "Monday 12 August 2024 to Thursday 15 August 2024",
        "Sunday 01 September 2024",
        "Sunday 01 September 2024 to Tuesday 03 September 2024",
        "Sunday 01 September 2024",
    ]


def test_a_duration_gives_the_end() -> None:
    (text,), _ = events("DTSTART:20240815T150000Z\nDURATION:PT90M\nSUMMARY:Dentist")
    assert "When: Thursday 15 August 2024, 11:00 to Thursday 15 August 2024, 12:30" in text


def test_what_was_cancelled_says_so_wherever_its_time_is_told() -> None:
    one = "DTSTART:20240920T140000Z\nSUMMARY:Dentist"
    for texts, _ in (events(f"{one}\nSTATUS:CANCELLED"), events(one, head="METHOD:CANCEL\n")):
        assert texts[0].startswith("Dentist (cancelled)\nWhen: cancelled, it was planned for Friday 20 September 2024")


def test_exceptions_and_moved_days_stand_with_the_repeated_event() -> None:
    rule = "UID:1\nSUMMARY:Choir\nDTSTART:20240903T160000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=9"
    texts, _ = events(
        f"{rule}\nEXDATE:20240917T160000Z,20241001T160000Z",
        "UID:1\nSUMMARY:Choir\nRECURRENCE-ID:20241015T160000Z\nDTSTART:20241016T180000Z",
        "UID:1\nSUMMARY:Choir\nRECURRENCE-ID:20241029T160000Z\nDTSTART:20241029T160000Z\nSTATUS:CANCELLED",
    )
    for words in (
        "Repeats: every 2 weeks on Tuesday, 9 times (FREQ=WEEKLY",
        "Except: Tuesday 17 September 2024, 12:00; Tuesday 01 October 2024, 12:00",
        "Changed: Tuesday 15 October 2024, 12:00 was moved to Wednesday 16 October 2024, 14:00",
        "Changed: Tuesday 29 October 2024, 12:00 is cancelled",
    ):
        assert words in texts[0]
    assert "Instead of: Tuesday 15 October 2024, 12:00" in texts[1]


def test_every_field_that_a_person_reads_is_kept() -> None:
    (text,), _ = events(
        "DTSTART:20240815T010000Z\nSUMMARY:M1\nLOCATION:M2\nCATEGORIES:M3,M4\nURL:https://m5.example\nCOMMENT:M6\n"
        "CONTACT:M7\nRESOURCES:M8\nORGANIZER;CN=M9:mailto:m10@example.org\n"
        "ATTENDEE;CN=M11;PARTSTAT=DECLINED:mailto:m12@example.org\nSTATUS:TENTATIVE\nDESCRIPTION:M13\\, M14\\nM15\n"
        "ATTACH:https://m16.example\nBEGIN:VALARM\nTRIGGER:-PT2H\nACTION:DISPLAY\nEND:VALARM"
    )
    marks = [*(f"M{i}" for i in (1, 2, 3, 4, 6, 7, 8, 9, 11, 13, 14, 15)), "m5", "m10", "m12", "m16"]
    for mark in (*marks, "(declined)", "Status: tentative", "Reminder: 2 hours before"):
        assert mark in text


def test_a_damaged_event_loses_its_damage_only() -> None:
    texts, notes = events(
        "DTSTART:20240810T100000Z\nSUMMARY:Good", "DTSTART:notadate\nSUMMARY:Broken", "SUMMARY:Last\nx y"
    )
    assert [text.partition("\n")[0] for text in texts] == ["Good", "Broken", "Last"]
    assert notes == ["a line of 2 of its 3 events is damaged; the rest of them was read"]


def test_a_calendar_that_was_cut_short_gives_what_is_there() -> None:
    data = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:One\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Two\nDTSTART:2024"
    (document,), notes = read("a.ics", data)
    assert [where(document, words)[0] for words in ("One", "Two")] == ["event 1", "event 2"]
    assert notes == ["a line of 1 of its 2 events is damaged; the rest of them was read"]


def test_of_an_event_that_was_sent_again_the_last_version_counts() -> None:
    texts, notes = events(
        "UID:1\nSEQUENCE:0\nDTSTART:20240815T150000Z\nSUMMARY:Fitting",
        "UID:1\nSEQUENCE:2\nDTSTART:20240816T150000Z\nSUMMARY:Fitting",
    )
    assert texts == ["Fitting\nWhen: Friday 16 August 2024, 11:00"]
    assert notes == ["1 earlier versions of events that were changed later were left out"]
