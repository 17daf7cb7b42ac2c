"""What a worker says of itself while all is well."""

from pathlib import Path

import pytest
from faust.transport.drivers import aiokafka as driver

from streams.broker import Broker
from tests.conftest import free_port_now
from tests.integration.system import System, story, wait_until

pytestmark = pytest.mark.broker

ARTICLES = 1500
ALARMS = [
    text.partition("%r")[0].strip()
    for name, text in vars(driver).items()
    if name.startswith(("SLOW_PROCESSING_NO", "SLOW_PROCESSING_STREAM"))
]


def test_a_worker_with_a_backlog_does_not_say_that_it_stands_still(
    broker: Broker, tmp_path: Path
) -> None:
    system = System(broker, tmp_path, free_port_now())
    # Faust looks for stalled streams once they had this long, in seconds: else five minutes.
    system.start_worker(STREAM_PROCESSING_TIMEOUT="0.5")
    try:
        system.publish(story(number) for number in range(50_000, 50_000 + ARTICLES))
        wait_until(lambda: system.ended() >= ARTICLES, "all of them")
    finally:
        system.stop_worker()
    assert [said for said in ALARMS if said in system.log()] == []
