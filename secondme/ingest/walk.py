"""Which files below a folder are looked at: `.gitignore`, `.secondmeignore`, and what never holds memories."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

IGNORED_FOLDERS = frozenset(
    "node_modules __pycache__ venv site-packages target dist build lost+found bower_components DerivedData".split()
) | {"$RECYCLE.BIN", "System Volume Information"}
SECRET_SUFFIXES = tuple(".env .pem .key .p12 .pfx .kdbx .jks .keystore .asc .gpg .age .ovpn".split())
SECRET_NAMES = frozenset("id_rsa id_dsa id_ecdsa id_ed25519 credentials known_hosts htpasswd".split())
IGNORE_FILES = (".gitignore", ".secondmeignore")
TEMPORARY = (".part", ".crdownload", ".tmp", ".swp", ".swx", "~")
"""Half-written files of editors and downloads: their final name comes with an event of its own."""


Stamp = tuple[int, int, int]
"""Bytes, mtime in ns, inode."""


@dataclass(frozen=True)
class FileEntry:
    """A file: its path as stored and as the system knows it, its stamp, and why it is not read (or empty)."""

    uri: str
    path: str
    stamp: Stamp
    reason: str = ""


def uri_of(path: str) -> str:
    """A path as it is stored and shown: what is not printable, or not UTF-8, is written out (`\\n`, `\\xff`)."""
    if path.isprintable() and "\\" not in path:
        return path
    return "".join(_written(character) for character in path)


def path_of(uri: str) -> str:
    """The path that `uri_of` wrote."""
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else "\\", uri)


_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|x([0-9a-f]{2})|\\)")


def _written(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if character.isprintable():
        return character
    code = ord(character)
    # The system gives bytes that are no UTF-8 as surrogates from U+DC80.
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{{{code:x}}}"


class Rules:
    """The ignore files from a watched folder down to one of its subfolders."""

    def __init__(self, root: str, specs: tuple[tuple[str, GitIgnoreSpec], ...] = (), fingerprint: str = "") -> None:
        self._root = root
        self._specs = specs
        self.fingerprint = fingerprint
        """The same for the same rules."""

    @classmethod
    def down_to(cls, root: str, folder: str) -> Rules | None:
        """The rules that the folders above one set for it, or None when it is ignored itself."""
        rules = cls(root)
        relative = os.path.relpath(folder, root)
        here = root
        for name in [] if relative == "." else relative.split(os.sep):
            rules = rules.entering(here)
            here = os.path.join(here, name)
            if ignored_folder(name) or rules.ignores(here, folder=True):
                return None
        return rules

    def entering(self, folder: str) -> Rules:
        """The rules within a folder: those from above and its own."""
        lines: list[str] = []
        for name in IGNORE_FILES:
            try:
                with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                    lines += file.read(1_000_000).splitlines()
            except OSError:
                continue
        if not lines:
            return self
        valid = [line for line in lines if _is_pattern(line)]
        told = hashlib.sha256("\n".join([self.fingerprint, *valid]).encode()).hexdigest()
        return Rules(self._root, (*self._specs, (folder, GitIgnoreSpec.from_lines(valid))), told)

    def ignores(self, path: str, *, folder: bool = False) -> bool:
        """Whether a file or folder is ignored; the deepest rule that says anything decides."""
        for base, spec in reversed(self._specs):
            relative = path[len(base) :].lstrip("/") + ("/" if folder else "")
            said = spec.check_file(relative).include
            if said is not None:
                return said
        return False

    @property
    def silent(self) -> bool:
        """Whether there are no rules at all."""
        return not self._specs


def _is_pattern(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def ignored_folder(name: str) -> bool:
    """Whether a folder of this name never holds memories: hidden ones, caches, what tools install."""
    return name.startswith(".") or name in IGNORED_FOLDERS


def reason_of_name(name: str) -> str | None:
    """Why a file of this name is not read: a sentence for the list, "" when it is read, None to pass over it."""
    if name.startswith("."):
        return "it looks like a secret" if name.startswith(".env") else None
    lowered = name.lower()
    if name in SECRET_NAMES or lowered.endswith(SECRET_SUFFIXES):
        return "it looks like a secret"
    return None if lowered.endswith(TEMPORARY) or lowered.startswith("~$") else ""


@dataclass
class Listing:
    """What one folder holds: names and, four for each, size, mtime in ns, inode and mode."""

    path: str
    rules: Rules
    names: list[str]
    numbers: list[int]

    def digest(self) -> bytes:
        """The same for the same names, stamps and ignore rules: then no file of the folder needs a look."""
        names = "\0".join([*self.names, self.rules.fingerprint]).encode("utf-8", "surrogateescape")
        return hashlib.blake2b(names + array("q", self.numbers).tobytes(), digest_size=16).digest()

    def files(self) -> Iterator[FileEntry]:
        """The files that are not ignored, by name."""
        ruled = not self.rules.silent
        for i in sorted(range(len(self.names)), key=self.names.__getitem__):
            reason = reason_of_name(self.names[i])
            path = os.path.join(self.path, self.names[i])
            if reason is not None and not (ruled and self.rules.ignores(path)):
                size, mtime_ns, inode, mode = self.numbers[4 * i : 4 * i + 4]
                yield _file_entry(path, (size, mtime_ns, inode), mode, reason)


def files_below(path: str, rules: Rules | None = None, unlisted: list[str] | None = None) -> Iterator[FileEntry]:
    """Every file at or below a path, in a stable order; links are listed, not followed.

    `unlisted` collects folders that could not be listed: what was known below them is not gone.
    """
    try:
        info = os.lstat(path)
    except OSError:
        return
    if not stat.S_ISDIR(info.st_mode):
        reason = reason_of_name(os.path.basename(path))
        if reason is not None and not (rules is not None and rules.ignores(path)):
            yield _file_entry(path, (info.st_size, info.st_mtime_ns, info.st_ino), info.st_mode, reason)
        return
    for listing in folders_below(path, rules, unlisted):
        yield from listing.files()


def folders_below(path: str, rules: Rules | None = None, unlisted: list[str] | None = None) -> Iterator[Listing]:
    """A folder and those below it that are not ignored, each with what it holds. 100,000 files take 0.3 s."""
    waiting = [(path, rules if rules is not None else Rules(path))]
    while waiting:
        folder, above = waiting.pop()
        names: list[str] = []
        numbers: list[int] = []
        folders: list[str] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.name)
                        continue
                    try:
                        info = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # it went while it was looked at
                    names.append(entry.name)
                    numbers += (info.st_size, info.st_mtime_ns, info.st_ino, info.st_mode)
        except OSError:
            if unlisted is not None:
                unlisted.append(folder)
            continue
        rules = above.entering(folder) if any(name in names for name in IGNORE_FILES) else above
        yield Listing(folder, rules, names, numbers)
        for name in sorted(folders, reverse=True):
            below = os.path.join(folder, name)
            if not ignored_folder(name) and not (not rules.silent and rules.ignores(below, folder=True)):
                waiting.append((below, rules))


def _file_entry(path: str, stamp: Stamp, mode: int, reason: str) -> FileEntry:
    if not reason and not stat.S_ISREG(mode):
        reason = "links are not followed" if stat.S_ISLNK(mode) else "it is not a regular file"
    return FileEntry(uri_of(path), path, stamp, reason)
