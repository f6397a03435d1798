import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_app.deliberations.merging import Group, Likeness, Source, suggest


def source(
    key: int, code: str = "D4-07", *pages: int, locus: str = "", veto: str | None = None, sev: str = "S2"
) -> Source:
    return Source(key, code, sev, locus, frozenset((1, page) for page in pages), veto)


def shape(groups: list[Group]) -> list[tuple[str, list[int], Likeness]]:
    return [(group.code, [one.key for one in group.sources], group.why) for group in groups]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([source(1, "D4-07", 3), source(2, "D4-07", 3, 4)], [("D4-07", [1, 2], Likeness.SAME_PAGE)]),
        (
            [source(1, "D4-07", 3), source(2, "D4-07", 9)],
            [("D4-07", [1], Likeness.ALONE), ("D4-07", [2], Likeness.ALONE)],
        ),
        (
            [source(1, locus="送达 回证"), source(2, locus="送达回证")],
            [("D4-07", [1, 2], Likeness.SAME_WORDS)],
        ),
        (
            [source(1, "D4-07", 3), source(2, "D4-06", 3)],
            [("D4-06", [2], Likeness.ALONE), ("D4-07", [1], Likeness.ALONE)],
        ),
        (
            [source(1, "D4-07", 1), source(2, "D4-07", 5), source(3, "D4-07", 1, 5)],
            [("D4-07", [1, 2, 3], Likeness.SAME_PAGE)],
        ),
        (
            [source(1, "D1-01", 3, veto="V01"), source(2, "D1-01", 3, veto="V04")],
            [("D1-01", [1], Likeness.ALONE), ("D1-01", [2], Likeness.ALONE)],
        ),
        (
            [source(1, "D1-01", 3, veto="V01"), source(2, "D1-01", 3)],
            [("D1-01", [1, 2], Likeness.SAME_PAGE)],
        ),
        ([], []),
    ],
)
def test_suggestion(sources: list[Source], expected: list[tuple[str, list[int], Likeness]]) -> None:
    assert shape(suggest(sources)) == expected


def test_severity_is_what_most_chose_and_of_equally_many_the_milder() -> None:
    most = Group((source(1, sev="S3"), source(2, sev="S3"), source(3, sev="S2")), Likeness.ALONE)
    even = Group((source(1, sev="S3"), source(2, sev="S2")), Likeness.ALONE)

    assert (most.severity, even.severity) == ("S3", "S2")


sources = st.builds(
    Source,
    st.integers(),
    st.sampled_from(["D4-07", "D4-06", "D1-01"]),
    st.sampled_from(["S2", "S3"]),
    st.sampled_from(["", "甲", "乙"]),
    st.frozensets(st.tuples(st.integers(1, 2), st.integers(1, 3)), max_size=2),
    st.sampled_from([None, "V01", "V04"]),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(sources, max_size=12, unique_by=lambda one: one.key))
def test_every_proposal_lands_in_exactly_one_group(given_sources: list[Source]) -> None:
    groups = suggest(given_sources)

    assert sorted(one.key for group in groups for one in group.sources) == sorted(
        one.key for one in given_sources
    )
    for group in groups:
        assert len({one.code for one in group.sources}) == 1
        assert len({one.veto for one in group.sources if one.veto}) <= 1


def test_overlapping_quotations_weigh_more_than_a_common_page() -> None:
    one = Source(1, "D4-07", "S2", "", frozenset({(1, 3)}), ranges=frozenset({(1, 3, 10, 30)}))
    overlapping = Source(2, "D4-07", "S2", "", frozenset({(1, 3)}), ranges=frozenset({(1, 3, 29, 40)}))
    beside = Source(3, "D4-07", "S2", "", frozenset({(1, 3)}), ranges=frozenset({(1, 3, 30, 40)}))

    assert [group.why for group in suggest([one, overlapping])] == [Likeness.SAME_QUOTE]
    assert [group.why for group in suggest([one, beside])] == [Likeness.SAME_PAGE]


def test_near_wordings_of_a_place_are_alike_unless_they_name_other_numbers() -> None:
    one = Source(1, "D4-07", "S2", "第12页送达回证", frozenset())
    near = Source(2, "D4-07", "S2", "第12页的送达回证", frozenset())
    elsewhere = Source(3, "D4-07", "S2", "第13页送达回证", frozenset())

    assert [group.why for group in suggest([one, near])] == [Likeness.NEAR_WORDS]
    assert [group.why for group in suggest([one, elsewhere])] == [Likeness.ALONE, Likeness.ALONE]
