"""What the index of duplicates forgets, and when."""

import faust
import pytest

from schemas.topics import CANDIDATES, INDEX_CHANGELOG
from streams.changelogs import Changelogs
from streams.indexes import Indexes
from streams.settings import Settings
from streams.steps.duplicates.verdict import HOUR_MS
from tests.steps.duplicates.news import START_MS, WINDOW_MS, an_index, an_item

TEXT = "The two delegations met in Geneva on Thursday and agreed to meet again in a month. "
WINDOW_HOURS = WINDOW_MS // HOUR_MS
NOW_MS = START_MS + 1000 * HOUR_MS


@pytest.fixture
def indexes() -> Indexes:
    changelogs = Changelogs(faust.App("newswire"), "127.0.0.1:1", Settings())
    return Indexes(changelogs, INDEX_CHANGELOG, CANDIDATES, an_index)


def came(indexes: Indexes, uri: str, hours: float, partition: int = 0) -> None:
    indexes[partition].judge(an_item(uri, f"{uri}: {TEXT * 3}", hours=hours))
    indexes.save(NOW_MS)


def test_of_a_backlog_nothing_is_forgotten_before_its_own_window_has_passed(
    indexes: Indexes,
) -> None:
    came(indexes, "a", hours=0)
    came(indexes, "b", hours=WINDOW_HOURS)
    assert len(indexes) == 2
    came(indexes, "c", hours=WINDOW_HOURS + 1)
    assert len(indexes) == 2


def test_a_partition_that_is_behind_keeps_what_one_that_is_ahead_forgets(indexes: Indexes) -> None:
    came(indexes, "a", hours=0, partition=0)
    came(indexes, "b", hours=0, partition=1)
    came(indexes, "c", hours=2 * WINDOW_HOURS, partition=1)
    assert (len(indexes[0]), len(indexes[1])) == (1, 1)


def test_an_article_from_the_future_makes_nobody_forget_the_present(indexes: Indexes) -> None:
    came(indexes, "a", hours=1000)
    came(indexes, "future", hours=1000 * WINDOW_HOURS)
    came(indexes, "b", hours=1000)
    assert len(indexes) == 3
