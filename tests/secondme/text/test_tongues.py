"""The language of a short question is told by words that only it has."""

from __future__ import annotations

import pytest

from secondme.text.tongues import tongue


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wann Zahnarzt Köhler?", "de"),
        ("Worauf beruht Metallurgie?", "de"),
        ("Welches Museum zeigt Keramik?", "de"),
        ("Wanda lives in Ghent.", "en"),
        ("Woburn is where I work.", "en"),
    ],
)
def test_a_first_word_of_one_language_tells_it(question: str, language: str) -> None:
    assert tongue(question) == language
