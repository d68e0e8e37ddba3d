"""Which actions are live on a screen, and what does them."""

from __future__ import annotations

from typing import Any

from textual.dom import DOMNode
from textual.screen import Screen

from tui import actions
from tui.actions import Action


def live_places(screen: Screen[Any]) -> dict[str, DOMNode]:
    """The places whose actions are live on a screen, from the focused widget outwards, each with the widget or screen
    that has them. The app's own are live everywhere and not among them."""
    nodes = screen.focused.ancestors_with_self if screen.focused is not None else [screen]
    found: dict[str, DOMNode] = {}
    for node in nodes:
        for bindings in node._bindings.key_to_bindings.values():
            place, dot, _ = (bindings[0].id or "").partition(".")
            if dot and place in actions.PLACES:
                found.setdefault(place, node)
    return found


def page_actions(screen: Screen[Any]) -> list[tuple[Action, DOMNode]]:
    """The actions of the page that is on the screen, for the palette; those of the chat are there always."""
    return [
        (action, node)
        for place, node in live_places(screen).items()
        if place not in ("prompt", "chat")
        for action in actions.actions_of(place)
        if not action.numbered
    ]
