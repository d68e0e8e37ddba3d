"""A database that is closed while other threads read it ends their reading, not the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

READ_WHILE_CLOSING = """
import sys, threading
from pathlib import Path
from storage.database import Database, StoreError

for number in range(15):
    folder = Path(sys.argv[1]) / str(number)
    folder.mkdir()
    database = Database(folder)
    started = threading.Barrier(4)
    ended = []

    def read():
        started.wait()
        try:
            while True:
                database.read("SELECT name, sql FROM sqlite_master")
        except StoreError as error:
            ended.append(str(error))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    started.wait()
    database.close()
    for thread in threads:
        thread.join()
    assert len(ended) == 3, ended
"""


def test_reading_ends_with_a_sentence_when_the_database_is_closed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_WHILE_CLOSING, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-2000:]
