"""Three trees over the same spans, one level at a time: by topic (stored), by time and by source (grouped when
asked)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from secondme.api import TreeNode, TreeView
from secondme.errors import NothingFound, UsageError
from secondme.index.episodes import episodes
from storage.branches import Twig
from storage.store import Store

KINDS = {"chat": "Chats with Second Me", "import": "Imported chats", "note": "Notes"}
LABEL = 200
"""Characters."""


def tree(store: Store, by: str, node: str, *, first: int = 0, limit: int = -1) -> TreeView:
    """The children of a node of a tree, or `limit` of them from number `first` on; "" is the root.

    Raises UsageError for another tree, NothingFound for no node.
    """
    if by == "topic":
        return _page(by, node, _topic(store, node), first, limit)
    if by == "time":
        return _page(by, node, _time(store, node), first, limit)
    if by == "source":
        return _source(store, node, first, limit)
    raise UsageError(f"There is no tree by {by}.", "Take topic, time or source.")


def _topic(store: Store, node: str) -> tuple[TreeNode, ...]:
    if node:
        if not node.isdigit() or store.trees.node(int(node)) is None:
            raise NothingFound(f"The tree has no node {node}.", "`secondme tree` shows those that there are.")
        parent = int(node)
    else:
        live = store.trees.live()
        if live is None:
            return ()
        parent = store.trees.root(live)
    below = tuple(
        TreeNode(
            str(view.id),
            _summary(store, f"node:{view.id}") or " · ".join(dict.fromkeys(_line(text) for text in view.texts)),
            view.size,
        )
        for view in store.trees.views(parent)
    )
    return below or _leaves(store.branches.by_seq(store.trees.spans_of(parent)))


def _time(store: Store, node: str) -> tuple[TreeNode, ...]:
    if len(node) in (0, 4, 7):
        return tuple(
            TreeNode(
                branch.key,
                "  ".join(part for part in (branch.label, _summary(store, _period(branch.key))) if part),
                branch.size,
            )
            for branch in store.branches.times(node)
        )
    day, _, episode = node.partition("/")
    groups = _episodes(store, store.branches.of_day(day))
    if not groups:
        raise NothingFound(f"There is nothing of {day}.", "`secondme tree --by time` shows what there is.")
    if episode:
        if not episode.isdigit() or int(episode) >= len(groups):
            raise NothingFound(f"{day} has no episode {episode}.", f"`secondme tree --by time {day}` shows them.")
        return _leaves(groups[int(episode)])
    return tuple(
        TreeNode(f"{day}/{i}", f"{group[0].title}: {_line(_longest(group).text)}", len(group))
        for i, group in enumerate(groups)
    )


def _source(store: Store, node: str, first: int, limit: int) -> TreeView:
    if not node:
        groups = [(_group_name(kind, folder), size) for kind, folder, size in store.branches.groups()]
        return _page("source", node, tuple(TreeNode(name, name, size) for name, size in groups), first, limit)
    source, _, section = node.partition("#")
    if section.isdigit():
        return _page("source", node, _leaves(store.branches.of_section(source, int(section))), first, limit)
    if store.branches.has_source(source):
        below = tuple(
            TreeNode(f"{source}#{branch.key}", branch.label or "text", branch.size)
            for branch in store.branches.sections(source)
        )
        return _page("source", node, below, first, limit)
    kind = next((kind for kind, name in KINDS.items() if name == node), "file")
    folder = "" if kind != "file" or node == "." else node.rstrip("/") + "/"
    found, total = store.branches.in_group(kind, folder, first, limit)
    if not found and not first:
        raise NothingFound(f"There is no folder or source {node}.", "`secondme tree --by source` shows what there is.")
    return TreeView("source", node, tuple(TreeNode(row.key, row.label, row.size) for row in found), first, total)


def _group_name(kind: str, folder: str) -> str:
    """What a group of sources is called: its kind, or the path of a folder."""
    return KINDS.get(kind) or (folder.rstrip("/") or "/" if folder else ".")


def _page(by: str, node: str, children: tuple[TreeNode, ...], first: int, limit: int) -> TreeView:
    shown = children[first:] if limit < 0 else children[first : first + limit]
    return TreeView(by, node, shown, first, len(children))


def _period(key: str) -> str:
    return f"{'month' if len(key) == 7 else 'day'}:{key}"


def _summary(store: Store, about: str) -> str:
    """The summary of a node in a line; empty without one."""
    memory = store.memories.about(about)
    return _line(" · ".join(store.memories.texts(memory))) if memory else ""


def _episodes(store: Store, twigs: Sequence[Twig]) -> list[list[Twig]]:
    """Spans of a day as episodes: by session, and divided where the subject changes."""
    sessions: dict[tuple[str, int], list[Twig]] = {}
    for twig in twigs:
        sessions.setdefault((twig.document_id, twig.section), []).append(twig)
    groups: list[list[Twig]] = []
    for session in sessions.values():
        vectors = store.vectors.get([twig.id for twig in session])
        nothing = np.zeros(store.vectors.dimension, np.float32)
        matrix = np.stack([vectors.get(twig.id, nothing) for twig in session])
        groups += [session[first:end] for first, end in episodes(matrix)]
    return groups


def _longest(group: Sequence[Twig]) -> Twig:
    return max(group, key=lambda twig: len(twig.text))


def _leaves(twigs: Sequence[Twig]) -> tuple[TreeNode, ...]:
    return tuple(
        TreeNode(
            twig.id,
            f"{twig.speaker}: {_line(twig.text)}" if twig.speaker else _line(twig.text),
            1,
            span_id=twig.id,
            when=twig.happened_at[:10],
        )
        for twig in twigs
    )


def _line(text: str) -> str:
    return " ".join(text[: 2 * LABEL].split())[:LABEL]
