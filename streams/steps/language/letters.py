"""The letters of a text."""

import re
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from streams.letters import BASIC, code_points, text_of

WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())


def letters_of(text: str) -> str:
    """The letters of a text in a row: its `WORD`s, without what is between them.

    A table tells them in a third of the time of a regular expression. It has the basic plane;
    beyond it are emoji too, and numbers that are no letters.
    """
    if text.isascii():
        return text.encode().translate(None, _NO_LETTERS).decode()
    codes = code_points(text)
    try:
        letters = codes[_are_letters().take(codes)]
    except IndexError:
        return "".join(WORD.findall(text))
    return text_of(letters)


@cache
def _are_letters() -> NDArray[Any]:
    return np.array([bool(WORD.match(chr(code))) for code in range(BASIC)])
