"""The wire that duplicates are measured with."""

from itertools import combinations, islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.wire_edits import (
    EDITS,
    WINDOW_MS,
    Item,
    Originals,
    distinct,
    jaccard,
    pairs,
    phrases_for,
    wire,
    words,
)

ENGLISH = """The harbour of the old town was closed for the third day because of ice on the quays.
Two ferries with "some 300" passengers wait outside, and the captain of one of them asked for
coal, bread and a doctor. The mayor said that the ice would be blown up in the morning if the
wind did not turn.
Fishermen doubt it. They have seen the bay frozen until April, and nobody then blew up anything.
The railway runs, but its last carriage is reserved for the mail."""
RUSSIAN = """Порт старого города закрыт третий день из-за льда у причалов.
Два парома, на которых «около 300» пассажиров, ждут на рейде, и капитан одного из них попросил
уголь, хлеб и врача. Мэр сказал, что утром лёд взорвут, если ветер не переменится.
Рыбаки в этом сомневаются. Они видели бухту замёрзшей до апреля, и никто тогда ничего не взрывал.
Поезда ходят, но последний вагон занят почтой, а билеты на первые три проданы ещё вчера."""
ARABIC = """أغلق ميناء المدينة القديمة لليوم الثالث بسبب الجليد عند الأرصفة.
تنتظر عبارتان على متنهما "نحو 300" راكب خارج الميناء، وطلب قبطان إحداهما فحما وخبزا وطبيبا.
قال رئيس البلدية إن الجليد سيفجر في الصباح إذا لم تتغير الريح.
يشك الصيادون في ذلك. لقد رأوا الخليج متجمدا حتى أبريل، ولم يفجر أحد شيئا حينها.
القطار يسير، لكن عربته الأخيرة محجوزة للبريد منذ أمس كما قال مدير المحطة."""
CHINESE = """因码头结冰，老城的港口已经关闭了三天。
两艘渡轮载着约三百名乘客在港外等候，其中一位船长要求送去煤、面包和医生。市长说，如果风向不变，早上将炸开冰层。
渔民们对此表示怀疑。他们见过海湾一直冻到四月，那时谁也没有炸过什么。
火车照常运行，但最后一节车厢留给了邮件。"""
TEXTS = [
    ("Ice closes the harbour", ENGLISH),
    ("Лёд закрыл порт", RUSSIAN),
    (None, ARABIC),
    ("冰封港口", CHINESE),
]


def some(count: int, seed: int = 1) -> list[Item]:
    return list(islice(wire(Originals(TEXTS, seed), seed), count))


def test_the_same_seed_gives_the_same_wire() -> None:
    assert some(300) == some(300)
    assert some(300) != some(300, seed=2)


def test_no_two_originals_have_a_fifth_of_their_word_pairs_in_common() -> None:
    originals = Originals(TEXTS, 1)
    sets = [pairs(originals(number)[1]) for number in range(12 * len(TEXTS))]
    assert max(jaccard(one, other) for one, other in combinations(sets, 2)) < 0.2


def test_frequent_words_stay_and_rare_ones_are_renamed_alike_in_all_articles() -> None:
    texts = [(None, ENGLISH), *((None, f"{ENGLISH} The {name} sank.") for name in ("ship", "raft"))]
    texts += [(None, f"{number} of the " * 20) for number in range(9)]
    originals = Originals(texts, 1)
    replicas = (originals(len(texts) + number)[1] for number in range(len(texts)))
    (lead,) = {replica.splitlines()[0] for replica in replicas if "\n" in replica}
    first = ENGLISH.splitlines()[0]
    same = {new for old, new in zip(first.split(), lead.split(), strict=True) if old == new}
    assert same == {"The", "of", "the"}


def test_a_copy_comes_after_its_original_from_another_wire_within_the_window() -> None:
    items = some(4_000)
    before: dict[str, Item] = {}
    for item in items:
        if item.origin is not None:
            original = before[item.origin]
            assert original.origin is None
            assert original.wire != item.wire
            assert 0 < item.received_ms - original.received_ms <= WINDOW_MS
        before[item.uri] = item
    assert len(before) == len(items)
    assert 0.06 < sum(item.origin is not None for item in items) / len(items) < 0.1
    assert {item.edit for item in items} == {None, *EDITS}


@pytest.mark.parametrize("kind", EDITS)
@pytest.mark.parametrize("body", [ENGLISH, RUSSIAN, ARABIC, CHINESE])
def test_a_copy_keeps_more_of_its_original_than_a_replica_does(kind: str, body: str) -> None:
    copy, original = (
        pairs(text) for text in (EDITS[kind](body, phrases_for(body), Random(1)), body)
    )
    assert len(copy & original) / min(len(copy), len(original)) > 0.4


def test_captions_and_copies_of_the_corpus_are_left_out() -> None:
    again = (None, f"{ENGLISH} It was so.")
    assert distinct([*TEXTS, again, (None, "A caption.")]) == TEXTS


def test_where_no_spaces_are_written_a_character_is_a_word() -> None:
    assert words("冰封港口, 2024 Ice-Age!") == ["冰", "封", "港", "口", "2024", "ice-age"]


@given(st.text(), st.integers(0, 99), st.sampled_from(sorted(EDITS)))
def test_any_text_can_be_replicated_and_edited(body: str, number: int, kind: str) -> None:
    replica = Originals([(body, body)], number)(number)[1]
    assert isinstance(EDITS[kind](replica, phrases_for(replica), Random(number)), str)
