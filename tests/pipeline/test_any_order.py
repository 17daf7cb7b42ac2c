"""The two agents' work, without Kafka: whatever order versions come in, the end is one."""

from dataclasses import replace
from functools import cache
from itertools import permutations
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.outcomes import Candidate
from streams.deliveries import of_record
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, Processed, process
from streams.seeds import load_lexicon
from streams.settings import ROOT, Settings
from streams.settling import settle
from streams.steps.versions import History

URI = "urn:test:any-order"
TEXTS = (
    "Vladimir Putin and Donald Trump spoke by phone, the Kremlin in Russia said on Thursday. " * 2,
    "The United States put sanctions on two banks of Russia, Donald Trump said on Thursday. " * 2,
    "The football match was played in the rain and ended without a goal again on Thursday. " * 2,
)


@cache  # not a fixture: Hypothesis would print it
def lexicon() -> Lexicon:
    return load_lexicon(ROOT / "seeds")


def final(versions: list[dict[str, Any]]) -> dict[str, Any]:
    """What compaction leaves on each topic, when the versions arrive in this order."""
    inputs = [
        orjson.dumps(
            {"uri": URI, "wire": "w", "published_at": "2024-11-07T12:00:00Z", **fields},
        )
        for fields in versions
    ]
    history: dict[str, History] = {}
    index = Settings().new_index()
    names = frozenset(definition.name for definition in lexicon().definitions)
    topics: dict[str, Any] = {}

    def run(offset: int) -> Processed:
        arrival = Arrival(URI.encode(), offset, 1_730_980_800_000)
        processed = process(inputs[offset], arrival, history.get, lexicon())
        if processed.history is not None:
            history[URI] = processed.history
        if isinstance(processed.outcome, Candidate):
            candidate = replace(processed.outcome, retold=False)
            outcome = settle(candidate, index)
            if outcome.outcome in ("enriched", "withdrawn"):
                assert not isinstance(outcome, Candidate)
                for record in of_record(outcome, candidate.streams_before, names):
                    topics[record.topic] = orjson.loads(record.value or b"")
        return processed

    for offset in range(len(inputs)):
        processed = run(offset)
        if processed.retell is not None:
            run(processed.retell)
    return topics


version = st.fixed_dictionaries(
    {"version": st.integers(1, 5), "body": st.sampled_from(TEXTS)},
    optional={"signal": st.just("correction"), "status": st.just("canceled")},
)


@given(st.lists(version, min_size=2, max_size=4, unique_by=lambda fields: fields["version"]))
@settings(max_examples=40, deadline=None)
def test_every_order_of_versions_and_kills_ends_in_one_state(
    versions: list[dict[str, Any]],
) -> None:
    in_order = final(sorted(versions, key=lambda fields: int(fields["version"])))
    for order in permutations(versions):
        assert final(list(order)) == in_order, [fields["version"] for fields in order]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_kill_without_a_version_ends_every_order(order: tuple[int, ...]) -> None:
    versions: list[dict[str, Any]] = [
        {"version": 1, "body": TEXTS[0]},
        {"version": 2, "body": TEXTS[1]},
        {"status": "canceled", "version_created": None, "published_at": None},
    ]
    ended = final([versions[n] for n in order])
    assert ended.keys() >= {"news.enriched.v1", "news.stream.us-russia-relations.v1"}
    assert {record["outcome"] for record in ended.values()} == {"withdrawn"}
    assert ended == final(versions)
