"""From delivered records to links: what is compared, replaced and forgotten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeGuard

from pydantic import TypeAdapter, ValidationError

from schemas.enriched import Enriched, Withdrawn
from schemas.links import StoryLink
from streams.links.compare import Told, Vector, Window
from streams.links.encode import Encoder
from streams.links.marks import marks_of, text_of

READER: TypeAdapter[Enriched | Withdrawn] = TypeAdapter(Enriched | Withdrawn)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A record of `news.enriched.v1` and the broker's time of it, in milliseconds since 1970."""

    at_ms: int
    value: bytes | None


class Linker:
    """Remembers the last 48 hours; tells which article repeats whose story.

    A `new` article is linked once, when it first comes. An update or correction takes its
    place in the window unlinked, a withdrawal leaves none. An article in a language that the
    encoder does not know is passed over, a record that cannot be read is counted.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._window = Window()
        self.unreadable = 0

    @property
    def newest_ms(self) -> int:
        """Delivery of the newest article that is remembered; 0 before the first."""
        return self._window.newest_ms

    def take(self, delivered: Iterable[Delivered]) -> list[StoryLink]:
        """Remembers a batch, in its order; the links that come of it."""
        read = [(each.at_ms, record) for each in delivered for record in self._read(each.value)]
        texts = [text_of(record) for _, record in read if self._knows(record)]
        vectors: Iterator[Vector] = iter(self._encoder.encode(texts) if texts else ())
        links: list[StoryLink] = []
        for at_ms, record in read:
            if not self._knows(record):
                self._window.drop(record.uri)
                continue
            told = Told(record.uri, _language(record), at_ms, marks_of(record))
            vector = next(vectors)
            if _is_new(record) and record.uri not in self._window:
                links += self._window.links(told, vector)
            self._window.put(told, vector)
        return links

    def _read(self, value: bytes | None) -> Iterator[Enriched | Withdrawn]:
        if value is None:
            return
        try:
            yield READER.validate_json(value)
        except ValidationError:
            self.unreadable += 1

    def _knows(self, record: Enriched | Withdrawn) -> TypeGuard[Enriched]:
        return isinstance(record, Enriched) and _language(record) in self._encoder.languages


def _language(record: Enriched) -> str:
    return record.language.code.split("-")[0]


def _is_new(record: Enriched) -> bool:
    return record.duplicate is not None and record.duplicate.verdict == "new"
