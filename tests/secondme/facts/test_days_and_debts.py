"""What people have in the diary, owe, keep somewhere, belong to and do: what the page of what is known should hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.secondme.facts.telling import lines

READ = (
    ("interview for the ward is tuesday 2pm, panel of three", "Ida has in the diary: interview for the ward,"
     " tuesday 2pm (26 May 2026)"),
    ("mum's knee op is at Guy's on 17 Oct, we all go", "Ida has in the diary: Mum's knee op, 17 Oct"),
    ("booked Madeira with the girls, 3rd to 10th october", "Ida has in the diary: Madeira with the girls,"
     " 3rd to 10th october"),
    ("I want the boiler looked at, boiler service 17 October at 9", "Ida has in the diary: boiler service,"
     " 17 October at 9"),
    ("My passport expires in January.", "Ida has in the diary: passport expires, January"),
    ("Piet has judo at the sports hall wednesdays 4.30", "Piet has every week: judo wednesdays 4.30"),
    ("The spare key is under the blue pot.", "Ida keeps the spare key under the blue pot"),
    ("The allotment papers are in the left drawer of the bureau and need signing.",
     "Ida keeps the allotment papers in the left drawer of the bureau"),
    ("lent my drill to Ishaan for the shelves", "Ida lent the drill to Ishaan"),
    ("jonas owes me 420 for the boiler", "Ida is owed 420 by Jonas"),
    ("i owe Greta 35 for the taxi", "Ida owes Greta 35"),
    ("My running club is the Harbour Hares.", "Ida is in Harbour Hares"),
    ("I'm treasurer of the Dunmore Horticultural.", "Ida is the treasurer of the Dunmore Horticultural"),
    ("Lukas tunes pianos, I only dust them.", "Lukas tunes pianos"),
    ("My aunt Petra runs a bakery in Ghent.", "Petra runs a bakery in Ghent"),
    ("Zubin can't have peanuts by the way", "Zubin goes without peanuts"),
    ("Livery is £95 a week for the bay.", "Ida has the price Livery £95 a week"),
    ("My brother Nils is in Perth now.", "Nils is in Perth"),
    ("I'm Anouk, 38, Ghent, one daughter Mira.", "Ida lives in Ghent"),
    ("my locker's number 63 now", "Ida has the locker 63"),
    ("flatmates: Jo (vet tech), Prakash (pastry chef) and Ellie", "Ida has the flatmate Prakash"),
)  # fmt: skip
NOTHING = (
    "The concert was on the 3rd of May.",
    "The dentist might be on Friday.",
    "Ellie needs a check, the form is on gov.uk, 18 quid",
    "The Mortons cant do saturday.",
    "I can't have you worrying.",
    "The key is in the post.",
    "I lost the key, it was in my coat.",
    "I owe the Mortons an apology.",
    "He owes his mother 40.",
    "It makes sense.",
    "My sister's in Paris for a week.",
    "What time is the wedding on Saturday?",
    "We'd need a choir called something better.",
    "Would the boiler be 95 a month?",
)


@pytest.mark.parametrize(("said", "fact"), READ)
def test_it_is_known(tmp_path: Path, said: str, fact: str) -> None:
    assert fact in lines(tmp_path, [("2026-05-20", said)], "2026-05-20")


@pytest.mark.parametrize("said", NOTHING)
def test_what_only_looks_like_it_is_none(tmp_path: Path, said: str) -> None:
    assert lines(tmp_path, [("2026-05-20", said)], "2026-05-21") == []


def test_a_payment_leaves_the_rest_of_a_debt_and_the_last_ends_it(tmp_path: Path) -> None:
    said = [("2026-05-01", "i owe Greta 120 for the pram"), ("2026-05-03", "gave greta 50 of it")]
    assert lines(tmp_path, said, "2026-05-04") == ["Ida owes Greta 70"]
    said.append(("2026-05-06", "paid Greta the rest, 70"))
    assert lines(tmp_path, said, "2026-05-07") == []


def test_a_payment_to_who_owes_me_pays_nothing(tmp_path: Path) -> None:
    said = [("2026-05-01", "lent Effie 3 grand"), ("2026-05-03", "gave Effie 20 for the taxi")]
    assert lines(tmp_path, said, "2026-05-04") == ["Ida is owed 3 grand by Effie"]
    said.append(("2026-05-06", "effie paid back 500 and brought lemons"))
    assert lines(tmp_path, said, "2026-05-07") == ["Ida is owed 2,500 by Effie"]


def test_an_appointment_that_is_moved_or_over_is_not_in_the_diary(tmp_path: Path) -> None:
    said = [("2026-05-01", "dad's op is on 12 May"), ("2026-05-03", "dad's operation postponed to 20 May")]
    assert lines(tmp_path, said, "2026-05-04") == ["Ida has in the diary: Dad's operation, 20 May"]
    assert lines(tmp_path, said, "2026-05-22") == []


def test_what_is_called_off_is_in_the_diary_no_longer(tmp_path: Path) -> None:
    said = [("2026-05-01", "the wedding is on 12 June"), ("2026-05-03", "the wedding got called off")]
    assert lines(tmp_path, said, "2026-05-04") == []


def test_a_thing_that_is_moved_is_kept_elsewhere(tmp_path: Path) -> None:
    said = [
        ("2026-05-01", "the till float is in the tartan pouch"),
        ("2026-05-03", "moved the float to the biscuit tin, hettie knows"),
    ]
    assert lines(tmp_path, said, "2026-05-04") == ["Ida keeps the float in the biscuit tin"]


def test_what_is_given_back_is_lent_no_longer(tmp_path: Path) -> None:
    said = [
        ("2026-05-01", "lent my Trek helmet to Ishaan"),
        ("2026-05-03", "Ishaan returned the helmet with a scratch"),
    ]
    assert lines(tmp_path, said, "2026-05-04") == []
