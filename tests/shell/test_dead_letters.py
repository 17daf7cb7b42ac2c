"""A record becomes a dead letter and comes back the same, however often."""

from hypothesis import given
from hypothesis import strategies as st

from schemas import dead_letters as names
from schemas.outcomes import Rejected
from schemas.topics import DEAD_LETTERS
from streams.dead_letters import as_it_came, letter_of, of_rejected

REJECTED = Rejected("rejected", None, "decode", "not_json", "expected value")
OURS = (*names.ALL, names.TRIES)
HEADERS = st.lists(
    st.tuples(st.text(max_size=8).filter(lambda name: name not in OURS), st.binary(max_size=8))
).map(tuple)


@given(st.none() | st.binary(max_size=8), st.binary(max_size=64), HEADERS, st.integers(1, 4))
def test_key_value_place_and_headers_survive_and_the_tries_are_counted(
    key: bytes | None, value: bytes, own: tuple[tuple[str, bytes], ...], times: int
) -> None:
    headers = own
    for tries in range(1, times + 1):
        letter = of_rejected(
            REJECTED, source=("t", 3, 70 + tries), key=key, value=value, headers=headers
        )
        assert letter.topic == DEAD_LETTERS.name
        said = letter_of(letter.headers)
        assert said is not None
        assert (said.stage, said.reason, said.offset) == ("decode", "not_json", 70 + tries)
        back = as_it_came(said, letter.key, letter.value or b"", letter.headers)
        assert (back.topic, back.partition, back.key, back.value) == ("t", 3, key, value)
        assert back.headers == (*own, (names.TRIES, str(tries).encode()))
        headers = back.headers


def test_what_another_program_put_there_is_no_letter_of_ours() -> None:
    assert letter_of(()) is None
    assert letter_of([(names.STAGE, b"x"), (names.REASON, b"y")]) is None
    broken = dict(
        of_rejected(REJECTED, source=("t", 0, 1), key=None, value=b"", headers=()).headers
    )
    assert letter_of({**broken, names.OFFSET: b"not a number"}.items()) is None
