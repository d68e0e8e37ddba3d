"""What plain text stands under, by its layout."""

from __future__ import annotations

import pytest

from secondme.readers.outline import outlined

MANUAL = """The Boathouse
=============

Chapter 1. Keys
---------------

   gate
       Hangs behind the bar. Whoever takes it signs the book, and brings it back before
       the evening is over.

       A second one is with Odile.

   shed
       The code changes every April.

   Nobody else has any.

Chapter 2. Boats
----------------

Two of them are let by the hour.
"""
HANDBOOK = """1. Water

Turned off from the first of November to the middle of March, as every year.

1.1 Taps

The one by plot 12 is for cans only.

2. Fires

Allowed after dusk.
"""
NOTE = """Notes on the roof

The slates on the north side came off in the storm, and Piet puts them back on Monday.

- gutters
  on both sides
- Ladder
  from next door

Hello Piet, are you there

He asks for 300 euros."""


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            MANUAL,
            {
                "Hangs behind": "The Boathouse > Chapter 1. Keys > gate",
                "A second one": "The Boathouse > Chapter 1. Keys > gate",
                "The code": "The Boathouse > Chapter 1. Keys > shed",
                "Nobody else": "The Boathouse > Chapter 1. Keys",
                "Two of them": "The Boathouse > Chapter 2. Boats",
            },
        ),
        (HANDBOOK, {"Turned off": "1. Water", "The one by": "1. Water > 1.1 Taps", "Allowed": "2. Fires"}),
        (NOTE, {"The slates": "Notes on the roof", "gutters": "Notes on the roof", "300": "Notes on the roof"}),
        ("def sail(boat):\n    return boat", {"return": ""}),
        ("We sail at nine.\n    Bring a coat.", {"coat": ""}),
        ("Just a line\n\nand another one.", {"another": ""}),
        ("", {}),
    ],
)
def test_a_paragraph_knows_what_it_stands_under(text: str, headings: dict[str, str]) -> None:
    blocks = outlined(text)
    found = {words: block.heading for words in headings for block in blocks if words in text[block.start : block.end]}
    assert found == headings


def test_every_word_is_in_one_block_and_each_heading_begins_a_section() -> None:
    blocks = outlined(MANUAL)
    assert " ".join(MANUAL[b.start : b.end] for b in blocks).split() == MANUAL.split()
    assert len({(b.section, b.heading) for b in blocks}) == len({b.section for b in blocks})
