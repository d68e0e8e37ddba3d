"""Errors a person can act on: what happened, what is safe, what to do; one sentence each."""

from __future__ import annotations


class SecondMeError(Exception):
    """An error with a remedy. Shown as `what` `safe` `remedy`, never as a stack trace."""

    exit_code = 1

    def __init__(self, what: str, remedy: str = "", safe: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.remedy = remedy

    def sentence(self) -> str:
        """The whole message as one line."""
        return " ".join(part for part in (self.what, self.safe, self.remedy) if part)


class NothingFound(SecondMeError):
    """Asked for something that is not there."""

    exit_code = 3


class UsageError(SecondMeError):
    """The request itself makes no sense."""

    exit_code = 2


class EngineUnavailable(SecondMeError):
    """The engine process could not be reached or started."""


class SecretFound(UsageError):
    """Text that a person typed looks like a key: they are asked before it is kept."""


class UnknownProgram(SecondMeError):
    """No program has this name or token."""

    exit_code = 5


class NotGranted(SecondMeError):
    """A program asked for what its grant does not allow, or it is paused, or its grant has expired."""

    exit_code = 6


class LimitReached(SecondMeError):
    """A program asks too often; `remedy` says when it may again."""

    exit_code = 7
