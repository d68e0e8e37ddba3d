"""Chains of facts: questions whose answer shares no word with them, and is reached through a name or a neighbour.

Thirteen little chains are hidden among 300 unrelated turns. For each, the rank of the turn that holds the answer with
words and meaning alone, with everything else, and with the graph as well. Prints JSON lines; `--markdown` for the docs.
usage: multi_hop.py [--markdown]
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from models.bundled import find_embedder
from models.minilm.embedder import MiniLM
from secondme.clock import SystemClock
from secondme.evaluation.recall import Arm, arm_weights
from secondme.index.indexer import Indexer
from secondme.ingest.ingestion import Ingestion
from secondme.recall.search import Mechanisms, Recall
from secondme.recall.signals import PARTS
from secondme.recall.weights import PASSAGES, TURNS
from secondme.text.terms import STOP_WORDS, index_terms
from storage.store import Store

CHAINS: list[tuple[str, list[str], str]] = [
    (
        "Where does the man who repaired my bicycle work?",
        [
            "Karim repaired my bicycle on Saturday, he did it for free.",
            "Karim stands at the market hall every morning.",
        ],
        "market hall",
    ),
    (
        "What does my dentist do in her free time?",
        ["My new dentist is called Eszter Halasz.", "Eszter Halasz spent all Sunday with her stamps again."],
        "stamps",
    ),
    (
        "What is the code of the cabin we rented for the ski trip?",
        ["For the ski trip we rented Birkenhof.", "The key box at Birkenhof opens with 4471."],
        "4471",
    ),
    (
        "Why does my cello teacher cancel lessons?",
        ["Ottilie teaches me the cello on Tuesdays.", "Ottilie slipped on the stairs, her wrist is in plaster."],
        "plaster",
    ),
    (
        "Who pays for what I present in autumn?",
        ["In autumn I present Heliotrope at the fair.", "The Lindgren people wired the second half for Heliotrope."],
        "Lindgren",
    ),
    (
        "What should I carry to the party of my neighbour?",
        ["My neighbour Tadeusz gives a party on the ninth.", "I still owe Tadeusz the lantern."],
        "lantern",
    ),
    (
        "When does the ferry to the island of my honeymoon leave?",
        ["Our honeymoon was on Sifnos.", "Sifnos: gates close at 7:25, said the clerk."],
        "7:25",
    ),
    (
        "What was wrong with the car I bought from my cousin?",
        ["I bought the old Saab from my cousin.", "The Saab got a new gearbox for half its price."],
        "gearbox",
    ),
    (
        "Which medicine did the vet give to our cat?",
        ["Our cat Mogli limps.", "For Mogli it is half a spoon of meloxicam, mornings."],
        "meloxicam",
    ),
    (
        "What does the owner of the studio want from me?",
        ["The studio belongs to Mr. Vandermeer.", "Mr. Vandermeer insists on two months in advance."],
        "two months",
    ),
    (
        "How was the weather where my aunt lives?",
        ["My aunt moved to Quimper.", "In Quimper I never closed my umbrella."],
        "Quimper I never",
    ),
    (
        "What does the person I met at the conference write about?",
        ["At the conference I met someone who knows my old teacher.", "She publishes on lichens."],
        "lichens",
    ),
    (
        "Who beat the champion that my brother admires?",
        ["My brother admires the champion of 2019.", "Iga lost to nobody that year but to Simona."],
        "Simona",
    ),
]
FILLER = [
    "The soup needed more salt than I thought.",
    "We painted the fence on Sunday.",
    "The train was late again.",
    "I finished the second season.",
    "My shoulder hurts after swimming.",
    "The printer at work is broken.",
    "I planted tomatoes on the balcony.",
    "The neighbours had a loud evening.",
    "Rent goes up next year.",
    "I started to learn chess openings.",
    "The bakery changed its bread.",
    "We walked around the lake twice.",
    "My phone battery dies at noon.",
    "The meeting took three hours.",
    "I forgot the umbrella in the tram.",
    "Tea helps more than coffee.",
    "The museum was closed on Monday.",
    "I need new running shoes.",
    "The film was longer than the book.",
    "We ordered curtains for the bedroom.",
]
"""Everyday remarks; each comes fifteen times, with a number, so that it takes more than luck to be among the first."""


def main() -> None:
    """Print rank with words and meaning alone, without the graph, and with it."""
    with tempfile.TemporaryDirectory() as folder:
        files = find_embedder(Path(folder))
        assert files is not None
        embedder = MiniLM(files, Path(folder), stop_words=STOP_WORDS)
        store = Store(Path(folder), model_id=embedder.model_id, dimension=embedder.dimension, analyse=index_terms)
        lines = []
        moment = 0
        for i in range(300):
            texts = [f"{FILLER[i % len(FILLER)]} Take {i // len(FILLER) + 1}."]
            chain, part = divmod(i, 23)
            if part in (3, 17) and chain < len(CHAINS):
                texts.append(CHAINS[chain][1][0 if part == 3 else 1])
            for text in texts:
                moment += 1
                at = f"2026-0{1 + moment // 60}-{1 + moment % 28:02d}T10:{moment % 60:02d}:00+00:00"
                lines.append(
                    {
                        "chat_id": "own",
                        "message_id": str(moment),
                        "role": "user",
                        "speaker": "Me",
                        "text": text,
                        "at": at,
                    }
                )
        file = Path(folder) / "chains.jsonl"
        file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        Ingestion(store, SystemClock(), count_tokens=None, max_bytes=10**7).take_file(file)
        Indexer(store, embedder).drain()
        others = frozenset(PARTS.values()) - {"words", "meaning"}
        arms = (Arm("words and meaning", off=others), Arm("without graph", off=frozenset({"graph"})), Arm("everything"))
        rows = []
        for question, _, answer in CHAINS:
            row: dict[str, object] = {"question": question, "answer": answer}
            for arm in arms:
                recall = Recall(
                    store,
                    embedder,
                    exact_below=10**9,
                    turns=arm_weights(TURNS, arm),
                    passages=arm_weights(PASSAGES, arm),
                    mechanisms=Mechanisms(arm.off),
                )
                hits = recall.search(question, 50, asked_at=datetime(2026, 11, 1, tzinfo=UTC), explain=True)
                rank = next((i for i, hit in enumerate(hits, start=1) if answer in hit.span.span.text), None)
                row[arm.name] = rank
                if rank and arm.name == "everything":
                    row["because"] = [reason for reason in hits[rank - 1].because if not reason.startswith("tree")]
            rows.append(row)
        store.close()
    if "--markdown" in sys.argv:
        for (question, turns, _), row in zip(CHAINS, rows, strict=True):
            ranks = " | ".join(str(row[arm.name] or "—") for arm in arms)
            print(f"| {question} | {turns[0]} → **{turns[1]}** | {ranks} |")
    else:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
