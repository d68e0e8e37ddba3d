"""The list of chats."""

from __future__ import annotations

import pytest

from tests.tui.stage import NOW
from tui.widgets.chat_list import age


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2026-01-02T11:59:30Z", "now"),
        ("2026-01-02T11:50:00Z", "10m"),
        ("2026-01-02T09:00:00+00:00", "3h"),
        ("2025-12-30T12:00:00Z", "3d"),
        ("2025-12-01T12:00:00Z", "4w"),
        ("2023-12-01T12:00:00Z", "2023"),
        ("nonsense", ""),
    ],
)
async def test_ages_are_short(instant: str, words: str) -> None:
    assert age(instant, NOW) == words
