"""Invented sentences in many languages, with the encodings in which programs once wrote each (`sentences.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sentences:
    """A short text and a longer one in a language."""

    language: str
    encodings: tuple[str, ...]
    short: str
    long: str


def sentences() -> list[Sentences]:
    """Those of each language."""
    lines = Path(__file__).with_suffix(".tsv").read_text("utf-8").splitlines()
    parts = (line.split("\t") for line in lines)
    return [Sentences(language, tuple(encodings.split()), short, long) for language, encodings, short, long in parts]
