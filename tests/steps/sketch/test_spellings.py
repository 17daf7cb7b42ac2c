"""Outlets spell one text in several ways; its words are the same."""

import numpy as np
import pytest

from streams.steps.sketch import sketch


def same(one: str, other: str) -> bool:
    return sketch("t", one).text == sketch("t", other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أكد الرئيس إن آخر القمة", "اكد الرئيس ان اخر القمه"),
        ("مستشفى المدينة الكبرى", "مستشفي المدينه الكبري"),
        ("رؤساء شؤون الدائرة", "روساء شوون الدايره"),
        ("مُحَمَّدٌ يَكتُبُ رسالةً", "محمد يكتب رسالة"),
        ("الســــلام عليكم", "السلام عليكم"),
        ("عام ٢٠٢٤ ويوم ۷", "عام 2024 ويوم 7"),
        ("کشور ایران", "كشور ايران"),
        ("ещё её самолёт", "еще ее самолет"),
        ("МОСКВА Россия", "москва РОССИЯ"),
        ("Café Müller Łódź", "cafe muller Łódź"),
        ("“Peace,” he said — twice", '"Peace," he said - twice'),
        ("the island’s «port»", "the island's 'port'"),
        ("al\u200bpha be\u00adta", "alpha beta"),
        ("می\u200cشود", "میشود"),
        ("\u202bשלום\u202c \u2066world\u2069\ufeff", "שלום world"),
        ("ＮＡＴＯ　２０２４", "NATO 2024"),
        ("a\u00a0b\r\nc", "a b\n\nc"),
    ],
)
def test_variants_of_spelling_are_one_text(one: str, other: str) -> None:
    assert one != other
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("270 votes", "271 votes"),
        ("2.5 metres", "25 metres"),
        ("سلام", "كلام"),
        ("дом", "том"),
        ("alpha beta", "alphabeta"),
        ("alpha beta", "beta alpha"),
        ("东京", "京东"),
        ("ปลา", "ยา"),
    ],
)
def test_other_words_are_another_text(one: str, other: str) -> None:
    assert not same(one, other)


def test_the_headline_is_part_of_the_exact_text() -> None:
    one, other = sketch("Ferry sinks", "It sank."), sketch("Ferry saved", "It sank.")
    assert one.text != other.text
    assert one.title != other.title
    assert np.array_equal(one.pairs, other.pairs)
    assert sketch(None, "It sank.").title == 0


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("It cost 1,000,000 dollars", ("1000000",)),
        ("It cost 1.000.000 euros", ("1000000",)),
        ("بلغ العدد ١٬٠٠٠٬٠٠٠ نسمة", ("1000000",)),
        ("It cost 1000000 dollars", ("1000000",)),
        ("Рост 2,5 процента", ("2.5",)),
        ("A rise of 2.5 percent", ("2.5",)),
        ("ارتفاع ٢٫٥ في المئة", ("2.5",)),
        ("in 2024, 7 people", ("2024", "7")),
        ("the end is 30.", ("30",)),
        ("7 and again 7 and 8", ("7", "8")),
        ("载有120人", ("120",)),
        ("no number", ()),
    ],
)
def test_numbers_are_read_however_they_are_written(written: str, numbers: tuple[str, ...]) -> None:
    assert sketch("Year 1999", written).numbers == numbers


@pytest.mark.parametrize(
    "dateline",
    [
        "MOSCOW, Dec 3 (Agency) - ",
        "موسكو، 3 كانون الأول (وكالة) – ",
        "МОСКВА, 3 дек. /Агентство/ — ",
    ],
)
def test_numbers_of_a_dateline_do_not_count(dateline: str) -> None:
    body = f"{dateline}About 120 people of the 3 islands were brought to safety in the night."
    assert sketch(None, body).numbers == ("120", "3")


def test_a_dash_far_from_the_start_makes_no_dateline() -> None:
    body = (
        "A ferry with 120 people on board sank near the old harbour on Tuesday night - nobody died."
    )
    assert sketch(None, body).numbers == ("120",)
