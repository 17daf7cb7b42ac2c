"""A loop over librdkafka: no framework at all."""

import sys

from confluent_kafka import Consumer, Producer

from benchmarks.peers.steps import Steps
from schemas.topics import ARTICLES, CANDIDATES, MAX_MESSAGE_BYTES

BATCH = 100

steps = Steps()
servers = {"bootstrap.servers": sys.argv[1]}
producer = Producer({**servers, "acks": "all", "message.max.bytes": MAX_MESSAGE_BYTES})
consumer = Consumer(
    {
        **servers,
        "group.id": "peer",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "fetch.message.max.bytes": MAX_MESSAGE_BYTES,
    }
)
consumer.subscribe([ARTICLES.name, CANDIDATES.name])
while True:
    taken = consumer.consume(BATCH, timeout=0.1)
    for each in taken:
        place = (each.topic(), each.partition(), each.offset())
        records = (
            steps.enrich(*place, each.key(), each.value())
            if each.topic() == ARTICLES.name
            else steps.settle(each.partition(), each.value())
        )
        for record in records:
            where = {} if record.partition is None else {"partition": record.partition}
            headers = list(record.headers) or None
            producer.produce(record.topic, record.value, key=record.key, headers=headers, **where)
    if taken:
        producer.flush()
        consumer.commit(asynchronous=False)
