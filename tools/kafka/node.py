"""One Apache Kafka node on loopback: controller and broker in one process."""

import os
import shutil
import socket
import subprocess
import sys
import time
import warnings
from pathlib import Path

from streams.errors import BrokerError
from tools.kafka.children import POLL_S, Signals, attend, end
from tools.kafka.jars import LIBS, KafkaToolError

with warnings.catch_warnings():
    # kafka-python 3.0 reads its schemas in a deprecated way, once, as it is imported.
    warnings.simplefilter("ignore", DeprecationWarning)
    from streams.broker import leash
    from streams.broker.admin import admin, listens

PROPERTIES = Path(__file__).with_name("server.properties")
CLUSTER = "bmV3c3dpcmUta2Fma2EtMQ"
"""16 bytes in base64, as Kafka wants it: newswire-kafka-1."""
START_S = 60.0

# A test run is too short to pay for the optimising compiler.
JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms128m", "-Xmx512m")
LOGGING = "-Dorg.apache.logging.log4j.level=WARN"


class Node:
    """A node that keeps its records, its settings and its log in `data`."""

    def __init__(self, port: int, data: Path) -> None:
        self.address = f"127.0.0.1:{port}"
        self.url = f"kafka://{self.address}"
        self._data = data
        self._records = data / "records"
        self._log = data / "kafka.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, signals: Signals) -> None:
        """Returns when the node takes requests, or when a signal came.

        Raises:
            KafkaToolError: the port is taken, or Kafka ended or does not answer.
        """
        if listens(self.address):
            raise KafkaToolError(f"something else listens at {self.address}")
        self._data.mkdir(parents=True, exist_ok=True)
        self._log.write_bytes(b"")
        properties = self._write_properties()
        if not (self._records / "meta.properties").exists():
            self._format(properties, signals)
        if not signals.first():
            self._spawn(properties)
            self._wait(signals)

    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Returns when the process is gone.

        Raises:
            KafkaToolError: it had ended before.
        """
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is not None:
            raise KafkaToolError(f"Kafka ended by itself: {self._last_words()}")
        end(process)

    def _write_properties(self) -> Path:
        # The voter is named here, not in the records: they may come back on other ports.
        controller = f"127.0.0.1:{free_port()}"
        own = {
            "listeners": f"PLAINTEXT://{self.address},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{self.address}",
            "controller.quorum.voters": f"1@{controller}",
            "log.dirs": self._records.resolve().as_posix(),
        }
        path = self._data / PROPERTIES.name
        lines = "".join(f"{name}={value}\n" for name, value in own.items())
        path.write_text(PROPERTIES.read_text("utf-8") + lines, "utf-8")
        return path

    def _format(self, properties: Path, signals: Signals) -> None:
        options = ["format", "--cluster-id", CLUSTER, "--config", str(properties)]
        with self._log.open("ab") as log:
            status = attend([*_java(), "kafka.tools.StorageTool", *options], signals, output=log)
        if status and not signals.first():
            raise KafkaToolError(f"Kafka cannot use {self._data}: {self._last_words()}")

    def _spawn(self, properties: Path) -> None:
        with self._log.open("ab") as log:
            # A session of its own: Ctrl-C must reach those first who use it.
            self._process = subprocess.Popen(  # noqa: S603
                [*_leash(), *_java(), "kafka.Kafka", str(properties)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait(self, signals: Signals) -> None:
        deadline = time.monotonic() + START_S
        while not signals.first() and not self._answers():
            if not self.runs():
                self._process = None
                raise KafkaToolError(f"Kafka ended at its start: {self._last_words()}")
            if time.monotonic() > deadline:
                raise KafkaToolError(f"Kafka does not answer: {self._last_words()}")
            time.sleep(POLL_S)

    def _answers(self) -> bool:
        if not listens(self.address):
            return False
        try:
            with admin(self.address) as client:
                # The port opens before the controller trusts the broker with partitions.
                return bool(client.describe_cluster()["brokers"])
        except BrokerError:
            return False

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", "replace").splitlines()
        telling = [line for line in lines if "ERROR" in line or "Exception" in line]
        return "\n".join((telling or lines or ["without a word"])[:3])


def free_port() -> int:
    """A port that nothing listens on, now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _java() -> list[str]:
    java = shutil.which("java")
    if java is None:
        raise KafkaToolError("there is no java on PATH")
    return [java, *JVM, LOGGING, "-cp", str(LIBS / "*")]


def _leash() -> list[str]:
    # Elsewhere a node whose master was killed stays.
    if sys.platform != "linux":
        return []
    return [sys.executable, "-I", "-S", leash.__file__, str(os.getpid())]
