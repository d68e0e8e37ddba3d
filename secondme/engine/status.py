"""The engine at a glance, and what waits for the person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secondme.api import FolderStatus, Problem


def folder_problems(folders: Sequence[FolderStatus], *, polling: bool) -> Iterator[Problem]:
    """What of the watched folders waits for the person."""
    if polling:
        yield Problem(
            "folders",
            "The system's file watches ran out; folders are looked at every few seconds instead.",
            "Raise fs.inotify.max_user_watches (`sudo sysctl fs.inotify.max_user_watches=524288`) and start again.",
        )
    for folder in folders:
        if folder.state == "asking":
            yield Problem(
                "folders",
                f"{folder.missing:,} files of {folder.path} are gone at once; their memories stay until you say so.",
                f"`secondme watch confirm {folder.path}` lets them fade; if they come back, nothing was lost.",
            )
        elif folder.state == "away":
            yield Problem(
                "folders",
                f"{folder.path} is away (unmounted, moved, or emptied); its memories stay.",
                "It is looked at again when it is back.",
            )
    failed = sum(folder.failed for folder in folders)
    if failed:
        yield Problem("files", f"{failed:,} files could not be read.", "`secondme failures` says why.")
