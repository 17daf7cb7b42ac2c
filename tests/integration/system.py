"""A broker and a worker of a test's own, spoken to over real sockets, and read by topic."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import orjson
from kafka import KafkaProducer, TopicPartition

from schemas.topics import ARTICLES, DEAD_LETTERS, DUPLICATES, ENRICHED, MAX_MESSAGE_BYTES
from streams.broker import Broker
from streams.cli.clients import consumer
from streams.cli.reading import between, partitions_of, places
from streams.settings import Settings

PATIENCE = 60.0
ENDS = (ENRICHED.name, DUPLICATES.name, DEAD_LETTERS.name)
"""Where articles end; on one of them each."""


class System:
    """One worker at a time on the given broker."""

    def __init__(self, broker: Broker, data: Path, web_port: int) -> None:
        self.broker = broker
        self._data = data
        self.web = f"http://127.0.0.1:{web_port}"
        self._web_port = web_port
        self._worker: subprocess.Popen[bytes] | None = None
        self._records: dict[tuple[str, int], list[Any]] = defaultdict(list)
        self._read_to: dict[TopicPartition, int] = {}

    @property
    def environment(self) -> dict[str, str]:
        kind = "embedded" if self.broker.embedded else "kafka"
        return {
            **os.environ,
            "NEWSWIRE_BROKER": f"{kind}://{self.broker.address}",
            "NEWSWIRE_DATA": str(self._data),
            "NEWSWIRE_WEB_PORT": str(self._web_port),
            "NEWSWIRE_LOG_FORMAT": "console",
        }

    def start_worker(self, **settings: str) -> None:
        with (self._data / "worker.log").open("ab") as log:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "streams.cli", "worker"],
                env={**self.environment, **settings},
                stdout=log,
                stderr=log,
            )
        wait_until(self.ready, "the worker to be ready")

    def stop_worker(self, how: signal.Signals = signal.SIGTERM) -> int:
        worker, self._worker = self._worker, None
        if worker is None:
            return 0
        worker.send_signal(how)
        return worker.wait(30)

    def signal_worker(self, what: signal.Signals) -> None:
        assert self._worker is not None
        self._worker.send_signal(what)

    def ends_by_itself(self) -> int:
        """Waits for it; the worker's status."""
        worker, self._worker = self._worker, None
        assert worker is not None
        return worker.wait(30)

    def log(self) -> str:
        """What the workers have said."""
        return (self._data / "worker.log").read_text(encoding="utf-8", errors="replace")

    def ready(self) -> bool:
        worker = self._worker
        if worker is not None and worker.poll() is not None:
            raise AssertionError(
                f"the worker ended with {worker.returncode}:\n{self.log()[-3000:]}"
            )
        return self.get("/readyz")[0] == 200

    def get(self, path: str) -> tuple[int, str]:
        return fetch(self.web + path)

    def metrics(self) -> dict[str, float]:
        lines = self.get("/metrics")[1].splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
        return {name: float(value) for name, value in pairs}

    def total(self, metric: str) -> float:
        """The sum of the worker's series whose names begin so."""
        return sum(n for name, n in self.metrics().items() if name.startswith(metric))

    def ended(self) -> float:
        """How many outcomes the worker has counted: to be asked while it works.

        Reading the topics instead takes longer the more tests ran before, and a fast worker is
        done meanwhile.
        """
        return self.total("newswire_outcomes_total")

    def publish(
        self,
        records: Iterable[tuple[bytes | None, bytes]],
        partition: int | None = None,
        timestamp_ms: int | None = None,
    ) -> None:
        producer = KafkaProducer(
            bootstrap_servers=self.broker.address,
            acks="all",
            linger_ms=5,
            max_request_size=MAX_MESSAGE_BYTES,
        )
        sent = [
            producer.send(
                ARTICLES.name,
                key=key,
                value=value,
                partition=partition,
                timestamp_ms=timestamp_ms,
            )
            for key, value in records
        ]
        for future in sent:
            future.get(timeout=30)
        producer.close()

    def read(self, *topics: str) -> list[Any]:
        """All records of the topics, in the order of each partition.

        Only what is new is fetched: tests ask again and again.
        """
        with consumer(Settings(broker=self.environment["NEWSWIRE_BROKER"])) as client:
            partitions = partitions_of(client, topics)
            begins, ends = places(client, partitions, "start"), client.end_offsets(partitions)
            starts = {tp: self._read_to.get(tp, begin) for tp, begin in begins.items()}
            for record in between(client, starts, ends):
                self._records[record.topic, record.partition].append(record)
            self._read_to |= ends
        return [record for tp in partitions for record in self._records[tp.topic, tp.partition]]

    def outcomes(self) -> dict[bytes | None, set[str]]:
        """How each key ended: the names of the outcomes that are on the topics for it."""
        ends: dict[bytes | None, set[str]] = defaultdict(set)
        for record in self.read(*ENDS):
            rejected = record.topic == DEAD_LETTERS.name
            ends[record.key].add("rejected" if rejected else orjson.loads(record.value)["outcome"])
        return ends

    def wait_for(self, keys: Iterable[bytes]) -> None:
        wanted = set(keys)
        wait_until(lambda: wanted <= self.outcomes().keys(), f"{len(wanted)} outcomes")


def fetch(url: str) -> tuple[int, str]:
    """Status and text of a page; status 0 when nobody answers."""
    try:
        with urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except (URLError, OSError):
        return 0, ""


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Returns when it holds; fails when that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)


def article(uri: str, **fields: Any) -> tuple[bytes, bytes]:
    """An article as its publisher sends it: key and value."""
    stated = {"uri": uri, "wire": "test", "published_at": "2024-11-07T12:00:00Z", **fields}
    return uri.encode(), json.dumps(stated, ensure_ascii=False).encode()


def story(number: int) -> tuple[bytes, bytes]:
    """One of any number of different articles that belong to the US–Russia stream."""
    return article(
        f"urn:test:story:{number}",
        headline=f"Putin and Trump speak for the {number}th time",
        body=f"Russian President Vladimir Putin and US President Donald Trump spoke by phone on "
        f"Thursday, the Kremlin said. It was call number {number} between Moscow and Washington.",
    )
