import pytest

from streams.steps.dates import DateRules
from streams.steps.dates.lexicon import TRIGGERS
from tests.steps.dates.conftest import SEEDS


@pytest.mark.parametrize("language", sorted(code for code, seed in SEEDS.items() if seed.prefixes))
def test_a_word_of_a_date_is_found_behind_every_prefix(language: str, rules: DateRules) -> None:
    scanner = rules.of(language).scanner
    words = scanner.lexicon.words.items()
    roles = {word: TRIGGERS & entry.values.keys() for word, entry in words if entry}
    dated = [word for word, found in roles.items() if found - {"meridiem", "zone"}]
    assert len(dated) > 1000
    assert [word for word in dated if not scanner.windows(f"x {word} x")] == []


def test_a_beginning_that_is_a_word_itself_hides_no_longer_word(rules: DateRules) -> None:
    assert rules.of("he").scanner.windows("x החודשים x") == [(2, 9)]
