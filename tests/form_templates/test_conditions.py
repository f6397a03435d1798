import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_app.form_templates.conditions import Answer, FieldState, field_problems, field_states
from review_app.form_templates.content import as_data, as_text, ordered_fields, read_content, shipped
from review_app.rulebook.reading import parse_json
from tests.form_templates.made import with_fields


def fields() -> dict:  # type: ignore[type-arg]
    data = as_data(shipped("GEN"))
    with_fields(data)
    return ordered_fields(read_content(parse_json(as_text(data))))


FIELDS = fields()
YES, NO = Answer(chosen=("YES",)), Answer(chosen=("NO",))


def test_a_field_appears_and_is_required_by_an_earlier_answer() -> None:
    assert field_states(FIELDS, {})["F2"] == FieldState(shown=False, required=False)
    assert field_states(FIELDS, {"F1": NO})["F2"] == FieldState(shown=False, required=False)
    assert field_states(FIELDS, {"F1": YES})["F2"] == FieldState(shown=True, required=True)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, [("fields.F1", "answer_missing")]),
        ({"F1": NO}, []),
        ({"F1": NO, "F2": Answer(value="nonsense")}, []),
        ({"F1": YES}, [("fields.F2", "answer_missing")]),
        ({"F1": YES, "F2": Answer(value="0")}, []),
        ({"F1": YES, "F2": Answer(value="-1")}, [("fields.F2", "range")]),
        ({"F1": YES, "F2": Answer(value="1000.5")}, [("fields.F2", "range")]),
        ({"F1": YES, "F2": Answer(value="一百")}, [("fields.F2", "number")]),
        ({"F1": Answer(chosen=("MAYBE",))}, [("fields.F1", "choice")]),
        ({"F1": Answer(chosen=("NO", "YES"))}, [("fields.F1", "choice"), ("fields.F2", "answer_missing")]),
        ({"F1": NO, "F4": Answer(value="2020-13-01")}, [("fields.F4", "date")]),
        ({"F1": NO, "F4": Answer(not_applicable=True)}, [("fields.F4", "reason_missing")]),
        ({"F1": NO, "F4": Answer(not_applicable=True, reason="本案没有接访记录")}, []),
        ({"F1": NO, "F5": Answer(not_applicable=True, reason="本案没有说明")}, [("fields.F5", "not_applicable")]),
    ],
)  # fmt: skip
def test_what_keeps_extra_fields_from_being_signed(
    answers: dict[str, Answer], expected: list[tuple[str, str]]
) -> None:
    assert [(one.path, one.code) for one in field_problems(FIELDS, answers)] == expected


ANSWERS = st.builds(
    Answer,
    value=st.text(max_size=5),
    chosen=st.sets(st.sampled_from(["YES", "NO"])).map(lambda found: tuple(sorted(found))),
    cited=st.integers(0, 2),
    not_applicable=st.booleans(),
    reason=st.text(max_size=8),
)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), ANSWERS))
def test_nothing_is_asked_of_a_field_that_is_not_shown(answers: dict[str, Answer]) -> None:
    states = field_states(FIELDS, answers)

    asked = {one.path.removeprefix("fields.") for one in field_problems(FIELDS, answers)}

    assert asked <= {code for code, state in states.items() if state.shown}
    assert all(state.shown for state in states.values() if state.required)
