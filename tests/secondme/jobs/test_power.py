"""Whether the machine runs on battery, as the system tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.jobs.power import linux_charge


@pytest.mark.parametrize(
    ("supplies", "percent"),
    [
        ({}, None),
        ({"BAT0": {"type": "Battery", "status": "Discharging", "capacity": "41"}}, 41),
        ({"BAT0": {"type": "Battery", "status": "Charging", "capacity": "41"}}, None),
        (
            {
                "AC": {"type": "Mains", "online": "1"},
                "BAT0": {"type": "Battery", "status": "Discharging", "capacity": "9"},
            },
            None,
        ),
        ({"BAT0": {"type": "Battery", "status": "Discharging", "capacity": "?"}}, None),
    ],
)
def test_the_charge_counts_only_on_battery(
    tmp_path: Path, supplies: dict[str, dict[str, str]], percent: int | None
) -> None:
    for name, files in supplies.items():
        (tmp_path / name).mkdir()
        for file, value in files.items():
            (tmp_path / name / file).write_text(value + "\n")
    assert linux_charge(tmp_path) == percent
