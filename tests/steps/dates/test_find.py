import datetime as dt
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.enriched import DateMention, Span
from streams.steps.dates import DateRules, compile_dates, find_dates
from tests.steps.dates.conftest import SEEDS

RULES = compile_dates(SEEDS)
ANCHOR = dt.date(2024, 11, 7)
TABLES = [
    table
    for seed in SEEDS.values()
    for table in (
        seed.months, seed.weekdays, seed.units, seed.shifts, seed.told, seed.parts, seed.words,
        {"ahead": seed.cues.ahead[:9], "back": seed.cues.back[:9]},
    )
]  # fmt: skip
WORDS = sorted({word for table in TABLES for words in table.values() for word in words})
WORDS += ["3", "31", "2024", "2024-11-07", "-", "/", ",", "1990s", "24 ساعة"]
ANY_TEXT = st.text(max_size=300) | st.text(st.characters(), max_size=100)
DATED_TEXT = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=20).map(" ".join)
ANY_DAY = st.none() | st.dates()
ANY_LANGUAGE = st.sampled_from([*SEEDS, "und", "xx", "", "pt-BR"])
A_LANGUAGE = st.sampled_from(sorted(SEEDS))
SHAPES = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")
"""Digits of Europe, of Arabic, of Persian, and full width."""


def values(text: str, language: str = "en", anchor: dt.date | None = ANCHOR) -> list[str | None]:
    return [found.value for found in find_dates(text, "body", language, anchor, RULES)]


def only(text: str, language: str = "en", anchor: dt.date | None = ANCHOR) -> DateMention:
    (found,) = find_dates(text, "body", language, anchor, RULES)
    return found


@settings(max_examples=300, deadline=None)
@given(text=ANY_TEXT | DATED_TEXT, language=ANY_LANGUAGE, anchor=ANY_DAY)
def test_any_text_gives_ordered_mentions_whose_surface_is_in_the_text(
    text: str, language: str, anchor: dt.date | None
) -> None:
    found = find_dates(text, "body", language, anchor, RULES)
    at = 0
    for date in found:
        assert at <= date.start < date.end <= len(text)
        assert date.surface == text[date.start : date.end]
        at = date.end
    assert found == find_dates(text, "body", language, anchor, RULES)


@settings(max_examples=300, deadline=None)
@given(text=DATED_TEXT, language=A_LANGUAGE, anchor=st.dates())
def test_with_an_anchor_every_mention_has_a_value(
    text: str, language: str, anchor: dt.date
) -> None:
    for date in find_dates(text, "body", language, anchor, RULES):
        assert date.value
        assert not re.search(r"\b0000|\d{5}", date.value)
        if date.span and date.span.begin and date.span.end:
            assert date.span.begin < date.span.end


@settings(max_examples=300, deadline=None)
@given(
    text=DATED_TEXT,
    language=A_LANGUAGE,
    blank=st.text(" \t\xa0\u2009\u202f\u3000\u200f", min_size=1).map(lambda b: b + " "),
    shape=st.sampled_from(SHAPES),
)
def test_blanks_and_the_shape_of_digits_change_no_value(
    text: str, language: str, blank: str, shape: str
) -> None:
    plain = text.translate({ord(digit): str(int(digit)) for digit in "".join(SHAPES)})
    written = plain.replace(" ", blank).translate(str.maketrans(SHAPES[0], shape))
    assert values(written, language) == values(plain, language)


def test_blanks_between_two_days_do_not_part_them() -> None:
    for blank in (" ", "\xa0" * 400):
        text = f"It will open on Monday {blank}and {blank}Tuesday, and close two days {blank}later."
        assert values(text) == ["2024-11-11", "2024-11-12", "2024-11-14"]
    assert values(
        "It opened on 3 May 2010. " + "Nothing was told. " * 20 + "It closed that day."
    ) == ["2010-05-03"]


@settings(max_examples=200, deadline=None)
@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), anchor=ANY_DAY)
def test_an_iso_day_is_read_in_any_language_and_without_an_anchor(
    day: dt.date, anchor: dt.date | None
) -> None:
    for language in ("ar", "en", "ru", "und"):
        assert values(f"({day})", language, anchor) == [day.isoformat()]


@settings(max_examples=100, deadline=None)
@given(anchor=st.dates(dt.date(1, 2, 1), dt.date(9999, 12, 1)))
def test_a_bare_weekday_is_the_latest_one_today_included(anchor: dt.date) -> None:
    (value,) = values("It fell on Thursday.", anchor=anchor)
    assert value
    day = dt.date.fromisoformat(value)
    assert day.isoweekday() == 4
    assert 0 <= (anchor - day).days < 7


def test_lone_surrogates_are_read_like_any_other_sign() -> None:
    assert only("\ud800 on Thursday \udfff").value == "2024-11-07"


def test_a_word_that_grows_in_lower_case_moves_no_offset() -> None:
    assert only("İİİ on Thursday").surface == "Thursday"


def test_marks_inside_words_are_skipped_and_counted() -> None:
    found = only("قال الخَمِيسُ إن", "ar")
    assert (found.surface, found.value) == ("الخَمِيسُ", "2024-11-07")
    assert only("on \u200fThurs\u00adday").surface == "Thurs\u00adday"


def test_a_year_out_of_range_and_an_overflow_are_no_dates() -> None:
    assert values("900000 years ago", anchor=dt.date(5, 1, 1)) == []
    assert values("999999 days ago and in 999999 weeks") == []
    assert values("in 0000 and on 0000-01-01, 2024-13-45") == []
    assert values("tomorrow", anchor=dt.date.max) == []
    assert values("yesterday, last month and last year", anchor=dt.date.min) == []


def test_digits_without_end_are_no_number() -> None:
    assert values("9" * 10_000 + " days ago") == []


def test_a_relative_date_without_an_anchor_has_no_value() -> None:
    found = only("two weeks ago", anchor=None)
    assert (found.value, found.relative, found.span) == (None, True, None)


def test_a_named_day_is_not_relative_and_a_counted_one_is() -> None:
    assert not only("7 May 2020").relative
    assert only("7 May").relative
    assert only("yesterday").relative


def test_a_span_is_half_open() -> None:
    assert only("this week").span == Span("2024-11-04", "2024-11-11")
    assert only("July 2024").span == Span("2024-07-01", "2024-08-01")
    assert only("since 24 February 2022").span == Span("2022-02-24", None)
    assert only("between 3 and 5 May 2020").span == Span("2020-05-03", "2020-05-06")
    assert only("Wednesday morning").span == Span("2024-11-06", "2024-11-07")
    assert only("the 1990s").span == Span("1990-01-01", "2000-01-01")
    assert only("24 hours").span is None


def test_a_cue_to_the_left_tells_where_a_weekday_lies() -> None:
    assert values("They will meet on Monday.") == ["2024-11-11"]
    assert values("They will meet. He said on Monday.") == ["2024-11-04"]


def test_an_unknown_language_has_only_dates_that_need_none(rules: DateRules) -> None:
    found = find_dates("Thursday 2024-11-07 kl. 15:30, 3/4/2024", "headline", "xx", ANCHOR, rules)
    assert [(date.field, date.value) for date in found] == [("headline", "2024-11-07")]


def test_the_same_seeds_compile_to_the_same_answers() -> None:
    text = "On Thursday, 7 May 2020 and two weeks ago"
    again = compile_dates(dict(reversed(SEEDS.items())))
    assert find_dates(text, "body", "en", ANCHOR, again) == find_dates(
        text, "body", "en", ANCHOR, RULES
    )


def test_a_version_number_has_no_year() -> None:
    assert values("Release 1.2.3.4.5.2024 of 5 files") == []


def test_a_long_text_of_joined_digits_takes_no_longer_than_its_length() -> None:
    assert values("2024." * 40_000) == []


def test_a_date_does_not_begin_or_end_with_a_comma() -> None:
    assert only("It ended, January 23, 2014, in rain").surface == "January 23, 2014"
