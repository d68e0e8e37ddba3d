"""Where things are kept: the system's own folders, or everything below SECONDME_HOME."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from secondme.errors import SecondMeError


@dataclass(frozen=True)
class Places:
    """Folders of one Second Me. Made on demand, 0700."""

    data: Path
    cache: Path
    config: Path
    logs: Path
    runtime: Path

    @property
    def config_file(self) -> Path:
        """The settings, TOML."""
        return self.config / "config.toml"

    @property
    def states(self) -> Path:
        """What models have read, in their own formats; may be deleted at any time."""
        return self.cache / "states"

    @property
    def model_speeds(self) -> Path:
        """How fast models answered; may be deleted at any time."""
        return self.cache / "model-speeds.json"

    @property
    def engine_lock(self) -> Path:
        """Held by the engine process for as long as it runs."""
        return self.data / "engine.lock"

    @property
    def start_gate(self) -> Path:
        """Locked by a door while it starts the engine, so that of several doors only one does."""
        return self.data / "engine.start"

    @property
    def socket(self) -> Path:
        """Where an engine started from this environment listens. The name is a hash: paths over about 100 characters
        fail."""
        digest = hashlib.sha256(str(self.data.resolve()).encode()).hexdigest()[:12]
        return self.runtime / f"{digest}.sock"

    @property
    def socket_record(self) -> Path:
        """Names the socket of the running engine: doors started from other environments find it by this file."""
        return self.data / "engine.socket"

    def running_socket(self) -> Path:
        """The socket that the running engine recorded, or where one would listen when none is recorded.

        A record counts only if it names a socket of this user: a path that somebody else took over is not called.
        """
        try:
            recorded = Path(self.socket_record.read_text(encoding="utf-8").strip())
            found = recorded.lstat()
        except (OSError, ValueError):
            return self.socket
        return recorded if stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid() else self.socket

    @property
    def engine_log(self) -> Path:
        """The engine's log; holds no memory's text."""
        return self.logs / "engine.log"

    @property
    def app_log(self) -> Path:
        """The terminal app's log; holds no memory's text."""
        return self.logs / "app.log"

    @property
    def draft(self) -> Path:
        """What was typed in the app and not sent yet."""
        return self.data / "draft.json"

    @property
    def models(self) -> Path:
        """Models that were pulled; made when the first one is."""
        return self.data / "models"

    def make(self) -> None:
        """Create the folders. Raises SecondMeError when one cannot be made."""
        for folder in (self.data, self.cache, self.config, self.logs, self.runtime):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise SecondMeError(
                    f"The folder {folder} cannot be made ({error.strerror}).",
                    "Make its parent writable, or name another place with SECONDME_HOME.",
                ) from error
        found = self.runtime.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
            raise SecondMeError(
                f"The engine does not listen in {self.runtime}: others than you may write there.",
                "Name a folder of your own with XDG_RUNTIME_DIR.",
                "Nothing was changed.",
            )


def places() -> Places:
    """The folders for this user, or below SECONDME_HOME when that is set."""
    home = os.environ.get("SECONDME_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        data = root / "data"
        return Places(data, root / "cache", root / "config", root / "logs", _runtime(data))
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("secondme", appauthor=False)
    data = dirs.user_data_path
    return Places(data, dirs.user_cache_path, dirs.user_config_path, dirs.user_log_path, _runtime(data))


SOCKET_FOLDER_BYTES = 80
"""The longest folder of a socket: its path may have 103 bytes on macOS, and its name takes 18."""


def _runtime(data: Path) -> Path:
    """The folder of the socket: the session's own; else one in the temporary folder, unless somebody else may write
    there; else one in the data folder, where its path is short enough."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and len(base) < 60 and Path(base).is_dir():
        return Path(base) / "secondme"
    shared = Path(tempfile.gettempdir()) / f"secondme-{os.getuid()}"
    inside = data / "run"
    return shared if _is_ours_alone(shared) or len(os.fsencode(inside)) > SOCKET_FOLDER_BYTES else inside


def _is_ours_alone(folder: Path) -> bool:
    """Whether a folder is missing yet, or is this user's own folder (no link) that nobody else may enter."""
    try:
        found = folder.lstat()
    except OSError:
        return True
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
