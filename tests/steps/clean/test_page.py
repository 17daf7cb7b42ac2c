"""What stays of a page and what goes, in any language."""

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import BodyFormat
from streams.steps.clean import Cleaned, NoiseRules, clean
from tests.steps.clean.conftest import CleanPage

TITLE = "Ministers meet in Oslo to talk about grain"
FIRST = "Two ministers met in Oslo on Monday and spoke for three hours about the price of grain."
SECOND = "They agreed to meet again in spring, a spokeswoman of the host said after the talks."
THIRD = "Neither of the two wanted to answer questions when they left the house by the lake."


def rules(page: Cleaned) -> list[str]:
    return [removed.rule for removed in page.removed]


def test_the_first_line_that_looks_like_a_title_is_the_headline(clean_page: CleanPage) -> None:
    page = clean_page("Home", "World", TITLE, FIRST, SECOND, THIRD)
    assert page.headline == TITLE
    assert page.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert rules(page) == ["menu", "page_head"]


def test_a_title_with_the_name_of_the_site_is_not_the_headline(clean_page: CleanPage) -> None:
    page = clean_page(f"{TITLE} | The Lake Courier", "News", TITLE, FIRST, SECOND, THIRD)
    assert page.headline == TITLE
    assert rules(page) == ["repeated_title", "page_head"]


def test_a_given_headline_is_kept_and_its_copies_go(clean_page: CleanPage) -> None:
    page = clean_page("A teaser about something else", TITLE, FIRST, SECOND, headline=TITLE)
    assert page.headline == TITLE
    assert page.body == f"{FIRST}\n\n{SECOND}"
    assert rules(page) == ["page_head", "repeated_title"]


def test_a_short_sentence_of_a_button_does_not_begin_the_article(clean_page: CleanPage) -> None:
    page = clean_page("Your weather is set to Oslo.", TITLE, FIRST, SECOND, THIRD)
    assert (page.headline, page.body) == (TITLE, f"{FIRST}\n\n{SECOND}\n\n{THIRD}")


def test_a_standfirst_without_a_full_stop_stays_and_a_byline_goes(clean_page: CleanPage) -> None:
    standfirst = "Prices have doubled since the harvest and both sides want an end to it"
    page = clean_page(TITLE, standfirst, "By N. N.", FIRST, SECOND)
    assert page.body == f"{standfirst}\n\n{FIRST}\n\n{SECOND}"
    assert rules(page) == ["page_head"]


def test_the_name_of_a_section_is_not_the_headline(clean_page: CleanPage) -> None:
    page = clean_page("Food and Drink Weekly", TITLE, FIRST, SECOND, THIRD)
    assert page.headline == TITLE


def test_a_subheading_between_paragraphs_stays(clean_page: CleanPage) -> None:
    page = clean_page(TITLE, FIRST, "What comes next", SECOND, THIRD)
    assert page.body == f"{FIRST}\n\nWhat comes next\n\n{SECOND}\n\n{THIRD}"


def test_short_lines_after_the_last_paragraph_go(clean_page: CleanPage) -> None:
    page = clean_page(TITLE, FIRST, SECOND, THIRD, "Ferry breaks down again", "Weather")
    assert page.body.endswith(THIRD)
    assert rules(page) == ["page_tail", "page_tail"]


def test_a_short_last_sentence_stays(clean_page: CleanPage) -> None:
    page = clean_page(TITLE, FIRST, SECOND, "The talks were not public.")
    assert page.body.endswith("The talks were not public.")


def test_a_brief_of_one_sentence_survives(clean_page: CleanPage) -> None:
    page = clean_page(TITLE, "They spoke about grain.")
    assert (page.headline, page.body) == (TITLE, "They spoke about grain.")


def test_two_lines_without_a_full_stop_survive(clean_page: CleanPage) -> None:
    page = clean_page("Ministers meet in Oslo", "Talks are about grain")
    assert page.body == "Ministers meet in Oslo\n\nTalks are about grain"


def test_a_page_of_nothing_but_noise_is_left_as_it_was(clean_page: CleanPage) -> None:
    page = clean_page("Share", "  Close", headline="Live")
    assert (page.headline, page.body, page.removed) == ("Live", "Share\n  Close", ())


def test_a_paragraph_shown_twice_is_kept_once(clean_page: CleanPage) -> None:
    page = clean_page(TITLE, FIRST, SECOND, FIRST, THIRD)
    assert page.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert rules(page) == ["repeated"]


def test_a_caption_is_known_by_its_credit(clean_page: CleanPage) -> None:
    page = clean_page(TITLE, FIRST, "The house by the lake (Photo by A. Nobody)", SECOND, THIRD)
    assert rules(page) == ["caption"]


def test_an_agency_after_a_short_line_makes_it_a_caption(clean_page: CleanPage) -> None:
    page = clean_page(TITLE, FIRST, "The house by the lake on Monday (AFP/Reuters)", SECOND)
    assert rules(page) == ["caption"]
    paragraph = f"{FIRST.rstrip('.')}, and of wheat in the countries around it (Reuters)."
    assert paragraph in clean_page(TITLE, FIRST, paragraph, SECOND).body


def test_a_caption_is_known_by_its_copy_with_an_unknown_credit(clean_page: CleanPage) -> None:
    caption = "The house by the lake where they met"
    page = clean_page(TITLE, FIRST, caption, f"{caption} - N. N./Lake Press", SECOND, THIRD)
    assert rules(page) == ["caption", "caption"]


def test_a_sentence_about_getty_stays(clean_page: CleanPage) -> None:
    sentence = "The pictures - he had bought them all from Getty Images."
    assert sentence in clean_page(TITLE, FIRST, sentence, SECOND).body


def test_a_label_takes_its_value_and_not_a_paragraph(clean_page: CleanPage) -> None:
    assert rules(clean_page(TITLE, FIRST, SECOND, "Source:", "Lake Press")) == ["sources"] * 2
    assert THIRD in clean_page(TITLE, FIRST, SECOND, "Source:", THIRD).body


def test_nothing_follows_the_comment_form(clean_page: CleanPage) -> None:
    comment = "I was there too and I did not see any of this happening, to be honest."
    page = clean_page(TITLE, FIRST, SECOND, THIRD, "Leave a comment", "Anna", comment)
    assert page.body.endswith(THIRD)
    assert rules(page) == ["comments_form", "page_tail", "page_tail"]


def test_a_comment_form_above_the_article_does_not_end_it(clean_page: CleanPage) -> None:
    page = clean_page(TITLE, "Leave a comment", FIRST, SECOND, THIRD)
    assert page.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_the_date_of_the_page_goes_and_dates_of_a_chronicle_stay(clean_page: CleanPage) -> None:
    page = clean_page("@ Monday", TITLE, FIRST, "@ today", SECOND, "@ March", THIRD, "@ printed")
    assert page.date_lines == ("@ Monday", "@ today", "@ printed")
    assert page.body == f"{FIRST}\n\n{SECOND}\n\n@ March\n\n{THIRD}"


def test_chinese_paragraphs_are_paragraphs(clean_page: CleanPage) -> None:
    title = "两国部长在奥斯陆举行会谈讨论粮食价格"
    first = "两国部长星期一在奥斯陆会面，就粮食价格问题交谈了三个小时，会谈没有公开。"
    second = "发言人在会谈后表示，双方同意明年春天再次会面，继续讨论这个问题。"
    page = clean_page("首页", "国际", title, "分享到：", first, second, "责任编辑：某某", "关闭")
    assert (page.headline, page.body) == (title, f"{first}\n\n{second}")


SAMPLES = [
    *(TITLE, FIRST, SECOND, THIRD, f"{TITLE} | Site", f"{FIRST} - Getty", "Source:", "Close"),
    *("Home", "@ Monday", "@ March", "Leave a comment", "Short words", "اقرأ أيضا", "فيديو."),
    *("The house by the lake where they met", "The house by the lake where they met - N. N."),
    *("He went home after that.", "Share | Print", "Читайте также:", "\u200f", "© 2024 X"),
]
LINES = st.lists(st.one_of(st.sampled_from(SAMPLES), st.text(max_size=80)), max_size=25)


@settings(max_examples=400, deadline=None)
@given(lines=LINES, headline=st.one_of(st.none(), st.sampled_from(SAMPLES)))
def test_cleaning_a_clean_page_changes_nothing(
    clean_page: CleanPage, lines: list[str], headline: str | None
) -> None:
    once = clean_page(*lines, headline=headline)
    twice = clean_page(*once.body.split("\n"), headline=once.headline)
    assert (twice.headline, twice.body) == (once.headline, once.body)


@settings(max_examples=400, deadline=None)
@given(lines=LINES, headline=st.one_of(st.none(), st.text(max_size=30)))
def test_every_line_is_in_the_headline_the_body_or_removed(
    clean_page: CleanPage, lines: list[str], headline: str | None
) -> None:
    page = clean_page(*lines, headline=headline)
    found = [*page.body.splitlines(), *(removed.text for removed in page.removed)]
    if headline is None and page.headline is not None:
        found.append(page.headline)
    expected = [line.strip() for line in "\n".join(lines).splitlines() if line.strip()]
    assert sorted(line.strip() for line in found if line.strip()) == sorted(expected)


@settings(deadline=None)
@given(body=st.text(), headline=st.one_of(st.none(), st.text()))
def test_a_text_goes_through_untouched(noise: NoiseRules, body: str, headline: str | None) -> None:
    cleaned = clean(headline, body, BodyFormat.text, noise, lambda _line: True)
    assert (cleaned.headline, cleaned.body, cleaned.removed) == (headline, body, ())
