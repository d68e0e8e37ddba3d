"""What a personal adapter learns of forty facts of an invented person, and what is shown of it after memory confirmed.

`uv run python benchmarks/chat/by_heart.py [MODEL.gguf]` trains an adapter of the bundled model, or of a file, in a
fresh memory and prints what its gate measured: two phrasings of each fact that were never learnt, things never told,
near misses, sixteen general questions, perplexity, seconds and peak memory. Then the same questions are asked through
the ordinary door, with the adapter off and on: whether it finds facts that recall, rules and the reader miss.
`--off` only asks, without a training.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from secondme.adapters.learner import by_heart, says
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


def asked(engine: Engine) -> dict[str, int]:
    """What becomes of the questions kept aside: whether the answer has the words of the fact, by its object's name, or
    refuses; and how many questions that nothing answers are answered."""
    found = {"right": 0, "refused": 0, "other": 0, "untold_answered": 0}
    for lesson in engine._adapters.held_out():
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


def check_alone(engine: Engine) -> dict[str, int]:
    """How far the check goes that confirms an adapter's proposals, when there is no adapter: all that holds is
    proposed."""
    held, confirming = engine._adapters.held_today(), engine._adapters.confirming
    found = {"right": 0, "wrong": 0, "none": 0, "untold_shown": 0}
    for lesson in engine._adapters.held_out():
        said = {about.sentence for about in held if confirming.confirmed(lesson.question, about.sentence, [about])}
        if lesson.kind != "fact":
            found["untold_shown"] += bool(said)
        else:
            found["right" if said == {lesson.answer} else "wrong" if said else "none"] += 1
    return found


def missed(engine: Engine) -> list[str]:
    """The questions on facts that the latest adapter alone answers otherwise, with what it says."""
    adapters = engine._adapters
    base, row = adapters._base(), adapters.all()[0]
    assert base is not None
    with closing(adapters._learner(base)) as model:
        model.use_adapter(adapters._file(row))
        told = [(lesson, says(model, by_heart(lesson.question))[0]) for lesson in adapters.held_out()]
    return [
        f"{lesson.question} {said}"
        for lesson, said in told
        if lesson.kind == "fact" and words_of(said) != words_of(lesson.answer)
    ]


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
            if given.off:
                print(json.dumps({"check_alone": check_alone(engine), "asked_without": asked(engine)}, indent=2))
                return
            began = time.monotonic()
            for progress in engine.adapter_train():
                if progress.stage == "training" and progress.done % 25 == 0:
                    print(f"{progress.done} of {progress.total} steps, {progress.detail}", file=sys.stderr)
                if progress.stage == "trying" and progress.done == 0:
                    trained = time.monotonic() - began
            found, seconds = engine.adapters()[0], time.monotonic() - began
            on = asked(engine) if found.state == "used" else None
            engine.adapter_off()
            print(
                json.dumps(
                    {
                        "state": found.state,
                        "why": found.why,
                        "facts": found.facts,
                        "figures": {figure.what: [figure.alone, figure.adapted] for figure in found.figures},
                        "missed": missed(engine),
                        "check_alone": check_alone(engine),
                        "training_seconds": round(trained, 1),
                        "seconds": round(seconds, 1),
                        "asked_without": asked(engine),
                        "asked_with": on,
                        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
                    },
                    indent=2,
                )
            )


if __name__ == "__main__":
    main()
