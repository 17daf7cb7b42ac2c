"""Every Kafka topic, as one record each: what is on it, for how long, who writes, who reads.

Names: lower case, dots between fields, dashes inside; never `_`, which collides with
`.` in Kafka's metric names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from schemas.aliases import Alias
from schemas.article import Article
from schemas.enriched import Enriched, Withdrawn
from schemas.links import StoryLink
from schemas.outcomes import Candidate, DuplicateRecord

DAY_MS = 24 * 60 * 60 * 1000
MAX_MESSAGE_BYTES = 64 * 1024 * 1024
"""What a record may weigh: a hostile 50 MB article must still reach the dead letters whole."""

MAX_ANSWER_BYTES = 2**31 - 1
"""What the answer to a fetch may weigh: the embedded broker sends all it has, whatever was asked
for, and kafka-python would refuse what is above 100 MB, and ask again, for ever and in silence."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One Kafka topic. `model` is None for raw bytes; `key` says what the key is."""

    name: str
    description: str
    model: Any
    key: str
    partitions: int
    cleanup: Literal["delete", "compact", "compact,delete"]
    writers: tuple[str, ...]
    readers: tuple[str, ...]
    retention_days: int | None = None
    config: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        """The topic's configuration in Kafka's own words."""
        settings = {
            "cleanup.policy": self.cleanup,
            "max.message.bytes": str(MAX_MESSAGE_BYTES),
            **self.config,
        }
        if self.retention_days is not None:
            settings["retention.ms"] = str(self.retention_days * DAY_MS)
        return settings


PARTITIONS = 4

ARTICLES = Topic(
    name="news.articles.v1",
    description="What wires publish.",
    model=Article,
    key="uri",
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=3,
    writers=("publishers", "newswire publish", "newswire replay", "agent resolve"),
    readers=("agent enrich",),
)
CANDIDATES = Topic(
    name="news.candidates.v1",
    description="Enriched articles before their verdict: one ordered log per language.",
    model=Candidate,
    key="uri",
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=3,
    writers=("agent enrich", "newswire replay"),
    readers=("agent deduplicate",),
)
ALIASES = Topic(
    name="news.aliases.v1",
    description="Other ids of articles: one ordered log per id, where a kill meets its story.",
    model=Alias,
    key="wire and the other id, as a JSON array",
    partitions=PARTITIONS,
    # Not compacted: the second article under an id must not remove the first one unread.
    cleanup="delete",
    retention_days=3,
    writers=("agent enrich", "newswire replay"),
    readers=("agent resolve",),
)
ENRICHED = Topic(
    name="news.enriched.v1",
    description="Every article that is not a duplicate, enriched; the latest version of each uri.",
    model=Enriched | Withdrawn,
    key="uri",
    partitions=PARTITIONS,
    cleanup="compact,delete",
    retention_days=30,
    writers=("agent deduplicate",),
    readers=("newswire link", "consumers"),
)
DUPLICATES = Topic(
    name="news.duplicates.v1",
    description="Articles that say nothing new, each with the uri of the first.",
    model=DuplicateRecord,
    key="uri",
    partitions=PARTITIONS,
    cleanup="delete",
    retention_days=7,
    writers=("agent enrich", "agent deduplicate"),
    readers=("consumers",),
)
LINKS = Topic(
    name="news.links.v1",
    description="Articles of different languages that seem to tell the same story.",
    model=StoryLink,
    key="uri of the later one",
    partitions=1,
    cleanup="delete",
    retention_days=30,
    writers=("newswire link",),
    readers=("consumers",),
)
DEAD_LETTERS = Topic(
    name="news.articles.v1.dlq",
    description="Articles that could not be read: original bytes, and why in the headers.",
    model=None,
    key="the failed record's own",
    partitions=1,
    cleanup="delete",
    retention_days=14,
    writers=("agent enrich", "agent deduplicate", "agent resolve"),
    readers=("newswire replay", "operators"),
)
REPLAYED = Topic(
    name="newswire-replayed",
    description="Which dead letters were replayed, and where they went.",
    model=None,
    key="offset and time of the letter",
    partitions=1,
    cleanup="delete",
    retention_days=DEAD_LETTERS.retention_days,
    writers=("newswire replay",),
    readers=("newswire replay",),
)

APP_ID = "newswire"
"""Faust's app id: the consumer group, and the prefix of the changelogs."""

VERSIONS_CHANGELOG = Topic(
    name=f"{APP_ID}-versions-changelog",
    description="State of agent enrich: what was seen of each uri. Partitioned as the articles.",
    model=None,
    key="uri",
    partitions=ARTICLES.partitions,
    cleanup="compact",
    writers=("agent enrich",),
    readers=("agent enrich",),
)
INDEX_CHANGELOG = Topic(
    name=f"{APP_ID}-index-changelog",
    description="State of agent deduplicate: what the articles of the last days look like, "
    "packed, a record a batch. Partitioned as the candidates.",
    model=None,
    key="partition and number",
    partitions=CANDIDATES.partitions,
    cleanup="compact",
    writers=("agent deduplicate",),
    readers=("agent deduplicate",),
)
HELD_CHANGELOG = Topic(
    name=f"{APP_ID}-held-changelog",
    description="State of agent deduplicate: what is under embargo. Partitioned as the candidates.",
    model=None,
    key="uri",
    partitions=CANDIDATES.partitions,
    cleanup="compact",
    writers=("agent deduplicate",),
    readers=("agent deduplicate",),
)
ALIASES_CHANGELOG = Topic(
    name=f"{APP_ID}-aliases-changelog",
    description="State of agent resolve: who bears an id, who killed it. Partitioned as aliases.",
    model=None,
    key="wire and the other id, as a JSON array",
    partitions=ALIASES.partitions,
    cleanup="compact",
    writers=("agent resolve",),
    readers=("agent resolve",),
)


def stream_topic_name(stream: str) -> str:
    """The topic of a stream: `news.stream.<name>.v1`."""
    return f"news.stream.{stream}.v1"


def stream_topic(stream: str, description: str) -> Topic:
    """The record of one stream's topic."""
    return Topic(
        name=stream_topic_name(stream),
        description=description,
        model=Enriched | Withdrawn,
        key="uri",
        partitions=1,
        cleanup="compact,delete",
        retention_days=30,
        writers=("agent deduplicate",),
        readers=("consumers",),
    )


FIXED = (
    ARTICLES,
    CANDIDATES,
    ALIASES,
    ENRICHED,
    DUPLICATES,
    LINKS,
    DEAD_LETTERS,
    REPLAYED,
    VERSIONS_CHANGELOG,
    INDEX_CHANGELOG,
    HELD_CHANGELOG,
    ALIASES_CHANGELOG,
)


def all_topics(streams: Iterable[tuple[str, str]]) -> tuple[Topic, ...]:
    """Every topic; `streams` are pairs of name and title."""
    return (*FIXED, *(stream_topic(name, title) for name, title in streams))
