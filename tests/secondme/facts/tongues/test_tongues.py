"""Facts in other languages than English: what is said is read, and what only looks like it is not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from secondme.chat.acknowledgements import acknowledgement
from secondme.chat.fact_answers import FactQuestions
from secondme.facts.patterns import statements
from secondme.facts.statement import Statement
from tests.secondme.facts.test_intervals import learn, tell
from tests.secondme.facts.tongues.sentences import SAID
from tests.worlds.life import START, Said
from tests.worlds.night_world import world

NOW = START + timedelta(days=100)


def read(text: str) -> str:
    """What a text states: "subject relation object", what is over with a minus before its object."""
    found = [each for each in statements(text) if isinstance(each, Statement)]
    return "; ".join(f"{each.subject} {each.relation} {'-' if each.ends else ''}{each.object}" for each in found)


@pytest.mark.parametrize(("text", "stated"), SAID, ids=[text for text, _ in SAID])
def test_a_sentence_states_what_it_says_and_no_more(text: str, stated: str) -> None:
    assert read(text) == stated


@pytest.mark.parametrize(
    ("told", "question", "answer"),
    [
        (("Ich wohne in Jena.", "Ich bin nach Köln gezogen."), "Wo wohne ich?", "Du wohnst in Köln."),
        (("Ich wohne in Jena.", "Ich bin nach Köln gezogen."), "wo habe ich vorher gewohnt",
         "Du hast in Jena gewohnt."),
        (("Ich wohne in Jena.", "Ich bin nach Köln gezogen."), "Where do I live?", "You live in Köln."),
        (("Ich arbeite bei Telcora.",), "Wo arbeite ich?", "Du arbeitest bei Telcora."),
        (("Meine Frau heißt Jana.",), "Wie heißt meine Frau?", "Deine Frau heißt Jana."),
        (("Ich bin allergisch gegen Haselnüsse.",), "Wogegen bin ich allergisch?",
         "Du bist allergisch gegen Haselnüsse."),
        (("Ich habe am 3. Mai Geburtstag.",), "Wann habe ich Geburtstag?", "Du hast am 3. Mai Geburtstag."),
        (("Meine Schwester wohnt in Kiel.",), "Wo wohnt meine Schwester?", "Deine Schwester wohnt in Kiel."),
        (("Ich mag Rhabarberkuchen.",), "Was mag ich?", "Du magst Rhabarberkuchen."),
        (("Vivo en Vigo.", "Me mudé a Lima."), "¿Dónde vivo?", "Vives en Lima."),
        (("Vivo en Vigo.", "Me mudé a Lima."), "¿Dónde vivía antes?", "Vivías en Vigo."),
        (("Trabajo en Telcora.",), "¿Dónde trabajo?", "Trabajas en Telcora."),
        (("Mi marido se llama Pablo.",), "¿Cómo se llama mi marido?", "Tu marido: Pablo."),
        (("Mi cumpleaños es el 3 de mayo.",), "¿Cuándo es mi cumpleaños?", "Tu cumpleaños es el 3 de mayo."),
        (("J’habite à Metz.", "J’ai déménagé à Lyon."), "Où est-ce que j’habite ?", "Tu habites à Lyon."),
        (("J'habite à Metz.", "J'ai déménagé à Lyon."), "où est-ce que j'habitais avant", "Tu habitais à Metz."),
        (("Je suis allergique aux noix.",), "À quoi suis-je allergique ?", "Tu es allergique : noix."),
        (("Ma sœur habite à Nantes.",), "Où habite ma sœur ?", "Ta sœur habite à Nantes."),
        (("我住在北京。", "我搬到了成都。"), "我住在哪里？", "你住在成都。"),
        (("我住在北京。", "我搬到了成都。"), "我以前住在哪里", "你以前住在北京。"),
        (("我在远山科技工作。",), "我在哪里工作？", "你在远山科技工作。"),
        (("我女儿叫小雨。",), "我女儿叫什么名字？", "你女儿是小雨。"),
        (("我的生日是5月3日。",), "我的生日是什么时候？", "你的生日是5月3日。"),
        (("我姐姐住在南京。",), "我姐姐住在哪里？", "你姐姐住在南京。"),
    ],
)  # fmt: skip
def test_a_question_is_answered_in_its_language(
    tmp_path: Path, told: tuple[str, ...], question: str, answer: str
) -> None:
    with world(tmp_path) as here:
        tell(here, [Said(day, "me", text) for day, text in enumerate(told)])
        learn(here)
        found = FactQuestions(here.store, lambda: ["Mira"]).answer(question, NOW)
        assert found is not None
        assert found.text == answer


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("Ich wohne in Jena.", "Notiert: Du wohnst in Jena."),
        ("Unsere Kinder heißen Lea und Emil.", "Notiert: Dein Kind: Lea und Emil."),
        ("Ich wohne nicht mehr in Jena.", "Notiert."),
        ("Trabajo en Telcora.", "Anotado: Trabajas en Telcora."),
        ("J’aime le thé vert.", "C’est noté : Tu aimes : thé vert."),
        ("我喜欢绿茶。", "记下了：你喜欢绿茶。"),
    ],
)
def test_what_is_told_is_acknowledged_in_its_language(message: str, reply: str) -> None:
    assert acknowledgement(message, "Mira") == reply


def test_an_english_text_states_the_same_with_and_without_other_languages() -> None:
    text = "I live in Cork. I work at Tesco. My wife is called Ana. I love sardines. Mia and me went to Rome."
    assert read(text) == "me lives_in Cork; me works_at Tesco; me spouse Ana; me likes sardines"
