"""The verdict on an article that resembles one of another uri: a test a rule."""

from dataclasses import replace

import pytest

from schemas.enriched import Duplicate
from streams.steps.duplicates import SUPPRESSED, Item
from tests.steps.duplicates.news import OTHER, STORIES, Story, an_index, an_item

LANGUAGES = pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
PAYWALL = (
    "Dear reader, this report is open to our members only, and we thank you for your interest in "
    "what our desk writes day by day. Members read every page of the paper from six in the "
    "morning, take part in talks with the editors, and may cancel at the end of each month without "
    "giving a reason. Please enter your address below, or ask the library of your town whether it "
    "keeps a copy for visitors."
)


def verdict(first: Item, second: Item) -> Duplicate:
    index = an_index()
    assert index.judge(first).verdict == "new"
    return index.judge(second)


@LANGUAGES
def test_another_story_is_new(story: Story) -> None:
    assert verdict(an_item("a", story.told()), an_item("b", OTHER)) == Duplicate("new")


@LANGUAGES
def test_the_same_words_are_an_exact_copy(story: Story) -> None:
    shouted = story.told().replace("\n", "\n\n").upper()
    told = verdict(an_item("a", story.told()), an_item("b", shouted, hours=1))
    assert (told.verdict, told.why, told.of, told.story) == ("repeat", "exact", "a", "a")
    assert (told.similarity, told.lead, told.also_in) == (1, 1, ("wire of b",))


@LANGUAGES
def test_a_headline_and_a_byline_of_its_own_make_a_copy_no_news(story: Story) -> None:
    edited = f"Our own reporter\n{story.told()}\nAll rights reserved"
    told = verdict(
        an_item("a", story.told(), headline=story.headline),
        an_item("b", edited, headline="Night at sea ends in sorrow"),
    )
    assert (told.verdict, told.why, told.of) == ("near_duplicate", "copy", "a")
    assert told.similarity is not None
    assert 0.8 < told.similarity < 1
    assert told.lead == pytest.approx(1, abs=0.05)


@LANGUAGES
def test_a_first_paragraph_alone_is_a_part_of_the_whole(story: Story) -> None:
    told = verdict(an_item("a", story.told()), an_item("b", story.lead.format(dead=3)))
    assert (told.verdict, told.why, told.of) == ("near_duplicate", "part", "a")


@LANGUAGES
def test_the_whole_after_its_first_paragraph_passes(story: Story) -> None:
    told = verdict(an_item("a", story.lead.format(dead=3)), an_item("b", story.told()))
    assert told.verdict in ("new", "update")
    assert told.related == ("a",) or told.supersedes == "a@1"


def test_short_texts_that_differ_are_both_news() -> None:
    told = verdict(
        an_item(
            "a", "Gold rose to 2000 dollars an ounce in early trade on Monday as banks bought."
        ),
        an_item("b", "Gold rose to 2010 dollars an ounce in early trade on Monday as banks sold."),
    )
    assert (told.verdict, told.why, told.related) == ("new", "short", ("a",))


@LANGUAGES
def test_what_says_that_it_corrects_is_a_correction(story: Story) -> None:
    corrected = an_item("b", story.told(4), corrects=True)
    told = verdict(an_item("a", story.told(), version=3), corrected)
    assert (told.verdict, told.why, told.supersedes) == ("correction", "marked", "a@3")
    assert told.of is None


def test_a_correction_of_something_else_is_no_correction_of_what_it_resembles() -> None:
    story = STORIES["en"]
    corrected = an_item("b", story.followed(), headline="Company named", corrects=True)
    assert verdict(an_item("a", story.told()), corrected).verdict == "new"


@pytest.mark.parametrize(
    ("hours", "expected"), [(17.9, ("update", "same_wire")), (18, ("new", "series"))]
)
def test_a_report_of_every_day_under_one_title_is_a_series(
    hours: float, expected: tuple[str, str]
) -> None:
    today = OTHER.replace("three", "four").replace("two years", "six years")
    told = verdict(
        an_item("a", OTHER, headline="Market report", wire="w"),
        an_item("b", today, headline="Market report", wire="w", hours=hours),
    )
    assert (told.verdict, told.why) == expected


@pytest.mark.parametrize(("hours", "expected"), [(17, "exact"), (24, "series")])
def test_the_same_short_notice_a_day_later_is_the_next_of_a_series(
    hours: float, expected: str
) -> None:
    notice = "The weather desk expects no change."
    first = an_item("a", notice, headline="Weather", wire="w")
    second = an_item("b", notice, headline="Weather", wire="w", hours=hours)
    assert verdict(first, second).why == expected


@LANGUAGES
def test_a_wire_that_sends_its_text_again_with_changes_updates_it(story: Story) -> None:
    told = verdict(
        an_item("a", story.told(), wire="w"),
        an_item("b", f"{story.told()}\n{story.after}", wire="w", hours=1),
    )
    assert (told.verdict, told.why, told.supersedes) == ("update", "same_wire", "a@1")


@LANGUAGES
def test_thirty_dead_after_three_are_news(story: Story) -> None:
    told = verdict(an_item("a", story.told(3)), an_item("b", story.told(30)))
    assert (told.verdict, told.why) == ("update", "changed_numbers")
    assert (told.supersedes, told.changed_numbers) == ("a@1", ("30",))


def test_thirty_dead_before_a_dash_are_news_too() -> None:
    lead = "До {} человек выросло число погибших на пароме — МЧС. Так сообщили в среду."
    first, second = (f"{lead.format(dead)}\n{STORIES['ru'].background}" for dead in (3, 30))
    told = verdict(an_item("a", first), an_item("b", second))
    assert (told.verdict, told.why) == ("update", "changed_numbers")


@LANGUAGES
def test_the_same_text_about_others_is_news(story: Story) -> None:
    first = an_item("a", story.told(), names=("Q1", "Q2", "Q3"))
    second = an_item("b", f"{story.told()} +", names=("Q4", "Q5", "Q3"), headline="Second ferry")
    told = verdict(first, second)
    assert (told.verdict, told.why) == ("update", "changed_names")


def test_a_name_more_is_no_news() -> None:
    story = STORIES["ar"]
    first = an_item("a", story.told(), names=("Q1", "Q2"))
    second = an_item("b", story.told(), names=("Q3", "Q1", "Q2"), headline="عبّارة")
    assert verdict(first, second).why == "copy"


def test_a_text_three_times_as_long_is_more_than_a_copy() -> None:
    story = STORIES["en"]
    more = f"{story.told()}\n{OTHER}\n{PAYWALL}"
    told = verdict(an_item("a", story.told()), an_item("b", more, headline="Night at sea"))
    assert (told.verdict, told.why, told.supersedes) == ("update", "longer", "a@1")


def test_a_paywall_under_many_headlines_hides_no_story() -> None:
    index = an_index()
    told = [
        index.judge(an_item(f"{n}", PAYWALL, headline=f"Story number {n} of today", wire="w"))
        for n in range(6)
    ]
    assert not {"repeat", "near_duplicate"} & {one.verdict for one in told}
    assert {(one.verdict, one.why) for one in told[2:]} == {("new", "form_text")}


def test_three_wires_with_headlines_of_their_own_make_no_form_text() -> None:
    index = an_index()
    titles = ("Ferry sinks", "Three die at sea", "Storm takes ferry", "Night of fear")
    told = [
        index.judge(an_item(title, STORIES["en"].told(), headline=title)).why for title in titles
    ]
    assert told == [None, "copy", "copy", "copy"]


@LANGUAGES
def test_a_follow_up_with_the_old_background_is_new_and_related(story: Story) -> None:
    later = f"{story.after} {story.more}\n{story.background}\n{OTHER}"
    told = verdict(
        an_item("a", f"{story.told()}\n{OTHER}", wire="w"),
        an_item("b", later, headline="Relatives want answers", wire="w", hours=12),
    )
    assert (told.verdict, told.why, told.related) == ("new", "similar", ("a",))
    assert told.lead == pytest.approx(0, abs=0.15)


@LANGUAGES
def test_a_rewrite_of_one_wire_under_the_same_headline_is_an_update(story: Story) -> None:
    later = f"{story.after} {story.more}\n{story.background}\n{OTHER}"
    told = verdict(
        an_item("a", f"{story.told()}\n{OTHER}", wire="w"),
        an_item("b", later, wire="w", hours=12),
    )
    assert (told.verdict, told.why, told.supersedes) == ("update", "same_wire", "a@1")


@LANGUAGES
def test_a_follow_up_with_a_new_first_paragraph_is_not_lost(story: Story) -> None:
    told = verdict(
        an_item("a", story.told()),
        an_item("b", story.followed(), headline="Relatives want answers", hours=12),
    )
    assert told.verdict not in SUPPRESSED


def test_the_first_of_several_exact_copies_is_named() -> None:
    index, text = an_index(), STORIES["ru"].told()
    index.judge(an_item("late", text, hours=2))
    index.judge(
        an_item("early", text, hours=1, wire="w", known=Duplicate("update", None, "early@0"))
    )
    assert index.judge(an_item("copy", text, hours=3)).of == "early"


def test_what_it_is_a_copy_of_is_not_named_as_related_too() -> None:
    index, text = an_index(), STORIES["en"].told()
    index.judge(an_item("a", text))
    index.judge(
        an_item("a", f"{text} It rained.", version=2, known=Duplicate("update", None, "a@1"))
    )
    told = index.judge(an_item("b", text, hours=1))
    assert (told.of, told.related) == ("a", ())


def test_a_text_of_a_few_words_is_no_part_of_anything() -> None:
    story = STORIES["en"]
    few = an_item("b", "A passenger ferry sank", headline="Urgent")
    assert verdict(an_item("a", story.told()), few).verdict == "new"


def test_texts_without_words_are_no_copies_of_one_another() -> None:
    first = an_item("a", "🎉🎉", headline=None)
    assert verdict(first, replace(first, uri="b")).verdict == "new"
