"""The word index for large stores: made from SQLite, thrown away at any doubt, never repaired in place.

FTS5 reads every posting of a question's words to rank them; tantivy skips those that cannot reach the best
(block-max WAND). A generation holds the stems of every span, in recall or not, up to row number `upto`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from storage.database import Database
from storage.faults import crash_point
from storage.tokens.tokenizer import rules

State = Literal["closed", "ready", "rebuilding"]
Analyse = Callable[[str], Sequence[str]]
BATCH = 5000
MADE_BY = "/rules"
"""Beside the digests of its files, a generation records by which rules of words it was made; no file has this name."""
HEAP_BYTES = 64_000_000


class WordIndex:
    """The current generation. Written by one thread; searched by any."""

    def __init__(self, database: Database, folder: Path, analyse: Analyse) -> None:
        """`analyse` gives the stems of a text in order, the same as FTS5's tokenizer makes."""
        self._db = database
        self._folder = folder
        self.analyse = analyse
        self._live: tuple[Any, int] | None = None  # a searcher and the row number up to which it knows
        self._index: Any = None
        self._number = 0
        self._digests: dict[str, str] = {}
        self._building: tuple[int, Any, Any, int] | None = None
        self.reason = ""
        """Why the last rebuild was needed."""

    @property
    def state(self) -> State:
        """Only when it is ready does it answer; FTS5 answers otherwise."""
        if self._building is not None:
            return "rebuilding"
        return "ready" if self._live is not None else "closed"

    @property
    def upto(self) -> int:
        """The largest row number that is indexed; 0 while the index does not answer."""
        live = self._live
        return live[1] if live is not None else 0

    def open(self) -> bool:
        """Open the live generation if it can be trusted; False when one has to be built (`start_rebuild`)."""
        row = self._db.one("SELECT * FROM word_generations WHERE state = 'live' ORDER BY number DESC")
        if row is None:
            self.reason = "there is no word index yet"
            return False
        folder = self._path(row["number"])
        recorded: dict[str, str] = json.loads(row["digests"])
        if recorded.pop(MADE_BY, "") != rules():
            self.reason = "other rules of words made the word index"
            return False
        # Files beyond those recorded are what a killed writer left; the commit does not refer to them.
        if _digests(folder, {}, recorded) != recorded:
            self.reason = "the files of the word index changed"
            return False
        try:
            import tantivy

            index = tantivy.Index.open(str(folder))
            searcher = index.searcher()
            held = searcher.num_docs
        except Exception as error:  # whatever tantivy raises means that it has to be rebuilt
            self.reason = f"{type(error).__name__} while opening"
            return False
        if held != self._db.value("SELECT count(*) FROM spans WHERE seq <= ?", (row["upto"],)):
            self.reason = "the word index does not hold what SQLite holds"
            return False
        self.reason = ""
        self._index, self._number, self._digests = index, row["number"], recorded
        self._live = (searcher, row["upto"])
        return True

    def start_rebuild(self) -> None:
        """Begin a fresh generation beside the old one; `continue_rebuild` fills it."""
        import tantivy

        self.abandon()
        number = int(self._db.value("SELECT coalesce(max(number), 0) FROM word_generations")) + 1
        with self._db.transaction() as tx:
            tx.execute("INSERT INTO word_generations VALUES (?, 'building', 0, '{}')", (number,))
        crash_point("words.before_create")
        folder = self._path(number)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field("seq", fast=True)
        index = tantivy.Index(builder.build(), path=str(folder))
        crash_point("words.after_create")
        self._building = (number, index, index.writer(heap_size=HEAP_BYTES, num_threads=1), 0)

    def continue_rebuild(self) -> bool:
        """Index one batch; True when the new generation is live."""
        assert self._building is not None
        number, index, writer, upto = self._building
        last = self._add(writer, upto)
        if last is not None:
            self._building = (number, index, writer, last)
            return False
        self._commit(writer)
        digests = _digests(self._path(number), {})
        crash_point("words.before_switch")
        with self._db.transaction() as tx:
            tx.execute("UPDATE word_generations SET state = 'old' WHERE state = 'live'")
            switched = tx.execute(
                "UPDATE word_generations SET state = 'live', upto = ?, digests = ? WHERE number = ?",
                (upto, json.dumps(digests | {MADE_BY: rules()}), number),
            ).rowcount
        crash_point("words.after_switch")
        if not switched:  # something was erased meanwhile
            self.discard()
            return False
        index.reload()
        self._index, self._number, self._digests, self._building = index, number, digests, None
        self._live = (index.searcher(), upto)
        self._remove_all_but(number)
        return True

    def extend(self) -> None:
        """Take in one batch of spans that came since; raises what tantivy raises."""
        live = self._live
        assert live is not None
        writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        last = self._add(writer, live[1])
        if last is None:
            return
        self._commit(writer)
        self._digests = _digests(self._path(self._number), self._digests)
        with self._db.transaction() as tx:
            kept = tx.execute(
                "UPDATE word_generations SET upto = ?, digests = ? WHERE number = ? AND state = 'live'",
                (last, json.dumps(self._digests | {MADE_BY: rules()}), self._number),
            ).rowcount
        crash_point("words.after_extend")
        if not kept:  # something was erased meanwhile
            self.discard()
            return
        self._index.reload()
        self._live = (self._index.searcher(), last)

    def search(self, stems: Sequence[str], limit: int) -> tuple[list[tuple[int, float]], int] | None:
        """((row number, BM25), best first, in recall or not; the row number up to which it knows), or None."""
        live = self._live
        if live is None:
            return None
        try:
            import tantivy

            searcher, upto = live
            schema = self._index.schema
            terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", s, "freq")) for s in stems]
            hits = searcher.search(tantivy.Query.boolean_query(terms), limit, count=False).hits
            seqs = searcher.fast_field_values("seq", [address for _, address in hits])
            return [(int(seq), float(score)) for seq, (score, _) in zip(seqs, hits, strict=True)], upto
        except Exception as error:  # FTS5 answers now, and a fresh generation is built
            self._fail(error)
            return None

    def document_frequency(self, stems: Sequence[str]) -> dict[str, int] | None:
        """In how many indexed spans each stem occurs, those out of recall included; None when it cannot say."""
        live = self._live
        if live is None:
            return None
        try:
            found = {stem: int(live[0].doc_freq("text", stem)) for stem in stems}
        except Exception as error:
            self._fail(error)
            return None
        return {stem: count for stem, count in found.items() if count}

    def abandon(self) -> None:
        """Close what is open without trusting it; FTS5 answers from now on."""
        self._live, self._index, self._building, self._digests = None, None, None, {}

    def discard(self) -> None:
        """Throw every generation away, files included, as a purge must."""
        self.abandon()
        self._remove_all_but(None)

    def discard_leftovers(self) -> None:
        """Remove files that no generation needs."""
        if self._folder.is_dir() and any(self._folder.iterdir()):
            self.discard()

    def _fail(self, error: Exception) -> None:
        self.reason = f"{type(error).__name__} while searching"
        self._live = None

    def _add(self, writer: Any, after: int) -> int | None:
        """Add the next batch of spans; the last row number added, or None when there are no more."""
        import tantivy

        rows = self._db.read(
            "SELECT seq, text, heading, speaker FROM spans WHERE seq > ? ORDER BY seq LIMIT ?", (after, BATCH)
        )
        for seq, text, heading, speaker in rows:
            document = tantivy.Document()
            document.add_unsigned("seq", seq)
            document.add_text(
                "text", " ".join(term for part in (text, heading, speaker) for term in self.analyse(part))
            )
            writer.add_document(document)
        return int(rows[-1][0]) if rows else None

    def _commit(self, writer: Any) -> None:
        crash_point("words.before_commit")
        writer.commit()
        crash_point("words.after_commit")
        writer.wait_merging_threads()

    def _path(self, number: int) -> Path:
        return self._folder / f"gen-{number:06d}"

    def _remove_all_but(self, keep: int | None) -> None:
        crash_point("words.before_remove")
        with self._db.transaction() as tx:
            tx.execute("DELETE FROM word_generations WHERE number IS NOT ?", (keep,))
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                if keep is None or folder != self._path(keep):
                    shutil.rmtree(folder, ignore_errors=True)
        crash_point("words.after_remove")


def _digests(folder: Path, known: dict[str, str], only: dict[str, str] | None = None) -> dict[str, str]:
    """sha256 of the files that a commit refers to, by name. Segments never change, so `known` ones are not reread."""
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = path.name
        if name.startswith(".") or not path.is_file() or (only is not None and name not in only):
            continue
        if name in known and name != "meta.json":
            found[name] = known[name]
            continue
        with path.open("rb") as file:
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
