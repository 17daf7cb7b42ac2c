"""The compiled names on disk: kept, used, made anew when data changes or the file is damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from streams import compiled
from streams.seeds import dates_seeds, names
from streams.settings import ROOT
from streams.steps.dates import DatesSeed
from streams.steps.entities import Gazetteer, find_entities


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """English, and the capitals only: quick to compile."""
    for name in ("entities/capitals.jsonl", "languages/en/forms.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / "seeds" / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def made(seeds: Path) -> tuple[Callable[[], Gazetteer], list[Path]]:
    """What compiles, and a list that grows each time that it does."""
    times: list[Path] = []

    def make() -> Gazetteer:
        times.append(seeds)
        return names(seeds)

    return make, times


def test_names_are_compiled_once(
    seeds: Path, made: tuple[Callable[[], Gazetteer], list[Path]]
) -> None:
    make, times = made
    first = compiled.gazetteer(seeds, make)
    second = compiled.gazetteer(seeds, make)
    assert len(times) == 1
    assert first.pack() == second.pack()
    assert find_entities(None, "London", "en", second)[0].id == "Q84"


def test_a_change_of_the_data_makes_them_anew_and_the_old_file_goes(
    seeds: Path, made: tuple[Callable[[], Gazetteer], list[Path]]
) -> None:
    make, times = made
    compiled.gazetteer(seeds, make)
    rows = seeds / "entities" / "capitals.jsonl"
    rows.write_text(
        rows.read_text("utf-8").replace('"name": "London"', '"name": "Londinium"'), "utf-8"
    )
    changed = compiled.gazetteer(seeds, make)
    assert len(times) == 2
    assert find_entities(None, "London", "en", changed)[0].name == "Londinium"
    assert len(list((seeds / ".compiled").iterdir())) == 1


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:0], lambda b: b[:-9] + b"x" * 9])
def test_a_damaged_file_is_not_taken(
    seeds: Path,
    made: tuple[Callable[[], Gazetteer], list[Path]],
    damage: Callable[[bytes], bytes],
) -> None:
    make, times = made
    compiled.gazetteer(seeds, make)
    path = compiled.names_path(seeds)
    path.write_bytes(damage(path.read_bytes()))
    compiled.gazetteer(seeds, make)
    assert len(times) == 2


def test_where_nothing_can_be_written_names_are_there_all_the_same(
    seeds: Path,
    made: tuple[Callable[[], Gazetteer], list[Path]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    make, _ = made
    (seeds / ".compiled").write_text("in the way")
    assert compiled.gazetteer(seeds, make).ids
    assert "could not be kept" in caplog.text


def test_dates_are_read_from_yaml_once_and_again_when_a_language_changes(tmp_path: Path) -> None:
    for name in ("en", "fr"):
        (tmp_path / "languages" / name).mkdir(parents=True)
        for file in (ROOT / "seeds" / "languages" / name).glob("dates.yaml"):
            shutil.copy(file, tmp_path / "languages" / name / file.name)
    times: list[Path] = []

    def make() -> dict[str, DatesSeed]:
        times.append(tmp_path)
        return dates_seeds(tmp_path)

    first = compiled.dates(tmp_path, make)
    assert compiled.dates(tmp_path, make) == first
    assert (sorted(first), len(times)) == (["en", "fr"], 1)
    french = tmp_path / "languages" / "fr" / "dates.yaml"
    french.write_text("# changed\n" + french.read_text("utf-8"), "utf-8")
    assert compiled.dates(tmp_path, make) == first
    assert len(times) == 2
    (kept,) = (tmp_path / ".compiled").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert compiled.dates(tmp_path, make) == first
    assert len(times) == 3
