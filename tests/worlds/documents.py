"""Where the documents of the corpus are: one text and one table, made into every format by real programs."""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
MADE = CORPUS / "made"
