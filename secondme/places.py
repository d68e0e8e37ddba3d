"""Where things are kept: the system's own folders, or everything below SECONDME_HOME."""

from __future__ import annotations

import hashlib
import os
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
    def socket(self) -> Path:
        """The engine's Unix socket. The name is a hash: paths over about 100 characters fail."""
        digest = hashlib.sha256(str(self.data.resolve()).encode()).hexdigest()[:12]
        return self.runtime / f"{digest}.sock"

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


def places() -> Places:
    """The folders for this user, or below SECONDME_HOME when that is set."""
    home = os.environ.get("SECONDME_HOME")
    runtime = _runtime()
    if home:
        root = Path(home).expanduser().absolute()
        return Places(root / "data", root / "cache", root / "config", root / "logs", runtime)
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("secondme", appauthor=False)
    return Places(dirs.user_data_path, dirs.user_cache_path, dirs.user_config_path, dirs.user_log_path, runtime)


def _runtime() -> Path:
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and len(base) < 60 and Path(base).is_dir():
        return Path(base) / "secondme"
    return Path(tempfile.gettempdir()) / f"secondme-{os.getuid()}"
