"""How full the battery is, where the machine runs on one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")


def battery_percent() -> int | None:
    """Charge in percent while running on battery; None on mains, without a battery, or where it cannot be told."""
    if sys.platform == "darwin":
        return _of_pmset()
    return _of_supplies(SUPPLIES)


def _of_supplies(folder: Path) -> int | None:
    charges: list[int] = []
    for supply in folder.glob("*"):
        try:
            kind = (supply / "type").read_text().strip()
            if kind == "Battery" and (supply / "status").read_text().strip() == "Discharging":
                charges.append(int((supply / "capacity").read_text()))
            elif kind == "Mains" and (supply / "online").read_text().strip() == "1":
                return None
        except (OSError, ValueError):  # a supply that says nothing
            continue
    return min(charges, default=None)


def _of_pmset() -> int | None:
    try:
        said = subprocess.run(["pmset", "-g", "batt"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"(\d+)%", said)
    return int(found.group(1)) if found and "Battery Power" in said else None
