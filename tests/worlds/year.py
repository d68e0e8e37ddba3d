"""A lived-in year of an invented person, Noor Verhaegen, through the real engine under a shifted clock.

    .venv/bin/python -m tests.worlds.year [HOME]

makes a store below HOME, which must not be there yet (default: /tmp/noor, which is then packed into PACKED): chats with
three people, mail, notes, files that change, a table, a calendar, conversations with the assistant, and every night in
between with its jobs. Nothing is random: the same engine makes the same year. What is told lies in
`tests/worlds/noor/*.tsv`, one line each.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import zstandard

from models.protocol import Embedder, LanguageModel
from secondme import ids
from secondme.clock import FixedClock
from secondme.engine.engine import Engine
from secondme.jobs import scheduler
from secondme.places import Places

HOME = Path("/tmp/noor")
"""Where the year is lived: its pictures show this path."""
FOLDER = Path(__file__).parent / "noor"
PACKED = FOLDER / "year.db.zst"
"""The year as it was lived last, so that pictures of it need no model."""
ME = "Noor Verhaegen"
FIRST, LAST = date(2025, 11, 22), date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
"""When the year is looked back upon."""
NIGHT, EVENING = time(3, 0), time(22, 30)

EXPENSES: tuple[tuple[str, str, float], ...] = (
    ("groceries", "market", 61.40),
    ("groceries", "bakery", 18.25),
    ("groceries", "supermarket", 74.10),
    ("music", "strings and rosin", 31.00),
    ("garden", "seeds and soil", 22.50),
    ("books", "second-hand books", 16.80),
)
"""What each month costs at the least, in euros; winter costs more at the market, spring more in the garden."""
ONCE: tuple[tuple[str, str, str, float], ...] = (
    ("2026-01-15", "garden", "rent of plot 27", 85.00),
    ("2026-02-05", "health", "dentist", 64.50),
    ("2026-05-01", "home", "deposit Visserskaai", 1560.00),
    ("2026-05-09", "home", "breakfast for the movers", 47.30),
    ("2026-07-11", "travel", "train to Lyon", 118.00),
    ("2026-09-05", "animals", "adoption fee Moss", 210.00),
    ("2026-09-19", "animals", "vet", 58.00),
    ("2026-10-17", "home", "new phone", 289.00),
)
EVENTS: tuple[tuple[str, str, str], ...] = (
    ("2025-12-03T08:00", "Heating engineer", "attic"),
    ("2026-02-05T15:40", "Dentist", "Dr. Maes"),
    ("2026-03-11T09:00", "Interview at the museum", "quay side"),
    ("2026-03-21T18:30", "Concert", "chapel on the Coupure"),
    ("2026-04-01T07:30", "First day at the museum", "Ostend"),
    ("2026-05-09T06:00", "Moving", "Visserskaai 44"),
    ("2026-06-19T16:00", "Opening of Lost Harbours", "Maritime Museum"),
    ("2026-07-11T06:10", "Train to Lyon", "Lena"),
    ("2026-08-29T14:00", "Mum's birthday", "garden of the parents"),
    ("2026-09-12T18:00", "Quartet", "Bruges"),
    ("2026-12-04T16:00", "Corrections of the catalogue due", "Printer"),
    ("2026-12-12T18:30", "Winter concert", "chapel on the Coupure"),
)
ASKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("2025-12-02", ("When does the heating engineer come?",)),
    ("2026-02-13", ("Which post is there at the museum?",)),
    ("2026-04-11", ("Where is the card with the blue?",)),
    ("2026-05-04", ("What is still to do before I move?", "Who has the van?")),
    ("2026-06-20", ("How many people came to the opening?",)),
    ("2026-09-20", ("When was Moss vaccinated?", "What is he afraid of?")),
    ("2026-10-11", ("Where does Lena live?", "How much did I spend on groceries in March 2026?")),
    ("2026-11-19", ("When are the corrections of the catalogue due?", "Who drew the lightship charts?")),
)
"""Conversations with the assistant: the day, and what is asked in turn."""
PEOPLE = ("Lena", "Tomas", "Aiko")
SMALL_TALK: tuple[tuple[str, str], ...] = (
    ("On my way, ten minutes late.", "No hurry, the kettle is on."),
    ("Did you see the moon over the water just now?", "Yes! Low and orange, like a slice of melon."),
    ("The wind kept me awake all night.", "Here too. Coffee helps, then more coffee."),
    ("Which train do you take on Saturday?", "The one at seven, if I find my shoes."),
    ("Good luck for the meeting today!", "Thank you, I need all of it."),
    ("The bakery at the corner has plum cake again.", "Keep me a piece, the one from the edge."),
    ("I forgot my umbrella at yours.", "It stands in the bath and behaves."),
    ("It rains sideways, take the tram.", "Too late, I am already a fish."),
    ("Did the parcel with the seeds arrive?", "Yesterday, the neighbour kept it for me."),
    ("How was the film last night?", "Long, blue and without any sense. Wonderful."),
)
"""What is said each week and means little, so that it fades."""
PINNED = ("The key of the bicycle shed", "Sourdough:")
"""Beginnings of notes that never fade."""
FORGOTTEN = "The wifi of the chapel"
"""Beginning of a note that is hidden in the end."""


@dataclass(frozen=True)
class Line:
    """A line of a table of `noor/`: when, and what stands in its columns."""

    at: datetime
    cells: tuple[str, ...]


def lines(name: str) -> list[Line]:
    """The lines of a table in their order; `\\n` in a cell is a line break."""
    read = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for line in read:
        at, *cells = line.split("\t")
        moment = datetime.fromisoformat(at if ":" in at else f"{at} 17:00").replace(tzinfo=UTC)
        found.append(Line(moment, tuple(cell.replace("\\n", "\n") for cell in cells)))
    return found


def talk() -> list[Line]:
    """All that is said in the chats, with the small talk of each week, in order."""
    found = lines("chats")
    day, number = FIRST + timedelta(days=2), 0
    while day < LAST:
        at, name = datetime.combine(day, time(7, 40), UTC), PEOPLE[number % 3]
        opening, reply = SMALL_TALK[number * 3 % len(SMALL_TALK)]
        first, second = (name, "Noor") if number % 2 else ("Noor", name)
        found += [Line(at, (name, first, opening)), Line(at + timedelta(minutes=3), (name, second, reply))]
        day, number = day + timedelta(days=5), number + 1
    return sorted((line for line in found if line.at < NOW), key=lambda line: line.at)


@contextmanager
def numbered_ids(clock: FixedClock) -> Iterator[None]:
    """New ids are numbered and of the clock's time, so that two years have the same ones."""
    numbers = count(1)

    class Time:
        @staticmethod
        def time_ns() -> int:
            return int(clock.now().timestamp()) * 1_000_000_000

    class Bits:
        @staticmethod
        def randbits(bits: int) -> int:
            return next(numbers) * 0x9E3779B97F4A7C15F39CC0605CEDC834 % (1 << bits)

    with patch.object(ids, "time", Time), patch.object(ids, "secrets", Bits):
        yield


class Year:
    """Lives the year day by day. `papers` is the folder with Noor's files."""

    def __init__(
        self, home: Path, *, embedder: Embedder | None = None, model: LanguageModel | None = None, talks: bool = True
    ) -> None:
        """`talks`: whether the assistant is asked; without a model it quotes."""
        self.home, self.papers = home, home / "papers"
        self.places = Places(home / "data", home / "cache", home / "config", home / "logs", home / "run")
        self.places.make()
        self.clock = FixedClock(datetime.combine(FIRST, EVENING, UTC))
        self.engine = Engine(self.places, self.clock, embedder=embedder, model=model)
        self._talks = talks
        self._chats, self._notes = talk(), lines("notes")
        self._mails, self._files = lines("mails"), lines("files")

    def live(self, last: date = LAST) -> None:
        """Every day and every night; the whole year ends in the evening of NOW with a look back."""
        with numbered_ids(self.clock), patch.object(scheduler, "give_way_to_others"):  # nobody waits beside it
            self.engine.set_setting("me.name", ME)
            self.engine.set_welcomed()
            day = FIRST
            while day <= last:
                self._day(day)
                day += timedelta(days=1)
                if day <= last:
                    self.clock.time = datetime.combine(day, NIGHT, UTC)
                    self.engine.run_due_jobs()
            if last == LAST:
                self.clock.time = NOW
                self._look_back()

    def _day(self, day: date) -> None:
        new = self._write(day)
        if new:
            self._take_in(new)
        for line in self._notes:
            if line.at.date() == day:
                self.clock.time = line.at
                self.engine.remember(line.cells[0])
                new.append(self.papers)
        self.clock.time = min(datetime.combine(day, EVENING, UTC), NOW)
        if new:
            self._index()
        for asked, questions in ASKED:
            if asked == day.isoformat() and self._talks:
                self._ask(questions)

    def _take_in(self, paths: Sequence[Path]) -> None:
        for path in paths:
            for _ in self.engine.ingest([path], me=ME, wait=False):
                pass

    def _index(self) -> None:
        self.engine._indexer.drain()  # the engine is not started: nothing of it works beside, so nothing is a race

    def _ask(self, questions: Sequence[str]) -> None:
        chat: str | None = None
        for question in questions:
            for event in self.engine.ask(question, chat_id=chat):
                chat = getattr(event, "chat_id", chat)
            self.clock.time += timedelta(minutes=1)
        self._index()

    # --- what lies in the folder

    def _write(self, day: date) -> list[Path]:
        """Write what the day brings; returns the files to take in."""
        found = [
            self._put(line.cells[0], line.cells[1] + "\n", line.at) for line in self._files if line.at.date() == day
        ]
        for number, line in enumerate(self._mails):
            if line.at.date() == day:
                found.append(self._put(f"mail/{number:02d}.eml", mail(line, number), line.at))
        last_of_month = (day + timedelta(days=1)).day == 1 or day == LAST
        end = datetime.combine(day, time(19), UTC)
        if day == FIRST:
            found.append(self._put("calendar.ics", calendar(), end))
        if last_of_month or day.day == 15:
            for name in PEOPLE:
                told = [line for line in self._chats if line.cells[0] == name and line.at <= end]
                found.append(self._put(f"chats/{name}/result.json", telegram(name, told), end))
        if last_of_month:
            found.append(self._put("tables/expenses.csv", expenses(day), end))
        return found

    def _put(self, name: str, text: str, at: datetime) -> Path:
        path = self.papers / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (at.timestamp(), at.timestamp()))
        return path

    # --- the evening of the last day

    def _look_back(self) -> None:
        notes = [source for source in self.engine.sources() if source.kind == "note"]
        for source in notes:
            if source.title.startswith(PINNED):
                self.engine.pin(source.id)
        nurse = next(fact for fact in self.engine.facts(about="Lena") if fact.relation == "works_as")
        self.engine.correct_fact(nurse.id, "head nurse", since="2026-08-01")
        hidden = next(source for source in notes if source.title.startswith(FORGOTTEN))
        self.engine.forget(hidden.id)
        self._index()
        for name in ("summaries", "people"):
            for _ in self.engine.job_run(name):
                pass
        self._index()
        snapshots = self.home / "snapshots"
        snapshots.mkdir(exist_ok=True)
        for _ in self.engine.snapshot_export(snapshots / "year.tar.zst"):
            pass

    def close(self) -> None:
        """Close the engine, which was never started."""
        self.engine._indexer.close()
        self.engine._models.runtimes.close()
        self.engine._store.close()


def pack(data: Path, out: Path) -> None:
    """The database of a store as one small file."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "year.db"
        with closing(sqlite3.connect(data / "secondme.db")) as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        out.write_bytes(zstandard.ZstdCompressor(level=19).compress(copy.read_bytes()))


def mail(line: Line, number: int) -> str:
    """A mail as it lies in a folder."""
    sender, subject, body = line.cells
    return (
        f"From: {sender}\nTo: Noor Verhaegen <noor@example.org>\nSubject: {subject}\n"
        f"Date: {line.at:%a, %d %b %Y %H:%M:%S} +0000\nMessage-ID: <{number}@example.org>\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{body}\n"
    )


def telegram(name: str, told: Sequence[Line]) -> str:
    """A chat as Telegram exports it."""
    messages = [
        {
            "id": number,
            "type": "message",
            "date": f"{line.at:%Y-%m-%dT%H:%M:%S}",
            "date_unixtime": str(int(line.at.timestamp())),
            "from": ME if line.cells[1] == "Noor" else line.cells[1],
            "from_id": f"user{1 if line.cells[1] == 'Noor' else 2}",
            "text": line.cells[2],
        }
        for number, line in enumerate(told, start=1)
    ]
    return json.dumps(
        {"name": name, "type": "personal_chat", "id": PEOPLE.index(name) + 1, "messages": messages}, indent=1
    )


def expenses(until: date) -> str:
    """The table of what was spent, up to a day."""
    rows = [(date.fromisoformat(day), kind, what, amount) for day, kind, what, amount in ONCE]
    for month in range(12):
        year, number = divmod(FIRST.year * 12 + FIRST.month + month, 12)
        for place, (kind, what, amount) in enumerate(EXPENSES):
            more = (number * 7 + place * 3) % 10
            rows.append((date(year, number + 1, 3 + place * 4), kind, what, round(amount * (1 + more / 20), 2)))
    kept = sorted(row for row in rows if row[0] <= until)
    return "date,category,what,amount\n" + "".join(
        f"{d},{kind},{what},{amount:.2f}\n" for d, kind, what, amount in kept
    )


def calendar() -> str:
    """A calendar of single events and of rehearsals each week."""
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//noor//calendar//EN", "X-WR-CALNAME:Noor"]
    events = [(datetime.fromisoformat(at), what, where) for at, what, where in EVENTS]
    day = date(2025, 11, 27)
    while day < date(2026, 12, 20):
        if day.month not in (7, 8):
            events.append((datetime.combine(day, time(18, 30)), "Rehearsal", "chapel on the Coupure"))
        day += timedelta(days=7 if day != date(2025, 12, 25) else 6)
    for at, what, where in sorted(events):
        parts += [
            "BEGIN:VEVENT",
            f"UID:{UUID(int=int(at.timestamp()))}@example.org",
            f"DTSTAMP:{at:%Y%m%dT%H%M%S}Z",
            f"DTSTART:{at:%Y%m%dT%H%M%S}Z",
            f"DTEND:{at + timedelta(hours=2):%Y%m%dT%H%M%S}Z",
            f"SUMMARY:{what}",
            f"LOCATION:{where}",
            "END:VEVENT",
        ]
    return "\r\n".join([*parts, "END:VCALENDAR", ""])


def main() -> None:
    """Make the year below a folder that is given."""
    home = Path(sys.argv[1] if len(sys.argv) > 1 else HOME).absolute()
    if home.exists():
        sys.exit(f"{home} is there already.")
    year = Year(home)
    year.live()
    year.close()
    if home == HOME:
        pack(year.places.data, PACKED)


if __name__ == "__main__":
    main()
