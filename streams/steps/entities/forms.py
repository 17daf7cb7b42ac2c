"""Every form that a name takes in the texts of a language, made once when seeds are compiled."""

from collections.abc import Iterator, Mapping

from streams.steps.entities.grammar import Ending, FormsSeed, Paradigm

FIXED = "="
"""Before a word of a name: it never changes."""
ITSELF = "_"
"""In a rule: the ending that the word has."""


def forms_of(name: str, paradigm: Paradigm, seed: FormsSeed) -> Iterator[tuple[str, int]]:
    """The forms of `name`, each with the length of what is written before the name itself.

    A demonym also comes with the article, when the language has one: `روسي`, `الروسي`.
    Forms may repeat.

    >>> list(forms_of("Russian", "demonym", english))
    [('Russian', 0), ('Russians', 0)]
    """
    article = seed.article
    if article and not article.persons and paradigm in {"person_m", "person_f"}:
        seed = seed.model_copy(update={"article": None})
    parts = name.split()
    if paradigm in seed.last_word:
        parts[:-1] = [FIXED + word.removeprefix(FIXED) for word in parts[:-1]]
    for words in inflect(parts, seed.endings.get(paradigm, {})):
        yield from _attach(" ".join(words), seed)
        if article and paradigm == "demonym":
            definite = [w if w.startswith(article.word) else article.word + w for w in words]
            yield from _attach(" ".join(definite), seed)


def plain(name: str) -> str:
    """The name without the signs that say which of its words never change."""
    return " ".join(word.removeprefix(FIXED) for word in name.split())


def inflect(words: list[str], endings: Mapping[str, Ending]) -> Iterator[list[str]]:
    """The words in every case; all in the same one, when there is more than one."""
    by_word = [_word_forms(word, endings) for word in words]
    if len(by_word) == 1:
        yield from ([form] for form in by_word[0])
        return
    # A word that never changes has one form: it goes with every case of the others.
    cases = min((len(forms) for forms in by_word if len(forms) > 1), default=1)
    for case in range(cases):
        yield [forms[case] if len(forms) > 1 else forms[0] for forms in by_word]


def _word_forms(word: str, endings: Mapping[str, Ending]) -> list[str]:
    if word.startswith(FIXED):
        return [word[len(FIXED) :]]
    for start in range(len(word)):
        end = word[start:]
        if (rule := endings.get(end)) is not None:
            return [word[:start] + form.replace(ITSELF, end) for form in rule.forms]
    return [word]


def _attach(form: str, seed: FormsSeed) -> Iterator[tuple[str, int]]:
    article = seed.article
    yield form, 0
    if article is None or not form.startswith(article.word):
        yield from ((clitic + form, len(clitic)) for clitic in seed.clitics)
        return
    yield from ((clitic + form, len(clitic)) for clitic in article.clitics)
    bare = form[len(article.word) :]
    yield from ((merged + bare, len(merged)) for merged in article.merged)
