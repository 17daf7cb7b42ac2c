from hypothesis import example, given
from hypothesis import strategies as st

from streams.steps.language.letters import WORD, letters_of


@given(st.text(st.characters(exclude_categories=())))
@example("A 12_3 é² Ⅷ ५\ud83d\U0001f389 \U0001d400")
@example("𝐀𝐁 ab")
def test_the_letters_of_a_text_are_those_of_its_words(text: str) -> None:
    assert letters_of(text) == "".join(WORD.findall(text))
