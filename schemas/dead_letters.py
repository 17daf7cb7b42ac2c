"""Headers of a record on `news.articles.v1.dlq`.

Key and value are those of the record that failed, byte for byte, after its own headers.
The six `__streams.errors.*` names are those of Kafka Streams (KIP-1034), so that tools
know them; all values are UTF-8 text. `ALL` are those that a letter adds.
"""

EXCEPTION = "__streams.errors.exception"
MESSAGE = "__streams.errors.message"
STACKTRACE = "__streams.errors.stacktrace"
TOPIC = "__streams.errors.topic"
PARTITION = "__streams.errors.partition"
OFFSET = "__streams.errors.offset"
STAGE = "newswire-stage"
REASON = "newswire-reason"
TRIES = "newswire-tries"
"""How often the record was replayed: it bears that, and so does a letter that comes of it again."""

ALL = (EXCEPTION, MESSAGE, STACKTRACE, TOPIC, PARTITION, OFFSET, STAGE, REASON)
