"""What a line of a page looks like, in any language: prose, a title, or neither."""

import re

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_QUOTES = "\"'»”’“)]）」』›\u200e\u200f "
_STOPS = ".。．।۔։።။។"
_ENDINGS = _STOPS + "?!؟！？…"

_LONG = 140
"""Prose whatever it ends with: captions and titles are shorter, Thai has no full stops."""
_SENTENCE = 60
"""Prose if it ends as sentences do: teasers that ask something are shorter."""
_SENTENCE_WORDS = 4
"""A shorter line is prose only with a full stop and this many words."""
_TITLE, _TITLE_WORDS, _LONGEST_TITLE = 20, 3, 250
_LONG_TITLE, _LONG_TITLE_WORDS = 35, 5


def weight(line: str) -> int:
    """Characters, a Chinese, Japanese or Korean one counted as two and a half."""
    if line.isascii():
        return len(line)
    return len(line) + len(_WIDE.findall(line)) * 3 // 2


def is_prose(line: str) -> bool:
    """Whether `line` reads as a sentence or more, as menus, captions and titles do not."""
    if len(line) >= _LONG:
        return True
    last = line.rstrip(_QUOTES)[-1:]
    if not last or last not in _ENDINGS or line.endswith(("..", ".…")):
        return weight(line) >= _LONG
    if weight(line) >= _SENTENCE:
        return True
    return last in _STOPS and _words(line) >= _SENTENCE_WORDS


def is_full_sentence(line: str) -> bool:
    """Whether `line`, which is prose, is more than a word or two said by a button."""
    return weight(line) >= _SENTENCE


def is_title_like(line: str) -> bool:
    """Whether `line` may be a headline: some words, not a paragraph of them."""
    return _words(line) >= _TITLE_WORDS and weight(line) >= _TITLE and len(line) <= _LONGEST_TITLE


def is_long_title(line: str) -> bool:
    """Whether `line`, which is like a title, is longer than names of sections are."""
    return _words(line) >= _LONG_TITLE_WORDS and weight(line) >= _LONG_TITLE


def _words(line: str) -> int:
    # Scripts without spaces: three characters make about one word.
    return len(line.split()) + len(_WIDE.findall(line)) // 3
