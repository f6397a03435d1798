"""One person has one name in a circulated copy, however the panel wrote it."""

import pytest

from review_app.masking.texts import masked, names_masked, personal_numbers_in
from review_app.opinions.private import private_data, screen_names
from tests.opinions.conftest import Stage


def shown(people: list[tuple[str, ...]], text: str) -> str:
    named = names_masked(people)
    return masked(text, [*named, *screen_names(named)], numbers=personal_numbers_in)


@pytest.mark.parametrize(
    ("people", "text", "after"),
    [
        ([("秦守田",)], "秦守田称……，秦某田又称", "秦某甲称……，秦某甲又称"),
        ([("张大明",), ("张小明",)], "张某明与张大明", "张某明与张某甲"),
        ([("秦守田",), ("秦大甲",)], "秦守田、秦某甲、秦大甲", "秦某甲、秦某甲、秦某乙"),
        ([("孙强",)], "孙强、孙某、孙某甲", "孙某甲、孙某、孙某甲"),
        ([("阿卜杜拉·买买提",)], "阿卜杜拉·买买提和阿某", "阿某甲和阿某"),
        ([("欧阳娜娜", "娜娜")], "欧阳某娜即娜娜", "欧阳某甲即欧阳某甲"),
    ],
)
def test_names_copied_from_pages_become_the_same_name(
    people: list[tuple[str, ...]], text: str, after: str
) -> None:
    assert shown(people, text) == after


def test_numbers_and_home_of_the_petitioner_are_masked_as_registered(stage: Stage) -> None:
    petitioner = stage.review.item.petitioner
    petitioner.address, petitioner.phone = "青岚市柳泉区柳泉镇柳树村三组", "0536-1234567"

    after = masked(
        "住青岚市柳泉区柳泉镇柳树村三组，电话0536-1234567。",
        private_data(stage.review, [("秦守田",)]),
        numbers=personal_numbers_in,
    )

    assert after == "住青岚市柳泉区柳泉镇，电话（电话略）。"
