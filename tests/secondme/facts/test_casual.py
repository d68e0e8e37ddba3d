"""What people type in haste is read as what they mean, and what they do not mean is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.facts.casual import restored
from tests.secondme.facts.telling import lines

READ = [
    ("moved into a tiny flat in Turin on sunday, boxes everywhere", "Ida lives in Turin"),
    ("living in utrecht since 2018 and loving it", "Ida lives in Utrecht"),
    ("got promoted, senior analyst now, finally", "Ida works as a senior analyst"),
    ("i work as a radiographer at Hollins Clinic", "Ida works at Hollins Clinic"),
    ("im Ida, welder, 33, living in Graz with my husband Nils", "Ida works as a welder"),
    ("oh and Mats my flatmate, he plays the drums", "Ida has the flatmate Mats"),
    ("my sister Ulla, a vet, came over with her husband Piet", "Ulla works as a vet"),
    ("my sister Ulla, a vet, came over with her husband Piet", "Ulla is married to or lives with Piet"),
    ("we adopted a kitten, Moppet", "Ida has the pet Moppet"),
    ("my dad died in 2011", "Ida’s dad died in 2011"),
    ("havent smoked in two months", "Ida no longer smokes"),
    ("im charging 35 an hour", "Ida has the rate 35 an hour"),
    ("my favourite soup is borscht these days", "Ida has the favourite soup borscht"),
    ("dads birthday is the 9th of may", "Ida’s dad has a birthday on 9th of may"),
    ("sold the Polo, bought a Fiesta", "Ida owns Fiesta"),
    ("my brother Aksel called. he lives in Bergen now", "Aksel lives in Bergen"),
]


@pytest.mark.parametrize(("text", "line"), READ)
def test_a_sentence_typed_in_haste_is_read(tmp_path: Path, text: str, line: str) -> None:
    assert line in lines(tmp_path, [("2026-05-20", text)], "2026-06-01")


@pytest.mark.parametrize(
    "text",
    [
        "we landed in Rome this morning, the hotel is lovely",
        "Bello is not our dog, he belongs upstairs",
        "Ida the ward CLERK, my boss was away",
        "if i won the lottery id buy a farm in Wales",
        "living in fear of monday",
        "Karin lives in Oslo in summer",
    ],
)
def test_what_only_looks_so_is_no_fact(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, [("2026-05-20", text)], "2026-06-01") == []


def test_the_last_word_of_a_day_counts(tmp_path: Path) -> None:
    said = [
        ("2026-05-20T09:00", "I love opera."),
        ("2026-05-20T10:00", "I hate opera now."),
        ("2026-05-20T11:00", "my favourite tea is assam"),
        ("2026-05-20T12:00", "peppermint is my favourite now"),
    ]
    assert lines(tmp_path, said, "2026-05-20") == ["Ida dislikes opera", "Ida has the favourite tea peppermint"]


def test_a_move_that_is_called_off_never_comes(tmp_path: Path) -> None:
    said = [("2026-05-01", "i live in Graz"), ("2026-06-01", "we are moving to Linz in october")]
    for words in (
        "Linz is off",
        "the move fell through",
        "we're staying put after all",
        "not moving to Linz after all",
    ):
        assert lines(tmp_path, [*said, ("2026-07-01", words)], "2026-12-01") == ["Ida lives in Graz"], words


def test_a_message_that_only_names_another_value_corrects_the_last_one(tmp_path: Path) -> None:
    said = [("2026-05-20T09:00", "my rent is 640 a month"), ("2026-05-20T09:01", "sorry, 460")]
    assert lines(tmp_path, said, "2026-05-21") == ["Ida has the rent 460 a month"]


def test_here_is_where_i_live(tmp_path: Path) -> None:
    said = [("2026-05-01", "i live in Graz"), ("2026-06-01", "mum moved here on monday")]
    assert lines(tmp_path, said, "2026-06-10") == ["Ida lives in Graz", "Ida’s mum lives in Graz"]


def test_an_age_grows_with_the_years(tmp_path: Path) -> None:
    said = [("2026-05-20", "Berta turned 70 on monday")]
    assert lines(tmp_path, said, "2026-06-01") == ["Berta is aged 70"]
    assert lines(tmp_path, said, "2028-06-01") == ["Berta is aged 72"]


def test_capitals_come_back_letter_for_letter() -> None:
    for text in ("my boss is called karl", "living in new york since 2019", "mum moved to york"):
        assert len(restored(text)) == len(text)
    assert restored("living in new york since 2019") == "living in New York since 2019"
