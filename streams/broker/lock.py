"""One owner at a time for a directory, given up by the system when the owner dies."""

import sys
from pathlib import Path
from typing import IO

from streams.errors import BrokerError

if sys.platform != "win32":
    import fcntl


class Lock:
    """An advisory lock on `path`. On Windows it holds nobody back; the broker itself does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Makes this process the owner.

        Raises:
            BrokerError: another process is.
        """
        file = self._path.open("ab")
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                raise BrokerError(
                    f"another newswire uses {self._path.parent}: stop it, or choose another "
                    "data directory"
                ) from None
        self._file = file

    def release(self) -> None:
        """Lets it go, if we have it."""
        if self._file is not None:
            self._file.close()
            self._file = None
