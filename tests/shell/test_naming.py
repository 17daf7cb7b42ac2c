"""A kill that names a uri by another id counts for the articles of its own wire only."""

import json
from itertools import permutations
from typing import Any

from schemas.article import SAME_WIRE
from schemas.outcomes import Candidate
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, process
from streams.steps.versions import History


def ends(lexicon: Lexicon, *arrivals: dict[str, Any]) -> list[str]:
    """What becomes of articles under the uri 157, in order."""
    history: History | None = None
    found: list[str] = []
    for offset, fields in enumerate(arrivals):
        raw = json.dumps({"uri": "157", "wire": "w", **fields}).encode()
        done = process(raw, Arrival(b"157", offset, 1000), {"157": history}.get, lexicon)
        history = done.history or history
        end = done.outcome
        found.append(end.duplicate.verdict if isinstance(end, Candidate) else end.outcome)
    return found


STORY: dict[str, Any] = {"body": "The parliament of Latvia met in Riga on Thursday."}
LATER: dict[str, Any] = {"body": "The parliament of Latvia met in Riga again.", "version": 2}
KILL: dict[str, Any] = {"status": "canceled", "signal": SAME_WIRE}
ANOTHER: dict[str, Any] = {"wire": "another"}


def test_it_withdraws_the_story_of_its_wire_whichever_comes_first(lexicon: Lexicon) -> None:
    assert ends(lexicon, STORY, KILL) == ["new", "withdrawn"]
    assert ends(lexicon, KILL, STORY) == ["duplicate", "withdrawn"]


def test_no_later_version_passes(lexicon: Lexicon) -> None:
    assert "update" not in ends(lexicon, STORY, KILL, LATER)
    assert "update" not in ends(lexicon, KILL, STORY, LATER)


def test_it_leaves_the_story_of_another_wire_alone_in_any_order(lexicon: Lexicon) -> None:
    story, later = {**STORY, **ANOTHER}, {**LATER, **ANOTHER}
    for order in permutations([story, later, KILL]):
        assert "withdrawn" not in ends(lexicon, *order)
    assert ends(lexicon, KILL, story, later) == ["duplicate", "new", "update"]


def test_two_wires_that_kill_by_the_same_name_each_mean_their_own(lexicon: Lexicon) -> None:
    assert ends(lexicon, KILL, {**KILL, **ANOTHER}, {**STORY, "wire": "third"})[2] == "new"
    assert ends(lexicon, KILL, {**KILL, **ANOTHER}, {**STORY, **ANOTHER})[2] == "withdrawn"
