"""What of the stored forms goes into the figures."""

from decimal import Decimal

from sqlalchemy import event
from sqlalchemy.orm import Session

from review_app.accounts.states import Role
from review_app.agreement.queries import Rating, closed_cases, ratings_of
from review_app.evaluations.content import as_form_input
from review_app.evaluations.queries import signed_forms
from review_app.evaluations.scoring import score_form
from review_app.evaluations.states import FormState
from review_app.form_templates.catalogue import load as load_catalogue
from review_app.reviews.states import ReviewState
from review_app.rulebook import load as load_rules
from tests import factories
from tests.agreement.rated import experts, many, rated
from tests.conftest import NOW
from tests.deliberations.made import signed_case


def test_a_rating_is_what_the_form_says_in_numbers(session: Session) -> None:
    members = experts(session, 2)
    review = rated(session, members, [{"D5-01": "2", "D1-01": "99"}, {}], grades="C-")

    first, second = ratings_of(session, [review.id])[review.id]

    none = dict.fromkeys((f"D{number}" for number in range(1, 9)), Decimal(0))
    assert first == Rating(
        members[0].id, Decimal(90), "C", {"D5-01": Decimal(2), "D1-01": Decimal(99)},
        none | {"D5": Decimal(2), "D1": Decimal(8)},
    )  # fmt: skip
    assert second == Rating(members[1].id, Decimal(100), None, {}, none)


def test_scores_are_those_of_the_form_itself(session: Session) -> None:
    made = signed_case(session, 3)
    rules, catalogue = load_rules(), load_catalogue()

    found = [one.score for one in ratings_of(session, [made.review.id])[made.review.id]]

    forms = signed_forms(session, made.review)
    assert found == [score_form(as_form_input(form), rules, catalogue).score for form in forms]
    assert len(set(found)) > 1


def test_only_closed_reviews_count(session: Session) -> None:
    members, office = experts(session, 3), factories.person(session, Role.COORD)
    for state in ReviewState:
        rated(session, members, [{}, {}, {}], state=state)

    found = closed_cases(session, office)

    assert [one.review.state for one in found] == [ReviewState.CLOSED]


def test_a_member_who_left_and_an_unsigned_form_do_not_count(session: Session) -> None:
    members, office = experts(session, 4), factories.person(session, Role.COORD)
    review = rated(session, members, [{}, {}, {"D5-01": "3"}, {}])
    review.accesses[2].ended_at = NOW
    last = signed_forms(session, review)[-1]
    session.connection().exec_driver_sql(
        "UPDATE eval_form SET state = ? WHERE id = ?", (FormState.DRAFT.value, last.id)
    )
    session.flush()
    session.expire_all()

    (found,) = closed_cases(session, office)

    assert [one.person_id for one in found.ratings] == [members[0].id, members[1].id]


def test_nobody_gets_figures_of_his_own_organ(session: Session) -> None:
    organ = factories.organisation(session)
    own = factories.person(session, Role.COORD, organisation=organ)
    other = factories.person(session, Role.COORD)
    rated(session, experts(session, 3), [{}, {}, {}], reviewed_org=organ)

    assert closed_cases(session, own) == []
    assert len(closed_cases(session, other)) == 1


def test_a_template_or_a_year_can_be_chosen(session: Session) -> None:
    office = factories.person(session, Role.COORD)
    rated(session, experts(session, 3), [{}, {}, {}])

    counts = [
        len(closed_cases(session, office, **chosen))
        for chosen in ({"template": "EXE"}, {"template": "CIV"}, {"year": 2024}, {"year": 2023})
    ]

    assert counts == [1, 0, 1, 0]


def test_the_number_of_queries_does_not_grow_with_the_reviews(session: Session) -> None:
    office = factories.person(session, Role.COORD)
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    for _ in range(2):
        many(session, 6)
        session.expire_all()
        assert office.roles
        asked.clear()
        closed_cases(session, office)
        counts.append(len(asked))

    assert counts[0] == counts[1]
