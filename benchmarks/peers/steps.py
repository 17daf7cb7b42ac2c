"""The two agents' work on one record, with state in a dict: what every shell calls."""

import time
from collections import defaultdict

from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from streams import deliveries
from streams.collector import spare_collector
from streams.dead_letters import of_rejected
from streams.deliveries import Delivery
from streams.pipeline import Arrival, process
from streams.seeds import load_lexicon
from streams.settings import Settings
from streams.settling import read_candidate, settle
from streams.steps.duplicates import Index
from streams.steps.versions import History


class Steps:
    """Articles to candidates, candidates to outcomes."""

    def __init__(self) -> None:
        settings = Settings()
        self._lexicon = load_lexicon(settings.seeds)
        self._lexicon.dates.compile_all()
        spare_collector()
        self._streams = frozenset(each.name for each in self._lexicon.definitions)
        self._histories: dict[str, History] = {}
        self._indexes: dict[int, Index] = defaultdict(settings.new_index)

    def enrich(
        self, topic: str, partition: int, offset: int, key: bytes | None, value: bytes
    ) -> list[Delivery]:
        """The first hop."""
        arrival = Arrival(key, offset, time.time_ns() // 1_000_000, partition)
        processed = process(value, arrival, self._histories.get, self._lexicon)
        outcome = processed.outcome
        if processed.history is not None:
            self._histories[(key or b"").decode()] = processed.history
        records = [deliveries.of_alias(alias) for alias in processed.aliases]
        if isinstance(outcome, Candidate):
            records.append(deliveries.of_candidate(outcome))
        elif isinstance(outcome, DuplicateRecord):
            records.append(deliveries.of_duplicate(outcome))
        elif isinstance(outcome, Rejected):
            place = (topic, partition, offset)
            records.append(of_rejected(outcome, source=place, key=key, value=value, headers=()))
        return records

    def settle(self, partition: int, value: bytes) -> list[Delivery]:
        """The second hop."""
        candidate = read_candidate(value)
        outcome = settle(candidate, self._indexes[partition])
        if isinstance(outcome, Rejected):
            raise SystemExit(f"the benchmark's own candidate was refused: {outcome}")
        return list(deliveries.of_outcome(outcome, candidate.streams_before, self._streams))
