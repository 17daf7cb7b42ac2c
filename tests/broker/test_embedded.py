"""The embedded broker's life: it starts, says why it does not, keeps its data, and ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka import KafkaConsumer, KafkaProducer, OffsetAndMetadata, TopicPartition

from streams.broker import Broker, TopicSpec, admin, broker_of, embedded, ensure_topics
from streams.broker.admin import listens
from streams.broker.external import ExternalBroker
from streams.errors import BrokerError

pytestmark = pytest.mark.broker

SPEC = TopicSpec("kept", 1)
START = """
import sys, time
from pathlib import Path
from streams.broker import broker_of
broker = broker_of(sys.argv[1], Path(sys.argv[2]))
broker.start()
print(broker._process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def url(free_port: int) -> str:
    return f"embedded://127.0.0.1:{free_port}"


@pytest.fixture
def own(url: str, tmp_path: Path) -> Iterator[Broker]:
    """An embedded broker for one test, not started."""
    broker = broker_of(url, tmp_path / "data")
    yield broker
    broker.stop()


def _pid(broker: Broker) -> int:
    assert isinstance(broker, embedded.EmbeddedBroker)
    assert broker._process is not None
    return broker._process.pid


def _gone(pid: int, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            # An orphan that has ended is listed until process 1 looks, which in a container
            # may be never.
            if sys.platform == "linux" and ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


def _write(address: str, count: int) -> None:
    producer = KafkaProducer(bootstrap_servers=address)
    for _ in range(count):
        producer.send(SPEC.name, b"value")
    producer.flush()
    producer.close()


def _end(address: str) -> int:
    partition = TopicPartition(SPEC.name, 0)
    consumer = KafkaConsumer(bootstrap_servers=address)
    try:
        return int(consumer.end_offsets([partition])[partition])
    finally:
        consumer.close()


def test_it_answers_when_start_returns_and_starts_once(own: Broker) -> None:
    own.start()
    pid = _pid(own)
    own.start()
    assert _pid(own) == pid
    assert ensure_topics(own.address, [SPEC]) == {"kept": "created"}


def test_stop_leaves_no_process_and_a_free_port_and_may_be_repeated(own: Broker) -> None:
    own.stop()
    own.start()
    pid = _pid(own)
    own.stop()
    own.stop()
    assert _gone(pid, 0.1)
    with pytest.raises(BrokerError, match="nothing listens at"):
        ExternalBroker(own.address).start()


def test_a_restart_keeps_topics_records_and_committed_offsets(own: Broker) -> None:
    own.start()
    ensure_topics(own.address, [SPEC])
    _write(own.address, 10)
    partition = TopicPartition(SPEC.name, 0)
    for _ in range(2):
        consumer = KafkaConsumer(
            bootstrap_servers=own.address, group_id="g", enable_auto_commit=False
        )
        consumer.assign([partition])
        committed = consumer.committed(partition)
        consumer.commit({partition: OffsetAndMetadata(7, "", -1)})
        consumer.close()
        own.stop()
        own.start()
    assert committed == 7
    assert ensure_topics(own.address, [SPEC]) == {"kept": "exists"}
    assert _end(own.address) == 10


def test_what_was_acknowledged_some_seconds_before_a_crash_is_kept(own: Broker) -> None:
    own.start()
    ensure_topics(own.address, [SPEC])
    _write(own.address, 10)
    time.sleep(2.5)  # it saves about every second
    os.kill(_pid(own), signal.SIGKILL)
    time.sleep(0.1)
    own.start()
    assert _end(own.address) == 10


def test_a_second_start_on_the_same_data_is_refused(own: Broker, tmp_path: Path) -> None:
    own.start()
    with pytest.raises(BrokerError, match=r"another newswire uses .*data"):
        broker_of("embedded://127.0.0.1:1", tmp_path / "data").start()
    assert ensure_topics(own.address, []) == {}


def test_a_port_in_use_is_refused_whoever_answers_there(
    own: Broker, url: str, tmp_path: Path
) -> None:
    own.start()
    with pytest.raises(BrokerError, match="something else listens at"):
        broker_of(url, tmp_path / "other").start()


def test_a_file_in_place_of_the_data_is_told(url: str, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(BrokerError, match=r"cannot start: .*data.*NEWSWIRE_BROKER"):
        broker_of(url, tmp_path / "data").start()


def test_saved_data_that_cannot_be_read_is_told_and_left_alone(own: Broker, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "kafka.json").write_text("not JSON")
    with pytest.raises(BrokerError, match="saved data cannot be read; move its directory"):
        own.start()
    assert (tmp_path / "data" / "kafka.json").read_text() == "not JSON"
    (tmp_path / "data" / "kafka.json").unlink()
    own.start()


def test_a_platform_without_a_wheel_is_told_of_external_brokers(
    own: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "find_spec", lambda _: None)
    with pytest.raises(BrokerError, match=r"no embedded broker.*NEWSWIRE_BROKER=kafka://"):
        own.start()


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (
            "echo 'noida-db: libc.so.6: version `GLIBC_2.34'\"'\"' not found' >&2; exit 1",
            "glibc 2.34.*NEWSWIRE_BROKER",
        ),
        ("echo 'panicked: boom'; exit 101", r"ended at its start \(panicked: boom\)"),
        ("exit 3", r"ended at its start \(without a word\)"),
    ],
)
def test_a_broker_that_ends_at_its_start_says_why(
    own: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    binary = tmp_path / "noida-db"
    binary.write_text(f"#!/bin/sh\ntest $1 = down && echo 'not running' && exit\n{script}\n")
    binary.chmod(0o755)
    monkeypatch.setattr(embedded, "_binary", lambda: binary)
    with pytest.raises(BrokerError, match=message):
        own.start()


def test_a_broker_that_opens_its_port_and_ends_says_why(
    own: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = tmp_path / "noida-db"
    binary.write_text(
        "#!/bin/sh\ntest $1 = down && exit\nsleep .2\necho snapshot: bad >&2\nexit 1\n"
    )
    binary.chmod(0o755)
    monkeypatch.setattr(embedded, "_binary", lambda: binary)
    answers = iter([False])  # free before the start; then open, to whoever is quick enough
    monkeypatch.setattr(embedded, "listens", lambda _: next(answers, True))
    with pytest.raises(BrokerError, match="saved data cannot be read"):
        own.start()


def test_a_broker_that_may_not_be_run_is_told(
    own: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_binary", lambda: tmp_path / "absent")
    with pytest.raises(BrokerError, match="absent"):
        own.start()


def test_a_failed_start_gives_up_the_directory(
    own: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "START_S", 0.0)
    with pytest.raises(BrokerError, match="does not answer after 0 s"):
        own.start()
    monkeypatch.undo()
    own.start()


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals to share")
def test_ctrl_c_in_the_terminal_does_not_reach_it(own: Broker) -> None:
    own.start()
    assert os.getsid(_pid(own)) != os.getsid(0)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends it")
def test_it_ends_when_its_master_is_killed_and_the_next_start_finds_everything(
    own: Broker, url: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-W", "ignore", "-c", START, url, str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as master:
        assert master.stdout is not None
        pid = int(master.stdout.readline())
        ensure_topics(own.address, [SPEC])
        _write(own.address, 10)
        with pytest.raises(BrokerError, match="another newswire"):
            own.start()
        master.kill()
    assert _gone(pid)
    own.start()
    assert _end(own.address) == 10


def test_a_broker_without_a_master_is_ended_by_the_next_start(
    own: Broker, tmp_path: Path, free_port: int
) -> None:
    (tmp_path / "data").mkdir()
    options = ["start", "--only", "kafka", "--kafka-port", str(free_port)]
    binary = str(embedded._binary())
    with subprocess.Popen(
        [binary, *options, "--data-dir", str(tmp_path / "data")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as leftover:
        while not listens(own.address):
            time.sleep(0.02)
        ensure_topics(own.address, [SPEC])
        _write(own.address, 10)
        own.start()
        assert leftover.wait(1) == 0
    assert _end(own.address) == 10


def test_a_listener_that_is_no_kafka_is_told(
    free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin, "REQUEST_MS", 300)
    with (
        socket.create_server(("127.0.0.1", free_port)),
        pytest.raises(BrokerError, match="does not answer as Kafka"),
    ):
        ExternalBroker(f"127.0.0.1:{free_port}").start()


def test_an_external_broker_is_looked_at_and_left_running(broker: Broker) -> None:
    external = ExternalBroker(broker.address)
    external.start()
    external.stop()
    external.start()
    assert not external.embedded
