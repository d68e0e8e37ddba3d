"""The page of logs: the last lines of the engine's and the app's, by level, to read and to copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from secondme.api.door import Door
from secondme.places import places
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.log_lines import LogLine, read_logs
from tui.screens.list_page import LOAD, Line, ListPage

LEAST = ("INFO", "WARNING", "ERROR")
_SAID = {"INFO": "everything", "WARNING": "warnings and errors", "ERROR": "errors"}
_STYLES = {"WARNING": "$text-warning", "ERROR": "$text-error", "CRITICAL": "$text-error"}
_WHICH = {"both": ("engine", "app"), "engine": ("engine",), "app": ("app",)}
LISTED = 2000
"""Lines that are listed, the latest."""
REREAD_SECONDS = 2.0


@dataclass
class LogsRead(Message):
    """The lines that fit the filter, or in `trouble` why there are none."""

    lines: list[LogLine]
    trouble: str = ""


class LogsScreen(ListPage[LogLine]):
    """The latest line is at the bottom; the page follows it while it is the chosen one."""

    PLACE = "logs"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    WAITING = "Reading the logs…"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._least = "INFO"
        self._which = "both"
        self._read: list[LogLine] = []

    def on_mount(self) -> None:
        """Read the logs again and again as long as the page is open."""
        self.set_interval(REREAD_SECONDS, self.load)

    def read(self, door: Door) -> Message:
        """Read the logs; needs no engine, see `load`."""
        return self._logs_read()

    def load(self, change: Callable[[Door], object] | None = None, note: str = "") -> None:
        """Read the files in a thread, also when there is no engine."""
        self.run_worker(self._read_in_thread, thread=True, group=LOAD, exclusive=True, exit_on_error=False)

    def _read_in_thread(self) -> None:
        self.post_message(self._logs_read())

    def _logs_read(self) -> LogsRead:
        where = places()
        files = {"engine": where.engine_log, "app": where.app_log}
        try:
            return LogsRead(read_logs([files[name] for name in _WHICH[self._which]], self._least))
        except OSError as error:
            return LogsRead([], f"The logs cannot be read ({error.strerror}). Look at the rights of {where.logs}.")

    @on(LogsRead)
    def _show_lines(self, event: LogsRead) -> None:
        if event.lines == self._read and not event.trouble and self.rows:
            return
        rows = self.query_one("#rows", OptionList)
        following = rows.highlighted is None or rows.highlighted >= len(self.rows) - 1
        self._read = event.lines
        shown = event.lines[-LISTED:]
        lines: list[Line[LogLine] | str] = [
            Line(log_line(line), line, f"{number} {line}") for number, line in enumerate(shown, len(event.lines))
        ]
        which = "The logs of the engine and of the app" if self._which == "both" else f"The log of the {self._which}"
        head = Content.assemble((which, "bold $title"), (f"   {_SAID[self._least]}, the latest last", "$text-muted"))
        self.show(head, lines)
        if event.trouble or not shown:
            nothing = f"Nothing is logged yet at this level ({_SAID[self._least]})."
            self.query_one("#head", Static).update(Content.assemble(head, "\n\n", event.trouble or nothing))
        if following and shown:
            rows.highlighted = len(shown) - 1

    # --- what its keys do

    def action_level(self) -> None:
        """Show everything, warnings and errors, errors, in turn."""
        self._least = LEAST[(LEAST.index(self._least) + 1) % len(LEAST)]
        self.load()

    def action_which(self) -> None:
        """Show both logs, the engine's, the app's, in turn."""
        names = list(_WHICH)
        self._which = names[(names.index(self._which) + 1) % len(names)]
        self.load()

    def action_copy_line(self) -> None:
        """Copy the chosen line."""
        if self.chosen is not None:
            self._copy([self.chosen])

    def action_copy_all(self) -> None:
        """Copy all lines that are shown."""
        self._copy(self.rows)

    def _copy(self, lines: list[LogLine]) -> None:
        self.app.copy_to_clipboard("\n".join(clean(str(line), keep_newlines=False) for line in lines))
        count = f"{len(lines):,} line{'s' if len(lines) != 1 else ''}"
        where = places().logs
        self.app.notify(
            f"{count} handed to the terminal, which may or may not copy them. The files are in {where}.", markup=False
        )


def log_line(line: LogLine) -> Content:
    """The time of day, which log, its level when it is not plain information, and what it says."""
    style = _STYLES.get(line.level, "$foreground")
    level = f"{line.level.lower()}: " if line.level in _STYLES else ""
    return Content.assemble(
        (f"{line.at[5:]:<14}  {line.log:<6}  ", "$text-muted"),
        (f"{level}{clean(line.text, keep_newlines=False)}", style),
        (f"  {clean(line.name, keep_newlines=False)}" if line.name else "", "$text-muted"),
    )
