"""Asks a folder twenty questions that were written down before the ingest: does the answer cite the right file?

usage: first_light.py QUESTIONS.json FOLDER [TRANSCRIPT.md]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from secondme import api
from secondme.places import places
from secondme.server.client import connect


def main() -> None:
    """Ingest the folder into a fresh home, ask every question in a chat of its own, print JSON."""
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = Path(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="secondme-first-light-") as home:
        root = Path(home)
        where = replace(places(), data=root / "data", cache=root / "cache", config=root / "config", logs=root / "logs")
        os.environ["SECONDME_HOME"] = home
        engine = connect(where)
        begun = time.perf_counter()
        ingested = next(e for e in engine.ingest([folder]) if isinstance(e, api.Ingested))
        ingest_seconds = time.perf_counter() - begun
        rows, transcript = [], []
        for entry in plan["questions"]:
            answer = next(e.answer for e in engine.ask(entry["question"]) if isinstance(e, api.Done))
            used = {number for sentence in answer.sentences for number in sentence.citations}
            files = [Path(c.hit.uri).name for c in answer.citations if c.number in used]
            right = bool(set(files) & set(entry["files"]))
            rows.append(
                {
                    "question": entry["question"],
                    "right": right,
                    "cited": files,
                    "recalled": [Path(c.hit.uri).name for c in answer.citations],
                    "first_token_s": answer.seconds_to_first_token,
                    "seconds": answer.seconds,
                    "supported": f"{sum(1 for s in answer.sentences if s.citations)}/{len(answer.sentences)}",
                }
            )
            transcript.append(_transcript(entry, answer, used, right))
        engine.leave()
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text("\n".join(transcript), encoding="utf-8")
    print(
        json.dumps(
            {
                "files": ingested.added,
                "skipped": ingested.skipped,
                "spans": ingested.spans,
                "ingest_s": round(ingest_seconds, 1),
                "right": sum(row["right"] for row in rows),
                "of": len(rows),
                "first_token_median_s": statistics.median(row["first_token_s"] for row in rows),
                "answer_median_s": statistics.median(row["seconds"] for row in rows),
                "misses": [row for row in rows if not row["right"]],
                "rows": rows,
            },
            indent=1,
        )
    )


def _transcript(entry: dict[str, list[str]], answer: api.Answer, used: set[int], right: bool) -> str:
    cited = "\n".join(f"- [{c.number}] {c.hit.location()}" for c in answer.citations if c.number in used)
    verdict = "cites the right file" if right else f"MISS: expected {', '.join(entry['files'])}"
    quoted = answer.text.replace("\n", "\n> ")
    return f"## {entry['question']}\n\n> {quoted}\n\n{cited}\n\n*{verdict}; {answer.seconds:.1f} s*\n"


if __name__ == "__main__":
    main()
