"""The question that is asked before a conversation goes on in a chat that was forgotten or erased."""

from __future__ import annotations

from tui.screens.confirm import Choice, ConfirmScreen


def chat_gone_screen(*, forgotten: bool) -> ConfirmScreen:
    """The dialog; it answers "new", "back" or "no"."""
    choices = [Choice("new", "Ask in a new chat"), Choice("no", "Cancel")]
    if not forgotten:
        return ConfirmScreen("This chat was erased", ["Your message was not kept."], choices)
    lines = ["What you say in it would be hidden with it.", "Your message was not kept yet."]
    return ConfirmScreen("This chat was forgotten", lines, [choices[0], Choice("back", "Bring it back"), choices[1]])
