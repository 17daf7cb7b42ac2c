"""Many articles abreast end as each would alone, and one that goes wrong harms no other."""

from functools import cache
from itertools import pairwise
from typing import Any, cast

import orjson
from faust.types import EventT
from hypothesis import given
from hypothesis import strategies as st

from schemas.outcomes import Candidate, Rejected
from streams.abreast import Steps, abreast
from streams.agents.work import MOST_BYTES, parts
from streams.cli.files import Record, records
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, Processed, process, processing
from streams.seeds import load_lexicon
from streams.settings import ROOT
from streams.steps.versions import History

WAY = st.lists(st.sampled_from(("decode", "clean", "dates")), max_size=3)


@cache
def lexicon() -> Lexicon:
    return load_lexicon(ROOT / "seeds")


def nothing(_uri: str) -> History | None:
    return None


@given(st.lists(WAY, max_size=5))
def test_every_step_is_told_once_and_what_is_made_keeps_its_place(ways: list[list[str]]) -> None:
    told: list[str] = []

    def way(names: list[str], made: int) -> Steps[int]:
        yield from names
        return made

    assert abreast(map(way, ways, range(9)), told.append) == list(range(len(ways)))
    assert sorted(told) == sorted(name for names in ways for name in names)


def test_no_article_takes_a_step_before_all_have_taken_the_one_before_it() -> None:
    taken: list[tuple[str, int]] = []

    def way(number: int) -> Steps[None]:
        for step in ("decode", "clean"):
            yield step
            taken.append((step, number))

    abreast([way(1), way(2)])

    assert taken == [("decode", 1), ("decode", 2), ("clean", 1), ("clean", 2)]


def test_abreast_the_sample_articles_end_byte_for_byte_as_they_end_alone() -> None:
    files = ("demo.jsonl", "seed-page.txt")
    articles = [each for name in files for each in records(str(ROOT / "seeds/articles" / name), {})]
    came = [
        (record.value, Arrival(record.key, number, 1_730_980_800_000))
        for number, record in enumerate([*articles, Record(None, b"{"), Record(b"u", b"")])
    ]
    assert len(came) > 10

    together = abreast(processing(*each, nothing, lexicon()) for each in came)

    assert orjson.dumps(together) == orjson.dumps(
        [process(*each, nothing, lexicon()) for each in came]
    )


def test_an_article_that_we_fail_at_says_at_which_step_and_the_next_one_goes_on() -> None:
    def history_of(uri: str) -> History | None:
        if uri == "bad":
            raise RuntimeError("we failed")
        return None

    def way(uri: str) -> Steps[Processed]:
        raw = orjson.dumps({"uri": uri, "wire": "w", "body": "It rained in Paris."})
        return processing(raw, Arrival(uri.encode(), 0, 0), history_of, lexicon())

    bad, good = abreast(map(way, ("bad", "good")))

    assert isinstance(bad.outcome, Rejected)
    assert (bad.outcome.stage, bad.outcome.reason) == ("version", "internal_error")
    assert isinstance(good.outcome, Candidate)


class Message:
    def __init__(self, key: bytes | None, value: bytes | None) -> None:
        self.key, self.value = key, value


class Event:
    def __init__(self, key: bytes | None, value: bytes | None) -> None:
        self.message = Message(key, value)


@given(
    st.lists(
        st.builds(
            Event,
            st.sampled_from((None, b"a", b"b", b"c")),
            st.sampled_from((None, b"", b"x", bytes(MOST_BYTES // 2), bytes(2 * MOST_BYTES))),
        )
    )
)
def test_a_batch_is_parted_in_its_order_where_a_uri_comes_again_or_it_grows_too_large(
    events: list[Event],
) -> None:
    made: list[Any] = list(parts(cast("list[EventT[bytes]]", events)))

    assert [event for part in made for event in part] == events
    for part in made:
        assert part
        keys = [event.message.key for event in part]
        assert len(keys) == len(set(keys))
        sizes = [len(event.message.value or b"") for event in part]
        assert len(part) == 1 or sum(sizes) <= MOST_BYTES
    for before, after in pairwise(made):
        first = after[0].message
        together = sum(len(event.message.value or b"") for event in [*before, after[0]])
        assert first.key in {each.message.key for each in before} or together > MOST_BYTES
