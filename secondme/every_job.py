"""Every kind of background job, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from secondme.api import Progress
from secondme.forgetting import Forgetting
from secondme.jobs import Job, Run
from secondme.learning import learning, learning_with_model
from secondme.merging import Merging
from secondme.people import People
from secondme.profile import Portrait
from secondme.retention import Policy
from secondme.summaries import Balance, Summaries, Topics
from secondme.whole_memory import ReadAhead, WholeMemory
from secondme.working_memory import LongChats


def every_job(
    rebalance: Callable[[Run], Iterator[Progress]],
    policy: Callable[[], Policy],
    me: Callable[[], Sequence[str]] = lambda: (),
    whole: WholeMemory | None = None,
) -> tuple[Job, ...]:
    """All of them. `rebalance` builds the memory tree anew in a run; `policy` says how fast memories fade; `me` names by
    which I am called; `whole` lays out all that is known, where a model may read it."""
    return (
        Merging(),
        Balance(rebalance),
        Summaries(),
        LongChats(),
        Topics(),
        learning(),
        learning_with_model(),
        People(),
        Portrait(me),
        Forgetting(policy),
        *([ReadAhead(whole)] if whole else []),
    )
