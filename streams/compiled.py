"""What takes seconds to make of `seeds`: kept on disk, and made anew when its data changes.

A file lies beside its data, in `.compiled/`, and is named after a hash of all that goes in:
the data files and the code that compiles them. It begins with a hash of its own bytes, so
that half a file is never taken for one.
"""

import gc
import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from pydantic import TypeAdapter
from rich.console import Console

from streams.steps import dates as dates_step
from streams.steps import entities
from streams.steps.dates import DatesSeed
from streams.steps.entities import Gazetteer, unpack

log = logging.getLogger(__name__)

_NAME_FILES = (
    "entities/*.jsonl",
    "languages/*/forms.yaml",
    "languages/*/titles.yaml",
    "languages/*/words.txt",
)
_DATE_FILES = ("languages/*/dates.yaml",)
_DIGEST = hashlib.sha256().digest_size
_DATES = TypeAdapter(dict[str, DatesSeed])

Made = TypeVar("Made")


def gazetteer(seeds: Path, make: Callable[[], Gazetteer]) -> Gazetteer:
    """The names of `seeds`, read if they are compiled as they are now, else made and kept."""
    path = names_path(seeds)
    with _no_collector():
        return _kept(path, make, Gazetteer.pack, unpack)


def names_path(seeds: Path) -> Path:
    """Where the compiled names are or will be."""
    return _path(seeds, "names", _NAME_FILES, entities)


def dates(seeds: Path, make: Callable[[], dict[str, DatesSeed]]) -> dict[str, DatesSeed]:
    """The words for time of `seeds`: JSON is read thirty times as fast as YAML."""
    path = _path(seeds, "dates", _DATE_FILES, dates_step)
    return _kept(
        path,
        make,
        lambda made: _DATES.dump_json(made, exclude_defaults=True),
        lambda packed: _DATES.validate_json(bytes(packed)),
    )


def _kept(
    path: Path,
    make: Callable[[], Made],
    pack: Callable[[Made], bytes],
    unpacked: Callable[[memoryview], Made],
) -> Made:
    packed = _read(path)
    if packed is not None:
        return unpacked(packed)
    what = path.name.partition("-")[0]
    with Console(stderr=True).status(f"compiling {what}, once until a data file changes …"):
        made = make()
    try:
        _write(path, pack(made))
    except OSError as error:
        # A disk that is read only costs seconds at each start, and nothing else.
        log.warning("compiled %s could not be kept, each start makes them anew: %s", what, error)
    return made


@contextmanager
def _no_collector() -> Iterator[None]:
    # Many small objects that all live on: the collector would walk over them in vain.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _path(seeds: Path, what: str, patterns: Iterable[str], code: ModuleType) -> Path:
    """Where what is made of these files, as they and the code are now, is or will be."""
    digest = hashlib.sha256()
    data = (path for pattern in patterns for path in sorted(seeds.glob(pattern)))
    for path in (*sorted(Path(code.__file__ or "").parent.glob("*.py")), *data):
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode())
        digest.update(content)
    return seeds / ".compiled" / f"{what}-{digest.hexdigest()[:16]}.bin"


def _read(path: Path) -> memoryview | None:
    try:
        content = memoryview(path.read_bytes())
    except OSError:
        return None
    packed = content[_DIGEST:]  # of a hundred megabytes no copy
    if hashlib.sha256(packed).digest() != content[:_DIGEST]:
        log.warning("%s is damaged and made anew", path)
        return None
    return packed


def _write(path: Path, packed: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    # Two workers that start at once write two files; the later takes the other's place.
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(hashlib.sha256(packed).digest() + packed)
    unfinished.replace(path)
    for old in path.parent.glob(f"{path.name.partition('-')[0]}-*.bin"):
        if old != path:
            old.unlink(missing_ok=True)
