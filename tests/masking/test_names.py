import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.masking.names import MASK, mask_name, mask_text

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF, exclude_characters=MASK)
HAN_NAMES = st.text(HAN, min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("秦大田", "秦某田"),
        ("孙强", "孙某"),
        ("欧阳娜娜", "欧阳某娜"),
        ("欧阳娜", "欧阳某"),
        ("欧阳", "欧某"),
        ("司马相如传", "司马某传"),
        ("秦某田", "秦某田"),
        ("孙某", "孙某"),
        ("阿卜杜拉·买买提", "阿某"),
        ("John Smith", "J某"),
        ("秦", "秦某"),
        ("  秦大田 ", "秦某田"),
        ("", ""),
    ],
)
def test_mask_name_keeps_surname_and_last_character(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_mask_name_keeps_organisations() -> None:
    assert mask_name("青岚市恒泽建材有限公司", is_organisation=True) == "青岚市恒泽建材有限公司"


@given(HAN_NAMES)
def test_mask_name_hides_the_name_and_is_stable(name: str) -> None:
    masked = mask_name(name)

    assert masked != name
    assert MASK in masked
    assert masked[0] == name[0]
    assert mask_name(masked) == masked


def test_mask_text_masks_longest_names_first() -> None:
    text = "赵大斌、赵大斌之子赵大斌强与秦大田。"

    assert mask_text(text, ["赵大斌", "赵大斌强", "秦大田"]) == "赵某斌、赵某斌之子赵某强与秦某田。"


def test_mask_text_leaves_other_text_alone() -> None:
    assert mask_text("请求恢复执行。", ["秦大田", ""]) == "请求恢复执行。"
    assert mask_text("请求恢复执行。", []) == "请求恢复执行。"


@given(
    st.lists(HAN_NAMES, min_size=1, max_size=4), st.lists(st.text("，。请求执行的", max_size=6), max_size=5)
)
def test_mask_text_lets_no_given_name_through(names: list[str], between: list[str]) -> None:
    text = "".join(part + names[index % len(names)] for index, part in enumerate(between))

    masked = mask_text(text, names)

    assert len(masked) <= len(text)
    assert text == "" or masked != text
