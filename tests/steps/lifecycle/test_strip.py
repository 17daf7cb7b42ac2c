"""A headline without its marker, and the way back from a folded text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.lexicon import Lexicon
from streams.steps.lifecycle import LifecycleRules, strip_marker
from streams.steps.lifecycle.fold import fold, unfold


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("CORRECTED-Putin calls Trump", "Putin calls Trump"),
        ("CORRECTED - Putin calls Trump", "Putin calls Trump"),
        ("(CORRECTION) - PLS READ - Putin calls Trump", "Putin calls Trump"),
        ("RPT-CORRECTED-UPDATE 1-Putin calls Trump", "Putin calls Trump"),
        ("REFILE-Putin calls Trump (CORRECTED)", "Putin calls Trump"),
        ("Putin calls Trump (CORRECTED) [UPDATE 2]", "Putin calls Trump"),
        ('CORRECTED-"Call me", Putin says', '"Call me", Putin says'),
        ("CORRECTED-(Moscow) Putin calls", "(Moscow) Putin calls"),
        ("*** KILL KILL KILL *** Putin calls Trump", "Putin calls Trump"),
        ("تَصْحِيـــح ـ بوتين يتصل", "بوتين يتصل"),
        ("〔訂正〕プーチン氏", "プーチン氏"),
        ("İSTANBUL 2 (Güncelleme)", "İSTANBUL 2"),
        ("ИСПРАВЛЕНО (имя): Путин звонит", "(имя): Путин звонит"),
        ("STORY WITHDRAWN", ""),
        ("Corrected figures (new)", "Corrected figures (new)"),
        ("  Putin calls Trump ", "  Putin calls Trump "),
        ("", ""),
    ],
)
def test_the_title_is_what_it_was(headline: str, title: str, rules: LifecycleRules) -> None:
    assert strip_marker(headline, rules) == title


@given(headline=st.text(max_size=200))
def test_what_is_left_is_a_part_of_the_headline(headline: str, lexicon: Lexicon) -> None:
    assert strip_marker(headline, lexicon.lifecycle) in headline


@given(title=st.text(alphabet=st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=5))
def test_a_title_survives_its_correction(title: str, lexicon: Lexicon) -> None:
    bare = strip_marker(title, lexicon.lifecycle)
    assert strip_marker(f"CORRECTED-{title}", lexicon.lifecycle) == bare


@given(st.text(max_size=80), st.integers(min_value=0, max_value=80))
def test_a_place_in_the_fold_has_its_place_in_the_text(text: str, length: int) -> None:
    cut = unfold(text, length)
    assert len(fold(text[:cut])) >= min(length, len(fold(text)))
    if cut:
        assert len(fold(text[: cut - 1])) < length


def test_a_headline_of_nothing_but_markers_costs_little(rules: LifecycleRules) -> None:
    headline = "RPT-" * 1_250 + "(UPDATE) " * 550
    start = time.perf_counter()
    strip_marker(headline, rules)
    assert time.perf_counter() - start < 0.05
