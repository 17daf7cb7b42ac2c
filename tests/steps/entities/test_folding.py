from hypothesis import given
from hypothesis import strategies as st

from streams.steps.entities.folding import Folder

FOLDER = Folder([("أ", "ا"), ("ё", "е")], ["\u064b", "\u0651"])


def test_breaks_quotes_and_marks_become_spaces_one_for_one() -> None:
    assert FOLDER("«Путин»,\nТрамп").text == " путин   трамп"


def test_letters_that_writers_mix_are_one_letter() -> None:
    assert FOLDER("Алёна أحمد").text == "алена احمد"


def test_a_dropped_mark_leaves_the_way_back() -> None:
    folded = FOLDER("شنّت روسيًا")
    assert folded.text == "شنت روسيا"
    assert [folded.original(i) for i in range(9)] == [0, 1, 3, 4, 5, 6, 7, 8, 10]


def test_a_capital_that_grows_in_small_letters_does_not_move_the_rest() -> None:
    assert len(FOLDER("İstanbul, Moscow").text) == len("İstanbul, Moscow")
    assert FOLDER("İstanbul, Moscow").text.endswith("moscow")


@given(st.text())
def test_every_letter_finds_its_way_back(text: str) -> None:
    folded = FOLDER(text)
    back = [folded.original(i) for i in range(len(folded.text))]
    kept = [i for i, letter in enumerate(text.lower()) if letter not in "\u064b\u0651"]
    if len(text.lower()) == len(text):
        assert back == kept
    assert len(folded.text) + len(folded.gaps) == len(text)
