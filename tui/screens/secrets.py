"""The question that is asked before text is kept that seems to hold a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from secondme.ingest.secrets import mask_secrets
from tui.screens.confirm import Choice, ConfirmScreen


def ask_about_secrets(
    screen: Screen[Any], text: str, go_on: Callable[[str], object], given_up: Callable[[], object] | None = None
) -> None:
    """Pass the text to `go_on`: at once when it holds no key, else as the person decides.

    They may have it masked, keep it as it is, or cancel: then `given_up` is called.
    """
    hidden, found = mask_secrets(text)
    if not found:
        go_on(text)
        return

    def answered(choice: str | None) -> None:
        if choice in ("mask", "keep"):
            go_on(hidden if choice == "mask" else text)
        elif given_up is not None:
            given_up()

    kinds = " and ".join(dict.fromkeys(secret.kind for secret in found))
    lines = [f"This seems to hold {kinds}.", "It would be kept, and could be found and quoted."]
    choices = [Choice("mask", "Mask it"), Choice("keep", "Keep it as it is", danger=True), Choice("no", "Cancel")]
    screen.app.push_screen(ConfirmScreen("A key?", lines, choices), answered)
