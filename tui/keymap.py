"""Which keys do what: the keys of the list of actions, changed by the setting `ui.keys`.

In the settings file:

    [ui.keys]
    find = "ctrl+g"
    sources.forget = "f delete"

or in one line, as `secondme config` and the form of settings show it: `find = ctrl+g; sources.forget = f delete`.
A line that means nothing, or a key that cannot work, is told in one sentence, and that action keeps its own keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.app import App

from tui import actions
from tui.actions import Action, actions_of
from tui.keys import key_name, read_key, why_unusable

_ID = re.compile(r"@([a-z_]+(?:\.[a-z_0-9]+)?)")
IN_CHAT = ("prompt", "message", "chats", "beside")
"""Places inside the screen of the chat, of which one has the focus."""
WRITING = ("everywhere", "prompt", "chat")
"""Places where a person writes, so that a plain letter must stay a letter."""


@dataclass(frozen=True)
class KeyMap:
    """The keys in force. `changed`: keys by the id of an action; `troubles`: a sentence for each line left out."""

    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action."""
        return self.changed.get(action.id, action.keys)

    def label(self, action: Action) -> str:
        """All keys of an action as a person reads them: `ctrl+n`, `shift+enter ctrl+j`, `1 … 5`, or nothing."""
        keys = self.keys_of(action)
        if action.numbered and keys:
            return f"{key_name(keys[0])} … {key_name(keys[-1])}"
        return " ".join(key_name(key) for key in keys)

    def short_label(self, action: Action) -> str:
        """The first key of an action, or the range of its numbers, for the line of keys."""
        keys = self.keys_of(action)
        return self.label(action) if action.numbered or not keys else key_name(keys[0])

    def in_words(self, words: str) -> str:
        """A sentence with keys in the place of `@` and ids of actions."""
        named = {action.id: action for action in actions.ACTIONS}

        def key(found: re.Match[str]) -> str:
            action = named.get(found[1])
            return found[0] if action is None else self.short_label(action) or "the palette"

        return _ID.sub(key, words)

    def for_textual(self) -> dict[str, str]:
        """The changes as Textual takes them, by the ids of bindings."""
        found: dict[str, str] = {}
        for action in actions.ACTIONS:
            keys = self.changed.get(action.id, ())
            if action.numbered:
                found |= {f"{action.id}.{number}": key for number, key in enumerate(keys, start=1)}
            elif keys:
                found[action.id] = ",".join(keys)
        return found


DEFAULT = KeyMap()


def key_map_of(app: App[Any]) -> KeyMap:
    """The keys in force in an app."""
    found = getattr(app, "key_map", DEFAULT)
    assert isinstance(found, KeyMap)
    return found


def read_key_map(text: str) -> KeyMap:
    """The keys that `text` asks for, `find = ctrl+g; sources.forget = f`."""
    changed: dict[str, tuple[str, ...]] = {}
    troubles: list[str] = []
    for line in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        name, _, wanted = (part.strip() for part in line.partition("="))
        action = _named(name)
        trouble = _unknown(name) if action is None else ""
        keys: tuple[str, ...] = ()
        if action is not None:
            keys = tuple(read_key(key) for key in wanted.replace(",", " ").split())
            trouble = _why_not(action, keys, wanted)
        if trouble or action is None:
            troubles.append(trouble)
        else:
            changed[action.id] = keys
    return _without_clashes(changed, troubles)


def _named(name: str) -> Action | None:
    plain = name.lower().replace("-", "_").replace("everywhere.", "")
    return next((action for action in actions.ACTIONS if action.id == plain), None)


def _unknown(name: str) -> str:
    from difflib import get_close_matches  # rarely needed, and no start-up waits for it

    near = get_close_matches(name, [action.id for action in actions.ACTIONS], 1)
    return f"ui.keys: there is no action {name!r}" + (f"; did you mean {near[0]}?" if near else "; F1 lists them all.")


def _why_not(action: Action, keys: tuple[str, ...], wanted: str) -> str:
    """Why these keys cannot be those of an action, in one sentence, or nothing."""
    if not keys:
        return f"ui.keys: {action.id} has no key; it keeps {DEFAULT.label(action) or 'the palette'}."
    keeps = f"; it keeps {DEFAULT.label(action)}." if action.keys else "; it stays in the palette."
    if action.numbered and len(keys) != len(action.keys):
        return f"ui.keys: {action.id} takes {len(action.keys)} keys, not {len(keys)}{keeps}"
    for key in keys:
        if reason := why_unusable(key, writing=action.place in WRITING, own=key in action.keys):
            return f"ui.keys: {wanted!r} for {action.id} {reason}{keeps}"
    return ""


def with_keys(app: App[Any], words: str) -> str:
    """A sentence with the keys in force in the place of `@` and ids of actions: `@add adds files`."""
    return key_map_of(app).in_words(words)


def neighbours(place: str) -> Iterable[Action]:
    """The actions that are live together with those of a place: its own, the app's, and at home the chat's."""
    if place == "everywhere":
        return actions.ACTIONS
    together = IN_CHAT if place == "chat" else ("chat",) if place in IN_CHAT else ()
    return [action for name in (place, "everywhere", *together) for action in actions_of(name)]


def _without_clashes(changed: dict[str, tuple[str, ...]], troubles: list[str]) -> KeyMap:
    """Leave out each change whose key does something else on the same screen."""
    while True:
        now = KeyMap(changed)
        clash = next(((a, key, other) for a in actions.ACTIONS for key, other in _clashes(a, now)), None)
        if clash is None:
            return KeyMap(changed, tuple(troubles))
        action, key, other = clash
        troubles.append(
            f"ui.keys: {key_name(key)} for {action.id} is the key of {other.id} already; "
            f"{action.id} keeps {DEFAULT.label(action) or 'the palette'}."
        )
        changed = {name: keys for name, keys in changed.items() if name != action.id}


def _clashes(action: Action, now: KeyMap) -> Iterable[tuple[str, Action]]:
    """Keys of a changed action that another action has on the same screen."""
    for key in now.changed.get(action.id, ()):
        for other in neighbours(action.place):
            if other.id != action.id and key in now.keys_of(other):
                yield key, other
