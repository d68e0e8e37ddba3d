"""Medicines, promotions, homes one stays in, and other things that people tell in passing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.secondme.facts.telling import lines

READ = (
    ("The doctor put me on a low dose of sertraline.", "Ida takes sertraline"),
    ("I take 20 mg omeprazole before breakfast.", "Ida takes omeprazole"),
    ("I'm off ramipril and now on losartan.", "Ida takes losartan"),
    ("They switched me from warfarin to apixaban.", "Ida takes apixaban"),
    ("I got promoted 🎉 senior analyst now", "Ida works as a senior analyst"),
    ("just got promoted!! deputy head of maths", "Ida works as deputy head of maths"),
    ("New job. Ward manager at St Luke's. Started Monday.", "Ida works as Ward manager"),
    ("My sister name is Lin, she live in Porto.", "Ida has the brother or sister Lin"),
    ("flatmate is oskar from Graz, very tidy", "Ida has the flatmate Oskar"),
    ("two kids, Mia (4) and Theo (7), and no sleep", "Ida has the child Theo"),
    ("moved out of my dad's on friday, got a room in brixton with sami", "Ida lives in Brixton"),
    ("finally got home to Leeds after eleven hours", "Ida lives in Leeds"),
    ("Scratch Berlin, the rents are mad. We stay in Leipzig.", "Ida lives in Leipzig"),
    ("It may interest you that my cousin Wilma lives in Turku.", "Wilma lives in Turku"),
    ("living w/ Jo and her brother in Hove", "Ida lives in Hove"),
    ("My dad lives with us in Deal.", "Ida lives in Deal"),
    ("Anna lives with her sister in Turku.", "Anna lives in Turku"),
    ("My neighbour Ines, a Lebanese botanist, moved here from Porto.", "Ines works as a botanist"),
    (
        "My neighbour Ines moved here from Porto and works as a radiologist at the county hospital.",
        "Ines works as a radiologist",
    ),
    (
        "My neighbour Ines came from Porto and works as a radiologist at the county hospital.",
        "Ines works at county hospital",
    ),
    ("Ravi, who lives in Delft, plays the flute.", "Ravi lives in Delft"),
    ("my friend Omar, 41, lives in Hull now", "Omar lives in Hull"),
    ("my friend Omar, 41, lives in Hull now", "Omar is aged 41"),
    ("Our daughter Mia, aged 4, has a cold.", "Mia is aged 4"),
    ("My sister Ada, a 34-year-old vet, has two boys.", "Ada is aged 34"),
    ("new job!! barista at Grindhouse, started today", "Ida works at Grindhouse"),
    ("I drive a night bus in Leeds", "Ida drives bus"),
    ("I teach maths at a comprehensive", "Ida teaches maths"),
    ("My landlady, Mrs. Okello, never answers the phone.", "Ida has the landlady Mrs. Okello"),
    ("Roofer's called Benno, says nine slipped tiles", "Ida has the roofer Benno"),
    ("my brother Fabian's in Derby, works nights", "Ida has the brother or sister Fabian"),
    ("My other sister, Maren, paints boats.", "Ida has the brother or sister Maren"),
    ("Grandson Ole is allergic to soy.", "Ole is allergic to soy"),
    ("We let the attic to a nurse called Lerato.", "Lerato works as a nurse"),
    ("wife's a midwife", "Ida’s wife works as a midwife"),
    ("brother lives in Leeds with his kids", "Ida’s brother lives in Leeds"),
    ("I drive the mobile library round Powys", "Ida drives a mobile library"),
    ("Choir's moved to Tuesdays.", "Ida has every week: Choir Tuesdays"),
    ("Gate code at the Hove yard is 3310#, ring twice", "Ida has the gate code at the hove yard 3310#"),
)
NOTHING = (
    "son of a gun, that hurt",
    "wife and I went to Rome",
    "I take the bus every morning.",
    "Rent's 1,480 between the four of us?",
    "Insulation's 8.4, the man says.",
    "got a start at the bike workshop",
    "Uncle is in Sligo teaching maths",
    "Told my wife. She laughed.",
    "My trainer is Danish.",
    "The film is about a nurse called Runa.",
    "The error code is 4471.",
    "Gate code is 8812, room 12, for one night.",
    "I might go on sertraline.",
    "I don't take statins.",
    "The vet put the cat on prednisolone.",
    "I would like to take melatonin",
    "I switched from Android to iPhone.",
    "guess who lives in Leeds",
    "We're staying in Porto in a lovely hotel.",
    "I got home to an empty house.",
    "My mate is back from Spain.",
    "I should like to live in Rome.",
    "two kids, a dog and a mortgage",
    "I drive the bus driver mad",
)


@pytest.mark.parametrize(("text", "line"), READ)
def test_what_is_told_in_passing_is_a_fact(tmp_path: Path, text: str, line: str) -> None:
    assert line in lines(tmp_path, [("2026-05-20", text)], "2026-06-01")


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_it_is_none(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, [("2026-05-20", text)], "2026-06-01") == []


def test_who_moved_here_lives_there_no_longer(tmp_path: Path) -> None:
    said = [("2026-03-01", "I live in Ghent."), ("2026-05-01", "living with Jo in Lier, moved here from Ghent")]
    assert lines(tmp_path, said, "2026-06-01") == ["Ida lives in Lier"]


def test_a_medicine_that_was_stopped_is_taken_no_longer(tmp_path: Path) -> None:
    said = [("2026-03-01", "I take metformin, 500 mg."), ("2026-05-01", "Came off it? Yes: I'm off metformin now.")]
    assert lines(tmp_path, said[:1], "2026-06-01") == ["Ida takes metformin"]
    assert lines(tmp_path, said, "2026-06-01") == []
