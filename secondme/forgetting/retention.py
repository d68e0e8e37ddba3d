"""How long a memory stays in mind: retention, strength, importance and the three layers.

Retention R = exp(-t / (c * S)), Ebbinghaus as in MemoryBank (Zhong et al. 2023), with t in days lived since the last
recall and S growing by one at each recall; the released code has the sign of S wrong, so that recall made memories
fade faster. The layers (days, months, years) each with a c of its own, and promotion by recalls, follow FinMem (Yu et
al. 2023).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from secondme.text.forms import Form
from storage.fading import Held, Strength

Policy = Literal["off", "gentle", "strong"]
LAYERS = ("days", "months", "years")

SCALE = {"strong": (5.0, 40.0, 400.0), "gentle": (20.0, 120.0, 1200.0)}
"""c of each layer in days. MemoryBank has 5; gentle is a few times slower."""
THRESHOLD = 0.1
"""Below this retention a memory fades: after 2.3 c S days."""
RECENT_DAYS = 14.0
"""Younger memories never fade, whatever their strength."""
PROMOTION = 3
"""After so many recalls a memory goes on to the next layer."""
LEAST_STRENGTH, IMPORTANCE_STRENGTH = 0.5, 1.5
LONG, SHORT = 200, 25
"""Characters."""
_BASE = {"note": 0.8, "file": 0.5, "import": 0.35, "chat": 0.4}
_FIRST_LAYER = {"note": 2, "file": 1}


@dataclass(frozen=True)
class Outlook:
    """How a memory stands: retention now, and in how many days lived it fades (None: never, while it stays so)."""

    retention: float
    strength: float
    layer: int
    importance: float
    fades_in: float | None


def retention(days: float, strength: float, scale: float) -> float:
    """R in (0, 1]: 1 just after a recall, falling with days lived, slower for a stronger memory. `scale` is c."""
    return math.exp(-max(days, 0.0) / (scale * strength))


def days_until(threshold: float, strength: float, scale: float) -> float:
    """Days lived until retention falls to the threshold."""
    return -math.log(threshold) * scale * strength


def importance(one: Held) -> float:
    """How much a memory matters before anyone recalled it, 0 to 1: what it is, and whether it holds names, numbers, times."""
    value = _BASE.get(one.kind, 0.4)
    if one.role == "assistant" or not one.evidence:
        value = 0.1
    form = Form(one.form)
    value += 0.15 * bool(form & Form.NAME) + 0.1 * bool(form & (Form.NUMBER | Form.TIME))
    value += 0.1 * (one.length >= LONG) - 0.2 * (one.length < SHORT)
    return min(max(value, 0.0), 1.0)


def first_strength(one: Held) -> Strength:
    """The strength of a memory that nobody recalled yet."""
    return Strength(
        LEAST_STRENGTH + IMPORTANCE_STRENGTH * importance(one), _FIRST_LAYER.get(one.kind, 0), 0, None, one.lived, None
    )


def recalled(one: Held, lived: float, now: str) -> Strength:
    """The strength after a recall: S + 1, time begins anew, and after some recalls the next layer."""
    before = one.strength or first_strength(one)
    recalls = before.recalls + 1
    layer = min(before.layer + (recalls % PROMOTION == 0), len(LAYERS) - 1)
    return replace(before, strength=before.strength + 1, layer=layer, recalls=recalls, recalled_at=now, lived=lived)


def outlook(one: Held, lived: float, policy: Policy) -> Outlook:
    """How a memory stands after so many days lived. With policy off nothing fades; shown is what gentle would do."""
    held = one.strength or first_strength(one)
    scale = SCALE["strong" if policy == "strong" else "gentle"][held.layer]
    age = lived - one.lived
    left = max(days_until(THRESHOLD, held.strength, scale), RECENT_DAYS) - age
    never = policy == "off" or held.pinned_at is not None or one.away
    return Outlook(
        retention(age, held.strength, scale), held.strength, held.layer, importance(one), None if never else left
    )
