"""What a form means: a TIMEX3 value for the words that were found in it, counted from a day."""

import re
from collections.abc import Mapping, Sequence

from streams.steps.dates import clock, counted, elsewhere, named, told
from streams.steps.dates.calendar import first_day
from streams.steps.dates.meant import Context, Meaner, Meant, Values
from streams.steps.dates.roles import Meaning

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MEANINGS: Mapping[Meaning, Meaner] = {
    "day": named.day_meant,
    "month": named.month_meant,
    "year": named.year_meant,
    "decade": named.decade_meant,
    "century": named.century_meant,
    "quarter": named.part_of_year("Q"),
    "half": named.part_of_year("H"),
    "season": named.part_of_year(""),
    "weekday": counted.weekday_meant,
    "near": counted.near_meant,
    "part": counted.part_meant,
    "unit": counted.unit_meant,
    "nth": counted.nth_meant,
    "ago": counted.counted_meant(-1),
    "ahead": counted.counted_meant(1),
    "back_span": counted.span_meant(-1),
    "ahead_span": counted.span_meant(1),
    "told": told.told_meant,
    "later": told.counted_meant(1),
    "earlier": told.counted_meant(-1),
    "duration": counted.duration_meant,
    "set": counted.set_meant,
    "days": counted.days_meant,
    "now": counted.now_meant,
    "clock": clock.clock_meant,
    "hijri": elsewhere.calendar_meant("hijri"),
    "jalali": elsewhere.calendar_meant("jalali"),
    "nothing": counted.nothing_meant,
}


def meant(meaning: Meaning, values: Values, context: Context) -> Meant | None:
    """What `meaning` gives for these words; None when it is no date after all."""
    found = MEANINGS[meaning](values, context)
    if found is None or found.value is None:
        return found
    time = clock.time_in(values)
    if time and found.kind == "date" and DAY.fullmatch(found.value):
        return found._replace(value=f"{found.value}{time}", kind="time")
    return found


def joined(meaning: Meaning, dates: Sequence[Meant]) -> Meant | None:
    """From the first date to the last; open when there is but one."""
    if not dates or any(date.value is None for date in dates):
        return None
    relative = any(date.relative for date in dates)
    first = dates[0].value or ""
    if meaning == "since":
        return None if "T" in first else Meant(f"{first}/..", relative, "interval")
    last = dates[-1].value or ""
    begin, end = first_day(first), first_day(last)
    if begin is None or end is None or begin > end:
        return None
    return Meant(f"{first}/{last}", relative, "interval")
