"""The job that has a model write in a few sentences what holds of me: the beginning of the profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from secondme.api import Progress
from secondme.clock import instant
from secondme.consolidation.summary_writer import (
    grounded_sentences,
    memory_id,
    model_name,
    store_summary,
    summary,
    write_sentences,
)
from secondme.facts.profile import PORTRAIT, facts_of_me, is_portrayed, portrait_digest
from secondme.jobs.job import Job, Run
from secondme.text.entities import fold_name

SENTENCES = 4
FEWEST_SENTENCES = 2


class Portrait(Job):
    """Writes a portrait, each sentence with its sources. Without a model the profile says the same plainly."""

    name = "portrait"
    title = "Tell in a few sentences who you are, each with its sources"

    def __init__(self, me: Callable[[], Sequence[str]]) -> None:
        """`me`: names by which I am called."""
        self._me = me

    def steps(self, run: Run) -> Iterator[Progress]:
        """One portrait, when what holds has changed."""
        store = run.store
        if run.model is None:
            return
        day = instant(run.now)[:10]
        mine = [fact for fact in facts_of_me(store, self._me(), day) if is_portrayed(fact)]
        digest = portrait_digest(mine)
        held = store.memories.about(PORTRAIT)
        undone = store.runs.undone_keys("memories", "portrait written")
        if not mine or (held and held.digest == digest) or memory_id(PORTRAIT, digest, model_name(run)) in undone:
            return
        cited = list(dict.fromkeys(fact.statements[-1].span_id for fact in mine))
        spans = store.memories.spans(store.spans.seqs(cited))
        kept = []
        for begin in range(0, len(spans), SENTENCES):
            group = spans[begin : begin + SENTENCES]
            texts = write_sentences(run, group)
            with run.step() as step:
                kept += grounded_sentences(step, texts, group)
            yield Progress("telling", min(begin + SENTENCES, len(spans)), len(spans), "passages")
        names = [fold_name(name) for name in self._me() if name]
        named = [sentence for sentence in kept if any(name in fold_name(sentence.text) for name in names)]
        with run.step() as step:  # a sentence or two about "her" is no portrait: the profile says it plainly then
            found = named[:SENTENCES] if len(named) >= FEWEST_SENTENCES else []
            store_summary(step, store, summary(run, "portrait", PORTRAIT, digest, found))
