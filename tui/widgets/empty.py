"""What a list shows that holds nothing yet: one sentence on what will be here, and the key that makes it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from secondme.text.clean import clean
from tui.widgets.key_line import key_hints, keys_in_force


class EmptyState(Static):
    """A sentence in the middle, its keys below: `EmptyState("Nothing watched yet.", ("@sources.watch", "watch"))`."""

    DEFAULT_CSS = """
    EmptyState {
        width: 1fr; height: 1fr; padding: 1 2;
        content-align: center middle; text-align: center; color: $text-muted;
    }
    """

    def __init__(self, sentence: str = "", *keys: tuple[str, str], id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._sentence, self._keys = sentence, keys

    def on_mount(self) -> None:
        """Show it with the keys in force."""
        self.show(self._sentence, *self._keys)

    def show(self, sentence: str, *keys: tuple[str, str]) -> None:
        """Show another sentence."""
        self.update(empty_text(sentence, *keys_in_force(self.app, keys)))


def empty_text(sentence: str, *keys: tuple[str, str]) -> Content:
    """The sentence, and below it the keys."""
    parts = [Content.styled(clean(sentence, keep_newlines=False), "$foreground")]
    return Content("\n\n").join([*parts, key_hints(*keys)]) if keys else parts[0]
