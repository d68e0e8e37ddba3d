"""A night over many memories: seconds and memory of each job, recall by a person meanwhile, and undoing it all.

usage: night.py [SPANS]                         (default 100000; without a language model)
       night.py --model MINUTES [EVAL.json]      with the bundled model over the conversations of an evaluation file
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.recall.recall import TOKENS, TURN_WORDS, resident_mb, vocabulary
from secondme.clock import SystemClock, instant
from secondme.consolidation.summaries import Balance, Summaries, Topics
from secondme.engine.job_list import job_list
from secondme.index.indexer import Indexer
from secondme.jobs.foreground import Foreground
from secondme.jobs.job import Job, Run
from secondme.jobs.priority import give_way_to_others, share_fairly
from secondme.places import places
from secondme.recall.search import Recall
from secondme.runtimes.configured import ConfiguredModels
from secondme.settings import load
from secondme.text.terms import index_terms
from storage.records import Document, Source, Span
from storage.store import Store

DAYS = 400
TOPICS = 300
COPIES = 20
"""One turn in so many was said before on the same day, in another chat."""
PAUSE = 0.05


def fill(store: Store, count: int, words: list[str]) -> None:
    """Chats of `DAYS` days, vectors around topics, and a night after each day."""
    dice = np.random.default_rng(3)
    dimension = store.vectors.dimension
    centres = dice.normal(size=(TOPICS, dimension))
    first = datetime(2025, 1, 1, 12, tzinfo=UTC)
    each = count // DAYS
    for day in range(DAYS):
        chat, now = f"chat-{day}", instant(first + timedelta(days=day))
        ranks = np.minimum(dice.zipf(1.15, size=(each, TURN_WORDS)) - 1, len(words) - 1)
        texts = [" ".join(words[r] for r in row).capitalize() + "." for row in ranks]
        documents = [(f"{chat}-a", texts), (f"{chat}-b", texts[::COPIES])]
        for name, said in documents:
            spans = [
                Span(
                    id=f"{name}-{i}", document_id=name, ordinal=i, section=i // 25, start=i, end=i + 1, line=1,
                    text=text, speaker=("Ana", "Tom")[len(text) % 2], role="other", happened_at=now, precision="second",
                )
                for i, text in enumerate(said)
            ]  # fmt: skip
            document = Document(name, f"s-{name}", 1, "", 0, 0, 0, "application/x-chat", name, now, "second", now)
            store.spans.add_version(Source(f"s-{name}", "import", name, "", now), document, spans, now)
            vectors = centres[dice.integers(0, TOPICS, len(spans))] + dice.normal(size=(len(spans), dimension))
            vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
            tokens = [dice.integers(-30, 30, size=(TOKENS, 48), dtype=np.int8) for _ in spans]
            store.vectors.put([span.id for span in spans], vectors, tokens)
        store.fading.add_night(instant(datetime.now(UTC) - timedelta(days=DAYS - day)), float(day))


def jobs(indexer: Indexer) -> list[Job]:
    """All of a night."""
    return list(job_list(indexer.rebalance, lambda: "gentle"))


def night(store: Store, indexer: Indexer, give_way: Callable[[], None]) -> dict[str, Any]:
    """Seconds and counts of each job."""
    result: dict[str, Any] = {}
    begun = time.perf_counter()
    for job in jobs(indexer):
        started = time.perf_counter()
        run = Run(store, SystemClock(), job.name, give_way=give_way, force=job.name == "rebalance")
        for _ in run.perform(job, "schedule"):
            pass
        result[job.name] = {"seconds": round(time.perf_counter() - started, 1), **run.counts}
    return {"seconds": round(time.perf_counter() - begun, 1), **result}


class Peak:
    """The most memory that this process held, sampled."""

    def __init__(self) -> None:
        self.mb = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            self.mb = max(self.mb, resident_mb())

    def stop(self) -> int:
        """The peak in MB."""
        self._stop.set()
        self._thread.join()
        return self.mb


def ask(recall: Recall, foreground: Foreground, queries: list[str], until: Callable[[], bool]) -> dict[str, float]:
    """Searches of a person, one after the other with a breath between; p50 and p95 in ms."""
    times: list[float] = []
    while not until():
        query = queries[len(times) % len(queries)]
        begun = time.perf_counter()
        with foreground:
            recall.search(query, 10)
        times.append(1000 * (time.perf_counter() - begun))
        time.sleep(PAUSE)
    times = sorted(times[3:])
    return {
        "searches": len(times),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
    }


def without_model(size: int) -> dict[str, Any]:
    """A night over `size` memories, undone, and again while a person searches."""
    embedder = ConfiguredModels(places()).embedder()
    assert embedder is not None
    words = vocabulary()
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as name:
        store = Store(
            Path(name),
            model_id=embedder.model_id,
            dimension=embedder.dimension,
            analyse=index_terms,
            words_above=20_000,
        )
        fill(store, size, words)
        indexer = Indexer(store, embedder)
        indexer.drain()
        recall = Recall(store, embedder, exact_below=20_000)
        dice = np.random.default_rng(5)
        queries = [
            " ".join(words[min(rank - 1, len(words) - 1)] for rank in dice.zipf(1.15, size=9)) for _ in range(200)
        ]
        foreground = Foreground()
        count = iter(range(210))
        idle = ask(recall, foreground, queries, lambda: next(count, None) is None)
        result: dict[str, Any] = {"spans": store.words.span_count(), "idle": idle, "memory_before_mb": resident_mb()}
        peak = Peak()
        result["night"] = night(store, indexer, lambda: None)
        result["memory_peak_mb"] = peak.stop()
        begun = time.perf_counter()
        undone = 0
        for record in store.runs.all():
            rows, conflicts = store.runs.undo(record.id, "now")
            assert not conflicts
            undone += rows
        result["undo"] = {"rows": undone, "seconds": round(time.perf_counter() - begun, 1)}
        with store.database.transaction() as tx:
            tx.execute("DELETE FROM runs")
            tx.execute("DELETE FROM signatures")
            tx.execute("INSERT OR IGNORE INTO derivations SELECT 'merge', seq FROM spans")
        indexer.drain()
        over = threading.Event()
        again: dict[str, Any] = {}

        def give_way() -> None:
            while not foreground.wait(1.0):
                pass

        def work() -> None:
            give_way_to_others()
            again.update(night(store, indexer, give_way))
            over.set()

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        result["recall_meanwhile"] = ask(recall, foreground, queries, over.is_set)
        thread.join()
        result["night_meanwhile_s"] = again["seconds"]
        result["p95_over_idle"] = round(result["recall_meanwhile"]["p95_ms"] / idle["p95_ms"], 2)
        store.close()
    return result


def with_model(minutes: float, path: Path) -> dict[str, Any]:
    """Days, weeks and topics of an evaluation file's conversations, written by the bundled model."""
    from secondme.evaluation.conversations import ingest_conversation
    from secondme.evaluation.conversations import load as load_evaluation

    runtimes = ConfiguredModels(places())
    embedder, model = runtimes.embedder(), runtimes.language_model(load(places().config_file)[0])
    assert embedder is not None
    assert model is not None
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as name:
        store = Store(Path(name), model_id=embedder.model_id, dimension=embedder.dimension, analyse=index_terms)
        for conversation in load_evaluation(path)["conversations"]:
            ingest_conversation(store, embedder, conversation, Path(name))
        indexer = Indexer(store, embedder)
        indexer.drain()
        begun = time.monotonic()
        result: dict[str, Any] = {"spans": store.words.span_count(), "model": model.name}
        for job in (Balance(indexer.rebalance), Summaries(), Topics()):
            indexer.drain()
            run = Run(store, SystemClock(), job.name, model=model)
            for _ in run.perform(job, "schedule"):
                if time.monotonic() - begun > 60 * minutes:
                    run.stop.set()
            reasons: dict[str, int] = {}
            for one in store.runs.refusals(run.id):
                reasons[one.reason] = reasons.get(one.reason, 0) + 1
            result[job.name] = {
                **run.counts,
                "reasons": reasons,
                "model_seconds": round(run.model_seconds, 1),
                "tokens_per_s": round(run.tokens / run.model_seconds, 1) if run.model_seconds else 0,
                "read_and_written_per_s": round((run.tokens + run.prompt_tokens) / run.model_seconds, 1)
                if run.model_seconds
                else 0,
            }
        result["seconds"] = round(time.monotonic() - begun, 1)
        for about in [row[0] for row in store.database.read("SELECT about FROM memories WHERE model != '' LIMIT 6")]:
            memory = store.memories.about(about)
            assert memory is not None
            result.setdefault("examples", []).append([about, store.memories.texts(memory)])
        runtimes.close()
        store.close()
    return result


def main() -> None:
    share_fairly()
    if "--model" in sys.argv:
        at = sys.argv.index("--model")
        print(json.dumps(with_model(float(sys.argv[at + 1]), Path(sys.argv[at + 2])), indent=1))
    else:
        print(json.dumps(without_model(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000), indent=1))


if __name__ == "__main__":
    main()
