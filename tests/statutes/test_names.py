"""One spelling for every way of naming a law or an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.statutes.names import ArticleName, article_name, article_number, code_of


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("刑法133", "刑法第133条"),
        ("《中华人民共和国刑法》第一百三十三条之一第一款", "刑法第133条之1"),
        ("民诉法第二百六十四条", "民事诉讼法第264条"),
        (
            "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释第五百一十七条",
            str(ArticleName(code_of("民诉解释"), 517)),
        ),
        ("工伤保险条例第十四条", "工伤保险条例第14条"),
        ("渡船法4", "渡船法第4条"),
        ("渡口条例4-1", "渡口条例第4条之1"),
    ],
)
def test_article_has_one_name_however_it_is_written(typed: str, name: str) -> None:
    assert str(article_name(typed)) == name


@pytest.mark.parametrize("typed", ["", "逃逸", "公司法2023", "第一百三十三条", "x" * 300])
def test_what_names_no_article_of_a_law_has_no_name(typed: str) -> None:
    assert article_name(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("133", (133, 0)), ("第133条", (133, 0)), ("133之1", (133, 1)), ("133-1", (133, 1)),
        ("第一百三十三条之一", (133, 1)), ("一千二百六十", (1260, 0)), ("", None), ("逃逸", None), ("12345678", None),
    ],
)  # fmt: skip
def test_number_is_read_in_any_usual_spelling(typed: str, number: tuple[int, int] | None) -> None:
    assert article_number(typed) == number


@given(st.text(max_size=300))
def test_any_text_is_a_name_or_none(typed: str) -> None:
    code_of(typed)
    article_name(typed)
    article_number(typed)
