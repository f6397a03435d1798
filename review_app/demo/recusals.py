"""Recusal at work: every panel is checked, one substitute's tie has just become known, and one person's opinion
on it waits for the second."""

from sqlalchemy.orm import Session

from review_app.clock import local_day
from review_app.demo.office import Office
from review_app.experts.service import add_tie
from review_app.experts.states import TieKind
from review_app.panels import queries
from review_app.panels.case_people import search_file
from review_app.panels.conflicts import give_opinion, questions_about
from review_app.panels.gathering import judge
from review_app.panels.models import PanelMember
from review_app.panels.rechecking import after_changes
from review_app.panels.rules import BEFORE_BALLOTS
from review_app.reviews.states import InvolvedAs


def check_again(office: Office) -> None:
    """Check every panel; let a tie of a substitute become known, and look through one file for people."""
    session, coordinator = office.session, office.people["coord"]
    after_changes(session, now=office.now)
    waiting = substitute_of_running_panel(session)
    if waiting is None:
        return
    review = waiting.panel.review
    party = review.legal_case.involved_as(InvolvedAs.PARTY, InvolvedAs.PETITIONER)[0]
    add_tie(
        session, waiting.expert, kind=TieKind.OTHER_TIE, name=party.name, note="同村邻居", by=coordinator,
        now=office.now,
    )  # fmt: skip
    after_changes(session, now=office.now)
    hit = questions_about(judge(session, review, waiting.expert, on=local_day(office.now)))[0]
    give_opinion(
        session, review, expert_no=hit.expert_no, rule=hit.rule, fact_key=hit.fact_key, confirmed=False,
        reason="经向村委会核实，只是同姓同名，并非同一人。", by=coordinator, now=office.now,
    )  # fmt: skip
    search_file(session, review, by=coordinator, now=office.now)


def substitute_of_running_panel(session: Session) -> PanelMember | None:
    """The last substitute of a panel that is at work, so that nobody who reads is disturbed."""
    panels = (one for one in queries.running_panels(session) if one.review.state in BEFORE_BALLOTS)
    return next((one.substitutes[-1] for one in panels if one.substitutes), None)
