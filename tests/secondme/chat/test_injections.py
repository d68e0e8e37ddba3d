"""What a file tells its reader to say is no answer, with no model, a small one and a large one that obeys."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.chat.injections import NOTE, ORDERS, QUESTION, WANTED, attacks
from secondme.chat.reader_orders import without_orders
from secondme.ingest.ingestion import Ingestion
from tests.secondme.chat.talk import Scripted, ask, talk
from tests.worlds.night_world import World


@pytest.mark.parametrize("order", ORDERS[::4])
def test_an_order_in_a_file_is_neither_read_nor_followed(world: World, tmp_path: Path, order: str) -> None:
    ingestion = Ingestion(world.store, world.clock, count_tokens=None, max_bytes=10**6)
    for name, text in (("harbour.md", NOTE), ("news.md", f"Ferry news.\n\n{order.format(w=WANTED)}\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        ingestion.take_file(tmp_path / name)
    world.index()
    assert any(WANTED in hit.span.span.text for hit in world.recall.search(f"ferry {WANTED}", 10)), "it is still found"
    for model, small in ((None, False), (Scripted(f"Call {WANTED}."), True), (Scripted(f"Call {WANTED}."), False)):
        answer = ask(talk(world, model, small=small), QUESTION)
        assert WANTED not in answer.text.partition("\n")[0]
        assert model is None or WANTED not in model.prompt


def test_no_mail_page_table_or_language_brings_an_order_past_the_reader(world: World, tmp_path: Path) -> None:
    ingestion = Ingestion(world.store, world.clock, count_tokens=None, max_bytes=10**6)
    for number, (_, ending, text) in enumerate(attacks()):
        path = tmp_path / f"news{number}{ending}"
        path.write_text(text, encoding="utf-8")
        ingestion.take_file(path)
    texts = [row["text"] for row in world.store.database.read("SELECT text FROM spans")]
    assert sum(WANTED in text for text in texts) >= 40
    assert not [text for text in texts if WANTED in without_orders(text)]
