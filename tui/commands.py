"""Commands of the command line that a sentence names, as what does the same in the app: a page, a key, a button.

The engine speaks to every door, so its remedies name commands. To add one, write its first words into PAGES.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from textual.app import App

from tui.keymap import with_keys

PAGES = (
    ("ask --off-record", "@off_record"),
    ("chats", "Chats (@chats)"),
    ("config", "Settings (@settings)"),
    ("facts", "Facts (@memory, then @memory.facts)"),
    ("failures", "Sources (@sources)"),
    ("forget --undo", "Sources (@sources)"),
    ("inbox", "Programs (@programs)"),
    ("ingest", "@add"),
    ("jobs", "Activity (@activity)"),
    ("models", "Models (@models)"),
    ("people", "People (@memory, then @memory.people)"),
    ("programs list", "Programs (@programs)"),
    ("programs resume", "Programs (@programs)"),
    ("recall", "Find (@find)"),
    ("runs", "Activity (@activity)"),
    ("self", "Adapters (@adapters)"),
    ("setup", "Models (@models)"),
    ("sources", "Sources (@sources)"),
    ("watch", "Sources (@sources)"),
)
"""The first words of a command, and the page or key that does the same. What is missing only a terminal can do."""

_COMMAND = re.compile(r"`secondme ([^`]+)`")
_MORE = re.compile(r"( more): `secondme recall \"(?P<query>[^`]+)\"`\.?\s*$")
_TAKE_OUT = re.compile(r"(?P<line>: )?`secondme (?P<verb>forget|purge) (?P<target>[^\s`-][^\s`]*)`")
_QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True)
class Offer:
    """Something that an answer offers: a search for `target`, or to look at what hangs on `target` and forget it."""

    kind: Literal["find", "forget"]
    label: str
    target: str


def in_app(app: App[Any], words: str) -> str:
    """A sentence with the pages and keys in force in the place of the commands that have one."""

    def page(found: re.Match[str]) -> str:
        command = f"{found[1]} "
        return next((shown for first, shown in PAGES if command.startswith(f"{first} ")), found[0])

    return with_keys(app, _COMMAND.sub(page, words)) if "`secondme " in words else words


def read_offers(text: str, *, cites: bool) -> tuple[str, list[Offer]]:
    """An answer without the commands that search for more or take something out, and what they offer.

    `cites`: whether it cites passages. A passage may hold commands as well, and is never heard.
    """
    offers: list[Offer] = []
    more = _MORE.search(text)
    if more is not None:
        text = f"{text[: more.start()]}{more[1]}."
        offers.append(Offer("find", "Show them in Find", more["query"]))
    if cites:
        return text, offers

    def take_out(found: re.Match[str]) -> str:
        quoted = _QUOTED.findall(text, 0, found.start())
        what = "Erase" if found["verb"] == "purge" else "Forget"
        offers.append(Offer("forget", f"{what} “{quoted[-1]}”" if quoted else what, found["target"]))
        return "" if found["line"] else "The button below"

    return _TAKE_OUT.sub(take_out, text), offers
