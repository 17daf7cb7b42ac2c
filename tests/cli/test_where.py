"""Which records `--where day=…` shows."""

from typing import Any

import pytest

from streams.cli.where import Where
from streams.errors import NewswireError


def record(begin: str | None, end: str | None, precision: str | None, kind: str) -> dict[str, Any]:
    span = {"begin": begin, "end": end}
    return {"dates": [{"span": span, "precision": precision, "kind": kind}]}


THE_DAY = Where.parse(["day=2025-01-20"])


def test_an_article_speaks_of_a_day_by_the_day_its_week_or_a_short_interval() -> None:
    assert THE_DAY.holds(record("2025-01-20", "2025-01-21", "day", "date"))
    assert THE_DAY.holds(record("2025-01-20", "2025-01-21", "part", "time"))
    assert THE_DAY.holds(record("2025-01-20", "2025-01-27", "week", "date"))
    assert THE_DAY.holds(record("2025-01-18", "2025-01-22", None, "interval"))


def test_a_month_a_year_and_what_has_no_end_speak_of_no_day() -> None:
    assert not THE_DAY.holds(record("2025-01-01", "2025-02-01", "month", "date"))
    assert not THE_DAY.holds(record("2024-01-01", "2026-01-01", None, "interval"))
    assert not THE_DAY.holds(record("2022-02-24", None, None, "interval"))
    assert not THE_DAY.holds(record("2025-01-21", "2025-01-22", "day", "date"))
    assert not THE_DAY.holds({"dates": [{"span": None, "precision": None, "kind": "set"}]})
    assert not THE_DAY.holds({"outcome": "withdrawn"})


def test_what_is_no_day_is_told_with_how_to_write_one() -> None:
    with pytest.raises(NewswireError, match="day=2025-01-20"):
        Where.parse(["day=tomorrow"])
