"""All that `seeds/` says, compiled: what the steps know besides the article."""

from dataclasses import dataclass

from schemas.stream import StreamDefinition
from streams.steps.clean import NoiseRules
from streams.steps.dates import DateRules
from streams.steps.entities import Gazetteer
from streams.steps.language import LanguageRules
from streams.steps.lifecycle import LifecycleRules
from streams.steps.route import Streams


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Read once at start by `streams.seeds`; never changed after."""

    noise: NoiseRules
    lifecycle: LifecycleRules
    languages: LanguageRules
    gazetteer: Gazetteer
    dates: DateRules
    streams: Streams
    definitions: tuple[StreamDefinition, ...]
