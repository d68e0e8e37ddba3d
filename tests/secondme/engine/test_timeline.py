"""Days, counted and listed in local time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from secondme.clock import instant
from secondme.engine.timeline import Days
from secondme.errors import UsageError
from storage.records import Document, Source, Span
from storage.removal import Target
from storage.store import Store

TAKEN = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path, model_id="none", dimension=1)
    yield made
    made.close()


def put(store: Store, name: str, kind: str, *said: tuple[str | None, str], speaker: str = "", **more: object) -> None:
    """A source with a span for each (instant, precision)."""
    spans = [
        Span(
            f"{name}-{i}", name, i, 0, 0, 9, 1, f"{name} says number {i}.",
            speaker=speaker, happened_at=at, precision=precision, **more,  # type: ignore[arg-type]
        )
        for i, (at, precision) in enumerate(said)
    ]  # fmt: skip
    document = Document(name, name, 1, name, 1, 0, 0, "text/plain", name, None, "", instant(TAKEN))
    store.spans.add_version(Source(name, kind, name, "", instant(TAKEN)), document, spans, instant(TAKEN))


def counted(store: Store, zone: str) -> dict[str, int]:
    return {entry.day: entry.passages for entry in Days(store, ZoneInfo(zone)).counts()}


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", "2025-06-30"),
        ("Europe/Berlin", "2025-07-01"),
        ("America/New_York", "2025-06-30"),
        ("Asia/Kolkata", "2025-07-01"),
        ("Asia/Kathmandu", "2025-07-01"),
    ],
)
def test_a_day_begins_at_local_midnight(store: Store, zone: str, day: str) -> None:
    put(store, "chat", "import", ("2025-06-30T22:30:00.000Z", "second"), speaker="Ana")
    assert counted(store, zone) == {day: 1}
    assert [event.span_id for event in Days(store, ZoneInfo(zone)).events(day)] == ["chat-0"]


@pytest.mark.parametrize(("zone", "early"), [("Asia/Kolkata", "18:29"), ("Asia/Kathmandu", "18:14")])
def test_zones_that_are_off_by_part_of_an_hour_part_days_at_their_minute(store: Store, zone: str, early: str) -> None:
    hour, minute = early.split(":")
    late = f"{hour}:{int(minute) + 1}"
    put(store, "chat", "import", *((f"2025-06-30T{at}:00.000Z", "minute") for at in (early, late)), speaker="Ana")
    assert counted(store, zone) == {"2025-06-30": 1, "2025-07-01": 1}


@pytest.mark.parametrize("midnight", ["2025-06-30T00:00:00.000Z", "2025-06-29T22:00:00.000Z"])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
def test_what_has_only_a_day_stays_on_it_wherever_it_was_taken_in(store: Store, zone: str, midnight: str) -> None:
    put(store, "letter", "file", (midnight, "day"))
    assert counted(store, zone) == {"2025-06-30": 1}
    assert [event.at for event in Days(store, ZoneInfo(zone)).events("2025-06-30")] == ["2025-06-30"]


def test_what_has_no_day_counts_on_the_day_on_which_it_was_taken_in(store: Store) -> None:
    put(store, "novel", "file", ("1998-01-01T00:00:00.000Z", "year"), (None, ""), ("2001-05-01T00:00:00.000Z", "month"))
    assert counted(store, "UTC") == {"2026-03-01": 3}
    (event,) = Days(store, ZoneInfo("UTC")).events("2026-03-01")
    assert (event.kind, event.passages, event.text) == ("taken in", 3, "novel says number 0.")


def test_a_file_is_one_event_and_each_turn_of_a_chat_another(store: Store) -> None:
    put(store, "plan", "file", *[("2025-05-03T08:00:00.000Z", "mtime")] * 4)
    put(
        store,
        "chat",
        "import",
        ("2025-05-03T07:00:00.000Z", "second"),
        ("2025-05-03T09:00:00.000Z", "second"),
        speaker="Ana",
    )
    put(store, "asked", "chat", ("2025-05-03T10:00:00.000Z", "second"), speaker="Me", evidence=False)
    put(store, "thought", "note", ("2025-05-03T11:00:00.000Z", "second"), speaker="Me")
    events = Days(store, ZoneInfo("UTC")).events("2025-05-03")
    assert [(event.kind, event.passages, event.at[11:16]) for event in events] == [
        ("said", 1, "07:00"),
        ("written", 4, "08:00"),
        ("said", 1, "09:00"),
        ("asked", 1, "10:00"),
        ("noted", 1, "11:00"),
    ]
    assert counted(store, "UTC") == {"2025-05-03": sum(event.passages for event in events)}


def test_what_is_forgotten_and_what_the_assistant_says_is_on_no_day(store: Store) -> None:
    put(store, "kept", "note", ("2025-05-03T08:00:00.000Z", "second"))
    put(store, "gone", "note", ("2025-05-03T08:00:00.000Z", "second"))
    put(store, "answer", "chat", ("2025-05-03T08:00:00.000Z", "second"), role="assistant", evidence=False)
    store.removal.hide(Target("source", "gone", ""), instant(TAKEN))
    assert counted(store, "UTC") == {"2025-05-03": 1}
    assert [event.source for event in Days(store, ZoneInfo("UTC")).events("2025-05-03")] == ["kept"]


def test_days_are_counted_anew_once_something_was_written(store: Store) -> None:
    put(store, "kept", "note", ("2025-05-03T08:00:00.000Z", "second"))
    days = Days(store, ZoneInfo("UTC"))
    before = days.counts()
    assert days.counts() is before
    put(store, "later", "note", ("2025-05-04T08:00:00.000Z", "second"))
    assert [entry.day for entry in days.counts()] == ["2025-05-03", "2025-05-04"]


def test_moments_that_no_calendar_has_break_nothing(store: Store) -> None:
    ends = ["0001-01-01", "0002-01-01", "9998-12-31", "9999-12-31"]
    moments = [("then", "second"), *((f"{day}T12:00:00.000Z", "second") for day in ends)]
    put(store, "odd", "import", *moments)
    assert {"0002-01-01", "9998-12-31"} <= counted(store, "America/New_York").keys() <= set(ends)


def test_a_count_reads_indexes_only(store: Store) -> None:
    statements: list[tuple[str, Sequence[Any]]] = []
    read = store.database.read

    def listening(sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        statements.append((sql, parameters))
        return read(sql, parameters)

    store.database.read = listening  # type: ignore[method-assign]
    Days(store).counts()
    assert len(statements) == 3
    for sql, parameters in statements:
        plan = [row["detail"] for row in read(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        of_spans = [line for line in plan if " s " in f"{line} "]
        assert of_spans
        assert all("COVERING INDEX" in line for line in of_spans)


@pytest.mark.parametrize("day", ["soon", "", "2025-02-30", "9999-12-31x"])
def test_another_text_than_a_day_is_refused_with_a_remedy(store: Store, day: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        Days(store).events(day)
