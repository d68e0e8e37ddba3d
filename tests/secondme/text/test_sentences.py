"""Sentences are cut where they end: not at abbreviations and numbers, but at list items, lines and headings."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secondme.text.sentences import sentences, support

ONE = [
    "My doctor is called Dr. Hanna Vollmer.",
    "Mr. and Mrs. Okafor live at St. Anne's Road in Mt. Vernon.",
    "We met Prof. Lindqvist, e.g. at the fair, i.e. in May.",
    "It costs approx. 40 euros vs. 60 before.",
    "The ticket is No. 5 on p. 12 of vol. 3, see fig. 2.",
    "Insurer: Aviva, policy no. HX-2291847, ref. AB12",
    "The author is J. R. R. Tolkien.",
    "George W. Bush and J.K. Rowling met J.-C. Martin.",
    "Pi is 3.14 and the file is called a.b.txt, version 2.0.1.",
    "It begins at 5 p.m. Monday in Washington D.C. next week.",
    "Gen. Lee and Capt. Ahab met Sen. Warren.",
    "Ich mag Obst, z. B. Birnen, d. h. auch Äpfel, u. a. Boskop.",
    "Er kommt am 3. Mai bzw. im 19. Jahrhundert.",
    "Frau Dr. Weber wohnt in der Nr. 7, ca. 5 km weit, vgl. Abs. 2.",
    "Das kostet 5 Mio. Euro usw. und so fort.",
    "Nous avons vu M. Dupont et Mme. Leroy, p. ex. hier.",
    "El Sr. García y la Sra. Ruiz viven en la pág. 4, p. ej. aquí.",
    "Vive en EE. UU. desde ayer.",
    '"Stop!" he said, "or I call Ms. Chen."',
    '"I know the way." she said.',
    "She asked (really?) and left.",
    "Well… maybe we should.",
    "I thought... perhaps not.",
    "Smith et al. (2019) say so.",
    "Is it Acme Inc. or Foo Ltd. that pays?",
    "「はい。」と言った。",
]


@pytest.mark.parametrize("text", ONE)
def test_a_sentence_is_not_cut_inside(text: str) -> None:
    assert [s.text for s in sentences(text)] == [text]


SEVERAL = [
    ["I live in York.", "My dentist is Dr. Webb.", "He is good."],
    ["He has a Ph.D. in physics.", "She works at Acme Inc.", "They met in Rome."],
    ["Did he come?", "No.", "I won't wait."],
    ["It was I.", "Then we left."],
    ["He turned 42.", "She turned 7.", "In 1999.", "All good."],
    ["What?!", "Really!!", "Yes..."],
    ["We take plan B.", "It is cheaper."],
    ["i moved to leeds.", "it's great!", "see you"],
    ["He lives on Main St.", "She lives nearby."],
    ["The train leaves at 5 p.m.", "Tom takes it."],
    ['She said "I am tired."', "Then she left."],
    ["It opened in 1932.[3]", "Nobody came.[4][5]"],
    ["Great!", "😊 See you."],
    ["We have eggs, milk, etc.", "The shop is shut."],
    ["Ich wohne in Ulm.", "Dr. Weber auch.", "Der Zug fährt um 8."],
    ["¿Dónde vives?", "¡Aquí!", "Bien."],
    ["Il est là.", "M. Petit aussi.", "Où est-il ?"],
    ["मैं दिल्ली में रहता हूँ।", "वह यहाँ है।"],
    ["أين تسكن؟", "أسكن هنا."],
]


@pytest.mark.parametrize("parts", SEVERAL)
def test_sentences_end_where_they_end(parts: list[str]) -> None:
    assert [s.text for s in sentences(" ".join(parts))] == parts


def test_full_stops_of_chinese_and_japanese_need_no_space() -> None:
    text = "我住在伦敦。你呢？好的！明天见"
    assert [s.text for s in sentences(text)] == ["我住在伦敦。", "你呢？", "好的！", "明天见"]


def test_a_line_of_a_chat_is_a_sentence_of_its_own() -> None:
    text = "Called the plumber\nhe comes on Tuesday\nBought bread"
    assert [s.text for s in sentences(text)] == text.split("\n")


def test_a_wrapped_line_goes_on_in_the_next() -> None:
    text = (
        "The boiler was serviced on the third of March by a man from the town whose\n"
        "name was Dr. Quentin\n\n"
        "We paid him ninety euros in cash and he promised to come back in spring. He\n"
        "forgot his gloves, which hang behind the door. They are far too large for any\n"
        "of us."
    )
    assert [" ".join(s.text.split()) for s in sentences(text)] == [
        "The boiler was serviced on the third of March by a man from the town whose name was Dr. Quentin",
        "We paid him ninety euros in cash and he promised to come back in spring.",
        "He forgot his gloves, which hang behind the door.",
        "They are far too large for any of us.",
    ]


def test_items_of_a_list_are_sentences_and_their_marks_are_no_words() -> None:
    text = "Shopping for Saturday:\n- eggs\n- rye bread\n  from the mill\n1. Call Mr. Ito\n2) Pay\n* [x] done\n> quoted"
    found = sentences(text)
    assert [s.words for s in found] == [
        "Shopping for Saturday:",
        "eggs",
        "rye bread from the mill",
        "Call Mr. Ito",
        "Pay",
        "done",
        "quoted",
    ]
    assert not any(s.heading for s in found)


def test_headings_are_sentences_flagged_as_such() -> None:
    text = (
        "# Flat No. 5\n\nHouse rules\n-----------\nNo shoes indoors.\n\n**Costs**\nRent is 640.\n\n"
        "Heating and water\n\nThe boiler is serviced each autumn, at our own cost."
    )
    assert [s.words for s in sentences(text) if s.heading] == [
        "Flat No. 5",
        "House rules",
        "**Costs**",
        "Heating and water",
    ]
    assert [s.text for s in sentences(text) if not s.heading] == [
        "No shoes indoors.",
        "Rent is 640.",
        "The boiler is serviced each autumn, at our own cost.",
    ]


def test_a_short_statement_above_a_paragraph_is_no_heading() -> None:
    text = "I bought a house\n\nIt stands by the river and has four rooms and a garden."
    assert not any(s.heading for s in sentences(text))


def test_rows_of_a_table_are_sentences() -> None:
    text = "| name | rent |\n| --- | --- |\n| Ulla | 500 |"
    assert [s.text for s in sentences(text)] == ["| name | rent |", "| Ulla | 500 |"]


@given(st.text(alphabet="aB1 .!?…\n*-`\"')[]。」۔#|>:,éM", max_size=200))
@example("\n")
def test_sentences_keep_their_offsets_and_lose_no_word(text: str) -> None:
    position = 0
    left = ""
    for found in sentences(text):
        assert found.text == text[found.start : found.end] == found.text.strip()
        assert found.start >= position
        left += text[position : found.start]
        position = found.end
    assert not any(character.isalnum() for character in left + text[position:])


@pytest.mark.parametrize(
    "parts",
    [
        ["他说：“走吧。”", "我走了。"],
        ["“走吧。”他说。", "我走了。"],
        ["彼は「はい。」と言った。", "帰った。"],
        ["她问：“好吗？”", "我点头。"],
        ["真的!", "好吗?", "价格是3.5元。"],
        ["ཁྱེད་རང།", "ང་ཡིན།"],
        ["Բարեւ։", "Ինչպե՞ս ես։"],
        ["የት ነህ፧", "እዚህ ነኝ።"],
    ],
    ids=lambda parts: parts[0],
)
def test_sentences_of_scripts_without_spaces_end_behind_what_is_said_in_them(parts: list[str]) -> None:
    assert [s.text for s in sentences("".join(parts))] == parts


def test_a_greek_question_ends_with_a_semicolon() -> None:
    assert [s.text for s in sentences("Ο Νίκος ήρθε; Ναι.")] == ["Ο Νίκος ήρθε;", "Ναι."]
    assert [s.text for s in sentences("He came; she left.")] == ["He came; she left."]


@pytest.mark.parametrize("digits", ["٣", "３", "३", "۳"])
def test_a_number_supports_itself_in_the_digits_of_any_script(digits: str) -> None:
    assert support("He bought 3 apples.", f"He bought {digits} apples.") == 1.0
    assert support("He bought 4 apples.", f"He bought {digits} apples.") == 0.0
