"""Keys that a person chooses in the settings, and how keys are named and shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content

from secondme.settings import load, save, value_of
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.actions import ACTIONS
from tui.app import SecondMeApp
from tui.keymap import DEFAULT, read_key_map
from tui.keys import key_name, read_key
from tui.screens.find import FindScreen
from tui.screens.help import HelpScreen
from tui.widgets.key_line import fitting_hints, key_hints
from tui.widgets.prompt import Prompt


def named(action_id: str) -> object:
    return next(action for action in ACTIONS if action.id == action_id)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Ctrl-G", "ctrl+g"), ("ctrl+G", "ctrl+g"), ("F9", "f9"), ("?", "question_mark"), ("esc", "escape"),
        ("shift+x", "X"), ("X", "X"), ("Alt+Shift+k", "alt+K"), ("-", "minus"), ("ctrl+-", "ctrl+minus"),
        ("Return", "enter"), ("ö", "ö"), ("del", "delete"),
    ],
)  # fmt: skip
def test_a_key_is_read_as_people_write_it(written: str, key: str) -> None:
    assert read_key(written) == key


def test_keys_are_shown_as_people_name_them() -> None:
    shown = [key_name(key) for key in ("escape", "f12", "ctrl+underscore", "question_mark", "shift+enter", "alt+left")]
    assert shown == ["esc", "F12", "ctrl+_", "?", "shift+enter", "alt+←"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("finnd = ctrl+g", "did you mean find?"),
        ("xyz = ctrl+g", "there is no action 'xyz'; F1 lists them all"),
        ("find = ctrl+i", "is Tab on many terminals; it keeps ctrl+f"),
        ("find = ctrl+b", "prefix of tmux"),
        ("find = ctrl+h", "is Backspace"),
        ("find = ctrl+shift+g", "many terminals cannot send"),
        ("find = ctrl+1", "many terminals cannot send"),
        ("find = g", "is needed for writing; it keeps ctrl+f"),
        ("find = space", "is needed for writing"),
        ("find = escape", "is needed to leave"),
        ("find = hyper+q", "is no key"),
        ("find = nonsense", "is no key"),
        ("find =", "has no key; it keeps ctrl+f"),
        ("find = F4", "F4 for find is the key of sources already; find keeps ctrl+f"),
        ("sources.forget = u", "is the key of sources.undo already; sources.forget keeps x"),
        ("chat.open_citation = alt+a", "takes 9 keys, not 1"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence_and_the_default_stays(line: str, words: str) -> None:
    key_map = read_key_map(line)
    assert not key_map.changed
    assert len(key_map.troubles) == 1
    assert words in key_map.troubles[0]


def test_one_bad_line_leaves_the_others() -> None:
    key_map = read_key_map("find = ctrl+g; new_chat = ctrl+i; sources.forget = f delete")
    assert key_map.changed == {"find": ("ctrl+g",), "sources.forget": ("f", "delete")}
    assert len(key_map.troubles) == 1


def test_two_actions_may_swap_their_keys() -> None:
    assert not read_key_map("sources.forget = u; sources.undo = x").troubles
    both = read_key_map("find = alt+g; new_chat = alt+g")
    assert len(both.changed) < 2
    assert both.troubles


def test_any_text_is_read_without_an_error() -> None:
    for text in (";;;", "=", "a=b=c", "\x1b[31m = x", "find = " + "x " * 10_000, "[bold] = [/bold]", "\u202efind = g"):
        assert not read_key_map(text).changed


def test_the_settings_file_may_hold_a_table_with_lists_and_places(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[ui]\ntheme = "nord"\n\n[ui.keys]\nfind = "ctrl+g"\nsources.forget = ["f", "delete"]\n')
    settings, warnings = load(file)
    assert not warnings
    assert settings.ui_keys == "find = ctrl+g; sources.forget = f delete"
    save(file, "ui.keys", "find = alt+f")
    assert value_of(load(file)[0], "ui.keys") == "find = alt+f"
    assert load(file)[0].ui_theme == "nord"
    save(file, "ui.keys", "")
    assert load(file)[0].ui_keys == ""


@pytest.mark.parametrize("lines", ["keys = 3", "[ui.keys]\nfind = 2.5", '[ui.keys]\nfind = [["a"]]'])
def test_keys_that_are_no_table_are_a_warning_and_never_keep_the_engine_from_starting(
    tmp_path: Path, lines: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[ui]\n{lines}\n" if lines.startswith("keys") else lines)
    settings, warnings = load(file)
    assert settings.ui_keys == ""
    assert "The default is in force." in warnings[0]


async def test_chosen_keys_work_old_ones_do_not_and_the_labels_follow() -> None:
    door = ScriptedDoor()
    app = SecondMeApp(door.door, keys="find = alt+g; prompt.send = alt+s; sources.forget = f")
    async with app.run_test(size=(120, 40)) as pilot:
        stage = Stage(app, pilot)
        await stage.ready()
        assert "alt+s send" in Content.from_markup(str(stage.prompt.border_subtitle)).plain
        await stage.press("ctrl+f")
        assert stage.at_home
        await stage.press("alt+g")
        assert isinstance(app.screen, FindScreen)
        await stage.press("escape", *"hello", "enter", *"you")
        assert app.home.query_one(Prompt).text == "hello\nyou"
        await stage.press("f1")
        assert isinstance(app.screen, HelpScreen)
        assert "alt+g" in stage.shown()


async def test_bad_keys_in_the_settings_are_told_when_the_app_opens() -> None:
    app = SecondMeApp(ScriptedDoor().door, keys="find = ctrl+i")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert any("is Tab on many terminals" in notice.message for notice in app._notifications)


def test_keys_never_run_into_their_labels() -> None:
    line = key_hints(("x", "forget"), ("u", "undo"), ("escape", "back"))
    assert line.plain == "x forget · u undo · esc back"


@pytest.mark.parametrize("width", range(20, 120, 7))
def test_a_line_of_keys_drops_the_least_important_and_never_wraps(width: int) -> None:
    pairs = [("x", "forget"), ("u", "undo"), ("X", "erase"), ("w", "watch"), ("s", "look again"), ("esc", "back")]
    line = fitting_hints(pairs, width)
    assert line.cell_length <= max(width, len("F1 all keys · esc back"))
    assert line.plain.endswith("esc back")
    assert ("look again" in line.plain) != ("F1 all keys" in line.plain)
    shown = [what for _, what in pairs if f" {what}" in line.plain]
    assert shown == [what for _, what in pairs if what in shown]


async def test_help_begins_with_the_page_it_is_asked_on() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("f4", "f1")
        assert stage.shown().lstrip().startswith("In the list of sources")
        await stage.press("f1")
        await stage.press("escape", "f1")
        assert stage.shown().lstrip().startswith("Writing a question")


def test_every_action_of_the_list_can_be_found_by_its_id() -> None:
    for action in ACTIONS:
        assert named(action.id) is action
        assert isinstance(DEFAULT.label(action), str)


async def test_ctrl_c_says_in_plain_words_what_closes_the_app() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("ctrl+c")
        (told,) = stage.app._notifications
        assert told.message.startswith("ctrl+q closes the app")
        assert "[" not in told.message
