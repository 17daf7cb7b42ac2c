"""The compiled names: one automaton with flat tables beside it, and how they travel as bytes."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from daachorse import CharwiseDoubleArrayAhoCorasick

from schemas.enriched import EntityKind
from streams.steps.entities.folding import Folder
from streams.steps.entities.titles import TitleWords

SURE, HOME, COUNTRY, FULL_NAME = range(4)
"""What a claim needs to count: nothing; nothing in the languages of its country and else that
country; the country; or the entity's full name."""
NONE, TITLE, BEFORE, AFTER, FIRST_GROUP = -1, -2, -3, -4, -5
"""In `means`: nothing; a title; a word before or after which a place's name means no place;
from FIRST_GROUP down, the group of claims `FIRST_GROUP - means`."""

CITY, PERSON = 1, 2
"""In `care`: what may be a part of a person's name; what may be somebody else's."""
DOUBTFUL, NO_NAME, NAMESAKE = -1, -2, -3
"""In `local`: a name only beside its country; never a name in texts of that language; none
before another capitalised word, as it is a first name too."""


class Claim(NamedTuple):
    """An entity says that a pattern is its name."""

    entity: int
    needs: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """By pattern: `lengths` … `demonym`; by entity: `ids` … `initials`.

    Attributes:
        automaton: finds patterns in folded text; see `patterns.key_of`.
        lengths: letters of the pattern, without the spaces around it.
        means: the entity that it names for sure, or as NONE to FIRST_GROUP say.
        prefix: letters before the name itself that are written together with it.
        capitals: how many letters at the start of the name must be capitals.
        demonym: 1 for an adjective or a people.
        signs: of a pattern that is a name, what it is without a name's capitals: `maire`.
        groups: claims of a contested pattern, the likeliest first.
        inner: of a pattern, the names inside it: where, which pattern, whose.
        beaten: of a pattern, the entities that claimed it in vain.
        local: by language, the patterns that mean something else there: another entity, or,
            as they are words or first names too, DOUBTFUL to NAMESAKE.
        given: first names; another one before a surname means another person.
        titles: by language, what stands between a title and a name.
        home: by language, the states where it is at home.
        care: 0, or CITY or PERSON, whose names need a look at what stands before them.
        initials: of a person, the letters that the words of the names begin with.
        own: of a person, the words of its names, folded.
        occasions: by the name of an event of known date, first and last day of each time.
    """

    automaton: Any
    folder: Folder
    lengths: bytes
    means: "array[int]"
    prefix: bytes
    capitals: bytes
    demonym: bytes
    signs: Mapping[int, int]
    groups: list[tuple[Claim, ...]]
    inner: Mapping[int, Sequence[Sequence[int]]]
    beaten: Mapping[int, tuple[int, ...]]
    local: Mapping[str, Mapping[int, int]]
    given: frozenset[str]
    titles: Mapping[str, TitleWords]
    home: Mapping[str, frozenset[str]]
    ids: list[str | None]
    names: list[str]
    kinds: list[EntityKind]
    countries: list[tuple[str, ...]]
    care: bytes
    initials: list[str]
    own: list[frozenset[str]]
    occasions: Mapping[str, Sequence[tuple[str, str]]]

    def pack(self) -> bytes:
        """All of it as bytes: the length of a JSON head, the head, then the tables.

        The same gazetteer gives the same bytes on machines of one byte order.
        """
        tables = [self.automaton.serialize(), self.lengths, self.means.tobytes()]
        tables += [self.prefix, self.capitals, self.demonym, self.care]
        head = {
            "tables": [len(table) for table in tables],
            "folds": self.folder.folds,
            "dropped": self.folder.dropped,
            "signs": sorted(self.signs.items()),
            "groups": [[tuple(claim) for claim in group] for group in self.groups],
            "inner": sorted(self.inner.items()),
            "beaten": sorted(self.beaten.items()),
            "local": {code: sorted(marks.items()) for code, marks in sorted(self.local.items())},
            "given": sorted(self.given),
            "titles": {
                code: [
                    words.cased,
                    words.given_first,
                    words.clitics,
                    sorted(words.between),
                    sorted(words.particles),
                    sorted(words.stop),
                ]
                for code, words in sorted(self.titles.items())
            },
            "home": {code: sorted(states) for code, states in sorted(self.home.items())},
            "ids": self.ids,
            "names": self.names,
            "kinds": self.kinds,
            "countries": self.countries,
            "initials": self.initials,
            "own": [sorted(words) for words in self.own],
            "occasions": self.occasions,
        }
        packed = orjson.dumps(head)
        return b"".join((len(packed).to_bytes(8, "little"), packed, *tables))


def unpack(data: bytes | memoryview) -> Gazetteer:
    """What `pack` made. Only for bytes that this program wrote: the automaton is not checked."""
    size = int.from_bytes(data[:8], "little")
    head = orjson.loads(data[8 : 8 + size])
    tables = []
    at = 8 + size
    for length in head["tables"]:
        tables.append(bytes(data[at : at + length]))
        at += length
    automaton, lengths, means, prefix, capitals, demonym, care = tables
    return Gazetteer(
        automaton=CharwiseDoubleArrayAhoCorasick.deserialize(automaton),
        folder=Folder([tuple(pair) for pair in head["folds"]], head["dropped"]),
        lengths=lengths,
        means=_numbers(means),
        prefix=prefix,
        capitals=capitals,
        demonym=demonym,
        signs=dict(head["signs"]),
        groups=[tuple(Claim(*claim) for claim in group) for group in head["groups"]],
        inner=dict(head["inner"]),
        beaten={at: tuple(entities) for at, entities in head["beaten"]},
        local={code: dict(marks) for code, marks in head["local"].items()},
        given=frozenset(head["given"]),
        titles={
            code: TitleWords(cased, given_first, tuple(clitics), *map(frozenset, sets))
            for code, (cased, given_first, clitics, *sets) in head["titles"].items()
        },
        home={code: frozenset(states) for code, states in head["home"].items()},
        ids=head["ids"],
        names=head["names"],
        kinds=head["kinds"],
        countries=list(map(tuple, head["countries"])),
        care=care,
        initials=head["initials"],
        own=list(map(frozenset, head["own"])),
        occasions=head["occasions"],
    )


def _numbers(table: bytes) -> "array[int]":
    numbers = array("i")
    numbers.frombytes(table)
    return numbers
