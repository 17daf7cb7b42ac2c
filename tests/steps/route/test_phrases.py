"""Phrases are found as words of the text's language, whatever their spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.steps.route.phrases import compile_phrases, find_phrases


def said(phrase: str, text: str, language: str = "xx") -> list[str]:
    """What of `text` says `phrase`, a phrase of the language xx."""
    phrases = compile_phrases([(0, {"xx": (phrase,)})])
    found = find_phrases(None, text, language, phrases).get(0, [])
    return [mention.surface for mention in found]


@pytest.mark.parametrize(
    ("phrase", "text", "surfaces"),
    [
        ("White House", "The WHITE HOUSE said; white house.", ["WHITE HOUSE", "white house"]),
        ("White House", "The White\n  House said", ["White House"]),
        ("White House", "Whitehouse, off-white houses, white, house", []),
        ("US Russia", "US–Russia and US-Russia talks", ["US–Russia", "US-Russia"]),
        ("start", "restart started starter", []),
        ("start", '"Start", he said: (START).', ["Start", "START"]),
        ("Russia", "Russia's and Russia’s", ["Russia", "Russia"]),
        ("санкци*", "Санкции, санкций и антисанкций", ["Санкции", "санкций"]),
        ("бел* дом*", "В Белом доме и у Белого дома", ["Белом доме", "Белого дома"]),
        ("бел* дом*", "белый старый дом", []),
        ("учений", "Ученый ёж. Учение. Учений нет", ["Учений"]),
        ("полет", "Полёт", ["Полёт"]),
        ("عقوبات", "عقوبات والعقوبات بالعقوبات للعقوبات وبعقوبات", ["عقوبات"] * 5),
        ("عقوبات", "معقوبات عقوباتهم", []),
        ("البيت الأبيض", "والبيت الابيض، للبيت الأبيض", ["البيت الابيض", "للبيت الأبيض"]),
        ("الروسية الأميركية", "العلاقات الروسية-الأميركية", ["الروسية-الأميركية"]),
        ("رئيسا", "رئيسًا", ["رئيسا"]),
        ("制裁", "美国对俄罗斯制裁措施", ["制裁"]),
        ("seçim*", "SEÇİM ve seçimler", ["SEÇİM", "seçimler"]),
        ("café", "Un CAFE\u0301.", ["CAFÉ"]),
        ("ab cd", "\ud800ab\udfff cd", ["ab cd"]),
        ("ab cd", "ab\u200b cd a\u00adb cd", ["ab cd", "ab cd"]),
    ],
)
def test_a_phrase_is_said(phrase: str, text: str, surfaces: list[str]) -> None:
    assert said(phrase, text) == surfaces


def test_a_phrase_counts_in_a_text_of_its_language_or_of_none_known() -> None:
    assert said("pays", "Il pays", "xx-CA") == ["pays"]
    assert said("pays", "He pays", "und") == ["pays"]
    assert said("pays", "He pays", "yy") == []


def test_phrases_of_several_streams_may_overlap() -> None:
    phrases = compile_phrases([(0, {"en": ("new start treaty",)}), (1, {"en": ("treaty talks",)})])
    found = find_phrases("New START treaty talks", "", "en", phrases)
    assert {atom: each[0].surface for atom, each in found.items()} == {
        0: "New START treaty",
        1: "treaty talks",
    }
    assert found[0][0].field == "headline"


def test_wordings_of_one_phrase_count_a_place_once() -> None:
    phrases = compile_phrases([(0, {"en": ("minister", "foreign minister*", "minist*")})])
    found = find_phrases(None, "The foreign ministers and a minister", "en", phrases)
    assert [each.surface for each in found[0]] == ["foreign ministers", "minister"]


def test_a_long_run_without_spaces_takes_no_long_time() -> None:
    phrases = compile_phrases([(0, {"zh": ("制裁*",)}), (1, {"ar": ("عقوب*",)})])
    find_phrases(None, "制裁" * 100_000 + "عقوب" * 100_000, "und", phrases)


@given(st.text(st.characters(), max_size=40), st.text(st.characters(), max_size=20))
def test_no_text_raises(text: str, more: str) -> None:
    for word in (text.replace("*", "").strip(), "a*", "ال"):
        if word:
            said(word, text + more)


@given(st.text("abcш ي-", min_size=1, max_size=10).map(str.strip).filter(bool))
def test_a_phrase_is_said_in_itself(phrase: str) -> None:
    if any(character.isalnum() for character in phrase) and "  " not in phrase:
        assert said(phrase, f"… {phrase} …")
        assert said(phrase, f"({phrase.upper()})")
