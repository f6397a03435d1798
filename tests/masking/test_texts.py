"""De-identifying texts, and finding what still shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.masking.kinds import DatumKind
from review_app.masking.texts import (
    Datum,
    address_masked,
    bare_of,
    found_in,
    leaks,
    masked,
    names_masked,
    organisations_masked,
    suspects,
    to_town,
    values_masked,
)

PEOPLE = [["张三丰", "张师傅"], ["张小明"], ["欧阳清"], ["阿卜杜拉·买买提"], ["李某四"], [""]]


def test_everybody_gets_a_name_of_his_own_and_other_names_the_same() -> None:
    assert [(datum.value, datum.mask) for datum in names_masked(PEOPLE)] == [
        ("张三丰", "张某甲"),
        ("张师傅", "张某甲"),
        ("张小明", "张某乙"),
        ("欧阳清", "欧阳某甲"),
        ("阿卜杜拉·买买提", "阿某甲"),
    ]


def test_person_named_twice_stays_one_person() -> None:
    assert [datum.mask for datum in names_masked([["张三丰"], ["张三丰", "老张三"]])] == ["张某甲", "张某甲"]


def test_eleventh_of_a_surname_still_gets_a_name() -> None:
    masks = [datum.mask for datum in names_masked([[f"王{stem}一"] for stem in "东南西北中前后左右上下"])]

    assert (masks[0], masks[9], masks[10]) == ("王某甲", "王某癸", "王某甲2")


def test_firms_keep_their_kind_alone() -> None:
    found = organisations_masked(["青岚市大成建材有限公司", "正言律师事务所", "第三村民小组"])

    assert [datum.mask for datum in found] == ["某甲有限公司", "某乙律师事务所", "某丙单位"]


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("青岚市柳泉区石桥镇柳树村12号", "青岚市柳泉区石桥镇"),
        ("青岚市城关街道东街5号", "青岚市城关街道"),
        ("青岚市柳泉区幸福路8号", "青岚市柳泉区"),
        ("石桥镇", "石桥镇"),
        ("幸福路8号", ""),
    ],
)
def test_address_ends_at_the_town(address: str, town: str) -> None:
    assert to_town(address) == town
    assert all(datum.value != town for datum in address_masked(address))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("电话13900001234联系", "电话（电话略）联系"),
        ("电话 139-0000-1234", "电话 （电话略）"),
        ("身份证号11010119650101001X。", "身份证号（证件号略）。"),
        ("账号6222020200112345678", "账号（号码略）"),
        ("驾驶赣A·12345号货车", "驾驶（车牌略）号货车"),
        ("驾驶赣Ａ１２３４５货车", "驾驶（车牌略）货车"),
        ("（2018）赣0111刑初485号判决", "（2018）某号判决"),
        ("邮箱abc@example.com。", "邮箱（邮箱略）。"),
        ("住石桥镇柳树村三组12号，", "住石桥镇，"),
        ("石桥镇人民政府作出答复", "石桥镇人民政府作出答复"),
        ("偿还借款123456789元", "偿还借款123456789元"),
        ("依照法释〔2020〕17号第二条", "依照法释〔2020〕17号第二条"),
        ("2023年5月4日申请执行", "2023年5月4日申请执行"),
    ],
)
def test_numbers_and_addresses_are_found_by_their_form(text: str, after: str) -> None:
    assert masked(text, []) == after
    assert leaks(after, []) == []


def test_name_is_found_across_white_space_and_width() -> None:
    data = [*names_masked([["秦守田"]]), *values_masked(DatumKind.REFERENCE, ["XF2024001"], "（编号略）")]

    assert masked("秦 守\n田（ＸＦ2024001）反映", data) == "秦某甲（（编号略））反映"
    assert leaks("秦守\n田", data) == [data[0]]


def test_longer_name_goes_before_the_shorter_inside_it() -> None:
    data = names_masked([["王平"], ["王平安"]])

    assert masked("王平安和王平", data) == "王某乙和王某甲"


def test_place_of_each_datum_is_told() -> None:
    data = names_masked([["秦守田"]])

    assert [(each.start, each.end, each.datum.mask) for each in found_in("信访人秦守田称，秦守田", data)] == [
        (3, 6, "秦某甲"),
        (8, 11, "秦某甲"),
    ]


def test_unregistered_names_behind_a_role_are_asked_about() -> None:
    text = "被执行人周大海，证人吴某甲称，原告认为，执行员林晓在场，其妻子周小兰电话，货款由恒泽建材有限公司支付给某甲公司。"

    assert suspects(text) == ["周大海", "林晓", "周小兰", "恒泽建材有限公司"]


SYLLABLES = "安平海山明华东林玉成国兰"
NAMES = st.builds(
    lambda surname, given: surname + given,
    st.sampled_from("赵钱孙李周吴郑王"),
    st.text(SYLLABLES, min_size=1, max_size=2),
)
FILLING = st.text("，。的在与\n　 甲乙A1" + SYLLABLES, max_size=8)


@given(
    st.lists(NAMES, min_size=1, max_size=5, unique=True),
    st.from_regex(r"1[3-9]\d{9}", fullmatch=True),
    st.lists(st.tuples(FILLING, st.integers(0, 6)), max_size=12),
)
def test_no_datum_is_left_in_a_masked_text(
    names: list[str], phone: str, pieces: list[tuple[str, int]]
) -> None:
    address = "青岚市石桥镇柳树村12号"
    data = [
        *names_masked([[name] for name in names]),
        *values_masked(DatumKind.PHONE, [phone], "（电话略）"),
        *address_masked(address),
    ]
    secrets = [*names, phone, address]
    text = "".join(filling + secrets[which % len(secrets)] for filling, which in pieces)

    after = masked(text, data)

    assert leaks(after, data) == []
    assert not any(bare_of(secret) in bare_of(after) for secret in secrets)


def test_masking_changes_nothing_else() -> None:
    data: list[Datum] = names_masked([["秦守田"]])
    text = "本院认为，财产调查没有穷尽，不符合终结本次执行程序的条件。第1项、第2项成立。"

    assert masked(text, data) == text
