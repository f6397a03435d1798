"""Names: Han names, compound surnames, minority names with a dot, masked names (pitfall P1)."""

import pytest

from review_app.panels.names import NameMatch, compare, is_masked


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
