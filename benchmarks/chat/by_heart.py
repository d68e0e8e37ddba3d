"""What a personal adapter learns of forty facts of an invented person, and what is shown of it after memory confirmed.

`uv run python benchmarks/chat/by_heart.py [MODEL.gguf]` trains an adapter of the bundled model, or of a file, in a
fresh memory and prints what its gate measured: two phrasings of each fact that were never learnt, things never told,
near misses, sixteen general questions, perplexity, seconds and peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from secondme.clock import SystemClock
from secondme.evaluation.temporary_engine import temporary_engine

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


def main() -> None:
    """Tell, train, print."""
    with tempfile.TemporaryDirectory(prefix="secondme-by-heart-") as folder:
        root = Path(folder)
        model = sys.argv[1] if sys.argv[1:] else None
        with temporary_engine(
            root, root / "none.toml", SystemClock(), cache=root / "cache", me=ME, model=model
        ) as engine:
            for fact in FACTS:
                engine.remember(fact)
            for _ in engine.job_run("learn"):
                pass
            began = time.monotonic()
            for progress in engine.adapter_train():
                if progress.stage == "training" and progress.done % 25 == 0:
                    print(f"{progress.done} of {progress.total} steps, {progress.detail}", file=sys.stderr)
                if progress.stage == "trying" and progress.done == 0:
                    trained = time.monotonic() - began
            found = engine.adapters()[0]
            print(
                json.dumps(
                    {
                        "state": found.state,
                        "why": found.why,
                        "facts": found.facts,
                        "figures": {figure.what: [figure.alone, figure.adapted] for figure in found.figures},
                        "training_seconds": round(trained, 1),
                        "seconds": round(time.monotonic() - began, 1),
                        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
                    },
                    indent=2,
                )
            )


if __name__ == "__main__":
    main()
