"""The engine's own process: `python -P -m secondme.server.process`. A door starts it when it is not there."""

from __future__ import annotations

import asyncio
import json
import logging
import logging.handlers
import os
import socket
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secondme.places import Places

LOCK_SECONDS = 20.0
IDLE_CHECK_SECONDS = 1.0


def main(*, stay: bool = False) -> int:
    """Run until no door is open and nothing is pending, or with `stay` until it is stopped.

    Prints one line: that the engine is ready, or why it is not.
    """
    os.umask(0o077)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    from secondme.api.wire import error_to_wire
    from secondme.errors import SecondMeError
    from secondme.places import places
    from secondme.server.app import with_remedy
    from secondme.server.lock import ProcessLock, data_refused

    where = places()
    lock = ProcessLock(where.engine_lock)
    try:
        where.make()
        _log_to(where.engine_log)
        try:
            lock.acquire(LOCK_SECONDS)
        except OSError as error:
            raise data_refused(where.data, error) from error
        return _serve(where, stay)
    except Exception as error:  # whoever started the engine gets a sentence, the log the rest
        if not isinstance(error, SecondMeError):
            logging.getLogger(__name__).error("start failed: %s", type(error).__name__)
        _report(error_to_wire(with_remedy(error)))
        return 1
    finally:
        lock.release()


def _serve(where: Places, stay: bool) -> int:
    import uvicorn

    from secondme import __version__
    from secondme.clock import SystemClock
    from secondme.engine.engine import Engine
    from secondme.jobs.priority import share_fairly
    from secondme.server.app import Traffic, application

    share_fairly()
    engine = Engine(where, SystemClock())
    traffic = Traffic()
    where.socket.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(where.socket))
    where.socket.chmod(0o600)
    try:
        where.socket_record.write_text(f"{where.socket}\n", encoding="utf-8")
    except OSError as error:  # the disk may be full; doors of this environment find the engine all the same
        logging.getLogger(__name__).warning("the socket is not recorded: %s", error.strerror)
    config = uvicorn.Config(
        application(engine, traffic, __version__),
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    engine.start()
    linger = float(engine.setting("engine.linger_seconds"))

    def leave_when_idle() -> None:
        done = threading.Event()
        while not done.wait(IDLE_CHECK_SECONDS):
            # A data folder that was taken away cannot be served any more; the next door starts afresh.
            if not where.engine_lock.exists():
                traffic.leave = True
            if traffic.leave or (not stay and traffic.idle_seconds() > linger and not engine.busy()):
                server.should_exit = True
                return

    threading.Thread(target=leave_when_idle, name="idle", daemon=True).start()
    listener.listen(64)
    _report({"ready": True})
    try:
        server.run(sockets=[listener])
    finally:
        where.socket_record.unlink(missing_ok=True)
        where.socket.unlink(missing_ok=True)
        engine.close()
    return 0


def _report(message: dict[str, object]) -> None:
    """Print one line for the door that started the engine; afterwards nobody reads."""
    try:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()
    except OSError:
        logging.getLogger(__name__).info("no door waits for the start")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)


def _log_to(file: os.PathLike[str]) -> None:
    """Rotating log; a line never holds a memory's text."""
    handler: logging.Handler
    try:
        handler = logging.handlers.RotatingFileHandler(file, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:  # memory works without a log; `secondme doctor` says that there is none
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in ("apscheduler", "chromadb", "watchdog", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(is_worth_a_line)


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """False for what uvicorn says of the streams that it ends because the engine leaves: those of doors that are still
    open are no errors, and each would be forty lines."""
    ended = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not ended and not str(record.msg).startswith("Cancel %")


if __name__ == "__main__":
    sys.exit(main())
