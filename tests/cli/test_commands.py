"""The command line as a person uses it, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from streams.settings import ROOT

PAGE = ROOT / "seeds" / "articles" / "seed-page.txt"


def newswire(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "120", **environment},
    )


def line(**fields: object) -> bytes:
    return json.dumps({"wire": "w", "body": "Text.", **fields}).encode() + b"\n"


def outcomes(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(text) for text in done.stdout.splitlines()]


def test_enrich_answers_one_outcome_a_line_in_the_order_of_the_input() -> None:
    lines = line(uri="a") + b"{broken\n" + line(uri="b", body="Other.") + line(uri="c", body="")
    answers = outcomes(newswire("enrich", "-", stdin=lines))
    assert [answer["outcome"] for answer in answers] == [
        "enriched",
        "rejected",
        "enriched",
        "rejected",
    ]
    assert [answer["uri"] for answer in answers] == ["a", None, "b", "c"]


def test_enrich_tells_repeats_unless_it_is_told_not_to() -> None:
    lines = line(uri="a") + line(uri="b")
    first, second = outcomes(newswire("enrich", stdin=lines))
    assert first["outcome"] == "enriched"
    assert second["outcome"] == "duplicate"
    for answer in outcomes(newswire("enrich", "--no-dedup", stdin=lines)):
        assert answer["outcome"] == "enriched"
        assert answer["duplicate"] is None


def test_enrich_closes_the_window_by_the_articles_own_time() -> None:
    lines = line(uri="a", published_at="2024-11-01T00:00:00Z") + line(
        uri="b", published_at="2024-11-05T00:00:00Z"
    )
    assert [answer["outcome"] for answer in outcomes(newswire("enrich", stdin=lines))] == [
        "enriched",
        "enriched",
    ]


def test_explain_shows_what_was_removed_and_why_it_went_where_it_went() -> None:
    done = newswire("explain", str(PAGE), "--published-at", "2024-11-07T20:00:00Z")
    text = done.stdout.decode()
    assert done.returncode == 0
    for expected in ("share_bar", "Q22686", "2024-W45", "us-russia-relations", "country RU"):
        assert expected in text


def test_the_streams_own_examples_hold() -> None:
    done = newswire("streams", "--check")
    assert done.returncode == 0, done.stdout.decode()
    assert "us-russia-relations" in done.stdout.decode()


def test_a_stream_whose_example_fails_is_told_with_status_one(tmp_path: Path) -> None:
    for part in ROOT.joinpath("seeds").iterdir():
        if part.name != "streams":
            (tmp_path / part.name).symlink_to(part)
    (tmp_path / "streams").mkdir()
    text = (ROOT / "seeds" / "streams" / "us-russia-relations.yaml").read_text(encoding="utf-8")
    wrong = text.replace("matches: true", "matches: false", 1)
    (tmp_path / "streams" / "us-russia-relations.yaml").write_text(wrong, encoding="utf-8")
    done = newswire("streams", "--check", NEWSWIRE_SEEDS=str(tmp_path))
    assert done.returncode == 1
    assert "should not match" in done.stdout.decode()


def test_a_seed_that_is_wrong_is_named_with_file_and_line(tmp_path: Path) -> None:
    for part in ROOT.joinpath("seeds").iterdir():
        if part.name != "streams":
            (tmp_path / part.name).symlink_to(part)
    (tmp_path / "streams").mkdir()
    bad = tmp_path / "streams" / "bad.yaml"
    bad.write_text("name: bad\ntitle: Bad\ndescription: x\nmatch:\n  any:\n    - mood: grim\n")
    done = newswire("streams", NEWSWIRE_SEEDS=str(tmp_path))
    assert done.returncode == 1
    assert f"{bad}:6" in done.stderr.decode().replace("\n", "")


def test_topics_lists_every_topic_as_json() -> None:
    names = [topic["topic"] for topic in outcomes(newswire("topics", "--json"))]
    assert {"news.articles.v1", "news.stream.us-russia-relations.v1"} <= set(names)


def test_without_a_broker_publish_says_what_to_do(free_port: int) -> None:
    done = newswire("publish", str(PAGE), NEWSWIRE_BROKER=f"embedded://127.0.0.1:{free_port}")
    assert done.returncode == 1
    assert "newswire up" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("publish", "/no/such/file"), 2),
        (("nonsense",), 2),
        (("replay",), 2),
        (("replay", "--from", "nowhere"), 2),
        (("enrich", "/no/such/file"), 1),
    ],
)
def test_wrong_use_is_told_by_its_status(arguments: tuple[str, ...], status: int) -> None:
    done = newswire(*arguments)
    assert done.returncode == status
    assert done.stderr


def test_a_reader_that_has_enough_ends_us_quietly() -> None:
    shell = f"{sys.executable} -m streams.cli topics --json | head -n 1"
    done = subprocess.run(shell, shell=True, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
