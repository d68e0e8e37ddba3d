"""A bare correction completes what was told just before it."""

from __future__ import annotations

import pytest

from secondme.facts.corrections import correction_from_afar, correction_of
from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World


@pytest.mark.parametrize(
    ("told", "message", "statement"),
    [
        ("the vet is on monday at 4", "no wait, tuesday. same time", "the vet is on tuesday at 4"),
        (
            "I hand in essay two by the 3rd of may",
            "sorry, the 5th!! I mix that up",
            "I hand in essay two by the 5th of may",
        ),
        ("The parcel weighs 3.1 kilos.", "Oh dear, misread the scale. 3.7.", "The parcel weighs 3.7 kilos."),
        ("she needs it before easter", "well. christmas. she said that is fine", "she needs it before christmas"),
        ("I charge 30 an hour", "actually it's 35", "I charge 35 an hour"),
        ("The talk is on Monday", "I meant Tuesday, not Monday", "The talk is on Tuesday"),
        ("My sister works as a vet", "vet nurse, actually", "My sister works as a vet nurse"),
        ("My tutor is Dr Weber", "sorry, Dr Huber", "My tutor is Dr Huber"),
        ("We fly at 9:40", "oops, 10:40", "We fly at 10:40"),
        ("The key is under the mat", "not the mat, the flowerpot", "The key is under the flowerpot"),
        ("I have two cats", "three, sorry", "I have three cats"),
        (
            "The check is set, october 29 at 8, the yard",
            "wrong line on the paper, it's the 30th",
            "The check is set, october 30th at 8, the yard",
        ),
        ("Ned helps on Thursdays now.", "Tuesdays, I should say. Thursdays is hockey.", "Ned helps on Tuesdays now."),
        (
            "Two guests come. I fly out on 28 November",
            "They have dropped the 28th. We are on the 1st of December now.",
            "Two guests come. I fly out on the 1st of December",
        ),
        (
            "The tuner is coming at eleven.",
            "Half past eleven, I do beg your pardon.",
            "The tuner is coming at Half past eleven.",
        ),
        ("Kassenprüfung am 20. November, 18 Uhr", "Schmarrn, 19 Uhr", "Kassenprüfung am 20. November, 19 Uhr"),
        ("left it by the north gate of the station", "south gate, duh", "left it by the south gate of the station"),
        ("My blood type is A negative", "O negative, I mean.", "My blood type is O negative"),
        ("Seat is coach D, 51", "coach C*", "Seat is coach C, 51"),
        ("the plumber quoted 1,150", "1250 *facepalm*", "the plumber quoted 1250"),
        ("Ada has 4.3 kilos, Ivo 4.9 kilos.", "swap those", "Ada has 4.9 kilos, Ivo 4.3 kilos."),
        (
            "locker key is with Femi and van key is with Ruth",
            "other way round",
            "locker key is with Ruth and van key is with Femi",
        ),
        ("We have 22 kids for the course.", "one more than i said", "We have 23 kids for the course."),
        ("quiz on friday at the Anchor", "scrap that its saturday", "quiz on saturday at the Anchor"),
        (
            "The plumber comes Monday at nine",
            "He rang. It'll be Wednesday. Nine still.",
            "The plumber comes Wednesday at nine",
        ),
        (
            "Choir is on Tuesdays",
            "The conductor wrote: it's the Thursday after all.",
            "Choir is on Thursday",
        ),
        (
            "The inspection takes place on the 7th of March, bring the forms",
            "The office writes that the 7th is no longer possible because the inspector is away. New date: 12 March.",
            "The inspection takes place on 12 March, bring the forms",
        ),
        (
            "The cat gets 3 drops at night",
            "I asked again. It is 5 drops; three was my mistake",
            "The cat gets 5 drops at night",
        ),
        (
            "Der Maler kommt am Mittwoch um zehn",
            "Er hat angerufen. Er kommt am Donnerstag.",
            "Der Maler kommt am Donnerstag um zehn",
        ),
        ("Le plombier passe mardi à 9 h", "Il a appelé : il vient jeudi.", "Le plombier passe jeudi à 9 h"),
        ("La cita es el 3 de mayo", "Me han cambiado la cita: el 5 de mayo", "La cita es el 5 de mayo"),
        ("Zahnarzt am Dienstag um 15 Uhr", "ach ne, Mittwoch. Uhrzeit bleibt", "Zahnarzt am Mittwoch um 15 Uhr"),
        ("快递周二送到", "看错了，周四才来，时间不变", "快递周四送到"),
        ("周五晚上聚餐", "说错了，是周六", "周六晚上聚餐"),
        ("周五晚上聚餐", "不是周五，是周六", "周六晚上聚餐"),
        (
            "Ich habe am Montag einen Termin beim Friseur.",
            "Nein, am Dienstag.",
            "Ich habe am Dienstag einen Termin beim Friseur.",
        ),
        ("Die Prüfung ist am 3. Mai um zehn", "ach nee, am 4., nicht am 3.", "Die Prüfung ist am 4. Mai um zehn"),
        ("Wir fliegen um 9:40", "nicht um 9:40, sondern um 10:40", "Wir fliegen um 10:40"),
        ("Le dentiste est lundi à 10 h", "non, mardi", "Le dentiste est mardi à 10 h"),
        ("On se voit le 3 mai", "pas le 3 mais le 5 mai", "On se voit le 5 mai"),
        ("La cita es el lunes a las diez", "no, el martes", "La cita es el martes a las diez"),
        ("El examen es el 6 de octubre", "no es el 6 sino el 8", "El examen es el 8 de octubre"),
        ("Twins! 2.9 kilos the first", "Had no glasses on. Her message says 2.6", "Twins! 2.6 kilos the first"),
        ("Parking costs 4 euros an hour", "the sign says 5 euros", "Parking costs 5 euros an hour"),
        ("the ferry goes at 4.05 from dock 2", "sorry, typo, 4.50 not 4.05", "the ferry goes at 4.50 from dock 2"),
        ("pilates is at 9 on mondays", "i said 9 but its half 9", "pilates is at half 9 on mondays"),
        ("dave did the fence for 300", "no sorry it was tom who did the fence not dave", "tom did the fence for 300"),
        ("swapping saturday with kit", "no i meant friday i swapped with kit not saturday", "swapping friday with kit"),
        (
            "The wool is 300 yards, from Ann",
            "Actually it's 250 yards from Ann, not 300",
            "The wool is 250 yards, from Ann",
        ),
        ("taking 6 rams to the sale", "scrap that about 6 rams, taking 4", "taking 4 rams to the sale"),
        ("会議は月曜日です", "いや、火曜日", "会議は火曜日です"),
        ("健診は10月6日の午後三時", "あ、違った。6日じゃなくて8日です", "健診は10月8日の午後三時"),
    ],
)
def test_the_right_value_takes_the_place_of_its_like(told: str, message: str, statement: str) -> None:
    correction = correction_of(message, told)
    assert correction is not None and correction.statement == statement


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("I charge 30 an hour", "I live in Rome now"),
        ("Monday. Sun all day.", "Tuesday. Rain again."),
        ("Practice is on Tuesday", "And the drama club. Thursday too."),
        ("I owe Sam 40", "I paid him back 20."),
        ("Dinner with Bert and Leo", "Anna rang. Paul."),
        ("My tutor is Dr Weber", "She is nice"),
        ("We have a new hen. She is called Pip.", "Nora, my neighbour, wants us in her choir. Not me."),
        ("Tengo una tortuga. Se llama Lola", "Inés, la vecina, quiere que cantemos en su coro. Yo no."),
        ("The party is in June", "we bought a car"),
        ("Ravi turned 40", "no"),
        ("I moved to Oslo", "no, I am happy there"),
        ("I paid 20 for it", "sorry for the late reply"),
        ("The talk is on Monday", "is it on Tuesday?"),
        ("Leo begins at the mill on 5 October.", "Insurance for the van renewed with Elm Mutual, £486."),
        ("I run a two-bay garage outside Ames.", "Mrs Orr's Buick needs a gasket, quoted her $1,850."),
        ("They bring a dog, a small one.", "I bought 40 kilo of walnuts, 3,80 the kilo."),
        ("I drink 3 coffees a day", "No milk left, 2 pints."),
        ("The boat goes at 8.15.", "Sorry I'm late, 9.30."),
        ("Tickets for the play are £28", "Booked the sitter, £40."),
        ("the dog has eaten 3 socks", "no not the dog, the cat is ill"),
        ("The talk is on Monday", "not on Tuesday"),
        ("I have 2 cats", "well, 10 people came"),
        ("The lamp costs 30 euros", "the label says 60 watts"),
        ("The train leaves at 8", "His text says he is late"),
        ("buy milk", "buy eggs"),
        ("buy bread", "buy milk, buy eggs"),
        ("The blue paint is drying", "red paint"),
        ("I have 2 cats and 3 hens", "one more than i said"),
        ("Ich wohne in Köln", "Nein, ich bin zufrieden hier"),
        ("El coche cuesta 900", "no tengo 3 hijos"),
        ("Elle a deux chats", "je suis contente"),
        ("会議は月曜日です", "いいえ、日本に住んでいます"),
    ],
)
def test_what_says_something_of_its_own_corrects_nothing(told: str, message: str) -> None:
    assert correction_of(message, told) is None


def test_a_question_may_stand_between_what_was_told_and_its_correction(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "The vet is on the 9th of December at 4.").chat_id
    ask(conversation, "Where is the vet?", chat)
    ask(conversation, "When is the vet?", chat)
    noted = ask(conversation, "sorry, the 10th of December", chat)
    assert "10th of December" in noted.text and "9th of December" in noted.text
    assert "10th of December" in ask(conversation, "What is on with the vet?", chat).text


def test_a_correction_in_another_chat_stands_in_what_answers(world: World) -> None:
    conversation = talk(world)
    ask(conversation, "The doctor gave me new eye drops, 6 ml in the evening.")
    world.clock.turn(1)
    ask(conversation, "Correction to the drops: the chemist says 12 ml it is, not 6.")
    world.clock.turn(1)
    assert "12 ml in the evening" in ask(conversation, "How many ml of eye drops in the evening?").text


def test_a_day_that_a_follow_up_asks_of_corrects_nothing(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "Last week on Tuesday I sang at the mill, Sunday home at the harbour.").chat_id
    ask(conversation, "Where did I sing on Tuesday?", chat)
    answer = ask(conversation, "and on the Sunday", chat)
    assert not answer.text.startswith("Noted")
    assert "on Tuesday I sang" in answer.text


@pytest.mark.parametrize(
    ("told", "message", "statement"),
    [
        (
            "They put me on ramipril now. 5 milligrams, mornings.",
            "The packet says 2 milligrams. Rang them, 2 it is, I noted the 5 wrong.",
            "They put me on ramipril now. 2 milligrams, mornings.",
        ),
        ("My locker is number 117.", "I told you wrong about my locker, it's 171", "My locker is number 171."),
        (
            "The ferry to Bodø leaves at 8:12.",
            "Looked again at the ferry ticket: 8:42, not 8:12.",
            "The ferry to Bodø leaves at 8:42.",
        ),
        (
            "I promised Nils to bring his saw before Easter",
            "Nils says the saw can wait until Advent, not Easter.",
            "I promised Nils to bring his saw before Advent",
        ),
        ("My locker is number 117.", "I had the gate code wrong, it is 8", None),
        ("Choir with Ida is on Monday", "Ida comes on Tuesday, not Monday", None),
        ("The lamp has 30 watts", "I mixed it up, the lamp was 40 euros", None),
    ],
)
def test_days_later_a_correction_names_what_it_is_about(told: str, message: str, statement: str | None) -> None:
    correction = correction_from_afar(message, told)
    assert (correction.statement if correction else None) == statement


def test_what_was_corrected_is_answered_and_listed_as_it_is_now(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "Ida's exam is on the 2nd of February, organic chemistry").chat_id
    ask(conversation, "no wait, the 12th", chat)
    assert ask(conversation, "when is Ida's exam?").said == "12 February 2026"
    listed = ask(conversation, "what do I have on in February?").text
    assert "12th of February" in listed and "2nd of February" not in listed.replace("12th", "")


def test_a_word_that_only_goes_on_corrects_nothing() -> None:
    assert correction_of("actually the vet called", "My sister works as a vet") is None
    assert correction_of("no, it was lovely", "It was a long day") is None
