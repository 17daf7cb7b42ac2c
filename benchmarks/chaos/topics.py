"""The topics, made before a worker does it, so that the audit can see everything."""

from dataclasses import replace

from schemas.topics import ARTICLES, CANDIDATES, DEAD_LETTERS, DUPLICATES, ENRICHED, Topic
from streams.broker import TopicSpec, ensure_topics
from streams.creating import topics_of
from streams.lexicon import Lexicon

READ = (ARTICLES, CANDIDATES, ENRICHED, DUPLICATES, DEAD_LETTERS)

FOR_THE_AUDIT = {
    # Compaction would take what was told before the last record.
    "min.compaction.lag.ms": str(7 * 24 * 60 * 60 * 1000),
    # When consumers saw it: a worker's own clock may be wrong, and is, on purpose.
    "message.timestamp.type": "LogAppendTime",
}


def make_topics(address: str, lexicon: Lexicon) -> list[str]:
    """Makes all; the names of those that the audit reads."""
    topics = topics_of(lexicon)
    streams = [topic for topic in topics if topic.name.startswith("news.stream.")]
    ends = {topic.name for topic in (ENRICHED, DUPLICATES, DEAD_LETTERS, *streams)}
    ensure_topics(address, [_spec(topic, watched=topic.name in ends) for topic in topics])
    return [topic.name for topic in (*READ, *streams)]


def _spec(topic: Topic, *, watched: bool) -> TopicSpec:
    spec = TopicSpec(topic.name, topic.partitions, topic.settings)
    return replace(spec, config={**spec.config, **FOR_THE_AUDIT}) if watched else spec
