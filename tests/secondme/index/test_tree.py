"""Properties of the memory tree: one leaf for each span, right sums, bounded depth, cost, order of arrival."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from secondme.clock import SystemClock
from secondme.index.tree import LEAF, WIDTH, MemoryTree, depth_bound, threshold
from secondme.jobs.job import Run
from storage.records import Document, Source, Span
from storage.removal import Target
from storage.store import Store

DIMENSION = 16
NOW = "2024-01-01T00:00:00.000Z"


@contextmanager
def fresh_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), model_id="test", dimension=DIMENSION)
        try:
            yield store
        finally:
            store.close()


def vectors(count: int, seed: int, topics: int = 12) -> npt.NDArray[np.float32]:
    """Unit vectors around some topics."""
    dice = np.random.default_rng(seed)
    centres = dice.normal(size=(topics, DIMENSION))
    found = centres[dice.integers(topics, size=count)] + 0.5 * dice.normal(size=(count, DIMENSION))
    rows: npt.NDArray[np.float32] = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return rows


def add(store: Store, source: str, names: Sequence[str], matrix: npt.NDArray[np.float32]) -> None:
    """Spans of a source, with their vectors."""
    document = Document(f"doc-{source}", source, 1, source, 0, 0, 0, "text", source, NOW, "second", NOW)
    spans = [
        Span(f"{source}-{name}", document.id, i, 0, 0, 9, 1, f"{name} said something. And more.", speaker="Ana")
        for i, name in enumerate(names)
    ]
    store.spans.add_messages(Source(source, "import", source, source, NOW), document, spans, [], NOW)
    store.vectors.put([span.id for span in spans], matrix)


def grow(store: Store) -> MemoryTree:
    tree = MemoryTree(store)
    while tree.step():
        pass
    return tree


def begun(store: Store) -> Run:
    """A run that re-balances."""
    run = Run(store, SystemClock(), "rebalance")
    store.runs.begin(run.id, "rebalance", "person", NOW)
    return run


def leaves(store: Store) -> dict[int, int]:
    """Depth of each leaf that holds spans, by its id."""
    live = store.trees.live()
    assert live is not None
    found: dict[int, int] = {}
    waiting = [(store.trees.root(live), 0)]
    while waiting:
        node, depth = waiting.pop()
        children = store.trees.children(node)
        assert len(children) <= WIDTH + 1
        waiting += [(child.id, depth + 1) for child in children]
        if store.trees.spans_of(node):
            assert not children, "spans hang on an inner node"
            found[node] = depth
    return found


def check_sums(store: Store) -> None:
    """Every node's sum is that of the spans below it, and none but the root is empty."""
    live = store.trees.live()
    assert live is not None

    def below(node: int) -> npt.NDArray[np.float64]:
        total = np.zeros(DIMENSION, np.float64)
        for vector in store.trees.vectors(store.trees.spans_of(node)).values():
            total += vector
        for child in store.trees.children(node):
            assert child.size > 0, "a node without spans stayed"
            total += below(child.id)
        row = store.trees.node(node)
        assert row is not None
        np.testing.assert_allclose(row.total, total, atol=1e-3 * max(row.size, 1))
        return total

    below(store.trees.root(live))


def silent(store: Store) -> int:
    """Nodes with spans but without a sentence."""
    found = store.database.value(
        """SELECT count(*) FROM nodes n WHERE n.size > 0
           AND NOT EXISTS (SELECT 1 FROM node_sentences t WHERE t.node = n.id)"""
    )
    return int(found)


def check(store: Store, count: int) -> None:
    """Every span under one leaf, sizes and sums right, the depth within its bound."""
    check_sums(store)
    assert store.trees.problems() == []
    assert store.trees.queue_length() == 0
    depths = leaves(store)
    assert sum(len(store.trees.spans_of(leaf)) for leaf in depths) == count
    assert max(depths.values(), default=0) <= depth_bound(max(count, 1))
    live = store.trees.live()
    assert live is not None
    seqs = store.trees.placeable()
    total = store.trees.node(store.trees.root(live))
    assert total is not None
    expected = sum(store.trees.vectors(seqs).values(), np.zeros(DIMENSION, np.float32))
    np.testing.assert_allclose(total.total, expected, atol=1e-3 * max(count, 1))


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 400), st.integers(0, 1000), st.integers(1, 30))
def test_every_span_hangs_on_one_leaf(count: int, seed: int, topics: int) -> None:
    with fresh_store() as store:
        add(store, "a", [str(i) for i in range(count)], vectors(count, seed, topics))
        grow(store)
        check(store, count)


@settings(max_examples=10, deadline=None)
@given(st.integers(2, 200), st.integers(0, 1000), st.booleans())
def test_what_leaves_recall_leaves_the_tree(count: int, seed: int, erased: bool) -> None:
    with fresh_store() as store:
        add(store, "a", [str(i) for i in range(count)], vectors(count, seed))
        add(store, "b", [str(i) for i in range(30)], vectors(30, seed + 1))
        tree = grow(store)
        target = Target("source", "a", "a")
        if erased:
            store.removal.erase([target], NOW)
        else:
            store.removal.hide(target, NOW)
        while tree.step():
            pass
        assert set(store.trees.leaves(store.trees.placeable())) == set(store.trees.placeable())
        check(store, 30)
        if not erased:
            store.removal.unhide(target)
            while tree.step():
                pass
            check(store, count + 30)


@settings(max_examples=10, deadline=None)
@given(st.integers(2, 300), st.integers(0, 1000), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_decide_the_shape_of_a_balanced_tree(count: int, seed: int, dice: object) -> None:
    matrix = vectors(count, seed)
    order = np.random.default_rng(seed).permutation(count)
    shapes = []
    for arrival in (range(count), order.tolist()):
        with fresh_store() as store:
            add(store, "a", [f"{i:04d}" for i in arrival], matrix[list(arrival)])
            tree = grow(store)
            for _ in tree.rebalance(begun(store)):
                pass
            check(store, count)
            ids = {seq: found.span.id for seq, found in store.spans.by_seq(store.trees.placeable()).items()}
            shapes.append(
                sorted(tuple(sorted(ids[seq] for seq in store.trees.spans_of(leaf))) for leaf in leaves(store))
            )
    assert shapes[0] == shapes[1]


def test_work_for_an_insertion_grows_no_faster_than_the_logarithm() -> None:
    with fresh_store() as store:
        tree = MemoryTree(store)
        work = []
        for step, count in enumerate((500, 500, 1000, 2000, 4000)):
            before = tree.visited
            add(store, f"s{step}", [str(i) for i in range(count)], vectors(count, step, 200))
            while tree.step():
                pass
            work.append((tree.visited - before) / count)
        sizes = np.log2([500, 1000, 2000, 4000, 8000])
        assert work[-1] <= 1.5 * work[1] * sizes[-1] / sizes[1]


def test_a_rebalance_that_is_closed_early_leaves_the_tree_as_it_was() -> None:
    with fresh_store() as store:
        add(store, "a", [str(i) for i in range(6000)], vectors(6000, 3))
        tree = grow(store)
        live = store.trees.live()
        building = tree.rebalance(begun(store))
        next(building)
        building.close()  # type: ignore[attr-defined]
        assert store.trees.live() == live
        assert store.database.value("SELECT count(*) FROM trees") == 1
        check(store, 6000)


def test_the_threshold_rises_with_depth_and_stays_below_one() -> None:
    for bound in (4, 10, 25):
        values = [threshold(depth, bound) for depth in range(40)]
        assert values == sorted(values)
        assert values[0] < values[bound]
        assert values[-1] < 1


def test_the_text_of_a_node_is_sentences_of_its_spans() -> None:
    with fresh_store() as store:
        add(store, "a", [f"Person{i}" for i in range(60)], vectors(60, 5))
        grow(store)
        live = store.trees.live()
        assert live is not None
        for view in store.trees.views(store.trees.root(live)):
            assert view.texts
            assert all(text.endswith(".") for text in view.texts)


def test_a_span_that_moved_within_a_batch_is_taken_out_of_where_it_is() -> None:
    with fresh_store() as store:
        add(store, "a", [str(i) for i in range(100)], vectors(100, 1))
        add(store, "b", [str(i) for i in range(100)], vectors(100, 2))
        first, second = Target("source", "a", "a"), Target("source", "b", "b")
        store.removal.hide(first, NOW)
        tree = grow(store)
        store.removal.unhide(first)
        store.removal.hide(second, NOW)
        while tree.step():
            pass
        check(store, 100)


def test_erasing_during_a_rebalance_loses_no_other_span() -> None:
    with fresh_store() as store:
        add(store, "a", [str(i) for i in range(3000)], vectors(3000, 1))
        add(store, "b", [str(i) for i in range(50)], vectors(50, 2))
        tree = grow(store)
        building = tree.rebalance(begun(store))
        next(building)
        store.removal.erase([Target("source", "b", "b")], NOW)
        for _ in building:
            pass
        while tree.step():
            pass
        check(store, 3000)


def test_spans_erased_while_their_batch_is_in_hand_leave_nothing_in_the_tree() -> None:
    with fresh_store() as store:
        add(store, "a", [str(i) for i in range(100)], vectors(100, 1))
        tree = grow(store)
        add(store, "b", [str(i) for i in range(50)], vectors(50, 2))
        write = store.trees.write

        def erase_first(*arguments: object, **named: object) -> bool:
            store.trees.write = write  # type: ignore[method-assign]
            store.removal.erase([Target("source", "b", "b")], NOW)
            return write(*arguments, **named)  # type: ignore[arg-type]

        store.trees.write = erase_first  # type: ignore[method-assign]
        while tree.step():
            pass
        check(store, 100)


def test_a_node_whose_sentences_are_gone_chooses_others() -> None:
    for erased in (True, False):
        with fresh_store() as store:
            matrix = vectors(300, 1, 1)
            middle = matrix.sum(axis=0) / np.linalg.norm(matrix.sum(axis=0))
            add(store, "a", [str(i) for i in range(300)], matrix)
            add(store, "b", [str(i) for i in range(6)], np.stack([middle] * 6))
            tree = grow(store)
            target = Target("source", "b", "b")
            if erased:
                store.removal.erase([target], NOW)
            else:
                store.removal.hide(target, NOW)
            while tree.step():
                pass
            assert silent(store) == 0
            live = store.trees.live()
            assert live is not None
            assert all(view.texts for view in store.trees.views(store.trees.root(live)))


def test_copies_of_one_text_spread_over_leaves() -> None:
    with fresh_store() as store:
        matrix = np.zeros((2500, DIMENSION), np.float32)
        matrix[:, 0] = 1
        add(store, "a", [str(i) for i in range(2500)], matrix)
        grow(store)
        check(store, 2500)
        assert max(len(store.trees.spans_of(leaf)) for leaf in leaves(store)) <= LEAF
