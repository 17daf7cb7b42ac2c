"""Who finds near-duplicates in `benchmarks.duplicates`: our index, and datasketch's MinHashLSH."""

from dataclasses import dataclass
from typing import Any

from datasketch import LeanMinHash, MinHash, MinHashLSH

from benchmarks import wire_edits
from benchmarks.wire_edits import Item, words
from schemas.enriched import Duplicate
from streams.steps import duplicates
from streams.steps.sketch import sketch

PERMUTATIONS = 128
THRESHOLD = 0.4
"""At 0.3, 0.4, 0.5 it found 91, 85, 81 % of the copies in 5,000, and 14, 5, 0 that are none."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a contender says: the uri it links to, whether it would suppress, what is like it."""

    uri: str | None = None
    suppressed: bool = False
    related: tuple[str, ...] = ()


class Ours:
    """The project's index, as agent `deduplicate` uses it."""

    def __init__(self) -> None:
        self._index = _empty()
        self._records: list[tuple[int, bytes]] = []

    def sketch(self, item: Item) -> Any:
        """Keys, filter, lead and numbers."""
        return sketch(item.headline, item.body)

    def link(self, item: Item, sketched: Any) -> Link:
        """The verdict; whatever is not new links to an article."""
        about = (item.uri, 1, item.wire, "", item.received_ms, 0, Duplicate("new"))
        verdict = self._index.judge(
            duplicates.Item(*about, corrects=False, names=(), sketch=sketched)
        )
        uri = verdict.of or (verdict.supersedes or "").rpartition("@")[0] or None
        return Link(uri, suppressed=verdict.of is not None, related=tuple(verdict.related))

    def save(self) -> None:
        """As a changelog record."""
        record = self._index.save()
        if record is not None:
            self._records.append(record)

    def packed(self) -> int:
        """Bytes of the changelog's records."""
        return sum(len(record) for _, record in self._records)

    def recover(self) -> None:
        """Reads the changelog."""
        again = _empty()
        for number, record in self._records:
            again.load(number, record)
        if len(again) != len(self._index):
            raise SystemExit(f"{len(again)} of {len(self._index)} rows came back")


def _empty() -> duplicates.Index:
    return duplicates.Index(wire_edits.WINDOW_MS, duplicates.Thresholds())


class Datasketch:
    """MinHash of word 3-grams; of those that LSH finds, the one most like it."""

    def __init__(self) -> None:
        self._lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        self._known: dict[str, Any] = {}

    def sketch(self, item: Item) -> Any:
        """128 permutations."""
        found = words(item.body)
        shingles = {" ".join(found[at : at + 3]).encode() for at in range(len(found) - 2)}
        minhash = MinHash(num_perm=PERMUTATIONS)
        minhash.update_batch(shingles)
        return LeanMinHash(minhash)

    def link(self, item: Item, sketched: Any) -> Link:
        """It knows no more than that two articles are alike, and so would suppress."""
        likely = ((self._known[uri].jaccard(sketched), uri) for uri in self._lsh.query(sketched))
        likeness, uri = max(likely, default=(0.0, None))
        self._lsh.insert(item.uri, sketched, check_duplication=False)
        self._known[item.uri] = sketched
        return Link(uri, suppressed=True) if likeness >= THRESHOLD else Link()

    def save(self) -> None:
        """It has no changelog."""

    def packed(self) -> int:
        """Bytes of the signatures."""
        return sum(minhash.bytesize() for minhash in self._known.values())

    def recover(self) -> None:
        """Fills an index with the signatures."""
        lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        for uri, minhash in self._known.items():
            lsh.insert(uri, minhash, check_duplication=False)


Contender = type[Ours] | type[Datasketch]
