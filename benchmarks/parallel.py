"""The same stories in many languages: does each name the same countries as the English one?

    python -m benchmarks.parallel CORPUS/open_ntrex128_18langs.jsonl

Counted by story and country: of all countries that the English text of a story or its
translation names (a state itself, its people or adjective, its capital or its organs: the
`countries` of the entities found), the share that both name. A story in which neither
names one agrees, and counts as one.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from streams import seeds
from streams.settings import Settings
from streams.steps.entities import Gazetteer, find_entities


def main() -> None:
    """Prints agreement by language, and the countries that it most often lacks or adds."""
    gazetteer = seeds.gazetteer(Settings().seeds)
    stories: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for line in Path(sys.argv[1]).read_bytes().splitlines():
        row = orjson.loads(line)
        text = f"{row['title'] or ''}\n{row['body']}"
        stories[row["id"].rpartition("-")[0]][row["lang"]] = _states(text, row["lang"], gazetteer)
    languages = sorted({language for story in stories.values() for language in story} - {"en"})
    table = Table("language", "agree", "same set", "lacking", "added")
    for language in languages:
        both = either = same = 0
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
        )
    Console().print(f"{len(stories)} stories", table)


def _states(text: str, language: str, gazetteer: Gazetteer) -> frozenset[str]:
    entities = find_entities(None, text, language, gazetteer)
    return frozenset(code for entity in entities for code in entity.countries)


if __name__ == "__main__":
    main()
