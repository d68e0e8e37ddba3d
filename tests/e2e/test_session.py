"""A person's first session, in a real terminal, with the real engine and the bundled model."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from tests.e2e.home import Home
from tests.e2e.tmux import TMUX, Terminal

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed; this test types into a real terminal")

NOTES = {
    "Allotment.md": "# Allotment\n\nPlot 27, beside the water tap. The tomatoes were planted on 3 May.\n",
    "Boathouse.md": "# Boathouse\n\nThe spare key of the boathouse hangs behind the kitchen door.\n",
    "Moss.md": "# Moss\n\nMoss is a dog from the shelter. Moss is afraid of umbrellas.\n",
}


@pytest.fixture
def terminal(home: Home) -> Iterator[Terminal]:
    folder = home.root / "Notes"
    folder.mkdir()
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    environment = home.environment | {"HOME": str(home.root), "LC_ALL": "C.UTF-8"}
    made = Terminal(f"{sys.executable} -m secondme", environment, home.root / "tmux")
    try:
        yield made
    finally:
        made.close()


def test_a_first_session_from_the_welcome_to_the_end(terminal: Terminal) -> None:
    first_run(terminal)
    an_answer_its_source_and_why(terminal)
    another_wording_of_the_question(terminal)
    forgetting_and_undo(terminal)
    the_other_pages(terminal)
    terminal.press("C-q")
    terminal.wait_ended()


def first_run(terminal: Terminal) -> None:
    """Four steps: a name, the model, the notes that are there, a question made from them."""
    terminal.wait("Welcome to second me", "1 of 4")
    seen = time.monotonic()
    terminal.until(lambda _: time.monotonic() > seen + 1, "a person to have seen the dialog")
    terminal.type("Noor")
    terminal.wait("Noor")
    terminal.press("Enter")
    terminal.wait("2 of 4")
    terminal.press("Enter")
    terminal.wait("3 of 4", "Notes", "3 files")
    terminal.press("Space")
    terminal.wait("[x] ~/Notes")
    terminal.press("Enter")
    terminal.wait("4 of 4", "Your memory can answer this already:")
    terminal.until(lambda screen: "key of the boathouse" in screen or "tomatoes" in screen, "the question")
    terminal.press("Enter")
    terminal.wait_gone("4 of 4")
    terminal.wait("[1]", "Ask about anything")


def an_answer_its_source_and_why(terminal: Terminal) -> None:
    """An answer cites a note, which opens beside it, and says why it was found."""
    terminal.type("Where does the spare key of the boathouse hang?")
    terminal.press("Enter")
    terminal.wait("behind the kitchen door", "[1] Boathouse.md", "Ask about anything")
    terminal.press("M-1")
    terminal.wait("# Boathouse", "Linked", "tab go there")
    terminal.press("Tab")
    terminal.wait("w why")
    terminal.press("w")
    terminal.wait("Stored", "Recalled")
    terminal.press("Escape")
    terminal.wait_gone("Stored")
    terminal.press("Escape")
    terminal.wait_gone("esc close")


def another_wording_of_the_question(terminal: Terminal) -> None:
    """The last question is worded otherwise: another version of the chat."""
    terminal.press("Up")
    terminal.wait("another wording")
    terminal.press("C-e", "C-u")
    terminal.type("What is Moss afraid of?")
    terminal.press("Enter")
    terminal.wait("umbrellas", "2/2", "Moss.md")


def forgetting_and_undo(terminal: Terminal) -> None:
    """A source is hidden after one has seen what hangs on it, and brought back."""
    terminal.press("F4")
    terminal.wait("Sources", "Boathouse.md", "Moss.md", "Allotment.md")
    terminal.press("End", "x")
    terminal.wait("Forget the file", "On it hang")
    terminal.press("h")
    terminal.wait("✓ hidden")
    terminal.press("u")
    terminal.wait("On it hang")
    terminal.press("Escape")
    terminal.wait("Sources")


def the_other_pages(terminal: Terminal) -> None:
    """Timeline, find, models and settings."""
    terminal.press("F7")
    terminal.wait("Timeline", "passages on")
    terminal.press("C-f")
    terminal.type("water tap")
    terminal.wait("Allotment.md", "best passage")
    terminal.press("F8")
    terminal.wait("Models that answer", "bundled")
    terminal.press("F2")
    terminal.wait("me.name", "Noor")
    terminal.press("Escape")
    terminal.wait("remembering")
