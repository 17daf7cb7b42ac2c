"""A table for whole texts reads each letter as a loop over the letters would."""

from hypothesis import example, given
from hypothesis import strategies as st

from streams.letters import Letters

READ_AS = [("ё", "е"), ("أ", "ا"), ("\t", " "), ("a", "b"), ("b", "c")]
LEFT_OUT = ["\u064b", "\u200b"]
KINDS = {once: Letters(READ_AS, LEFT_OUT, blanks_once=once) for once in (False, True)}

texts = st.text() | st.text("aAbBcЁё أا\t\u064b\u200bİΣ😀\ud800 ")


def read(letter: str) -> str:
    small = letter.lower()
    if len(small) > 1 or letter > "\uffff":
        small = letter
    if "\ud800" <= letter <= "\udfff":
        small = " "
    for written, instead in READ_AS:
        small = instead if small == written else small
    return small


@given(text=texts, once=st.booleans())
@example(text="a  b\u064b  \t\u200b 😀  \ud800é", once=True)
def test_each_letter_that_is_kept_is_read_as_the_pairs_say_and_finds_its_way_back(
    text: str, *, once: bool
) -> None:
    kept: list[tuple[int, str]] = []
    for place, letter in enumerate(map(read, text)):
        again = once and letter == " " and kept and kept[-1][1] == " "
        if letter not in LEFT_OUT and not again:
            kept.append((place, letter))

    folded = KINDS[once](text)

    assert folded.text == "".join(letter for _, letter in kept)
    assert [folded.original(at) for at in range(len(kept))] == [place for place, _ in kept]


def test_what_follows_a_word_unread_belongs_to_it() -> None:
    text = "on  \u200bJune\u200b 5"
    folded = KINDS[True](text)
    start = folded.text.index("june")

    assert text[slice(*folded.span(start, start + len("june")))] == "June\u200b"
