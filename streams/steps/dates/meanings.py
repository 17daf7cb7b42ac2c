"""What a form means: a TIMEX3 value for the words that were found in it, counted from a day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from streams.steps.dates import counted, named
from streams.steps.dates.calendar import first_day
from streams.steps.dates.meant import Context, Meaner, Meant, Values
from streams.steps.dates.seed import Meaning

MEANINGS: Mapping[Meaning, Callable[[Values, Context], Meant | None]] = {
    "day": day_meant,
    "month": month_meant,
    "year": year_meant,
    "decade": decade_meant,
    "century": century_meant,
    "quarter": part_of_year("Q"),
    "half": part_of_year("H"),
    "season": part_of_year(""),
    "weekday": weekday_meant,
    "near": near_meant,
    "part": part_meant,
    "unit": unit_meant,
    "nth": nth_meant,
    "ago": counted_meant(-1),
    "ahead": counted_meant(1),
    "back_span": span_meant(-1),
    "ahead_span": span_meant(1),
    "duration": duration_meant,
    "set": set_meant,
    "days": days_meant,
    "now": now_meant,
    "nothing": nothing_meant,
}



def meant(meaning: Meaning, values: Values, context: Context) -> Meant | None:
    """What `meaning` gives for these words; None when it is no date after all."""
    found = MEANINGS[meaning](values, context)
    if found is None or found.value is None:
        return found
    part = values.get("clock") or (f"T{values['part']}" if values.get("part") else None)
    if part and len(found.value) == len("2024-11-07") and found.value[5:6].isdigit():
        return replace(found, value=f"{found.value}{part}", kind="time")
    return found


def joined(meaning: Meaning, dates: list[Meant]) -> Meant | None:
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


