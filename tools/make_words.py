"""Writes seeds/languages/*/words.txt: common words that are spelt like a name of another language.

    python -m tools.make_words            # needs `pip install -r requirements/data.txt`

`Fin` is a Finn in Turkish and an end in French. In texts of a language these names count
only beside another mention of the same country. How common a word is: wordfreq.
"""

from collections.abc import Iterator
from pathlib import Path

from wordfreq import available_languages, freq_to_zipf, get_frequency_dict

from streams.seeds import entity_rows, forms_seeds
from streams.steps.entities.compiling import folder_of
from streams.steps.entities.patterns import patterns_of
from streams.steps.entities.rows import EVERYWHERE, EntityRow

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
COMMON = 3.3
"""Zipf frequency: log10 of uses in a billion words."""
SHORTEST = 2
_PHRASES = ("names", "short", "demonyms", "never")
_HEAD = """\
# Common words of this language that are spelt like a name of another one; they are no names
# here without another mention of the country. Made by tools/make_words.py with wordfreq.
"""


def words(language: str, rows: list[EntityRow]) -> Iterator[str]:
    """Words of `language` that some other language's names are spelt like, and no name of its own."""
    forms = forms_seeds(SEEDS)
    folder = folder_of(forms)
    own = [cut for row in rows if (cut := _only(row, {language, EVERYWHERE}))]
    mine = patterns_of(own, {code: forms[code] for code in forms if code == language}, {}, folder)
    alien = {key[1:] for key in patterns_of(rows, forms, {}, folder) if key[0] == " "} - {
        key[1:] for key in mine
    }
    for word, frequency in sorted(get_frequency_dict(language).items()):
        if len(word) >= SHORTEST and freq_to_zipf(frequency) >= COMMON:
            folded = folder(word).text
            if folded in alien:
                yield word


def _only(row: EntityRow, languages: set[str]) -> EntityRow | None:
    """The row with its names in these languages; None when there are none."""
    cut = {
        key: {code: names for code, names in getattr(row, key).items() if code in languages}
        for key in _PHRASES
    }
    return row.model_copy(update=cut) if any(cut.values()) else None


def main() -> None:
    """Writes the files of all languages that have a folder and that wordfreq knows."""
    rows = list(entity_rows(SEEDS))
    known = available_languages()
    for folder in sorted((SEEDS / "languages").iterdir()):
        if folder.name in known and (folder / "forms.yaml").exists():
            found = list(dict.fromkeys(words(folder.name, rows)))
            (folder / "words.txt").write_text(
                _HEAD + "".join(f"{word}\n" for word in found), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
