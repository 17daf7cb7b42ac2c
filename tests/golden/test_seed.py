"""The seed page: a real Arabic news page, and all that must come out of it.

The whole outcome is also the example of an enriched article that `schemas/` shows. After a
change that is meant:
`python -m tests.golden.test_seed` writes it anew; then read the difference.
"""

import json
from typing import Any

import orjson
import pytest

from schemas.article import Article
from schemas.enriched import DateMention, Enriched, Mention
from streams.enrichment import enrich
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, process
from streams.seeds import load_lexicon
from streams.settings import ROOT, Settings
from streams.settling import settle

PAGE = ROOT / "seeds" / "articles" / "seed-page.txt"
GOLDEN = ROOT / "schemas" / "examples" / "enriched" / "seed-page.json"
ELECTION_WEEK = "2024-11-07T20:00:00Z"

TITLE = "بوتين يهنئ ترمب ويبدي استعداده للتواصل.. كيف رد الرئيس المنتخب؟"
SUBHEADINGS = ['ترمب: لم أتحدث مع بوتين حتى الآن ولكن "أعتقد أننا سنتحدث"', "بوتين يهنئ ترمب"]


def article(published_at: str | None) -> Article:
    stated = {} if published_at is None else {"published_at": published_at}
    return Article.model_validate(
        {
            "uri": "urn:newswire:demo:alaraby-page",
            "wire": "alaraby",
            "body": PAGE.read_text(encoding="utf-8"),
            "body_format": "page",
            **stated,
        }
    )


@pytest.fixture(scope="module")
def seed(lexicon: Lexicon) -> Enriched:
    return enrich(article(ELECTION_WEEK), None, lexicon)


@pytest.fixture(scope="module")
def undated(lexicon: Lexicon) -> Enriched:
    return enrich(article(None), None, lexicon)


def dates(record: Enriched) -> list[tuple[str, str | None]]:
    return [(date.surface, date.value) for date in record.dates if date.field == "body"]


def mentions(record: Enriched, entity: str) -> list[str]:
    (found,) = [each for each in record.entities if each.id == entity]
    return [mention.surface for mention in found.mentions]


def test_the_whole_outcome_is_as_it_was(lexicon: Lexicon) -> None:
    assert json.loads(outcome(lexicon)) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_the_same_page_gives_the_same_bytes(lexicon: Lexicon) -> None:
    assert outcome(lexicon) == outcome(load_lexicon(ROOT / "seeds"))


def test_the_title_is_the_headline(seed: Enriched) -> None:
    assert seed.headline == TITLE


def test_standfirst_sixteen_paragraphs_and_two_subheadings_stay(seed: Enriched) -> None:
    blocks = seed.body.split("\n\n")
    assert len(blocks) == 19
    assert blocks[0].startswith("قال الرئيس الروسي فلاديمير بوتين إن بلاده مستعدة")
    assert set(SUBHEADINGS) <= set(blocks)
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert all(block in page for block in blocks), "a paragraph was changed"


def test_every_line_of_page_noise_is_removed_by_name(seed: Enriched) -> None:
    assert [(removed.rule, removed.text) for removed in seed.removed] == [
        ("date_bar", "الثلاثاء 3 ديسمبر / December 2024"),
        ("repeated_title", TITLE),
        ("share_bar", "شارك القصة"),
        ("caption", "لقاء سابق بين الرئيس الروسي فلاديمير بوتين ونظيره الأميركي دونالد ترمب"),
        (
            "caption",
            "لقاء سابق بين الرئيس الروسي فلاديمير بوتين ونظيره الأميركي دونالد ترمب - غيتي/ أرشيف",
        ),
        ("caption_tools", "الخط"),
        ("read_on", "تابع القراءة"),
        ("sources", "المصادر:"),
        ("sources", "وكالات"),
        ("close", "Close"),
    ]


def test_every_line_of_the_page_is_kept_or_removed(seed: Enriched) -> None:
    lines = {line.strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.strip()}
    kept = {*seed.body.split("\n\n"), seed.headline, *(removed.text for removed in seed.removed)}
    assert lines == {line.strip() for line in kept if line}


def test_the_language_is_arabic(seed: Enriched) -> None:
    assert seed.language.code == "ar"
    assert seed.language.confidence > 0.9


def test_everyone_and_everything_is_found_once_each(seed: Enriched) -> None:
    ids = [entity.id for entity in seed.entities if entity.id]
    assert len(ids) == len(set(ids))
    people = {"Q7747", "Q22686", "Q4359688", "Q10853588", "Q6279"}
    places = {"Q30", "Q159", "Q212", "Q649", "Q61", "Q1899", "Q900"}
    assert people | places <= set(ids)


def test_both_spellings_of_trump_are_one_entity_with_all_mentions(seed: Enriched) -> None:
    surfaces = mentions(seed, "Q22686")
    assert len(surfaces) == 16
    assert surfaces.count("دونالد ترامب") == 1
    assert surfaces.count("دونالد ترمب") == 5


def test_putin_is_found_with_and_without_his_first_name(seed: Enriched) -> None:
    assert len(mentions(seed, "Q7747")) == 10


def test_the_photo_agency_of_a_caption_is_nowhere(seed: Enriched) -> None:
    assert "غيتي" not in seed.body
    assert not any("Getty" in entity.name for entity in seed.entities)


def test_offsets_cut_out_the_surfaces(seed: Enriched) -> None:
    texts = {"headline": seed.headline or "", "body": seed.body}
    spans: list[Mention | DateMention] = [*seed.dates]
    spans += [mention for entity in seed.entities for mention in entity.mentions]
    assert len(spans) > 60
    for span in spans:
        assert texts[span.field][span.start : span.end] == span.surface


def test_dates_are_counted_from_the_day_of_publication(seed: Enriched) -> None:
    found = dates(seed)
    for expected in [
        ("الخميس", "2024-11-07"),
        ("20 يناير/ كانون الثاني 2025", "2025-01-20"),
        ("يوليو/ تموز", "2024-07"),
        ("هذا الأسبوع", "2024-W45"),
        ("صباح الأربعاء", "2024-11-06TMO"),
        ("والأربعاء", "2024-11-06"),
        ("24 فبراير/ شباط 2022", "2022-02-24"),
    ]:
        assert expected in found
    assert [value for surface, value in found if "أسبوعين" in surface] == ["2024-10-24"]
    assert found.count(("الخميس", "2024-11-07")) == 2


def test_twenty_four_hours_are_a_duration(seed: Enriched) -> None:
    (duration,) = [date for date in seed.dates if date.kind == "duration"]
    assert duration.value == "PT24H"
    assert "24 ساعة" in duration.surface


def test_votes_and_leaders_are_no_dates(seed: Enriched) -> None:
    assert not any("270" in date.surface or "70" in date.surface for date in seed.dates)


def test_without_a_publisher_the_pages_date_is_a_weak_anchor(undated: Enriched) -> None:
    assert undated.anchor is not None
    assert undated.anchor.date == "2024-12-03"
    assert undated.anchor.source == "page_date"
    assert undated.anchor.confidence == "low"
    assert undated.anchor.evidence[0] == "الثلاثاء 3 ديسمبر / December 2024"


@pytest.mark.parametrize("published_at", [None, "2024-12-03T10:00:00Z"])
def test_the_election_and_the_summit_say_that_the_page_is_older(
    lexicon: Lexicon, published_at: str | None
) -> None:
    anchor = enrich(article(published_at), None, lexicon).anchor
    assert anchor is not None
    assert (anchor.date, anchor.confidence) == ("2024-12-03", "low")
    assert anchor.proposed == "2024-11-07"
    contradicting = " ".join(anchor.evidence[1:])
    assert "US presidential election was on 2024-11-05" in contradicting
    assert "BRICS summit (Kazan) was on 2024-10-22" in contradicting


def test_counted_from_the_pages_date_only_relative_dates_differ(
    seed: Enriched, undated: Enriched
) -> None:
    assert len(seed.dates) == len(undated.dates)
    for right, shifted in zip(seed.dates, undated.dates, strict=True):
        if right.value != shifted.value:
            assert right.relative
    found = dict(dates(undated))
    assert found["الخميس"] == "2024-11-28"
    assert found["هذا الأسبوع"] == "2024-W49"
    assert found["24 فبراير/ شباط 2022"] == "2022-02-24"


def test_it_reaches_the_stream_of_us_russia_relations_with_reasons(seed: Enriched) -> None:
    (match,) = [match for match in seed.streams if match.name == "us-russia-relations"]
    assert match.score >= 0.8
    reasons = " ".join(match.why)
    assert "country US" in reasons
    assert "country RU" in reasons


def outcome(lexicon: Lexicon) -> str:
    raw = article(ELECTION_WEEK).model_dump_json(exclude_none=True).encode()
    arrival = Arrival(b"urn:newswire:demo:alaraby-page", 0, None)
    candidate: Any = process(raw, arrival, lambda _uri: None, lexicon).outcome
    settled = orjson.loads(orjson.dumps(settle(candidate, Settings().new_index())))
    return json.dumps(settled, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(outcome(load_lexicon(ROOT / "seeds")), encoding="utf-8")
