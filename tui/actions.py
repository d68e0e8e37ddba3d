"""The one list of everything a person can do: it makes the key bindings, the palette and the help page.

No key here may be ctrl+a/b/h/i/m/s/[: on many terminals those are Tab, Enter, Backspace or Escape, or
belong to tmux, screen and flow control.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from textual.binding import Binding, BindingType

Place: TypeAlias = Literal[
    "everywhere", "chat", "sources", "activity", "profile", "contradictions", "passage", "prompt"
]
"""Where an action applies: in the whole app, or on a screen or widget that has the focus."""


@dataclass(frozen=True)
class Action:
    """Something a person can do.

    `name` is the Textual action (`action_<name>` on the app, or on the screen or widget of its place).
    `keys` are key names, the first one is shown. `palette` lists it in the command palette.
    `priority` keys win over the focused widget's own (a text box has ctrl+f for itself).
    """

    name: str
    title: str
    description: str
    keys: tuple[str, ...] = ()
    place: Place = "everywhere"
    palette: bool = False
    priority: bool = False

    @property
    def key_label(self) -> str:
        """The keys as a person reads them: `ctrl+n`, `F1`, `shift+enter ctrl+j`, or nothing."""
        return " ".join(key.upper() if key[0] == "f" and key[1:].isdigit() else key for key in self.keys)


ACTIONS: tuple[Action, ...] = (
    Action("new_chat", "New chat", "Start an empty conversation", ("ctrl+n",), palette=True, priority=True),
    Action("chats", "Chats", "Go to the list of chats, or hide it", ("ctrl+t",), palette=True, priority=True),
    Action(
        "add",
        "Add files or a folder",
        "Index them, and see how far it is",
        ("ctrl+o",),
        palette=True,
        priority=True,
    ),
    Action("find", "Find", "Search everything you have kept", ("ctrl+f",), palette=True, priority=True),
    Action("remember", "Remember a note", "Keep a thought of your own", ("alt+n",), palette=True, priority=True),
    Action("sources", "Sources", "What is indexed; forget, erase, watch", ("f4",), palette=True, priority=True),
    Action("tree", "Tree", "Your memory by topic, time or source", ("f3",), palette=True, priority=True),
    Action("activity", "Activity", "What the memory did by itself, and undo", ("f5",), palette=True, priority=True),
    Action("profile", "Profile", "What your memory knows of you", ("f6",), palette=True, priority=True),
    Action(
        "off_record",
        "Off the record",
        "Of what you say from here on nothing is kept, until you switch it off",
        ("alt+o",),
        palette=True,
        priority=True,
    ),
    Action("change_theme", "Change the theme", "Pick other colours", palette=True),
    Action("help", "Help", "Keys, and what this is", ("f1",), palette=True, priority=True),
    Action("command_palette", "Command palette", "All commands, by name", ("ctrl+p",), priority=True),
    Action(
        "quit",
        "Quit",
        "Close the app; the engine finishes its work",
        ("ctrl+q",),
        palette=True,
        priority=True,
    ),
    Action("send", "Send", "Ask the question", ("enter",), "prompt"),
    Action("newline", "New line", "Break the line without sending", ("shift+enter", "ctrl+j"), "prompt"),
    Action("recall_last", "Last question", "In an empty box: take up the last question again", ("up",), "prompt"),
    Action("stop", "Stop", "Stop the answer; what was written stays", ("escape",), "chat", palette=True),
    *(
        Action(
            f"open_citation({n})",
            f"Open passage {n}",
            f"Show passage [{n}] in its source",
            (f"alt+{n}",),
            "chat",
        )
        for n in range(1, 10)
    ),
    Action("open_citations", "Go to the passages", "Focus the passages of the last answer", (), "chat", True),
    Action("forget", "Forget", "Hide a source from recall; can be undone", ("x",), "sources"),
    Action("undo", "Undo forget", "Bring back a forgotten source", ("u",), "sources"),
    Action("purge", "Erase", "Erase a source for good", ("X", "D"), "sources"),
    Action("watch", "Watch a folder", "Index a folder and keep it up to date", ("w",), "sources"),
    Action("unwatch", "Stop watching", "On a watched folder: stop watching it", ("r",), "sources"),
    Action("pause", "Pause or resume", "On a watched folder: look at it no more, or again", ("p",), "sources"),
    Action("rescan", "Look again", "On a watched folder: look at all of it now", ("s",), "sources"),
    Action("confirm", "Let it fade", "On a folder that asks: what is gone of it may fade", ("c",), "sources"),
    Action("retry", "Try again", "Read files again that failed", ("t",), "sources"),
    Action("undo_run", "Undo a run", "Give back every row that a run changed", ("u",), "activity"),
    Action("run_job", "Run now", "Run the chosen job", ("r",), "activity"),
    Action("preview_job", "Preview", "List what the chosen job would do", ("d",), "activity"),
    Action("stop_job", "Stop", "Stop the job that runs; what it did is kept", ("s",), "activity"),
    Action("pause_job", "Pause or resume", "Let the chosen job rest, or go on", ("space",), "activity"),
    Action("pin_line", "Pin or unpin", "A pinned line comes first", ("p",), "profile"),
    Action("edit_line", "Rewrite", "Say the line in your own words", ("e",), "profile"),
    Action("hide_line", "Hide or show", "A hidden line is in no prompt", ("h",), "profile"),
    Action("reject_line", "It is wrong", "The fact counts no more", ("x",), "profile"),
    Action("contradictions", "Contradictions", "What a later word ended", ("c",), "profile"),
    Action("keep_both", "Both hold", "It holds beside what seems to end it", ("k",), "contradictions"),
    Action("reject", "It is wrong", "The fact counts no more", ("x",), "contradictions"),
    Action("show_hidden", "Show hidden lines", "Or leave them out again", ("a",), "profile"),
    *(
        Action(
            f"follow({n})",
            f"Go to linked passage {n}",
            "Open a memory that is linked to this one",
            (str(n),),
            "passage",
        )
        for n in range(1, 6)
    ),
    Action("pin", "Pin or unpin", "A pinned memory never fades", ("p",), "passage"),
)


def bindings(place: Place) -> list[BindingType]:
    """Textual bindings of the actions of one place."""
    return [
        Binding(",".join(action.keys), action.name, action.title, show=False, priority=action.priority)
        for action in ACTIONS
        if action.place == place and action.keys
    ]
