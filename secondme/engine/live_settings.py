"""The settings in force. Parts of the engine ask here at each use, so that a change holds at once."""

from __future__ import annotations

from pathlib import Path

from secondme.forgetting.retention import Policy
from secondme.places import Places
from secondme.settings import Settings, bytes_of, load
from storage.adapters import Kind


class LiveSettings:
    """Reads the settings file, and reads it again when it has changed. Each method gives what holds now."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.now, self.warnings = load(places.config_file)

    def reload(self) -> Settings:
        """Read the file again; returns the settings that held before."""
        before = self.now
        self.now, self.warnings = load(self._places.config_file)
        return before

    def current(self) -> Settings:
        """All settings."""
        return self.now

    def me(self) -> str:
        """The name of the person, or empty."""
        return self.now.me_name

    def me_names(self) -> list[str]:
        """Names by which chats may call the person."""
        return [self.now.me_name, *(name.strip() for name in self.now.me_also.split(","))]

    def policy(self) -> Policy:
        """How fast memories fade."""
        return self.now.forgetting

    def promotes_facts(self) -> bool:
        """Whether recall prefers what holds at the time that is asked about."""
        return self.now.recall_facts == "on"

    def taught_at_night(self) -> list[Kind]:
        """What the model is taught at night: the facts that memory holds, how the person writes, or nothing."""
        asked: tuple[tuple[Kind, str], ...] = (("facts", self.now.self_train), ("voice", self.now.self_voice))
        return [kind for kind, setting in asked if setting == "on"]

    def read_seconds(self) -> float:
        """How long a model may read before it answers."""
        return self.now.answer_read_seconds

    def max_tokens(self) -> int:
        """Tokens of an answer at most."""
        return self.now.answer_max_tokens

    def thinking_tokens(self) -> int:
        """Tokens that a reasoning model may think before it answers."""
        return self.now.answer_thinking_tokens

    def context_tokens(self) -> int:
        """Tokens of the model's context at most, as they are set."""
        return self.now.server_context if self.now.server_url else self.now.model_context

    def states_file(self) -> Path | None:
        """Where it is noted what the model's kept states hold; None where no states are kept."""
        return self._places.states / "read.json" if bytes_of(self.now.model_states) else None
