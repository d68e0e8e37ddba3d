"""`secondme models`, the real command line against a hub on loopback that serves the bundled model's file."""

from __future__ import annotations

import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.bundled import LANGUAGE_MODEL_FILE, LANGUAGE_MODEL_SHA256, find_language_model
from models.hub.catalogue import find_model, load_catalogue
from tests.e2e.home import Home, hear_ctrl_c
from tests.models.hub.hub import Fault, HubDouble, running_hub

NAME = "smollm2-135m:Q4_1"
KNOWN = next(model for model in load_catalogue() if find_model([model], "smollm2-135m"))


@pytest.fixture
def hub(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubDouble]:
    found = find_language_model(home.root / "cache")
    if found is None:
        pytest.skip("the bundled model is not installed")
    with running_hub() as double:
        double.add(KNOWN.repository, {LANGUAGE_MODEL_FILE: found.path.read_bytes()}, commit=KNOWN.revision)
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        monkeypatch.setenv("HF_HOME", str(home.root / "hf"))
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield double


def embedder_file() -> bytes:
    """The header of a GGUF that makes one vector of many, without weights."""

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    pairs = [
        text("general.architecture") + struct.pack("<I", 8) + text("bert"),
        text("bert.pooling_type") + struct.pack("<II", 4, 1),
    ]
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs)) + b"".join(pairs) + bytes(2000)


def test_a_model_is_pulled_chosen_checked_and_removed(home: Home, hub: HubDouble) -> None:
    before = home.json("models", "info", NAME)
    assert before["estimated"] and not before["path"]
    assert hub.requests == [], "nothing is asked but by pull"
    pulled = home.run("models", "pull", NAME)
    assert pulled.returncode == 0, pulled.stderr
    assert f"Asking {hub.url} about {KNOWN.repository}" in pulled.stderr
    assert "98.4 MB, commit ab810cf68114, licence apache-2.0" in pulled.stderr
    path = Path(pulled.stdout.strip())
    assert path.is_relative_to(home.places.models)
    home.ok("models", "use", NAME)
    assert home.ok("config", "get", "model.path").strip() == str(path)
    (listed,) = home.json("models", "list", "--pulled")["models"]
    assert (listed["name"], listed["in_use"], listed["estimated"]) == (NAME, True, False)
    assert f"* {NAME}" in home.ok("models", "list")
    facts = home.json("models", "info", NAME)
    assert facts["files"] == [[LANGUAGE_MODEL_FILE, path.stat().st_size, LANGUAGE_MODEL_SHA256]]
    assert (facts["architecture"], facts["context"], facts["licence"]) == ("llama", 8192, "apache-2.0")
    assert 0 < facts["weights"] < facts["size"] and facts["cache"] > 0
    assert home.ok("models", "verify").startswith("ok ")
    assert "135m" in home.json("status")["model"].casefold()
    refused = home.run("models", "remove", NAME)
    assert (refused.returncode, "--yes" in refused.stderr, path.exists()) == (2, True, True)
    home.ok("models", "remove", NAME, "--yes")
    assert not path.exists()
    assert home.ok("config", "get", "model.path").strip() == ""
    assert home.run("models", "verify").returncode == 3


def test_flipped_bytes_are_found_by_verify_and_mended_by_a_pull(home: Home, hub: HubDouble) -> None:
    path = Path(home.ok("models", "pull", NAME).strip())
    with path.open("r+b") as file:
        file.seek(50_000_000)
        file.write(bytes(5000))
    found = home.run("models", "verify", NAME)
    assert found.returncode == 1
    assert "is damaged" in found.stderr and f"`secondme models pull {NAME}`" in found.stderr
    chosen = home.run("models", "use", NAME)
    assert chosen.returncode == 1
    assert "The setting was not changed." in chosen.stderr
    home.ok("models", "pull", NAME)
    home.ok("models", "verify", NAME)
    home.ok("models", "use", NAME)


def test_ctrl_c_keeps_what_came_and_says_how_to_go_on(home: Home, hub: HubDouble) -> None:
    arrived = threading.Event()
    hub.faults[LANGUAGE_MODEL_FILE] = [Fault(hold=threading.Event())]
    hub.on_bytes = lambda sent: arrived.set() if sent > 40_000_000 else None
    command = [sys.executable, "-m", "secondme", "models", "pull", NAME]
    process = subprocess.Popen(command, env=home.environment, stderr=subprocess.PIPE, text=True, preexec_fn=hear_ctrl_c)
    assert arrived.wait(60)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "are kept: the same command goes on from there" in said
    assert "Traceback" not in said
    (unfinished,) = home.json("models", "list")["unfinished"]
    assert unfinished["repository"] == KNOWN.repository
    assert unfinished["bytes"] > 0
    home.ok("models", "pull", NAME)
    assert hub.asked_for(LANGUAGE_MODEL_FILE)[-1].start == unfinished["bytes"]
    assert home.json("models", "list")["unfinished"] == []


def test_an_embedder_is_chosen_for_embedding(home: Home, hub: HubDouble) -> None:
    hub.add("some/Embedder-GGUF", {"embedder-Q8_0.gguf": embedder_file()})
    path = home.ok("models", "pull", "some/Embedder-GGUF").strip()
    assert "embeds now" in home.ok("models", "use", "some/Embedder-GGUF")
    assert home.ok("config", "get", "embedder.path").strip() == path
    assert home.ok("config", "get", "model.path").strip() == ""
    home.ok("models", "remove", "some/Embedder-GGUF", "--yes")
    assert home.ok("config", "get", "embedder.path").strip() == ""


def test_a_local_file_is_chosen_and_described(home: Home, hub: HubDouble, tmp_path: Path) -> None:
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(hub.repositories[KNOWN.repository].files[LANGUAGE_MODEL_FILE])
    assert home.json("models", "info", mine)["quantization"] == "Q4_1"
    home.ok("models", "use", mine)
    assert home.ok("config", "get", "model.path").strip() == str(mine)
    assert str(mine) in home.ok("models", "list")
    home.ok("models", "use", "none")
    assert home.ok("config", "get", "model.path").strip() == "none"
    home.ok("models", "use", "bundled")
    assert hub.requests == []


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("pull", "qwen3-44b"), 3, "Near it: qwen3-4b"),
        (("pull", "qwen3-4b"), 3, "The hub does not have Qwen/Qwen3-4B-GGUF"),
        (("pull", "Qwen/Qwen3-4B-GUF"), 3, "Near it in the catalogue: Qwen/Qwen3-4B-GGUF"),
        (("pull", "smollm2-135m:Q2_K"), 3, "QUANTIZATION: Q4_1"),
        (("pull", NAME, "--revision", "gone"), 3, "does not have that revision"),
        (("use", "qwen3-4b"), 3, "`secondme models pull qwen3-4b` gets it"),
        (("use", "nonsense"), 3, "no model 'nonsense' in the catalogue"),
        (("info", "some/where"), 3, "was not pulled"),
        (("use", "/no/where.gguf"), 3, "There is no file /no/where.gguf. Check the path."),
        (("use", "where.gguf"), 3, "There is no file where.gguf. Check the path."),
        (("verify", "qwen3-4b"), 3, "was not pulled"),
        (("remove", "qwen3-4b"), 3, "No model 'qwen3-4b' was pulled"),
    ],
)
def test_bad_input_gets_a_sentence_and_a_remedy(
    home: Home, hub: HubDouble, arguments: tuple[str, ...], code: int, why: str
) -> None:
    done = home.run("models", *arguments)
    assert (done.returncode, why in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


def test_a_hub_that_is_away_or_refuses_gets_a_sentence(home: Home, hub: HubDouble) -> None:
    hub.repositories[KNOWN.repository].refused = (403, "GatedRepo")
    gated = home.run("models", "pull", NAME)
    assert gated.returncode == 1
    assert f"Accept its licence at {hub.url}/{KNOWN.repository} and set HF_TOKEN" in gated.stderr
    hub.close()
    away = home.run("models", "pull", NAME)
    assert away.returncode == 1
    assert "cannot be reached" in away.stderr and "HTTPS_PROXY and HF_ENDPOINT" in away.stderr
    assert "Traceback" not in gated.stderr + away.stderr


def test_what_the_hub_holds_is_told_only_when_asked(home: Home, hub: HubDouble) -> None:
    shown = home.ok("models", "info", "smollm2-135m", "--online")
    assert "Q4_1" in shown and LANGUAGE_MODEL_FILE in shown
    assert [request.path for request in hub.requests] == [f"/api/models/{KNOWN.repository}/revision/{KNOWN.revision}"]


def test_a_plan_says_what_fits_and_how_fast_and_then_how_fast_it_was(home: Home, notes: Path) -> None:
    output = home.ok("models", "plan")
    assert "all of it stays in memory" in output and "predicted: " in output and "measured" not in output
    planned = home.json("models", "plan")
    assert planned["plan"]["mode"] == "resident" and planned["plan"]["tokens_per_second"] > 1
    home.ok("config", "set", "model.memory", "2GB")
    home.ok("ingest", notes)
    home.ok("config", "set", "answer.everything", "off")
    home.ok("ask", "Tell me everything about the trip to Lisbon and the tomatoes, please.")
    assert home.json("models", "plan")["measured"]["answers"] <= 1
    offer = home.json("models", "plan", "--all", "--memory", "4GB")
    modes = {offered["name"]: offered["plan"]["mode"] for offered in offer["plans"]}
    assert offer["memory"] == 4_000_000_000
    assert modes["qwen3-0.6b"] == "resident" and modes["llama-3.3-70b"] == "too large"


def test_a_plan_for_nothing_that_exists_and_memory_that_is_no_size_are_refused_in_a_sentence(home: Home) -> None:
    for arguments, said in ((["nonsense"], "no plan for nonsense"), (["--memory", "lots"], "no size")):
        done = home.run("models", "plan", *arguments)
        assert done.returncode in (2, 3) and said in done.stderr and "Traceback" not in done.stderr
    assert "no size" in home.run("config", "set", "model.memory", "much").stderr


def test_an_answer_within_a_promised_memory_comes_from_weights_on_disk(home: Home, tmp_path: Path) -> None:
    """The real command line, engine and child with a model that is larger than it may hold."""
    from benchmarks.runtime.synthetic_gguf import TINY, write

    found = find_language_model(home.root / "cache")
    if found is None:
        pytest.skip("the bundled model is not installed")
    path = write(TINY, tmp_path / "tiny.gguf", found.path)
    home.ok("remember", "The spare key hangs behind the kitchen door.")
    home.ok("models", "use", path)
    home.ok("config", "set", "model.context", "512")
    home.ok("config", "set", "answer.max_tokens", "8")
    home.ok("config", "set", "model.memory", "20MB")
    refused = home.run("ask", "Tell me where the spare key hangs.", "--json")
    said = refused.stdout + refused.stderr
    assert "needs at least" in said and "models plan" in said
    least = int(said.split("needs at least ")[1].split(" MB")[0].replace(",", ""))
    home.ok("config", "set", "model.memory", f"{least + 6}MB")
    answered = home.run("ask", "Tell me where the spare key hangs.", "--json")
    assert answered.returncode == 0, answered.stderr
    assert "tiny" in answered.stdout.lower()
