"""What asks in other languages than English without a question mark."""

from __future__ import annotations

import pytest

from secondme.chat.kinds.message_kind import Kind, kind
from secondme.text.tongues import tongue


@pytest.mark.parametrize(
    "text",
    [
        "Montre-moi les factures d'avril",
        "Fais un résumé du compte rendu",
        "Zeig mir die Rechnungen vom Mai",
        "Fass den Vertrag zusammen",
        "Muéstrame los gastos de abril",
        "Dimmi il codice del cancello",
        "Toon me de facturen",
        "Pokaż rachunki za maj",
        "Покажи счета за май",
        "회의 내용 정리해 주세요",
        "旅行の予定を教えてください",
        "总结一下会议记录",
    ],
)
def test_an_order_to_tell_something_asks_in_any_language(text: str) -> None:
    assert kind(text) is Kind.ASKS


@pytest.mark.parametrize(
    "text",
    [
        "code du garage",
        "mon numéro de passeport",
        "Total des frais en mai",
        "Geburtstag von Frieda",
        "meine Steuernummer",
        "dirección de la clínica",
        "numero di Paolo",
        "총무 전화번호",
        "大家的电话号码",
    ],
)
def test_the_name_of_a_value_asks_for_it(text: str) -> None:
    assert kind(text) is Kind.ASKS


@pytest.mark.parametrize(
    "text",
    [
        "Code du garage : 77A",
        "Le code du garage est ABC",
        "Meine Steuernummer ist 12/345",
        "Rappelle-moi d'appeler Paul",
        "Rendez-vous chez le coiffeur vendredi 15h",
        "Blumen gießen nicht vergessen",
        "전화번호: 010-1234",
        "Comprar leche y pan",
    ],
)
def test_what_gives_a_value_or_is_to_be_done_tells(text: str) -> None:
    assert kind(text) is not Kind.ASKS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Comment va Odile ?", "fr"),
        ("Quand part Odile ?", "fr"),
        ("Odile chante-t-elle ?", "fr"),
        ("Cuando llega Inés?", "es"),
        ("Onde mora Rui?", "pt"),
        ("Quanto costa Fido?", "it"),
        ("Dove abita Paolo?", "it"),
        ("Waar woont Joost?", "nl"),
        ("Wie heißt Frieda?", "de"),
        ("Was macht Frieda?", "de"),
        ("Gdzie mieszka Ewa?", "pl"),
        ("Was Frieda late?", "en"),
        ("Comment on the draft?", "en"),
    ],
)
def test_the_first_word_of_a_short_question_tells_its_language_beside_names(text: str, language: str) -> None:
    assert tongue(text) == language
