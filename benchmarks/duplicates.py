"""Near-duplicates beside datasketch: `python -m benchmarks.duplicates CORPUS [--count N]`.

The stream of `benchmarks.wire_edits` through our index, and its beginning through datasketch's
MinHashLSH too. Each contender runs in a process of its own, on one core; times are CPU time,
and memory is what Linux counts as resident.
"""

import argparse
import gc
import multiprocessing
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import orjson
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks import wire_edits
from benchmarks.contenders import Contender, Datasketch, Link, Ours
from benchmarks.corpus import articles
from benchmarks.processes import own_resident
from benchmarks.wire_edits import EDITS, Originals, Text, distinct, jaccard, pairs

SEED = 1
BATCH = 100
"""Articles in one changelog record."""
ALIKE = 0.2
"""Replicas that have more than this in common with their source would be no other articles."""
TOLD = ("suppressed", "linked", "related")
"""From the strongest to the weakest that is told of an article."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; times in CPU seconds, of all articles together, memory in bytes.

    `edits`: copies by edit. `said`: by edit and one of suppressed, linked or related, how many
    were so told, of the right original. `wrong`: the same of other articles than the original.
    """

    count: int
    seconds: dict[str, float]
    resident: int
    packed: int
    edits: Counter[str]
    said: Counter[tuple[str, str]]
    wrong: Counter[str]


def measure(contender: Contender, texts: Sequence[Text], count: int) -> Figures:
    """Runs the stream through one contender."""
    originals = Originals(texts, SEED)
    for number in range(0, count, len(originals)):
        originals(number)  # makes the ciphers now, so that they do not count as the index's memory
    warm = contender()
    for item in islice(wire_edits.wire(originals, SEED + 1), 2 * BATCH):
        warm.link(item, warm.sketch(item))
    index = contender()
    seconds = dict.fromkeys(("sketch", "index", "save", "recover"), 0.0)
    edits, said, wrong = Counter[str](), Counter[tuple[str, str]](), Counter[str]()
    roots = array("q")
    gc.collect()
    before = own_resident()
    items = track(
        islice(wire_edits.wire(originals, SEED), count),
        contender.__name__,
        total=count,
        console=Console(stderr=True),
    )
    while batch := list(islice(items, BATCH)):
        # As in the worker: another agent has made the sketches, and a batch of them comes in.
        begun = time.process_time()
        sketches = [index.sketch(item) for item in batch]
        middle = time.process_time()
        links = [index.link(*pair) for pair in zip(batch, sketches, strict=True)]
        ended = time.process_time()
        index.save()
        seconds["sketch"] += middle - begun
        seconds["index"] += ended - middle
        seconds["save"] += time.process_time() - ended
        for item, link in zip(batch, links, strict=True):
            root = _number(item.origin or item.uri)
            roots.append(root)
            told, right = _judged(link, root, roots)
            if item.edit:
                edits[item.edit] += 1
                said[item.edit, told if right else "nothing"] += 1
            if not right:
                wrong[told] += 1
    index.save()
    gc.collect()
    packed = index.packed()
    resident = own_resident() - before - (packed if contender is Ours else 0)
    begun = time.process_time()
    index.recover()
    seconds["recover"] = time.process_time() - begun
    return Figures(count, seconds, resident, packed, edits, said, wrong)


def _judged(link: Link, root: int, roots: "array[int]") -> tuple[str, bool]:
    if link.uri is not None:
        return "suppressed" if link.suppressed else "linked", roots[_number(link.uri)] == root
    if link.related:
        return "related", root in {roots[_number(uri)] for uri in link.related}
    return "nothing", True


def main() -> None:
    """Prints both contenders' figures."""
    options, console = _options(), Console()
    rows = [orjson.loads(raw) for raw in articles(options.corpus)]
    texts = distinct((row["headline"], row["body"]) for row in rows)
    console.print(f"{len(texts):,} of {len(rows):,} articles are distinct; {_likeness(texts)}")
    runs: tuple[tuple[Contender, int], ...] = (
        (Ours, options.count),
        (Ours, options.peer_count),
        (Datasketch, options.peer_count),
    )
    done = [_alone(contender, texts, count) for contender, count in runs]
    names = [f"{contender.__name__.lower()} {count:,}" for contender, count in runs]
    console.print(_costs(names, done))
    console.print(_findings(names, done))
    ours, peer = (run.seconds for run in done[1:])
    whole = [seconds["sketch"] + seconds["index"] for seconds in (peer, ours)]
    console.print(
        f"on the same articles our index is {peer['index'] / ours['index']:.1f} times, and index "
        f"with sketch {whole[0] / whole[1]:.1f} times as fast as datasketch's"
    )


def _alone(contender: Contender, texts: Sequence[Text], count: int) -> Figures:
    # What one contender leaves in the heap would be the next one's memory for nothing.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(measure, contender, texts, count).result()


def _likeness(texts: Sequence[Text]) -> str:
    originals, rng = Originals(texts, SEED), Random(SEED)
    worst = 0.0
    for number in rng.sample(range(len(originals)), min(200, len(originals))):
        one, other = (pairs(originals(number + turn * len(originals))[1]) for turn in (0, 7))
        worst = max(worst, jaccard(one, other))
    if worst >= ALIKE:
        raise SystemExit(f"a replica has {worst:.2f} of its word pairs in common with its source")
    return f"their replicas have at most {worst:.2f} of their word pairs in common with them"


def _costs(names: Sequence[str], done: Sequence[Figures]) -> Table:
    table = Table("an article", *names)

    each = [(run.seconds, run.count) for run in done]
    for part in ("sketch", "index", "save"):
        table.add_row(f"{part}, µs", *(f"{1e6 * spent[part] / n:.1f}" for spent, n in each))
    table.add_row("verdicts a second", *(f"{n / spent['index']:,.0f}" for spent, n in each))
    table.add_row("resident bytes", *(f"{run.resident / run.count:,.0f}" for run in done))
    table.add_row("packed bytes", *(f"{run.packed / run.count:,.0f}" for run in done))
    table.add_row("recovery of all, s", *(f"{spent['recover']:.2f}" for spent, _ in each))
    return table


def _findings(names: Sequence[str], done: Sequence[Figures]) -> Table:
    title = "copies suppressed / told of in any way, %"
    table = Table("edit", "copies", *names, title=title)
    for edit in (*EDITS, "all"):
        kinds = [edit] if edit in EDITS else list(EDITS)
        copies = sum(done[0].edits[kind] for kind in kinds)
        table.add_row(edit, f"{copies:,}", *(_found(run, kinds) for run in done))
    table.add_section()
    for told in TOLD:
        table.add_row(f"wrong: {told}", "", *(f"{run.wrong[told]:,}" for run in done))
    return table


def _found(run: Figures, kinds: Sequence[str]) -> str:
    found = [sum(run.said[kind, told] for kind in kinds) for told in TOLD]
    share = 100 / max(1, sum(run.edits[kind] for kind in kinds))
    return f"{found[0] * share:.1f} / {sum(found) * share:.1f}"


def _number(uri: str) -> int:
    return int(uri.rpartition(":")[2])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--peer-count", type=int, default=20_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
