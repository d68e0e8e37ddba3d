"""What an adapter learns of how somebody writes: 120 messages of an invented person, 30 of another in another manner.

`uv run python benchmarks/night/voice.py MODEL.gguf [MESSAGES.json]` takes the messages in as WhatsApp chats, trains the
voice through the ordinary door and prints its trial (perplexity of messages kept aside, of the other person's, of plain
text; general questions), seconds, peak memory, and drafts of some orders without and with the voice. MESSAGES is an
object with `me`, `other`, `messages` and `others`, the last two lists of objects with `to` and `text`.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from secondme.api import Draft, Drafted
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.evaluation.temporary_engine import temporary_engine

MESSAGES = Path(__file__).with_name("voice_messages.json")
ORDERS = (
    "a note to Lena that I come later on Friday",
    "a message to Tom that asks whether I can have his drill until Sunday",
    "a note to Mum that dinner on Sunday is fine and that I bring dessert",
    "a message to Priya that I am ill today and cannot come to the meeting",
    "a thank-you note to Sanne for the van",
    "a message to Wout about the canoe trip",
    "a note to Bas about the bibs",
    "an apology to Ruth that I miss the rehearsal on Wednesday",
)


def take_in(engine: Engine, told: dict[str, Any], folder: Path) -> None:
    """Take the messages in, a chat for each person to whom they are."""
    chats: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in told["messages"]:
        chats[entry["to"]].append((told["me"], entry["text"]))
    for name, said in chats.items():
        said.insert(0, (name, "Hello."))
    chats[told["other"]] += [(told["other"], entry["text"]) for entry in told["others"]]
    at = datetime(2026, 1, 5, 9, 0)
    for name, said in chats.items():
        lines = []
        for speaker, text in said:
            at += timedelta(hours=7)
            lines.append(f"[{at:%d/%m/%Y, %H:%M:%S}] {speaker}: {text}")
        path = folder / f"WhatsApp Chat with {name}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for _ in engine.import_export(path, platform="whatsapp", me=told["me"]):
            pass


def drafts(engine: Engine) -> list[dict[str, Any]]:
    """What is written to each order."""
    found = []
    for order in ORDERS:
        began = time.monotonic()
        draft: Draft = next(event.draft for event in engine.draft(order) if isinstance(event, Drafted))
        notes = [citation.hit.text for citation in draft.citations]
        found.append(
            {"order": order, "draft": draft.text, "notes": notes, "seconds": round(time.monotonic() - began, 1)}
        )
    return found


def main() -> None:
    """Take in, train, write, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("model")
    parser.add_argument("messages", nargs="?", type=Path, default=MESSAGES)
    given = parser.parse_args()
    told = json.loads(given.messages.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="secondme-voice-") as folder:
        root = Path(folder)
        with temporary_engine(
            root, root / "none.toml", SystemClock(), cache=root / "cache", me=told["me"], model=given.model
        ) as engine:
            take_in(engine, told, root)
            without = drafts(engine)
            print(json.dumps(without, indent=1, ensure_ascii=False), file=sys.stderr)
            began, trained = time.monotonic(), 0.0
            for progress in engine.adapter_train("voice"):
                if progress.stage == "training" and progress.done % 20 == 0:
                    print(f"{progress.done} of {progress.total} steps, {progress.detail}", file=sys.stderr)
                if progress.stage == "trying" and not trained:
                    trained = time.monotonic() - began
            found = engine.adapters()[0]
            print(
                json.dumps(
                    {
                        "benchmark": "voice",
                        "model": found.base,
                        "state": found.state,
                        "why": found.why,
                        "messages": found.spans,
                        "recipe": found.recipe,
                        "figures": {figure.what: [figure.alone, figure.adapted] for figure in found.figures},
                        "training_seconds": round(trained, 1),
                        "seconds": round(time.monotonic() - began, 1),
                        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000),
                        "drafts_without": without,
                        "drafts": drafts(engine),
                    },
                    indent=2,
                    ensure_ascii=False,
                )
            )


if __name__ == "__main__":
    main()
