"""Whatever order versions and withdrawals arrive in, every topic ends the same."""

import json
from collections import defaultdict
from itertools import permutations
from typing import Any

import pytest

from schemas.topics import ENRICHED, stream_topic_name
from tests.integration.system import System, article, wait_until

pytestmark = pytest.mark.broker

TOPICS = (ENRICHED.name, *map(stream_topic_name, ("us-russia-relations", "sanctions-on-russia")))

SUMMIT = "Vladimir Putin and Donald Trump spoke by phone , the Kremlin in Russia said ."
SANCTIONS = "The United States put sanctions on two banks of Russia , Donald Trump said ."
FOOTBALL = "The football match was played in the rain and ended without a goal again ."

SETS: dict[str, tuple[dict[str, Any], ...]] = {
    "versions": (
        {"version": 1, "body": SUMMIT},
        {"version": 2, "body": SANCTIONS, "signal": "correction"},
        {"version": 3, "body": FOOTBALL},
    ),
    "killed": (
        {"version": 1, "body": SUMMIT},
        {"version": 2, "body": SANCTIONS},
        {"status": "canceled", "editor_note": "never happened"},
    ),
    "killed and written anew": (
        {"version": 1, "body": SUMMIT},
        {"version": 2, "status": "canceled", "version_created": "2024-11-07T12:30:00Z"},
        {"version": 3, "body": SANCTIONS},
    ),
}


def uris(name: str) -> list[tuple[str, tuple[int, ...]]]:
    orders = permutations(range(len(SETS[name])))
    own = name.replace(" ", "")
    return [(f"urn:test:order:{own}{n}", order) for n, order in enumerate(orders)]


def arrival(uri: str, fields: dict[str, Any]) -> tuple[bytes, bytes]:
    """A version whose text resembles that of no other uri: a word of its own between all others."""
    own = uri.rpartition(":")[2]
    body = f" {own} ".join(fields["body"].split()) if "body" in fields else None
    return article(uri, **{**fields, "body": body})


def final(system: System) -> dict[str, dict[str, Any]]:
    """What compaction leaves of each uri: topic to record, with the uri's own words taken out."""
    state: dict[str, dict[str, Any]] = defaultdict(dict)
    for record in system.read(*TOPICS):
        uri = record.key.decode()
        if uri.startswith("urn:test:order:"):
            text = record.value.decode().replace(uri.rpartition(":")[2], "q")
            told = {**json.loads(text), "withdrawn_at": None}
            # Measured on the uri's own words, which a filter knows with a chance of error.
            told["duplicate"] |= {"similarity": None, "lead": None}
            state[uri][record.topic] = told
    return state


def unfinished(system: System) -> dict[str, float]:
    """What the worker's metrics say is still to do."""
    metrics = system.metrics()

    def total(name: str) -> float:
        return sum(value for key, value in metrics.items() if key.startswith(name))

    consumed, ended = total("newswire_articles_consumed_total"), total("newswire_outcomes_total")
    behind = {
        key: value
        for key, value in metrics.items()
        if key.startswith("newswire_consumer_lag_records") and value
    }
    return behind if consumed == ended > 0 else {**behind, "consumed": consumed, "ended": ended}


@pytest.mark.parametrize("name", SETS)
def test_every_order_ends_in_one_state(system: System, name: str) -> None:
    wanted = uris(name)
    system.publish(arrival(uri, SETS[name][n]) for uri, order in wanted for n in order)
    in_order = wanted[0][0]
    wait_until(lambda: final(system).get(in_order, {}).keys() >= {ENRICHED.name}, "an outcome")

    def all_alike() -> bool:
        state = final(system)
        return not unfinished(system) and all(state[uri] == state[in_order] for uri, _ in wanted)

    try:
        wait_until(all_alike, "one state of all orders")
    except AssertionError:
        state = final(system)
        for uri, order in wanted:
            for topic, record in state[in_order].items():
                for field, value in record.items():
                    told = state[uri].get(topic, {}).get(field)
                    assert told == value, f"{field} on {topic} in order {order}"
        assert not unfinished(system)
        raise
    state = final(system)[in_order]
    assert {record["outcome"] for record in state.values()} == {
        "withdrawn" if name == "killed" else "enriched"
    }
    assert len(state) == len(TOPICS), "a topic that had one version gets the last one too"
