"""What an article is to earlier ones: by its metadata, else by the words of its wire."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.lexicon import Lexicon
from streams.steps.lifecycle import Lifecycle, LifecycleRules, read_lifecycle
from tests.steps.lifecycle.conftest import an_article


def read(rules: LifecycleRules, **fields: Any) -> Lifecycle:
    return read_lifecycle(an_article(**fields), rules)


def test_an_ordinary_article_says_nothing(rules: LifecycleRules) -> None:
    assert read(rules) == Lifecycle(None, None, None)


@pytest.mark.parametrize(("status", "action"), [("canceled", "kill"), ("withheld", "hold")])
def test_a_status_declares(status: str, action: str, rules: LifecycleRules) -> None:
    said = read(rules, status=status, headline="CORRECTED-Ferry sinks", signal="update")
    assert said == Lifecycle(action, "declared", f"status: {status}")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signal", "action"),
    [
        ("update", "update"),
        ("sig:correction", "correction"),
        ("Corrected", "correction"),
        (" SIG:Correction ", "correction"),
        ("http://cv.iptc.org/newscodes/signal/correction", "correction"),
        ("refile", "refile"),
        ("withdraw", "kill"),
        ("KILL", "kill"),
        ("sig:", None),
        ("", None),
        ("atomic", None),
    ],
)
def test_a_signal_declares_however_its_system_writes_it(
    signal: str, action: str | None, rules: LifecycleRules
) -> None:
    said = read(rules, signal=signal)
    assert said.action == action
    assert said.basis == ("declared" if action else None)


def test_a_declared_correction_stands_against_the_words(rules: LifecycleRules) -> None:
    said = read(rules, signal="correction", headline="UPDATE 1-Ferry sinks")
    assert said == Lifecycle("correction", "declared", "signal: correction")


def test_words_make_a_declared_update_more_precise(rules: LifecycleRules) -> None:
    said = read(rules, signal="sig:update", headline="CORRECTED-Ferry sinks")
    assert said == Lifecycle("correction", "slug_text", "headline: CORRECTED")
    assert read(rules, signal="sig:update", headline="UPDATE 1-Ferry sinks").basis == "declared"


def test_the_first_word_of_several_counts(rules: LifecycleRules) -> None:
    assert read(rules, headline="RPT-UPDATE 1-Ferry sinks").action == "repeat"
    assert read(rules, headline="CORRECTED-UPDATE 1-Ferry sinks").action == "correction"


def test_a_kill_in_any_field_goes_before_the_rest(rules: LifecycleRules) -> None:
    said = read(rules, headline="UPDATE 1-Ferry sinks", editor_note="KILL KILL KILL see note")
    assert said == Lifecycle("kill", "slug_text", "editor_note: KILL KILL KILL")


def test_a_kill_on_a_line_of_its_own_counts_in_a_note_of_several_lines(
    rules: LifecycleRules,
) -> None:
    assert read(rules, editor_note="STORY WITHDRAWN\nPlease remove it.").action == "kill"


@pytest.mark.parametrize(
    "headline",
    [
        "\u200fتصحيح\u200f: غرق عبارة",
        "\u202b« تـصـحـيـح : غرق عبارة »",
        "\ufeff  ** corrected ** Ferry sinks",
        "ＣＯＲＲＥＣＴＥＤ：Ferry sinks",
        "CORRECTED\u00a0– Ferry sinks",
        "CORRE\u0301CTED: Ferry sinks",
        "Ferry sinks (CORRECTED)\u200f ",
        "Ferry sinks [Corrected 2]",
    ],
)
def test_ornaments_marks_and_forms_of_letters_make_no_difference(
    headline: str, rules: LifecycleRules
) -> None:
    assert read(rules, headline=headline).action == "correction"


@pytest.mark.parametrize("word", ["STORY WITHDRAWN", "KILL KILL KILL", "سحب الخبر"])
def test_a_body_is_taken_away_only_by_a_short_first_line(word: str, rules: LifecycleRules) -> None:
    assert read(rules, body=f"\n {word}\nIt did not sink.").action == "kill"
    assert read(rules, body=f"{word}: see note").action == "kill"
    assert read(rules, body=f"{word}: {'and so on ' * 5}").action is None
    assert read(rules, body=f"{word}: {'x' * 200}").action is None
    assert read(rules, body=f"It sank.\n{word}").action is None


@pytest.mark.parametrize("body_format", ["page", "html"])
def test_a_page_and_markup_say_nothing_by_their_first_line(
    body_format: str, rules: LifecycleRules
) -> None:
    assert read(rules, body="Update:\nIt sank.", body_format=body_format).action is None


@given(headline=st.text(max_size=60), note=st.text(max_size=60), body=st.text(min_size=1))
def test_any_text_is_read(headline: str, note: str, body: str, lexicon: Lexicon) -> None:
    said = read_lifecycle(
        an_article(headline=headline, slugline=note, editor_note=note, body=f"x{body}"),
        lexicon.lifecycle,
    )
    assert (said.action is None) == (said.basis is None) == (said.evidence is None)


@given(before=st.text(alphabet=" \u200f*«(-", max_size=12), title=st.text(max_size=300))
def test_a_kill_is_seen_whatever_title_follows(before: str, title: str, lexicon: Lexicon) -> None:
    article = an_article(headline=f"{before}KILL KILL KILL {title}")
    assert read_lifecycle(article, lexicon.lifecycle).action == "kill"
