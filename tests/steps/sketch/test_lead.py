"""The lead tells a follow-up from a copy: it must be found behind what pages put before it."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.bloom import Hashes
from streams.steps.sketch import sketch
from streams.steps.sketch.shingles import LEAD_PAIRS, MOST_KEYS, SAMPLE

STORY = (
    "A ferry with more than a hundred people on board sank near the island on Tuesday night.\n"
    "Fishing boats reached it first, the coast guard said, and took all passengers ashore."
)
MENU = "Home\nWorld\nSport and more\nSign in\n\n"


def within(part: Hashes, whole: Hashes) -> bool:
    return set(part.tolist()) <= set(whole.tolist())


@pytest.mark.parametrize("before", ["", MENU, "Ferry sinks off the coast\n", "\n\n\t\n"])
def test_the_lead_starts_at_the_first_real_paragraph(before: str) -> None:
    alone = sketch("Ferry sinks off the coast", STORY)
    assert np.array_equal(sketch("Ferry sinks off the coast", before + STORY).lead, alone.lead)


def test_a_repeated_headline_of_any_length_is_no_lead() -> None:
    headline = "A ferry with many people on board sinks off the coast in a storm"
    told = sketch(headline, f"{headline.upper()}!\n{STORY}")
    assert np.array_equal(told.lead, sketch(headline, STORY).lead)
    assert not np.array_equal(told.lead, sketch("Other", f"{headline}\n{STORY}").lead)


def test_a_text_of_short_lines_only_is_its_own_lead() -> None:
    assert (
        np.array_equal(sketch(None, "Gold up\nOil down\n").lead, sketch(None, MENU).lead) is False
    )
    assert len(sketch(None, "Gold up\nOil down\n").lead) == 3


def test_the_lead_is_a_part_of_the_pairs_and_no_more_than_its_length() -> None:
    made = sketch(None, " ".join(words_of(1, 200)))
    assert len(made.lead) == LEAD_PAIRS
    assert within(made.lead, made.pairs)


def test_scripts_without_spaces_have_pairs_keys_and_a_lead() -> None:
    chinese = "一艘载有很多人的渡轮星期二在岛屿港口附近沉没，海岸警卫队表示，救援行动仍在进行。"
    thai = "เรือข้ามฟากที่มีผู้โดยสารจำนวนมากจมลงใกล้ท่าเรือของเกาะเมื่อวันอังคาร"
    for text in (chinese, thai):
        told, more = sketch(None, text), sketch(None, f"{text}\n{text[5:20]}")
        assert told.words > 30
        assert len(told.keys) >= 8
        assert within(told.pairs, more.pairs)
        assert within(told.lead, more.lead)


def test_a_line_of_a_menu_without_spaces_is_no_lead() -> None:
    story = "一艘载有很多人的渡轮星期二在岛屿港口附近沉没，海岸警卫队表示，救援行动仍在进行。"
    assert np.array_equal(
        sketch(None, f"首页\n国际新闻\n登录\n{story}").lead, sketch(None, story).lead
    )


def words_of(seed: int, count: int) -> list[str]:
    rng = Random(seed)
    return ["".join(rng.choices("abcdeабвгд", k=6)) for _ in range(count)]


@given(st.integers(0, 2**32), st.integers(40, 300), st.data())
def test_any_part_of_a_text_shares_its_keys(seed: int, count: int, data: st.DataObject) -> None:
    words = words_of(seed, count)
    start = data.draw(st.integers(0, count - 20))
    end = data.draw(st.integers(start + 20, count))
    whole, part = sketch(None, " ".join(words)), sketch(None, " ".join(words[start:end]))
    assert within(part.pairs, whole.pairs)
    sampled = part.keys[part.keys < 2**32 // SAMPLE]
    if len(whole.keys) < MOST_KEYS:
        assert within(sampled, whole.keys)


@given(st.integers(0, 2**32), st.integers(20, 3_000), st.integers(16, 200))
def test_the_beginning_of_a_text_shares_the_keys_of_its_lead(
    seed: int, count: int, kept: int
) -> None:
    words = words_of(seed, count)
    whole, part = sketch(None, " ".join(words)), sketch(None, " ".join(words[:kept]))
    assert len(np.intersect1d(whole.keys, part.keys)) >= 1


@pytest.mark.parametrize(("count", "least", "most"), [(12, 8, 9), (600, 40, 77), (2_400, 64, 77)])
def test_the_keys_are_bounded(count: int, least: int, most: int) -> None:
    assert least <= len(sketch(None, " ".join(words_of(1, count))).keys) <= most
