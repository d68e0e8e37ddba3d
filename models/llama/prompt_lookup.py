"""Drafts for speculative decoding taken from the text itself: answers grounded in memory repeat it.

Prompt lookup (Saxena 2023): the last tokens are looked up in what was read and written before, and what followed
there is guessed to follow here. Each guess is checked by the model, so the answer is the model's own.
"""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST, _SHORTEST = 4, 1
_WIDTHS = (1, 2, 4, 8, 12, 16, 24, 32)


class PromptLookup:
    """Finds what followed the last tokens before. Adding a token costs the same however long the text is."""

    def __init__(self, tokens: Sequence[int]) -> None:
        self._tokens: list[int] = []
        self._after: list[dict[tuple[int, ...], int]] = [{} for _ in range(_LONGEST + 1)]
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        """Take the next token of the text."""
        known = len(self._tokens)
        for length in range(_SHORTEST, min(_LONGEST, known) + 1):
            self._after[length][tuple(self._tokens[known - length :])] = known
        self._tokens.append(token)

    def draft(self, count: int) -> list[int]:
        """Up to `count` tokens that may follow; none where the last tokens are new."""
        known = len(self._tokens)
        for length in range(min(_LONGEST, known), _SHORTEST - 1, -1):
            at = self._after[length].get(tuple(self._tokens[known - length :]))
            if at is not None:
                return self._tokens[at : at + count]
        return []


class DraftWidth:
    """How many tokens to check in a pass, learnt from what passes cost and how many guesses were right.

    A pass over K tokens gives (1 - a^K) / (1 - a) of them, where a is the share of guesses accepted
    (Leviathan et al. 2023). Reading weights costs the same for any K, so the best K is about where computing
    takes as long as reading.
    """

    def __init__(self, widest: int = _WIDTHS[-1]) -> None:
        self._widths = [width for width in _WIDTHS if width <= widest]
        self._seconds: dict[int, float] = {}
        self._accepted = 0.7

    def best(self) -> int:
        """Tokens for the next pass, the one that is certain included."""
        known = [width for width in self._widths if width in self._seconds]
        if not known:
            return 1
        best = max(known, key=self._rate)
        # The next wider one is tried once, as long as going wider has paid so far.
        wider = [width for width in self._widths if width > known[-1]]
        return wider[0] if wider and best == known[-1] else best

    def fitting(self, guesses: int) -> int:
        """How many of so many guesses make a pass of a width that was measured, or is to be."""
        return max(width for width in self._widths if width <= guesses + 1) - 1

    def measured(self, width: int, seconds: float) -> None:
        """A pass over `width` tokens took so long."""
        nearest = max((one for one in self._widths if one <= width), default=1)
        before = self._seconds.get(nearest, seconds)
        self._seconds[nearest] = before + 0.3 * (seconds - before)

    def checked(self, right: bool) -> None:
        """A guess whose predecessors were right was checked."""
        self._accepted += 0.05 * (right - self._accepted)

    def _rate(self, width: int) -> float:
        share = min(self._accepted, 0.995)
        return (1 - share**width) / (1 - share) / self._seconds[width]
