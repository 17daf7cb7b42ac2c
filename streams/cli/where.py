"""`--where`: which records to show."""

from dataclasses import dataclass
from typing import Any

from streams.errors import NewswireError

FIELDS = ("language", "wire", "country", "entity")


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions on an enriched article; all must hold."""

    conditions: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, stated: list[str]) -> "Where":
        """From `field=value` pairs.

        Raises:
            NewswireError: not a pair, or no such field.
        """
        conditions = []
        for text in stated:
            name, equals, value = text.partition("=")
            if not equals or name not in FIELDS:
                raise NewswireError(f"--where {text}: write FIELD=VALUE; {', '.join(FIELDS)}")
            conditions.append((name, value))
        return cls(tuple(conditions))

    def holds(self, record: Any) -> bool:
        """Whether the record, as JSON, fulfils them. One that lacks the field does not."""
        return all(
            isinstance(record, dict) and value in _values(record, name)
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
