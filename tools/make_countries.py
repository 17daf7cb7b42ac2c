"""Writes seeds/entities/countries.jsonl and capitals.jsonl: CLDR's names and our own.

    python tools/make_countries.py           # writes both
    python tools/make_countries.py --check   # exit status 1 when one is not as it should be

CLDR (through Babel) names territories and the cities of time zones in every language.
`countries.yaml` and `capitals.yaml` add what it has not: Wikidata ids, other names,
adjectives and peoples, and phrases that mean something else.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from ruamel.yaml import YAML

ENTITIES = Path(__file__).resolve().parent.parent / "seeds" / "entities"
LANGUAGES = ("ar", "en", "ru")
LOCALES = {code: Locale(code) for code in LANGUAGES}
UNUSABLE = {
    ("ar", "AW"),  # a common misspelling of Europe
    ("ar", "BJ"),  # `sons`
    ("ar", "OM"),  # also Amman
}
Names = dict[str, list[str]]


def countries(kept: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row a state or territory, in the order of their codes."""
    territories = {
        code: {"id": qid, "names": kept["names_of_territories"].get(code, {})}
        for code, qid in kept["territories"].items()
    }
    for code, entry in sorted((kept["states"] | territories).items()):
        cldr = {language: list(_cldr_names(language, code)) for language in LANGUAGES}
        own = entry.get("names", {})
        if code in kept["names_of_territories"]:
            cldr |= {language: [] for language in own}
        names = _merge(cldr, own)
        row = {
            "id": entry["id"],
            "name": (cldr["en"] or names["en"])[0],
            "kind": "place",
            "countries": [code],
            "tier": "country",
            "names": names,
        }
        yield _finish(row, entry | {"qid_checked": code not in kept["unchecked"]})


def capitals(kept: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row a capital, in the order of their countries' codes."""
    for code, entry in sorted(kept.items()):
        zone = {
            language: [city]
            for language in LANGUAGES
            if (city := _city(language, entry.get("zone"))) and city != entry["name"]
        }
        names = _merge({"en": [entry["name"]]}, zone, entry.get("names", {}))
        row = {
            "id": entry["id"],
            "name": entry["name"],
            "kind": "place",
            "countries": [code],
            "tier": "capital",
        }
        row["short" if entry.get("ambiguous") else "names"] = names
        yield _finish(row, entry)


def _cldr_names(language: str, code: str) -> Iterator[str]:
    name = LOCALES[language].territories.get(code)
    # `о-в`, `Congo - Kinshasa`: made for lists, not found in a text.
    if not name or (language, code) in UNUSABLE or "о-в" in name or " - " in name:
        return
    plain, _, other = name.replace(")", "").partition(" (")
    for form in (plain, other):
        if form and form not in {"САР", "منطقة إدارية خاصة"}:
            yield form
            if " & " in form:
                yield form.replace(" & ", " and ")
            if form.startswith("St. "):
                yield "Saint " + form.removeprefix("St. ").replace(" & ", " and ")


def _city(language: str, zone: str | None) -> str | None:
    if zone is None:
        return None
    city = LOCALES[language].time_zones.get(zone, {}).get("city")
    return str(city) if city else None


def _merge(*parts: Names) -> Names:
    merged: dict[str, dict[str, None]] = {}
    for part in parts:
        for language, names in part.items():
            merged.setdefault(language, {}).update(dict.fromkeys(map(str, names)))
    return {language: list(names) for language, names in sorted(merged.items()) if names}


def _finish(row: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    for key in ("short", "demonyms", "never"):
        if entry.get(key):
            row[key] = _merge(entry[key])
    if row.get("short"):
        row["needs"] = "country"
    source = (
        "CLDR through Babel; our own" if row["tier"] == "country" or "zone" in entry else "our own"
    )
    return row | {"source": source, "qid_checked": bool(entry.get("qid_checked", True))}


def main(arguments: list[str]) -> int:
    """Writes the files, or with `--check` only compares them."""
    stale = 0
    for stem, rows in (("countries", countries), ("capitals", capitals)):
        kept = YAML(typ="safe").load(ENTITIES / f"{stem}.yaml")
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(kept))
        path = ENTITIES / f"{stem}.jsonl"
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.stderr.write(f"{path} is not what tools/make_countries.py makes\n")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
