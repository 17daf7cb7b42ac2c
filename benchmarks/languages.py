"""Language identification over parallel text: whole stories, sentences, and cuts of 40 characters.

    python -m benchmarks.languages CORPUS/open_ntrex128_18langs.jsonl

The peer is eldc alone, which `languages.yaml` completes.
"""

import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import eldc
import orjson
from rich.console import Console
from rich.table import Table

from streams.settings import Settings
from streams.steps.language import LanguagesSeed, compile_languages, identify
from streams.yaml_files import load

CUT = 40
SENTENCES = 300
"""Of each language."""


def main() -> None:
    """Prints the share told rightly, wrongly and not at all, and microseconds a text."""
    rules = compile_languages(load(Settings().seeds / "languages.yaml", LanguagesSeed))
    texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in Path(sys.argv[1]).read_bytes().splitlines():
        row = orjson.loads(line)
        sentences = [each for each in row["body"].split("\n") if each.strip()]
        texts["stories"][row["lang"]].append(row["body"])
        texts["sentences"][row["lang"]] += sentences
        texts[f"{CUT} characters"][row["lang"]] += [s[:CUT] for s in sentences if len(s) >= CUT]
    table = Table("text", "count", "right", "wrong", "und", "µs", "eldc alone, right", "worst")
    for kind, by_language in texts.items():
        told: Counter[bool | None] = Counter()
        worst: Counter[tuple[str, str]] = Counter()
        alone, seconds = 0, 0.0
        for language, each in by_language.items():
            for text in each[:SENTENCES]:
                start = time.perf_counter()
                code = identify(text, None, rules).code
                seconds += time.perf_counter() - start
                told[None if code == "und" else code == language] += 1
                worst[language, code] += code != language
                alone += eldc.detect(text) == language
        count = sum(told.values())
        table.add_row(
            kind,
            f"{count:,}",
            *(f"{told[key] / count:.2%}" for key in (True, False, None)),
            f"{seconds / count * 1e6:.0f}",
            f"{alone / count:.2%}",
            " ".join(f"{a}→{b} {n}" for (a, b), n in worst.most_common(6) if n),
        )
    Console().print(table)


if __name__ == "__main__":
    main()
