"""What pages share on which a fact is judged: it counts no more, or holds all the same, and a key takes that back."""

from __future__ import annotations

from tui.context import Context
from tui.keymap import with_keys
from tui.screens.list_page import ListPage, Row


class JudgingPage(ListPage[Row]):
    """A list page that judges facts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._judged = ""
        """The fact that was judged last."""

    def judge(self, fact_id: str, verdict: str, result: str) -> None:
        """Judge a fact as the Door's `judge_fact` does, then say `result`."""
        self._judged = fact_id
        note = with_keys(self.app, f"{result} @{self.PLACE}.undo_reject takes this back.")
        self.load(lambda door: door.judge_fact(fact_id, verdict), note)

    def action_undo_reject(self) -> None:
        """Let the fact that was judged last be as it was said."""
        judged, self._judged = self._judged, ""
        if judged:
            self.load(lambda door: door.judge_fact(judged, ""), "It is as it was said.")
        else:
            self.app.notify("Nothing was judged on this page.", markup=False)
