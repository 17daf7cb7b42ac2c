"""How many word pairs two articles share, told from six bits a pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams import bloom
from streams.bloom import Hashes

BY_CHANCE = 0.085
"""Of six bits a pair and two hashes: (1 - exp(-1/3))² is 0.080."""


def random_pairs(seed: int, count: int) -> Hashes:
    rng = np.random.default_rng(seed)
    return rng.choice(2**32, count, replace=False).astype(np.uint32)


def shared(had: Hashes, asked: Hashes) -> float:
    return bloom.Filter(bloom.make(bloom.Question(had))).shared(bloom.Question(asked))


@given(st.integers(0, 2**32), st.integers(1, 900), st.integers(1, 900), st.floats(0, 1))
def test_the_shared_pairs_are_about_right(seed: int, had: int, asked: int, part: float) -> None:
    pairs = random_pairs(seed, had + asked)
    truth = int(part * min(had, asked))
    told = shared(pairs[:had], pairs[had - truth : had - truth + asked])
    assert abs(told - truth) <= 2 + 6 * (asked * BY_CHANCE) ** 0.5


@pytest.mark.parametrize("truth", [60, 150, 240])
def test_what_is_there_by_chance_is_taken_off(truth: int) -> None:
    told = []
    for seed in range(100):
        pairs = random_pairs(seed, 600)
        told.append(shared(pairs[:300], pairs[300 - truth : 600 - truth]))
    assert abs(np.mean(told) - truth) < 2


def test_two_texts_with_nothing_in_common_share_next_to_nothing() -> None:
    told = [shared(*np.split(random_pairs(seed, 600), 2)) for seed in range(100)]
    assert np.mean(told) < 4
    assert min(told) == 0


@given(st.integers(0, 2**32), st.integers(1, 2_000), st.data())
def test_what_it_was_made_of_is_there(seed: int, count: int, data: st.DataObject) -> None:
    pairs = random_pairs(seed, count)
    part = pairs[data.draw(st.integers(0, count)) :]
    assert shared(pairs, part) == len(part)


def test_an_empty_filter_has_nothing() -> None:
    nothing = random_pairs(1, 0)
    assert shared(nothing, random_pairs(1, 50)) == 0
    assert shared(nothing, nothing) == 0
    assert shared(random_pairs(1, 50), nothing) == 0


def test_a_pair_takes_six_bits() -> None:
    assert len(bloom.make(bloom.Question(random_pairs(1, 400)))) == 300
