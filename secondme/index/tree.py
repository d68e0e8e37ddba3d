"""The memory tree (MemTree, Rezazadeh et al. 2024): each span under one leaf, likeness growing with depth.

A new span goes down to the child whose mean is nearest, as long as the mean is near enough for that depth; else it
begins a leaf of its own. A leaf that grows too large is divided in two; a node that has no room for another child
gathers its children into groups. The threshold rises with depth as a share of the depth bound: with the published
constants, which leave the bound out, it passes 1 at depth 2, and the tree freezes. No model is called: a node's text is
its most central sentences.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from secondme.api import Progress
from secondme.index.grouping import Members, Vector, Vectors, divide, halves, unit, vector_sum
from secondme.jobs.job import Run
from secondme.text.sentences import sentences
from storage.faults import crash_point
from storage.store import Store
from storage.trees import NodeRow, Sentence, Waiting

LEAF = 12
"""Most spans of a leaf, as long as the depth bound lets it be divided."""
WIDTH = 20
"""Most children of a node."""
LEAST_LIKENESS = 0.30
MOST_LIKENESS = 0.60
"""Threshold at the root, and where the depth bound is reached."""
BATCH = 256
WRITE_BATCH = 2000
CACHED_NODES = 60_000
SENTENCE_BATCH = 100
SENTENCES = 2
"""Sentences that say what a node is about."""
LONGEST_SENTENCE = 160
"""Characters."""
MOST_GROUPS = 8
"""Most children that a node gets when a tree is built anew."""
TIE = 1e-6
"""Cosines that differ by less are of copies of one text: float32 rounds them apart."""


def depth_bound(spans: int) -> int:
    """The deepest that a leaf of a tree of so many spans may be; the root has depth 0."""
    return 4 + math.ceil(1.5 * math.log2(max(spans / LEAF, 1)))


def threshold(depth: int, bound: int) -> float:
    """Cosine to a child's mean that a span needs to go down at a node of this depth."""
    share = min(depth / max(bound, 1), 1.0)
    return LEAST_LIKENESS * math.exp(share * math.log(MOST_LIKENESS / LEAST_LIKENESS))


@dataclass
class _Node:
    row: NodeRow
    children: list[int] | None = None
    means: Vectors | None = None
    """Of the children, length 1, in their order; made when first needed."""


@dataclass
class _Changes:
    nodes: dict[int, None] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    placed: dict[int, int] = field(default_factory=dict)
    taken_out: list[int] = field(default_factory=list)


class MemoryTree:
    """The live tree, kept up to date in batches by one thread. Nodes are read when they are first passed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._trees = store.trees
        self._nodes: dict[int, _Node] = {}
        self._spans: dict[int, list[int]] = {}
        self._vectors: dict[int, Vector] = {}
        self._number = 0
        self._root = 0
        self._next = 0
        self._erasures = -1
        self._changes = _Changes()
        self.visited = 0
        """Nodes whose children were compared, since the start: the work of insertions."""

    def step(self) -> bool:
        """Bring one batch of spans up to date, or choose sentences for some nodes; False when all is done."""
        self._open()
        waiting = self._trees.waiting(self._number, BATCH)
        if not waiting:
            return self._choose_sentences()
        try:
            for span in waiting:
                self._bring_up_to_date(span)
        except Exception:
            self._erasures = -1  # half a batch is in memory: read the tree again
            raise
        self._flush([span.seq for span in waiting])
        return True

    def rebalance(self, run: Run) -> Iterator[Progress]:
        """Build the tree anew over all spans, whatever order they came in, and switch to it in a step of the run. May
        be closed at any point. The tree as it was is kept until the next time, so that the run can be undone.

        When spans are erased meanwhile it begins again: nodes still to be written would hold their vectors.
        """
        self._open()
        for number in self._trees.old():
            self._trees.remove(number)
        while True:
            crash_point("rebalance.before_create")
            number, root = self._trees.create("building")
            crash_point("rebalance.after_create")
            switched = False
            try:
                if (yield from self._build(number, root)):
                    with run.step() as step:
                        self._trees.switch(number, step)
                        step.count("re-balanced")
                    switched = True
                    self._erasures = -1
                    # Spans whose state changed meanwhile are still in the queue.
                    count = self._trees.node(root)
                    total = count.size if count else 0
                    yield Progress("arranging", total, total, "spans")
                    return
            finally:
                if not switched:
                    self._trees.remove(number)

    def _build(self, number: int, root: int) -> Generator[Progress, None, bool]:
        """Write a whole tree below `root`; False as soon as spans were erased meanwhile."""
        seqs = self._trees.placeable()
        matrix = self._matrix(seqs)
        nodes: list[NodeRow] = []
        placed: list[tuple[int, int]] = []
        identifier = self._trees.next_id()
        work: list[tuple[int, int | None, Members]] = [(root, None, np.arange(len(seqs)))]
        done = 0
        while work:
            node, parent, members = work.pop()
            height = 0 if len(members) <= LEAF else depth_bound(len(members))
            nodes.append(NodeRow(node, parent, height, len(members), vector_sum(matrix, members)))
            if len(members) <= LEAF:
                placed += [(seqs[i], node) for i in members]
                done += len(members)
            else:
                for group in divide(matrix, members, min(MOST_GROUPS, math.ceil(len(members) / LEAF))):
                    work.append((identifier, node, group))
                    identifier += 1
            if len(nodes) + len(placed) >= WRITE_BATCH:
                if not self._trees.write(number, nodes, [], placed, [], []):
                    return False
                nodes, placed = [], []
                yield Progress("arranging", done, len(seqs), "spans")
        return self._trees.write(number, nodes, [], placed, [], [])

    # --- insertion ----------------------------------------------------------------------------------

    def _open(self) -> None:
        if (
            self._number
            and self._number == self._trees.live()
            and self._erasures == self._trees.erasures(self._number)
            and len(self._nodes) <= CACHED_NODES
        ):
            return
        self._changes = _Changes()
        self._nodes.clear()
        self._spans.clear()
        self._vectors.clear()
        self._number, self._root = self._trees.ensure_live()
        self._next = self._trees.next_id()
        self._erasures = self._trees.erasures(self._number)

    def _bring_up_to_date(self, span: Waiting) -> None:
        if span.live and span.leaf is None and span.vector is not None:
            self._vectors[span.seq] = span.vector
            self._insert(span.seq, span.vector)
        elif not span.live and span.leaf is not None and span.vector is not None:
            # An earlier span of the batch may have moved it.
            self._take_out(span.seq, self._changes.placed.get(span.seq, span.leaf), span.vector)

    def _insert(self, seq: int, vector: Vector) -> None:
        bound = depth_bound(self._node(self._root).row.size + 1)
        node, depth = self._root, 0
        while True:
            self._add(node, vector, 1)
            children = self._children(node)
            if not children:
                break
            self.visited += 1
            best, likeness = self._nearest(node, vector)
            if likeness < threshold(depth, bound):
                if len(children) >= WIDTH and depth + self._node(node).row.height < bound:
                    self._gather(node)
                    children = self._children(node)
                if len(children) < WIDTH:
                    leaf = self._new(node, vector, 1)
                    self._place(seq, leaf)
                    return
                best, _ = self._nearest(node, vector)
            node, depth = children[best], depth + 1
        self._place(seq, node)
        if len(self._spans_of(node)) > LEAF:
            self._divide_leaf(node, depth, bound)

    def _nearest(self, node: int, vector: Vector) -> tuple[int, float]:
        """(position, cosine) of the nearest child; of equally near ones the smallest, so that copies spread out."""
        likeness = self._means(node) @ vector
        most = float(likeness.max())
        near = np.flatnonzero(likeness >= most - TIE)
        if len(near) == 1:
            return int(near[0]), most
        children = self._children(node)
        return min((int(i) for i in near), key=lambda i: (self._node(children[i]).row.size, i)), most

    def _take_out(self, seq: int, leaf: int, vector: Vector) -> None:
        self._changes.taken_out.append(seq)
        self._changes.placed.pop(seq, None)
        spans = self._spans_of(leaf)
        if seq in spans:
            spans.remove(seq)
        node: int | None = leaf
        while node is not None:
            self._add(node, vector, -1)
            parent = self._node(node).row.parent
            if self._node(node).row.size == 0 and parent is not None and not self._children(node):
                self._remove(node, parent)
            node = parent

    def _place(self, seq: int, leaf: int) -> None:
        self._spans_of(leaf).append(seq)
        self._changes.placed[seq] = leaf

    def _divide_leaf(self, leaf: int, depth: int, bound: int) -> None:
        """A leaf gets a sibling; where its parent is full and the bound allows no more groups, two leaves below it."""
        parent = self._node(leaf).row.parent
        if parent is not None and len(self._children(parent)) >= WIDTH:
            if depth - 1 + self._node(parent).row.height < bound:
                self._gather(parent)
                depth += int(self._node(leaf).row.parent != parent)
            parent = self._node(leaf).row.parent
        beside = parent is not None and len(self._children(parent)) < WIDTH
        if not beside and depth >= bound:
            return  # no place for a division: the leaf stays too large, and its vectors need not be read
        spans = self._spans_of(leaf)
        matrix = self._matrix(spans)
        groups = halves(matrix, np.arange(len(spans)))
        if parent is not None and beside:
            moved = [spans[i] for i in groups[1]]
            total = vector_sum(matrix, groups[1])
            sibling = self._new(parent, total, len(moved))
            self._node(leaf).row.total -= total
            self._node(leaf).row.size -= len(moved)
            self._changes.nodes[leaf] = None
            self._node(parent).means = None
            self._spans[leaf] = [spans[i] for i in groups[0]]
            for seq in moved:
                self._place(seq, sibling)
        else:
            for group in groups:
                below = self._new(leaf, vector_sum(matrix, group), len(group))
                for i in group:
                    self._place(spans[i], below)
            self._spans[leaf] = []

    def _gather(self, node: int) -> None:
        """The children of a full node are put under a few new ones."""
        children = list(self._children(node))
        means = self._means(node)
        groups = divide(means, np.arange(len(children)), max(2, round(math.sqrt(len(children)))))
        below: list[int] = []
        for group in groups:
            if len(group) == 1:
                below.append(children[group[0]])
                continue
            members = [children[i] for i in group]
            total = np.stack([self._node(child).row.total for child in members]).sum(axis=0, dtype=np.float32)
            middle = self._new(node, total, sum(self._node(child).row.size for child in members))
            self._nodes[middle].children = members
            self._nodes[middle].row.height = 1 + max(self._node(child).row.height for child in members)
            for child in members:
                self._node(child).row.parent = middle
                self._changes.nodes[child] = None
            below.append(middle)
        self._node(node).children = below
        self._node(node).means = None
        self._raise(node)

    def _raise(self, node: int | None) -> None:
        """The height of a node and of those above it, after something grew below it."""
        while node is not None:
            row = self._node(node).row
            height = 1 + max((self._node(child).row.height for child in self._children(node)), default=-1)
            if height <= row.height:
                return
            row.height = height
            self._changes.nodes[node] = None
            node = row.parent

    # --- nodes --------------------------------------------------------------------------------------

    def _node(self, node: int) -> _Node:
        found = self._nodes.get(node)
        if found is None:
            row = self._trees.node(node)
            assert row is not None
            row.total = row.total.copy()
            found = self._nodes[node] = _Node(row)
        return found

    def _children(self, node: int) -> list[int]:
        here = self._node(node)
        if here.children is None:
            rows = self._trees.children(node)
            here.children = [row.id for row in rows]
            for row in rows:
                if row.id not in self._nodes:
                    row.total = row.total.copy()
                    self._nodes[row.id] = _Node(row)
        return here.children

    def _means(self, node: int) -> Vectors:
        here = self._node(node)
        if here.means is None:
            here.means = np.stack([unit(self._node(child).row.total) for child in self._children(node)])
        return here.means

    def _spans_of(self, leaf: int) -> list[int]:
        found = self._spans.get(leaf)
        if found is None:
            found = self._spans[leaf] = self._trees.spans_of(leaf)
        return found

    def _add(self, node: int, vector: Vector, sign: int) -> None:
        here = self._node(node)
        here.row.total += sign * vector
        here.row.size += sign
        self._changes.nodes[node] = None
        parent = here.row.parent
        if parent is not None:
            above = self._nodes.get(parent)
            if above is not None and above.means is not None and above.children is not None:
                above.means[above.children.index(node)] = unit(here.row.total)

    def _new(self, parent: int, total: Vector, size: int) -> int:
        """A new node below `parent`, which counts its spans already."""
        node, self._next = self._next, self._next + 1
        above = self._node(parent)
        children = self._children(parent)
        self._nodes[node] = _Node(NodeRow(node, parent, 0, size, total.astype(np.float32).copy()), children=[])
        self._spans[node] = []
        children.append(node)
        above.means = None
        self._changes.nodes[node] = None
        self._raise(parent)
        return node

    def _remove(self, node: int, parent: int) -> None:
        self._children(parent).remove(node)
        self._node(parent).means = None
        self._changes.removed.append(node)
        self._changes.nodes.pop(node, None)
        self._nodes.pop(node)
        self._spans.pop(node, None)

    def _matrix(self, seqs: Sequence[int]) -> Vectors:
        missing = [seq for seq in seqs if seq not in self._vectors]
        found = self._trees.vectors(missing)
        width = self._store.vectors.dimension
        nothing = np.zeros(width, np.float32)
        rows = [self._vectors[seq] if seq in self._vectors else found.get(seq, nothing) for seq in seqs]
        return np.stack(rows) if rows else np.zeros((0, width), np.float32)

    def _flush(self, placed: list[int]) -> None:
        changes, self._changes = self._changes, _Changes()
        # A node that was put under a new one comes after it: foreign keys are checked at the end.
        rows = [self._nodes[node].row for node in changes.nodes if node in self._nodes]
        stored = False
        try:
            stored = self._trees.write(
                self._number,
                rows,
                changes.removed,
                changes.placed.items(),
                changes.taken_out,
                placed,
                erasures=self._erasures,
            )
        finally:
            if not stored:
                self._erasures = -1  # what is in memory was not stored: read the tree again
        self._vectors.clear()
        self._spans.clear()

    # --- texts --------------------------------------------------------------------------------------

    def _choose_sentences(self) -> bool:
        """Choose the sentences of some nodes whose spans changed much."""
        nodes = self._trees.nodes_without_sentences(self._number, SENTENCE_BATCH)
        if nodes:
            self._trees.put_sentences([(node, self._central_sentences(node)) for node in nodes])
        return bool(nodes)

    def _central_sentences(self, node: NodeRow) -> list[Sentence]:
        """First sentences of the spans nearest to a node's mean."""
        seqs = self._trees.sentence_spans(node.id)
        likeness = self._matrix(seqs) @ unit(node.total)
        nearest = [seqs[i] for i in np.argsort(-likeness, kind="stable")[:SENTENCES]]
        found = self._store.spans.by_seq(nearest)
        chosen = []
        for seq in nearest:
            if seq in found:
                text = found[seq].span.text
                first = max(sentences(text), key=lambda sentence: min(sentence.end - sentence.start, 80), default=None)
                start, end = (first.start, first.end) if first else (0, len(text))
                chosen.append(Sentence(seq, start, min(end, start + LONGEST_SENTENCE)))
        return chosen
