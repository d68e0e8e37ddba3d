"""English words for numbers."""

from __future__ import annotations

UNDER_TWENTY = tuple(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
    """.split()
)
TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())
VALUES = {
    **{word: value for value, word in enumerate(UNDER_TWENTY, start=1)},
    **{word: 10 * value for value, word in enumerate(TENS, start=2)},
}
"""What each of them says."""


ONE = ("a", "an", "another")
"""Words that count one: "a week later"."""


def count(written: str) -> int:
    """What digits, one of the words or an article count. Raises KeyError for any other word."""
    return 1 if written.casefold() in ONE else number(written)


def number(written: str) -> int:
    """What digits or one of the words say. Raises KeyError for any other word."""
    return int(written) if written.isdigit() else VALUES[written.casefold()]
