"""A long paragraph is cut at the end of a sentence, never behind an abbreviation."""

from __future__ import annotations

from secondme.text.chunking import TARGET_CHARACTERS, Block, passages

FILLER = "The river was high and the boats stayed in the harbour all week. "


def test_a_passage_does_not_end_at_an_abbreviation() -> None:
    begin = FILLER * (TARGET_CHARACTERS // len(FILLER))
    text = begin + "I saw Dr. Weber. " + FILLER * 4
    whole = Block(0, len(text))
    cut = [passage.text for passage in passages(text, [whole], None)]
    assert len(cut) > 1
    assert not any(part.endswith("Dr.") for part in cut)
    assert all(part.endswith(".") for part in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_the_cut_moves_with_the_text_before_and_never_splits_a_title_from_its_name() -> None:
    for shift in range(60):
        text = "x" * shift + " " + FILLER * 9 + "He met Prof. Lind and Mr. Ito on p. 5 of No. 7. " + FILLER * 6
        cut = [passage.text for passage in passages(text, [Block(0, len(text))], None)]
        assert not any(part.endswith(("Prof.", "Mr.", "p.", "No.")) for part in cut), shift
