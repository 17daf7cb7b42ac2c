"""A disk of the broker's own, that can be full: a tmpfs, where this user may mount one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 8 * 1024**3
LEFT = 2 * 1024**2
"""Bytes that are free on a full disk: a second or two under load."""


class Disk:
    """A mounted tmpfs: what the broker keeps is in memory."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def fill(self) -> None:
        """Leaves room for a second or two."""
        stat = os.statvfs(self._path)
        self._resize((stat.f_blocks - stat.f_bfree) * stat.f_frsize + LEFT)

    def free(self) -> None:
        """All the room that there was."""
        self._resize(ROOM)

    def _resize(self, size: int) -> None:
        subprocess.run(["mount", "-o", f"remount,size={size}", str(self._path)], check=True)


@contextmanager
def own_disk(path: Path) -> Iterator[Disk | None]:
    """Mounts one at `path`, a directory; None where that is not allowed."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "newswire-chaos", str(path)]
    mounted = (
        shutil.which("mount")
        and not subprocess.run(mount, capture_output=True, check=False).returncode
    )
    try:
        yield Disk(path) if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(path)], check=False)
