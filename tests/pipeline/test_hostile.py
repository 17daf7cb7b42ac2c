"""What was made to keep us busy costs a bounded time and a bounded answer, or is rejected."""

import time
from collections.abc import Callable

import orjson
import pytest

from schemas.outcomes import Candidate, Rejected
from schemas.topics import MAX_MESSAGE_BYTES
from streams.enrichment import MOST_LINES, MOST_TAGS, READ
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, process
from streams.steps.decode import MAX_BYTES
from streams.steps.language import identify

SECONDS = 10.0
"""Of the processor; on a busy machine the slowest took 3. Unbounded, dates alone took 13."""
LARGEST = MAX_MESSAGE_BYTES // 4

DENSE = {
    "letters": "x",
    "digits": "1",
    "numbers": "1-",
    "times": "1:",
    "dates": "all Nov. ",
    "days": "Thursday ",
    "short names": "UN ",
    "names without blanks": "普京",
    "dates without blanks": "今天",
    "opening marks": "<",
}


def outcome(lexicon: Lexicon, body: str, body_format: str) -> Candidate | Rejected:
    """How it ends, within bounds."""
    raw = orjson.dumps({"uri": "u", "wire": "w", "body": body, "body_format": body_format})
    assert len(raw) <= MAX_BYTES
    before = time.process_time()
    ended = process(raw, Arrival(b"u", 0, 1_730_980_800_000), lambda _: None, lexicon).outcome
    assert time.process_time() - before < SECONDS
    assert len(orjson.dumps(ended)) < LARGEST
    assert isinstance(ended, Candidate | Rejected)
    if isinstance(ended, Rejected):
        assert ended.reason != "internal_error", ended.detail
    return ended


@pytest.mark.parametrize("body_format", ["text", "html", "page"])
@pytest.mark.parametrize("what", DENSE)
def test_two_megabytes_of_one_thing_take_seconds_and_pass_whole(
    lexicon: Lexicon, what: str, body_format: str
) -> None:
    unit = DENSE[what]
    body = unit * ((MAX_BYTES - 100) // len(unit.encode()))
    ended = outcome(lexicon, body, body_format)
    if body_format == "text":
        assert isinstance(ended, Candidate)
        assert ended.record.body == body  # type: ignore[union-attr]


@pytest.mark.parametrize("tag", ["<b>", "<div>", "<a href=x>", "<table>", "<p>x", "<ul><li>"])
def test_as_many_tags_as_are_read_take_seconds_and_one_more_is_rejected(
    lexicon: Lexicon, tag: str
) -> None:
    most = MOST_TAGS // tag.count("<")
    outcome(lexicon, tag * most + "The news.", "html")
    ended = outcome(lexicon, tag * (most + 1) + "The news.", "html")
    assert isinstance(ended, Rejected)
    assert (ended.stage, ended.reason) == ("clean", "too_many_tags")


@pytest.mark.parametrize("end", ["\n", "\r", "\u2028", "\v"])
def test_as_many_lines_as_are_read_take_seconds_and_more_are_rejected(
    lexicon: Lexicon, end: str
) -> None:
    outcome(lexicon, f"News.{end}" * MOST_LINES, "page")
    ended = outcome(lexicon, f"News.{end}" * (MOST_LINES + 1), "page")
    assert isinstance(ended, Rejected)
    assert (ended.stage, ended.reason) == ("clean", "too_many_lines")


def test_names_and_dates_are_looked_for_in_the_first_part_and_no_word_of_it_is_cut(
    lexicon: Lexicon,
) -> None:
    told = "Vladimir Putin spoke on 7 November 2024. "
    filler = "word " * ((READ - len(told)) // 5 - 1)
    body = f"{told}{filler}Moscow and Washington"
    ended = outcome(lexicon, body, "text")
    assert isinstance(ended, Candidate)
    record = ended.record
    assert record.body == body  # type: ignore[union-attr]
    names = {entity.name for entity in record.entities}  # type: ignore[union-attr]
    assert "Vladimir Putin" in names
    assert "Washington" not in " ".join(names)
    assert [each.value for each in record.dates] == ["2024-11-07"]  # type: ignore[union-attr]


DEEP: dict[str, Callable[[int], str]] = {
    "lists": lambda depth: "[" * depth + "]" * depth,
    "objects": lambda depth: '{"a":' * depth + "1" + "}" * depth,
}


@pytest.mark.parametrize("shape", DEEP)
def test_json_is_read_to_a_depth_of_150_and_rejected_at_250(lexicon: Lexicon, shape: str) -> None:
    for depth, rejected in ((150, False), (250, True), (300_000, True)):
        raw = f'{{"uri":"u","wire":"w","body":"News.","x":{DEEP[shape](depth)}}}'.encode()
        ended = process(raw, Arrival(b"u", 0, None), lambda _: None, lexicon).outcome
        assert isinstance(ended, Rejected) == rejected
        if isinstance(ended, Rejected):
            assert (ended.stage, ended.reason) == ("decode", "not_json")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uri", "u" * 2049),
        ("wire", "w" * 201),
        ("headline", "h" * 10_001),
        ("headline", "h" * 1_900_000),
        ("url", "u" * 4097),
        ("language", "l" * 36),
        ("signal", "s" * 201),
        ("subjects", ["s"] * 1001),
        ("subjects", ["s" * 10_001]),
        ("alt_ids", ["a"] * 101),
        ("version", 10**4000),
        ("version", 2**53 + 1),
        ("published_at", "2" * 100_000),
        ("urgency", 10),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_field_that_is_too_long_is_rejected_by_its_name(
    lexicon: Lexicon, field: str, value: object
) -> None:
    import json

    document = {"uri": "u", "wire": "w", "body": "News.", field: value}
    raw = json.dumps(document).encode()
    ended = process(raw, Arrival(b"u", 0, None), lambda _: None, lexicon).outcome
    assert isinstance(ended, Rejected)
    assert (ended.stage, ended.reason) == ("decode", "invalid")
    assert field in ended.detail
    assert len(ended.detail) < 300


@pytest.mark.parametrize("text", ["1" * 6000, "x>" * 3000, ">" * 6000, "<" * 6000, "@" * 6000])
def test_a_short_article_of_one_long_word_does_not_take_the_square_of_its_length(
    lexicon: Lexicon, text: str
) -> None:
    before = time.process_time()
    identify(text, None, lexicon.languages)
    # It took 0.2 s, 400 times as long as all of an ordinary article.
    assert time.process_time() - before < 0.05


@pytest.mark.parametrize("text", ["desk@example.org", "<b>desk@example.org", "<a x>desk@a.b"])
def test_an_address_is_no_language_wherever_it_stands(lexicon: Lexicon, text: str) -> None:
    said = "Президент выступил в Москве перед журналистами "
    assert identify(f"{text} {said}", None, lexicon.languages) == identify(
        said, None, lexicon.languages
    )
