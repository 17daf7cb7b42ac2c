"""Creates the topics that are missing, each with its own settings."""

from schemas.topics import Topic, all_topics
from streams.broker import Broker, TopicSpec, ensure_topics, for_embedded
from streams.lexicon import Lexicon
from streams.trim import KEPT


def topics_of(lexicon: Lexicon) -> tuple[Topic, ...]:
    """The fixed topics, and one for each stream."""
    return all_topics((each.name, each.title) for each in lexicon.definitions)


def create_topics(broker: Broker, lexicon: Lexicon) -> dict[str, str]:
    """What was done with each topic: created, exists, or differs and how."""
    specs = (
        TopicSpec(topic.name, topic.partitions, topic.settings) for topic in topics_of(lexicon)
    )
    if broker.embedded:
        # What we read ourselves is trimmed by what is read, see streams.trim: there a limit
        # by size would delete articles that nobody has seen.
        specs = (spec if spec.name in KEPT else for_embedded(spec) for spec in specs)
    return ensure_topics(broker.address, specs, broker.security)
