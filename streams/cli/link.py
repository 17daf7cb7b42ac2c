"""`newswire link`: one story in several languages, linked."""

import typer
from rich.console import Console
from rich.markup import escape

from streams.settings import Settings


def link() -> None:
    """Link articles that tell one story in different languages. Needs `newswire[links]`."""
    from streams.links.encode import MissingExtra, SentenceEncoder

    notes = Console(stderr=True, soft_wrap=True)
    try:
        encoder = SentenceEncoder()  # first of all: what comes after imports numpy
    except MissingExtra as error:
        notes.print("[bold red]newswire:[/]", escape(str(error)))
        raise typer.Exit(2) from None

    from schemas.topics import ENRICHED, LINKS
    from streams.broker import broker_of
    from streams.links.consume import follow

    settings = Settings()
    broker = broker_of(settings.broker, settings.data, settings)
    notes.print(f"{ENRICHED.name} → {LINKS.name}; Ctrl-C ends it")
    with notes.status("reading back 48 hours") as status:
        for done in follow(broker.address, encoder, broker.security):
            status.update(
                f"read back {done.read_back:,}, read {done.read:,}, linked {done.linked:,}, "
                f"unreadable {done.unreadable:,}"
            )


command = link
