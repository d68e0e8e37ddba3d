from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.openai.connection import ServerConnection
from models.openai.embedder import LONGEST_TOKENS, OpenAIEmbedder
from models.openai.token_estimate import estimate_tokens
from models.protocol import Embedder, ModelError
from models.protocol.place import place_of
from tests.models.openai.model_server import Exchange, ModelServer, model_server

PATH = "/v1/embeddings"


def vector_of(text: str) -> list[float]:
    return [float(len(text)), float(text.count("a")), 1.0]


def embeddings(http: Exchange) -> None:
    rows = [{"index": i, "embedding": vector_of(text)} for i, text in enumerate(http.body["input"])]
    http.json({"data": rows[::-1]})


def connect(server: ModelServer, cache: Path) -> OpenAIEmbedder:
    return OpenAIEmbedder(ServerConnection(place_of(server.url)), "embed-small", cache)


def test_vectors_come_in_input_order_and_have_length_one(tmp_path: Path) -> None:
    texts = [f"{'a' * number} text" for number in range(70)]
    with model_server({PATH: embeddings}) as server:
        embedder: Embedder = connect(server, tmp_path)
        vectors = embedder.embed(texts)
        asked = server.requests(PATH)
    expected = np.array([vector_of(text) for text in texts])
    assert np.allclose(vectors, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-6)
    assert vectors.dtype == np.float32
    assert [len(body["input"]) for body in asked] == [1, 32, 32, 6] and asked[1]["model"] == "embed-small"


def test_texts_get_the_prefix_of_their_role_where_the_model_was_trained_with_one(tmp_path: Path) -> None:
    with model_server({PATH: embeddings}) as server:
        embedder = OpenAIEmbedder(ServerConnection(place_of(server.url)), "nomic-embed-text", tmp_path)
        embedder.embed(["red bicycle"])
        embedder.embed_tokens(["where is it"], "query")
        asked = server.requests(PATH)
    assert [body["input"] for body in asked[1:]] == [["search_document: red bicycle"], ["search_query: where is it"]]
    assert embedder.model_id == "nomic-embed-text/server/3/prefixed"


def test_the_length_of_vectors_is_asked_once_and_then_known_without_the_server(tmp_path: Path) -> None:
    with model_server({PATH: embeddings}) as server:
        first = connect(server, tmp_path)
    again = connect(server, tmp_path)
    assert (again.model_id, again.dimension) == (first.model_id, 3)
    with pytest.raises(ModelError, match="can be reached"):
        again.embed(["text"])


def test_a_server_that_is_not_there_and_was_never_asked_is_an_error(tmp_path: Path) -> None:
    with model_server() as server:
        pass
    with pytest.raises(ModelError, match="can be reached"):
        connect(server, tmp_path)


def test_what_is_sent_is_no_longer_than_models_read_and_never_empty(tmp_path: Path) -> None:
    with model_server({PATH: embeddings}) as server:
        embedder = connect(server, tmp_path)
        embedder.embed(["", "half \ud83d", "words " * 5000])
        empty, half, long = server.requests(PATH)[-1]["input"]
    assert (empty, half) == (" ", "half ?")
    assert estimate_tokens(long) <= LONGEST_TOKENS == embedder.max_tokens
    assert embedder.count_tokens(["words"]) == [estimate_tokens("words")]


def test_there_are_no_vectors_of_tokens(tmp_path: Path) -> None:
    with model_server({PATH: embeddings}) as server:
        vectors, tokens = connect(server, tmp_path).embed_tokens(["one", "two"])
    assert vectors.shape == (2, 3) and [vector.shape for vector in tokens] == [(0, 0)] * 2


def test_a_model_whose_vectors_changed_their_length_is_refused(tmp_path: Path) -> None:
    with model_server({PATH: embeddings}) as server:
        embedder = connect(server, tmp_path)
        server.on[PATH] = lambda http: http.json({"data": [{"index": 0, "embedding": [1.0, 2.0]}]})
        with pytest.raises(ModelError, match="another length"):
            embedder.embed(["text"])


def rows(*vectors: Any) -> Callable[[Exchange], None]:
    return lambda http: http.json({"data": [{"index": i, "embedding": vector} for i, vector in enumerate(vectors)]})


@pytest.mark.parametrize(
    "respond",
    [
        rows([0.0, 0.0, 0.0]),
        rows([float("nan"), 1.0, 1.0]),
        rows("text"),
        rows([]),
        rows(),
        rows([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]),
        lambda http: http.json({"data": 5}),
        lambda http: http.json([1]),
    ],
)
def test_an_answer_without_vectors_is_an_error_of_a_sentence(
    respond: Callable[[Exchange], None], tmp_path: Path
) -> None:
    with model_server({PATH: respond}) as server, pytest.raises(ModelError, match="not an OpenAI-compatible"):
        connect(server, tmp_path)


def test_a_model_that_the_server_does_not_have_is_an_error(tmp_path: Path) -> None:
    with model_server() as server, pytest.raises(ModelError, match="does not know this model") as caught:
        connect(server, tmp_path)
    assert "server" in caught.value.remedy
