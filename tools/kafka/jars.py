"""Kafka's jars: whether this machine can have them, and getting them once."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.kafka.children import Signals, attend, spawn

POM = Path(__file__).with_name("pom.xml")
HOME = POM.resolve().parents[2] / ".kafka"
LIBS = HOME / "libs"
JAVA = 17
"""Kafka 4 needs this Java, or a newer one."""


class KafkaToolError(Exception):
    """What is missing or went wrong, in words for the developer."""


def missing() -> str | None:
    """What this machine lacks to fetch and run Kafka, in one line; None when it has all."""
    needs = f"Apache Kafka needs Java {JAVA} or newer"
    java = shutil.which("java")
    if not java:
        return f"{needs}, and there is no java on PATH"
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    said = answer.stderr + answer.stdout
    # Java 8 and older call themselves 1.8.
    version = re.search(r'version "(\d+)[^"]*"', said)
    if not version or int(version[1]) < JAVA:
        return f"{needs}, and java on PATH says: {said.strip().partition(chr(10))[0]}"
    if not shutil.which("mvn"):
        return "Apache Kafka's jars are fetched with Maven, and there is no mvn on PATH"
    return None


def fetch(signals: Signals) -> None:
    """Copies the jars of `pom.xml` into `.kafka/libs`, unless they are there.

    Raises:
        KafkaToolError: Java or Maven is missing, or Maven failed.
    """
    # The pom beside the jars tells which they are. It is written last, when all are there.
    stamp = LIBS / POM.name
    if stamp.exists() and stamp.read_bytes() == POM.read_bytes():
        return
    if why := missing():
        raise KafkaToolError(why)
    shutil.rmtree(LIBS, ignore_errors=True)
    HOME.mkdir(exist_ok=True)
    log = HOME / "maven.log"
    sys.stderr.write("fetching Apache Kafka with Maven …\n")
    maven = ["mvn", "--batch-mode", "--no-transfer-progress", "--file", str(POM)]
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={LIBS}"]
    with log.open("wb") as output:
        status = attend(spawn([*maven, *goal], output=output), signals)
    if status:
        lines = log.read_text("utf-8", "replace").splitlines()
        error = next((line for line in lines if "ERROR" in line), f"exit status {status}")
        raise KafkaToolError(f"Maven failed: {error}\nIts log: {log}")
    shutil.copyfile(POM, stamp)
