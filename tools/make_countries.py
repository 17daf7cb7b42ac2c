"""Writes seeds/entities/countries.jsonl and capitals.jsonl: CLDR's names and our own.

    python -m tools.make_countries           # writes both
    python -m tools.make_countries --check   # exit status 1 when one is not as it should be

CLDR (through Babel) names territories and the cities of time zones in every language.
`countries.yaml` and `capitals.yaml` add Wikidata ids, and a file of the same name in each
language's folder other names, adjectives and peoples, and what means something else.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from streams.yaml_files import load

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
OTHER_LOCALES = ("be", "da", "el", "fi", "hi", "hu", "it", "ja", "ko", "nl", "pt", "ro", "sv")
"""Languages whose names of states are CLDR's alone; they keep their form."""
SHORTEST_KANA = 4
TRADITIONAL = Locale("zh", script="Hant")
_NOTES = {"САР", "منطقة إدارية خاصة"}

Names = dict[str, list[str]]
ByCountry = dict[str, tuple[str, ...]]


class CountriesSeed(BaseModel):
    """`seeds/languages/<code>/countries.yaml`: by ISO 3166-1 alpha-2, names in base form.

    Attributes:
        names: besides CLDR's.
        demonyms: adjectives and peoples.
        short: names that count beside a sure mention of the state.
        never: phrases that hold a name and mean something else.
        unusable: states whose names in CLDR are words, or not what texts say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    names: ByCountry = {}
    demonyms: ByCountry = {}
    short: ByCountry = {}
    never: ByCountry = {}
    unusable: tuple[str, ...] = ()
    capitals: ByCountry = {}
    capital_demonyms: ByCountry = {}
    capital_short: ByCountry = {}
    capital_never: ByCountry = {}


def countries(ids: Mapping[str, Any], own: Mapping[str, CountriesSeed]) -> Iterator[dict[str, Any]]:
    """One row a state or territory, in the order of their codes."""
    for code, qid in sorted((ids["states"] | ids["territories"]).items()):
        names = {
            language: list(
                dict.fromkeys(
                    [*_territory(language, code, own), *_of(own, "names", language, code)]
                )
            )
            for language in (*own, *OTHER_LOCALES)
        }
        row = {
            "id": qid,
            "name": names["en"][0],
            "kind": "place",
            "countries": [code],
            "tier": "country",
        }
        row["names"] = _full(names)
        for key in ("short", "demonyms", "never"):
            row[key] = _full({language: list(_of(own, key, language, code)) for language in own})
        yield _finish(row, checked=code not in ids["unchecked"])


def capitals(kept: Mapping[str, Any], own: Mapping[str, CountriesSeed]) -> Iterator[dict[str, Any]]:
    """One row a capital, in the order of their countries' codes."""
    for code, entry in sorted(kept.items()):
        names = {
            language: list(
                dict.fromkeys(
                    [*_city(language, entry.get("zone")), *_of(own, "capitals", language, code)]
                )
            )
            for language in own
        }
        names["en"] = list(dict.fromkeys([entry["name"], *names["en"]]))
        short = {language: list(_of(own, "capital_short", language, code)) for language in own}
        if entry.get("ambiguous"):
            short = {language: names[language] + short[language] for language in own}
            names = {}
        # What one language has as ambiguous is so whatever CLDR says.
        names = {
            language: [name for name in found if name not in short[language]]
            for language, found in names.items()
        }
        row = {
            "id": entry["id"],
            "name": entry["name"],
            "kind": "place",
            "countries": [code],
            "tier": "capital",
        }
        row |= {"names": _full(names), "short": _full(short)}
        for key in ("demonyms", "never"):
            row[key] = _full(
                {language: list(_of(own, f"capital_{key}", language, code)) for language in own}
            )
        yield _finish(row, checked=not entry.get("unchecked"))


def _of(own: Mapping[str, CountriesSeed], key: str, language: str, code: str) -> tuple[str, ...]:
    if language not in own:
        return ()
    found: tuple[str, ...] = getattr(own[language], key).get(code, ())
    return found


def _territory(language: str, code: str, own: Mapping[str, CountriesSeed]) -> Iterator[str]:
    if language in own and code in own[language].unusable:
        return
    for locale in _locales(language):
        name = locale.territories.get(code)
        # `о-в`, `Congo - Kinshasa`: made for lists, not found in a text.
        if not name or name == code or "о-в" in name or " - " in name:
            continue
        if language == "ja" and len(name) < SHORTEST_KANA:
            continue  # タイ is Thailand, and begins many a word
        plain, _, other = name.replace(")", "").partition(" (")
        for form in (plain, other):
            if form and form not in _NOTES:
                yield form
                if " & " in form:
                    yield form.replace(" & ", " and ")
                if form.startswith("St. "):
                    yield "Saint " + form.removeprefix("St. ").replace(" & ", " and ")


def _locales(language: str) -> list[Locale]:
    return [Locale(language), TRADITIONAL] if language == "zh" else [Locale(language)]


def _city(language: str, zone: str | None) -> Iterator[str]:
    if zone is None or language == "en":
        return
    for locale in _locales(language):
        if city := locale.time_zones.get(zone, {}).get("city"):
            yield str(city)


def _full(names: Names) -> Names:
    return {language: found for language, found in sorted(names.items()) if found}


def _finish(row: dict[str, Any], *, checked: bool) -> dict[str, Any]:
    filled = {key: value for key, value in row.items() if value}
    return filled | {
        "source": "CLDR through Babel; seeds/languages",
        "checked": ["public lists"] if checked else [],
    }


def own_names() -> dict[str, CountriesSeed]:
    """What each language's folder says of states and capitals."""
    files = sorted((SEEDS / "languages").glob("*/countries.yaml"))
    return {path.parent.name: load(path, CountriesSeed) for path in files}


def main(arguments: list[str]) -> int:
    """Writes the files, or with `--check` only compares them."""
    stale = 0
    own = own_names()
    for stem, rows in (("countries", countries), ("capitals", capitals)):
        kept = YAML(typ="safe").load(SEEDS / "entities" / f"{stem}.yaml")
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(kept, own))
        path = SEEDS / "entities" / f"{stem}.jsonl"
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.stderr.write(f"{path} is not what tools/make_countries.py makes\n")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
