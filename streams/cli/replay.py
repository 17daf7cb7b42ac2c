"""`newswire replay`: dead letters back to where they came from."""

import time
from collections import Counter
from typing import Annotated, Any, Literal

import orjson
import typer
from kafka import TopicPartition
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from schemas.topics import APP_ID, DEAD_LETTERS, REPLAYED
from streams.cli.clients import consumer, producer
from streams.cli.letters import Found, Wanted, find_letters
from streams.cli.progress import bar_on, watch_on
from streams.cli.reading import between, partitions_of
from streams.cli.render import isolated
from streams.dead_letters import as_it_came, letter_of
from streams.settings import Settings

Place = tuple[str, int, int]
"""Topic, partition, offset."""

AT_ONCE = 200
"""Letters that are on their way at a time: each may weigh as much as a record may."""
SEND_SECONDS = 60
PATIENCE_SECONDS = 30.0
"""For so long nothing was taken: no worker runs, or it has stopped."""
POLL_SECONDS = 0.25


def replay(
    _source: Annotated[Literal["dlq"], typer.Option("--from", help="`dlq`: the dead letters.")],
    offset: Annotated[
        str, typer.Option(help="`start`, `-N` (the last N letters), or `@TIME` (RFC 3339).")
    ] = "start",
    stage: Annotated[str | None, typer.Option(help="Only of this stage, as `decode`.")] = None,
    reason: Annotated[str | None, typer.Option(help="Only for this reason.")] = None,
    wire: Annotated[str | None, typer.Option(help="Only of this wire, where it is known.")] = None,
    count: Annotated[int | None, typer.Option("-n", help="So many at most.", min=1)] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Those too that were replayed before.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what there is.")] = False,
) -> None:
    """Put dead letters back where they came from, once each, and tell what becomes of them."""
    settings, notes = Settings(), Console(stderr=True)
    with consumer(settings, APP_ID) as client, bar_on(notes) as bar:
        found = find_letters(client, offset, Wanted(stage, reason, wire), watch_on(bar))
        chosen = [each for each in found if (again or not each.replayed) and not each.overtaken]
        chosen = chosen[:count]
        if dry_run or not chosen:
            bar.stop()
            _show(found, chosen)
            if not dry_run:
                notes.print("nothing to replay; --again takes what was replayed before")
            return
        ends = _ends(client)
        sent = _send(settings, client, chosen, bar)
        taken = _wait(client, sent, bar)
        failed = _failed_again(client, ends, sent)
    notes.print(f"[bold green]{len(sent):,}[/] replayed", highlight=False)
    if taken < len(sent):
        notes.print(
            f"  {len(sent) - taken:,} not taken yet: is a worker running? `newswire up`, or its "
            "/readyz, says why not"
        )
    notes.print(f"  {max(0, taken - failed.total()):,} passed")
    for why, number in failed.most_common():
        notes.print(f"  [red]{number:,} rejected again[/]: {escape(isolated(': '.join(why)))}")


def _send(settings: Settings, client: Any, chosen: list[Found], bar: Progress) -> set[Place]:
    """Where they are now. Each is remembered after it is on the broker: a crash repeats some."""
    wanted = {each.place: each for each in chosen}
    first: dict[TopicPartition, int] = {}
    last: dict[TopicPartition, int] = {}
    for partition, offset in sorted(wanted):
        tp = TopicPartition(DEAD_LETTERS.name, partition)
        first.setdefault(tp, offset)
        last[tp] = offset + 1
    sent: set[Place] = set()
    task = bar.add_task("replaying", total=len(chosen))
    with producer(settings) as out:
        waiting: list[tuple[Found, Any]] = []
        for record in between(client, first, last):
            each = wanted.get((record.partition, record.offset))
            if each is None:
                continue
            own = as_it_came(each.letter, record.key, record.value or b"", record.headers or ())
            future = out.send(
                own.topic, own.value, own.key, list(own.headers), partition=own.partition
            )
            waiting.append((each, future))
            if len(waiting) == AT_ONCE:
                sent |= _confirm(out, waiting)
                bar.update(task, completed=len(sent))
        sent |= _confirm(out, waiting)
        bar.update(task, completed=len(sent))
    return sent


def _confirm(out: Any, waiting: list[tuple[Found, Any]]) -> set[Place]:
    places = set()
    marks = []
    for each, future in waiting:
        written = future.get(timeout=SEND_SECONDS)
        place = (written.topic, written.partition, written.offset)
        places.add(place)
        marks.append(out.send(REPLAYED.name, orjson.dumps(place), each.mark))
    for mark in marks:
        mark.get(timeout=SEND_SECONDS)
    waiting.clear()
    return places


def _wait(client: Any, sent: set[Place], bar: Progress) -> int:
    """How many the workers have taken and done with, when nothing more happens."""
    task = bar.add_task("done by the workers", total=len(sent))
    partitions = {TopicPartition(topic, partition) for topic, partition, _ in sent}
    taken, changed = 0, time.monotonic()
    while taken < len(sent) and time.monotonic() - changed < PATIENCE_SECONDS:
        done = {tp: client.committed(tp) or 0 for tp in partitions}
        before, taken = taken, sum(offset < done[TopicPartition(t, p)] for t, p, offset in sent)
        if taken != before:
            changed = time.monotonic()
            bar.update(task, completed=taken)
        time.sleep(POLL_SECONDS)
    return taken


def _failed_again(client: Any, since: dict[Any, int], sent: set[Place]) -> Counter[tuple[str, str]]:
    """New letters of what was sent, by stage and reason."""
    letters = (letter_of(record.headers or ()) for record in between(client, since, _ends(client)))
    return Counter(
        (letter.stage, letter.reason)
        for letter in letters
        if letter is not None and (letter.topic, letter.partition, letter.offset) in sent
    )


def _ends(client: Any) -> dict[Any, int]:
    return dict(client.end_offsets(partitions_of(client, [DEAD_LETTERS.name])))


def _show(found: list[Found], chosen: list[Found]) -> None:
    table = Table(
        "stage", "reason", "from", "letters", "replayed", "overtaken", "most tries", "now"
    )
    kinds: dict[tuple[str, str, str], list[Found]] = {}
    for each in found:
        letter = each.letter
        kinds.setdefault((letter.stage, letter.reason, letter.topic), []).append(each)
    places = {each.place for each in chosen}
    for kind, letters in sorted(kinds.items()):
        numbers = (
            len(letters),
            sum(each.replayed for each in letters),
            sum(each.overtaken for each in letters),
            max(each.letter.tries for each in letters),
            sum(each.place in places for each in letters),
        )
        table.add_row(
            *(Text(isolated(name)) for name in kind), *(f"{number:,}" for number in numbers)
        )
    Console().print(table)


command = replay
