"""Time expressions: found in a text, and counted from the day it was published.

Read in this order: `seed` and `roles` (how a language is described), `find` (the step),
`meanings` (what an expression means), then `scan`, `parse`, `shapes` and `lexicon` (how it is
found).
"""

from streams.steps.dates.find import Expressions, find_dates
from streams.steps.dates.page import page_date
from streams.steps.dates.rules import DateRules, compile_dates
from streams.steps.dates.seed import DatesSeed

__all__ = ["DateRules", "DatesSeed", "Expressions", "compile_dates", "find_dates", "page_date"]
