"""Reads all of `seeds/` and compiles it: every error names the file and the line."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from schemas.stream import StreamDefinition
from streams import compiled
from streams.errors import BadSeed
from streams.lexicon import Lexicon
from streams.steps.clean import NoiseSeed, compile_noise
from streams.steps.dates import DatesSeed, compile_dates
from streams.steps.entities import EntityRow, FormsSeed, Gazetteer, TitlesSeed, compile_gazetteer
from streams.steps.entities.rows import Example, SentencesSeed
from streams.steps.language import LanguagesSeed, compile_languages
from streams.steps.lifecycle import LifecycleSeed, compile_lifecycle
from streams.steps.route import compile_streams
from streams.yaml_files import load

Model = TypeVar("Model", bound=BaseModel)


def load_lexicon(seeds: Path) -> Lexicon:
    """Everything under `seeds`, checked and compiled; names only when they have changed.

    Raises:
        BadSeed: a file that cannot be used, with its line.
    """
    definitions = tuple(stream_definitions(seeds))
    return Lexicon(
        noise=compile_noise(noise_seeds(seeds).values()),
        lifecycle=compile_lifecycle(load(seeds / "lifecycle.yaml", LifecycleSeed)),
        languages=compile_languages(load(seeds / "languages.yaml", LanguagesSeed)),
        gazetteer=gazetteer(seeds),
        dates=compile_dates(compiled.dates(seeds, partial(dates_seeds, seeds))),
        streams=compile_streams(definitions),
        definitions=definitions,
    )


def gazetteer(seeds: Path) -> Gazetteer:
    """The names, compiled anew only when they have changed."""
    return compiled.gazetteer(seeds, partial(names, seeds))


def names(seeds: Path) -> Gazetteer:
    """The gazetteer, made anew: this takes seconds."""
    return compile_gazetteer(
        entity_rows(seeds), forms_seeds(seeds), titles_seeds(seeds), common_words(seeds)
    )


def stream_definitions(seeds: Path) -> Iterator[StreamDefinition]:
    """One stream a file, which bears its name."""
    for path in sorted((seeds / "streams").glob("*.yaml")):
        definition = load(path, StreamDefinition)
        if definition.name != path.stem:
            raise BadSeed(path, 1, f"name: is {definition.name}, but the file is {path.name}")
        yield definition


def noise_seeds(seeds: Path) -> dict[str, NoiseSeed]:
    """Noise rules by language; those of every language under `und`."""
    return _by_language(seeds, "noise.yaml", NoiseSeed)


def dates_seeds(seeds: Path) -> dict[str, DatesSeed]:
    """Words for time, by language."""
    return _by_language(seeds, "dates.yaml", DatesSeed)


def forms_seeds(seeds: Path) -> dict[str, FormsSeed]:
    """How names change their form, by language."""
    return _by_language(seeds, "forms.yaml", FormsSeed)


def titles_seeds(seeds: Path) -> dict[str, TitlesSeed]:
    """What announces a person, by language."""
    return _by_language(seeds, "titles.yaml", TitlesSeed)


def common_words(seeds: Path) -> dict[str, list[str]]:
    """Words of one language that are spelt like names of another, by language."""
    files = sorted((seeds / "languages").glob("*/words.txt"))
    return {
        path.parent.name: [
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")
        ]
        for path in files
    }


def sentences(seeds: Path) -> Iterator[Example]:
    """What names must be found in sentences of each language."""
    for seed in _by_language(seeds, "sentences.yaml", SentencesSeed).values():
        yield from seed.examples


def entity_rows(seeds: Path) -> Iterator[EntityRow]:
    """Every row of every gazetteer."""
    for path in sorted((seeds / "entities").glob("*.jsonl")):
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(path, number, line)


def _row(path: Path, number: int, line: bytes) -> EntityRow:
    try:
        return EntityRow.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadSeed(path, number, f"{where}: {first['msg']}") from None


def _by_language(seeds: Path, name: str, model: type[Model]) -> dict[str, Model]:
    files = sorted((seeds / "languages").glob(f"*/{name}"))
    return {path.parent.name: load(path, model) for path in files}
