"""Names found in texts, and what kind of thing they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondme.text.entities import fold_name, mentions

# text | key:kind, key:kind
TABLE = """
I crossed the Golden Gate Bridge with Anna.|golden gate bridge:name, anna:person
Anna said that she likes Lisbon.|anna:person, lisbon:name
My sister Maria lives in New York.|maria:person, new york:place
Maria works at Siemens AG.|maria:name, siemens ag:organisation
We read Lord of the Rings and The Great Gatsby.|lord of the rings:name, great gatsby:name
Tom met Dr. Smith at the University of Oslo.|tom:name, dr. smith:person, university of oslo:organisation
Tom and Jerry met.|tom:name, jerry:name
München ist schön.|munchen:name
We visited São Paulo.|sao paulo:place
Rome, Italy and Spain|rome:name, italy:name, spain:name
The United States of America|united states of america:name
Yesterday Anna and I went to Berlin.|anna:name, berlin:place
I love my dog Rex.|rex:name
Walking is fun.|
Running late. Sophie called.|sophie:person
Emily laughed.|emily:person
Kelly is here. Fred too. Ahmed left.|kelly:name, fred:name, ahmed:name
Really? Suddenly it rained. Tired.|
USA, NASA and IKEA|usa:name, nasa:name, ikea:name
I'm in the UK.|uk:place
Hey Mel! Good to see you.|mel:name
What did Karl's brother do?|karl:name
O'Brien and McDonald left.|o'brien:name, mcdonald:name
He met Jean-Luc Moreau.|jean-luc moreau:person
It runs on my MacBook Pro.|macbook pro:name
Thanks Mike!|mike:name
Has Anna called?|anna:person
Where does Bob live?|bob:name
My boss, Karen, and her friend Lee|karen:name, lee:name
the Museum of Modern Art in New York City|museum of modern art:organisation, new york city:place
Anna, Bob and Carla went.|anna:name, bob:name, carla:name
Mount Everest and Lake Como|mount everest:name, lake como:name
You can write to tom.b@example.org today.|tom.b@example.org:email
I will ask @maria_k about it.|@maria_k:handle
so good #pottery #2|#pottery:tag
See https://www.example.com/path?x=1 for more.|example.com:host
I liked "The Quiet Garden" a lot.|quiet garden:title
She said „Der Zauberberg“ is long.|der zauberberg:title
On Monday in June we rested.|
We met at Christmas.|
nothing here at all|
Anna saw Anna and ANNA.|anna:name
Mrs Miller and Mr. Jones|mrs miller:person, mr. jones:person
We like Procter & Gamble.|procter & gamble:name
Vincent van Gogh and Charles de Gaulle|vincent van gogh:name, charles de gaulle:name
a trip to Cape Town, then to the Alps|cape town:place, alps:place
The Ocean Conservation Society wrote.|ocean conservation society:organisation
"""
ROWS = [tuple(line.rsplit("|", 1)) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_a_text_mentions(text: str, expected: str) -> None:
    assert [f"{one.key}:{one.kind}" for one in mentions(text)] == [one for one in expected.split(", ") if one]


def test_people_joined_by_and_meet_the_same_people_alone() -> None:
    assert {one.key for one in mentions("Bob and Carla went.")} == {
        *(one.key for one in mentions("Then Bob left.")),
        *(one.key for one in mentions("Then Carla left.")),
    }


def test_spellings_of_a_name_meet_in_its_key() -> None:
    assert fold_name("The  Café’s") == fold_name("cafe") == "cafe"


@given(
    st.lists(
        st.one_of(st.sampled_from([word for text, _ in ROWS for word in text.split()]), st.text(max_size=12)),
        max_size=12,
    ).map(" ".join)
)
def test_any_text_has_its_names_where_they_say(text: str) -> None:
    position = 0
    for one in mentions(text):
        assert position <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.name
        assert one.key
        position = one.end
