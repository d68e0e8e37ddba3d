"""What the hub answers, and what it refuses: the requests of a pull."""

from __future__ import annotations

import pytest
from huggingface_hub import close_session

from models.hub.client import Hub, NotOnHub, OddAnswer, Unreachable, is_safe_path
from models.protocol import ModelError
from tests.models.hub.hub import Fault, HubDouble, running_hub
from tests.models.hub.stage import FILE, REPOSITORY, WEIGHTS, Stage


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
def test_a_name_that_the_hub_does_not_have_is_answered_with_names_that_it_has(
    stage: Stage, name: str, why: str
) -> None:
    with pytest.raises(NotOnHub) as caught:
        stage.pull(name)
    assert why in str(caught.value)
    assert str(caught.value).isprintable()


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
        assert [request.start for request in elsewhere.asked_for(FILE)] == [0, 400_000]
        assert {request.headers["authorization"] for request in stage.double.requests} == {"Bearer hf_secret"}
        assert not any("authorization" in request.headers for request in elsewhere.requests)


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


def test_a_hub_that_is_away_is_an_error_of_a_sentence(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
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
    "answer",
    [b"[]", b"{}", b"null", b'{"id": 3}', b'{"id": "a/b", "siblings": [{"x": 1}]}', b"\xff",
     b'{"id":"a","sha":"main"}'],
)  # fmt: skip
def test_any_json_that_is_no_listing_is_refused(stage: Stage, answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.double, "_list", lambda handler, name, revision: HubDouble._say(handler, 200, answer))
    with pytest.raises(OddAnswer):
        stage.pull()


def test_requests_say_nothing_about_this_machine(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AI_AGENT", "some-agent")
    stage.pull()
    assert {request.path.split("/")[1] for request in stage.double.requests} == {"api", "some"}
    agents = {request.headers["user-agent"] for request in stage.double.requests}
    assert all("agent/" not in agent and "torch" not in agent for agent in agents)
    assert not any("authorization" in request.headers for request in stage.double.requests)


def test_a_proxy_of_the_environment_is_used(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", stage.double.url)
    monkeypatch.setenv("http_proxy", stage.double.url)
    close_session()
    try:
        stage.hub = Hub("http://hub.invalid", seconds=30)
        assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    finally:
        close_session()  # the next test must not go through the proxy
    assert {request.headers["host"] for request in stage.double.requests} == {"hub.invalid"}


def test_a_proxy_that_is_no_address_is_an_error(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "nonsense://x")
    monkeypatch.setenv("http_proxy", "nonsense://x")
    close_session()
    with pytest.raises(ModelError, match="A proxy setting is no address"):
        stage.pull()
