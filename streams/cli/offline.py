"""The whole pipeline in one process without Kafka: what `newswire enrich` and `explain` run."""

from dataclasses import dataclass, field
from datetime import datetime

import orjson

from schemas.aliases import Alias
from schemas.enriched import Enriched, Withdrawn
from schemas.outcomes import Candidate, DuplicateRecord, Held, Rejected
from schemas.topics import CANDIDATES
from streams.deliveries import of_kill, partition_of
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, process
from streams.settings import Settings
from streams.settling import due_ms, held, settle
from streams.steps.aliases import Known, key_of, resolve
from streams.steps.decode import uri_of
from streams.steps.duplicates import Index
from streams.steps.versions import History

Outcome = Enriched | Withdrawn | DuplicateRecord | Held | Rejected


@dataclass(slots=True)
class Offline:
    """The two agents and their state as plain dictionaries.

    An article arrives at its `published_at`, or with the one before it when it has none,
    so that windows open and close by the articles' own time.
    """

    lexicon: Lexicon
    settings: Settings
    dedup: bool = True
    _versions: dict[str, History] = field(default_factory=dict)
    _indexes: dict[int, Index] = field(default_factory=dict)
    _known: dict[bytes, Known] = field(default_factory=dict)
    _now_ms: int | None = None
    _count: int = 0

    def outcome(self, raw: bytes) -> Outcome:
        """How one article ends."""
        uri, published_ms = _stated(raw)
        self._now_ms = published_ms if published_ms is not None else self._now_ms
        arrival = Arrival(uri.encode(), self._count, self._now_ms)
        self._count += 1
        if not self.dedup:
            outcome = process(raw, arrival, lambda _uri: None, self.lexicon).outcome
            return outcome.record if isinstance(outcome, Candidate) else outcome
        processed = process(raw, arrival, self._versions.get, self.lexicon)
        if processed.history is not None:
            self._versions[uri] = processed.history
        outcome = processed.outcome
        ended = self._settled(outcome) if isinstance(outcome, Candidate) else outcome
        for alias in processed.aliases:
            ended = self._resolved(alias, uri) or ended
        return ended

    def _resolved(self, alias: Alias, uri: str) -> Outcome | None:
        """What becomes of the article itself, if its wire killed this id before."""
        key, now_ms = key_of(alias), self._now_ms or 0
        self._known[key], kills = resolve(alias, self._count, now_ms, self._known.get(key))
        ended = None
        for kill in kills:
            outcome = self.outcome(of_kill(kill).value or b"")
            ended = outcome if kill.article.uri == uri else ended
        return ended

    def _settled(self, candidate: Candidate) -> Outcome:
        partition = partition_of(candidate.lane, CANDIDATES.partitions)
        if partition not in self._indexes:
            self._indexes[partition] = self.settings.new_index()
        index = self._indexes[partition]
        outcome = settle(candidate, index)
        index.save()
        index.expire(index.latest_ms)
        if isinstance(outcome, Rejected) or not due_ms(candidate, outcome):
            return outcome
        return held(candidate)


def _stated(raw: bytes) -> tuple[str, int | None]:
    """Uri and `published_at` in milliseconds, as far as they can be read without judging."""
    try:
        document = orjson.loads(raw)
        published = datetime.fromisoformat(document["published_at"])
        milliseconds = int(published.timestamp() * 1000) if published.tzinfo else None
    except (ValueError, TypeError, KeyError, OverflowError):
        milliseconds = None
    return uri_of(raw) or "", milliseconds


def dumps(outcome: Outcome) -> bytes:
    """One outcome as a line of JSON, without its line end."""
    return orjson.dumps(outcome)
