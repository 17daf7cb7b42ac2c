"""Two lines that a reader takes for the same, compared."""

from collections.abc import Sequence

_EDGES = (
    " 0123456789.,:;!?…·•|/\\*+-–—_=~#<>«»‹›()[]{}\"'“”„،؛؟。，：！？【】▶►▼▲→←↑↓×✕"
    "\u200e\u200f\ufeff"
)
_SPELLINGS = (
    *(("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ک", "ك"), ("ة", "ه")),
    *(("ـ", ""), ("ً", ""), ("\u200c", ""), ("ё", "е"), ("’", "'")),
)


def fold(line: str) -> str:
    """`line` for comparing: lower case, single spaces, bare ends, one Arabic spelling.

    Digits go from the ends as well, so that "12 Comments" is "comments".
    """
    return " ".join(_respell(line).split()).strip(_EDGES)


def fold_lines(lines: Sequence[str]) -> list[str]:
    """Each of `lines`, which hold no line break, folded; many at once cost a third."""
    respelt = _respell("\n".join(lines)).split("\n") if lines else []
    return [" ".join(line.split()).strip(_EDGES) for line in respelt]


def fold_start(phrase: str) -> str:
    """How a folded line begins that begins as `phrase` does: "See also:" keeps its colon."""
    return " ".join(_respell(phrase).split()).lstrip(_EDGES)


def fold_end(phrase: str) -> str:
    """How a folded line ends that ends as `phrase` does."""
    return " ".join(_respell(phrase).split()).rstrip(_EDGES)


def _respell(text: str) -> str:
    text = text.lower()
    if not text.isascii():
        for variant, plain in _SPELLINGS:
            text = text.replace(variant, plain)
    return text


def begins(text: str, phrase: str) -> bool:
    """Whether `text` begins with the words of `phrase`, not within a longer word."""
    return text.startswith(phrase) and not _glued(phrase[-1], text[len(phrase) : len(phrase) + 1])


def ends(text: str, phrase: str) -> bool:
    """Whether `text` ends with the words of `phrase`."""
    at = len(text) - len(phrase)
    return text.endswith(phrase) and not _glued(text[at - 1 : at] if at else "", phrase[0])


def holds(text: str, phrase: str) -> bool:
    """Whether `text` has the words of `phrase` where `phrase` first occurs in it."""
    at = text.find(phrase)
    return at >= 0 and begins(text[at:], phrase) and ends(text[: at + len(phrase)], phrase)


def _glued(left: str, right: str) -> bool:
    # From U+2E80 on, scripts write words without spaces: a phrase may end inside a run.
    return left.isalpha() and right.isalpha() and max(left, right) < "\u2e80"
