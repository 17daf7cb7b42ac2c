"""Times of the day: 15:30, 3 p.m., this evening, 18:00 GMT."""

from streams.steps.dates.counted import near_meant
from streams.steps.dates.meant import Context, Meant, Values, number_in

HOURS, MINUTES = 24, 60


def clock_meant(values: Values, context: Context) -> Meant | None:
    """15:30 GMT, 3 p.m., without a day: the anchor's."""
    return near_meant(values, context) if time_in(values) else None


def time_in(values: Values) -> str | None:
    """The time that is named, as it follows a day: `T15:30`, `T15:30+03:00`, `TMO`.

    Digits before a zone are hours and minutes, `1530 GMT`.
    """
    clock = values.get("clock") or values.get("dotted_clock")
    if isinstance(clock, str):
        hour, minute = int(clock[1:3]), clock[4:6]
    elif "meridiem" in values:
        hour = number_in(values, "number", "ordinal", default=HOURS)
        minute = f"{number_in(values, 'number2'):02}"
    elif "zone" in values:
        hour, digits = divmod(number_in(values, "year", "old_year", "number", "day"), 100)
        minute = f"{digits:02}"
        if hour >= HOURS or digits >= MINUTES:
            return None
    else:
        return f"T{values['part']}" if "part" in values else None
    if values.get("meridiem") == "h":
        if hour >= HOURS:
            return None
    elif "meridiem" in values and not (clock and hour > HOURS // 2):
        # 晚上19:30 says evening, and an hour that needs no such word.
        if not 1 <= hour <= HOURS // 2:
            return None
        hour = hour % (HOURS // 2) + (HOURS // 2 if values["meridiem"] == "pm" else 0)
    if int(minute) >= MINUTES:
        return None
    zone = values.get("zone") or ""
    return f"T{hour:02}:{minute}{zone}"
