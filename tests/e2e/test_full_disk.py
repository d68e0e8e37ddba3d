"""A full or read-only disk: one sentence, nothing acknowledged is lost, and it goes on when there is room."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.home import Home

MOUNT = ["unshare", "-rm", "sh", "-c"]


def _mounting_works() -> bool:
    probe = [*MOUNT, "mount -t tmpfs tmpfs /mnt"]
    return (
        shutil.which("unshare") is not None and not subprocess.run(probe, capture_output=True, check=False).returncode
    )


needs_mounts = pytest.mark.skipif(not _mounting_works(), reason="this machine forbids mount namespaces")


@needs_mounts
def test_a_full_disk_gets_one_sentence_and_goes_on_when_there_is_room(home: Home, tmp_path: Path) -> None:
    big, small = tmp_path / "big", tmp_path / "small.md"
    big.mkdir()
    small.write_text("The lighthouse keeper is called Ingrid.\n")
    for i in range(60):
        paragraphs = (f"Paragraph {j} of file {i} tells of matter {i * j} at length." for j in range(3000))
        (big / f"{i:02d}.md").write_text("\n\n".join(paragraphs))
    home.ok("config", "set", "model.path", "none")
    (home.root / "data").mkdir(mode=0o700)
    script = f"""
        mount -t tmpfs -o size=12m,mode=0700 tmpfs {home.root}/data
        "$@" ingest {small} && echo acknowledged
        "$@" ingest --no-wait {big}; echo "exit $?"
        "$@" recall lighthouse
        mount -o remount,size=200m {home.root}/data
        "$@" remember "There is room again." && "$@" recall "room again" && "$@" doctor
        """
    done = home.run(prefix=[*MOUNT, script, "sh"])
    assert "acknowledged" in done.stdout
    assert "exit 1" in done.stdout
    assert "full" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Ingrid" in done.stdout
    assert "There is room again" in done.stdout
    assert "ok  database" in done.stdout


@needs_mounts
def test_a_read_only_data_folder_gets_one_sentence(home: Home) -> None:
    (home.root / "data").mkdir(mode=0o700)
    script = f"""
        mount -t tmpfs -o ro tmpfs {home.root}/data
        "$@" status; echo "exit $?"
        """
    done = home.run(prefix=[*MOUNT, script, "sh"])
    assert "exit 1" in done.stdout
    assert "cannot be written" in done.stderr or "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr


@needs_mounts
def test_a_memory_on_a_disk_that_became_read_only_gets_sentences_and_the_doctor_says_why(home: Home) -> None:
    home.ok("config", "set", "model.path", "none")
    home.ok("remember", "The lighthouse keeper is called Ingrid.")
    home.leave()
    script = f"""
        mount --bind {home.root} {home.root} && mount -o remount,bind,ro {home.root}
        export XDG_RUNTIME_DIR=$(mktemp -d)
        for command in status "recall lighthouse" chats "remember more" "config set me.name Bo"; do
            "$@" $command; echo "$command: exit $?"
        done
        "$@" doctor
        """
    done = home.run(prefix=[*MOUNT, script, "sh"])
    assert "Traceback" not in done.stderr
    for command in ("status", "recall lighthouse", "chats", "remember more", "config set me.name Bo"):
        assert f"{command}: exit 1" in done.stdout
    assert "The note was not kept." in done.stderr
    assert len(done.stderr.splitlines()) == 5
    assert f"!!  writing: {home.root}/data cannot be written; Its disk is mounted read-only" in done.stdout
    assert home.ok("recall", "lighthouse")
