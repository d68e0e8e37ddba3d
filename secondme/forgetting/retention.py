"""How long a memory stays in mind: the curve of forgetting, strength, importance and the three layers.

Retention R = exp(-t / (c * S)), Ebbinghaus as in MemoryBank (Zhong et al. 2023), with t in days lived since the last
recall and S growing by one at each recall; the released code has the sign of S wrong, so that recall made memories
fade faster. The layers (days, months, years) each with a c of its own, and promotion by recalls, follow FinMem (Yu et
al. 2023).

To add a curve: write a class with the two methods of Curve, add it to CURVES under the name of its policy, and add that
name to the values of `memory.forgetting` in `settings.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from secondme.text.forms import Form
from storage.fading import MemoryState, Strength

LAYERS = ("days", "months", "years")
"""Names of the layers; elsewhere a layer is its number here."""


class Curve(Protocol):
    """A curve of forgetting."""

    def retention(self, days: float, strength: float, layer: int) -> float:
        """R in (0, 1]: 1 just after a recall, falling with days lived, slower for a stronger memory and later layer."""

    def days_until(self, threshold: float, strength: float, layer: int) -> float:
        """Days lived until retention falls to the threshold: the inverse of `retention`."""


@dataclass(frozen=True)
class Exponential:
    """R = exp(-t / (c * S)). `scale`: c of each layer, in days."""

    scale: tuple[float, float, float]

    def retention(self, days: float, strength: float, layer: int) -> float:
        """As in Curve."""
        return math.exp(-max(days, 0.0) / (self.scale[layer] * strength))

    def days_until(self, threshold: float, strength: float, layer: int) -> float:
        """As in Curve."""
        return -math.log(threshold) * self.scale[layer] * strength


Policy: TypeAlias = str
"""What the setting `memory.forgetting` names: a curve, or off."""
OFF = "off"
"""The policy under which nothing fades."""
CURVES: dict[str, Curve] = {
    "gentle": Exponential((20.0, 120.0, 1200.0)),
    "strong": Exponential((5.0, 40.0, 400.0)),
}
"""The curve of each policy that lets memories fade. MemoryBank's c is 5; gentle is a few times slower."""
SHOWN_WHEN_OFF = "gentle"

THRESHOLD = 0.1
"""Below this retention a memory fades: after 2.3 c S days."""
RECENT_DAYS = 14.0
"""Younger memories never fade, whatever their strength."""
PROMOTION = 3
"""Each time that a memory was recalled so often, it goes on to the next layer."""
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


def importance(memory: MemoryState) -> float:
    """How much a memory matters before anyone recalls it, 0 to 1: by its kind, its length, and the names, numbers and
    times that it holds."""
    value = _BASE.get(memory.kind, 0.4)
    if memory.role == "assistant" or not memory.evidence:
        value = 0.1
    form = Form(memory.form)
    value += 0.15 * bool(form & Form.NAME) + 0.1 * bool(form & (Form.NUMBER | Form.TIME))
    value += 0.1 * (memory.length >= LONG) - 0.2 * (memory.length < SHORT)
    return min(max(value, 0.0), 1.0)


def first_strength(memory: MemoryState) -> Strength:
    """The strength of a memory that nobody has recalled yet."""
    strength = LEAST_STRENGTH + IMPORTANCE_STRENGTH * importance(memory)
    return Strength(strength, _FIRST_LAYER.get(memory.kind, 0), 0, None, memory.lived, None)


def strength_after_recall(memory: MemoryState, lived: float, now: str) -> Strength:
    """The strength after a recall: S + 1, time begins anew, and after some recalls the next layer."""
    before = memory.strength or first_strength(memory)
    recalls = before.recalls + 1
    layer = min(before.layer + (recalls % PROMOTION == 0), len(LAYERS) - 1)
    return replace(before, strength=before.strength + 1, layer=layer, recalls=recalls, recalled_at=now, lived=lived)


def outlook(memory: MemoryState, lived: float, policy: Policy) -> Outlook:
    """How a memory stands after so many days lived. With policy off nothing fades; shown is what gentle would do.

    Raises KeyError for a policy without a curve.
    """
    strength = memory.strength or first_strength(memory)
    curve = CURVES[SHOWN_WHEN_OFF if policy == OFF else policy]
    age = lived - memory.lived
    left = max(curve.days_until(THRESHOLD, strength.strength, strength.layer), RECENT_DAYS) - age
    never = policy == OFF or strength.pinned_at is not None or memory.away
    return Outlook(
        retention=curve.retention(age, strength.strength, strength.layer),
        strength=strength.strength,
        layer=strength.layer,
        importance=importance(memory),
        fades_in=None if never else left,
    )
