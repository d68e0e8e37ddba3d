"""The app of one browser window: a process of its own, to which textual-serve speaks through its pipes."""

from __future__ import annotations

from textual import messages
from textual.drivers.web_driver import WebDriver

from tui.cell_widths import PlacingDriver


class WindowDriver(PlacingDriver, WebDriver):
    """Leaves the app when the server is gone: Textual's own would let it run on unseen."""

    def run_input_thread(self) -> None:
        """Read until the input ends."""
        super().run_input_thread()
        self._app.post_message(messages.ExitApp())


def main() -> None:
    """Run the app as the settings say."""
    from secondme.places import places
    from secondme.server.client import connect
    from secondme.settings import load
    from tui.app import run

    where = places()
    settings, _ = load(where.config_file)
    run(
        lambda: connect(where),
        theme=settings.ui_theme,
        keys=settings.ui_keys,
        draft=where.draft,
        driver_class=WindowDriver,
    )


if __name__ == "__main__":
    main()
