"""What kind of message it is: telling, asking, ordering, small talk, or several at once."""

from __future__ import annotations

import pytest

from secondme.chat.kinds.message_kind import Kind, _says_plainly, asks, is_question, kind, states, tells
from secondme.chat.kinds.order_words import about_assistant, order


@pytest.mark.parametrize(
    "text",
    [
        "Where do I live?",
        "so which village did she move to",
        "does callum still work for me today",
        "is anna ever late",
        "run me the Wednesday stops",
        "whats the rent now",
        "and how long on the hob",
        "by when",
        "by when do I have to hand it in",
        "who lent me the ladder lol",
        "do i still owe her anything",
        "is the shed locked",
        "Does Marta know",
        "tell me about the boiler",
        "Summarise the minutes of May.",
        "membership number please",
        "What principle explains the tides",
        "which team won the cup",
        "whose dog bit Tom",
        "the date of the jam is what i need",
        "need to know when the jam starts",
        "Which bank charges least",
        "Wo wohne ich?",
        "冰箱在哪里？",
    ],
)
def test_a_question_needs_no_question_mark(text: str) -> None:
    assert asks(text) and is_question(text) and not tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "I live in Lisbon.",
        "When I was a child we lived by the sea.",
        "what a week that was",
        "what luck",
        "what fun we had",
        "Which reminds me, Tom called.",
        "Which explains why he left.",
        "what matters is that he came",
        "what i need is a holiday",
        "What bothers me is the noise.",
        "Where I live it rains a lot.",
        "had the boiler serviced, 95 euro",
        "oh and my flatmate teaches music",
        "plot twist, I like beetroot now. had it in a soup",
        "no wait, thursday. same time",
        "Remember that my locker number is 88.",
        "remind me to water the ferns",
        "rang the bank",
        "picked up the parcel",
        "passed my theory",
        "handed in the thesis at last",
        "all done with the tax return",
        "back from Spain",
    ],
)
def test_what_tells_is_no_question(text: str) -> None:
    assert tells(text) and not asks(text)


@pytest.mark.parametrize(
    "text", ["moved to where", "sorted the boiler or not", "borrowed from Tom", "used car price", "booked trips"]
)
def test_what_looks_for_something_is_not_plainly_told(text: str) -> None:
    assert not _says_plainly(text)


def test_a_long_message_with_a_question_at_its_end_tells_and_asks() -> None:
    text = "We moved the party to Friday and Ben brings the cake. Who brings the chairs?"
    assert asks(text) and not is_question(text) and not tells(text)


@pytest.mark.parametrize(
    ("text", "deed", "of"),
    [
        ("Forget my phone number.", "forget", "my phone number."),
        ("please delete the note about the safe", "forget", "the note about the safe"),
        ("could you forget that I told you about Ravi", "forget", "that I told you about Ravi"),
        ("get rid of everything I said about the loan", "forget", "everything I said about the loan"),
        ("scratch that", "forget", ""),
        ("Erase the message with the code", "erase", "the message with the code"),
        ("Stop watching my downloads", "stop watching", "my downloads"),
        ("don't remember this: the code is 1234", "keep nothing", "this: the code is 1234"),
        ("Remember that my locker number is 88.", "remember", "my locker number is 88."),
        ("note to self, the loan came to 900", "remember", "the loan came to 900"),
        ("don't forget that Ravi is vegan", "remember", "Ravi is vegan"),
        ("remind me to water the ferns", "remind", "to water the ferns"),
        ("don't let me forget to call Ottilie", "remind", "call Ottilie"),
        ("I always forget my keys.", "", ""),
        ("forget about it", "", ""),
        ("remove the old paint first", "", ""),
        ("drop the kids off at eight", "", ""),
        ("remind me where the key is", "", ""),
        ("Remind me of the date?", "", ""),
        ("remind me of my pin", "", ""),
        ("remind me of the dentist on Monday", "remind", "of the dentist on Monday"),
        ("Remember when we went to Rome?", "", ""),
    ],
)
def test_an_order_says_what_is_to_be_done_with_what(text: str, deed: str, of: str) -> None:
    found = order(text)
    assert (found.deed, found.of) == (deed, of)
    assert not deed or kind(text) is Kind.ORDERS
    assert states(text) == (deed in ("remember", "remind") or (not deed and kind(text) in (Kind.TELLS, Kind.UNSURE)))


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "thanks a lot!",
        "ok",
        "cheers, you're the best",
        "that's very kind of you",
        "good night, sleep well",
        "bye, talk later",
        "What a glorious morning!",
        "Miserable weather today, isn't it?",
        "how are you?",
        "lol 😂",
        "🎉🎉",
        "Vielen Dank!",
        "merci beaucoup",
        "buenas noches",
        "谢谢啦",
        "晚安",
        "спасибо",
    ],
)
def test_small_talk_tells_nothing_and_asks_nothing(text: str) -> None:
    assert kind(text) is Kind.SMALL_TALK and not tells(text) and not states(text)


@pytest.mark.parametrize(
    "text",
    ["It was a lovely day in Rome.", "I had a lovely evening with Ravi", "thanks to Ravi the fence is done", "Rex"],
)
def test_what_somebody_did_is_more_than_small_talk(text: str) -> None:
    assert kind(text) is Kind.TELLS


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("who are you?", "who"),
        ("Are you a robot or a person?", "who"),
        ("what can you do", "ability"),
        ("do you remember me?", "acquaintance"),
        ("where is my data kept?", "place"),
        ("where do you store all this?", "place"),
        ("are you sending this to anyone", "privacy"),
        ("can anyone else read my notes?", "privacy"),
        ("Is this private?", "privacy"),
        ("how old are you?", "program"),
        ("Wer bist du?", "who"),
        ("你是谁？", "who"),
        ("where are my notes on the boiler?", ""),
        ("who is Ravi?", ""),
        ("can you tell me where the key is", ""),
        ("do you know when Ravi comes", ""),
    ],
)
def test_questions_about_the_assistant_are_told_from_others(text: str, about: str) -> None:
    assert about_assistant(text) == about
    assert (kind(text) is Kind.ABOUT_ASSISTANT) == bool(about)


@pytest.mark.parametrize(
    "text",
    [
        "wann habe ich Geburtstag",
        "wo wohnt meine Schwester",
        "où est ma clé",
        "dónde vive mi hermano",
        "quem é o meu chefe",
        "dove abito",
        "waar woon ik nu",
        "gdzie mieszkam",
        "где мой ключ",
        "есть ли у меня собака",
        "我的猫叫什么来着",
        "那之前呢",
        "どこに住んでいますか",
        "제 열쇠는 어디 있어요",
        "أين أسكن",
        "nerede oturuyorum",
    ],
)
def test_a_question_in_another_language_needs_no_question_mark(text: str) -> None:
    assert kind(text) is Kind.ASKS


@pytest.mark.parametrize(
    "text",
    [
        "Ich wohne in Kiel.",
        "J'habite à Nantes",
        "Vivo en Cádiz con mi hermano",
        "Abito a Torino",
        "Mieszkam w Gdyni",
        "Мой кот спит",
        "我住在成都",
        "私は京都に住んでいます",
    ],
)
def test_what_is_told_in_another_language_is_no_question(text: str) -> None:
    assert kind(text) is Kind.TELLS


@pytest.mark.parametrize("word", ["Solveig", "Hochwasserschutzgesetz", "Наташа", "Köln-Deutz", "冰箱"])
def test_a_word_by_itself_is_looked_for(word: str) -> None:
    assert kind(word) is Kind.ASKS


@pytest.mark.parametrize(
    "question",
    [
        "Milloin hammaslääkäri on", "Kuka kastelee kukat", "Onko minulla huomenna hammaslääkäri", "Paljonko vuokra on",
        "Millal hambaarst on", "Kus mu võtmed on", "Kas mul on homme hambaarst", "Mis on naabri koera nimi",
        "Ki locsolja a virágokat", "Mi a szomszéd kutyájának a neve", "Mennyi a lakbér", "Kinek adtam kölcsön a fúrót",
        "Dişçi ne zaman", "Çiçekleri kim suluyor", "Kira ne kadar", "Yarın dişçim var mı", "Pasaportu nereye koydum",
        "Kur ir manas atslēgas", "Kada je zubar", "Kedy je zubár", "Kje so moji ključi", "Hvar eru lyklarnir mínir",
    ],
)  # fmt: skip
def test_a_question_asks_without_a_mark_in_languages_of_few_common_words(question: str) -> None:
    assert kind(question) is Kind.ASKS


@pytest.mark.parametrize(
    "told",
    [
        "Avaimeni ovat keittiössä", "Naapuri kastelee kukat", "Mu võtmed on köögis", "A kulcsaim a konyhában vannak",
        "Çiçekleri komşu suluyor", "Ne güzel bir gün", "Mis llaves están en la cocina", "Mi perro duerme mucho",
        "Mit dem Rad nach Jena gefahren", "Kur in Bad Ems gemacht", "Hol das Rad nicht ab", "Kim is here today",
        "Kus und Gruß von Oma",
    ],
)  # fmt: skip
def test_what_begins_like_a_question_of_another_language_tells(told: str) -> None:
    assert states(told) and kind(told) in (Kind.TELLS, Kind.UNSURE)
