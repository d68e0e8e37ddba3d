"""What is known about people, as a door asks for it: facts, the profile, names; and what a person says of them."""

from __future__ import annotations

from datetime import date

from secondme.api import FactView, Person, Profile
from secondme.clock import Clock, instant
from secondme.engine.fact_views import correct, correction, fact_views, judge, people
from secondme.engine.live_settings import LiveSettings
from secondme.engine.taking_in import TakingIn
from secondme.errors import UsageError
from secondme.facts.entity_resolution import PeopleByHand, same_person
from secondme.facts.profile import edit_line, profile
from secondme.jobs.job import Run
from secondme.text.clean import clean
from storage.store import Store


class Knowledge:
    """Reads facts and the profile, and keeps verdicts, corrections and edits."""

    def __init__(self, store: Store, clock: Clock, settings: LiveSettings, taking_in: TakingIn) -> None:
        """A correction is kept as a note, which `taking_in` takes in."""
        self._store = store
        self._clock = clock
        self._settings = settings
        self._taking_in = taking_in

    def facts(self, *, about: str, as_of: str, known_at: str, everything: bool, contradicted: bool) -> list[FactView]:
        """What was said of people. Raises UsageError where a day is none."""
        return fact_views(
            self._store,
            self._settings.me_names(),
            about=about,
            day="" if everything else _day(as_of) or instant(self._clock.now())[:10],
            known_at=f"{_day(known_at)}~" if known_at else "",
            contradicted=contradicted,
            today=instant(self._clock.now())[:10],
        )

    def judge(self, fact_id: str, verdict: str) -> list[FactView]:
        """Keep what a person makes of a fact."""
        return judge(self._store, self._settings.me_names(), fact_id, verdict, instant(self._clock.now()))

    def correct(self, fact_id: str, thing: str, *, since: str) -> list[FactView]:
        """Give a fact another object, by hand: a note keeps it. Raises UsageError, NothingFound."""
        thing = " ".join(clean(thing, keep_newlines=False).split())
        if not thing:
            raise UsageError("The correction is empty.", "Say what is right instead.")
        _, span = self._taking_in.note(correction(self._store, fact_id, thing))
        now = instant(self._clock.now())
        return correct(self._store, self._settings.me_names(), fact_id, thing, _day(since), span, now)

    def people(self) -> list[Person]:
        """Names that were found to be of the same person."""
        return people(self._store, self._settings.me_names())

    def merge_people(self, name: str, into: str) -> str:
        """Let two names mean the same person; returns the run. Raises NothingFound, UsageError."""
        names = [clean(text, keep_newlines=False) for text in (name, into)]
        alias = same_person(self._store, self._settings.me_names(), *names)
        run = Run(self._store, self._clock, PeopleByHand.name)
        for _ in run.perform(PeopleByHand(alias), "person"):
            pass
        return run.id

    def profile(self, *, as_of: str, hidden: bool) -> Profile:
        """What is known about the person."""
        names = self._settings.me_names()
        return profile(self._store, self._clock.now(), names, as_of=_day(as_of), hidden=hidden)

    def edit_profile(self, line: str, action: str, text: str) -> Profile:
        """Pin, hide or rewrite a line of the profile."""
        names = self._settings.me_names()
        return edit_line(self._store, self._clock.now(), names, line, action, clean(text, keep_newlines=False))


def _day(text: str) -> str:
    """An ISO date that a person typed; empty for an empty text. Raises UsageError."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError as error:
        raise UsageError(f"{clean(text, keep_newlines=False)!r} is no date.", "Write it as 2024-05-03.") from error
