"""A worker whose clock can jump while it runs: `python -m benchmarks.chaos.clock FILE COMMAND…`.

FILE holds eight bytes, the seconds to add as a double; whoever writes there sets the clock.
Covered is what Python asks for the time with `time.time` and `time.time_ns`: the hour of an
embargo, the timestamps of records, the logs. Not covered are clocks that cannot jump
(`time.monotonic`, on which Faust and its Kafka client wait) and `datetime.now`.
"""

import mmap
import struct
import sys
import time
from pathlib import Path

OFFSET = struct.Struct("d")


def set_clock(file: Path, seconds: float) -> None:
    """From now on the clock of the worker with this file is that far ahead."""
    with file.open("r+b") as writer:  # in place: the worker has it mapped
        writer.write(OFFSET.pack(seconds))


def _shift(file: Path) -> None:
    with file.open("r+b") as reader:
        view = mmap.mmap(reader.fileno(), OFFSET.size)
    seconds, nanoseconds = time.time, time.time_ns  # noqa: TID251

    def shifted() -> float:
        return float(seconds() + OFFSET.unpack_from(view)[0])

    def shifted_ns() -> int:
        return nanoseconds() + int(OFFSET.unpack_from(view)[0] * 1e9)

    # Before any module that may take the functions by their name.
    vars(time).update(time=shifted, time_ns=shifted_ns)


if __name__ == "__main__":
    _shift(Path(sys.argv[1]))
    from streams.cli import main

    sys.argv = ["newswire", *sys.argv[2:]]
    main()
