"""The day that a line of a page names when the line is a date bar, in one language or two."""

import datetime as dt

from streams.steps.dates.calendar import day_of
from streams.steps.dates.find import find_dates
from streams.steps.dates.lexicon import TOKEN, Value
from streams.steps.dates.roles import LEXICAL_ROLES
from streams.steps.dates.rules import DateRules

LONGEST_BAR = 100
SAYING_NO_DAY = LEXICAL_ROLES - {"month", "weekday", "part", "number", "meridiem", "zone"}
MARKS = " \t\xa0,.|/:-–—،()"


def page_date(line: str, rules: DateRules) -> dt.date | None:
    """The day when the whole line is a date, `الثلاثاء 3 ديسمبر / December 2024`; else None.

    One day, one year, and one month however often and in however many languages it is
    named; weekdays, clock times, marks and connecting words may stand beside them.
    """
    line = line.strip()
    if len(line) > LONGEST_BAR or not any(map(str.isdigit, line)):
        return None
    folded = rules.any.letters.fold(line)
    return _from_words(folded, rules) or _from_one_language(line, rules)


def _from_words(line: str, rules: DateRules) -> dt.date | None:
    """Read as a bag of words of all languages."""
    scanner = rules.any.scanner
    said: dict[str, set[Value]] = {"numeric": set(), "year": set(), "month": set(), "day": set()}
    at = 0
    while match := TOKEN.match(line, at):
        token = scanner.lexicon.token(line, at, scanner.numerals.token)
        if token is None:
            if match.lastgroup != "mark":
                return None
            at = match.end()
            continue
        at = token.end
        values = token.entry.values
        role = next((role for role in said if role in values), None)
        if role:
            said[role].add(values[role])
        elif "number" in values or SAYING_NO_DAY & values.keys() == values.keys():
            return None
    if line[at:].strip() or any(len(values) > 1 for values in said.values()):
        return None
    if said["numeric"]:
        (day,) = said["numeric"]
        return day if isinstance(day, dt.date) else None
    year, month, day = (next(iter(said[role]), None) for role in ("year", "month", "day"))
    if isinstance(year, int) and isinstance(month, int) and isinstance(day, int):
        return day_of(year, month, day)
    return None


def _from_one_language(line: str, rules: DateRules) -> dt.date | None:
    """Read by the forms of one language that writes words without spaces."""
    for code in (code for code, seed in rules.seeds.items() if not seed.spaced):
        found = find_dates(line, "body", code, None, rules)
        if not found or any(date.relative or date.value is None for date in found):
            continue
        rest, at = "", 0
        for date in found:
            rest, at = rest + line[at : date.start], date.end
        if not (rest + line[at:]).strip(MARKS) and len({date.value for date in found}) == 1:
            return _parsed(found[0].value)
    return None


def _parsed(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((value or "")[:10])
    except ValueError:
        return None
