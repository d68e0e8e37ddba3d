"""What a personal adapter learns of forty facts of an invented person, and what is shown of it after memory confirmed.

`uv run python benchmarks/chat/by_heart.py [MODEL.gguf]` trains an adapter of the bundled model, or of a file, in a
fresh memory and prints what its gate measured: two phrasings of each fact that were never learnt, things never told,
near misses, sixteen general questions, perplexity, seconds and peak memory. Two more phrasings of each fact, of which
the application knows nothing (`other_words`), are tried as well. Then the same questions are asked through the ordinary
door, with the adapter off and on: whether it finds facts that recall, rules and the reader miss. `--off` only asks,
without a training.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from secondme.adapters.learner import by_heart, says
from secondme.adapters.lessons import Lesson
from secondme.adapters.phrasings import filled
from secondme.api import Done
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.evaluation.temporary_engine import temporary_engine
from secondme.text.terms import words_of

ME = "Signe"
FACTS = (
    "I live in Ribe.", "I come from Torshavn.", "I work as a bookbinder.", "I work at Falk & Rud.",
    "My birthday is on 17 February.", "My phone number is 555 0193.", "My email is signe@falkrud.example.",
    "I am allergic to walnuts.", "I speak Danish and Faroese.", "I take levothyroxine.", "I like kayaking.",
    "I hate liquorice.", "My favourite tea is Assam.", "My favourite composer is Nielsen.", "My husband is Mads.",
    "My daughter is called Liv.", "My brother is called Oskar.", "My mother is called Greta.",
    "My dog is called Tove.", "My boss is Henrik.", "My neighbour is called Anker.",
    "Mads works as a pilot.", "Mads works at Norfly.", "Mads comes from Bergen.", "Mads has a birthday on 3 June.",
    "Mads is allergic to shellfish.", "Mads likes chess.", "Liv studies geology.", "Liv lives in Aarhus.",
    "Liv speaks Spanish.", "Oskar lives in Lund.", "Oskar works as a carpenter.",
    "Oskar has a birthday on 21 October.", "Greta lives in Esbjerg.", "Greta is allergic to penicillin.",
    "Greta likes gardening.", "Anker works as a postman.", "Anker comes from Odense.", "Henrik lives in Kolding.",
    "Henrik likes jazz.",
)  # fmt: skip

OTHER_WORDS = {
    "lives_in": ("Where {am} {who} based?", "Which place {do} {who} call home?"),
    "from": ("Where do {whose} roots lie?", "What is {whose} place of origin?"),
    "works_at": ("Who pays {whose} salary?", "What firm {am} {who} working at?"),
    "works_as": ("What {am} {who} paid to do?", "What job title {do} {who} have?"),
    "studies": ("What {am} {who} majoring in?", "What {do} {who} go to university for?"),
    "birthday": ("When {do} {who} turn a year older?", "What date is {whose} birthday again?"),
    "born": ("From which year {am} {who}?", "What does {whose} passport give as the year of birth?"),
    "phone": ("What's the number to ring {whom} on?", "On what number can {who} be reached?"),
    "email": ("What address do I send an email for {whom} to?", "Which mail account {do} {who} use?"),
    "likes": ("What {am} {who} into?", "What {do} {who} do for fun?"),
    "dislikes": ("What can {who} not bear?", "What puts {whom} off?"),
    "favourite": (
        "Which {kind} {do} {who} love above all others?",
        "If {who} could pick one {kind}, which would it be?",
    ),
    "allergic_to": ("What are {whose} allergies?", "What sets off {whose} allergy?"),
    "takes": ("What did the doctor put {whom} on?", "Which prescription {do} {who} have?"),
    "speaks": ("Which languages could {who} hold a conversation in?", "What languages {am} {who} good at?"),
    "drives": ("What brand is {whose} car?", "What {am} {who} driving around in?"),
    "figure": ("What does it say for {whose} {kind}?", "How much {do} {who} have as {kind}?"),
}
OTHER_TIES = ("Can you tell me what {whose} {tie} is called?", "I can't think of the name of {whose} {tie}.")
"""Phrasings that were written before those that are learnt were chosen; none of them may be like one of these."""


def other_words(engine: Engine) -> list[Lesson]:
    """Two more questions on each fact, in words that neither a training nor its trial has."""
    return [
        Lesson(filled(form, about.name, kind=about.kind, tie=about.tie), about.sentence, "fact")
        for about in engine._adapters.held_today()
        for form in (OTHER_TIES if about.tie else OTHER_WORDS.get(about.facts[0].relation, ()))
    ]


def asked(engine: Engine, lessons: Sequence[Lesson]) -> dict[str, int]:
    """What becomes of questions through the ordinary door: whether the answer has the words of the fact, by its
    object's name, or refuses; and how many questions that nothing answers are answered."""
    found = {"right": 0, "refused": 0, "other": 0, "untold_answered": 0}
    for lesson in lessons:
        done = [event for event in engine.ask(lesson.question, remember=False) if isinstance(event, Done)]
        answer = done[-1].answer
        if lesson.kind != "fact":
            found["untold_answered"] += not answer.refused
        elif answer.refused:
            found["refused"] += 1
        else:
            thing = words_of(lesson.answer)[-1]
            found["right" if thing in words_of(answer.said or answer.text) else "other"] += 1
    return found


def check_alone(engine: Engine, lessons: Sequence[Lesson]) -> dict[str, int]:
    """How far the check goes that confirms an adapter's proposals, when there is no adapter: all that holds is
    proposed."""
    held, confirming = engine._adapters.held_today(), engine._adapters.confirming
    found = {"right": 0, "wrong": 0, "none": 0, "untold_shown": 0}
    for lesson in lessons:
        said = {about.sentence for about in held if confirming.confirmed(lesson.question, about.sentence, [about])}
        if lesson.kind != "fact":
            found["untold_shown"] += bool(said)
        else:
            found["right" if said == {lesson.answer} else "wrong" if said else "none"] += 1
    return found


def alone(engine: Engine, lessons: Sequence[Lesson]) -> dict[str, int | list[str]]:
    """What the latest adapter says to questions on facts: how often the fact, what memory confirms of it, and what it
    says instead."""
    adapters = engine._adapters
    base, row, held = adapters._base(), adapters.all()[0], adapters.held_today()
    assert base is not None
    missed, shown, wrong, facts = list[str](), 0, 0, [lesson for lesson in lessons if lesson.kind == "fact"]
    with closing(adapters._learner(base)) as model:
        model.use_adapter(adapters.file(row))
        for lesson in facts:
            said, _ = says(model, by_heart(lesson.question))
            confirmed = adapters.confirming.confirmed(lesson.question, said, held)
            shown += confirmed is not None and confirmed.sentence == lesson.answer
            wrong += confirmed is not None and confirmed.sentence != lesson.answer
            if words_of(said) != words_of(lesson.answer):
                missed.append(f"{lesson.question} {said}")
    return {
        "of": len(facts),
        "right": len(facts) - len(missed),
        "shown_right": shown,
        "shown_wrong": wrong,
        "missed": missed,
    }


def main() -> None:
    """Tell, train, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model", nargs="?")
    parser.add_argument("--off", action="store_true", help="only ask, without an adapter")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secondme-by-heart-") as folder:
        root = Path(folder)
        with temporary_engine(
            root, root / "none.toml", SystemClock(), cache=root / "cache", me=ME, model=given.model
        ) as engine:
            for fact in FACTS:
                engine.remember(fact)
            for _ in engine.job_run("learn"):
                pass
            sets = {"held_out": engine._adapters.held_out(), "other_words": other_words(engine)}
            if given.off:
                print(
                    json.dumps(
                        {
                            name: {"check_alone": check_alone(engine, lessons), "asked_without": asked(engine, lessons)}
                            for name, lessons in sets.items()
                        },
                        indent=2,
                    )
                )
                return
            began = time.monotonic()
            for progress in engine.adapter_train():
                if progress.stage == "training" and progress.done % 25 == 0:
                    print(f"{progress.done} of {progress.total} steps, {progress.detail}", file=sys.stderr)
                if progress.stage == "trying" and progress.done == 0:
                    trained = time.monotonic() - began
            found, seconds = engine.adapters()[0], time.monotonic() - began
            on = {name: asked(engine, lessons) if found.state == "used" else None for name, lessons in sets.items()}
            engine.adapter_off()
            print(
                json.dumps(
                    {
                        "state": found.state,
                        "why": found.why,
                        "facts": found.facts,
                        "figures": {figure.what: [figure.alone, figure.adapted] for figure in found.figures},
                        "training_seconds": round(trained, 1),
                        "seconds": round(seconds, 1),
                        **{
                            name: {
                                "adapter": alone(engine, lessons),
                                "check_alone": check_alone(engine, lessons),
                                "asked_without": asked(engine, lessons),
                                "asked_with": on[name],
                            }
                            for name, lessons in sets.items()
                        },
                        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
                    },
                    indent=2,
                )
            )


if __name__ == "__main__":
    main()
