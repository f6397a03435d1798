from review_app.saved_searches.looking import Found, sort_out


def test_case_that_no_run_found_is_new_and_one_row_speaks_for_all_its_versions() -> None:
    fresh = [Found(7, "a", 1), Found(9, "a", 2), Found(8, "b", 1)]

    assert sort_out(fresh, set(), {}) == ((Found(8, "b", 1), Found(9, "a", 2)), ())


def test_next_version_of_a_case_that_was_there_is_not_new() -> None:
    assert sort_out([Found(9, "a", 2)], {"a"}, {}) == ((), (Found(9, "a", 2),))


def test_next_version_of_a_case_told_of_is_not_new() -> None:
    assert sort_out([Found(9, "a", 3)], {"a"}, {"a": 2}) == ((), (Found(9, "a", 3),))


def test_earlier_version_that_comes_to_light_later_changes_nothing() -> None:
    assert sort_out([Found(4, "a", 1)], {"a"}, {"a": 2}) == ((), ())
