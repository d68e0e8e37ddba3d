from __future__ import annotations

import pytest

from models.protocol.prefixes import identity_suffix, prefixes_of, with_prefix


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("multilingual-e5-base-Q8_0", "query: ", "passage: "),
        ("intfloat/e5_large_v2", "query: ", "passage: "),
        ("nomic-embed-text:latest", "search_query: ", "search_document: "),
        ("Nomic Embed Text v1.5", "search_query: ", "search_document: "),
        ("embeddinggemma-300M-Q8_0", "task: search result | query: ", "title: none | text: "),
        ("snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("all-MiniLM-L6-v2-F16", "", ""),
        ("some5e5thing", "", ""),
    ],
)
def test_a_model_gets_the_prefixes_that_it_was_trained_with(name: str, query: str, passage: str) -> None:
    prefixes = prefixes_of(name)
    assert with_prefix(prefixes, ["text"], "query") == [f"{query}text"]
    assert with_prefix(prefixes, ["text"], "passage") == [f"{passage}text"]


@pytest.mark.parametrize("name", ["bge-small-en-v1.5-q8_0", "mxbai-embed-large-v1", "Qwen3-Embedding-0.6B-Q8_0"])
def test_an_instruction_goes_before_questions_only_and_leaves_the_identity_of_vectors(name: str) -> None:
    prefixes = prefixes_of(name)
    assert prefixes["query"] and not prefixes["passage"]
    assert identity_suffix(prefixes) == ""


def test_vectors_of_prefixed_passages_have_an_identity_of_their_own() -> None:
    assert identity_suffix(prefixes_of("multilingual-e5-small")) == "/prefixed"
