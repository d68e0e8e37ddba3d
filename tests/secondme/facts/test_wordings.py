"""Facts that people state in passing, in wordings of their own."""

from __future__ import annotations

import pytest

from secondme.facts.patterns import statements
from secondme.facts.statement import Statement


def _said(text: str) -> set[tuple[str, str, str]]:
    return {
        (found.subject, found.relation, found.object)
        for found in statements(text, "Ann")
        if isinstance(found, Statement) and not found.ends
    }


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Leeds has been home since 2012", ("me", "lives_in", "Leeds")),
        ("Vivo en Murcia. Estoy muerta de sueño jajaja", ("me", "lives_in", "Murcia")),
        ("Since Monday we are in Turin", ("me", "lives_in", "Turin")),
        ("My sister and I keep house together in Bath", ("me", "lives_in", "Bath")),
        ("i'm stopping in Hull, before anyone asks", ("me", "lives_in", "Hull")),
        ("Seit Freitag sind wir in Graz", ("me", "lives_in", "Graz")),
        ("搬完了！现在人在昆明，真舒服", ("me", "lives_in", "昆明")),
        ("Theo's still nine", ("Theo", "age", "nine")),
        ("Mia is seven at present; the eighth birthday falls on 3 November", ("Mia", "birthday", "3 November")),
        ("Norma's 80th was on Sunday", ("Norma", "age", "80")),
        ("Hi, Irene speaking, born 1951, teacher till I retired", ("me", "born", "1951")),
        ("ma top lunch is a cheese toastie", ("me", "favourite", "lunch: cheese toastie")),
        ("tea is my drink of choice", ("me", "favourite", "drink: tea")),
        ("I've come round to opera", ("me", "likes", "opera")),
        ("Kein Sport geht mir über Tischtennis.", ("me", "likes", "Tischtennis")),
        ("i barrack for Carlton", ("me", "supports", "Carlton")),
        ("Everton man from today", ("me", "supports", "Everton")),
        ("Picked the Volvo up on Friday", ("me", "owns", "Volvo")),
        ("Our cat is on meloxicam now and Rex is on meloxicam too", ("Rex", "takes", "meloxicam")),
        ("Note this for me, would you: union card number 604187", ("me", "figure", "union card number: 604187")),
        ("First day at the science museum today!", ("me", "works_at", "science museum")),
        ("Hilltop Farm hired me as head gardener", ("me", "works_at", "Hilltop Farm")),
        ("me brother Declan has the van", ("me", "sibling", "Declan")),
    ],
)
def test_a_fact_is_read_from_a_wording_of_ones_own(text: str, stated: tuple[str, str, str]) -> None:
    assert stated in _said(text)


def test_what_goes_on_as_a_list_is_liked_too() -> None:
    liked = {("me", "likes", thing) for thing in ("cold tea", "old maps", "fencing outdoors")}
    assert liked <= _said("im a sucker for cold tea, old maps, fencing outdoors")
    assert ("me", "dislikes", "karaoke") in _said("can't be doing with olives or karaoke")


@pytest.mark.parametrize(
    "text",
    [
        "Keep two people apart: Ines who lives above me, born in Graz, she restores tiles",
        "Vivo en la luna jajaja",
        "Theo is nine minutes late",
        "I feel like I'm ninety today",
        "Monday it is",
        "They took me for a fool",
        "Ben's second job was at a bank",
        "Seit Montag bin ich in Urlaub",
    ],
)
def test_what_only_looks_like_a_fact_is_none(text: str) -> None:
    assert not _said(text)


@pytest.mark.parametrize(
    ("text", "liked"),
    [("I love tea and went to the shop", {"tea"}), ("I love pizza and hate olives", {"pizza"})],
)
def test_another_clause_is_no_item_of_a_list(text: str, liked: set[str]) -> None:
    assert {thing for _, relation, thing in _said(text) if relation == "likes"} == liked


def test_a_place_that_someone_will_go_to_for_good_is_a_plan() -> None:
    found = list(statements("We shall be off to Kirkwall for good in May", "Ann"))
    assert [(each.object, each.planned) for each in found if isinstance(each, Statement)] == [("Kirkwall", True)]
