"""Which first lines are datelines."""

import datetime as dt

import pytest

from streams.lexicon import Lexicon
from streams.steps.anchor import dateline
from streams.steps.dates import find_dates

ANCHOR = dt.date(2024, 11, 7)


def read(text: str, language: str, lexicon: Lexicon) -> str | None:
    found = dateline(text, find_dates(text, "body", language, ANCHOR, lexicon.dates))
    return found.value if found else None


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "MOSCOW, Nov 6 (Reuters) - Two ships left the port.", "2024-11-06"),
        ("en", "NEW YORK, March 3, 2021 (Xinhua) -- The market rose.", "2021-03-03"),
        ("en", "Nov. 6 (UPI) -- A storm crossed the gulf.", "2024-11-06"),
        ("en", "\n Thursday, May 7, 2015\nThree dockers were freed.", "2015-05-07"),
        ("ru", "МОСКВА, 7 ноября. /ТАСС/. Переговоры начались.", "2024-11-07"),
        ("ru", "7 ноя — ТАСС. Переговоры начались.", "2024-11-07"),
        ("ar", "الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م\nاستقبل الوزير وفدا.", "2015-08-10"),
        ("zh", "新华社北京11月6日电 双方举行了会谈。", "2024-11-06"),
        ("de", "Berlin, 6. November 2024 (dpa) - Der Zug fährt wieder.", "2024-11-06"),
    ],
)
def test_a_place_a_date_and_an_agency_are_a_dateline(
    language: str, text: str, day: str, lexicon: Lexicon
) -> None:
    assert read(text, language, lexicon) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On May 3 – a Friday – the mill burned down.",
        "The mill burned down on May 3, 2024 (the third fire) - and again in June.",
        "Talks began on Monday. MOSCOW, Nov 6 (Reuters) - Two ships left.",
        "Thursday (Reuters) - Two ships left the port.",
        "In 2019 - the year of the flood - the mill closed.",
        "Two ships left the port.\nMOSCOW, Nov 6 (Reuters)",
    ],
)
def test_a_sentence_with_a_date_is_none(text: str, lexicon: Lexicon) -> None:
    assert read(text, "en", lexicon) is None
