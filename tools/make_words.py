"""Writes seeds/languages/*/words.txt: common words that are spelt like a name of another language.

    python -m tools.make_words            # needs `pip install -r requirements/data.txt`

`Fin` is a Finn in Turkish and an end in French. In texts of a language these names count
only beside another mention of the same country. How common a word is: wordfreq.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from wordfreq import available_languages, freq_to_zipf, get_frequency_dict

from streams.seeds import entity_rows, forms_seeds
from streams.steps.entities.compiling import folder_of
from streams.steps.entities.folding import Folder
from streams.steps.entities.patterns import patterns_of
from streams.steps.entities.rows import EVERYWHERE

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
COMMON = 3.3
"""Zipf frequency: log10 of uses in a billion words."""
SHORTEST = 2
_HEAD = """\
# Common words of this language that are spelt like a name of another one; they are no names
# here without another mention of the country. Made by tools/make_words.py with wordfreq.
"""


def words(language: str, speakers: Mapping[str, AbstractSet[str]], folder: Folder) -> Iterator[str]:
    """Words of `language` that only other languages' names are spelt like.

    `speakers`: of every form, folded, the languages in which it is a name.
    """
    for word, frequency in sorted(get_frequency_dict(language).items()):
        if len(word) >= SHORTEST and freq_to_zipf(frequency) >= COMMON:
            spoken = speakers.get(folder(word).text)
            if spoken and spoken.isdisjoint({language, EVERYWHERE}):
                yield word


def main() -> None:
    """Writes the files of all languages that have a folder and that wordfreq knows."""
    forms = forms_seeds(SEEDS)
    folder = folder_of(forms)
    patterns = patterns_of(list(entity_rows(SEEDS)), forms, {}, folder)
    latin = {code for code in forms if forms[code].script == "Latn"}
    speakers = {}
    for key, pattern in patterns.items():
        spoken = {code for _, code in pattern.claims}
        # English names are written so in other languages too, with their capitals.
        spoken |= latin if pattern.capitals and "en" in spoken else set()
        if spoken:
            speakers[key.strip()] = spoken
    known = available_languages()
    for code in forms:
        if code in known:
            found = words(code, speakers, folder)
            (SEEDS / "languages" / code / "words.txt").write_text(
                _HEAD + "".join(f"{word}\n" for word in found), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
