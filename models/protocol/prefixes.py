"""What embedding models were trained to find before a question and before a passage, by their names.

From the models' own cards. A model that is not listed embeds both alike. A prefix that a passage gets is part of the
identity of the vectors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from models.protocol.model import TextRole

Prefixes = Mapping[TextRole, str]

NONE: Prefixes = {"query": "", "passage": ""}
_SENTENCE = "Represent this sentence for searching relevant passages: "
_TASK = "Given a web search query, retrieve relevant passages that answer the query"

_KNOWN: tuple[tuple[str, Prefixes], ...] = (
    (r"e5.*instruct", {"query": f"Instruct: {_TASK}\nQuery: ", "passage": ""}),
    (r"(?:^|[^a-z0-9])e5(?:[^a-z0-9]|$)", {"query": "query: ", "passage": "passage: "}),
    (r"nomic-embed|modernbert-embed", {"query": "search_query: ", "passage": "search_document: "}),
    (r"embedding-?gemma", {"query": "task: search result | query: ", "passage": "title: none | text: "}),
    (r"qwen3-embedding", {"query": f"Instruct: {_TASK}\nQuery:", "passage": ""}),
    (r"bge-(?:small|base|large)-en|mxbai-embed", {"query": _SENTENCE, "passage": ""}),
    (r"arctic-embed.*v2", {"query": "query: ", "passage": ""}),
    (r"arctic-embed", {"query": _SENTENCE, "passage": ""}),
)
"""Patterns of a name in small letters, in which spaces and underscores are hyphens; the first that is found counts."""


def prefixes_of(name: str) -> Prefixes:
    """The prefixes of a model, by its own name or that of its file."""
    plain = re.sub(r"[\s_]+", "-", name.casefold())
    return next((prefixes for pattern, prefixes in _KNOWN if re.search(pattern, plain)), NONE)


def with_prefix(prefixes: Prefixes, texts: Sequence[str], role: TextRole) -> list[str]:
    """The texts as the model takes them."""
    return [prefixes[role] + text for text in texts]


def identity_suffix(prefixes: Prefixes) -> str:
    """What the identity of a model's vectors ends with, so that they never mix with those made without the prefix."""
    return "/prefixed" if prefixes["passage"] else ""
