"""What differs between two texts, and which article is which."""

from hypothesis import given
from hypothesis import strategies as st

from review_app.statutes.comparing import Change, Run, counterpart, differences

OLD = "处五百元以上罚款。情节严重的，吊销执照。"
NEW = "处二千元以上罚款。情节严重的，吊销执照。"


def test_changed_words_are_found() -> None:
    runs = differences(OLD, NEW)

    assert [run for run in runs if run.change is not Change.SAME] == [
        Run(Change.REMOVED, "五百元"), Run(Change.ADDED, "二千元"),
    ]  # fmt: skip


@given(
    st.text(alphabet="处罚款元。，\n一二三", max_size=60),
    st.text(alphabet="处罚款元。，\n一二三", max_size=60),
)
def test_runs_put_together_are_both_texts(old: str, new: str) -> None:
    runs = differences(old, new)

    assert "".join(run.text for run in runs if run.change is not Change.ADDED) == old
    assert "".join(run.text for run in runs if run.change is not Change.REMOVED) == new


def test_provision_is_found_under_its_new_number() -> None:
    others = [((9, 0), "渡船应当登记。"), ((12, 0), NEW)]

    assert counterpart(OLD, (9, 0), others) == 1


def test_of_equal_texts_the_same_number_counts() -> None:
    others = [((1, 0), OLD), ((9, 0), OLD)]

    assert counterpart(OLD, (9, 0), others) == 1


def test_what_has_no_counterpart_has_none() -> None:
    assert counterpart(OLD, (9, 0), [((9, 0), "渡口由人民政府设立。")]) is None
    assert counterpart(OLD, (9, 0), []) is None
