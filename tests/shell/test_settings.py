"""Settings from the environment: what is misspelled is refused, not ignored."""

import pytest
from pydantic import ValidationError

from streams.settings import Settings, explained


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("NEWSWIRE_BORKER", "NEWSWIRE_BORKER is no setting: is it NEWSWIRE_BROKER?"),
        ("newswire_web_prot", "newswire_web_prot is no setting: is it NEWSWIRE_WEB_PORT?"),
        ("NEWSWIRE_XYZZY", "NEWSWIRE_XYZZY is no setting: docs/settings.md has them all"),
    ],
)
def test_a_setting_that_is_none_is_refused_with_the_one_it_may_be(
    monkeypatch: pytest.MonkeyPatch, variable: str, said: str
) -> None:
    monkeypatch.setenv(variable, "kafka://127.0.0.1:1")
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert explained(refused.value) == said


def test_a_setting_is_read_in_either_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("newswire_web_port", "7001")
    assert Settings().web_port == 7001
