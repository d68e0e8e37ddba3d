"""Who someone is, said in fragments at the beginning of a message."""

from __future__ import annotations

import pytest

from secondme.facts.introductions import introduced

READ = (
    ("ida. joiner, leeds, own van", ["works_as joiner", "lives_in Leeds"]),
    ("Ida, 34, baker in Hull. Two kids.", ["age 34", "works_as baker", "lives_in Hull"]),
    ("yo its ida. 19, apprenticing with a piano tuner in turku", ["age 19", "works_as apprentice piano tuner",
     "lives_in Turku"]),
    ("hello! tram driver here, line 14, Gothenburg", ["works_as tram driver", "lives_in Gothenburg"]),
    ("Ida, welder from Gdansk, night shifts at the yard", ["works_as welder", "from Gdansk"]),
    ("Signwriter by trade, been at it thirty years.", ["works_as signwriter"]),
    ("Night porter at the Grand, eleven years now", ["works_as night porter", "works_at Grand"]),
    ("Retired teacher, 71.", ["does is a retired teacher", "age 71"]),
    ("So you know who you're dealing with: retired teacher, live in Truro.", ["does is a retired teacher",
     "lives_in Truro"]),
    ("Ida here, I shoe horses around Dillon Montana.", ["does shoes horses around Dillon Montana"]),
    ("Name's Ida, I look after my mother in Hove.", ["does looks after my mother in Hove"]),
    ("work: dairy inspector, region north. home: Braga. wife: Marta", ["works_as dairy inspector", "lives_in Braga"]),
    ("me: vet nurse. him: Jakob, joiner. dog: Sprout", ["works_as vet nurse"]),
)  # fmt: skip
NOT_READ = (
    "Plumber here. He says the boiler is dead.",
    "dentist at Smile Clinic, 3pm",
    "Nurse at St Mary's said I should rest",
    "met Bob at the club, retired teacher, lovely man",
    "my uncle: retired teacher, 80, lives in Hove",
    "its ida. bob, baker, leeds, is coming on friday",
    "What I need: plumber, electrician",
    "can you tell me: joiner at Hull Works or baker at Finn's?",
    "to do: plumber, dentist, library",
    "This is Bob here, he is a welder",
    "Ida here, I told Bob the code is 4471",
    "Ida, you there?",
)


@pytest.mark.parametrize(("text", "facts"), READ)
def test_fragments_say_who_someone_is(text: str, facts: list[str]) -> None:
    assert [f"{found.relation} {found.object}" for found in introduced(text, "Ida")] == facts
    assert all(text[found.start : found.end].strip() for found in introduced(text, "Ida"))


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_said_of_others_introduces_nobody(text: str) -> None:
    assert not list(introduced(text, "Ida"))
