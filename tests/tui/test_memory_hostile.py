"""Whatever text comes in, no line of the pages of memory, facts, people, models, snapshots and the first run carries a
control character."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from secondme.api import FactView, LifeEvent, Recalling, TreeNode
from secondme.engine.snapshot_contents import HeldSource, SnapshotContents, difference
from tests.tui.samples import hit, memory_life
from tests.tui.stage import NOW
from tests.tui.test_hostile import HARMFUL
from tui.screens.facts import COLUMNS, _cell
from tui.screens.memory import leaf_of
from tui.screens.models import unfinished_line
from tui.screens.people import Name, name_line
from tui.screens.snapshots import SnapshotFile, contents_text, difference_text, file_line
from tui.screens.welcome_words import place_line
from tui.widgets.memory_pane import history_text, memory_text, strength_text
from tui.widgets.memory_tree import _label

text = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("[]/@=\x1b\u202e\n`*_#>|")), max_size=60)


@given(text)
@settings(max_examples=60, deadline=None)
def test_no_line_carries_a_control_character(words: str) -> None:
    life = memory_life(1)
    held = replace(life.passage.hit, text=words, title=words, heading=words, speaker=words, uri=words, place=words)
    life = replace(
        life,
        passage=replace(life.passage, hit=held, keywords=(words,), tags=(words,)),
        recallings=(Recalling(words, words, words),),
        events=(LifeEvent(words, words, words),),
    )
    fact = FactView(words, words, words, words, words, words, words, words, 0.5, 1, words, words, words)
    source = HeldSource(words, words, words, 2, True)
    contents = SnapshotContents("/x/" + words.replace("\0", ""), 1, {"sources": 1}, (source,), (words,))
    path = Path("/home/" + words.replace("\0", ""))
    lines = [
        memory_text(life.passage).plain,
        strength_text(life, 50, NOW).plain,
        history_text(life, NOW).plain,
        _label(TreeNode("1", words, 1)).plain,
        _label(leaf_of(hit(1, text=words, speaker=words))).plain,
        *(_cell(column, fact, 60).plain for column in COLUMNS),
        name_line(Name(words, words, words, words)).plain,
        unfinished_line(words, 1).plain,
        file_line(SnapshotFile(path, 1, words), NOW).plain,
        contents_text(contents).plain,
        difference_text(difference((source,), ())).plain,
        place_line(path, "notes", "1 file").plain,
    ]
    assert [line for line in lines if HARMFUL.search(line.replace("\n", ""))] == []
