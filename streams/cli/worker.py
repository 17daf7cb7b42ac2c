"""`newswire worker`: one worker process."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streams.broker import Broker, broker_of, evict_ghosts
from streams.broker.lock import Lock
from streams.collector import spare_collector
from streams.errors import BrokerError
from streams.settings import Settings


def worker() -> None:
    """Run one worker on the broker of NEWSWIRE_BROKER until it is stopped."""
    import faust

    from schemas.topics import APP_ID
    from streams import logs
    from streams.app import Place, build
    from streams.creating import create_topics
    from streams.seeds import load_lexicon

    settings = Settings()
    logs.configure(settings.log_level, settings.log_format)
    lexicon = load_lexicon(settings.seeds)
    lexicon.dates.compile_all()
    spare_collector()
    broker = broker_of(settings.broker, settings.data, settings)
    with _only_worker(broker, settings.data):
        create_topics(broker, lexicon)
        if broker.embedded:
            evict_ghosts(broker.address, APP_ID)
        settings.data.mkdir(parents=True, exist_ok=True)  # Faust makes one level only
        app = build(settings, Place(broker.address, broker.embedded), lexicon)
        running = faust.Worker(app, loglevel=settings.log_level, quiet=True, override_logging=False)
        running.spinner = None
        sys.exit(running.execute_from_commandline())


@contextmanager
def _only_worker(broker: Broker, data: Path) -> Iterator[None]:
    # The embedded broker keeps a dead member's partitions for ever, so that its one worker
    # has a fixed member id; a second one would take over from the first, again and again.
    if not broker.embedded:
        yield
        return
    data.mkdir(parents=True, exist_ok=True)
    lock = Lock(data / "worker.lock")
    try:
        lock.take()
    except BrokerError:
        raise BrokerError(
            "a worker already runs on the embedded broker, which bears one; for more, "
            "set NEWSWIRE_BROKER=kafka://host:port"
        ) from None
    try:
        yield
    finally:
        lock.release()


command = worker
