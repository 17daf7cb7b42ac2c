"""The seed page, line by line."""

from pathlib import Path

import pytest

from schemas.article import BodyFormat
from streams.steps.clean import Cleaned, NoiseRules, clean

PAGE = Path(__file__).parents[3] / "seeds" / "articles" / "seed-page.txt"
DATE_BAR = "الثلاثاء 3 ديسمبر / December 2024"
CAPTION = "لقاء سابق بين الرئيس الروسي فلاديمير بوتين ونظيره الأميركي دونالد ترمب"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return [line.strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def cleaned(noise: NoiseRules) -> Cleaned:
    text = PAGE.read_text(encoding="utf-8")
    return clean(None, text, BodyFormat.page, noise, lambda line: line == DATE_BAR)


def test_the_headline_is_the_line_that_the_page_shows_twice(
    cleaned: Cleaned, lines: list[str]
) -> None:
    assert cleaned.headline == lines[1] == lines[2]


def test_standfirst_sixteen_paragraphs_and_two_subheadings_stay_as_they_are(
    cleaned: Cleaned, lines: list[str]
) -> None:
    first = lines.index("الخط") + 1
    assert cleaned.body.split("\n\n") == lines[first : lines.index("تابع القراءة")]
    assert len(cleaned.body.split("\n\n")) == 1 + 16 + 2


def test_every_other_line_is_listed_with_its_rule(cleaned: Cleaned) -> None:
    assert [(removed.rule, removed.text) for removed in cleaned.removed] == [
        ("date_bar", DATE_BAR),
        ("repeated_title", cleaned.headline),
        ("share_bar", "شارك القصة"),
        ("caption", CAPTION),
        ("caption", f"{CAPTION} - غيتي/ أرشيف"),
        ("caption_tools", "الخط"),
        ("read_on", "تابع القراءة"),
        ("sources", "المصادر:"),
        ("sources", "وكالات"),
        ("close", "Close"),
    ]


def test_the_day_of_the_page_is_passed_on(cleaned: Cleaned) -> None:
    assert cleaned.date_lines == (DATE_BAR,)


def test_who_took_the_picture_is_not_in_the_body(cleaned: Cleaned) -> None:
    assert "غيتي" not in cleaned.body


def test_a_given_headline_gives_the_same_page(
    noise: NoiseRules, cleaned: Cleaned, lines: list[str]
) -> None:
    text = PAGE.read_text(encoding="utf-8")
    again = clean(lines[1], text, BodyFormat.page, noise, lambda line: line == DATE_BAR)
    assert (again.headline, again.body) == (cleaned.headline, cleaned.body)
