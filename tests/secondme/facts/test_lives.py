"""Eight lives of 400 days: what is read of them without a model is right, and no trap is among it."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.facts.extraction import learn_job
from secondme.facts.intervals import known_facts
from tests.worlds.life_files import LIVES, life, right_then, score, tell
from tests.worlds.night_world import world


@pytest.mark.parametrize("name", LIVES)
def test_a_life_is_read_without_inventing_anything(tmp_path: Path, name: str) -> None:
    of = life(name)
    with world(tmp_path) as here:
        tell(here, of)
        here.run(learn_job())
        result = score(of, here.store.facts.statements())
        assert result.traps == []
        assert result.precision >= 0.95, result.wrong
        assert result.recall >= 0.5
        assert result.hearsay_wrong <= 2
        facts, _ = known_facts(here.store, [of.me, of.me.split()[0]])
        right, asked = right_then(of, result.found, facts, range(0, 400, 20))
        assert asked > 100
        assert right / asked >= 0.9
