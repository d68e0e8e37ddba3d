"""How full the battery is, where the machine runs on one."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from functools import lru_cache
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
FRESH = 30
"""Seconds for which a look at the battery holds for those who ask all the time: on macOS it starts a process."""


def recent_battery_percent() -> int | None:
    """`battery_percent` as it was in this half minute."""
    return _in_half_minute(int(time.monotonic() // FRESH))


@lru_cache(maxsize=1)
def _in_half_minute(number: int) -> int | None:
    return battery_percent()


def battery_percent() -> int | None:
    """Charge in percent while running on battery; None on mains, without a battery, or where nobody knows."""
    if sys.platform == "darwin":
        return mac_charge()
    return linux_charge(SUPPLIES)


def linux_charge(folder: Path) -> int | None:
    charges: list[int] = []
    for supply in folder.glob("*"):
        try:
            kind = (supply / "type").read_text().strip()
            if kind == "Battery" and (supply / "status").read_text().strip() == "Discharging":
                charges.append(int((supply / "capacity").read_text()))
            elif kind == "Mains" and (supply / "online").read_text().strip() == "1":
                return None
        except (OSError, ValueError):  # a supply that cannot be read
            continue
    return min(charges, default=None)


def mac_charge() -> int | None:
    try:
        output = subprocess.run(["pmset", "-g", "batt"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"(\d+)%", output)
    return int(found.group(1)) if found and "Battery Power" in output else None
