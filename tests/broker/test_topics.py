"""Topics are made from their records, reported when they differ, and never changed."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.broker import Broker, TopicSpec, ensure_topics, for_embedded
from streams.broker.admin import admin
from streams.errors import BrokerError

MB = 1024 * 1024


@pytest.fixture
def spec(broker: Broker) -> Iterator[TopicSpec]:
    spec = TopicSpec(
        name=f"test.{uuid4().hex}",
        partitions=3,
        config={
            "cleanup.policy": "compact,delete",
            "retention.ms": "86400000",
            "max.message.bytes": str(64 * MB),
        },
    )
    yield spec
    with admin(broker.address) as client:
        client.delete_topics([spec.name], raise_errors=False)


@pytest.mark.broker
def test_a_topic_is_created_once_and_exists_from_then_on(broker: Broker, spec: TopicSpec) -> None:
    assert ensure_topics(broker.address, [spec]) == {spec.name: "created"}
    assert ensure_topics(broker.address, [spec]) == {spec.name: "exists"}
    with admin(broker.address) as client:
        (topic,) = client.describe_topics([spec.name])
    assert len(topic["partitions"]) == 3


@pytest.mark.broker
def test_every_difference_is_named_and_nothing_is_changed(broker: Broker, spec: TopicSpec) -> None:
    ensure_topics(broker.address, [spec])
    other = replace(
        spec,
        partitions=4,
        replication=3,
        config={"cleanup.policy": "delete,compact", "retention.ms": "5", "no.such": "1"},
    )
    assert ensure_topics(broker.address, [other]) == {
        spec.name: "differs: 3 partitions, not 4; 1 replicas, not 3; "
        "no.such is None, not 1; retention.ms is 86400000, not 5"
    }
    assert ensure_topics(broker.address, [spec]) == {spec.name: "exists"}


@pytest.mark.broker
@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": "no spaces please"}, "no spaces please"),
        ({"replication": 3}, "replicat"),
        ({"config": {"no.such": "1"}}, "no.such"),
        ({"config": {"retention.ms": "a week"}}, "a week"),
    ],
)
def test_a_topic_that_cannot_be_is_refused_by_name(
    broker: Broker, spec: TopicSpec, changes: dict[str, object], complaint: str
) -> None:
    with pytest.raises(BrokerError, match=f"refuses topics(?s:.*){complaint}"):
        ensure_topics(broker.address, [replace(spec, **changes)])  # type: ignore[arg-type]


@pytest.mark.broker
def test_no_topics_is_no_work(broker: Broker) -> None:
    assert ensure_topics(broker.address, []) == {}


def test_an_embedded_topic_is_small_and_has_one_replica() -> None:
    spec = TopicSpec("t", 4, {"cleanup.policy": "compact", "segment.bytes": "1048576"}, 3)
    assert for_embedded(spec) == TopicSpec(
        name="t",
        partitions=4,
        config={
            "cleanup.policy": "compact",
            "retention.bytes": str(32 * MB),
            "segment.bytes": "1048576",
        },
        replication=1,
    )


@given(st.none() | st.integers(min_value=-1, max_value=2**62))
def test_an_embedded_topic_never_keeps_more_than_asked_nor_without_limit(limit: int | None) -> None:
    config = {} if limit is None else {"retention.bytes": str(limit)}
    spec = for_embedded(TopicSpec("t", 1, config))
    kept = int(spec.config["retention.bytes"])
    assert 0 <= kept <= 32 * MB
    assert limit is None or limit < 0 or kept <= limit
    assert for_embedded(spec) == spec
