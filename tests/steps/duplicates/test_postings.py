"""Which articles have a key, and what is forgotten of it."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.bloom import Hashes
from streams.steps.duplicates.postings import HOT, PLACES, Postings

SMALLEST = Postings().nbytes


def some_keys(seed: int, count: int) -> Hashes:
    rng = np.random.default_rng(seed)
    return rng.choice(2**32, count, replace=False).astype(np.uint32)


def by_bucket(postings: Postings, keys: Hashes) -> list[list[int]]:
    buckets = defaultdict(list)
    for bucket, key in zip(postings.look(keys, 1).buckets.tolist(), keys.tolist(), strict=True):
        buckets[bucket].append(key)
    return list(buckets.values())


def add(postings: Postings, keys: Hashes, article: int, oldest: int = 1) -> None:
    postings.add(postings.look(keys, oldest), len(keys), article)


def having(postings: Postings, key: int | np.uint32, oldest: int = 1) -> list[int]:
    return sorted(postings.look(np.array([key], np.uint32), oldest).articles(0))


# Two to a bucket: both may be hot, and there is room for all that is not to be forgotten.
PAIRS = [pair[:2] for pair in by_bucket(Postings(), some_keys(1, 400)) if len(pair) >= 2][:15]
ALPHABET = [key for pair in PAIRS for key in pair]
ARTICLES = st.lists(
    st.tuples(st.sets(st.sampled_from(ALPHABET), min_size=1), st.integers(0, 3)), max_size=60
)


@given(ARTICLES)
def test_every_article_is_found_by_each_of_its_keys(articles: list[tuple[set[int], int]]) -> None:
    postings, model, oldest = Postings(), defaultdict[int, list[int]](list), 1
    for article, (keys, gone) in enumerate(articles, 1):
        oldest = min(oldest + gone, article)
        add(postings, np.array(sorted(keys), np.uint32), article, oldest)
        for key in keys:
            model[key].append(article)
        for key in ALPHABET:
            kept = [number for number in model[key][-HOT:] if number >= oldest]
            assert having(postings, key, oldest) == kept


@given(ARTICLES, st.sets(st.sampled_from(ALPHABET)), st.integers(0, 30))
def test_the_articles_are_told_once_for_each_of_the_keys_asked_for(
    articles: list[tuple[set[int], int]], asked: set[int], names: int
) -> None:
    postings, keys = Postings(), np.array(sorted(asked), np.uint32)
    for article, (own, _) in enumerate(articles[:HOT], 1):
        add(postings, np.array(sorted(own), np.uint32), article)
    look = postings.look(keys, 1)
    for told, part in (
        (look.articles(0, names), keys[:names]),
        (look.articles(names), keys[names:]),
    ):
        had = [len(own & set(part.tolist())) for own, _ in articles[:HOT]]
        assert Counter(told) == +Counter(dict(enumerate(had, 1)))


@given(ARTICLES, st.integers(0, 30))
def test_only_the_first_keys_are_remembered_when_so_asked(
    articles: list[tuple[set[int], int]], count: int
) -> None:
    postings, model = Postings(), defaultdict[int, list[int]](list)
    for article, (keys, _) in enumerate(articles[:HOT], 1):
        kept = sorted(keys)[:count]
        postings.add(postings.look(np.array(sorted(keys), np.uint32), 1), len(kept), article)
        for key in kept:
            model[key].append(article)
    assert all(having(postings, key) == model[key] for key in ALPHABET)


@pytest.mark.parametrize("count", [8, 32, 66])
def test_a_new_article_has_all_of_its_keys_in_a_table_of_any_load(count: int) -> None:
    postings = Postings()
    for article in range(1, 200):
        keys = some_keys(article, count)
        add(postings, keys, article)
        assert all(having(postings, key)[-1:] == [article] for key in keys.tolist())


def test_a_hot_key_keeps_its_newest_and_takes_no_more_room() -> None:
    postings = Postings()
    for article in range(1, 10_000):
        add(postings, np.array([7], np.uint32), article)
    assert having(postings, 7) == list(range(10_000 - HOT, 10_000))
    assert postings.nbytes == SMALLEST


def test_a_hot_key_drives_no_other_out_of_its_bucket() -> None:
    postings = Postings()
    hot, other = PAIRS[0]
    add(postings, np.array([other], np.uint32), 1)
    for article in range(2, 100):
        add(postings, np.array([hot], np.uint32), article)
    assert having(postings, other, 1) == [1]


def test_a_full_bucket_forgets_its_oldest() -> None:
    postings = Postings()
    crowd = next(keys for keys in by_bucket(postings, some_keys(2, 20_000)) if len(keys) >= 20)[:20]
    for article, key in enumerate(crowd, 1):
        add(postings, np.array([key], np.uint32), article)
    found = [having(postings, key) for key in crowd]
    assert found == [[]] * (20 - PLACES) + [[article] for article in range(5, 21)]


def test_growing_keeps_what_was_there() -> None:
    postings, asked = Postings(), [some_keys(article, 30) for article in range(103)]
    for article, keys in enumerate(asked[:-1], 1):
        add(postings, keys, article)
    before = [having(postings, key) for keys in asked[:-1] for key in keys]
    assert postings.nbytes == SMALLEST
    add(postings, asked[-1], 103)
    assert postings.nbytes == 2 * SMALLEST
    assert [having(postings, key) for keys in asked[:-1] for key in keys] == before


def test_hardly_anything_is_forgotten_of_what_is_in_the_window() -> None:
    postings, asked = Postings(), [some_keys(article, 30) for article in range(1_000)]
    for article, keys in enumerate(asked, 1):
        add(postings, keys, article)
    found = [having(postings, key) == [n] for n, keys in enumerate(asked, 1) for key in keys]
    assert sum(found) > 0.97 * len(found)


def test_a_window_that_moves_on_takes_no_more_room_and_loses_nothing_recent() -> None:
    postings, window = Postings(), 40
    for article in range(1, 2_000):
        add(postings, some_keys(article, 30), article, max(1, article - window))
    assert postings.nbytes <= SMALLEST * 2
    oldest = 2_000 - window
    for article in range(oldest, 2_000):
        found = [having(postings, key, oldest) for key in some_keys(article, 30).tolist()]
        assert found.count([article]) >= 28
    assert not any(having(postings, key, oldest) for key in some_keys(oldest - 1, 30).tolist())
