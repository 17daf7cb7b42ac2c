"""One Apache Kafka node on loopback: controller and broker in one process."""

import signal
import socket
import subprocess
import time
import warnings
from pathlib import Path

from streams.errors import BrokerError
from tools.kafka.children import POLL_S, Signals, attend, end, spawn
from tools.kafka.jars import LIBS, KafkaToolError
from tools.kafka.secured import Secured

with warnings.catch_warnings():
    # kafka-python 3.0 reads its schemas in a deprecated way, once, as it is imported.
    warnings.simplefilter("ignore", DeprecationWarning)
    from streams.broker.admin import admin, listens

PROPERTIES = Path(__file__).with_name("server.properties")
RECORDS = "records"
CLUSTER = "bmV3c3dpcmUta2Fma2EtMQ"
"""16 bytes in base64, as Kafka wants it: newswire-kafka-1."""
START_S = 60.0

# A test run is too short to pay for the optimising compiler.
JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms128m", "-Xmx512m")
LOGGING = "-Dorg.apache.logging.log4j.level=WARN"


class Node:
    """A node that keeps its records, its settings and its log in `data`.

    `secured`: what else it listens at, with TLS and logins.
    """

    def __init__(self, port: int, data: Path, secured: Secured | None = None) -> None:
        self.address = f"127.0.0.1:{port}"
        self.url = f"kafka://{self.address}"
        self.data = data
        self._secured = secured
        self._log = data / "kafka.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, signals: Signals) -> None:
        """Returns when the node takes requests, or when a signal came.

        Raises:
            KafkaToolError: the port is taken, Kafka ended or does not answer, or there are no
                certificates to be had.
        """
        if listens(self.address):
            raise KafkaToolError(f"something else listens at {self.address}")
        self.data.mkdir(parents=True, exist_ok=True)
        self._log.write_bytes(b"")
        if self._secured:
            self._secured.make(self.data)
        self._write_properties()
        if not (self.data / RECORDS / "meta.properties").exists():
            self._format(signals)
        if not signals.first():
            self._process = self._java("kafka.Kafka", PROPERTIES.name)
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

    def kill(self) -> None:
        """Ends the process without a word, as a crash does; returns when it is gone."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Passes a signal on to the process."""
        if self._process is not None:
            self._process.send_signal(number)

    def _write_properties(self) -> None:
        # The voter is named here, not in the records: they may come back on other ports.
        controller = f"127.0.0.1:{free_port()}"
        doors = {"PLAINTEXT": self.address, **(self._secured.listeners() if self._secured else {})}
        told = ",".join(f"{name}://{address}" for name, address in doors.items())
        own = {
            "listeners": f"{told},CONTROLLER://{controller}",
            "advertised.listeners": told,
            "listener.security.protocol.map": ",".join(
                ["CONTROLLER:PLAINTEXT", *(f"{name}:{name}" for name in doors)]
            ),
            "controller.quorum.voters": f"1@{controller}",
            # In the directory that Java runs in: Kafka reads this file as Latin-1, and a path
            # may have more letters than that.
            "log.dirs": RECORDS,
            **dict(self._secured.properties() if self._secured else ()),
        }
        lines = "".join(f"{name}={value}\n" for name, value in own.items())
        path = self.data / PROPERTIES.name
        path.write_text(PROPERTIES.read_text("utf-8") + lines, "utf-8")

    def _format(self, signals: Signals) -> None:
        options = ["--cluster-id", CLUSTER, "--config", PROPERTIES.name]
        options += self._secured.users() if self._secured else ()
        tool = self._java("kafka.tools.StorageTool", "format", *options)
        if attend(tool, signals) and not signals.first():
            raise KafkaToolError(f"Kafka cannot use {self.data}: {self._last_words()}")

    def _java(self, *program: str) -> subprocess.Popen[bytes]:
        command = ["java", *JVM, LOGGING, "-cp", str(LIBS / "*"), *program]
        with self._log.open("ab") as log:
            # Out of reach of Ctrl-C, which must end those first who use the broker.
            return spawn(command, cwd=self.data, output=log, own_session=True)

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
        return "\n".join(telling[:3] or lines[-1:] or ["without a word"])


def free_port() -> int:
    """A port that nothing listens on, now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
