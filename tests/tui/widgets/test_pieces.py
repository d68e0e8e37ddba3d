"""The small pieces that all screens share: empty states, skeletons, the list of completions, the wordmark."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import ComposeResult

from secondme.text.clean import clean
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import text_of
from tui.app import SecondMeApp
from tui.screens.page import Page
from tui.widgets.completions import Completion, completion_line
from tui.widgets.empty import EmptyState, empty_text
from tui.widgets.key_line import KeyHints, key_hints
from tui.widgets.skeleton import BAR, Skeleton
from tui.widgets.wordmark import wordmark

HOSTILE = "[bold]x[/] \x1b]0;title\x07 \u202eabc\u202c \x9b31m end"


class Pieces(Page):
    """A page of all pieces."""

    def compose(self) -> ComposeResult:
        yield EmptyState(HOSTILE, ("@sources.watch", "watch a folder"))
        yield Skeleton(HOSTILE, lines=3)
        yield KeyHints(("@find", "find"), ("esc", "back"))


async def test_each_piece_draws_what_it_is_given_and_the_keys_in_force() -> None:
    app = SecondMeApp(ScriptedDoor().door, keys="sources.watch = W; find = alt+g")
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(Pieces(app.context))
        await pilot.pause()
        empty = text_of(app.screen.query_one(EmptyState))
        assert "[bold]x[/]" in empty and "\x1b" not in empty and "\u202e" not in empty
        assert "W watch a folder" in empty
        skeleton = text_of(app.screen.query_one(Skeleton))
        assert "[bold]x[/]" in skeleton and "\x1b" not in skeleton
        assert sum(BAR in line for line in skeleton.splitlines()) == 3
        assert "alt+g find · esc back" in text_of(app.screen.query_one(KeyHints))


def test_an_empty_state_is_a_sentence_and_the_key_that_ends_it() -> None:
    assert empty_text("Nothing here.", ("w", "watch a folder")).plain == "Nothing here.\n\nw watch a folder"
    assert empty_text("Nothing here.").plain == "Nothing here."


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=200))
def test_any_text_at_all_is_drawn_as_text(words: str) -> None:
    said = clean(words, keep_newlines=False)
    assert said in completion_line(Completion(words, words, "F1"), 10).plain
    assert empty_text(words).plain == said
    assert key_hints(("x", said)).plain == f"x {said}"


@pytest.mark.parametrize(("small", "height", "width"), [(True, 1, 11), (False, 3, 27)])
def test_the_wordmark_has_its_size(small: bool, height: int, width: int) -> None:
    lines = wordmark(small=small).plain.splitlines()
    assert len(lines) == height
    assert {len(line) for line in lines} == {width}
