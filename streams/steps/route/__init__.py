"""Which streams want an article, how much, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.enriched import Entity, StreamMatch
from schemas.stream import StreamDefinition
from streams.steps.route.evidence import Evidence, reason, strength
from streams.steps.route.phrases import Phrases, compile_phrases, find_phrases
from streams.steps.route.rules import Atoms, Rule, anchors, compile_rule, score, wanted

__all__ = ["Streams", "compile_streams", "route"]

_REASONS = 5


@dataclass(frozen=True, slots=True)
class _Stream:
    name: str
    minimum: float
    rule: Rule
    wanted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Streams:
    """All streams, compiled. An atom is one entity, country or phrase that streams ask for.

    `asking`: by atom, the streams to look at when it holds. `phrases`: by language.
    """

    streams: tuple[_Stream, ...]
    asking: dict[int, tuple[int, ...]]
    entities: dict[str, int]
    countries: dict[str, int]
    phrases: dict[str, Phrases]


def compile_streams(definitions: Iterable[StreamDefinition]) -> Streams:
    """Makes the definitions ready for `route`; done once at start."""
    atoms = Atoms()
    streams = []
    for definition in sorted(definitions, key=lambda each: each.name):
        rule = compile_rule(definition.match, atoms)
        asked = tuple(dict.fromkeys(wanted(rule)))
        streams.append(_Stream(definition.name, definition.minimum, rule, asked))
    popularity = Counter(atom for stream in streams for atom in stream.wanted)
    asking = defaultdict(list)
    for number, stream in enumerate(streams):
        for atom in anchors(stream.rule, popularity):
            asking[atom].append(number)
    return Streams(
        tuple(streams),
        {atom: tuple(numbers) for atom, numbers in asking.items()},
        atoms.entities,
        atoms.countries,
        compile_phrases((atom, dict(wordings)) for wordings, atom in atoms.phrases.items()),
    )


def route(
    headline: str | None,
    body: str,
    entities: tuple[Entity, ...],
    language: str,
    streams: Streams,
) -> tuple[StreamMatch, ...]:
    """The streams that want the article.

    Args:
        headline: As cleaned.
        body: As cleaned.
        entities: What the entity step found in the two.
        language: BCP 47 code of the text, or `und`.
        streams: From `compile_streams`.

    Returns:
        Sorted by name. `score`: 0 to 1, how strongly the stream's conditions hold
        (`evidence` and `rules` tell how); at least the stream's `minimum`.
        `why`: up to five conditions that held, the strongest first.
    """
    evidence = _entity_evidence(entities, streams)
    for atom, mentions in find_phrases(headline, body, language, streams.phrases).items():
        evidence[atom] = Evidence("phrase", mentions)
    held = {atom: strength(each) for atom, each in evidence.items()}
    # Each is told once, however many streams give it.
    told: dict[int, str] = {}

    matches = []
    for number in sorted({each for atom in held for each in streams.asking.get(atom, ())}):
        stream = streams.streams[number]
        points = score(stream.rule, held, stream.minimum)
        if points >= stream.minimum:
            reasons = [atom for atom in stream.wanted if atom in held]
            reasons.sort(key=held.__getitem__, reverse=True)
            del reasons[_REASONS:]
            told.update({atom: reason(evidence[atom]) for atom in reasons if atom not in told})
            why = tuple(told[atom] for atom in reasons)
            matches.append(StreamMatch(stream.name, round(points, 3), why))
    return tuple(matches)


def _entity_evidence(entities: tuple[Entity, ...], streams: Streams) -> dict[int, Evidence]:
    evidence: dict[int, Evidence] = {}

    def add(atom: int | None, label: str, entity: Entity) -> None:
        if atom is not None:
            known = evidence.setdefault(atom, Evidence(label, [], 0.0))
            known.mentions.extend(entity.mentions)
            known.salience = (known.salience or 0.0) + entity.salience

    for entity in entities:
        if entity.id:
            add(streams.entities.get(entity.id), f"entity {entity.id} {entity.name}", entity)
        for country in dict.fromkeys(entity.countries):
            add(streams.countries.get(country), f"country {country}", entity)
    return evidence
