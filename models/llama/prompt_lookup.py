"""Drafts for speculative decoding, taken from the prompt: answers that are grounded in memory repeat it.

Prompt lookup (Saxena 2023): the last tokens are looked up in what was read and written before, and the guess is that
what followed there follows here. The model checks each guess, so the answer is the model's own.
"""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST, _SHORTEST = 4, 1
_WIDTHS = (1, 2, 4, 8, 12, 16, 24, 32)


class PromptLookup:
    """Finds what followed the last tokens at their last occurrence. Adding a token takes the same time in any text."""

    def __init__(self, tokens: Sequence[int]) -> None:
        self._tokens: list[int] = []
        self._after: list[dict[tuple[int, ...], int]] = [{} for _ in range(_LONGEST + 1)]
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        """Append the next token of the text."""
        end = len(self._tokens)
        for length in range(_SHORTEST, min(_LONGEST, end) + 1):
            self._after[length][tuple(self._tokens[end - length :])] = end
        self._tokens.append(token)

    def draft(self, count: int) -> list[int]:
        """Up to `count` tokens that may follow; none where the last tokens are new."""
        end = len(self._tokens)
        for length in range(min(_LONGEST, end), _SHORTEST - 1, -1):
            at = self._after[length].get(tuple(self._tokens[end - length :]))
            if at is not None:
                return self._tokens[at : at + count]
        return []


class DraftWidth:
    """How many tokens to check in a pass, learnt from the time of passes and the share of right guesses.

    A pass over K tokens gives (1 - a^K) / (1 - a) of them, where a is the share of guesses accepted
    (Leviathan et al. 2023). Reading weights costs the same for any K, so the best K is about where computing
    takes as long as reading.
    """

    def __init__(self, widest: int = _WIDTHS[-1]) -> None:
        self._widths = [width for width in _WIDTHS if width <= widest]
        self._seconds: dict[int, float] = {}
        self._accepted = 0.7

    def best(self) -> int:
        """Tokens for the next pass, the certain token included."""
        tried = [width for width in self._widths if width in self._seconds]
        if not tried:
            return 1
        best = max(tried, key=self._rate)
        # The next wider width is tried once, as long as going wider has paid off.
        wider = [width for width in self._widths if width > tried[-1]]
        return wider[0] if wider and best == tried[-1] else best

    def most_guesses(self, guesses: int) -> int:
        """How many of so many guesses to check, so that the pass has one of the widths that are measured."""
        return max(width for width in self._widths if width <= guesses + 1) - 1

    def note_pass(self, width: int, seconds: float) -> None:
        """Learn that a pass over `width` tokens took so long."""
        nearest = max((tried for tried in self._widths if tried <= width), default=1)
        before = self._seconds.get(nearest, seconds)
        self._seconds[nearest] = before + 0.3 * (seconds - before)

    def note_guess(self, right: bool) -> None:
        """Learn whether a guess was right, all guesses before it in its pass having been right."""
        self._accepted += 0.05 * (right - self._accepted)

    def _rate(self, width: int) -> float:
        """Tokens a second."""
        share = min(self._accepted, 0.995)
        return (1 - share**width) / (1 - share) / self._seconds[width]
