"""What people state of themselves in other languages than English is read, and what they deny, plan or wish is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.facts.patterns import statements
from secondme.facts.statement import Statement
from tests.secondme.facts.telling import lines

READ = (
    ("Ich wohne jetzt in Rostock.", ("me", "lives_in", "Rostock")),
    ("Wir sind letzte Woche von Mainz nach Trier gezogen!", ("me", "lives_in", "Trier")),
    ("Meine Schwester heißt Jutta.", ("me", "sibling", "Jutta")),
    ("Lavoro come infermiera.", ("me", "works_as", "infermiera")),
    ("Emil ist 4 Jahre alt.", ("Emil", "age", "4")),
    ("wir haben jetzt eine Katze, die heißt Mimi", ("me", "pet", "Mimi")),
    ("J'habite à Nantes depuis deux ans.", ("me", "lives_in", "Nantes")),
    ("On a déménagé de Lyon à Grenoble.", ("me", "lives_in", "Grenoble")),
    ("Mon chien Filou est malade.", ("me", "pet", "Filou")),
    ("Me he mudado de Bilbao a Vitoria.", ("me", "lives_in", "Vitoria")),
    ("Mi hermana Lucía es médica.", ("me", "sibling", "Lucía")),
    ("Abito a Torino.", ("me", "lives_in", "Torino")),
    ("Mio fratello si chiama Paolo.", ("me", "sibling", "Paolo")),
    ("Moro em Recife.", ("me", "lives_in", "Recife")),
    ("ik woon nu in Utrecht", ("me", "lives_in", "Utrecht")),
    ("我从南京搬到成都了", ("me", "lives_in", "成都")),
    ("我养了一只狗，叫豆豆", ("me", "pet", "豆豆")),
    ("先週、大阪から札幌へ引っ越しました", ("me", "lives_in", "札幌")),
    ("妹の由美は看護師です", ("me", "sibling", "由美")),
    ("Paolo è mio fratello.", ("me", "sibling", "Paolo")),
    ("Luc est mon collègue", ("me", "colleague", "Luc")),
    ("Inês é minha vizinha", ("me", "neighbour", "Inês")),
    ("Abbiamo un cane che si chiama Birba", ("me", "pet", "Birba")),
    ("Temos um cão chamado Faísca", ("me", "pet", "Faísca")),
    ("we hebben een hond die heet Bas", ("me", "pet", "Bas")),
    ("부산에서 서울로 이사했어요", ("me", "lives_in", "서울")),
)
NOTHING = (
    "Wohnst du in Rostock?",
    "Ich wohne nicht in Rostock.",
    "Vielleicht wohne ich bald in Trier.",
    "Kollegin Weber sagt, Ole wohnt in Rostock",
    "Der Film ist 12 Jahre alt.",
    "Je n'habite pas à Nantes.",
    "No vivo en Sevilla",
    "Non abito a Torino",
    "Paolo non è mio fratello",
    "Luc n'est pas mon collègue",
    "Wil je een hond die heet Bas?",
    "我想搬到成都",
    "我妈妈现在在家",
    "他搬到北京了",
    "听说她从南京搬到成都了",
    "猫は飼っていません",
    "大阪へ引っ越したいです",
)


def _read(text: str) -> list[tuple[str, str, str]]:
    found = [one for one in statements(text, "Ida") if isinstance(one, Statement) and not one.ends]
    return [(one.subject, one.relation, one.object) for one in found]


@pytest.mark.parametrize(("text", "stated"), READ)
def test_what_is_stated_in_another_language_is_read(text: str, stated: tuple[str, str, str]) -> None:
    assert stated in _read(text)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_denied_planned_wished_or_heard_in_another_language_is_not(text: str) -> None:
    assert _read(text) == []


def test_a_move_told_in_another_language_ends_the_home_before(tmp_path: Path) -> None:
    said = [("2026-03-01", "Ich wohne in Mainz."), ("2026-05-01", "Wir sind von Mainz nach Trier gezogen.")]
    assert lines(tmp_path, said, "2026-06-01") == ["Ida lives in Trier"]
