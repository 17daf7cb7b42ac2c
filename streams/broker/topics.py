"""Topics: what is asked for, what is there, and making one out of the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import TopicAlreadyExistsError, for_code

from streams.broker.admin import admin
from streams.broker.security import PLAINTEXT, Security
from streams.errors import BrokerError


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """One topic as it should be. `config` in Kafka's own words and units."""

    name: str
    partitions: int
    config: Mapping[str, str] = field(default_factory=dict)
    replication: int = 1


RETENTION_BYTES = 32 * 1024 * 1024
SEGMENT_BYTES = 4 * 1024 * 1024


def for_embedded(spec: TopicSpec) -> TopicSpec:
    """`spec` as the embedded broker can bear it: it keeps all data in memory.

    It also writes all of it to disk every second that something changed, so what is
    retained costs processor time, not only room: half a core at 32 MB, most of one at 128.
    Smaller limits of `spec` stay. As on Kafka, a partition that outgrows its limit loses its
    oldest records, whether they were read or not; here it takes one second.
    """
    caps = {"retention.bytes": RETENTION_BYTES, "segment.bytes": SEGMENT_BYTES}
    capped = {name: str(_at_most(cap, spec.config.get(name))) for name, cap in caps.items()}
    return replace(spec, config={**spec.config, **capped}, replication=1)


def ensure_topics(
    address: str, topics: Iterable[TopicSpec], security: Security = PLAINTEXT
) -> dict[str, str]:
    """Creates the topics that are missing; never changes one that is there.

    Returns:
        For each name `created`, `exists`, or `differs: …` with every difference, such as
        `differs: 1 partitions, not 4; retention.ms is 1000, not 2000`. Partitions are not
        added to a topic in use: keys would move, and with them the order of their versions.

    Raises:
        BrokerError: the broker does not answer, or refuses a topic.
    """
    wanted = {spec.name: spec for spec in topics}
    with admin(address, security) as client:
        present = set(client.list_topics())
        missing = [spec for name, spec in wanted.items() if name not in present]
        created = _create(client, missing) if missing else set()
        existing = [spec for name, spec in wanted.items() if name not in created]
        return dict.fromkeys(wanted, "created") | _compare(client, existing)


def _at_most(cap: int, value: str | None) -> int:
    # -1 is Kafka's "without limit".
    return cap if value is None or int(value) < 0 else min(cap, int(value))


def _create(client: Any, specs: list[TopicSpec]) -> set[str]:
    """Names of the topics made; one that another process made meanwhile is not among them."""
    options = {
        spec.name: {
            "num_partitions": spec.partitions,
            "replication_factor": spec.replication,
            "configs": dict(spec.config),
        }
        for spec in specs
    }
    answers = client.create_topics(options, raise_errors=False)["topics"]
    errors = {answer["name"]: for_code(answer["error_code"]) for answer in answers}
    refused = [
        f"{answer['name']}: {answer['error_message'] or errors[answer['name']].__name__}"
        for answer in answers
        if answer["error_code"] and errors[answer["name"]] is not TopicAlreadyExistsError
    ]
    if refused:
        raise BrokerError(
            "the broker refuses topics; correct their settings, or create them by hand:\n  "
            + "\n  ".join(refused)
        )
    created = {answer["name"] for answer in answers if not answer["error_code"]}
    client.wait_for_topics(created)
    return created


def _compare(client: Any, specs: list[TopicSpec]) -> dict[str, str]:
    if not specs:
        return {}
    found = {topic["name"]: topic for topic in client.describe_topics([s.name for s in specs])}
    configs = client.describe_configs(
        [
            ConfigResource(ConfigResourceType.TOPIC, spec.name, dict.fromkeys(spec.config))
            for spec in specs
        ],
        config_filter="all",
    )["topic"]
    return {spec.name: _verdict(spec, found[spec.name], configs[spec.name]) for spec in specs}


def _verdict(spec: TopicSpec, topic: dict[str, Any], config: dict[str, Any]) -> str:
    partitions = len(topic["partitions"])
    replication = len(topic["partitions"][0]["replica_nodes"])
    differences = []
    if partitions != spec.partitions:
        differences.append(f"{partitions} partitions, not {spec.partitions}")
    if replication != spec.replication:
        differences.append(f"{replication} replicas, not {spec.replication}")
    for name, wanted in sorted(spec.config.items()):
        value = config.get(name, {}).get("value")
        if value is None or _listed(value) != _listed(wanted):
            differences.append(f"{name} is {value}, not {wanted}")
    return f"differs: {'; '.join(differences)}" if differences else "exists"


def _listed(value: str) -> list[str]:
    # Kafka keeps the order it was given: `compact,delete` is `delete,compact`.
    return sorted(part.strip() for part in value.split(","))
