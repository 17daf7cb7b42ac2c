from streams.steps.dates.cues import BESIDE, PLANNED, UNSAID, Cue, cue_at, cues_told
from streams.steps.dates.seed import Cues

CUES = Cues(
    ahead=("will", "plan*", "*rá", "set to"), back=("said", "planted"), planned=("scheduled",)
)
TELLING = cues_told(CUES, str.lower, spaced=True)


def cue(text: str) -> Cue:
    start = text.index("DAY")
    return cue_at(text, start, start + 3, TELLING)


def test_the_nearest_word_before_the_date_decides() -> None:
    assert cue("he said they will meet DAY") == (1, "will")
    assert cue("they will hear what he said DAY") == (BESIDE, "said")


def test_without_one_before_it_the_nearest_after_it_decides() -> None:
    assert cue("on DAY they will hear what he said") == (1, "will")


def test_the_clause_of_the_date_comes_before_the_rest_of_the_sentence() -> None:
    assert cue("he said, on DAY they will meet") == (1, "will")
    assert cue("he said, on DAY at noon") == (BESIDE, "said")
    assert cue("on DAY، they will meet") == (1, "will")


def test_a_word_stands_beside_a_date_when_two_at_most_are_between() -> None:
    assert cue("he said so here on DAY") == (-1, "said")
    assert cue("he said so on DAY") == (BESIDE, "said")
    assert cue("on DAY he also said so") == (BESIDE, "said")
    assert cue("on DAY at noon there he said so") == (-1, "said")


def test_another_sentence_tells_nothing() -> None:
    assert cue("they will meet. on DAY at noon. he said so") == UNSAID
    assert cue("they will meet\non DAY at noon") == UNSAID


def test_the_point_of_an_abbreviation_ends_no_sentence() -> None:
    assert cue("he said to the u.n. council on DAY until it will end") == (-1, "said")
    assert cue("it will open on nov. 7 or DAY") == (1, "will")


def test_a_star_stands_for_any_beginning_or_end_and_a_whole_word_goes_first() -> None:
    assert cue("se reunirá DAY") == (1, "reunirá")
    assert cue("they planned it for DAY") == (1, "planned")
    assert cue("they planted it on DAY") == (BESIDE, "planted")


def test_what_is_planned_for_a_day_is_more_than_ahead() -> None:
    assert cue("it is scheduled for DAY").way == PLANNED


def test_several_words_tell_only_together() -> None:
    assert cue("it is set to open DAY") == (1, "set to")
    assert cue("it was set up on DAY") == UNSAID


def test_where_words_are_not_parted_they_are_found_inside() -> None:
    telling = cues_told(Cues(ahead=("将",), back=("将军", "说")), str.lower, spaced=False)
    assert cue_at("会谈将于周一举行", 4, 6, telling) == (1, "将")
    assert cue_at("将军于周一举行", 3, 5, telling) == (BESIDE, "将军")


def test_a_language_without_cues_says_nothing() -> None:
    for spaced in (True, False):
        assert cue_at("on DAY", 3, 6, cues_told(Cues(), str.lower, spaced=spaced)) == UNSAID
