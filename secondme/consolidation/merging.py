"""The job that merges near-duplicates: one of two spans stands for both, and names both sources.

Only spans that make the same claim are merged: nearly the same words (Jaccard by MinHash, then exactly), the same
numbers, names and negations, the same speaker, and, where they are dated, the same day: that someone ran on two days is
two claims. The span that is folded in keeps its row, its source and its place; when the other leaves, it is back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from secondme.api import Progress
from secondme.clock import instant
from secondme.jobs.job import Job, Run
from secondme.text.forms import analyse
from secondme.text.terms import STOP_WORDS
from storage.duplicates import Claim

BATCH = 40
"""Spans compared in one transaction."""
BANDS, ROWS = 4, 3
ALIKE = 0.9
"""Least Jaccard similarity of word sets."""
LEAST_WORDS = 5
"""Texts of fewer words may be equal by chance."""
COMPARED = 20
"""Most older spans that a new span is compared with."""
MODULUS = (1 << 31) - 1

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DECISIVE = re.compile(r"(?i)\d|n['’]t$|^(?:not|never|no|none|without|nobody|nothing|neither|nor|cannot)$")
_TRUST = {"me": 2, "author": 1, "other": 0}


def signature(words: npt.NDArray[np.int32]) -> tuple[int, int, int, int]:
    """Four bands of three minima each of hashes of the words (MinHash, Broder 1997)."""
    unique = np.unique(words).astype(np.int64)
    if not len(unique):
        return (0, 0, 0, 0)
    factors, terms = _hashes()
    minima = ((unique[:, None] * factors + terms) % MODULUS).min(axis=0)
    folded = [hash(tuple(int(minimum) for minimum in minima[i * ROWS : (i + 1) * ROWS])) for i in range(BANDS)]
    return (folded[0], folded[1], folded[2], folded[3])


@cache
def _hashes() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Factors and terms of the hash functions. They may never change, since signatures are stored."""
    dice = np.random.default_rng(20261121)
    return dice.integers(1, MODULUS, BANDS * ROWS), dice.integers(0, MODULUS, BANDS * ROWS)


def is_same_claim(left: Claim, right: Claim) -> bool:
    """Whether two spans of different documents say the same."""
    if left.document_id == right.document_id or left.speaker != right.speaker or left.evidence != right.evidence:
        return False
    if (left.role == "assistant") != (right.role == "assistant"):
        return False
    dated = [claim.happened_at and claim.precision != "mtime" for claim in (left, right)]
    if all(dated) and left.happened_at[:10] != right.happened_at[:10]:
        return False
    words, others = set(_words(left).tolist()), set(_words(right).tolist())
    if len(words) < LEAST_WORDS or len(words & others) < ALIKE * len(words | others):
        return False
    return _decisive_words(left.text) == _decisive_words(right.text)


def _words(claim: Claim) -> npt.NDArray[np.int32]:
    """The words of its text alone: those that are stored for recall include the name of its file."""
    return claim.words if claim.speaker else analyse(claim.text).words


def _decisive_words(text: str) -> list[str]:
    """Words that make all the difference: numbers, negations and names, in alphabetical order."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        named = (
            word[0].isupper()
            and match.start()
            and text[match.start() - 1] == " "
            and text[match.start() - 2] not in ".!?"
        )
        if _DECISIVE.search(word) or (named and word.lower() not in STOP_WORDS):
            found.append(word.lower())
    return sorted(found)


class MergeByHand(Job):
    """Folds one span into another because a person says so; a run of its own, so that it can be undone."""

    name = "merge-by-hand"
    title = "Merge one memory into another"

    def __init__(self, folded: str, into: str) -> None:
        """Ids of the spans."""
        self._folded, self._into = folded, into

    def steps(self, run: Run) -> Iterator[Progress]:
        """One change."""
        with run.step() as step:
            values = {"faded_at": instant(run.now), "merged_into": self._into}
            if step.update("merged", "spans", (self._folded,), values):
                step.count("merged")
        yield Progress("merging", 1, 1, "memories")


class Merging(Job):
    """Folds a span into an older span that says the same; if the older is trusted less, the older into it."""

    name = "merge"
    title = "Merge passages that say the same; both sources are kept"
    short = True

    def steps(self, run: Run) -> Iterator[Progress]:
        """Compare every span that is new since the last run with those before it."""
        store = run.store
        spared = store.runs.undone_keys("spans", "merged")
        total = store.duplicates.count()
        done = after = 0
        while seqs := store.duplicates.waiting(BATCH, after):
            after = seqs[-1]
            claims = store.duplicates.claims(seqs)
            signatures = {seq: signature(_words(claim)) for seq, claim in claims.items()}
            store.duplicates.put_signatures(signatures)
            with run.step() as step:
                found = self._alike(run, claims, signatures)
                for folded, into in found:
                    if folded.id in spared or folded.pinned:
                        continue
                    values = {"faded_at": instant(run.now), "merged_into": into.id}
                    if step.update("merged", "spans", (folded.id,), values):
                        step.count("merged")
                step.executemany(
                    "DELETE FROM derivations WHERE stage = 'merge' AND span_seq = ?", [(seq,) for seq in seqs]
                )
            done += len(seqs)
            yield Progress("comparing", done, max(total, done), "memories")

    @staticmethod
    def _alike(
        run: Run, claims: dict[int, Claim], signatures: dict[int, tuple[int, int, int, int]]
    ) -> list[tuple[Claim, Claim]]:
        """(folded, into) pairs. A span that this batch folds takes no other in."""
        store = run.store
        pairs: list[tuple[Claim, Claim]] = []
        gone: set[int] = set()
        taking: set[int] = set()
        for seq in sorted(claims):
            if claims[seq].merged or seq in gone:
                continue
            older = store.duplicates.with_signature(signatures[seq], seq, COMPARED)
            every = claims | store.duplicates.claims([number for number in older if number not in claims])
            for number in older:
                other = every.get(number)
                if other is None or other.merged or number in gone or not is_same_claim(other, claims[seq]):
                    continue
                if _TRUST.get(claims[seq].role, 0) > _TRUST.get(other.role, 0):
                    # What I said is never folded into what another wrote.
                    if number not in taking:
                        pairs.append((other, claims[seq]))
                        gone.add(number)
                        taking.add(seq)
                else:
                    pairs.append((claims[seq], other))
                    gone.add(seq)
                    taking.add(number)
                break
        return pairs
