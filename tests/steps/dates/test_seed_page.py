"""The dates of the sample page, counted from the day it is about and from the one it was shown."""

import datetime as dt
from pathlib import Path

import pytest

from streams.steps.dates import DateRules, find_dates

PAGE = Path(__file__).parents[3] / "seeds" / "articles" / "seed-page.txt"
NAMED = {
    "20 يناير/ كانون الثاني 2025": "2025-01-20",
    "يوليو/ تموز": "2024-07",
    "24 فبراير/ شباط 2022": "2022-02-24",
    "خلال 24 ساعة": "PT24H",
    "الآن": "PRESENT_REF",
}
COUNTED = {
    dt.date(2024, 11, 7): {
        "الخميس": "2024-11-07",
        "وقبل أسبوعين": "2024-10-24",
        "هذا الأسبوع": "2024-W45",
        "صباح الأربعاء": "2024-11-06TMO",
        "والأربعاء": "2024-11-06",
    },
    dt.date(2024, 12, 3): {
        "الخميس": "2024-11-28",
        "وقبل أسبوعين": "2024-11-19",
        "هذا الأسبوع": "2024-W49",
        "صباح الأربعاء": "2024-11-27TMO",
        "والأربعاء": "2024-11-27",
    },
}


@pytest.mark.parametrize("anchor", COUNTED, ids=str)
def test_the_sample_page_has_these_dates_and_no_others(anchor: dt.date, rules: DateRules) -> None:
    text = PAGE.read_text(encoding="utf-8").partition("\n")[2]
    found = find_dates(text, "body", "ar", anchor, rules)
    assert {date.surface: date.value for date in found} == NAMED | COUNTED[anchor]
    assert [date.surface for date in found].count("الخميس") == 2
