"""Facts of a year in the life: what holds now and held then, whatever the order of arrival, and no trap among them."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from secondme.chat.acknowledgements import acknowledgement
from secondme.chat.fact_answers import FactQuestions
from secondme.clock import instant
from secondme.engine.fact_views import fact_views, judge
from secondme.facts.extraction import learn_job
from secondme.facts.intervals import Fact, facts, known_facts
from secondme.facts.patterns import statements
from secondme.facts.profile import profile
from secondme.facts.relations import relation
from secondme.facts.statement import Refusal
from storage.records import Document, Source, Span
from tests.worlds.life import START, STORY, TRAPS, Said, moment, year
from tests.worlds.night_world import World, world

NOW = "2026-12-01T00:00:00.000Z"
NAMES = {"me": "Mira", "tom": "Tom", "ana": "Ana", "assistant": "Second Me", "file": ""}
ROLES = {"me": "me", "tom": "other", "ana": "other", "assistant": "assistant", "file": "author"}


def tell(here: World, said: list[Said], chat: str = "chat") -> None:
    """Take turns in as an imported chat."""
    now = instant(START)
    spans = [
        Span(
            id=f"{chat}-{turn.day}-{abs(hash(turn.text)) % 10**9}-{i}", document_id=chat, ordinal=i, section=0, start=i,
            end=i + 1, line=1, text=turn.text, speaker=NAMES[turn.who], role=ROLES[turn.who],
            evidence=turn.who != "assistant", happened_at=None if turn.who == "file" else instant(moment(turn)),
            precision="" if turn.who == "file" else "second",
        )
        for i, turn in enumerate(said)
    ]  # fmt: skip
    document = Document(chat, f"s-{chat}", 1, "", 0, 0, 0, "application/x-chat", chat, now, "second", now)
    here.store.spans.add_version(Source(f"s-{chat}", "import", chat, "", now), document, spans, now)


def learn(here: World) -> dict[str, int]:
    """Read everything that waits."""
    return here.run(learn_job()).counts


def held(here: World, day: int) -> set[tuple[str, str, str]]:
    """What holds on a day of the story, hearsay left out."""
    date = instant(START + timedelta(days=day))[:10]
    return {
        (fact.subject, fact.relation, fact.object)
        for fact in known_facts(here.store, ["Mira"])[0]
        if fact.holds(date) and fact.stance == "said"
    }


def truths() -> list[tuple[str, str, str]]:
    """What the story states, as keys."""
    return [(s, name, relation(name).key(o)) for said in STORY if said.truth for s, name, o in [said.truth]]


def test_a_year_is_read_without_inventing_anything(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        tell(here, year())
        learn(here)
        found = {
            (row.subject, row.relation, row.object)
            for row in here.store.facts.statements()
            if row.stance == "said" and not row.ends
        }
        wanted = set(truths())
        # "Jonas lives in Hamburg" is said in passing, and true.
        wrong = found - wanted - {("jonas", "lives_in", "hamburg"), ("me", "lives_in", "leipzig")}
        right = found & wanted
        assert len(right) / (len(right) + len(wrong)) >= 0.95, wrong
        assert len(right) / len(wanted) >= 0.5, wanted - found
        for row in here.store.facts.statements():
            assert not {"springfield", "acme", "john doe", "paris", "hooli"} & {row.object, row.subject}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.text[:40])
def test_a_trap_becomes_no_fact(tmp_path: Path, trap: Said) -> None:
    with world(tmp_path) as here:
        tell(here, [trap])
        learn(here)
        assert [fact for fact in facts(here.store.facts.statements()) if fact.stance == "said"] == []


def test_what_another_is_told_to_have_said_is_hearsay(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        tell(here, [turn for turn in TRAPS if "said that" in turn.text or "told me" in turn.text])
        learn(here)
        hearsay = {(row.told_by, row.subject, row.relation, row.object) for row in here.store.facts.statements()}
        assert ("Ana", "rui", "dislikes", "tea") in hearsay
        assert ("Tom", "ana", "works_at", "siemens") in hearsay


def test_what_holds_now_and_what_held_then(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        tell(here, year())
        learn(here)
        for day, place in ((10, "lisbon"), (65, "berlin"), (150, "berlin"), (210, "leipzig"), (390, "leipzig")):
            assert {o for s, r, o in held(here, day) if (s, r) == ("me", "lives_in")} == {place}, day
        for day, employer in ((30, {"novabase"}), (62, set()), (100, {"zalando"})):
            assert {o for s, r, o in held(here, day) if (s, r) == ("me", "works_at")} == employer, day
        # Two numbers are no contradiction.
        assert len({o for s, r, o in held(here, 200) if (s, r) == ("me", "phone")}) == 2
        known = here.store.facts.statements(known_at=instant(START)[:10] + "~")
        assert known, "the chat was imported at once"


def test_a_profile_cites_every_line_and_knows_what_held_then(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        tell(here, [*year(), Said(399, "me", "I will send Clara the photographs on 3 May 2031.")])
        here.index()
        learn(here)
        here.clock.time = START + timedelta(days=399)
        now = {section.title: section.lines for section in profile(here.store, here.clock.now()).sections}
        about = [line.text for line in now["About you"]]
        assert "lives in Leipzig" in about
        assert "works at Zalando" in about
        assert not any("Novabase" in text and "works at" in text for text in about)
        assert any(line.text.startswith("Jonas: your friend") for line in now["People and pets"])
        assert any(line.text.startswith("Tom: ") and "Porto" in line.text for line in now["People and pets"])
        assert [line.text for line in now["Promised"]] == [
            "until 2031-05-03: I will send Clara the photographs on 3 May 2031."
        ]
        spans = {line.span_ids[0] for lines in now.values() for line in lines}
        assert set(here.store.spans.by_id(list(spans))) == spans
        then = profile(here.store, here.clock.now(), as_of=instant(START + timedelta(days=70))[:10])
        assert "lives in Berlin" in [line.text for section in then.sections for line in section.lines]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Where do I live?", "You live in Leipzig"),
        ("Where do I live now?", "You live in Leipzig"),
        ("Where did I live in April 2025?", "You lived in Berlin (from 24 February 2025"),
        ("Where did I live in January 2025?", "You lived in Lisbon"),
        ("who do I work for?", "You work at Zalando"),
        ("Where did Mira work in January 2025?", "You worked at Novabase"),
        ("What is my sister called?", "Your sister is Clara."),
        ("What's my cat's name?", "Your cat is Mogli."),
        ("What are my phone numbers?", "You can be called at +351 912 345 678 and +49 30 5557788"),
        ("What am I allergic to?", "You are allergic to penicillin"),
        ("Where does Tom live?", "Tom lives in Porto"),
        ("What does Tom do for a living?", "Tom works as a nurse"),
        ("Who is my boss?", "Your boss is Ingrid Sommer."),
        ("What does Tom hate?", "Tom dislikes sardines"),
        ("Who is Tom?", "Tom lives in Porto, works at the Hospital Santa Maria, works as a nurse"),
        ("Who's Clara?", "Clara is your sister."),
    ],
)
def test_questions_are_answered_from_what_holds_at_their_time(tmp_path: Path, question: str, answer: str) -> None:
    with world(tmp_path) as here:
        tell(here, year())
        learn(here)
        found = FactQuestions(here.store, lambda: ["Mira"]).answer(question, START + timedelta(days=399))
        assert found is not None
        assert found.text.startswith(answer)
        spans = here.store.spans.by_id(found.span_ids)
        assert len(spans) == len(found.span_ids) > 0


@pytest.mark.parametrize(
    "question",
    [
        "Where do you live?",
        "What do I like to cook?",
        "Where does Rui live?",
        "Where do I live when I am in Portugal?",
        "What does Rui hate?",
        "Who is my dentist's neighbour?",
    ],
)
def test_what_no_fact_answers_goes_the_ordinary_way(tmp_path: Path, question: str) -> None:
    with world(tmp_path) as here:
        tell(here, year())
        learn(here)
        assert FactQuestions(here.store, lambda: ["Mira"]).answer(question, START + timedelta(days=399)) is None


def intervals(found: list[Fact]) -> set[tuple[str, ...]]:
    return {(f.subject, f.relation, f.object, f.valid_from, f.valid_to, f.stance, f.told_by) for f in found}


def test_intervals_do_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    with world(tmp_path / "one") as here:
        tell(here, year())
        learn(here)
        rows = here.store.facts.statements()
    wanted = intervals(facts(rows))
    for seed in range(200):
        random.Random(seed).shuffle(rows)
        assert intervals(facts(rows)) == wanted
    with world(tmp_path / "late") as here:
        said = list(STORY)
        random.Random(3).shuffle(said)
        for i, turn in enumerate(said):
            tell(here, [turn], f"chat-{i}")
            learn(here)
        late = {fact for fact in intervals(facts(here.store.facts.statements())) if fact[0] == "me"}
        mine = {fact for fact in wanted if fact[0] == "me" and fact[5] == "said"}
        assert {fact[:3] for fact in late} == {fact[:3] for fact in mine}
        assert {fact for fact in late if fact[1] == "lives_in"} == {fact for fact in mine if fact[1] == "lives_in"}


def test_a_verdict_outlasts_reading_again_and_learning_can_be_undone(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        tell(here, list(STORY))
        run = here.run(learn_job())
        before = here.store.facts.statements()
        berlin = next(row for row in before if row.object == "berlin")
        judge(here.store, ["Mira"], berlin.id, "rejected", NOW)
        assert ("me", "lives_in", "lisbon") in held(here, 100)
        judge(here.store, ["Mira"], berlin.id, "kept", NOW)
        day = instant(START + timedelta(days=100))[:10]
        views = fact_views(here.store, ["Mira"], about="me", day=day, known_at="")
        assert {view.object for view in views if view.relation == "lives_in"} == {"Lisbon", "Berlin"}
        judge(here.store, ["Mira"], berlin.id, "", NOW)
        with here.store.database.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO derivations SELECT 'facts', seq FROM spans")
        here.run(learn_job())
        assert here.store.facts.statements() == before
        _, conflicts = here.store.runs.undo(run.id, "now")
        assert conflicts == []
        assert here.store.facts.statements() == []


def test_repeating_what_is_known_adds_no_fact(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        tell(here, list(STORY))
        learn(here)
        before = intervals(facts(here.store.facts.statements()))
        echo = [Said(320 + i, "assistant", turn.text) for i, turn in enumerate([*STORY, *TRAPS] * 3)]
        tell(here, echo, "echo")
        learn(here)
        assert intervals(facts(here.store.facts.statements())) == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Do I live in Porto?", "question"),
        ("If only I lived in Porto, sighs he. If I live in Porto, I swim.", "hypothetical"),
        ("I live in Buckingham Palace, just kidding.", "joke"),
        ("I am not allergic to nuts.", "negation"),
        ('He shouted "I live in Tokyo" at the top of his voice.', "quoted"),
        ("I love these.", "vague"),
    ],
)
def test_a_refusal_names_its_reason(text: str, reason: str) -> None:
    found = list(statements(text))
    assert [refusal.reason for refusal in found if isinstance(refusal, Refusal)][:1] == [reason] or (reason, found) == (
        "negation",
        [],
    )


@pytest.mark.parametrize(
    ("question", "place", "other"),
    [
        ("Where do I live now?", "Leipzig", "Lisbon"),
        ("Where did I live in January 2025?", "Lisbon", "Leipzig"),
    ],
)
def test_recall_prefers_what_held_at_the_time_that_is_asked_about(
    tmp_path: Path, question: str, place: str, other: str
) -> None:
    said = [Said(0, "me", "I live in Lisbon now."), Said(200, "me", "I live in Leipzig now.")]
    with world(tmp_path) as here:
        tell(here, said)
        here.index()
        learn(here)
        found = [hit.span.span.text for hit in here.recall.search(question, 2, asked_at=START + timedelta(days=399))]
        assert found == [f"I live in {place} now.", f"I live in {other} now."]


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("I moved to Ghent last week, by the way.", "Noted: you live in Ghent."),
        ("My sister Clara lives in Rome.", "Noted: your sister is Clara and Clara lives in Rome."),
        ("I'm a nurse.", "Noted: you work as a nurse."),
        ("I live in Ghent. Where is the key?", ""),
        ("If I lived in Ghent I would cycle.", ""),
        ("Tom said that Rui hates tea.", ""),
        ("Tell me about the harbour.", ""),
    ],
)
def test_what_tells_and_asks_nothing_is_acknowledged(message: str, answer: str) -> None:
    assert acknowledgement(message, "Mira") == answer
