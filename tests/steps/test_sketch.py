"""What two copies of one text have in common."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from streams.steps.sketch import content_hash, fingerprint


def test_the_hashes_are_frozen() -> None:
    # They lie in changelogs: a change here needs a new VERSION, and forgets what was seen.
    article = Article(uri="urn:a", wire="w", headline="بوتين يهنئ ترمب", body="Текст text")
    assert fingerprint(article) == "0779e1feb35290661f9ad3841a98274b"
    assert content_hash("بوتين يهنئ ترمب", "Текст text") == "412fdb179dae4503a8af2ee32e4ba5d0"


def test_case_and_white_space_do_not_count() -> None:
    assert content_hash("Trump  Wins", "a\n\nb") == content_hash("TRUMP WINS", "a b")


def test_one_changed_digit_counts() -> None:
    assert content_hash("h", "270 votes") != content_hash("h", "271 votes")


@given(st.text(), st.text())
def test_any_text_has_a_hash(headline: str, body: str) -> None:
    try:
        body.encode()
        headline.encode()
    except UnicodeEncodeError:
        return
    assert len(content_hash(headline, body)) == 32
