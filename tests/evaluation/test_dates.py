"""The annotated articles: their offsets, and that the dates found in them do not get worse."""

from pathlib import Path

import orjson
import pytest

from benchmarks.annotated_dates import SETS, same, score
from streams.lexicon import Lexicon

FILES = sorted(SETS.glob("*.jsonl"))
LEAST = {"ar": 0.84, "de": 0.93, "en": 0.92, "ru": 0.93}
"""Value F1, two or three hundredths below what was measured."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_annotated_date_cuts_out_its_surface(path: Path) -> None:
    for line in path.read_bytes().splitlines():
        article = orjson.loads(line)
        assert article["licence"]
        for date in article["dates"]:
            assert article["body"][date["start"] : date["end"]] == date["surface"] != ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_annotated_dates_are_read_as_well_as_they_were(path: Path, lexicon: Lexicon) -> None:
    assert score(path, lexicon.dates).value_f1 >= LEAST[path.stem]


def test_a_value_is_right_when_it_begins_the_same_and_is_no_coarser() -> None:
    assert same("2024-W45", "2024-11-07")
    assert same("2024-11-07", "2024-11-07T15:30")
    assert same("2024-05-03/2024-05-05", "2024-05-03/2024-05-05")
    assert not same("2024-11-07", "2024-11")
    assert not same("2024-11-07", "2024-11-08")
    assert not same("2024-05-03/2024-05-05", "2024-05-03")
    assert not same("2024-11-07", "PRESENT_REF")
