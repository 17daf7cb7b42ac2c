"""Who is meant by a kill that names a story by another id than its uri.

What is known of an id only grows, and a uri under it is killed as soon as someone else
killed the id: whichever of them comes first, the end is the same. Ids are those of one
wire: "157" of another one is another story.
"""

from dataclasses import dataclass, replace

import orjson

from schemas.aliases import Alias
from schemas.article import SAME_WIRE, Article, Status

KEPT = 100
"""Uris remembered under one id, the latest: what names more than this names nothing."""

ENOUGH = 2
"""Killers remembered: one of two is always someone else."""

NEVER = -1
"""The offset of what no alias said."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article that bears the id, and the offset of the alias that first said so."""

    uri: str
    partition: int | None
    offset: int


@dataclass(frozen=True, slots=True)
class Killer:
    """An article that killed the id, and the offset of the alias that first said so."""

    uri: str
    editor_note: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class Known:
    """All that is remembered of an id."""

    sightings: tuple[Sighting, ...]
    killers: tuple[Killer, ...]
    touched_ms: int


@dataclass(frozen=True, slots=True)
class Kill:
    """A withdrawal to publish; `partition` None is the one that its key gives it."""

    article: Article
    partition: int | None


def aliases_of(article: Article, partition: int) -> tuple[Alias, ...]:
    """An alias for each other id of the article; `partition` is that of its record."""
    killed = article.status is Status.canceled
    note = article.editor_note if killed else None
    others = (id_ for id_ in dict.fromkeys(article.alt_ids or ()) if id_ != article.uri)
    return tuple(Alias(id_, article.wire, article.uri, partition, killed, note) for id_ in others)


def key_of(alias: Alias) -> bytes:
    """Wire and id as JSON: no two pairs look the same, whatever characters they have."""
    return orjson.dumps([alias.wire, alias.id])


def resolve(
    alias: Alias, offset: int, now_ms: int, known: Known | None
) -> tuple[Known, tuple[Kill, ...]]:
    """What is known of the id with one more alias, and the withdrawals that follow from it.

    `offset` is the alias's own: one that is delivered again, after a crash, says again what
    it said. One that says nothing new withdraws nothing.
    """
    before = known or Known((), (), now_ms)
    after = replace(_with(before, alias, offset), touched_ms=now_ms)
    # The id may itself be the uri of a story, whether that came already or is yet to come.
    named = (Sighting(alias.id, None, NEVER), *after.sightings)
    kills = (_kill(alias.wire, sighting, after.killers, offset) for sighting in named)
    return after, tuple(kill for kill in kills if kill is not None)


def _with(known: Known, alias: Alias, offset: int) -> Known:
    if alias.killed:
        if len(known.killers) == ENOUGH or any(each.uri == alias.uri for each in known.killers):
            return known
        killer = Killer(alias.uri, alias.editor_note, offset)
        return replace(known, killers=(*known.killers, killer))
    place = (alias.uri, alias.partition)
    if any((each.uri, each.partition) == place for each in known.sightings):
        return known
    sighting = Sighting(alias.uri, alias.partition, offset)
    return replace(known, sightings=(*known.sightings, sighting)[-KEPT:])


def _kill(wire: str, sighting: Sighting, killers: tuple[Killer, ...], offset: int) -> Kill | None:
    # Who withdraws an article under its own uri says so there, and for which version.
    others = [killer for killer in killers if killer.uri != sighting.uri]
    fresh = [each for each in others if offset in (each.offset, sighting.offset)]
    if not fresh:
        return None
    article = Article(
        uri=sighting.uri,
        wire=wire,
        status=Status.canceled,
        signal=SAME_WIRE,
        editor_note=fresh[0].editor_note,
    )
    return Kill(article, sighting.partition)
