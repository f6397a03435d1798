from datetime import date

from review_app.deliberations.speaking import Speaker, speaking_order


def test_juniors_first_own_system_before_outside_chair_last() -> None:
    chair = Speaker(1, is_chair=True, same_system=True, since=date(2020, 1, 1))
    old_outside = Speaker(2, is_chair=False, same_system=False, since=date(1990, 1, 1))
    young_outside = Speaker(3, is_chair=False, same_system=False, since=date(2015, 1, 1))
    inside = Speaker(4, is_chair=False, same_system=True, since=date(1985, 1, 1))
    unknown = Speaker(5, is_chair=False, same_system=False, since=None)

    order = speaking_order([chair, old_outside, unknown, young_outside, inside])

    assert order == [inside, young_outside, old_outside, unknown, chair]
