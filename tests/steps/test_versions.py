"""What an article is to earlier versions of its own uri."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from streams.steps.sketch import fingerprint
from streams.steps.versions import KEPT, History, Judged, judge, remember


def article(**fields: Any) -> Article:
    return Article.model_validate({"uri": "urn:a", "wire": "w", "body": "text", **fields})


def arrive(history: History | None, offset: int, **fields: Any) -> tuple[Judged, History]:
    one = article(**fields)
    corrects = one.signal == "correction"
    judged = judge(one, fingerprint(one), offset, history, corrects=corrects)
    return judged, remember(history, judged, "en", (), 1000 + offset)


def test_the_first_version_is_new() -> None:
    judged, _ = arrive(None, 0)
    assert judged.verdict == "new"


def test_the_same_text_again_is_a_repeat() -> None:
    _, history = arrive(None, 0, version=1)
    judged, _ = arrive(history, 1, version=1)
    assert judged.verdict == "repeat"


def test_a_higher_version_is_an_update_of_the_one_before() -> None:
    _, history = arrive(None, 0, version=1)
    judged, _ = arrive(history, 1, version=2, body="more")
    assert (judged.verdict, judged.supersedes) == ("update", "urn:a@1")


def test_a_higher_version_that_says_so_is_a_correction() -> None:
    _, history = arrive(None, 0, version=1)
    judged, _ = arrive(history, 1, version=2, body="right", signal="correction")
    assert judged.verdict == "correction"


def test_a_lower_version_that_comes_late_is_stale() -> None:
    _, history = arrive(None, 0, version=2, body="more")
    judged, _ = arrive(history, 1, version=1)
    assert judged.verdict == "stale"


def test_a_changed_text_without_a_version_number_is_an_update() -> None:
    _, history = arrive(None, 0)
    judged, _ = arrive(history, 1, body="changed in silence")
    assert judged.verdict == "update"


def test_creation_times_in_different_zones_are_compared_as_times() -> None:
    _, history = arrive(None, 0, version_created="2024-11-07T12:00:00+03:00")
    judged, _ = arrive(history, 1, version_created="2024-11-07T10:00:00Z", body="an hour later")
    assert judged.verdict == "update"


def test_a_withdrawal_without_a_version_is_final() -> None:
    _, history = arrive(None, 0, version=1)
    judged, history = arrive(history, 1, status="canceled", body=None)
    assert judged.verdict == "withdrawn"
    late, _ = arrive(history, 2, version=7, body="too late")
    assert late.verdict == "stale"


def test_a_withdrawal_with_times_but_no_version_is_final_too() -> None:
    _, history = arrive(None, 0, version=3)
    judged, _ = arrive(
        history, 1, status="canceled", body=None, published_at="2024-11-07T12:00:00Z"
    )
    assert judged.verdict == "withdrawn"


def test_a_withdrawal_that_comes_first_keeps_the_article_out() -> None:
    _, history = arrive(None, 0, status="canceled", body=None)
    judged, _ = arrive(history, 1, version=1)
    assert judged.verdict == "stale"


def test_a_version_above_the_withdrawn_one_passes() -> None:
    _, history = arrive(None, 0, version=1)
    _, history = arrive(history, 1, version=2, status="canceled", body=None)
    judged, _ = arrive(history, 2, version=3, body="written anew")
    assert judged.verdict == "update"


def test_a_record_delivered_again_gets_its_first_verdict() -> None:
    _, history = arrive(None, 5, version=1)
    _, history = arrive(history, 9, version=2, body="more")
    again, _ = arrive(history, 5, version=1)
    assert again.verdict == "new"


def test_a_text_that_comes_back_without_a_version_number_is_an_update() -> None:
    _, history = arrive(None, 0, body="first")
    _, history = arrive(history, 1, body="second")
    judged, _ = arrive(history, 2, body="first")
    assert judged.verdict == "update"


def test_a_version_that_comes_late_has_the_standing_one_told_again() -> None:
    _, history = arrive(None, 0, version=2, body="more")
    late, history = arrive(history, 1, version=1)
    assert (late.verdict, late.retell, late.standing.offset) == ("stale", True, 0)
    again, _ = arrive(history, 0, version=2, body="more")
    assert (again.verdict, again.supersedes) == ("update", "urn:a@1")


def test_a_version_that_comes_late_and_changes_nothing_has_nothing_told_again() -> None:
    _, history = arrive(None, 0, version=2, body="more")
    _, history = arrive(history, 1, version=3, body="most")
    late, _ = arrive(history, 2, version=1)
    assert (late.verdict, late.retell) == ("stale", False)


def test_another_record_at_a_known_offset_is_judged_for_itself() -> None:
    # The input topic was made anew: offsets start again, and mean other records.
    _, history = arrive(None, 5, version=1)
    judged, _ = arrive(history, 5, version=2, body="another record")
    assert judged.verdict == "update"


def test_a_feed_that_is_polled_for_ever_does_not_grow_the_history() -> None:
    judged, history = arrive(None, 0)
    for offset in range(1, 10 * KEPT):
        judged, history = arrive(history, offset)
    assert len(history.seen) == 1
    assert judged.verdict == "repeat"


def test_a_liveblog_does_not_grow_the_history_for_ever() -> None:
    history: History | None = None
    for offset in range(10 * KEPT):
        _, history = arrive(history, offset, body=f"minute {offset}")
    assert history is not None
    assert len(history.seen) == KEPT


PASSED = ("new", "update", "correction", "withdrawn")

versions = st.lists(
    st.fixed_dictionaries(
        {"version": st.integers(1, 4)},
        optional={"status": st.just("canceled"), "signal": st.just("correction")},
    ),
    min_size=1,
    max_size=8,
)


@given(versions)
def test_whatever_was_seen_before_every_version_delivered_again_gets_its_verdict(
    arrivals: list[dict[str, Any]],
) -> None:
    history: History | None = None
    verdicts = []
    for offset, fields in enumerate(arrivals):
        judged, history = arrive(history, offset, body=f"text {fields['version']}", **fields)
        verdicts.append(judged.verdict)
    for offset, fields in enumerate(arrivals):
        again, history = arrive(history, offset, body=f"text {fields['version']}", **fields)
        if not (judged.retell and judged.standing.offset == offset):
            assert (again.verdict in PASSED) == (verdicts[offset] in PASSED)


@given(versions)
def test_nothing_passes_after_a_lower_version_than_the_last_that_passed(
    arrivals: list[dict[str, Any]],
) -> None:
    history: History | None = None
    passed = 0
    for offset, fields in enumerate(arrivals):
        judged, history = arrive(history, offset, body=f"text {fields['version']}", **fields)
        if judged.verdict in ("new", "update", "correction"):
            assert fields["version"] >= passed
            passed = fields["version"]


@given(st.permutations(range(5)), st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4)))
def test_whatever_the_order_the_standing_version_is_told_alike_in_the_end(
    order: list[int], canceled: set[int], corrected: set[int]
) -> None:
    def told(arrivals: list[int]) -> tuple[Any, ...]:
        history: History | None = None
        last: tuple[Any, ...] = ()
        for offset, number in enumerate(arrivals):
            fields: dict[str, Any] = {"version": number, "body": f"text {number}"}
            if number in canceled:
                fields |= {"status": "canceled"}
            elif number in corrected:
                fields |= {"signal": "correction"}
            judged, history = arrive(history, offset, **fields)
            if judged.verdict != "stale" or judged.retell:
                standing = judged.standing
                last = (standing.order, standing.verdict, standing.supersedes)
        return last

    assert told(order) == told(sorted(order))
