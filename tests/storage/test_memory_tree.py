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

from secondme.memory_tree import WIDTH, MemoryTree, depth_bound, threshold
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
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


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


def check(store: Store, count: int) -> None:
    """Every span under one leaf, sizes and sums right, the depth within its bound."""
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
            for _ in tree.rebalance():
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
        building = tree.rebalance()
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


def test_nodes_speak_with_sentences_of_their_spans() -> None:
    with fresh_store() as store:
        add(store, "a", [f"Person{i}" for i in range(60)], vectors(60, 5))
        grow(store)
        live = store.trees.live()
        assert live is not None
        for view in store.trees.views(store.trees.root(live)):
            assert view.texts
            assert all(text.endswith(".") for text in view.texts)
