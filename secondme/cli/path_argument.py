"""Paths that a command is given."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click


class NamedPath(click.Path):
    """A path that names something. An empty one is refused: it comes from a shell variable that is not set, and would
    mean the folder in which the command happens to run."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:  # click's own signature
        """The path; a usage error where it is empty."""
        if not os.fspath(value).strip():
            self.fail("The path is empty. Name a file or folder; `.` is this one.", param, ctx)
        return super().convert(value, param, ctx)
