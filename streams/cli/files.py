"""Files to records: what `newswire publish` and `newswire enrich` read.

`.jsonl`, `.ndjson` and standard input hold one article a line, in the contract's form;
`.json` one article, or an array of them; `.txt` is the text of a whole web page and
`.html` its source. A line that is no article is passed on as it is: the worker says
what is wrong with it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from streams.errors import NewswireError
from streams.steps.decode import uri_of

FORMATS = {".txt": "page", ".html": "html", ".htm": "html"}


@dataclass(frozen=True, slots=True)
class Record:
    """What goes onto `news.articles.v1`. `key` is None when no uri could be read."""

    key: bytes | None
    value: bytes


def records(path: str, stated: dict[str, str]) -> Iterator[Record]:
    """The records of one file; `-` is standard input. `stated` fills in what pages do not say.

    Raises:
        NewswireError: the file cannot be read.
    """
    if path == "-":
        yield from _lines(sys.stdin.buffer)
        return
    file = Path(path)
    try:
        if file.suffix in FORMATS:
            yield _page(file, stated)
        elif file.suffix == ".json":
            yield from _document(file.read_bytes())
        else:
            with file.open("rb") as lines:
                yield from _lines(lines)
    except OSError as error:
        raise NewswireError(f"cannot read {path}: {error.strerror}") from error


def _lines(lines: Any) -> Iterator[Record]:
    for line in lines:
        value = line.strip()
        if value:
            yield _record(value)


def _document(raw: bytes) -> Iterator[Record]:
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError:
        document = None
    if isinstance(document, list):
        yield from (_record(orjson.dumps(each)) for each in document)
    else:
        yield _record(raw)


def _record(value: bytes) -> Record:
    uri = uri_of(value)
    return Record(None if uri is None else uri.encode(), value)


def _page(file: Path, stated: dict[str, str]) -> Record:
    article = {
        "uri": f"urn:newswire:file:{quote(file.name)}",
        "wire": "file",
        "body": file.read_bytes().decode("utf-8", "replace"),
        "body_format": FORMATS[file.suffix],
        **stated,
    }
    return Record(article["uri"].encode(), orjson.dumps(article))
