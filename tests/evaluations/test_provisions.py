"""Provisions that a form suggests."""

import pytest

from review_app.evaluations.provisions import Provision, governs, provision_of


def test_a_provision_is_taken_apart() -> None:
    assert provision_of("刑事诉讼法（2018）第46条") == Provision("刑事诉讼法", "2018", "第46条")


@pytest.mark.parametrize(
    ("words", "templates"),
    [
        ("刑事诉讼法（2018）第46条", {"GEN", "CRIM", "POL"}),
        ("民事诉讼法（2023）第211条", {"GEN", "CIV", "EXE"}),
        ("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释（2022）第517条", {"GEN", "CIV", "EXE"}),
        ("行政诉讼法（2017）第91条", {"GEN", "ADM"}),
        ("信访工作条例（2022）第22条", {"GEN", "CRIM", "CIV", "ADM", "EXE", "POL"}),
    ],
)
def test_only_the_code_of_the_own_procedure_is_suggested(words: str, templates: set[str]) -> None:
    provision = provision_of(words)

    suggested = {one for one in ("GEN", "CRIM", "CIV", "ADM", "EXE", "POL") if governs(provision, one)}

    assert suggested == templates
