"""Who may open which address: for every route that is read, the rule that decides, as a table.

A rule gives True (the page opens, or leads on within the platform), False (not found, and the attempt is in the
log) or None (there is nothing to open for anybody who might ask: not found). ``people`` names everybody to whom
the rule may ever say yes, so that a rule that became too wide is noticed even where its own words changed with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from case_files.drawing import DRAWN
from case_files.kinds import BY_NAME
from review_app.accounts import rules as accounts
from review_app.accounts.models import Person
from review_app.accounts.states import Role
from review_app.agreement import rules as agreement
from review_app.archiving import rules as archiving
from review_app.deliberations import queries as deliberated
from review_app.deliberations import rules as deliberations
from review_app.deliberations.states import Stage
from review_app.discussions import rules as discussions
from review_app.documents.models import Document
from review_app.documents.states import CopyKind
from review_app.evaluations import queries as forms
from review_app.evaluations import rules as evaluations
from review_app.experts import queries as pool
from review_app.experts import rules as experts
from review_app.followup import queries as followed
from review_app.followup import rules as followup
from review_app.followup.workbook import can_use_workbook
from review_app.form_templates import rules as templates
from review_app.form_templates.models import FormTemplate
from review_app.interference import rules as interference
from review_app.opinions import queries as written
from review_app.opinions import rules as opinions
from review_app.organisations import rules as organisations
from review_app.own_cases import rules as own_cases
from review_app.own_cases.models import OwnCase
from review_app.panels import queries as seats
from review_app.panels import rules as panels
from review_app.panels.models import ConflictOpinion, PanelDraw, PanelMember, Recusal
from review_app.panels.states import DrawState
from review_app.planning import rules as planning
from review_app.planning.models import Plan, PlanDraw
from review_app.precedents import queries as library
from review_app.precedents import rules as precedents
from review_app.precedents.models import Precedent
from review_app.reviews import file_rules as files
from review_app.reviews import rules as reviews
from review_app.reviews.file_queries import uploader_of
from review_app.reviews.models import CaseReview, FileDocument
from review_app.saved_searches import rules as saved_searches
from review_app.saved_searches.models import SavedSearch
from review_app.statutes import rules as statutes

Verdict = bool | None


@dataclass(frozen=True)
class Asked:
    """One person asks for one address. ``review`` is there for every address with a review's id."""

    session: Session
    person: Person
    review: CaseReview
    values: dict[str, int | str] = field(default_factory=dict)

    def id(self, name: str) -> int:
        return int(self.values[name])


@dataclass(frozen=True)
class Row:
    rule: Callable[[Asked], Verdict]
    people: frozenset[str]


def of_review(rule: Callable[[Person, CaseReview], bool]) -> Callable[[Asked], Verdict]:
    return lambda asked: rule(asked.person, asked.review)


def of_person(rule: Callable[[Person], bool]) -> Callable[[Asked], Verdict]:
    return lambda asked: rule(asked.person)


def everybody(_asked: Asked) -> Verdict:
    return True


def coordinator(asked: Asked) -> Verdict:
    return asked.person.has(Role.COORD)


def document(asked: Asked) -> FileDocument:
    return asked.session.get_one(FileDocument, asked.id("document_id"))


def opens_document(asked: Asked) -> Verdict:
    found = document(asked)
    uploader = uploader_of(asked.session, found)
    return reviews.can_list_files(asked.person, asked.review) and files.can_open_document(
        asked.person, asked.review, uploader
    )


def opens_picture(asked: Asked) -> Verdict:
    return (opens_document(asked) and BY_NAME[document(asked).kind].inline) or None


def opens_page_picture(asked: Asked) -> Verdict:
    found = document(asked)
    drawn = found.kind in DRAWN and asked.id("number") <= found.page_count
    return (opens_document(asked) and drawn) or None


def changes_document(asked: Asked) -> Verdict:
    found = document(asked)
    uploader = uploader_of(asked.session, found)
    return files.can_change_document(asked.person, asked.review, found, uploader)


def opens_panel(asked: Asked) -> Verdict:
    return panels.can_see_panel(asked.person, asked.review) or reviews.is_invited(asked.person, asked.review)


def exports_draw(asked: Asked) -> Verdict:
    draw = seats.find_draw(asked.session, asked.review, asked.id("draw_no"))
    drawn = draw is not None and draw.state is DrawState.DRAWN
    return panels.can_see_draw(asked.person, asked.review) and drawn


def asks_recusal(asked: Asked) -> Verdict:
    if not panels.can_request_recusal(asked.person, asked.review):
        return False
    panel = seats.panel_of(asked.session, asked.review)
    return None if panel is None else panels.can_see_names_of(asked.person, asked.review, panel)


def reads_recusal(asked: Asked) -> Verdict:
    found = asked.session.get_one(Recusal, asked.id("recusal_id"))
    if not reviews.can_see(asked.person, asked.review):
        return False
    return panels.can_see_recusals(asked.person, asked.review) or panels.is_own_request(asked.person, found)


def removes_member(asked: Asked) -> Verdict:
    member = asked.session.get_one(PanelMember, asked.id("member_id"))
    if not reviews.can_see(asked.person, asked.review):
        return False
    panel = seats.panel_of(asked.session, asked.review)
    if panel is None:
        return None
    named = panels.can_see_names_of(asked.person, asked.review, panel)
    return named and panels.can_remove(asked.person, member)


def nobody_by_a_guess(asked: Asked) -> Verdict:
    """The page behind a secret link; no page of the platform shows such a link twice."""
    return None


def opens_invitation(asked: Asked) -> Verdict:
    member = asked.session.get_one(PanelMember, asked.id("member_id"))
    if not reviews.can_see(asked.person, asked.review):
        return False
    panel = seats.panel_of(asked.session, asked.review)
    if panel is None:
        return None
    named = panels.can_see_names_of(asked.person, asked.review, panel)
    return named and panels.can_see_links(asked.person, member)


def reads_opinion(asked: Asked) -> Verdict:
    found = asked.session.get_one(ConflictOpinion, asked.id("opinion_id"))
    if not reviews.can_see(asked.person, asked.review):
        return False
    member = seats.member_of_expert(asked.session, asked.review, found.expert_id)
    return panels.can_see_opinion(asked.person, found, member)


def opens_statement(asked: Asked) -> Verdict:
    if not reviews.is_invited(asked.person, asked.review):
        return False
    return True if seats.seat_of(asked.session, asked.review, asked.person) else None


def has_own_form(asked: Asked) -> Verdict:
    if not evaluations.can_open_desk(asked.person, asked.review):
        return False
    return True if forms.own_form(asked.session, asked.person, asked.review) else None


def works_offline(asked: Asked) -> Verdict:
    own = has_own_form(asked)
    form = forms.own_form(asked.session, asked.person, asked.review)
    return evaluations.can_fill(asked.person, form) if own and form else own


def merges_offline(asked: Asked) -> Verdict:
    """Only a copy that awaits a choice has such an address."""
    return works_offline(asked) and None


def lists_forms(asked: Asked) -> Verdict:
    found = forms.bare_forms(asked.session, asked.review)
    return evaluations.can_audit_forms(asked.person, asked.review) or evaluations.can_see_others(
        asked.person, asked.review, found
    )


def compares_scores(asked: Asked) -> Verdict:
    found = forms.bare_forms(asked.session, asked.review)
    return agreement.can_see_case_figures(asked.person, asked.review, found)


def reads_form(asked: Asked) -> Verdict:
    every = forms.bare_forms(asked.session, asked.review)
    one = next(form for form in every if form.id == asked.id("form_id"))
    others = evaluations.can_see_others(asked.person, asked.review, every)
    return others and evaluations.can_see_form(asked.person, one, every)


def reads_escalation(asked: Asked) -> Verdict:
    if not deliberations.can_see_escalation(asked.person, asked.review):
        return False
    return True if deliberated.escalation_of(asked.session, asked.review) else None


def opens_deliberation(asked: Asked) -> Verdict:
    return deliberations.can_audit_deliberation(asked.person, asked.review) or deliberations.can_see_sessions(
        asked.person, asked.review
    )


def reads_interventions(asked: Asked) -> Verdict:
    person, review = asked.person, asked.review
    return reviews.can_see(person, review) and deliberations.can_see_interventions(person, review)


def of_draft(rule: Callable[[Person, CaseReview], bool]) -> Callable[[Asked], Verdict]:
    """A page of the unreleased opinion: the draft may be read, there is one, and ``rule`` holds."""

    def verdict(asked: Asked) -> Verdict:
        if not opinions.can_read_draft(asked.person, asked.review):
            return False
        if written.opinion_of(asked.session, asked.review) is None:
            return None
        return rule(asked.person, asked.review)

    return verdict


def of_two_versions(asked: Asked) -> Verdict:
    """Without two versions in the address there is nothing to compare, whoever asks inside the panel."""
    return None if of_draft(opinions.can_see_versions)(asked) else False


def opens_copy(asked: Asked) -> Verdict:
    person, review = asked.person, asked.review
    found = asked.session.get_one(Document, asked.id("document_id"))
    copy = CopyKind(asked.values["copy"])
    if not (opinions.can_open_documents(person, review) and opinions.can_read(person, review, found)):
        return False
    if not opinions.can_read_copy(person, review, found, copy):
        return False
    return True if found.copy(copy) else None


def notifies_result(asked: Asked) -> Verdict:
    return opinions.can_open_documents(asked.person, asked.review) and opinions.can_notify_result(
        asked.person, asked.review
    )


def requests_files(asked: Asked) -> Verdict:
    return opinions.can_open_documents(asked.person, asked.review) and opinions.can_request_files(
        asked.person, asked.review
    )


def reads_evidence(asked: Asked) -> Verdict:
    found = followed.find_evidence(asked.session, asked.review, asked.id("evidence_id"))
    assert found is not None
    of_reply = followed.belongs_to_reply(asked.session, found)
    return followup.can_read_evidence(asked.person, asked.review, of_reply=of_reply)


def lists_experts(asked: Asked) -> Verdict:
    own = pool.expert_of(asked.session, asked.person)
    return experts.can_list_experts(asked.person) or own is not None


def opens_expert(asked: Asked) -> Verdict:
    found = pool.find_expert(asked.session, asked.id("expert_id"))
    assert found is not None
    return experts.can_see_expert(asked.person, found)


def owns_expert(asked: Asked) -> Verdict:
    found = pool.find_expert(asked.session, asked.id("expert_id"))
    assert found is not None
    return experts.is_own(asked.person, found)


def opens_letter(asked: Asked) -> Verdict:
    found = pool.find_expert(asked.session, asked.id("expert_id"))
    assert found is not None
    return experts.can_read_letters(asked.person, found)


def edits_expert(asked: Asked) -> Verdict:
    return opens_expert(asked) and experts.can_edit_pool(asked.person)


def opens_saved_search(asked: Asked) -> Verdict:
    return saved_searches.can_open(asked.person, asked.session.get_one(SavedSearch, asked.id("saved_id")))


def sees_draw(asked: Asked) -> Verdict:
    found = asked.session.query(PanelDraw).filter_by(review_id=asked.review.id, draw_no=asked.id("draw_no"))
    assert found.one()
    return panels.can_see_draw(asked.person, asked.review)


def opens_minutes(asked: Asked) -> Verdict:
    if not deliberations.can_see_sessions(asked.person, asked.review):
        return False
    held = deliberated.present_session(asked.session, asked.review)
    return held is not None and held.stage is Stage.CLOSED and bool(held.minutes)


def opens_version(asked: Asked) -> Verdict:
    found = asked.session.get(FormTemplate, asked.id("version_id"))
    return templates.can_see_templates(asked.person) and found is not None


def edits_version(asked: Asked) -> Verdict:
    return opens_version(asked) and templates.can_edit(
        asked.person, asked.session.get_one(FormTemplate, asked.id("version_id"))
    )


def opens_draft_report(asked: Asked) -> Verdict:
    if not precedents.can_see_report(asked.person, asked.review):
        return False
    found = library.report_of(asked.session, asked.review)
    return True if found is not None and found.signed_at is None else None


def opens_signed_report(asked: Asked) -> Verdict:
    if not precedents.can_see_report(asked.person, asked.review):
        return False
    found = library.find_report(asked.session, asked.review, asked.id("report_id"))
    return True if found is not None and found.document is not None else None


def reads_changes(asked: Asked) -> Verdict:
    """What a corrected text changed: whoever may read both versions, where there is a newer one."""
    if not reads_precedent(asked):
        return reads_precedent(asked)
    old = asked.session.get_one(Precedent, asked.id("precedent_id"))
    newer = library.newer_version(asked.session, old)
    return None if newer is None else precedents.can_read_precedent(asked.person, newer)


def opens_own_case(asked: Asked) -> Verdict:
    return own_cases.can_see_own_case(asked.person, asked.session.get_one(OwnCase, asked.id("own_case_id")))


def names_an_article(_asked: Asked) -> Verdict:
    """The bare address names no article."""
    return None


def reads_precedent(asked: Asked) -> Verdict:
    found = library.find_precedent(asked.session, asked.id("precedent_id"))
    assert found is not None
    return precedents.can_read_precedent(asked.person, found)


def plan(asked: Asked) -> Plan:
    return asked.session.get_one(Plan, asked.id("plan_id"))


def opens_plan(asked: Asked) -> Verdict:
    return planning.can_see_plan(asked.person, plan(asked))


def reads_proposal(asked: Asked) -> Verdict:
    return planning.can_see_names(asked.person, plan(asked))


def exports_plan(asked: Asked) -> Verdict:
    found = asked.session.query(PlanDraw).filter_by(plan_id=asked.id("plan_id"), number=asked.id("draw_no"))
    return planning.can_export(asked.person, found.one())


OFFICE = frozenset({"COORD"})
DESK = OFFICE | {"SECRETARY"}
LEADERS = frozenset({"LEADER", "COMMITTEE_HEAD"})
OVERSIGHT = frozenset({"SUPERVISOR", "AUDITOR"})
STAFF = DESK | LEADERS | OVERSIGHT
PANEL = frozenset({"CHAIR", "LEAD", "MEMBER"})
SPEAKERS = frozenset({"CHAIR", "LEAD"})
ORGAN = frozenset({"liaison"})
SECRET = PANEL | {"SECRETARY"}
READERS = OFFICE | LEADERS | OVERSIGHT | PANEL
CONFIGURING = OFFICE | {"LEADER", "AUDITOR", "SYSADMIN"}
NOBODY_ELSE = frozenset({"SYSADMIN", "CLERK", "DPO", "other liaison", "expert", "released"})
INVITED = PANEL | {"invited"}
ALL = STAFF | INVITED | ORGAN | NOBODY_ELSE

ORACLE: dict[str, Row] = {
    "reviews.one": Row(of_review(reviews.can_see), STAFF | INVITED | ORGAN),
    "reviews.edit": Row(of_review(reviews.can_edit_registration), OFFICE),
    "files.index": Row(of_review(reviews.can_list_files), DESK | PANEL | ORGAN),
    "files.upload": Row(of_review(reviews.can_upload_files), OFFICE | ORGAN),
    "files.change": Row(changes_document, OFFICE | ORGAN),
    "files.page": Row(opens_document, PANEL | ORGAN),
    "files.page_text": Row(opens_document, PANEL | ORGAN),
    "files.go_to_page": Row(opens_document, PANEL | ORGAN),
    "files.original": Row(opens_document, PANEL | ORGAN),
    "files.picture": Row(opens_picture, PANEL | ORGAN),
    "files.page_picture": Row(opens_page_picture, PANEL | ORGAN),
    "panels.panel": Row(opens_panel, STAFF | INVITED | ORGAN),
    "panels.conflicts": Row(of_review(panels.can_see_evidence), OFFICE | {"AUDITOR"}),
    "panels.opinion": Row(reads_opinion, OFFICE | LEADERS | {"AUDITOR"}),
    "panels.people": Row(of_review(panels.can_edit_people), OFFICE),
    "panels.new_person": Row(of_review(panels.can_edit_people), OFFICE),
    "panels.one_person": Row(of_review(panels.can_edit_people), OFFICE),
    "panels.unchecked": Row(of_person(panels.can_count_unchecked), OFFICE | {"AUDITOR"}),
    "panels.mine": Row(of_person(panels.is_expert), INVITED | {"expert", "released"}),
    "panels.draw": Row(sees_draw, STAFF),
    "panels.export": Row(exports_draw, STAFF),
    "panels.insist": Row(sees_draw, STAFF),
    "panels.new_recusal": Row(asks_recusal, OFFICE | ORGAN),
    "panels.recusal": Row(reads_recusal, OFFICE | LEADERS | ORGAN | {"AUDITOR"}),
    "panels.remove": Row(removes_member, LEADERS),
    "panels.answer": Row(nobody_by_a_guess, frozenset()),
    "panels.invitation": Row(opens_invitation, OFFICE),
    "panels.statement": Row(opens_statement, INVITED),
    "evaluations.desk": Row(of_review(evaluations.can_open_desk), PANEL),
    "evaluations.file_page": Row(has_own_form, PANEL),
    "offline_forms.index": Row(works_offline, PANEL),
    "offline_forms.merge": Row(merges_offline, PANEL),
    "evaluations.sign": Row(has_own_form, PANEL),
    "evaluations.listing": Row(lists_forms, SECRET | OFFICE | {"AUDITOR"}),
    "evaluations.one_form": Row(reads_form, SECRET | OFFICE),
    "evaluations.form_file": Row(reads_form, SECRET | OFFICE),
    "evaluations.reading": Row(of_review(evaluations.can_follow_reading), OFFICE),
    "precedents.report": Row(of_review(precedents.can_see_report), PANEL),
    "precedents.report_draft": Row(opens_draft_report, PANEL),
    "precedents.report_draft_file": Row(opens_draft_report, PANEL),
    "precedents.report_signed": Row(opens_signed_report, PANEL),
    "precedents.report_file": Row(opens_signed_report, PANEL),
    "deliberations.findings": Row(of_review(deliberations.can_see_findings), SECRET),
    "discussions.listing": Row(of_review(discussions.can_see_discussions), SECRET),
    "discussions.agenda": Row(of_review(discussions.can_see_discussions), SECRET),
    "discussions.thread": Row(of_review(discussions.can_see_discussions), SECRET),
    "discussions.attachment": Row(of_review(discussions.can_see_discussions), SECRET),
    "discussions.new": Row(of_review(discussions.can_discuss), SECRET),
    "agreement.case": Row(compares_scores, SECRET | OFFICE),
    "deliberations.hearing": Row(of_review(deliberations.can_see_hearing), DESK | PANEL | ORGAN),
    "deliberations.deliberation": Row(opens_deliberation, SECRET | {"AUDITOR"}),
    "deliberations.escalation": Row(reads_escalation, SECRET | OFFICE | {"LEADER"}),
    "deliberations.interventions": Row(reads_interventions, STAFF | PANEL),
    "deliberations.result": Row(
        of_review(deliberations.can_open_result), DESK | LEADERS | PANEL | {"SUPERVISOR"}
    ),
    "opinions.workbench": Row(of_draft(lambda _person, _review: True), PANEL | OFFICE | {"LEADER"}),
    "opinions.preview": Row(of_draft(lambda _person, _review: True), PANEL | OFFICE | {"LEADER"}),
    "opinions.draft_file": Row(of_draft(lambda _person, _review: True), PANEL | OFFICE | {"LEADER"}),
    "opinions.edit_part": Row(of_draft(opinions.can_edit_parts), SPEAKERS),
    "opinions.edit_advice": Row(of_draft(opinions.can_edit_parts), SPEAKERS),
    "opinions.versions": Row(of_draft(opinions.can_see_versions), PANEL),
    "opinions.remarks": Row(of_draft(opinions.can_see_versions), PANEL),
    "opinions.changes_file": Row(of_two_versions, PANEL),
    "opinions.all_changes_file": Row(of_draft(opinions.can_see_versions), PANEL),
    "opinions.sign": Row(of_draft(opinions.can_sign), PANEL),
    "opinions.documents": Row(of_review(opinions.can_open_documents), READERS | ORGAN),
    "opinions.show": Row(opens_copy, READERS | ORGAN),
    "opinions.download": Row(opens_copy, READERS | ORGAN),
    "opinions.file_request": Row(requests_files, OFFICE),
    "opinions.result_notice": Row(notifies_result, OFFICE),
    "followup.rectify": Row(of_review(followup.can_read_reply), READERS | ORGAN),
    "followup.index": Row(of_review(followup.can_see_followup), READERS),
    "followup.one_task": Row(of_review(followup.can_see_followup), READERS),
    "followup.evidence": Row(reads_evidence, READERS | ORGAN),
    "followup.new_task": Row(of_review(followup.can_follow_up), OFFICE),
    "followup.resolution": Row(of_review(followup.can_follow_up), OFFICE),
    "followup.reopen": Row(of_review(followup.can_follow_up), OFFICE),
    "followup.termination": Row(of_review(followup.can_follow_up), OFFICE),
    "agreement.listing": Row(of_person(agreement.can_see_agreement), STAFF),
    "agreement.raters": Row(of_person(agreement.can_see_strictness), OFFICE),
    "archiving.archive": Row(of_review(archiving.can_export_archive), frozenset({"AUDITOR"})),
    "accounts.second_factor": Row(everybody, ALL),
    "deliberations.minutes_file": Row(opens_minutes, PANEL | {"SECRETARY"}),
    "evaluations.withdrawals": Row(of_person(evaluations.can_decide_withdrawals), frozenset({"LEADER"})),
    "form_templates.listing": Row(of_person(templates.can_see_templates), CONFIGURING),
    "form_templates.versions": Row(of_person(templates.can_see_templates), CONFIGURING),
    "form_templates.preview_shipped": Row(of_person(templates.can_see_templates), CONFIGURING),
    "form_templates.one": Row(opens_version, CONFIGURING),
    "form_templates.preview": Row(opens_version, CONFIGURING),
    "form_templates.edit": Row(edits_version, OFFICE | {"SYSADMIN"}),
    "interference.listing": Row(of_person(interference.can_report), frozenset({"AUDITOR"})),
    "interference.preview": Row(of_person(interference.can_report), frozenset({"AUDITOR"})),
    "interference.download": Row(of_person(interference.can_report), frozenset({"AUDITOR"})),
    "planning.listing": Row(of_person(planning.can_see_plans), STAFF),
    "planning.new": Row(of_person(planning.can_plan), OFFICE),
    "planning.one": Row(opens_plan, STAFF),
    "planning.progress": Row(opens_plan, STAFF),
    "planning.proposal": Row(reads_proposal, STAFF),
    "planning.case": Row(reads_proposal, STAFF),
    "planning.compare": Row(reads_proposal, STAFF),
    "planning.draw": Row(opens_plan, STAFF),
    "planning.export": Row(exports_plan, STAFF),
    "own_cases.listing": Row(of_person(own_cases.works_on_own_cases), DESK | {"DPO"}),
    "own_cases.one": Row(opens_own_case, DESK | {"DPO"}),
    "reviews.start": Row(everybody, ALL),
    "reviews.listing": Row(everybody, ALL),
    "reviews.new": Row(of_person(reviews.can_register), OFFICE),
    "followup.workbook_page": Row(of_person(can_use_workbook), OFFICE),
    "notices.listing": Row(everybody, ALL),
    "precedents.search": Row(of_person(precedents.can_search_precedents), ALL),
    "precedents.help_page": Row(of_person(precedents.can_search_precedents), ALL),
    "precedents.values": Row(of_person(precedents.can_search_precedents), ALL),
    "precedents.compare": Row(of_person(precedents.can_search_precedents), ALL),
    "precedents.show": Row(reads_precedent, ALL),
    "precedents.changes": Row(reads_changes, ALL),
    "precedents.imports": Row(of_person(precedents.can_see_imports), OFFICE | {"AUDITOR"}),
    "precedents.import_run": Row(of_person(precedents.can_see_imports), OFFICE | {"AUDITOR"}),
    "precedents.import_report": Row(of_person(precedents.can_see_imports), OFFICE | {"AUDITOR"}),
    "precedents.import_case": Row(of_person(precedents.can_import_precedents), OFFICE),
    "precedents.correct": Row(of_person(precedents.can_import_precedents), OFFICE),
    "precedents.withdraw": Row(of_person(precedents.can_import_precedents), OFFICE),
    "precedents.restore": Row(of_person(precedents.can_import_precedents), OFFICE),
    "saved_searches.listing": Row(of_person(precedents.can_search_precedents), ALL),
    "saved_searches.new": Row(of_person(saved_searches.can_save), ALL),
    "saved_searches.one": Row(opens_saved_search, frozenset({"expert"})),
    "saved_searches.alert": Row(opens_saved_search, frozenset({"expert"})),
    "saved_searches.edit": Row(opens_saved_search, frozenset({"expert"})),
    "statutes.search": Row(of_person(statutes.can_read_statutes), ALL),
    "statutes.statute": Row(of_person(statutes.can_read_statutes), ALL),
    "statutes.article": Row(of_person(statutes.can_read_statutes), ALL),
    "statutes.find": Row(names_an_article, ALL),
    "experts.listing": Row(lists_experts, ALL),
    "experts.one": Row(opens_expert, ALL),
    "experts.edit": Row(edits_expert, OFFICE),
    "experts.own_edit": Row(owns_expert, INVITED | {"expert", "released"}),
    "experts.letter": Row(opens_letter, OFFICE | LEADERS | {"AUDITOR"}),
    "experts.waiting": Row(of_person(experts.can_edit_pool), OFFICE),
    "experts.service_list": Row(of_person(experts.can_list_experts), OFFICE | LEADERS | {"AUDITOR"}),
    "experts.new": Row(of_person(experts.can_edit_pool), OFFICE),
    "experts.import_table": Row(of_person(experts.can_edit_pool), OFFICE),
    "experts.template": Row(of_person(experts.can_edit_pool), OFFICE),
    "accounts.sign_in": Row(everybody, ALL),
    "accounts.change_password": Row(everybody, ALL),
    "accounts.people": Row(of_person(accounts.can_manage_people), frozenset({"SYSADMIN"})),
    "accounts.new_person": Row(of_person(accounts.can_manage_people), frozenset({"SYSADMIN"})),
    "accounts.one_person": Row(of_person(accounts.can_manage_people), frozenset({"SYSADMIN"})),
    "accounts.grants": Row(of_person(accounts.can_approve_grants), frozenset({"SYSADMIN", "LEADER"})),
    "accounts.organisations": Row(of_person(organisations.can_manage_organisations), OFFICE | {"SYSADMIN"}),
    "accounts.new_organisation": Row(
        of_person(organisations.can_manage_organisations), OFFICE | {"SYSADMIN"}
    ),
    "audit.listing": Row(of_person(accounts.can_read_log), frozenset({"AUDITOR"})),
    "audit.verify": Row(of_person(accounts.can_read_log), frozenset({"AUDITOR"})),
    "audit.secrets": Row(of_person(accounts.can_read_log), frozenset({"AUDITOR"})),
    "healthz": Row(everybody, ALL),
    "favicon": Row(everybody, ALL),
}


def kind_of(person: Person, review: CaseReview | None) -> str:
    """What the person is to this review, in the words of the table."""
    for role in Role:
        if role not in (Role.EXPERT, Role.REVIEWED_LIAISON) and person.has(role):
            return str(role.value)
    if person.has(Role.REVIEWED_LIAISON):
        own = review is not None and person.liaison_of(review.legal_case.reviewed_org_id)
        return "liaison" if own else "other liaison"
    if review is None:
        return "expert"
    seat = reviews.access_of(person, review)
    if seat is None:
        left = any(each.person_id == person.id for each in review.accesses)
        return "released" if left else "expert"
    return str(seat.capacity.value) if reviews.is_panel_member(person, review) else "invited"
