import pytest

from streams.steps.dates.clock import time_in
from streams.steps.dates.meant import Values


@pytest.mark.parametrize(
    ("values", "time"),
    [
        ({"clock": "T15:30"}, "T15:30"),
        ({"clock": "T15:30", "zone": "+03:00"}, "T15:30+03:00"),
        ({"clock": "T03:30", "meridiem": "pm"}, "T15:30"),
        ({"number": 12, "meridiem": "am"}, "T00:00"),
        ({"number": 12, "meridiem": "pm"}, "T12:00"),
        ({"number": 15, "meridiem": "h"}, "T15:00"),
        ({"dotted_clock": "T15:30", "meridiem": "h"}, "T15:30"),
        ({"year": 1930, "zone": "Z"}, "T19:30Z"),
        ({"number": 930, "zone": "Z"}, "T09:30Z"),
        ({"part": "MO"}, "TMO"),
    ],
)
def test_a_time_is_read(values: Values, time: str) -> None:
    assert time_in(values) == time


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"number": 13, "meridiem": "pm"},
        {"number": 24, "meridiem": "h"},
        {"year": 1975, "zone": "Z"},
        {"number": 2530, "zone": "Z"},
    ],
)
def test_what_is_no_time_is_none(values: Values) -> None:
    assert time_in(values) is None
