"""What a person reads of a verdict on a terminal."""

from io import StringIO
from typing import Any, get_args

from rich.console import Console

from schemas.enriched import Why
from streams.cli.render import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    REASONS,
    Renderer,
    verdict_facts,
)


def test_every_rule_has_words_for_people() -> None:
    assert REASONS.keys() == set(get_args(Why))
    assert len(set(REASONS.values())) == len(REASONS)


def facts(outcome: str = "enriched", **duplicate: Any) -> list[str]:
    value = {"outcome": outcome, "uri": "b", "wire": "delta", "duplicate": duplicate}
    plain = str.maketrans("", "", FIRST_STRONG_ISOLATE + POP_ISOLATE)
    return [fact.translate(plain) for fact in verdict_facts(value)]


def test_what_is_new_needs_no_words() -> None:
    assert facts(verdict="new") == []
    assert list(verdict_facts({"outcome": "held", "uri": "b", "wire": "w"})) == []


def test_an_update_says_what_changed_and_since_when() -> None:
    told = facts(
        verdict="update",
        supersedes="a@2",
        similarity=0.891,
        why="changed_numbers",
        changed_numbers=["23", "1500"],
    )
    assert told == ["after a@2: numbers changed, now 23, 1500 · 89% alike"]


def test_a_copy_says_whose_it_is_and_which_other_outlets_have_it() -> None:
    told = facts(
        verdict="repeat", of="a", similarity=1.0, why="exact", also_in=["harbour", "delta"]
    )
    assert told == ["first in a: the same text", "also in harbour"]


def test_of_many_outlets_five_are_named() -> None:
    assert facts(also_in=[f"w{n}" for n in range(8)]) == ["also in w0, w1, w2, w3, w4 and 3 more"]


def test_other_reports_are_related_but_those_of_a_withdrawn_story_may_be_wrong() -> None:
    assert facts(verdict="new", why="similar", related=["c"]) == ["related: c"]
    assert facts("withdrawn", supersedes="b@1", related=["c"])[-1] == "may be wrong too: c"


def test_what_changes_nothing_says_so() -> None:
    [told] = facts("duplicate", verdict="stale", of="b")
    assert told.startswith("changes nothing")


def test_a_name_that_runs_the_other_way_does_not_turn_its_line_round() -> None:
    [told] = verdict_facts(
        {"outcome": "enriched", "uri": "b", "wire": "w", "duplicate": {"also_in": ["قلم"]}}
    )
    assert told == f"also in {FIRST_STRONG_ISOLATE}قلم{POP_ISOLATE}"


def test_a_withdrawal_shows_its_note_and_what_may_be_wrong_too() -> None:
    terminal = StringIO()
    Renderer(Console(file=terminal, width=200)).show(
        "news.enriched.v1",
        {
            "outcome": "withdrawn",
            "uri": "b",
            "wire": "neva",
            "editor_note": "KILL: not said",
            "duplicate": {"verdict": "withdrawn", "supersedes": "b@1", "related": ["c"]},
        },
        {},
    )
    shown = terminal.getvalue()
    for words in ("withdrawn", "KILL: not said", "may be wrong too"):
        assert words in shown
