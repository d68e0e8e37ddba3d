"""What is learnt of messages that ask: whole ones, by words that no rule lists."""

from collections.abc import Callable

import pytest

from models.bundled import find_multilingual
from models.e5.embedder import MultilingualE5
from models.e5.parts import E5Parts
from secondme.chat.evidence import EvidenceSearch
from secondme.chat.follow_ups.rewriting import full_question
from secondme.chat.kinds.asking import EMBEDDER, Floats, asking, bare, sign_places
from secondme.chat.kinds.message_kind import MAY_ASK, Kind, asks, kind, states
from tests.secondme.chat.talk import KEY, ask, talk
from tests.worlds.night_world import World

CLIPPED = [
    "olafs daughter, whats she called",
    "the make of my saw, for the insurance form",
    "give the name of the plumber who came in june",
    "same thing for my aunt",
    "in which role",
    "jog my memory about the boiler code",
]
TOLD = [
    "dentist moved to thursday, half past nine.",
    "We sold the van in the end, for less than I hoped.",
    "what a day, the strings all broke at once",
    "the boiler code is 4471 now.",
    "Half an hour of rest and then the next coat.",
]


@pytest.mark.parametrize("text", CLIPPED)
def test_a_clipped_question_without_mark_is_no_telling(text: str) -> None:
    assert kind(text) in (Kind.ASKS, Kind.UNSURE)
    assert asks(text)


@pytest.mark.parametrize("text", TOLD)
def test_a_telling_stays_one(text: str) -> None:
    assert kind(text) is Kind.TELLS
    assert not asks(text)


def test_what_may_be_told_is_kept_as_evidence_and_a_sure_question_is_not() -> None:
    unsure, sure = "the recipe of my grandmother", "and the name of my dentist"
    assert kind(unsure) is Kind.UNSURE
    assert states(unsure)
    assert kind(sure) is Kind.ASKS
    assert not states(sure)


@pytest.mark.parametrize(
    "told",
    ["my favourite colour is teal", "favourite colour teal", "my locker number is 218", "my favorite food is ramen"],
)
def test_what_says_that_something_is_something_is_kept(told: str) -> None:
    assert states(told)


def test_question_marks_at_the_end_change_nothing() -> None:
    assert asking("the boiler code") == asking("the boiler code?") == asking("the boiler code ??")
    assert asking("the boiler code") > MAY_ASK


def test_signs_are_the_same_whatever_the_case_and_the_digits() -> None:
    assert sign_places("The Code is 4471").tolist() == sign_places("the code is 9023").tolist()
    assert sign_places("").size  # an empty text has a length


def test_several_marks_behind_what_tells_exclaim() -> None:
    assert kind("im in love with this place??") is Kind.UNSURE
    assert states("im in love with this place??")
    assert kind("im in love with this place!!") is Kind.TELLS
    assert kind("what cabin is it??") is Kind.ASKS
    assert kind("my key code??") is Kind.ASKS


@pytest.fixture(scope="module")
def vector_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Floats]:
    """The vectors of messages as `EvidenceSearch.meaning` gives them."""
    cache = tmp_path_factory.mktemp("cache")
    files = find_multilingual(cache)
    if files is None:
        pytest.skip("the embedder for all languages is not installed")
    embedder = MultilingualE5(E5Parts(files), cache)
    assert embedder.model_id.startswith(EMBEDDER)
    return lambda text: embedder.embed([bare(text)], "query")[0]


@pytest.mark.parametrize(
    "text",
    [
        "the studio course, begins at what time",
        "passport people want the old address",
        "at whose studio",
        "we sleep at whose place",
        "la fête du village c'est quand",
        "mi nieta cumple cuántos",
    ],
)
def test_meaning_knows_a_question_that_words_leave_open(text: str, vector_of: Callable[[str], Floats]) -> None:
    assert kind(text) in (Kind.TELLS, Kind.UNSURE)
    assert kind(text, vector_of) is Kind.ASKS
    assert states(text)  # what was said stays, should it tell after all


@pytest.mark.parametrize(
    "told",
    [
        "the code for the studio is 3310",
        "studio code: 3310",
        "my favourite herb is dill",
        "I wonder whether I should repaint the hull",
        "how the ivy has grown",
        "asked him where he paints, in a barn he says",
        "Marit's birthday is the 4th",
        "der Code fürs Studio ist 3310",
        "je me demande si je dois repeindre la coque",
        "mi hierba preferida es el eneldo",
        "我最喜欢的香草是莳萝",
    ],
)
def test_what_tells_is_no_question_by_its_meaning(told: str, vector_of: Callable[[str], Floats]) -> None:
    assert kind(told, vector_of) in (Kind.TELLS, Kind.UNSURE)
    assert states(told)


def test_no_vector_is_made_of_what_words_show_clearly() -> None:
    def never(text: str) -> Floats:
        raise AssertionError(text)

    assert kind("We sold the van in the end, for less than I hoped.", never) is Kind.TELLS
    assert kind("which bay is the van in", never) is Kind.ASKS
    assert kind("the code for the studio is 3310", never) is Kind.TELLS


def test_a_fragment_behind_an_answer_asks_the_more_likely(vector_of: Callable[[str], Floats]) -> None:
    assert kind("Tilda's bus", vector_of) is Kind.UNSURE
    assert kind("Tilda's bus", vector_of, behind_an_answer=True) is Kind.ASKS
    long = "Tilda's bus and then her train and then her boat"
    assert kind(long, vector_of) is kind(long, vector_of, behind_an_answer=True)


def test_what_asks_by_its_meaning_is_answered_and_kept(
    world: World, vector_of: Callable[[str], Floats], monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "say me the barn key, it is hanging behind what"
    conversation = talk(world)
    assert ask(conversation, "the barn gets a new roof in may").text.startswith("Noted")
    monkeypatch.setattr(EvidenceSearch, "meaning", lambda self, text: vector_of(text))
    answer = ask(conversation, question)
    assert KEY in answer.text


def test_a_message_that_is_known_to_ask_is_written_out() -> None:
    before = [("where does Marit paint?", "in a barn")]
    assert full_question("her class, starts what day", before, asks=True) == "Marit’s class, starts what day"


def test_the_vector_of_another_embedder_says_nothing_of_asking(world: World) -> None:
    assert EvidenceSearch(world.store, world.recall).meaning("at whose studio") is None
    vector = world.recall.question_vector("at whose studio", "")
    assert vector is not None
    assert vector.ndim == 1
