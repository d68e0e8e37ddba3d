"""A follow-up is written out as a full question; a full question stays as it was written."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from secondme.chat.follow_ups.rewriting import asks_anew, full_question

Before = Sequence[tuple[str, str]]


def told(*turns: str | tuple[str, str]) -> Before:
    """Turns of a chat, with the statement of the answer where one is given."""
    return [(turn, "") if isinstance(turn, str) else turn for turn in turns]


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        (told("Where did I meet Ravi?"), "And Ottilie?", "Where did I meet Ottilie?"),
        (told("When is Ravi's wedding?"), "And Ottilie's?", "When is Ottilie’s wedding?"),
        (told("when is my checkup?"), "and my sister's?", "when is my sister’s checkup?"),
        (told("What is Ravi's phone number?"), "And mine?", "What is my phone number?"),
        (told("where does Ravi work"), "and my brother?", "where does my brother work?"),
        (told("Where do I live?"), "And Ottilie?", "Where does Ottilie live?"),
        (told("Where does Ottilie live?"), "and me?", "where do I live?"),
        (told("Where do my parents live?"), "And Ravi?", "Where does Ravi live?"),
        (told("how old is Ravi"), "and my aunt", "how old is my aunt?"),
        (told("how old is Ravi"), "what about ottilie", "how old is ottilie?"),
        (told("how old's my aunt?"), "and Ravi?", "how old is Ravi?"),
        (told("Does Ravi eat fish?"), "And Ottilie?", "Does Ottilie eat fish?"),
    ],
)
def test_another_person_takes_the_place_of_the_person_before(before: Before, message: str, full: str) -> None:
    assert full_question(message, before).casefold() == full.casefold()


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        (
            told("How much is a haircut at Bruno's?"),
            "What about a shave?",
            "How much is a shave at Bruno's?",
        ),
        (told("do we sail in May?"), "what age does Ravi have", "what age does Ravi have"),
        (told("who repaired the gutter?"), "and the oven?", "who repaired the oven?"),
        (told("do I like olives?"), "and anchovies?", "do I like anchovies?"),
        (told("When does the pool open?"), "How about the sauna?", "When does the sauna open?"),
        (told("what is the wifi password?"), "and the door code?", "what is the door code?"),
        (told("When is Ottilie's party?"), "And her address?", "what is Ottilie’s address?"),
        (told("why did i give up sugar?"), "and the gym?", "why did i give up the gym?"),
        (told("why did i stop sugar?"), "and salt?", "why did i stop salt?"),
        (told("where did i meet ravi"), "and ottilie?", "where did i meet ottilie?"),
        (told("how do i get home?"), "and omar?", "how does omar get home?"),
    ],
)
def test_another_thing_takes_the_place_of_the_thing_before(before: Before, message: str, full: str) -> None:
    assert full_question(message, before).casefold() == full.casefold()


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        (told("what is my rent now"), "and in march it was?", "what was my rent in march?"),
        (told("Where was I last Tuesday?"), "And that Friday?", "Where was I that Friday?"),
        (told("which town do I live in now?"), "and where was I before that?", "which town did I live in before that?"),
        (told("Who did I meet in Oslo?"), "And in Turin?", "Who did I meet in Turin?"),
        (told("What do I earn?"), "and before that?", "what did I earn before that?"),
        (told("what did I do yesterday?"), "And on Monday?", "What did I do on Monday?"),
    ],
)
def test_another_time_or_place_takes_the_place_of_the_one_before(before: Before, message: str, full: str) -> None:
    assert full_question(message, before).casefold() == full.casefold()


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        (told("where do I work"), "as what?", "as what do I work?"),
        (told("Which street does Ravi live in?"), "since when?", "since when does Ravi live in that street?"),
        (told("How much tax does Ravi owe?"), "By when?", "By when does Ravi owe tax?"),
        (told("Where is the concert?"), "what time?", "what time is the concert?"),
        (told("Where did I meet Ravi?"), "When was that?", "When did I meet Ravi?"),
        (told("Where did I meet Ravi?"), "And why?", "Why did I meet Ravi?"),
        (told("Did I book the ferry?"), "who with?", "who did I book the ferry with?"),
        (told("what do I like?"), "what else?", "what else do I like?"),
        (told("what do I like?"), "and what not?", "what do I not like?"),
        (told("Who planted the pear tree?"), "When?", "When was it that somebody planted the pear tree?"),
    ],
)
def test_question_words_alone_ask_for_something_else_of_what_was_asked(before: Before, message: str, full: str) -> None:
    assert full_question(message, before).casefold() == full.casefold()


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        (told("How old is Ravi?"), "Where was he born?", "Where was Ravi born?"),
        (told("where does my mother live"), "what was her first job?", "what was my mother’s first job?"),
        (told("Where is my passport?"), "When does it expire?", "When does my passport expire?"),
        (told("when is paper two due?"), "who do I send it to?", "who do I send paper two to?"),
        (told("How old are the twins?"), "what do they like?", "what do the twins like?"),
        (told("rang Skybell, the engineer comes on the 22nd"), "what do they charge?", "what do Skybell charge?"),
        (
            told("rang Skybell, the man comes on the 22nd"),
            "when are they doing the oven?",
            "when are they doing the oven?",
        ),
        (told(("who runs the bakery?", "Ottilie runs it")), "how old is she?", "how old is Ottilie?"),
        (told("My nephew Ravi came", "where does Ottilie live?"), "and what is his job?", "and what is Ravi’s job?"),
        (told("my boss Ravi, he sings", "Ottilie said her car broke"), "where does he live?", "where does Ravi live?"),
        (told("When did I sell the boat?"), "Who bought it from me?", "Who bought the boat from me?"),
        (told("do we have a boat?"), "how old is it?", "how old is the boat?"),
        (told("does my aunt have kids?"), "what are they called?", "what are my aunt’s kids called?"),
        (
            told(("who's the water with?", "the water is with Nordflamme, 40 a month")),
            "how much do we pay them?",
            "how much do we pay Nordflamme?",
        ),
        (told(("who is Ada's teacher?", "Ada's teacher is Ms Holm")), "what's her number?", "what's Ms Holm’s number?"),
        (told("I had an interview with a woman called Ada"), "who was it with?", "who was the interview with?"),
    ],
)
def test_a_pronoun_stands_for_whom_or_what_the_chat_spoke_of(before: Before, message: str, full: str) -> None:
    assert full_question(message, before).casefold() == full.casefold()


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        (told("Where did I meet Ravi?", "What is Ottilie's flat like?"), "And his?", "What is Ravi’s flat like?"),
        (told("Am I still the secretary?"), "Who is it then?", "Who is the secretary then?"),
        (told("which Tom plays chess?"), "and the other one, what does he play?", "what does the other Tom play?"),
        (told("who is my boss?"), "and Ravi, what's he?", "what is Ravi?"),
        (told("do we have a cat?"), "whose is she then, Minka", "whose is Minka?"),
        (told("MUM HAS A JOB!!! she starts in may"), "and where does she live?", "and where does my mum live?"),
        (told("Ottilie turned 80 on Tuesday"), "which day?", "which day was it that Ottilie turned 80 on Tuesday?"),
        (told("where does Ravi live"), "and ottilie?", "where does ottilie live?"),
    ],
)
def test_who_is_meant_is_told_from_contrast_and_from_names_beside(before: Before, message: str, full: str) -> None:
    assert full_question(message, before) == full


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        (told("我现在住哪儿？"), "那以前呢？", "我以前住哪儿？"),
        (told("建国是做什么的？"), "他在哪个城市？", "建国在哪个城市？"),
        (told("建国住在哪里？"), "美玲呢？", "美玲住在哪里？"),
        (told("Wo wohne ich?"), "Und seit wann?", "seit wann wohne ich?"),
        (told("où habite mon frère ?"), "depuis quand ?", "depuis quand habite mon frère ?"),
    ],
)
def test_follow_ups_in_other_languages(before: Before, message: str, full: str) -> None:
    assert full_question(message, before) == full


def test_the_question_at_the_end_of_a_long_message_is_asked_with_its_pronouns_from_the_message() -> None:
    message = (
        "the plumber came two hours late, then the tap broke and the bucket leaked all over the hall,"
        " and now they want my policy number for the form, what is it?"
    )
    assert full_question(message, told("Where does Ravi live?")) == "what is my policy number?"
    assert full_question("We moved the party. Who brings the chairs?", ()) == "Who brings the chairs?"


@pytest.mark.parametrize(
    ("message", "full"),
    [
        (
            "The queue went round the block and a child sang all the while. Now she wants the code of the gate."
            " So what is it again?",
            "So what is the code of the gate again?",
        ),
        (
            "The tram broke down, then it rained, and the man at the pool wants a number or he shuts the gate."
            " What locker is it??",
            "What locker is it??",
        ),
        ("A van hit my car and a lady notes it all down. What colour is it?", "What colour is my car?"),
    ],
)
def test_it_behind_a_story_is_the_value_that_was_wanted_or_nothing_at_all(message: str, full: str) -> None:
    assert full_question(message, ()) == full


def test_the_focus_survives_small_talk_and_corrections() -> None:
    before = told("Where did I meet Ravi?", "thanks a lot!", "lovely.")
    assert full_question("And Ottilie?", before) == "Where did I meet Ottilie?"
    before = told("What is Ottilie's flat like?", "And Ravi's?")
    assert full_question("No, I meant Bruno's.", before) == "What is Bruno’s flat like?"
    assert full_question("are you sure?", before) == "What is Ravi’s flat like?"


@pytest.mark.parametrize(
    "message",
    [
        "Where do I keep the drill?",
        "and where do I keep the drill?",
        "And when is Bruno's birthday?",
        "What time is it?",
        "Is there any milk left?",
        "Is it raining?",
        "I sold it to him.",
        "ok thanks",
        "Bruno says his knee hurts, what did his doctor say?",
    ],
)
def test_a_new_topic_is_not_glued_to_the_one_before(message: str) -> None:
    before = told(("Where does Ravi live?", "Ravi lives in Oslo"), ("how old is he?", "40"))
    assert full_question(message, before) == message


def test_a_value_that_is_named_alone_is_asked_for_by_itself_and_not_of_the_person_before() -> None:
    before = told(("Where does Ravi live?", "Ravi lives in Oslo"), ("how old is he?", "40"))
    assert full_question("wifi password?", before) == "What is the wifi password?"


@pytest.mark.parametrize(
    ("message", "full"),
    [
        ("The same question for my uncle.", "where does my uncle work these days?"),
        ("ditto for Ottilie", "where does Ottilie work these days?"),
        ("n my uncle?", "where does my uncle work these days?"),
        ("Ottilie too?", "where does Ottilie work these days?"),
        ("As for my uncle?", "where does my uncle work these days?"),
        ("And for my uncle?", "where does my uncle work these days?"),
        ("in what role", "in what role does Ravi work these days?"),
        ("What about previously?", "where did Ravi work before?"),
        ("It was where in May?", "where did Ravi work in May?"),
        ("Up to Easter it was where?", "where did Ravi work until Easter?"),
        ("the previous one?", "where did Ravi work before?"),
        ("and before his illness?", "where did Ravi work before his illness?"),
        ("when I was a child he was still where?", "where did Ravi work when I was a child?"),
    ],
)
def test_the_question_before_is_asked_of_somebody_else_or_of_another_time_however_that_is_said(
    message: str, full: str
) -> None:
    assert full_question(message, told("where does Ravi work these days?")).casefold() == full.casefold()


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        ("Wo wohnt Ottilie?", "Und mein Onkel?", "Wo wohnt mein Onkel?"),
        ("Wann ist der Termin bei Doktor Kern?", "Und bei Frau Lang?", "Wann ist der Termin bei Frau Lang?"),
        ("Wo arbeite ich jetzt?", "Und davor?", "Wo arbeite ich davor?"),
        ("Wo arbeite ich jetzt?", "Wo war es früher?", "Wo arbeite ich früher?"),
        ("Wo arbeite ich?", "Und bis Freitag war es wo?", "Wo arbeite ich bis Freitag?"),
        ("Où est-ce que je travaille ?", "et jusqu'à mardi c'était où ?", "Où est-ce que je travaille jusqu'à mardi?"),
        ("¿Dónde trabajo?", "¿y hasta el martes?", "¿Dónde trabajo hasta el martes?"),
        ("¿Dónde vive Clara?", "¿Y mi prima?", "¿Dónde vive mi prima?"),
        ("¿Dónde trabajo ahora?", "y antes", "¿Dónde trabajo antes?"),
        ("Où habite Léa ?", "Qu'en est-il de Paul ?", "Où habite Paul ?"),
        ("Dove abita Lia?", "E Paolo?", "Dove abita Paolo?"),
        ("Waar woont Anna?", "En vroeger?", "Waar woont Anna vroeger?"),
    ],
)
def test_the_question_before_is_asked_anew_in_its_language(before: str, message: str, full: str) -> None:
    assert full_question(message, told(before)) == full


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        ("Ravi works where?", "and my uncle?", "where is it that my uncle works?"),
        ("I paid whom for the plumbing?", "when?", "when was it that I paid for the plumbing?"),
        ("my locker is where?", "since when", "since when is my locker?"),
        ("what day's my next fitting?", "at whose shop", "at whose shop is my next fitting?"),
        ("Which gate is ours as of today?", "up through Friday?", "which gate was ours until Friday?"),
        ("Tell me the price of the ferry please", "and in April?", "how much is or was the ferry in april?"),
        ("Hello love, when was it I sailed?", "and with whom?", "with whom was it I sailed?"),
        (
            "The cough syrup they gave me, name it please?",
            "And the strength?",
            "What is the strength of the cough syrup?",
        ),
        ("Last week on Tuesday I sang where?", "and on the Friday", "where was it that I sang on the Friday?"),
    ],
)
def test_the_question_before_may_have_its_question_words_anywhere(before: str, message: str, full: str) -> None:
    assert full_question(message, told(before)).casefold() == full.casefold()


@pytest.mark.parametrize(
    ("message", "full"),
    [
        ("Then which of us is?", "which of us is allergic to nuts?"),
        ("who is then?", "who is allergic to nuts?"),
        ("is Ottilie?", "is Ottilie allergic to nuts?"),
    ],
)
def test_what_a_question_of_yes_or_no_asks_of_one_is_asked_of_others(message: str, full: str) -> None:
    assert full_question(message, told("Am I allergic to nuts?")).casefold() == full.casefold()


@pytest.mark.parametrize("message", ["you know what", "Guess who", "I told you who came", "olives or what?"])
def test_question_words_behind_other_verbs_are_in_no_place_of_an_answer(message: str) -> None:
    assert full_question("and my uncle?", told(message)) == "and my uncle?"


@pytest.mark.parametrize("message", ["Und Tim kommt mit.", "Und mein Onkel singt.", "Y mi prima llega hoy."])
def test_what_tells_something_in_another_language_is_no_question_anew(message: str) -> None:
    before = "¿Dónde vive Clara?" if message.startswith("Y") else "Wo wohnt Ottilie?"
    assert full_question(message, told(before)) == message


@pytest.mark.parametrize(
    ("message", "full"),
    [
        ("The spare key - where's that?", "where is The spare key?"),
        ("Harvest supper: whereabouts is it?", "whereabouts is Harvest supper?"),
        ("Locker code, what is it?", "what is Locker code?"),
        ("And the firm I left, name?", "what is the name of the firm I left?"),
        ("My passport: number?", "what is the number of My passport?"),
        ("Name of the one who waters the plants?", "Who waters the plants?"),
        ("the name of whoever winds the clock", "Who winds the clock"),
        ("remind me of my wife's name?", "What is my wife's name?"),
        ("can you remind me of the office hours please", "what are the office hours?"),
        ("tell me Ottilie's birthday", "When is Ottilie's birthday?"),
        ("tell me my landlord's name", "What is my landlord's name?"),
        ("give me the flour", "give me the flour"),
    ],
)
def test_what_a_question_is_about_may_stand_beside_it(message: str, full: str) -> None:
    assert full_question(message, ()) == full


@pytest.mark.parametrize(
    ("before", "message", "full"),
    [
        (
            "Wie viel schulde ich Bernd?",
            "Und bis wann muss ich ihm das zahlen?",
            "Und bis wann muss ich Bernd das zahlen?",
        ),
        ("Wo arbeitet Bernd?", "Wie heißt seine Frau?", "Wie heißt Frau von Bernd?"),
        ("Où habite Paul ?", "Que fait-il dans la vie ?", "Que fait-Paul dans la vie ?"),
        ("¿Dónde vive Clara?", "¿Cómo se llama su perro?", "¿Cómo se llama perro de Clara?"),
    ],
)
def test_a_pronoun_of_another_language_stands_for_whom_the_chat_spoke_of(before: str, message: str, full: str) -> None:
    assert full_question(message, told(before)) == full


@pytest.mark.parametrize(
    ("message", "anew"),
    [
        ("the same question for my aunt", True),
        ("and before his illness", True),
        ("Where is his coat?", False),
        ("he left his coat there", False),
        ("He called. Where is his coat?", False),
    ],
)
def test_a_message_asks_anew_where_only_the_question_before_makes_one_of_it(message: str, anew: bool) -> None:
    before = told(("where does Ravi work?", "Ravi works at the mill."))
    assert asks_anew(message, full_question(message, before)) is anew


def test_the_opposite_is_what_is_not_so() -> None:
    assert full_question("and the opposite", told("which games am I into?")) == "which games am I not into?"


@pytest.mark.parametrize(
    "message", ["My uncle does the same for his neighbours.", "I used to be a cook.", "Ottilie came too."]
)
def test_what_tells_something_is_no_question_anew(message: str) -> None:
    assert full_question(message, told("where does Ravi work these days?")) == message


def test_a_follow_up_without_a_question_before_it_stays_as_it_is() -> None:
    for message in ("And Ottilie's?", "since when?", "how old is she?", "what not?"):
        assert full_question(message, ()) == message


def test_rewriting_takes_less_than_two_milliseconds() -> None:
    before = told(*[(f"Where did I meet Ravi number {i}?", "You met Ravi in Oslo at the fair.") for i in range(30)])
    full_question("And Ottilie?", before)
    began = time.process_time()
    for _ in range(20):
        full_question("and how old is she?", before)
    assert (time.process_time() - began) / 20 < 0.01, "1 ms on an idle machine"


def test_that_is_what_was_told_just_before() -> None:
    told = ("The heron came back yesterday.", "Noted.")
    assert full_question("Which day was that?", [told]) == "Which day was it that The heron came back yesterday?"


@pytest.mark.parametrize(
    "message",
    ["Where does cron look for its table?", "What are yeast and its uses?", "How does bread lose its crust?"],
)
def test_what_is_its_own_belongs_to_what_the_question_itself_names(message: str) -> None:
    assert full_question(message, told("What is the red folder for?")) == message


@pytest.mark.parametrize(
    "message", ["Where did I put its key?", "Where did mum leave its key?", "Did anyone see its key?"]
)
def test_what_is_its_own_belongs_to_what_was_spoken_of_where_only_people_are_named(message: str) -> None:
    assert "folder" in full_question(message, told("What is the red folder for?"))


def test_a_question_whether_somebody_is_something_is_whole() -> None:
    assert full_question("is Ute my sister?", told("is Gerda my sister?"), asks=True) == "is Ute my sister?"
