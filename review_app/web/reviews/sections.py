"""The sections of one review and who may open each: tabs over all its pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import request, url_for
from flask_babel import gettext

from review_app.accounts.models import Person
from review_app.agreement.rules import can_see_case_figures
from review_app.archiving.rules import can_export_archive
from review_app.deliberations.queries import escalation_of
from review_app.deliberations.rules import (
    can_audit_deliberation,
    can_open_result,
    can_see_escalation,
    can_see_findings,
    can_see_hearing,
    can_see_interventions,
    can_see_sessions,
)
from review_app.discussions.rules import can_see_discussions
from review_app.errors import N_
from review_app.evaluations.queries import bare_forms
from review_app.evaluations.rules import can_audit_forms, can_follow_reading, can_open_desk, can_see_others
from review_app.followup.rules import can_read_reply, can_see_followup
from review_app.opinions.queries import opinion_of
from review_app.opinions.rules import can_open_documents, can_read_draft
from review_app.panels.rules import can_see_panel
from review_app.precedents.rules import can_see_report
from review_app.reviews.lacks import Missing
from review_app.reviews.models import CaseReview
from review_app.reviews.rules import can_list_files, can_see
from review_app.reviews.states import MAIN_LINE
from review_app.reviews.states import ReviewState as S
from review_app.web.request import session
from review_app.web.reviews.overview import place_of

Rule = Callable[[Person, CaseReview], bool]


@dataclass(frozen=True)
class Section:
    """One tab."""

    label: str
    url: str
    current: bool


def can_open_panel(person: Person, review: CaseReview) -> bool:
    """There is a panel from the draw on."""
    return can_see_panel(person, review) and place_of(review) >= MAIN_LINE.index(S.DRAW)


def can_open_own_form(person: Person, review: CaseReview) -> bool:
    """There is a form to open from the reading on."""
    return can_open_desk(person, review) and place_of(review) >= MAIN_LINE.index(S.READING)


def can_compare_forms(person: Person, review: CaseReview) -> bool:
    """All members have signed, and the reader may see what they wrote."""
    return can_audit_forms(person, review) or can_see_others(person, review, bare_forms(session(), review))


def can_compare_scores(person: Person, review: CaseReview) -> bool:
    """All members have signed, and the reader may see their scores."""
    return can_see_case_figures(person, review, bare_forms(session(), review))


def can_open_opinion(person: Person, review: CaseReview) -> bool:
    """The draft is there and may be read."""
    return can_read_draft(person, review) and opinion_of(session(), review) is not None


def can_open_deliberation(person: Person, review: CaseReview) -> bool:
    """The panel and the secretary; the auditor after closing, with a reason."""
    return can_see_sessions(person, review) or can_audit_deliberation(person, review)


def can_open_escalation(person: Person, review: CaseReview) -> bool:
    """The review went up, and the reader may know."""
    return can_see_escalation(person, review) and escalation_of(session(), review) is not None


# endpoint of the section's first page (opened with the review's id), its name, and the rule of that page
SECTIONS: tuple[tuple[str, str, Rule], ...] = (
    ("reviews.one", N_("概况"), can_see),
    ("files.index", N_("卷宗"), can_list_files),
    ("panels.panel", N_("评查组"), can_open_panel),
    ("evaluations.reading", N_("阅卷进度"), can_follow_reading),
    ("evaluations.desk", N_("我的评查表"), can_open_own_form),
    ("evaluations.listing", N_("各人评查表"), can_compare_forms),
    ("agreement.case", N_("评分一致性"), can_compare_scores),
    ("precedents.report", N_("类案"), can_see_report),
    ("deliberations.findings", N_("问题清单"), can_see_findings),
    ("deliberations.hearing", N_("听取意见"), can_see_hearing),
    ("discussions.listing", N_("讨论"), can_see_discussions),
    ("deliberations.deliberation", N_("研讨"), can_open_deliberation),
    ("deliberations.escalation", N_("提级"), can_open_escalation),
    ("deliberations.result", N_("结果"), can_open_result),
    ("opinions.workbench", N_("意见书"), can_open_opinion),
    ("opinions.documents", N_("文书"), can_open_documents),
    ("followup.rectify", N_("整改"), can_read_reply),
    ("followup.index", N_("化解"), can_see_followup),
    ("deliberations.interventions", N_("过问记录"), can_see_interventions),
    ("archiving.archive", N_("归档包"), can_export_archive),
)


def sections_for(person: Person, review: CaseReview) -> list[Section]:
    """The tabs this person may open. The page itself is marked, or else the first tab of its subject."""
    shown = [(endpoint, label) for endpoint, label, rule in SECTIONS if rule(person, review)]
    here = present_tab([endpoint for endpoint, _ in shown])
    return [
        Section(gettext(label), url_for(endpoint, review_id=review.id), endpoint == here)
        for endpoint, label in shown
    ]


def linked(person: Person, review: CaseReview, lacks: list[Missing]) -> list[Missing]:
    """``lacks`` with links only to pages this person may open."""
    opens = {endpoint: rule for endpoint, _, rule in SECTIONS}
    return [
        lack if lack.page not in opens or opens[lack.page](person, review) else replace(lack, page="")
        for lack in lacks
    ]


def present_tab(endpoints: list[str]) -> str:
    asked = request.endpoint or ""
    related = [one for one in endpoints if one.partition(".")[0] == asked.partition(".")[0]]
    return asked if asked in endpoints else related[0] if related else ""
