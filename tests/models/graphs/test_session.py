from __future__ import annotations

import gc
import sys
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models.graphs.builder import GraphBuilder
from models.graphs.session import GraphSession

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class Doubling(GraphBuilder):
    outputs = (("doubled", ["batch", "tokens"]),)

    def model_bytes(self) -> bytes:
        number = self.node("Cast", ["input_ids"], "number", "", to=self._types.FLOAT)
        self.node("Add", [number, number], "doubled", "")
        return self.model("doubling", "input_ids", self._types.INT32, ["batch", "tokens"])


def small_tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer, models

    return Tokenizer(models.WordLevel({"yes": 0}, unk_token="yes"))


@pytest.fixture
def session(tmp_path: Path) -> GraphSession:
    return GraphSession(tmp_path, "doubling.onnx", lambda: Doubling().model_bytes(), small_tokenizer)


def doubled(session: GraphSession) -> list[list[float]]:
    return [values.tolist() for (values,) in session.run([[1, 2], [3]], ["doubled"])]


def test_a_closed_session_keeps_neither_graph_nor_tokenizer_though_it_is_held_itself(session: GraphSession) -> None:
    doubled(session)
    graph = weakref.ref(session._loaded)
    tokenizer = session.tokenizer()
    held = sys.getrefcount(tokenizer)
    gc.disable()  # what is let go of is freed at once, not by a collection
    try:
        session.close()
        assert graph() is None
        assert sys.getrefcount(tokenizer) == held - 1
    finally:
        gc.enable()


def test_a_closed_session_loads_again_at_its_next_use(session: GraphSession) -> None:
    first = doubled(session)
    session.close()
    session.close()
    assert doubled(session) == first == [[2.0, 4.0], [6.0]]
    assert session.tokenizer().get_vocab() == {"yes": 0}


def test_threads_of_a_closed_session_end(session: GraphSession) -> None:
    doubled(session)
    threads = list(session._session()[1]._threads)
    session.close()
    for thread in threads:
        thread.join(timeout=10)
    assert threads
    assert not any(thread.is_alive() for thread in threads)
