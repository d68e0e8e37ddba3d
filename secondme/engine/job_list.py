"""Every background job, in the order in which they run. A new job gets its line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from models.protocol import SentenceScorer
from secondme.adapters.night import NightTraining
from secondme.api import Progress
from secondme.chat.whole_memory import ReadAhead, WholeMemory
from secondme.chat.working_memory import LongChats
from secondme.consolidation.merging import Merging
from secondme.consolidation.summaries import Balance, Summaries, Topics
from secondme.facts.entity_resolution import People
from secondme.facts.extraction import learn_job, study_job
from secondme.facts.portrait import Portrait
from secondme.facts.sentence_reading import notice_job
from secondme.forgetting.fade_job import Forgetting
from secondme.forgetting.retention import Policy
from secondme.jobs.job import Job, Run


def job_list(
    rebalance: Callable[[Run], Iterator[Progress]],
    policy: Callable[[], Policy],
    me: Callable[[], Sequence[str]] = lambda: (),
    whole: WholeMemory | None = None,
    training: NightTraining | None = None,
    scorer: Callable[[], SentenceScorer | None] = lambda: None,
) -> tuple[Job, ...]:
    """All jobs. `rebalance` builds the memory tree anew in a run; `policy` says how fast memories fade; `me` gives the
    names of the person; `whole` lays out all that is known, where a model may read it; `training` teaches the model at
    night; `scorer` gives the reader of sentences, where there is one."""
    return (
        Merging(),
        Balance(rebalance),
        Summaries(),
        LongChats(),
        Topics(),
        learn_job(),
        notice_job(scorer),
        study_job(),
        People(),
        Portrait(me),
        Forgetting(policy),
        *([ReadAhead(whole)] if whole else []),
        *([training] if training else []),
    )
