"""What people type of themselves in passing: lists of children and flatmates, cars, medicines, codes, new bosses."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.facts.patterns import statements
from secondme.facts.statement import Statement
from tests.secondme.facts.telling import lines

READ = (
    ("hi im Bea, 34, nurse in Hull. two kids", ["age 34", "lives_in Hull", "name Bea", "works_as nurse"]),
    ("Widow, 71, Truro. Retired primary head teacher.", ["age 71", "does is a retired primary head teacher",
     "lives_in Truro"]),
    ("ok bob, chippy, 42, from Bury but living in Wigan now wi the missus", ["age 42", "from Bury", "lives_in Wigan",
     "name Bob", "works_as chippy"]),
    ("3rd year law at Keele, from Crewe originally", ["from Crewe", "studies law at Keele"]),
    ("two kids, Cal whos 9 and Isla whos nearly 6", ["age 9", "child Cal", "child Isla"]),
    ("live in a house w 3 lads - Will, Tom B and Kofi", ["flatmate Kofi", "flatmate Tom B", "flatmate Will"]),
    ("no kids but three nieces: Ann, Rose and Lily", ["relative Ann", "relative Lily", "relative Rose"]),
    ("got two dogs Max and Sid", ["pet Max", "pet Sid"]),
    ("my car is a Nissan Juke, had it years", ["owns Nissan Juke"]),
    ("swapped the Zafira for a Kia Carens", ["owns Kia Carens", "owns Zafira"]),
    ("on apixaban and bisoprolol for my heart", ["takes apixaban", "takes bisoprolol"]),
    ("supervisor's a lass called Monika", ["boss Monika"]),
    ("got a new gaffer on site called Phil", ["boss Phil"]),
    ("wife's name is Kay and we rent", ["spouse Kay"]),
    ("i live w my missus. she's called Stacey, works at Asda", ["spouse Stacey", "works_at Asda"]),
    ("my mams name is Julie, shes a carer", ["parent Julie", "works_as carer"]),
    ("my annoying brother Toby whos 13", ["sibling Toby"]),
    ("sponsor's name is Ray, 14 months now", ["helper sponsor: Ray"]),
    ("changed the locker code to 9034", ["figure locker code: 9034"]),
    ("done it, sous chef as of monday!!", ["works_as sous chef"]),
    ("book group is first thursday of the month", ["routine book group: first thursday of the month"]),
)  # fmt: skip
ABROAD: tuple[tuple[str, list[str]], ...] = (
    ("Moin, ich bin Jonas, Schreiner in Kassel, 38", ["age 38", "lives_in Kassel", "name Jonas", "works_as Schreiner"]),
    ("Soy Javi, 34, camarero en Cádiz, casado con Marta", ["age 34", "lives_in Cádiz", "name Javi", "spouse Marta",
     "works_as camarero"]),
    ("Coucou, moi c'est Claire, 38 ans, infirmière à Nantes", ["age 38", "lives_in Nantes", "name Claire",
     "works_as infirmière"]),
    ("Ciao, sono Marco, 40 anni, idraulico a Verona", ["age 40", "lives_in Verona", "name Marco",
     "works_as idraulico"]),
    ("wir haben zwei Kinder, Paul und Lisa", ["child Lisa", "child Paul"]),
    ("jetzt fahren wir einen Dacia Jogger", ["owns Dacia Jogger"]),
    ("tomo metformina y enalapril", ["takes enalapril", "takes metformina"]),
    ("Ik ben allergisch voor noten", ["allergic_to noten"]),
    ("Je voudrais une Clio", []),
    ("Ich hätte gern einen Golf", []),
    ("mi hermano tiene un Seat Ibiza", []),
)  # fmt: skip
NOT_READ = (
    "bob, 42, plumber, is coming on friday",
    "Anna, 34, nurse. She called about the flat",
    "im Tired, 12 hours on my feet",
    "Meera and Tom have two kids, Anya and Dev",
    "She has two cats, Salt and Pepper",
    "our neighbours have two boys, Jack and Ted",
    "his car's a Golf",
    "her new boss is a guy called Piotr",
    "the new manager at my gym is called Ross",
    "my brother has a girlfriend, she's called Emma",
    "went with three mates, Leeds won",
    "Raj, 44, owes me money",
    "Tom said hes a doctor",
)


def _read(text: str) -> list[str]:
    found = [one for one in statements(text, "me") if isinstance(one, Statement)]
    return sorted({f"{one.relation} {one.object}" for one in found})


@pytest.mark.parametrize(("text", "facts"), READ)
def test_what_is_told_in_passing_is_read(text: str, facts: list[str]) -> None:
    assert _read(text) == facts


@pytest.mark.parametrize(("text", "facts"), ABROAD)
def test_the_same_in_other_languages(text: str, facts: list[str]) -> None:
    assert _read(text) == facts


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_of_others_is_not_mine(text: str) -> None:
    assert not [line for line in _read(text) if line.split()[0] in ("child", "pet", "owns", "boss", "spouse", "age",
                "flatmate", "name", "works_as")]  # fmt: skip


def test_what_is_over_is_known_again_by_its_name(tmp_path: Path) -> None:
    said = (
        ("2026-09-07", "i drive a red fiesta"),
        ("2026-09-07T11:00", "I take amlodipine and ramipril. My flatmates are Tom, Kofi and Ahmed"),
        ("2026-09-07T12:00", "my boyfriend Matt is away. im vegan btw"),
        ("2026-09-20", "doc took me off the amlodipine"),
        ("2026-09-20T11:00", "sold the fiesta yesterday. Tom's out, replaced by a guy named Theo"),
        ("2026-09-20T12:00", "Matt and I broke up. ok so im not vegan anymore"),
    )
    assert lines(tmp_path, said, "2026-10-01") == [
        "Ida has the flatmate Ahmed", "Ida has the flatmate Kofi", "Ida has the flatmate Theo", "Ida takes ramipril",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "unsure",
    [
        "havent sold the fiesta yet", "i wish id sold the fiesta", "thinking of selling the fiesta",
        "my sister sold her fiesta", "if i sold the fiesta id cry",
    ],
)  # fmt: skip
def test_what_may_be_over_holds(tmp_path: Path, unsure: str) -> None:
    said = (("2026-09-07", "i drive a red fiesta"), ("2026-09-20", unsure))
    assert "Ida owns a red fiesta" in lines(tmp_path, said, "2026-10-01")


def test_changes_are_told_of_what_others_do_too(tmp_path: Path) -> None:
    said = (
        ("2026-09-07", "I drive a Toyota Highlander. My husband Stan died in 2011"),
        ("2026-09-07T11:00", "I work at Dell as a cook. our gate code is #4410"),
        ("2026-09-07T12:00", "my girlfriend Aoife lives in Limerick, I live in Cork"),
        ("2026-09-20", "We have changed the Highlander for a Lexus RX"),
        ("2026-09-20T11:00", "I got laid off today. They changed the gate code to #2218"),
        ("2026-09-20T12:00", "Aoife moved in!!!"),
    )
    assert lines(tmp_path, said, "2026-10-01") == [
        "Aoife lives in Cork", "Ida has the gate code 2218", "Ida is married to or lives with Aoife",
        "Ida lives in Cork", "Ida owns Lexus RX", "Stan died in 2011",
    ]  # fmt: skip


def test_the_changes_of_others_end_nothing_of_mine(tmp_path: Path) -> None:
    said = (
        ("2026-09-07", "I work at Dell as a cook. I drive a golf"),
        ("2026-09-20", "my brother got laid off today"),
        ("2026-09-20T11:00", "changed the tyres on the golf. everyone got let go but me"),
    )
    assert lines(tmp_path, said, "2026-10-01") == ["Ida owns a golf", "Ida works as a cook", "Ida works at Dell"]
