"""The pipeline without Kafka remembers what the agents remember."""

import json
from functools import cache
from typing import Any

from streams.cli.offline import Offline
from streams.lexicon import Lexicon
from streams.seeds import load_lexicon
from streams.settings import ROOT, Settings

TEXT = (
    "The port of Riga reopened on Thursday after a storm had kept ships outside for three days, "
    "and the first ferries left for Stockholm before noon, the harbour master said. Workers had "
    "cleared fallen containers from both piers during the night, and trains to the terminals "
    "were running again by the evening."
)


@cache
def lexicon() -> Lexicon:
    return load_lexicon(ROOT / "seeds")


def ends(*articles: dict[str, Any]) -> list[Any]:
    desk = Offline(lexicon(), Settings())
    return [desk.outcome(json.dumps({"wire": "w", **fields}).encode()) for fields in articles]


STORY = {"uri": "urn:a", "body": TEXT, "alt_ids": ["w:157"]}
KILL = {"uri": "urn:kill", "status": "canceled", "alt_ids": ["w:157"]}


def test_a_kill_by_another_id_keeps_later_versions_out() -> None:
    later = {**STORY, "version": 2, "body": f"{TEXT} It rained."}
    outcomes = [end.outcome for end in ends(STORY, KILL, later)]
    assert outcomes == ["enriched", "withdrawn", "duplicate"]


def test_a_kill_by_another_id_that_comes_first_withdraws_the_story() -> None:
    assert [end.outcome for end in ends(KILL, STORY)] == ["withdrawn", "withdrawn"]


def test_a_copy_of_another_wire_is_a_duplicate_and_one_of_the_same_wire_an_update() -> None:
    first, copy, own = ends(
        {"uri": "urn:a", "body": TEXT},
        {"uri": "urn:b", "body": f"RIGA (Baltwire) - {TEXT}", "wire": "other"},
        {"uri": "urn:c", "body": TEXT.replace("before noon", "at noon")},
    )
    assert first.duplicate.verdict == "new"
    assert (copy.duplicate.verdict, copy.duplicate.of) == ("near_duplicate", "urn:a")
    assert (own.duplicate.verdict, own.duplicate.supersedes) == ("update", "urn:a@1")


def test_a_kill_in_words_names_the_copies_of_other_outlets() -> None:
    kill = {"uri": "urn:a", "headline": "KILL KILL KILL", "body": "Story withdrawn."}
    ended = ends(
        {"uri": "urn:a", "body": TEXT}, {"uri": "urn:b", "body": TEXT, "wire": "other"}, kill
    )
    assert [end.outcome for end in ended] == ["enriched", "duplicate", "withdrawn"]
    assert ended[2].duplicate.related == ("urn:b",)


def test_a_correction_names_the_copies_of_other_outlets() -> None:
    corrected = TEXT.replace("three days", "four days")
    ended = ends(
        {"uri": "urn:a", "body": TEXT},
        {"uri": "urn:b", "body": TEXT, "wire": "other"},
        {"uri": "urn:a", "version": 2, "headline": "CORRECTED-Riga port", "body": corrected},
        {"uri": "urn:c", "headline": "CORRECTED-Riga port", "body": corrected},
    )
    assert [end.duplicate.verdict for end in ended[2:]] == ["correction", "correction"]
    assert ended[2].duplicate.related == ("urn:b",)
    assert "urn:b" in ended[3].duplicate.related


def test_a_story_that_was_withdrawn_and_written_anew_has_copies_again() -> None:
    kill = {"uri": "urn:a", "version": 2, "status": "canceled"}
    first, again = {"uri": "urn:a", "body": TEXT}, {"uri": "urn:a", "version": 3, "body": TEXT}
    copy, later = ({"uri": f"urn:{n}", "body": TEXT, "wire": f"wire {n}"} for n in (1, 2))
    told = [end.duplicate for end in ends(first, kill, copy, again, later)]
    assert (told[2].verdict, told[2].related) == ("new", ("urn:a",))
    assert told[4].verdict == "repeat"
