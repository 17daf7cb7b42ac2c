"""`newswire demo`: the whole system for a minute, on the sample articles, in a place of its own."""

import signal
import socket
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from schemas.topics import ARTICLES, DEAD_LETTERS, DUPLICATES, ENRICHED, stream_topic_name
from streams.broker import broker_of
from streams.cli.files import Record, records
from streams.cli.publish import send
from streams.cli.render import Renderer
from streams.cli.tail import document, read
from streams.cli.up import interrupt, start_worker, stop_worker
from streams.errors import NewswireError
from streams.settings import Settings

STREAM = "us-russia-relations"
PAGE = {
    "uri": "urn:newswire:demo:alaraby-page",
    "wire": "alaraby",
    "published_at": "2024-11-07T20:00:00Z",
}
PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.05
"""Between two articles: at once they would be judged in the order of their partitions."""
QUIET_SECONDS = 1.5
"""Without a new outcome for this long, all is done: a KILL by another id publishes kills itself."""


def demo() -> None:
    """Publish the sample articles to a broker and a worker of their own; show what came out."""
    signal.signal(signal.SIGTERM, interrupt)
    notes, console = Console(stderr=True), Console()
    with tempfile.TemporaryDirectory(prefix="newswire-demo-") as data, _running(data, notes) as run:
        articles = list(_sample(run.seeds))
        send(run, _one_by_one(articles), notes)
        _wait_for_outcomes(run, len(articles), notes)
        _show(run, console)


@contextmanager
def _running(data: str, notes: Console) -> Iterator[Settings]:
    port, web_port = _free_port(), _free_port()
    settings = Settings(
        broker=f"embedded://127.0.0.1:{port}",
        data=Path(data),
        web_port=web_port,
    )
    broker = broker_of(settings.broker, settings.data, settings)
    with notes.status("starting the broker"):
        broker.start()
    try:
        worker = start_worker(
            broker,
            NEWSWIRE_DATA=data,
            NEWSWIRE_WEB_PORT=str(web_port),
            NEWSWIRE_LOG_LEVEL="ERROR",
        )
        try:
            with notes.status("starting the worker"):
                _wait_for_worker(settings)
            yield settings
        finally:
            with notes.status("stopping"):
                stop_worker(worker)
    finally:
        broker.stop()


def _sample(seeds: Path) -> Iterator[Record]:
    articles = seeds / "articles"
    yield from records(str(articles / "seed-page.txt"), PAGE)
    yield from records(str(articles / "demo.jsonl"), {})


def _one_by_one(articles: Iterable[Record]) -> Iterator[Record]:
    for article in articles:
        yield article
        time.sleep(PAUSE_SECONDS)


def _wait_for_worker(settings: Settings) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _page(settings, "readyz") is None:
        if time.monotonic() > deadline:
            raise NewswireError(f"after {PATIENCE_SECONDS:.0f} s the worker was not ready")
        time.sleep(0.1)


def _wait_for_outcomes(settings: Settings, expected: int, notes: Console) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    progress = Progress(
        SpinnerColumn(),
        TextColumn("articles that reached their outcome"),
        BarColumn(),
        MofNCompleteColumn(),
        console=notes,
        transient=True,
    )
    with progress:
        task = progress.add_task("outcomes", total=expected)
        done, changed = 0, time.monotonic()
        while time.monotonic() < deadline:
            before, done = done, _sum_of_outcomes(_page(settings, "metrics") or "")
            if done != before:
                changed = time.monotonic()
            progress.update(task, completed=min(done, expected))
            if done >= expected and time.monotonic() - changed >= QUIET_SECONDS:
                return
            time.sleep(0.1)
    raise NewswireError(
        f"after {PATIENCE_SECONDS:.0f} s only part of the {expected} articles had an outcome"
    )


def _page(settings: Settings, name: str) -> str | None:
    """A page of the worker; None when it does not answer, or not with success."""
    from urllib.request import urlopen

    try:
        with urlopen(f"http://{settings.web_host}:{settings.web_port}/{name}", timeout=2) as answer:
            text: str = answer.read().decode()
    except OSError:
        return None
    return text


def _sum_of_outcomes(metrics: str) -> int:
    return sum(
        int(float(line.rsplit(" ", 1)[1]))
        for line in metrics.splitlines()
        if line.startswith("newswire_outcomes_total{")
    )


def _show(settings: Settings, console: Console) -> None:
    renderer = Renderer(console)
    sections = (
        (stream_topic_name(STREAM), f"stream {STREAM}"),
        (DUPLICATES.name, "duplicates"),
        (DEAD_LETTERS.name, "dead letters"),
    )
    for topic, title in sections:
        console.print()
        console.rule(f"[bold]{title}[/]  {topic}", align="left")
        for record in read(settings, [topic], "start", exit_at_end=True):
            renderer.show(topic, document(record.value), dict(record.headers or ()))
    counts = {
        topic: sum(1 for _ in read(settings, [topic], "start", exit_at_end=True))
        for topic in (ARTICLES.name, ENRICHED.name, DUPLICATES.name, DEAD_LETTERS.name)
    }
    console.print()
    console.rule("[bold]what is on the topics[/]", align="left")
    for topic, count in counts.items():
        console.print(f"  {count:4}  {topic}", highlight=False)
    console.print("\nFor real use: [bold]newswire up[/]")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


command = demo
