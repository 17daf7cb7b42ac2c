"""The gazetteer on disk: compiled once, read at every start, made anew when its data changes.

The file lies beside its data, in `.compiled/`, and is named after a hash of all that goes in:
the data files and the code that compiles them. It begins with a hash of its own bytes, so
that half a file is never taken for one.
"""

import gc
import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from streams.steps import entities
from streams.steps.entities import Gazetteer, unpack

log = logging.getLogger(__name__)

_LANGUAGE_FILES = ("forms.yaml", "titles.yaml", "words.txt")
_DIGEST = hashlib.sha256().digest_size


def gazetteer(seeds: Path, make: Callable[[], Gazetteer]) -> Gazetteer:
    """The names of `seeds`, read if they are compiled as they are now, else made and kept."""
    path = compiled_path(seeds)
    with _no_collector():
        packed = _read(path)
        if packed is not None:
            return unpack(packed)
        with Console(stderr=True).status("compiling names, once until a data file changes …"):
            made = make()
    try:
        _write(path, made.pack())
    except OSError as error:
        # A disk that is read only costs seconds at each start, and nothing else.
        log.warning("compiled names could not be kept, each start makes them anew: %s", error)
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


def compiled_path(seeds: Path) -> Path:
    """Where the names of `seeds`, as its files are now, are or will be."""
    digest = hashlib.sha256()
    for path in (*_code(), *_data(seeds)):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return seeds / ".compiled" / f"names-{digest.hexdigest()[:16]}.bin"


def _code() -> Iterator[Path]:
    yield from sorted(Path(entities.__file__).parent.glob("*.py"))


def _data(seeds: Path) -> Iterator[Path]:
    yield from sorted(seeds.glob("entities/*.jsonl"))
    for name in _LANGUAGE_FILES:
        yield from sorted(seeds.glob(f"languages/*/{name}"))


def _read(path: Path) -> memoryview | None:
    try:
        content = memoryview(path.read_bytes())
    except OSError:
        return None
    packed = content[_DIGEST:]  # of a hundred megabytes no copy
    if hashlib.sha256(packed).digest() != content[:_DIGEST]:
        log.warning("%s is damaged; names are compiled again", path)
        return None
    return packed


def _write(path: Path, packed: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    # Two workers that start at once write two files; the later takes the other's place.
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(hashlib.sha256(packed).digest() + packed)
    unfinished.replace(path)
    for old in path.parent.glob("names-*.bin"):
        if old != path:
            old.unlink(missing_ok=True)
