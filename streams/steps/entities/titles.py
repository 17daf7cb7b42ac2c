"""Words that announce a person, by language: `seeds/languages/<code>/titles.yaml`.

A title before a surname says whom it means; before names that nobody has listed it says
that they are a person's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from streams.steps.entities.folding import Folder
from streams.steps.entities.grammar import FormsSeed, Paradigm
from streams.steps.entities.rows import Language, Phrase, Seed


class NamesExample(Seed):
    """A text, and the persons that nobody has listed whom its titles announce."""

    text: Phrase
    names: tuple[Phrase, ...]


class TitlesSeed(Seed):
    """What stands around the names of persons.

    Attributes:
        titles: by paradigm, in the base form; a word with `=` never changes.
        between: words that may stand between a title and the name: former, acting.
        particles: small words inside a name: `von`, `bin`.
        stop: words that are never part of a name although they may follow a title.
        given: first names, besides those of the persons that are listed.
        given_first: whether one of them must follow the title, as capitals do not tell a name
            from a noun; so it is in scripts without capitals, and in German.
    """

    language: Language
    titles: dict[Paradigm, tuple[Phrase, ...]]
    between: tuple[Phrase, ...] = ()
    particles: tuple[Phrase, ...] = ()
    stop: tuple[Phrase, ...] = ()
    given: tuple[Phrase, ...] = ()
    given_first: bool = False
    examples: tuple[NamesExample, ...]


@dataclass(frozen=True, slots=True)
class TitleWords:
    """Of one language, folded. `cased`: names begin with capitals."""

    cased: bool
    given_first: bool
    clitics: tuple[str, ...]
    between: frozenset[str]
    particles: frozenset[str]
    stop: frozenset[str]


def title_words(seed: TitlesSeed, forms: FormsSeed, folder: Folder) -> TitleWords:
    """The seed's words as texts have them once folded."""

    def fold(words: Iterable[str]) -> frozenset[str]:
        return frozenset(folder.fold(word).strip() for word in words)

    return TitleWords(
        cased="names" in forms.capitalised,
        given_first=seed.given_first,
        clitics=tuple(sorted(fold(forms.clitics), key=len)),
        between=fold(seed.between),
        particles=fold(seed.particles),
        stop=fold(seed.stop),
    )
