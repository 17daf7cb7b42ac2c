"""Reads one YAML file under `seeds/` into a pydantic model; every error names file and line."""

from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from streams.errors import BadSeed

PLAINLY = {
    "extra_forbidden": "there is no such key",
    "tuple_type": "a list is needed, in [brackets]",
    "missing": "this must be there",
}
"""What pydantic says in words of Python, by its error's type."""
QUOTE = "a text that begins with * or & or holds a colon and a blank needs quotes"

Model = TypeVar("Model", bound=BaseModel)


def load(path: Path, model: type[Model]) -> Model:
    """The file's content as `model`.

    Raises:
        BadSeed: no such file, not YAML, or not what `model` allows.
    """
    document = _read(path, "safe")
    try:
        # Strings, as in JSON: YAML's own dates and numbers are not coerced to text.
        return model.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        document = _read(path, "rt")  # it knows the lines, and takes twice as long
        where = ".".join(str(part) for part in first["loc"])
        what = PLAINLY.get(first["type"], first["msg"])
        raise BadSeed(path, line_of(document, first["loc"]), f"{where}: {what}") from None


def line_of(document: Any, loc: tuple[int | str, ...]) -> int:
    """The line, from 1, of the deepest part of `loc` that the document has."""
    line = 0
    node = document
    for part in loc:
        if isinstance(node, CommentedMap) and part in node:
            line = node.lc.value(part)[0] if not _is_block(node[part]) else node.lc.key(part)[0]
        elif isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
            line = node.lc.item(part)[0]
        else:
            # A tag of a union, or a key that is missing: the container's line says enough.
            continue
        node = node[part]
    return int(line) + 1


def _is_block(node: Any) -> bool:
    return isinstance(node, CommentedMap | CommentedSeq)


def _read(path: Path, kind: Literal["safe", "rt"]) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadSeed(path, 1, "no such file") from None
    except UnicodeDecodeError as error:
        raise BadSeed(path, 1, f"not UTF-8: {error}") from None
    try:
        return YAML(typ=kind, pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise BadSeed(path, line, f"{error.problem}; {QUOTE}") from None
    except YAMLError as error:
        raise BadSeed(path, 1, str(error)) from None
