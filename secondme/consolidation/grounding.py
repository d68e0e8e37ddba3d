"""The grounding gate: a sentence that a model wrote passes only if its sources hold every name, number, date and
negation of it, and if it is said of the right speaker. No model takes part.

The gate cannot see a wrong verb between right names. It asks that most of a sentence's words are in its sources: this
bounds the error, and nothing more.

To add a check: write a function in `consolidation/checks/` that is true where a sentence is wrong, and add it to CHECKS
with the reason that refusals record. `benchmarks/night/gate.py` shows what the gate lets through, and what it refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from secondme.consolidation.checks.dates import has_wrong_date
from secondme.consolidation.checks.names import has_unknown_name
from secondme.consolidation.checks.negations import has_wrong_negation
from secondme.consolidation.checks.numbers import has_wrong_number
from secondme.consolidation.checks.speakers import has_wrong_speaker
from secondme.consolidation.checks.support import lacks_support
from secondme.consolidation.evidence import Evidence

UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Check:
    """A kind of error. `reason`: its name in refusals. `fails`: whether a sentence has it, given its sources."""

    reason: str
    fails: Callable[[str, Sequence[Evidence]], bool]


CHECKS: tuple[Check, ...] = (
    Check("date", has_wrong_date),
    Check("number", has_wrong_number),
    Check("name", has_unknown_name),
    Check("speaker", has_wrong_speaker),
    Check("negation", has_wrong_negation),
    Check(UNSUPPORTED, lacks_support),
)
"""Every check. The first that fails gives the reason."""


def refusal(sentence: str, sources: Sequence[Evidence]) -> str | None:
    """The reason why a sentence may not pass, or None if it may."""
    if not sources:
        return UNSUPPORTED
    return next((check.reason for check in CHECKS if check.fails(sentence, sources)), None)
