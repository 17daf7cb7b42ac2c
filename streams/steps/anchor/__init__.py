"""The day that relative dates are counted from, and what in the text speaks against it.

`choosing` takes the best that came with the article, `dateline` reads the one the wire wrote
into the text, `clues` looks for what does not fit, `doubting` proposes a better day.
"""

from streams.steps.anchor.choosing import choose_anchor, from_dateline
from streams.steps.anchor.clues import Happening
from streams.steps.anchor.dateline import dateline
from streams.steps.anchor.doubting import doubted

__all__ = ["Happening", "choose_anchor", "dateline", "doubted", "from_dateline"]
