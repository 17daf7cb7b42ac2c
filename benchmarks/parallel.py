"""The same stories in many languages: does each name the countries and days of the English one?

    python -m benchmarks.parallel CORPUS/open_ntrex128_18langs.jsonl

Counted by story and country: of all countries that the English text of a story or its
translation names (a state itself, its people or adjective, its capital or its organs: the
`countries` of the entities found), the share that both name. A story in which neither
names one agrees, and counts as one.

Days likewise: the first days of all calendar dates that are found, counted from one day that
is the same for all. The English text is no gold, but finds most.
"""

import datetime as dt
import sys
from collections import Counter, defaultdict
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from streams.seeds import load_lexicon
from streams.settings import Settings
from streams.steps.dates import DateRules, find_dates
from streams.steps.entities import Gazetteer, find_entities

PUBLISHED = dt.date(2018, 10, 3)
"""A Wednesday of the weeks that the stories are from."""


def main() -> None:
    """Prints agreement by language, and the countries that it most often lacks or adds."""
    lexicon = load_lexicon(Settings().seeds)
    stories: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    days: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for line in Path(sys.argv[1]).read_bytes().splitlines():
        row = orjson.loads(line)
        text = f"{row['title'] or ''}\n{row['body']}"
        story = row["id"].rpartition("-")[0]
        stories[story][row["lang"]] = _states(text, row["lang"], lexicon.gazetteer)
        days[story][row["lang"]] = _days(text, row["lang"], lexicon.dates)
    languages = sorted({language for story in stories.values() for language in story} - {"en"})
    table = Table("language", "agree", "same set", "lacking", "added", "days agree")
    for language in languages:
        both = either = same = 0
        agreed, named = _agreement([(day["en"], day[language]) for day in days.values()])
        lacking: Counter[str] = Counter()
        added: Counter[str] = Counter()
        for story in stories.values():
            english, other = story["en"], story[language]
            both += len(english & other) or not english | other
            either += len(english | other) or 1
            same += english == other
            lacking.update(english - other)
            added.update(other - english)
        table.add_row(
            language,
            f"{both / either:.1%}",
            f"{same / len(stories):.0%}",
            " ".join(f"{code} {count}" for code, count in lacking.most_common(6)),
            " ".join(f"{code} {count}" for code, count in added.most_common(6)),
            f"{agreed / named:.1%} of {named}",
        )
    Console().print(f"{len(stories)} stories", table)


def _states(text: str, language: str, gazetteer: Gazetteer) -> frozenset[str]:
    entities = find_entities(None, text, language, gazetteer)
    return frozenset(code for entity in entities for code in entity.countries)


def _days(text: str, language: str, rules: DateRules) -> frozenset[str]:
    found = find_dates(text, "body", language, PUBLISHED, rules)
    return frozenset(date.span.begin for date in found if date.span and date.span.begin)


def _agreement(pairs: list[tuple[frozenset[str], frozenset[str]]]) -> tuple[int, int]:
    """How many both of a pair have, and how many either has."""
    return sum(len(a & b) for a, b in pairs), sum(len(a | b) for a, b in pairs)


if __name__ == "__main__":
    main()
