"""What a form may ask for, and what it may mean: the words of the grammar of `seed`."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Literal, get_args

Unit = Literal[
    "second", "minute", "hour", "day", "weekend", "week", "month", "quarter", "year",
    "decade", "century",
]  # fmt: skip
Meaning = Literal[
    "day", "month", "year", "decade", "century", "quarter", "half", "season", "weekday",
    "near", "part", "unit", "nth", "ago", "ahead", "back_span", "ahead_span", "told", "later",
    "earlier", "duration", "set", "now", "days", "interval", "since", "clock", "hijri", "jalali",
    "nothing",
]  # fmt: skip
Calendar = Literal["hijri", "jalali"]

LEXICAL_ROLES = frozenset(
    {
        "month", "weekday", "season", "part", "unit", "number", "ordinal", "quarter", "half",
        "near", "shift", "told", "coming", "counted", "repeat", "holiday", "meridiem", "zone",
        "hijri", "jalali", "period",
    }
)  # fmt: skip
NUMBER_ROLES = frozenset(
    [
        "number",
        "day",
        "year",
        "old_year",
        "short_year",
        "ordinal",
        "decade",
        "numeric",
        "month_numeric",
        "clock",
        "dotted_clock",
        "day_month",
    ]
)
PAIRED = frozenset({"interval", "since"})
"""Meanings whose forms join whole dates: their element `date` is what another form found."""
FROM_TOLD = frozenset({"told", "later", "earlier", "clock"})
"""Meanings that are counted from the date that the text told before, not from the anchor; an
hour, where none was told, from that."""

NEEDED: Mapping[str, frozenset[str]] = {
    "unit": frozenset({"unit", "period"}),
    "season": frozenset({"season"}),
    "duration": frozenset({"unit", "counted"}),
    "set": frozenset({"unit", "counted", "repeat", "weekday"}),
    "weekday": frozenset({"weekday"}),
    "month": frozenset({"month", "month_numeric", "number"}),
    "hijri": frozenset({"hijri", "old_year", "year", "shift"}),
    "jalali": frozenset({"jalali", "old_year", "year", "short_year", "shift"}),
}
"""Roles of which a form of this meaning must have one that cannot be missing."""

PUNCTUATION = {
    "comma": (",", "،", "、", "，"),
    "dash": ("-", "–", "—", "‑", "−"),
    "slash": ("/",),
    "dot": (".",),
    "open": ("(",),
    "close": (")",),
    "apostrophe": ("'", "’", "‘", "`"),
}


ROLES = (
    LEXICAL_ROLES
    | NUMBER_ROLES
    | PUNCTUATION.keys()
    | {"clear_month", "clear_weekday"}
    | {f"unit:{unit}" for unit in get_args(Unit)}
    | {f"shift:{periods}" for periods in range(-2, 3)}
    | {f"told:{periods}" for periods in range(-1, 2)}
    | {f"counted:{number}" for number in range(1, 13)}
    | {f"counted:{unit}" for unit in get_args(Unit)}
    | {f"period:{unit}" for unit in get_args(Unit)}
)
"""What an element of a form may ask for, beside the seed's own `words`."""


def base_of(role: str) -> str:
    """The role itself of one that asks for some of its words: `unit:week`, `clear_month`."""
    return role.partition(":")[0].removeprefix("clear_")


def wrong_with(meaning: Meaning, form: str, known: AbstractSet[str]) -> str | None:
    """What is wrong with a form; None if nothing is."""
    elements = form.split()
    for role in (role for element in elements for role in element.strip("()?").split("|")):
        if role not in known and not (role == "date" and meaning in PAIRED):
            return f"{role!r} is no role, and no list under words"
    sure = [element for element in elements if not element.endswith("?") and element[0] != "("]
    if not sure:
        return "every element may be missing, or is only beside it"
    needed = NEEDED.get(meaning)
    if needed and not any(needed.issuperset(map(base_of, each.split("|"))) for each in sure):
        return f"one of these must be there: {', '.join(sorted(needed))}"
    return None
