"""The app's own colours: one theme for dark terminals and one for light ones, beside Textual's.

`docs/design-system.md` says what each variable is for. Widgets name variables, never colours: a theme of Textual, which
knows nothing of ours, gets them from `variable_defaults`. `tests/tui/test_theme.py` measures every pair of text and
background that is used against WCAG 2.2 AA (4.5:1).
"""

from __future__ import annotations

from textual.theme import Theme

DARK = "secondme-dark"
LIGHT = "secondme-light"

KINDS = ("file", "chat", "message", "note", "mail", "page", "fact", "person", "topic", "summary")
"""Kinds of things with a colour of their own, `$kind-file` and so on."""

SPACING = {
    "space-line": "0 1",
    "space-page": "1 2",
    "space-block": "0 0 1 0",
}
"""Padding of a line, padding of a page, margin below a block: rows, then columns, as in CSS."""

UNDERLINED_CURSOR = {
    "block-cursor-foreground": "ansi_default",
    "block-cursor-background": "ansi_default",
    "block-cursor-text-style": "bold underline",
    "block-cursor-blurred-foreground": "ansi_default",
    "block-cursor-blurred-background": "ansi_default",
    "block-cursor-blurred-text-style": "underline",
}
"""The chosen row where colours are the terminal's own or none: a background there may be the colour of the text on it.
Not reversed, which Textual 8.2.8 leaves out of the styles of its lists."""

_DARK = {
    "boost": "#201E2B",
    "text": "#ECEAF4",
    "text-muted": "#A7A3BA",
    "text-disabled": "#918DA6",
    "foreground-muted": "#A7A3BA",
    "foreground-disabled": "#918DA6",
    "text-primary": "#BBAEFF",
    "text-secondary": "#9CC4F2",
    "text-accent": "#BBAEFF",
    "text-success": "#8FD49B",
    "text-warning": "#EBC77A",
    "text-error": "#FF9C94",
    "title": "#D9D2FF",
    "border": "#9384F0",
    "border-blurred": "#3D3A52",
    "block-cursor-foreground": "#FFFFFF",
    "block-cursor-background": "#3B3466",
    "block-cursor-text-style": "bold",
    "block-cursor-blurred-foreground": "#ECEAF4",
    "block-cursor-blurred-background": "#2B2842",
    "block-cursor-blurred-text-style": "none",
    "block-hover-background": "#262436",
    "input-selection-background": "#4B4286",
    "input-selection-foreground": "#FFFFFF",
    "input-cursor-background": "#BBAEFF",
    "input-cursor-foreground": "#14131B",
    "screen-selection-background": "#4B4286",
    "screen-selection-foreground": "#FFFFFF",
    "button-foreground": "#ECEAF4",
    "button-color-foreground": "#14131B",
    "button-focus-text-style": "bold underline",
    "link-color": "#BBAEFF",
    "link-color-hover": "#14131B",
    "link-background-hover": "#BBAEFF",
    "footer-key-foreground": "#BBAEFF",
    "footer-description-foreground": "#A7A3BA",
    "scrollbar": "#47425F",
    "scrollbar-hover": "#5C5580",
    "scrollbar-active": "#9384F0",
    "scrollbar-background": "#14131B",
    "scrollbar-background-hover": "#14131B",
    "scrollbar-background-active": "#14131B",
    "scrollbar-corner-color": "#14131B",
    "markdown-h1-color": "#D9D2FF",
    "markdown-h2-color": "#D9D2FF",
    "markdown-h3-color": "#D9D2FF",
    "markdown-h6-color": "#A7A3BA",
    "kind-file": "#9CC4F2",
    "kind-chat": "#BBAEFF",
    "kind-message": "#C9B3F2",
    "kind-note": "#EBC77A",
    "kind-mail": "#F2AE8A",
    "kind-page": "#86CBD6",
    "kind-fact": "#8FD49B",
    "kind-person": "#F2A3C7",
    "kind-topic": "#7FD1BE",
    "kind-summary": "#B9C47E",
}

_LIGHT = {
    "boost": "#F1EEF6",
    "text": "#211F2B",
    "text-muted": "#5E5A6E",
    "text-disabled": "#67637A",
    "foreground-muted": "#5E5A6E",
    "foreground-disabled": "#67637A",
    "text-primary": "#5140B8",
    "text-secondary": "#1F5796",
    "text-accent": "#5140B8",
    "text-success": "#1E6630",
    "text-warning": "#7A4B00",
    "text-error": "#A8231F",
    "title": "#3A2C8F",
    "border": "#6A57D6",
    "border-blurred": "#CBC6D6",
    "block-cursor-foreground": "#16141F",
    "block-cursor-background": "#DAD3F8",
    "block-cursor-text-style": "bold",
    "block-cursor-blurred-foreground": "#211F2B",
    "block-cursor-blurred-background": "#E9E5F6",
    "block-cursor-blurred-text-style": "none",
    "block-hover-background": "#EFECF7",
    "input-selection-background": "#C9BFF6",
    "input-selection-foreground": "#16141F",
    "input-cursor-background": "#5140B8",
    "input-cursor-foreground": "#FFFFFF",
    "screen-selection-background": "#C9BFF6",
    "screen-selection-foreground": "#16141F",
    "button-foreground": "#211F2B",
    "button-color-foreground": "#FFFFFF",
    "button-focus-text-style": "bold underline",
    "link-color": "#5140B8",
    "link-color-hover": "#FFFFFF",
    "link-background-hover": "#5140B8",
    "footer-key-foreground": "#5140B8",
    "footer-description-foreground": "#5E5A6E",
    "scrollbar": "#C9C3DA",
    "scrollbar-hover": "#A79FC4",
    "scrollbar-active": "#6A57D6",
    "scrollbar-background": "#FBFAF8",
    "scrollbar-background-hover": "#FBFAF8",
    "scrollbar-background-active": "#FBFAF8",
    "scrollbar-corner-color": "#FBFAF8",
    "markdown-h1-color": "#3A2C8F",
    "markdown-h2-color": "#3A2C8F",
    "markdown-h3-color": "#3A2C8F",
    "markdown-h6-color": "#5E5A6E",
    "kind-file": "#1F5796",
    "kind-chat": "#5140B8",
    "kind-message": "#7A3A9C",
    "kind-note": "#7A4B00",
    "kind-mail": "#93400F",
    "kind-page": "#0B5F6E",
    "kind-fact": "#1E6630",
    "kind-person": "#97245F",
    "kind-topic": "#0A6353",
    "kind-summary": "#56600F",
}

THEMES = (
    Theme(
        name=DARK,
        dark=True,
        primary="#9384F0",
        secondary="#7FA8DA",
        accent="#BBAEFF",
        success="#7CC98A",
        warning="#E3B85F",
        error="#F0837B",
        foreground="#ECEAF4",
        background="#14131B",
        surface="#1B1A24",
        panel="#23212F",
        variables=_DARK,
    ),
    Theme(
        name=LIGHT,
        dark=False,
        primary="#6A57D6",
        secondary="#2F6DB5",
        accent="#5140B8",
        success="#2B7D40",
        warning="#8F5A00",
        error="#B92C27",
        foreground="#211F2B",
        background="#FBFAF8",
        surface="#F4F2F0",
        panel="#EBE8EE",
        variables=_LIGHT,
    ),
)

_KIND_OF_TEXTUAL = {
    "file": "text-secondary",
    "chat": "text-accent",
    "message": "text-accent",
    "note": "text-warning",
    "mail": "text-warning",
    "page": "text-secondary",
    "fact": "text-success",
    "person": "text-error",
    "topic": "text-success",
    "summary": "text-success",
}


def variable_defaults(variables: dict[str, str]) -> dict[str, str]:
    """Our own variables for a theme that does not have them, from its `variables`."""
    title = variables.get("text-primary", variables["primary"])
    kinds = {f"kind-{kind}": variables[base] for kind, base in _KIND_OF_TEXTUAL.items()}
    return {**SPACING, "title": title, **kinds}
