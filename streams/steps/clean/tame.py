"""HTML made to harm, made harmless before it is parsed.

The parser takes 17 s for 100,000 nested `<div>` and 5 s for one tag with 50,000
attributes: both cost the square of their number. In a small document neither can.
"""

import re

SMALL = 20_000
"""Characters. The worst of fourteen bombs of this length that were tried took 39 ms to parse."""
DEPTH = 200

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
# Always matches once a tag is open, so the scan is linear: an open quote or tag ends with
# the text. A quote only counts after `=`, as for the parser.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)"
    r"(?:[^>=]|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+(?:>|\Z)"
)
# Tags the parser closes by itself, or that hold nothing: they add no depth.
_FLAT = frozenset(
    [
        "p",
        "li",
        "dd",
        "dt",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "wbr",
        "col",
        "source",
    ]
)


def tame(html: str) -> str:
    """`html` with bare tags, nested at most `DEPTH` deep; untouched when it is small.

    Scripts, styles and comments go, text and entities stay.
    """
    if len(html) <= SMALL:
        return html
    opened: list[str] = []
    still_open: dict[str, int] = {}

    def bare(tag: re.Match[str]) -> str:
        closes, name = tag[1], tag[2].lower()
        if name in _FLAT:
            return f"<{closes}{name}>"
        if not closes:
            if len(opened) >= DEPTH:
                return " "
            opened.append(name)
            still_open[name] = still_open.get(name, 0) + 1
            return f"<{name}>"
        if not still_open.get(name):
            return ""
        while (inner := opened.pop()) != name:
            still_open[inner] -= 1
        still_open[name] -= 1
        return f"</{name}>"

    return _TAG.sub(bare, _UNSEEN.sub(" ", html))
