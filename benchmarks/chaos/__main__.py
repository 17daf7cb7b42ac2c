"""`python -m benchmarks.chaos [--minutes 20] [--workers 2] [--rate 60] [--seed N] [CORPUS]`.

Publishes news to Apache Kafka while workers, broker, disk and clocks fail; then proves that
every article reached one outcome. See docs/chaos.md. Exit status 0: all holds; 1: findings,
and where the logs are; 2: it cannot be done here.
"""

import argparse
import shutil
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import orjson
from rich.console import Console

from benchmarks.chaos.audit import audit, compared
from benchmarks.chaos.calm import rehearse
from benchmarks.chaos.disk import own_disk
from benchmarks.chaos.load import EMBARGO_S, load
from benchmarks.chaos.looking import Finding
from benchmarks.chaos.plan import faults
from benchmarks.chaos.records import Logs, Published
from benchmarks.chaos.showing import Shown, show, table
from benchmarks.chaos.texts import originals
from tools.kafka.children import Signals
from tools.kafka.jars import KafkaToolError, fetch, missing

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # kafka-python, as it is imported
    from benchmarks.chaos.publishing import Publisher
    from benchmarks.chaos.reading import lag, whole
    from benchmarks.chaos.site import Site, make_workers
    from benchmarks.chaos.topics import make_topics
    from streams.errors import BrokerError
    from streams.seeds import load_lexicon
    from streams.settings import Settings
    from tools.kafka.node import Node, free_port

DRAINED_S = 120.0
"""How long what is left may take once all is well again, without getting less."""
SHOWN = 20
"""Findings that are printed; all are kept."""


def main() -> int:
    """Chaos, then the audit; the exit status."""
    options, console, signals = _options(), Console(stderr=True), Signals()
    if why := missing():
        console.print(f"no chaos here: {why}")
        return 2
    signals.listen()
    fetch(signals)
    directory = Path(tempfile.mkdtemp(prefix="newswire-chaos-"))
    kafka = directory / "kafka"
    kafka.mkdir()
    with own_disk(kafka) as disk:
        if disk is None:
            console.print("no disk can be mounted here: it will not be full")
        node = Node(free_port(), kafka)
        workers, guest = make_workers(options.workers, node.address, directory)
        site = Site(node, disk, workers, guest, signals)
        try:
            published, logs, behind = _chaos(options, site, node, signals, console)
        except (KafkaToolError, BrokerError) as error:
            console.print(f"[bold red]chaos ended:[/] {error}; its logs are in {directory}")
            return 1
        finally:
            site.close()
            shutil.copy(kafka / "kafka.log", directory / "kafka.log")
    findings = [*behind, *_audited(published, logs, site, console)]
    table(
        console, "faults", site.done | Counter({"workers that ended by themselves": site.deaths()})
    )
    table(console, "findings", Counter(finding.rule for finding in findings))
    if not findings:
        shutil.rmtree(directory)
        console.print("[bold green]nothing lost, nothing contradictory")
        return 0
    _keep(directory, logs, findings)
    for finding in findings[:SHOWN]:
        console.print(f"{finding.rule}: {finding.where}: {finding.seen}", markup=False)
    console.print(f"[bold red]{len(findings):,} findings[/]; logs and records are in {directory}")
    return 1


def _chaos(
    options: argparse.Namespace, site: Site, node: Node, signals: Signals, console: Console
) -> tuple[list[Published], Logs, list[Finding]]:
    lexicon = load_lexicon(Settings().seeds)
    node.start(signals)
    topics = make_topics(node.address, lexicon)
    site.open()
    seconds = 60 * options.minutes
    with show(console, seconds) as shown:
        _wait(site.ready, site, shown, "workers start")
        begin_ms = time.time_ns() // 1_000_000
        texts = originals(options.corpus, options.seed)
        count = int(options.rate * seconds)
        planned = load(texts, options.seed, options.rate, begin_ms, count)
        publisher = Publisher(node.address, planned, options.rate)
        publisher.start()
        try:
            begun = time.monotonic()
            for fault in faults(options.seed, options.workers):
                passed = time.monotonic() - begun
                if passed > seconds or signals.first():
                    break
                shown.say(passed, publisher.count, fault)
                site.do(fault)
            shown.say(seconds, publisher.count, None)
            if not signals.first():
                publisher.join()
        finally:
            publisher.cancel()
        published = publisher.confirmed()
        _wait(site.ready, site, shown, "workers recover")
        behind = _drain(node.address, site, shown)
    return published, whole(node.address, topics), behind


def _drain(address: str, site: Site, shown: Shown) -> list[Finding]:
    """Until the group has read all, thrice in a row: the last record may make new ones."""
    shown.note("the last embargoes end")
    site.rest(EMBARGO_S[1])
    least, zeros, deadline = sys.maxsize, 0, time.monotonic() + DRAINED_S
    while zeros < 3:
        site.rest(1.0)
        left = lag(address)
        now = sum(left.values())
        shown.note(f"{now:,} records left")
        zeros = 0 if now else zeros + 1
        if now < least:
            least, deadline = now, time.monotonic() + DRAINED_S
        if time.monotonic() > deadline:
            return [
                Finding("never acknowledged", place, f"{count:,} records")
                for place, count in left.items()
                if count
            ]
    return []


def _wait(holds: Callable[[], bool], site: Site, shown: Shown, what: str) -> None:
    shown.note(what)
    deadline = time.monotonic() + DRAINED_S
    while not holds():
        site.rest(0.5)
        if time.monotonic() > deadline:
            raise KafkaToolError(f"waited {DRAINED_S:.0f} s in vain: {what}")


def _audited(published: list[Published], logs: Logs, site: Site, console: Console) -> list[Finding]:
    settings = Settings()
    with show(console, sum(map(len, logs.values()))) as shown:
        calm = rehearse(logs, load_lexicon(settings.seeds), settings.new_index, shown.step)
    findings = audit(published, logs, calm, site.ahead)
    kinds = Counter({each.planned.number: each.planned.kind for each in published}.values())
    table(console, "published", Counter(kinds) | Counter({"all": len(published)}))
    table(console, "proven", Counter(compared(logs, calm)))
    return findings


def _keep(directory: Path, logs: Logs, findings: list[Finding]) -> None:
    with (directory / "findings.txt").open("w", encoding="utf-8") as file:
        file.writelines(f"{each.rule}: {each.where}: {each.seen}\n" for each in findings)
    for topic, records in logs.items():
        with (directory / f"{topic}.jsonl").open("wb") as file:
            for record in records:
                place = (record.partition, record.offset, record.timestamp_ms)
                texts = [
                    (each or b"").decode("utf-8", "replace") for each in (record.key, record.value)
                ]
                file.write(orjson.dumps((*place, *texts)) + b"\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", help="else the sample articles")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=60.0, help="records a second")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
