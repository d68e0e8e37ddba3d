"""The one list of everything a person can do. Key bindings, palette, lines of keys and the help page follow from it.

To add a screen, write it in a file of `tui/screens` and add the line here that opens it:

    _screen("authors", "Authors", "Who wrote what you keep", "f11", "tui.screens.authors:AuthorsScreen"),

The screen is a `Page`, a `ListPage` or a `Dialog`; the app makes it with the `Context` as its only argument. The line
gives it a key, a command in the palette and a row on the help page. Keys of its own are further lines here with
`place="authors"`, a title for that place in PLACES, `BINDINGS = bindings("authors")` on the screen, and a method
`action_<name>` for each.

No key here may be ctrl+a/b/h/i/m/s/[: on many terminals those are Tab, Enter, Backspace or Escape, or
belong to tmux, screen and flow control (`why_unusable` in `tui/keys.py` knows them all).

The order within a place is the order of importance: it is that of the line of keys, which leaves out the last when it
is too narrow. Each action has an `id`, by which the setting `ui.keys` gives it other keys (`tui/keymap.py`), and one of
the palette is also a slash command of the chat (`tui/slash.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from textual.binding import Binding, BindingType

PLACES = {
    "everywhere": "Everywhere",
    "prompt": "Writing a question",
    "chat": "In a chat",
    "message": "On a message of a chat",
    "chats": "In the list of chats",
    "beside": "On a source beside the answer",
    "find": "On the page of Find",
    "sources": "In the list of sources",
    "memory": "In the memory",
    "facts": "On the page of facts",
    "people": "On the page of people",
    "models": "On the page of models",
    "snapshots": "On the page of snapshots",
    "activity": "On the page of activity",
    "profile": "On the profile",
    "contradictions": "On the page of contradictions",
    "passage": "On a passage",
    "settings": "On the page of settings",
    "logs": "On the page of logs",
    "timeline": "On the timeline",
    "known": "On what held on a day",
    "why": "On the page that says why",
    "forget": "On the page that forgets",
    "programs": "On the page of programs",
    "adapters": "On the page of adapters",
}
"""Where actions apply, each with its title in the help: the whole app, or a screen or widget that has the focus."""


@dataclass(frozen=True)
class Action:
    """Something a person can do."""

    name: str
    """The Textual action: `action_<name>` of the app, or of the screen or widget of its place."""
    title: str
    description: str
    keys: tuple[str, ...] = ()
    """Names of keys; the first is the one that is shown."""
    place: str = "everywhere"
    palette: bool = False
    """Whether the command palette lists it."""
    priority: bool = False
    """Whether its keys win over those of the focused widget (a text box has ctrl+f for itself)."""
    footer: str = ""
    """What the line of keys at the bottom of its page says; without it the line leaves the action out."""
    opens: str = ""
    """The screen that it opens, as `module:class`, imported only then."""
    numbered: bool = False
    """Whether each key passes its number, from 1 on, to the action."""

    takes: str = ""
    """What may stand behind its slash command, such as `words`; the screen gets it as its second argument."""

    @cached_property
    def id(self) -> str:
        """Its name in the setting `ui.keys`: `find`, or with its place `sources.forget`."""
        name = re.sub(r"\W+", "_", self.name.replace("-", "minus_")).strip("_")
        return name if self.place == "everywhere" else f"{self.place}.{name}"

    @property
    def call(self) -> str:
        """What Textual runs for it."""
        return f"app.open({self.name!r})" if self.opens else self.name


def _screen(name: str, title: str, description: str, key: str, opens: str, takes: str = "") -> Action:
    """An action that opens a screen from everywhere. `takes`: what its slash command hands to the screen."""
    return Action(name, title, description, (key,), palette=True, priority=True, opens=opens, takes=takes)


def _page(name: str, title: str, description: str, key: str, place: str, opens: str) -> Action:
    """An action that opens a screen from another one, and from the palette."""
    return Action(name, title, description, (key,), place, palette=True, footer=title.lower(), opens=opens)


ACTIONS: tuple[Action, ...] = (
    Action("new_chat", "New chat", "Start an empty conversation", ("ctrl+n",), palette=True, priority=True),
    Action("chats", "Chats", "Go to the list of chats, or hide it", ("ctrl+t",), palette=True, priority=True),
    _screen(
        "add",
        "Add files or a folder",
        "Index them, and see the progress",
        "ctrl+o",
        "tui.screens.add:AddScreen",
        "a path",
    ),
    _screen("find", "Find", "Search everything you have kept", "ctrl+f", "tui.screens.find:FindScreen", "words"),
    _screen(
        "remember",
        "Remember a note",
        "Keep a thought of your own",
        "alt+n",
        "tui.screens.remember:RememberScreen",
        "the note",
    ),
    _screen("sources", "Sources", "What is indexed; forget, erase, watch", "f4", "tui.screens.sources:SourcesScreen"),
    _screen("memory", "Memory", "Your memory as a tree; each with its life", "f3", "tui.screens.memory:MemoryScreen"),
    _screen(
        "activity", "Activity", "What the memory did by itself, and undo", "f5", "tui.screens.activity:ActivityScreen"
    ),
    _screen("profile", "Profile", "What your memory knows of you", "f6", "tui.screens.profile:ProfileScreen"),
    _screen("models", "Models", "Which one answers, what fits, get others", "f8", "tui.screens.models:ModelsScreen"),
    _screen("snapshots", "Snapshots", "The whole memory as one file", "f9", "tui.screens.snapshots:SnapshotsScreen"),
    _screen("timeline", "Timeline", "Years at a glance, day by day", "f7", "tui.screens.timeline:TimelineScreen"),
    Action(
        "off_record",
        "Off the record",
        "Keep nothing of what you say from here on, until you switch it off",
        ("alt+o",),
        palette=True,
        priority=True,
    ),
    _screen("programs", "Programs", "Who reads, and their inbox", "alt+p", "tui.screens.programs:ProgramsScreen"),
    _screen("adapters", "Adapters", "What the model learnt by heart", "alt+a", "tui.screens.adapters:AdaptersScreen"),
    _screen("settings", "Settings", "All settings, and what each does", "f2", "tui.screens.settings:SettingsScreen"),
    _screen("logs", "Logs", "What the engine and the app noted", "f12", "tui.screens.logs:LogsScreen"),
    Action("change_theme", "Change the theme", "Pick other colours", palette=True),
    Action("tour", "Tour", "The app in six steps; esc leaves it", palette=True),
    Action("help", "Help", "The keys of this screen, then all", ("f1",), palette=True, priority=True),
    Action("command_palette", "Command palette", "All commands, by name", ("ctrl+p",), priority=True),
    Action(
        "quit",
        "Quit",
        "Close the app; the engine finishes its work",
        ("ctrl+q",),
        palette=True,
        priority=True,
    ),
    Action(
        "suspend_process",
        "Suspend",
        "Go back to the shell; fg brings the app back",
        ("ctrl+z",),
        palette=True,
        priority=True,
    ),
    Action("send", "Send", "Ask the question; while an answer is written, it waits", ("enter",), "prompt"),
    Action("newline", "New line", "Break the line without sending", ("shift+enter", "ctrl+j"), "prompt"),
    Action("undo", "Undo typing", "Take back what was typed last", ("alt+z", "ctrl+underscore"), "prompt"),
    Action("recall_last", "Last question", "In an empty box: word the last question otherwise", ("up",), "prompt"),
    Action(
        "stop",
        "Stop",
        "Close a source, take back what waits, stop the answer",
        ("escape",),
        "chat",
        palette=True,
    ),
    Action("message(-1)", "Message above", "Go through the messages", ("alt+up",), "chat"),
    Action("message(1)", "Message below", "Go through the messages, and back to the box", ("alt+down",), "chat"),
    Action("context", "What fills the prompt", "Parts and memories of the last one", ("alt+c",), "chat", palette=True),
    Action("copy_answer", "Copy the answer", "The last one, as Markdown", (), "chat", palette=True),
    Action("search_chat", "Search in this chat", "Go through the messages with some words", (), "chat", palette=True),
    Action("rename_chat", "Rename the chat", "Give it another title", (), "chat", palette=True),
    Action("archive_chat", "Put the chat away", "Or bring it back; it is remembered", (), "chat", palette=True),
    Action("forget_chat", "Forget the chat", "Hide or erase it, after a preview", (), "chat", palette=True),
    Action("export_chat", "Write out the chat", "As a Markdown file", (), "chat", palette=True),
    Action("want('copy')", "Copy a message", "As Markdown; says truly whether it worked", ("y",), "message"),
    Action("want('edit')", "Word otherwise", "Ask a question in other words, as a branch", ("e",), "message"),
    Action("want('search')", "Search the chat", "Go through the messages with some words", ("slash",), "message"),
    Action("want('why')", "Why this message", "Where it came from, how its passages were found", ("w",), "message"),
    Action("want('forget')", "Forget a message", "Hide or erase it, after a preview", ("x",), "message"),
    Action("want('rename')", "Rename", "Give the chat another title", ("r",), "chats"),
    Action("want('archive')", "Put away", "Or bring it back; it is remembered all the same", ("a",), "chats"),
    Action("want('export')", "Write out", "The chat as a Markdown file", ("e",), "chats"),
    Action("want('forget')", "Forget a chat", "Hide or erase it, after a preview", ("x",), "chats"),
    Action("want('undo_forget')", "Undo forget", "Bring back the chat that was forgotten last", ("u",), "chats"),
    Action("answer_again", "Answer again", "Keep the answer, and get another", ("ctrl+r",), "chat", palette=True),
    Action("version(-1)", "Version before", "Show the version before ‹", ("alt+left",), "chat", palette=True),
    Action("version(1)", "Version after", "Show the version after ›", ("alt+right",), "chat", palette=True),
    Action(
        "open_citation",
        "Open a passage",
        "Show passage [1] … [9] in its source",
        tuple(f"alt+{number}" for number in range(1, 10)),
        "chat",
        numbered=True,
    ),
    Action("open_citations", "Go to the passages", "Focus the passages of the last answer", (), "chat", palette=True),
    Action("why", "Why", "Where it came from, why it was recalled, what changed it", ("w",), "beside"),
    Action("open_page", "Open as a page", "The source on a page of its own: pin it, see its links", ("o",), "beside"),
    Action("why", "Why", "Where it came from, why it was recalled", ("alt+w", "w"), "find", footer="why"),
    Action("forget", "Forget", "What hangs on it; hide or erase it", ("alt+x", "x"), "find", footer="forget"),
    Action("forget", "Forget", "What hangs on a source; hide or erase it", ("x",), "sources", footer="forget"),
    Action("undo", "Undo forget", "Bring back a forgotten source", ("u",), "sources", footer="undo"),
    Action("purge", "Erase", "Erase a source for good", ("X", "D"), "sources", footer="erase"),
    Action("watch", "Watch a folder", "Index a folder and keep it up to date", ("w",), "sources", footer="watch"),
    Action("unwatch", "Stop watching", "On a watched folder: stop watching it", ("r",), "sources", footer="stop"),
    Action("pause", "Pause or resume", "On a watched folder: stop or start looking", ("p",), "sources", footer="pause"),
    Action(
        "rescan", "Look again", "On a watched folder: look at all of it now", ("s",), "sources", footer="look again"
    ),
    Action("confirm", "Let it fade", "On a folder that asks: what is gone from it may fade", ("c",), "sources"),
    Action("retry", "Try again", "Read files again that failed", ("t",), "sources", footer="retry"),
    Action("filter", "Filter", "Show the memories that are near some words", ("slash",), "memory", footer="filter"),
    Action("pin", "Pin or unpin", "A pinned memory never fades", ("p",), "memory", footer="pin"),
    Action("forget", "Forget", "What hangs on its source; hide or erase it", ("x",), "memory", footer="forget"),
    Action("undo", "Undo", "Take back what was changed here last", ("u",), "memory", footer="undo"),
    Action("edit", "Edit", "Write a note anew; its versions are kept", ("e",), "memory", footer="edit"),
    Action("mark", "Mark", "Mark a memory, to merge it into another", ("m",), "memory", footer="mark"),
    Action("merge", "Merge", "Let the chosen memory stand for the marked one too", ("M",), "memory", footer="merge"),
    _page("facts", "Facts", "What was said of people, on any day", "f", "memory", "tui.screens.facts:FactsScreen"),
    _page(
        "contradictions",
        "Contradictions",
        "Facts that a later statement ended",
        "c",
        "memory",
        "tui.screens.contradictions:ContradictionsScreen",
    ),
    Action("merge", "Merge two names", "Say that they are the same person", ("m",), "people", footer="merge"),
    Action("undo", "Undo", "Take back the last merge", ("u",), "people", footer="undo"),
    _page("people", "People", "Names that mean the same person", "o", "memory", "tui.screens.people:PeopleScreen"),
    Action("by('topic')", "By topic", "Show the tree by topic", ("1",), "memory", footer="topic"),
    Action("by('time')", "By time", "Show the tree by time", ("2",), "memory", footer="time"),
    Action("by('source')", "By source", "Show the tree by source", ("3",), "memory", footer="source"),
    Action(
        "pull", "Get a model", "Fetch it, after saying what, how large and from where", ("g",), "models", footer="get"
    ),
    Action("export", "Export", "Write the whole memory to one file", ("n",), "snapshots", footer="export"),
    Action("verify", "Check", "Check every byte, and say what it holds", ("v",), "snapshots", footer="check"),
    Action("diff", "Compare", "With the marked one, or the memory of now", ("d",), "snapshots", footer="compare"),
    Action("mark", "Mark", "Mark it, so that another is compared with it", ("m",), "snapshots", footer="mark"),
    Action("import", "Import", "Say what it would bring, then bring it", ("i",), "snapshots", footer="import"),
    Action("folder", "Another folder", "Look in another folder", ("o",), "snapshots", footer="folder"),
    Action(
        "along",
        "Adapters along",
        "Export what the model learnt too, or not",
        ("a",),
        "snapshots",
        footer="adapters",
    ),
    Action("choose", "Choose", "Let the model answer, or embed", ("c",), "models", footer="choose"),
    Action("remove", "Remove", "Delete a model from this computer", ("r",), "models", footer="remove"),
    Action("correct", "Correct", "Say what is right instead", ("e",), "facts", footer="correct"),
    Action("reject", "It is wrong", "The fact no longer counts", ("x",), "facts", footer="wrong"),
    Action("undo_reject", "Take back", "The fact counts again", ("u",), "facts", footer="take back"),
    Action("day", "On a day", "Show what held on a day", ("d",), "facts", footer="on a day"),
    Action("everything", "All or what holds", "Show all that was ever said", ("a",), "facts", footer="all"),
    Action("filter", "Filter", "Show the facts with some words", ("slash",), "facts", footer="filter"),
    Action("sort", "Sort", "Sort by the next column", ("s",), "facts", footer="sort"),
    Action("reverse", "Turn round", "Turn the order round", ("r",), "facts", footer="turn"),
    Action("undo_run", "Undo a run", "Give back every row that a run changed", ("u",), "activity", footer="undo"),
    Action("run_job", "Run now", "Run the chosen job", ("r",), "activity", footer="run now"),
    Action("preview_job", "Preview", "List what the chosen job would do", ("d",), "activity", footer="preview"),
    Action("stop_job", "Stop", "Stop the running job; what it did is kept", ("s",), "activity", footer="stop"),
    Action("pause_job", "Pause or resume", "Let the chosen job rest, or go on", ("space",), "activity", footer="pause"),
    Action("pin_line", "Pin or unpin", "A pinned line comes first", ("p",), "profile", footer="pin"),
    Action("edit_line", "Rewrite", "Say the line in your own words", ("e",), "profile", footer="rewrite"),
    Action("hide_line", "Hide or show", "A hidden line is in no prompt", ("h",), "profile", footer="hide"),
    Action("reject_line", "It is wrong", "The fact no longer counts", ("x",), "profile", footer="wrong"),
    Action("undo_reject", "Take back", "The fact counts again", ("u",), "profile", footer="take back"),
    Action("show_hidden", "Show hidden lines", "Or leave them out again", ("a",), "profile", footer="hidden"),
    Action(
        "contradictions",
        "Contradictions",
        "Facts that a later statement ended",
        ("c",),
        "profile",
        footer="contradictions",
        opens="tui.screens.contradictions:ContradictionsScreen",
    ),
    Action(
        "keep_both", "Both hold", "It holds beside what seems to end it", ("k",), "contradictions", footer="both hold"
    ),
    Action("reject", "It is wrong", "The fact no longer counts", ("x",), "contradictions", footer="the first is wrong"),
    Action("undo_reject", "Take back", "The fact is as it was said", ("u",), "contradictions", footer="take back"),
    Action(
        "follow",
        "Go to a linked passage",
        "Open a memory that is linked to this one",
        tuple("12345"),
        "passage",
        footer="go to a linked one",
        numbered=True,
    ),
    Action("pin", "Pin or unpin", "A pinned memory never fades", ("p",), "passage", footer="pin"),
    Action("take_back", "Take back", "Its default is in force again", ("ctrl+r",), "settings", footer="its default"),
    Action("level", "Level", "Everything, warnings and errors, or errors", ("l",), "logs", footer="level"),
    Action("which", "Which log", "Both logs, the engine's, or the app's", ("w",), "logs", footer="which log"),
    Action("copy_line", "Copy the line", "Hand the chosen line to the clipboard", ("y",), "logs", footer="copy"),
    Action("copy_all", "Copy all lines", "Hand all that is shown to the clipboard", ("Y",), "logs", footer="copy all"),
    Action(
        "jump", "Go to a date", "Type it any way: 2024-05-03, last friday, May 2019", ("t",), "timeline", footer="date"
    ),
    Action("busy(1)", "Next day", "The next day that has something", ("n",), "timeline", footer="next"),
    Action("busy(-1)", "Day before", "The day before that has something", ("b",), "timeline", footer="before"),
    Action("known", "What held then", "The facts that held on the day", ("k",), "timeline", footer="held then"),
    Action("by_then", "Known by then", "Only what had been said by that day", ("k",), "known", footer="known by then"),
    Action("why", "Why", "Where it came from, why it was recalled, what changed it", ("w",), "passage", footer="why"),
    Action("why", "Why", "Where it came from, and what changed it", ("w",), "known", footer="why"),
    Action("why", "Why", "Where it came from, why it was recalled, what changed it", ("w",), "timeline", footer="why"),
    Action(
        "open_shown",
        "Open a passage",
        "Open a passage that shows it",
        tuple("123456789"),
        "why",
        footer="open a passage",
        numbered=True,
    ),
    Action("signals", "Signals", "Each signal of recall, or only the parts", ("s",), "why", footer="each signal"),
    Action("hide", "Hide", "Leave it out of every search and answer; can be undone", ("h",), "forget", footer="hide"),
    Action("erase", "Erase for good", "Erase it with all that hangs on it", ("X",), "forget", footer="erase"),
    Action("unhide", "Undo", "Bring back what was hidden", ("u",), "forget", footer="undo"),
    Action("forget", "Forget", "What hangs on its source; hide or erase it", ("x",), "passage", footer="forget"),
    Action("pause", "Pause or resume", "A paused program reads nothing", ("p",), "programs", footer="pause"),
    Action("accept", "Accept", "A proposal becomes a note", ("a",), "programs", footer="accept"),
    Action("reject", "Reject", "A proposal is erased", ("x",), "programs", footer="reject"),
    Action("remove", "Remove", "Take leave back from a program", ("X",), "programs", footer="remove"),
    Action("train", "Train now", "Learn what memory holds; used if it helps", ("t",), "adapters", footer="train"),
    Action("train_voice", "Train voice", "Learn how you write; used if it helps", ("v",), "adapters", footer="voice"),
    Action("use", "Use", "The chosen one, from the next question on", ("c",), "adapters", footer="use"),
    Action("off", "Use none", "The model answers without an adapter", ("o",), "adapters", footer="use none"),
    Action("remove", "Remove", "Delete the chosen one with its files", ("r",), "adapters", footer="remove"),
    Action("forget", "Forget", "What hangs on it; hide or erase it", ("x",), "why", footer="forget"),
    Action("forget", "Forget", "What hangs on the chosen event; hide or erase it", ("x",), "timeline", footer="forget"),
    Action("why", "Why", "Where it came from, why it was recalled, what changed it", ("w",), "memory", footer="why"),
    Action("why", "Why", "What read the fact, and what changed it", ("w",), "facts", footer="why"),
    Action("why", "Why", "What read the fact behind a line, and what changed it", ("w",), "profile", footer="why"),
)


def actions_of(place: str) -> list[Action]:
    """The actions of one place, in the order of the list."""
    return [action for action in ACTIONS if action.place == place]


def action_named(name: str) -> Action:
    """The action of this name that opens a screen. Raises KeyError when there is none."""
    for action in ACTIONS:
        if action.name == name and action.opens:
            return action
    raise KeyError(name)


def palette_actions() -> list[Action]:
    """The actions that the command palette lists on every screen; on a page it lists those of the page as well."""
    return [action for action in ACTIONS if action.palette and action.place in ("everywhere", "chat")]


def slash_commands() -> dict[str, Action]:
    """The actions of the palette by their commands in the box of the chat, without the slash: `new-chat`."""
    found: dict[str, Action] = {}
    for action in palette_actions():
        name = action.id.rpartition(".")[2].replace("_", "-")
        found[name if name not in found else f"{action.place}-{name}"] = action
    return found


def bindings(place: str) -> list[BindingType]:
    """Textual bindings of the actions of one place."""
    return [binding for action in actions_of(place) for binding in _bindings_of(action)]


def _bindings_of(action: Action) -> list[Binding]:
    if not action.keys:
        return []
    call, title, priority = action.call, action.title, action.priority
    if action.numbered:
        return [
            Binding(key, f"{call}({number})", title, show=False, priority=priority, id=f"{action.id}.{number}")
            for number, key in enumerate(action.keys, start=1)
        ]
    return [Binding(",".join(action.keys), call, title, show=False, priority=priority, id=action.id)]
