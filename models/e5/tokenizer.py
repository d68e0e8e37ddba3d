"""The tokenizer of XLM-RoBERTa (Conneau et al. 2020): a SentencePiece vocabulary with a Unigram model (Kudo 2018)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.e5.weights import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPACE = "▁"
"""Stands for the space before a word."""
_CONTROL = r"[\x00-\x08\x0B\x0E-\x1F\x7F\x{8F}\x{9F}]"
_SPACES = rf"[\s\x{{200B}}{SPACE}]+"


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The tokenizer; it adds no special tokens.

    Text is brought into NFKC, loses control characters, and any white space is one space, as SentencePiece's rules
    `nmt_nfkc` have it. No text is ever a special token: `<mask>` is six ordinary characters.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    # A control character is no part of a normalised text, so a piece named by one matches nothing.
    pieces = [
        (f"\x01{i}" if piece.startswith("<") and piece.endswith(">") and score == 0 else piece, score)
        for i, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    ]
    tokenizer = Tokenizer(models.Unigram(pieces, vocabulary.unknown, False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(_CONTROL), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(SPACE, "always")
    return tokenizer
