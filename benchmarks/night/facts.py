"""What is read of eight lives (tests/life): precision, recall, traps, answers then, spans a second; with a model too.

usage: facts.py [--model]        (the bundled model reads what no pattern read)
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from models.protocol import LanguageModel
from secondme.facts.extraction import learn_job, study_job
from secondme.facts.intervals import known_facts
from secondme.places import places
from secondme.runtimes.configured import ConfiguredModels
from secondme.settings import load
from tests.worlds.life_files import LIVES, Life, life, right_then, score, tell
from tests.worlds.night_world import World, world


def figures(here: World, of: Life) -> dict[str, Any]:
    """The score of what is known now."""
    result = score(of, here.store.facts.statements())
    right, asked = right_then(
        of, result.found, known_facts(here.store, [of.me, of.me.split()[0]])[0], range(0, 400, 10)
    )
    return {
        "precision": round(result.precision, 3),
        "recall": round(result.recall, 3),
        "statements": result.right + len(result.wrong),
        "traps": len(result.traps),
        "hearsay": result.hearsay,
        "hearsay_wrong": result.hearsay_wrong,
        "right_then": round(right / max(asked, 1), 3),
        "wrong": result.wrong,
    }


def main() -> None:
    """Report as JSON."""
    report: dict[str, Any] = {}
    model: LanguageModel | None = None
    if "--model" in sys.argv:
        here = places()
        model = ConfiguredModels(here).language_model(load(here.config_file)[0])
    for name in LIVES:
        of = life(name)
        with tempfile.TemporaryDirectory() as folder, world(Path(folder)) as here_:
            tell(here_, of)
            begun = time.perf_counter()
            run = here_.run(learn_job())
            seconds = time.perf_counter() - begun
            report[name] = figures(here_, of) | {
                "spans_per_second": round(len(of.items) / seconds),
                "counts": run.counts,
            }
            if model is not None:
                begun = time.perf_counter()
                run = here_.run(study_job(), model=model)
                report[f"{name}, with {model.name}"] = figures(here_, of) | {
                    "seconds": round(time.perf_counter() - begun, 1),
                    "tokens": run.tokens + run.prompt_tokens,
                    "counts": run.counts,
                }
    if model is not None:
        model.close()
    print(json.dumps(report, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
