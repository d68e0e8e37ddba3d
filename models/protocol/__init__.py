"""What the rest of the application may ask of a model and of what runs it.

`model` has the protocols of a language model and an embedder, `runtime` has what makes them, and `place` decides
whether a server is on this machine.
"""

from models.protocol.model import (
    CHOOSE_ANOTHER_EMBEDDER,
    CHOOSE_ANOTHER_MODEL,
    ChatTurn,
    ContextOverflow,
    Embedder,
    Finished,
    FinishReason,
    GenerateRequest,
    LanguageModel,
    ModelAway,
    ModelError,
    PassageSentence,
    Piece,
    Role,
    SentenceReading,
    SentenceScorer,
    TakesAdapters,
    TextRole,
    TokenLogprob,
    TokenVectors,
    Vectors,
)

__all__ = [
    "CHOOSE_ANOTHER_EMBEDDER",
    "CHOOSE_ANOTHER_MODEL",
    "ChatTurn",
    "ContextOverflow",
    "Embedder",
    "FinishReason",
    "Finished",
    "GenerateRequest",
    "LanguageModel",
    "ModelAway",
    "ModelError",
    "PassageSentence",
    "Piece",
    "Role",
    "SentenceReading",
    "SentenceScorer",
    "TakesAdapters",
    "TextRole",
    "TokenLogprob",
    "TokenVectors",
    "Vectors",
]
