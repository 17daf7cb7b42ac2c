"""Records that are small on the broker and large when they are read."""

import json

import pytest
from kafka import KafkaProducer

from schemas import dead_letters
from schemas.topics import ARTICLES, DEAD_LETTERS, MAX_MESSAGE_BYTES
from tests.integration.system import System, article

pytestmark = pytest.mark.broker


def test_a_record_that_unpacks_to_more_than_can_be_written_stops_nothing(system: System) -> None:
    producer = KafkaProducer(
        bootstrap_servers=system.broker.address,
        compression_type="gzip",
        max_request_size=2 * MAX_MESSAGE_BYTES,
    )
    key = b"urn:test:bomb"
    value = article(key.decode(), body="x" * (MAX_MESSAGE_BYTES + 1_000_000))[1]
    sent = producer.send(ARTICLES.name, key=key, value=value, partition=2).get(timeout=60)
    producer.close()
    after, news = article("urn:test:after:bomb", body="Good news after a bomb.")
    system.publish([(after, news)], partition=2)
    system.wait_for([key, after])
    (letter,) = [record for record in system.read(DEAD_LETTERS.name) if record.key == key]
    headers = {name: text.decode() for name, text in letter.headers}
    assert headers[dead_letters.REASON] == "too_large"
    assert "not kept" in headers[dead_letters.MESSAGE]
    assert letter.value == b""
    place = (headers[dead_letters.TOPIC], headers[dead_letters.PARTITION])
    assert place == (ARTICLES.name, "2")
    assert headers[dead_letters.OFFSET] == str(sent.offset)
    original = [each for each in system.read(ARTICLES.name) if each.key == key]
    assert json.loads(original[0].value)["uri"] == key.decode()
