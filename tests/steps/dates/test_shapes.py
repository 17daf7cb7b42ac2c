from hypothesis import given
from hypothesis import strategies as st

from streams.steps.dates.lexicon import Symbols
from streams.steps.dates.shapes import Form, Forms, Grammar, grammar

ROLES = ("day", "month", "year", "comma", "the")
WORDS = (("day",), ("month",), ("year",), ("comma",), ("the",), ("day", "year"), ("month", "day"))


class Tried(Forms):
    """Every form at every word that is no punctuation."""

    def beginning(self, symbols: str) -> tuple[Form, ...]:
        return () if "comma" in self.roles(symbols[0]) else self._forms


elements = st.builds(
    lambda roles, mark: "|".join(roles) + mark,
    st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True),
    st.sampled_from(["", "", "?"]),
)
contexts = st.sampled_from(ROLES).map("({})".format)
forms = st.builds(
    lambda before, own, after: " ".join([*before, *own, *after]),
    st.lists(contexts, max_size=1),
    st.lists(elements, min_size=1, max_size=4),
    st.lists(contexts, max_size=1),
)


@given(st.lists(forms, min_size=1, max_size=5), st.lists(st.sampled_from(WORDS), max_size=7))
def test_the_forms_that_are_tried_at_a_word_are_all_that_can_match(
    written: list[str], words: list[tuple[str, ...]]
) -> None:
    symbols = Symbols()
    known = [symbols.entry(dict.fromkeys(roles)).symbol for roles in WORDS]
    chosen = grammar({"day": tuple(written)}, symbols)
    roles_of = {symbol: roles for roles, symbol in symbols.of.items()}
    tried = Grammar(Tried(chosen.forms._forms, roles_of), chosen.joining)
    shape = "".join(known[WORDS.index(word)] for word in words)
    assert chosen.read(shape) == tried.read(shape)
