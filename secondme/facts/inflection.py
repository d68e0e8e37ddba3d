"""Predicates of English as they are said of somebody else, and to that person."""

from __future__ import annotations

import re

VERBS = {
    "run": "runs", "own": "owns", "manage": "manages", "restore": "restores", "repair": "repairs", "mend": "mends",
    "fix": "fixes",
    "build": "builds", "tune": "tunes", "train": "trains", "breed": "breeds", "keep": "keeps", "grow": "grows",
    "collect": "collects", "sell": "sells", "design": "designs", "write": "writes", "carve": "carves", "bake": "bakes",
    "coach": "coaches", "edit": "edits", "translate": "translates", "make": "makes", "do": "does", "work": "works",
    "drive": "drives", "fly": "flies", "play": "plays", "read": "reads", "have": "has",
    "teach": "teaches", "paint": "paints",
    "look": "looks", "volunteer": "volunteers", "race": "races", "farm": "farms", "be": "is",
    "head": "heads", "chair": "chairs",
    "sing": "sings", "ring": "rings", "import": "imports", "brew": "brews", "rent": "rents",
    "rear": "rears", "deliver": "delivers",
}  # fmt: skip
"""Verbs, and how they are said of somebody else."""
_THIRD = {
    **VERBS,
    "doing": "does",
    "got": "has",
    "running": "runs",
    "reading": "reads",
    "training": "is training",
    "saving": "is saving",
    "covering": "is covering",
    "working": "works",
}
_BASE = {third: base for base, third in VERBS.items()} | {"is": "are"}


def third_person(predicate: str) -> str:
    """A predicate as it is said of somebody else: "run a bakery" as "runs a bakery"."""
    first, gap, rest = predicate.partition(" ")
    return f"{_THIRD.get(first.lower(), first)}{gap}{rest}"


def second_person(predicate: str) -> str:
    """A predicate as it is said to that person: "runs a bakery" as "run a bakery"."""
    first, gap, rest = predicate.partition(" ")
    return f"{_BASE.get(first) or _regular_base(first)}{gap}{rest}"


def regular_third(verb: str) -> str:
    """A regular verb as it is said of somebody else."""
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def _regular_base(third: str) -> str:
    """The verb of a form such as "shoes", "mixes", "carries"; another word as it is."""
    if third.endswith("ies"):
        return f"{third[:-3]}y"
    if re.search(r"(?:ss|x|z|ch|sh|go)es$", third):
        return third[:-2]
    return third[:-1] if re.search(r"[^s]s$", third) else third
