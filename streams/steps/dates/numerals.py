"""Digits, in any script, at a place of a text: a number, a day, a year, a clock, a whole date."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from streams.steps.dates.calendar import day_of
from streams.steps.dates.calendars import gregorian
from streams.steps.dates.lexicon import Entry, Symbols, Token, Value, joined_before
from streams.steps.dates.seed import DatesSeed

NUMERAL = re.compile(
    r"(?P<year>\d{4})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})(?!\d)"
    r"(?:[t ](?P<h>\d\d):(?P<m>\d\d)(?!\d)(?::\d\d(?:\.\d+)?)?(?:z\b|[+-]\d\d:?\d\d\b)?)?"
    r"|(?P<a>\d{1,2})(?P<t>[-/.]) ?(?P<b>\d{1,2})(?P=t) ?(?P<c>\d{4}|\d\d)(?!\d)"
    r"|(?P<dm_day>[0-3]?\d)\.(?P<dm_month>0?[1-9]|1[0-2])\.(?!\d)"
    r"|(?P<first>\d{1,2})/(?P<then>[12]\d{3})(?![\d/])"
    r"|(?P<iso>[12]\d{3})[-/](?P<in>\d\d)(?![\d/-])"
    r"|(?P<hour>\d{1,2})[:h](?P<minute>\d\d)(?!\d)(?::\d\d(?!\d))?"
    r"|(?P<digits>\d+)(?P<rest>(?:[.,٫٬]\d+){0,4})"
)
PLAIN = re.compile(r"\d+(?!\d|[-/.,:h٫٬]\d|\. \d{1,2}\. \d)")
"""Most digits are a number alone, and this finds that out sooner."""
LONGEST = 10
"""Characters of the longest number that counts anything in a news text."""
LONGEST_DATE = 40
EARLIEST_GREGORIAN = 1600
"""Where another calendar is at home, an earlier year in digits is of that one."""
LEAP = 2024
"""A year in which every day of the year is."""
NO_YEAR_AFTER = frozenset("$€£¥₽₴₺﷼#№+_")
NO_YEAR_BEFORE = frozenset("%°٪‰_$€£¥₽")
ROLES: tuple[tuple[str, ...], ...] = (
    ("numeric",),
    ("numeric", "clock"),
    ("clock",),
    ("month_numeric",),
    ("decade",),
    ("month", "clear_month"),
    ("ordinal",),
    ("ordinal", "day"),
    ("number",),
    ("number", "day"),
    ("number", "day", "short_year"),
    ("number", "short_year"),
    ("number", "year"),
    ("number", "old_year"),
    ("number", "dotted_clock"),
    ("day_month",),
)
"""Every set of roles that digits can have."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """Reads digits as one language writes them.

    `prefixes`: what may stand before digits at once. `suffix`: what may follow them at once; its
    groups say as what it makes them read.
    `entry`: the entry of a numeral, its suffix's role, and whether it is only a number.
    """

    spaced: bool
    prefixes: frozenset[str]
    suffix: re.Pattern[str] | None
    entry: Callable[[str, str, bool], Entry | None]

    def token(self, text: str, start: int) -> Token | None:
        """The token of the digits at `start`; None when they are part of something else."""
        match = PLAIN.match(text, start) or NUMERAL.match(text, start)
        if match is None:
            return None
        piece, end, role = match.group(), match.end(), ""
        before, after = text[start - 1 : start], text[end : end + 1]
        if self.suffix and after and (found := self.suffix.match(text, end)):
            role, after = found.lastgroup or "", ""
            if role == "attached":
                role = ""
            else:
                end = found.end()
        joined = after.isalnum() or (
            before.isalnum() and joined_before(text, start) not in self.prefixes
        )
        if joined and self.spaced:
            return None
        if len(piece) > LONGEST_DATE:
            return None
        entry = self.entry(piece, role, before in NO_YEAR_AFTER or after in NO_YEAR_BEFORE)
        return Token(start, end, entry) if entry else None


def numerals(seed: DatesSeed, fold: Callable[[str], str], symbols: Symbols) -> Numerals:
    """How the seed's language writes digits."""
    for roles in ROLES:
        symbols.entry(dict.fromkeys(roles))

    @lru_cache(maxsize=8192)
    def entry(piece: str, role: str, plain: bool) -> Entry | None:  # noqa: FBT001
        values = _values(piece, role, seed)
        if plain:
            values = {role: values[role] for role in values.keys() & {"number"}}
        return symbols.entry(values) if values else None

    prefixes = frozenset(map(fold, seed.prefixes))
    return Numerals(seed.spaced, prefixes, _suffix(seed, fold), entry)


def _suffix(seed: DatesSeed, fold: Callable[[str], str]) -> re.Pattern[str] | None:
    groups = []
    # 9月29日: where no spaces part the words, anything may follow.
    blank, edge = ("", r"(?![^\W_])") if seed.spaced else (" ?", "")
    for role, words in seed.suffixes:
        folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
        if folded:
            groups.append(f"{blank}(?P<{role}>{'|'.join(map(re.escape, folded))}){edge}")
    return re.compile("|".join(groups)) if groups else None


def _values(piece: str, role: str, seed: DatesSeed) -> dict[str, Value]:
    """What a numeral may mean; `role` is that of its suffix, or empty."""
    match = NUMERAL.fullmatch(piece)
    if match is None or (role and not match["digits"]):
        return {}
    if match["year"] or match["c"]:
        return _whole_day(match, seed)
    if match["first"] or match["iso"]:
        return _month(match)
    if match["dm_day"]:
        month, day = int(match["dm_month"]), int(match["dm_day"])
        return {"day_month": f"{month:02}-{day:02}"} if day_of(LEAP, month, day) else {}
    if match["hour"]:
        return _clock(match["hour"], match["minute"])
    return _number(match["digits"], match["rest"], role) if len(piece) <= LONGEST else {}


def _whole_day(match: re.Match[str], seed: DatesSeed) -> dict[str, Value]:
    if match["year"]:
        whole = int(match["year"]), int(match["month"]), int(match["day"])
        elsewhere = seed.home_calendar if whole[0] < EARLIEST_GREGORIAN else None
        day = gregorian(elsewhere, *whole) if elsewhere else day_of(*whole)
    else:
        day = _ordered(int(match["a"]), int(match["b"]), match["c"], seed)
    if day is None:
        return {}
    return {"numeric": day, **(_clock(match["h"], match["m"]) if match["h"] else {})}


def _number(digits: str, rest: str, role: str) -> dict[str, Value]:
    if not rest:
        return _plain(digits, role)
    number = _fraction(digits, rest)
    if role or number is None:
        return {}
    values: dict[str, Value] = {"number": number}
    if (
        len(digits) < 3
        and len(rest) == 3
        and rest[0] in ".,"
        and (clock := _clock(digits, rest[1:]))
    ):
        values["dotted_clock"] = clock["clock"]
    return values


def _plain(digits: str, role: str) -> dict[str, Value]:
    value = int(digits)
    day: dict[str, Value] = {"day": value} if 1 <= value <= 31 and len(digits) <= 2 else {}
    if role == "ordinal":
        return {"ordinal": value, **day}
    if role == "month":
        return {"month": value, "clear_month": None} if day and value <= 12 else {}
    if role == "decade":
        if value % 10 or not (len(digits) == 2 or 1000 <= value < 2200):
            return {}
        return {"decade": value if value > 99 else value + (2000 if value < 20 else 1900)}
    values: dict[str, Value] = {"number": value, **day}
    if len(digits) == 4 and 1000 <= value < 2200:
        values["year" if 1900 <= value < 2100 else "old_year"] = value
    if len(digits) == 2:
        values["short_year"] = _full_year(value)
    return values


def _month(match: re.Match[str]) -> dict[str, Value]:
    """2/2013 and 2013-02; but 2011-12 can be two years, and is read as the first."""
    year, month = int(match["then"] or match["iso"]), int(match["first"] or match["in"])
    if match["iso"] and month > year % 100:
        return {"number": year, "year" if 1900 <= year < 2100 else "old_year": year}
    first = day_of(year, month, 1)
    return {"month_numeric": first} if first else {}


def _ordered(a: int, b: int, last: str, seed: DatesSeed) -> dt.date | None:
    year = int(last) if len(last) == 4 else _full_year(int(last))
    day_first = seed.day_first
    if year < EARLIEST_GREGORIAN and seed.home_calendar:
        return gregorian(seed.home_calendar, year, b, a)
    if a > 12 or b > 12 or a == b:
        day_first = b <= 12
    if day_first is None:
        return None
    return day_of(year, b, a) if day_first else day_of(year, a, b)


def _clock(hour: str, minute: str) -> dict[str, Value]:
    possible = int(hour) < 24 and int(minute) < 60
    return {"clock": f"T{int(hour):02}:{int(minute):02}"} if possible else {}


def _full_year(two_digits: int) -> int:
    """A year of two digits: to 2049, then from 1950."""
    return two_digits + (2000 if two_digits < 50 else 1900)


def _fraction(digits: str, rest: str) -> int | float | None:
    """1,200 and 1.200 are 1200; 2.5 and 2,5 are a half more than two."""
    if (
        len(rest) == 4
        and len(digits) <= 3
        and int(digits)
        and rest[0] in ",.٬"
        and rest[1:].isdigit()
    ):
        return int(digits + rest[1:])
    return float(f"{digits}.{rest[1:]}") if rest[1:].isdigit() and len(rest) <= 3 else None
