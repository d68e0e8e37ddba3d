"""Colours: ours have contrast, every theme has our variables, and without colours the chosen row is seen."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.content import Content
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import OptionList

from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tui.app import SecondMeApp
from tui.screens.settings import SettingsScreen
from tui.theme import DARK, KINDS, LIGHT, THEMES, variable_defaults
from tui.widgets.badge import WIDTH, badge, kind_style

AA = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text with what is behind it."""
BACKGROUNDS = (
    "background", "surface", "panel", "boost", "block-cursor-background", "block-cursor-blurred-background",
    "block-hover-background",
)  # fmt: skip
TEXTS = (
    "text", "text-muted", "text-primary", "text-secondary", "text-accent", "text-success", "text-warning", "text-error",
    "foreground", "foreground-muted", "title", "block-cursor-foreground", *(f"kind-{kind}" for kind in KINDS),
)  # fmt: skip
PAIRS = (
    ("text-disabled", "background"), ("foreground-disabled", "background"), ("button-foreground", "surface"),
    ("button-color-foreground", "primary"), ("button-color-foreground", "success"),
    ("button-color-foreground", "warning"), ("button-color-foreground", "error"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("screen-selection-foreground", "screen-selection-background"), ("link-color-hover", "link-background-hover"),
    ("footer-key-foreground", "panel"), ("footer-description-foreground", "panel"),
    ("markdown-h1-color", "background"), ("markdown-h2-color", "background"), ("markdown-h3-color", "background"),
    ("markdown-h6-color", "background"),
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG: (L1 + 0.05) / (L2 + 0.05), L the relative luminance."""
    first, second = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (first + 0.05) / (second + 0.05)


def luminance(color: Color) -> float:
    """The relative luminance of an opaque sRGB colour."""
    assert color.a == 1
    parts = [part / 255 for part in (color.r, color.g, color.b)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def variables_of(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=[DARK, LIGHT])
def test_every_text_can_be_read_on_every_background(theme: Theme) -> None:
    colours = variables_of(theme)
    pairs = [*((text, behind) for text in TEXTS for behind in BACKGROUNDS), *PAIRS]
    ratios = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < AA} == {}


@pytest.mark.parametrize("theme", THEMES, ids=[DARK, LIGHT])
def test_a_border_with_the_focus_differs_from_one_without(theme: Theme) -> None:
    colours = variables_of(theme)
    assert contrast(colours["border"], colours["background"]) >= 3  # WCAG 1.4.11: parts of controls
    assert colours["border"] != colours["border-blurred"]


@pytest.mark.parametrize("name", sorted(BUILTIN_THEMES))
async def test_every_theme_of_textual_has_our_variables(name: str) -> None:
    colours = variables_of(BUILTIN_THEMES[name])
    ours = variable_defaults(colours)
    assert {f"kind-{kind}" for kind in KINDS} <= ours.keys()
    app = SecondMeApp(ScriptedDoor().door, theme=name)
    assert {"title", "space-line", "kind-file"} <= app.get_css_variables().keys()


@pytest.mark.parametrize("name", ["secondme-light", "ansi-dark", "ansi-light", "nord"])
async def test_the_app_starts_and_lists_in_any_theme(name: str) -> None:
    door = ScriptedDoor()
    app = SecondMeApp(door.door, theme=name)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert app.theme == name


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
async def test_with_the_colours_of_the_terminal_the_chosen_row_alone_is_underlined(name: str) -> None:
    app = SecondMeApp(ScriptedDoor().door, theme=name)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        await Stage(app, pilot).until(lambda: screen.chosen is not None)
        rows = screen.query_one("#rows", OptionList)
        underlined = {
            y
            for y in range(rows.size.height)
            for segment in rows.render_line(y)
            if segment.style is not None and segment.style.underline and segment.text.strip()
        }
        assert len(underlined) == 1


async def test_an_unknown_theme_is_ours() -> None:
    assert SecondMeApp(ScriptedDoor().door, theme="no-such-theme").theme == DARK


async def test_without_colours_the_chosen_row_is_underlined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with staged(ScriptedDoor()) as stage:
        assert "underline" in stage.app.get_css_variables()["block-cursor-text-style"]


@pytest.mark.parametrize("name", [*KINDS, "import", "question", "something new", "[bold]", "思い出"])
def test_a_badge_is_a_column_with_a_word(name: str) -> None:
    drawn = badge(name)
    assert isinstance(drawn, Content)
    assert drawn.cell_length == WIDTH
    assert drawn.plain.endswith(" ")
    assert badge(name, word=False).cell_length == 1
    assert kind_style(name).startswith("$")
