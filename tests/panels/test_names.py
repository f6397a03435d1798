"""Names: Han names, compound surnames, minority names with a dot, masked names (pitfall P1)."""

import pytest

from review_app.panels.names import NameMatch, WrittenName, all_names, compare, is_masked, read_name


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("张三", "张三", NameMatch.SAME),
        ("张三", "张 三", NameMatch.SAME),
        ("张三", "　张三 ", NameMatch.SAME),
        ("张三", "张三丰", NameMatch.DIFFERENT),
        ("张三", "李三", NameMatch.DIFFERENT),
        ("欧阳娜娜", "欧阳娜娜", NameMatch.SAME),
        ("欧阳娜娜", "欧阳娜", NameMatch.DIFFERENT),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提", NameMatch.SAME),
        ("阿卜杜拉·买买提", "阿卜杜拉・买买提", NameMatch.SAME),
        ("阿卜杜拉·买买提", "阿卜杜拉．买买提", NameMatch.SAME),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提", NameMatch.SAME),
        ("阿卜杜拉·买买提", "阿卜杜拉", NameMatch.SAME),
        ("阿卜杜拉·买买提", "阿卜杜拉·热合曼", NameMatch.DIFFERENT),
        ("阿卜杜拉·买买提", "买买提", NameMatch.DIFFERENT),
        ("阿卜杜拉·买买提", "买买提·阿卜杜拉", NameMatch.SAME),
        ("阿卜杜拉·买买提", "阿布都拉·麦麦提", NameMatch.SAME),
        ("阿卜杜拉·买买提", "阿不都拉麦买提", NameMatch.SAME),
        ("阿卜杜拉·买买提·吐尔逊", "阿卜杜拉·买买提", NameMatch.SAME),
        ("阿卜杜拉·买买提·吐尔逊", "阿卜杜拉·吐尔逊", NameMatch.DIFFERENT),
        ("阿卜杜拉·买买提", "阿卜杜拉⸱买买提", NameMatch.SAME),
        ("扎西次仁", "札西才仁", NameMatch.SAME),
        ("扎西次仁", "扎西平措", NameMatch.DIFFERENT),
        ("娜娜·欧阳", "欧阳娜娜", NameMatch.SAME),
        ("歐陽娜娜", "欧阳娜娜", NameMatch.SAME),
        ("欧阳丽娜", "欧阳莉娜", NameMatch.DIFFERENT),
        ("欧阳修", "欧修", NameMatch.DIFFERENT),
        ("司马光", "司马", NameMatch.DIFFERENT),
        ("萧建国", "肖建国", NameMatch.SAME),
        ("傅强", "付强", NameMatch.SAME),
        ("王付", "王傅", NameMatch.DIFFERENT),
        ("马力", "马丽", NameMatch.DIFFERENT),
        ("張偉", "张伟", NameMatch.SAME),
        ("Smith, John", "John Smith", NameMatch.SAME),
        ("𠮷野家", "𠮷野家", NameMatch.SAME),
        ("John Smith", "JOHN  smith", NameMatch.SAME),
        ("张三", "", NameMatch.UNKNOWN),
        ("张三", "张某", NameMatch.UNKNOWN),
        ("张三", "张××", NameMatch.UNKNOWN),
        ("张三", "张X", NameMatch.UNKNOWN),
    ],
)
def test_names_are_compared_as_wholes(one: str, other: str, expected: NameMatch) -> None:
    assert compare(one, other) is expected
    assert compare(other, one) is expected


@pytest.mark.parametrize("name", ["秦某田", "李××", "王**", "赵XX", "孙〇"])
def test_masked_names_are_recognised(name: str) -> None:
    assert is_masked(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张伟", WrittenName("张伟")),
        ("张伟（曾用名张三）", WrittenName("张伟", ("张三",))),
        ("张伟（男）", WrittenName("张伟")),
        ("张伟(又名：张小三、化名李四)", WrittenName("张伟", ("张小三", "李四"))),
        ("海岱建材（渤宁）有限公司", WrittenName("海岱建材（渤宁）有限公司")),
    ],
)
def test_other_names_in_brackets_are_read(text: str, expected: WrittenName) -> None:
    assert read_name(text) == expected


def test_all_names_hold_each_once() -> None:
    assert all_names("张伟（曾用名张三）", ("张三", "张大伟")) == ("张伟", "张三", "张大伟")
