"""The memory tree as rows: nodes with sums of vectors, and the leaf of each span. A tree is a generation.

Node texts are references to sentences of spans, so that a text is never copied and goes when its span goes.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from storage.database import Database
from storage.faults import crash_point
from storage.runs import Step

Vector = npt.NDArray[np.float32]
OUTDATED = "(size * 10 > told * 12 OR size * 12 < told * 10)"
"""Nodes whose size changed by a fifth since their sentences were chosen. The partial index has the same words."""
REMOVE_BATCH = 5000
_HELD = "(s.archived_at IS NULL AND s.hidden_at IS NULL AND s.evidence = 1)"
"""Spans that a tree holds: live, and neither a question of the person nor words of the assistant."""


@dataclass
class NodeRow:
    """A node: `total` is the sum of its spans' unit vectors, `size` their number, `height` at most so many levels
    are below it. The root has no parent."""

    id: int
    parent: int | None
    height: int
    size: int
    total: Vector


@dataclass(frozen=True)
class Waiting:
    """A span whose place in the tree is to be brought up to date."""

    seq: int
    live: bool
    leaf: int | None
    vector: Vector | None


@dataclass(frozen=True)
class Sentence:
    """A sentence that stands for a node: offsets in the text of a span."""

    seq: int
    start: int
    end: int


@dataclass(frozen=True)
class NodeView:
    """A node as it is shown: how many spans are below it, and the texts of its sentences."""

    id: int
    size: int
    texts: tuple[str, ...]


class Trees:
    """Nodes and placements of the live tree of one embedding model. Written by one thread."""

    def __init__(self, database: Database, model_id: str, dimension: int) -> None:
        self._db = database
        self._model_id = model_id
        self._dimension = dimension

    def use(self, model_id: str, dimension: int) -> None:
        """Read and write the tree of another embedding model from now on."""
        self._model_id, self._dimension = model_id, dimension

    def live(self) -> int | None:
        """Number of the live tree."""
        number: int | None = self._db.value(
            "SELECT number FROM trees WHERE state = 'live' AND model_id = ? ORDER BY number DESC", (self._model_id,)
        )
        return number

    def ensure_live(self) -> tuple[int, int]:
        """(number, root) of the live tree. Makes a first tree; removes unfinished trees and those of other models.

        An old tree stays, so that the switch can be undone.
        """
        number = self.live()
        for (other,) in self._db.read(
            "SELECT number FROM trees WHERE number IS NOT ? AND (state != 'old' OR model_id != ?)",
            (number, self._model_id),
        ):
            self.remove(other)
        if number is None:
            number, root = self.create("live")
            with self._db.transaction() as tx:
                tx.execute("INSERT OR IGNORE INTO derivations SELECT 'tree', seq FROM spans")
            return number, root
        # A tree of an older release may hold questions and answers.
        with self._db.transaction() as tx:
            tx.execute(
                """INSERT OR IGNORE INTO derivations SELECT 'tree', p.span_seq FROM placements p
                   JOIN spans s ON s.seq = p.span_seq WHERE p.tree = ? AND s.evidence = 0""",
                (number,),
            )
        return number, self.root(number)

    def erasures(self, tree: int) -> int:
        """How often spans were erased from under the tree: when it changes, nodes read before are stale."""
        return int(self._db.value("SELECT erasures FROM trees WHERE number = ?", (tree,)) or 0)

    def root(self, tree: int) -> int:
        """Id of a tree's root."""
        return int(self._db.value("SELECT id FROM nodes WHERE tree = ? AND parent IS NULL", (tree,)))

    def create(self, state: str) -> tuple[int, int]:
        """(number, root) of a new tree in `state` (live or building) that holds nothing yet."""
        number = int(self._db.value("SELECT coalesce(max(number), 0) FROM trees")) + 1
        root = self.next_id()
        with self._db.transaction() as tx:
            tx.execute(
                "INSERT INTO trees(number, model_id, state, created_at) VALUES (?, ?, ?, datetime('now'))",
                (number, self._model_id, state),
            )
            nothing = np.zeros(self._dimension, np.float32).tobytes()
            tx.execute(
                "INSERT INTO nodes(id, tree, parent, height, size, total) VALUES (?, ?, NULL, 0, 0, ?)",
                (root, number, nothing),
            )
        return number, root

    def next_id(self) -> int:
        """An id that no node has."""
        return int(self._db.value("SELECT coalesce(max(id), 0) FROM nodes")) + 1

    def switch(self, number: int, step: Step) -> None:
        """A tree that was built takes the place of the live one, in a run's step; the live tree becomes an old tree."""
        crash_point("rebalance.before_switch")
        for (live,) in self._db.read("SELECT number FROM trees WHERE state = 'live' AND number != ?", (number,)):
            step.update("re-balanced", "trees", (live,), {"state": "old"})
        step.update("re-balanced", "trees", (number,), {"state": "live"})
        step.execute(
            "UPDATE trees SET built = (SELECT size FROM nodes WHERE tree = ?1 AND parent IS NULL) WHERE number = ?1",
            (number,),
        )
        crash_point("rebalance.after_switch")

    def old(self) -> list[int]:
        """Trees that were live before, oldest first."""
        return [row[0] for row in self._db.read("SELECT number FROM trees WHERE state = 'old' ORDER BY number")]

    def growth(self) -> tuple[int, int]:
        """(spans in the live tree, spans that it had when it was last built anew)."""
        row = self._db.one(
            """SELECT n.size, t.built FROM trees t JOIN nodes n ON n.tree = t.number AND n.parent IS NULL
               WHERE t.number = ?""",
            (self.live(),),
        )
        return (row[0], row[1]) if row else (0, 0)

    def sentence_digests(self, smallest: int) -> list[tuple[int, str]]:
        """(node, digest of its sentences) of nodes of at least so many spans, the largest first."""
        rows = self._db.read(
            """SELECT n.id, n.told || ':' || sum(t.span_seq) FROM nodes n JOIN node_sentences t ON t.node = n.id
               WHERE n.tree = ? AND n.size >= ? AND n.parent IS NOT NULL GROUP BY n.id ORDER BY n.size DESC, n.id""",
            (self.live(), smallest),
        )
        return [(row[0], row[1]) for row in rows]

    def remove(self, number: int) -> None:
        """Delete a tree, in bounded steps."""
        while True:
            with self._db.transaction() as tx:
                gone = tx.execute(
                    f"DELETE FROM placements WHERE (tree, span_seq) IN "
                    f"(SELECT tree, span_seq FROM placements WHERE tree = ? LIMIT {REMOVE_BATCH})",
                    (number,),
                ).rowcount
            if gone <= 0:
                break
        with self._db.transaction() as tx:
            # Without its parents first, so that no cascade has to find them.
            tx.execute("UPDATE nodes SET parent = NULL WHERE tree = ?", (number,))
            tx.execute("DELETE FROM nodes WHERE tree = ?", (number,))
            tx.execute("DELETE FROM trees WHERE number = ?", (number,))

    # --- the queue ----------------------------------------------------------------------------------

    def waiting(self, tree: int, limit: int) -> list[Waiting]:
        """Spans to be placed (those that a tree holds, with a vector) or taken out (the others), oldest first."""
        rows = self._db.read(
            f"""SELECT s.seq, {_HELD} AS live, p.node, v.vector
               FROM derivations q JOIN spans s ON s.seq = q.span_seq
               LEFT JOIN vectors v ON v.span_id = s.id AND v.model_id = ?
               LEFT JOIN placements p ON p.span_seq = s.seq AND p.tree = ?
               WHERE q.stage = 'tree' AND (v.vector IS NOT NULL OR NOT ({_HELD}))
               ORDER BY q.span_seq LIMIT ?""",
            (self._model_id, tree, limit),
        )
        return [
            Waiting(row[0], bool(row[1]), row[2], None if row[3] is None else np.frombuffer(row[3], np.float32))
            for row in rows
        ]

    def queue_length(self) -> int:
        """Spans whose place is not up to date."""
        return int(self._db.value("SELECT count(*) FROM derivations WHERE stage = 'tree'"))

    def write(
        self,
        tree: int,
        nodes: Iterable[NodeRow],
        removed: Iterable[int],
        placed: Iterable[tuple[int, int]],
        taken_out: Iterable[int],
        finished: Iterable[int],
        *,
        erasures: int = 0,
    ) -> bool:
        """One batch: nodes changed or new, nodes removed, (span, leaf) placed, spans taken out, and the spans that
        leave the queue. False, and nothing is written, when spans were erased since `erasures` was read."""
        with self._db.transaction("tree") as tx:
            if tx.execute("SELECT erasures FROM trees WHERE number = ?", (tree,)).fetchone()[0] != erasures:
                return False
            tx.execute("PRAGMA defer_foreign_keys = ON")
            tx.executemany(
                """INSERT INTO nodes(id, tree, parent, height, size, total) VALUES (?, ?, ?, ?, ?, ?)
                   ON CONFLICT(id) DO UPDATE SET parent = excluded.parent, height = excluded.height,
                   size = excluded.size, total = excluded.total""",
                [(node.id, tree, node.parent, node.height, node.size, node.total.tobytes()) for node in nodes],
            )
            gone = [(tree, seq) for seq in taken_out]
            tx.executemany("DELETE FROM placements WHERE tree = ? AND span_seq = ?", gone)
            # Nodes for which they stood choose sentences again.
            tx.executemany(
                """UPDATE nodes SET told = 0
                   WHERE tree = ? AND id IN (SELECT node FROM node_sentences WHERE span_seq = ?)""",
                gone,
            )
            tx.executemany(
                "INSERT OR REPLACE INTO placements SELECT ?, seq, ? FROM spans WHERE seq = ?",
                [(tree, leaf, seq) for seq, leaf in placed],
            )
            tx.executemany("DELETE FROM nodes WHERE id = ?", [(node,) for node in removed])
            tx.executemany(
                "DELETE FROM derivations WHERE stage = 'tree' AND span_seq = ?", [(seq,) for seq in finished]
            )
        return True

    # --- reading ------------------------------------------------------------------------------------

    def children(self, node: int) -> list[NodeRow]:
        """The nodes just below a node, by id."""
        return [
            NodeRow(row[0], node, row[1], row[2], np.frombuffer(row[3], np.float32))
            for row in self._db.read("SELECT id, height, size, total FROM nodes WHERE parent = ? ORDER BY id", (node,))
        ]

    def node(self, node: int) -> NodeRow | None:
        """A node by its id, or None."""
        row = self._db.one("SELECT id, parent, height, size, total FROM nodes WHERE id = ?", (node,))
        return None if row is None else NodeRow(row[0], row[1], row[2], row[3], np.frombuffer(row[4], np.float32))

    def spans_of(self, leaf: int) -> list[int]:
        """Row numbers of the spans under a leaf, in order."""
        rows = self._db.read("SELECT span_seq FROM placements WHERE node = ? ORDER BY span_seq", (leaf,))
        return [row[0] for row in rows]

    def vectors(self, seqs: Sequence[int]) -> dict[int, Vector]:
        """Vectors of spans by row number."""
        rows = self._db.read_in(
            """SELECT s.seq, v.vector FROM spans s JOIN vectors v ON v.span_id = s.id AND v.model_id = ?
               WHERE s.seq IN ({marks})""",
            seqs,
            (self._model_id,),
        )
        return {seq: np.frombuffer(blob, np.float32) for seq, blob in rows}

    def placeable(self) -> list[int]:
        """Row numbers of all spans that belong into a tree and have a vector, in order."""
        rows = self._db.read(
            f"""SELECT s.seq FROM spans s JOIN vectors v ON v.span_id = s.id AND v.model_id = ?
               WHERE {_HELD} ORDER BY s.id""",
            (self._model_id,),
        )
        return [row[0] for row in rows]

    def leaves(self, seqs: Sequence[int]) -> dict[int, int]:
        """The leaf of each of these spans; spans without a leaf are left out."""
        sql = "SELECT span_seq, node FROM placements WHERE tree = ? AND span_seq IN ({marks})"
        return {row[0]: row[1] for row in self._db.read_in(sql, seqs, (self.live(),))}

    def paths(self, seqs: Sequence[int]) -> dict[int, list[int]]:
        """By row number, the nodes from the root down to the leaf of each of these spans; spans without a place are
        left out."""
        found: dict[int, list[int]] = {}
        for seq, node in self._db.read_in(
            """WITH RECURSIVE up(seq, id, parent, height) AS (
                 SELECT p.span_seq, n.id, n.parent, 0 FROM placements p JOIN nodes n ON n.id = p.node
                 WHERE p.tree = ? AND p.span_seq IN ({marks})
                 UNION ALL SELECT up.seq, n.id, n.parent, up.height + 1 FROM up JOIN nodes n ON n.id = up.parent)
               SELECT seq, id FROM up ORDER BY seq, height DESC""",
            seqs,
            (self.live(),),
        ):
            found.setdefault(seq, []).append(node)
        return found

    def counts_between(self, node: int, moments: Sequence[str]) -> list[int]:
        """How many spans under a node were said from each of these instants (in order) to the next one. When a file was
        last changed says nothing of that."""
        rows = self._db.read(
            """WITH RECURSIVE down(id) AS (SELECT ? UNION ALL SELECT n.id FROM nodes n JOIN down ON n.parent = down.id)
               SELECT s.happened_at FROM down JOIN placements p ON p.node = down.id JOIN spans s ON s.seq = p.span_seq
               WHERE s.happened_at >= ? AND s.happened_at < ? AND s.precision != 'mtime'""",
            (node, moments[0], moments[-1]),
        )
        found = [0] * (len(moments) - 1)
        for (at,) in rows:
            found[bisect_right(moments, at) - 1] += 1
        return found

    def views(self, parent: int) -> list[NodeView]:
        """The nodes just below a node as they are shown, the largest first."""
        rows = self._db.read(
            "SELECT id, size FROM nodes WHERE parent = ? ORDER BY size DESC, id",
            (parent,),
        )
        return [NodeView(row[0], row[1], self.texts(row[0])) for row in rows]

    def texts(self, node: int) -> tuple[str, ...]:
        """The sentences that stand for a node, the most central first."""
        rows = self._db.read(
            f"""SELECT substr(s.text, t.start + 1, t."end" - t.start)
               FROM node_sentences t JOIN spans s ON s.seq = t.span_seq
               WHERE t.node = ? AND {_HELD} ORDER BY t.rank""",
            (node,),
        )
        return tuple(row[0] for row in rows)

    def headings(self, nodes: Sequence[int]) -> dict[int, str]:
        """By node, the most central of the sentences that stand for it; nodes without any are left out."""
        found: dict[int, str] = {}
        for node, text in self._db.read_in(
            f"""SELECT t.node, substr(s.text, t.start + 1, t."end" - t.start)
               FROM node_sentences t JOIN spans s ON s.seq = t.span_seq
               WHERE t.node IN ({{marks}}) AND {_HELD} ORDER BY t.rank""",
            nodes,
        ):
            found.setdefault(node, text)
        return found

    def problems(self) -> list[str]:
        """What is wrong with the live tree: spans without a place, under an inner node, or wrong sizes. Empty is
        good."""
        tree = self.live()
        if tree is None:
            return []
        checks = {
            "live spans are missing from the tree": f"""SELECT count(*) FROM spans s JOIN vectors v ON v.span_id = s.id
                AND v.model_id = ?2 WHERE {_HELD}
                AND NOT EXISTS (SELECT 1 FROM placements p WHERE p.tree = ?1 AND p.span_seq = s.seq)
                AND NOT EXISTS (SELECT 1 FROM derivations q WHERE q.stage = 'tree' AND q.span_seq = s.seq)""",
            "spans hang on an inner node": """SELECT count(*) FROM placements p WHERE p.tree = ?1 AND ?2 != ''
                AND EXISTS (SELECT 1 FROM nodes n WHERE n.parent = p.node)""",
            "spans hang on a node of another tree": """SELECT count(*) FROM placements p JOIN nodes n ON n.id = p.node
                WHERE p.tree = ?1 AND ?2 != '' AND n.tree != ?1""",
            "nodes have a wrong size": """SELECT count(*) FROM nodes n WHERE n.tree = ?1 AND ?2 != '' AND n.size !=
                (SELECT count(*) FROM placements p WHERE p.node = n.id) +
                (SELECT coalesce(sum(c.size), 0) FROM nodes c WHERE c.parent = n.id)""",
        }
        return [
            f"{count} {what}" for what, sql in checks.items() if (count := self._db.value(sql, (tree, self._model_id)))
        ]

    # --- sentences ----------------------------------------------------------------------------------

    def nodes_without_sentences(self, tree: int, limit: int) -> list[NodeRow]:
        """Nodes whose sentences are out of date and whose children's are not."""
        rows = self._db.read(
            f"""SELECT id, parent, height, size, total FROM nodes WHERE {OUTDATED} AND tree = ? AND size > 0
                AND NOT EXISTS (SELECT 1 FROM nodes c WHERE c.parent = nodes.id AND c.size > 0
                    AND (c.size * 10 > c.told * 12 OR c.size * 12 < c.told * 10)) LIMIT ?""",
            (tree, limit),
        )
        return [NodeRow(row[0], row[1], row[2], row[3], np.frombuffer(row[4], np.float32)) for row in rows]

    def sentence_spans(self, node: int) -> list[int]:
        """Row numbers of spans whose sentences may stand for a node: those under a leaf, or those that stand for its
        children."""
        own = self.spans_of(node)
        if own:
            return own
        rows = self._db.read(
            """SELECT DISTINCT t.span_seq FROM nodes c JOIN node_sentences t ON t.node = c.id WHERE c.parent = ?
               ORDER BY t.span_seq""",
            (node,),
        )
        return [row[0] for row in rows]

    def put_sentences(self, chosen: Sequence[tuple[NodeRow, Sequence[Sentence]]]) -> None:
        """Store the sentences that stand for nodes."""
        with self._db.transaction() as tx:
            for node, sentences in chosen:
                tx.execute("DELETE FROM node_sentences WHERE node = ?", (node.id,))
                tx.executemany(
                    "INSERT INTO node_sentences SELECT ?, ?, seq, ?, ? FROM spans WHERE seq = ?",
                    [(node.id, rank, found.start, found.end, found.seq) for rank, found in enumerate(sentences)],
                )
                tx.execute("UPDATE nodes SET told = ? WHERE id = ?", (node.size, node.id))


def withdraw(tx: sqlite3.Connection, where: str, parameter: str) -> None:
    """Take the vectors of spans that are about to be erased out of every node above them. `where`: which spans, with
    one parameter."""
    # Also for spans that wait for their place: the batch in hand may hold their vectors.
    tx.execute("UPDATE trees SET erasures = erasures + 1")
    erased = f"(SELECT seq FROM spans s WHERE {where})"
    tx.execute(
        f"UPDATE nodes SET told = 0 WHERE id IN (SELECT node FROM node_sentences WHERE span_seq IN {erased})",
        (parameter,),
    )
    rows = tx.execute(
        f"""SELECT p.node, v.vector FROM spans s JOIN placements p ON p.span_seq = s.seq
            JOIN trees t ON t.number = p.tree JOIN vectors v ON v.span_id = s.id AND v.model_id = t.model_id
            WHERE {where}""",
        (parameter,),
    ).fetchall()
    lost: dict[int, tuple[int, Vector]] = {}
    for leaf, blob in rows:
        vector = np.frombuffer(blob, np.float32)
        node: int | None = leaf
        while node is not None:
            count, total = lost.get(node, (0, np.zeros(len(vector), np.float32)))
            lost[node] = (count + 1, total + vector)
            parent = tx.execute("SELECT parent FROM nodes WHERE id = ?", (node,)).fetchone()
            node = parent[0] if parent else None
    for node, (count, gone) in lost.items():
        total = np.frombuffer(tx.execute("SELECT total FROM nodes WHERE id = ?", (node,)).fetchone()[0], np.float32)
        tx.execute("UPDATE nodes SET size = size - ?, total = ? WHERE id = ?", (count, (total - gone).tobytes(), node))
    # Empty nodes go, once no placement refers to them.
    tx.execute(f"DELETE FROM placements WHERE span_seq IN {erased}", (parameter,))
    tx.executemany("DELETE FROM nodes WHERE id = ? AND size = 0 AND parent IS NOT NULL", [(node,) for node in lost])
