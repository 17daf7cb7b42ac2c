"""`--where`: which records to show."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from streams.errors import NewswireError

FIELDS = ("language", "wire", "country", "entity", "day")
LONGEST = dt.timedelta(days=31)
"""An interval that is longer speaks of no day in it: nor does a month, a quarter or a year."""
OF_A_DAY = frozenset({"minute", "part", "day", "weekend", "week"})


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions on an enriched article; all must hold."""

    conditions: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, stated: list[str]) -> "Where":
        """From `field=value` pairs.

        Raises:
            NewswireError: not a pair, no such field, or no such day.
        """
        conditions = []
        for text in stated:
            name, equals, value = text.partition("=")
            if not equals or name not in FIELDS:
                raise NewswireError(f"--where {text}: write FIELD=VALUE; {', '.join(FIELDS)}")
            if name == "day":
                _checked(value)
            conditions.append((name, value))
        return cls(tuple(conditions))

    def holds(self, record: Any) -> bool:
        """Whether the record, as JSON, fulfils them. One that lacks the field does not."""
        return all(
            isinstance(record, dict)
            and (_speaks_of(record, value) if name == "day" else value in _values(record, name))
            for name, value in self.conditions
        )


def _values(record: dict[str, Any], name: str) -> set[str | None]:
    if name == "language":
        return {(record.get("language") or {}).get("code")}
    if name == "wire":
        return {record.get("wire")}
    entities = record.get("entities", [])
    if name == "entity":
        return {entity["id"] for entity in entities}
    return {country for entity in entities for country in entity["countries"]}


def _speaks_of(record: dict[str, Any], day: str) -> bool:
    """Whether a date of the record is that day, or the week or short interval that it lies in."""
    return any(begin <= day < end for begin, end in _spans(record))


def _spans(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for date in record.get("dates", []):
        span = date["span"]
        if span is None or span["begin"] is None or span["end"] is None:
            continue
        days = dt.date.fromisoformat(span["end"]) - dt.date.fromisoformat(span["begin"])
        short = date["kind"] == "interval" and days <= LONGEST
        if short or date["precision"] in OF_A_DAY:
            yield span["begin"], span["end"]


def _checked(day: str) -> None:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        raise NewswireError(f"--where day={day}: write day=2025-01-20") from None
