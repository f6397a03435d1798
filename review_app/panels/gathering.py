"""From the database to the facts of a check: the case, the experts, the tree, what was decided before.

Organisations stand under their row ids as texts; fingerprints of ID numbers come from the seal, so that
no number is opened for a check.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from review_app import rulebook
from review_app.accounts.states import Role
from review_app.clocks.calendar import working_calendar
from review_app.clocks.computation import add_working_days
from review_app.experts.models import Expert, ExpertEmployment, ExpertTie
from review_app.experts.specialties import levels_with_wider, with_wider
from review_app.experts.standing import is_away, lapsed
from review_app.experts.states import KIN, ExpertCategory, ExpertStatus, TieKind
from review_app.panels import queries
from review_app.panels.board import Candidate, Depth, Exclusion
from review_app.panels.facts import (
    Ask,
    CaseFacts,
    Counsel,
    Employment,
    ExpertFacts,
    Kin,
    Officer,
    Representation,
    Shareholding,
    Tie,
    Who,
)
from review_app.panels.names import NameMatch, compare
from review_app.panels.pool import Standing, candidate_of, check_all, exclusions_of, full_years
from review_app.panels.recusal import Check, Decision, check, plain_no
from review_app.panels.shared import Clients, Shared, facts_for_one, lasting, shared_facts, text_of
from review_app.panels.states import GONE
from review_app.panels.units import UnitTree
from review_app.reviews.models import CaseReview, Involved
from review_app.reviews.states import InvolvedAs

CASE_NO = re.compile(
    r"[（(〔\[]\d{4}[）)〕\]][^\s（()），,。；;、]{2,20}?\d+(?:之[一二三四五六七八九十]+)?号"
)
OFFICE_ROLES = (Role.COORD, Role.SECRETARY, Role.LEADER, Role.COMMITTEE_HEAD, Role.SUPERVISOR, Role.SYSADMIN)


@dataclass(frozen=True)
class Gathered:
    """Everything known for one review on one day."""

    case: CaseFacts
    tree: UnitTree
    experts: tuple[ExpertFacts, ...]
    standings: dict[str, Standing]
    checks: dict[str, Check]
    barred: tuple[Exclusion, ...]
    """grounds that lie neither in the pool's figures nor in the case: no account, office, left already"""

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(
            candidate_of(one, self.standings[one.expert_no], self.checks[one.expert_no], self.tree)
            for one in self.experts
        )

    @property
    def exclusions(self) -> tuple[Exclusion, ...]:
        found = [ground for one in self.checks.values() for ground in exclusions_of(one)]
        return (*found, *self.barred)


def gather(session: Session, review: CaseReview, *, on: date, shared: Shared | None = None) -> Gathered:
    """All experts checked against the review's case as of one day; `shared` spares reading the pool again
    for every review of a backlog."""
    shared = shared or shared_facts(session)
    case = case_facts(session, review)
    facts = tuple(expert_facts(session, review, shared))
    checks = check_all(
        facts,
        case,
        shared.tree,
        rules=rulebook.load(review.rule_version).recusal,
        on=on,
        decisions=decisions(session, review, shared.pool),
    )
    answer_by = answer_due(review, on)
    standings = {
        one.expert_no: standing(
            one, shared.open_reviews(one, review), on=on, answer_by=answer_by,
            joined=shared.joined_in_month(one, review, on),
        )
        for one in shared.pool
    }  # fmt: skip
    return Gathered(case, shared.tree, facts, standings, checks, tuple(barred(session, review, shared.pool)))


def judge(
    session: Session, review: CaseReview, expert: Expert, *, on: date, shared: Shared | None = None
) -> Check:
    """The check of one expert against the review's case as of one day, without looking at the others."""
    shared = shared.of_one(expert) if shared is not None else facts_for_one(session, expert)
    (facts,) = expert_facts(session, review, shared)
    return check(
        facts,
        case_facts(session, review),
        shared.tree,
        rules=rulebook.load(review.rule_version).recusal,
        on=on,
        decisions=decisions(session, review, shared.pool),
    )


def answer_due(review: CaseReview, since: date) -> date:
    """The expert's answer is due within the time the rule file gives to the draw."""
    limit = rulebook.load(review.rule_version).time.state_wd["DRAW"]
    return add_working_days(since, limit, working_calendar())


def case_facts(session: Session, review: CaseReview) -> CaseFacts:
    """The case as registered; the petitioner is a party, and officers without unit are of the organ."""
    case = review.legal_case
    parties = case.involved_as(InvolvedAs.PETITIONER, InvolvedAs.PARTY, InvolvedAs.VICTIM)
    counsel = case.involved_as(InvolvedAs.COUNSEL)
    officers = case.involved_as(InvolvedAs.OFFICER)
    participants = case.involved_as(InvolvedAs.WITNESS, InvolvedAs.APPRAISER)
    return CaseFacts(
        reviewed_unit=str(case.reviewed_org_id),
        case_nos=(case.case_no,),
        parties=with_petitioner(review, [who_of(one) for one in parties]),
        counsel=tuple(Counsel(who_of(one), one.part) for one in counsel),
        officers=tuple(Officer(officer_of(one, case.reviewed_org_id), one.part) for one in officers),
        participants=tuple(who_of(one) for one in participants),
        earlier_members=tuple(
            sorted({seat.expert.expert_no for seat in queries.earlier_members(session, review)})
        ),
        related_nos=numbers_in(case.case_no, case.history, case.result, case.last_document),
    )


def numbers_in(own: str, *texts: str) -> tuple[str, ...]:
    """Case numbers that these texts mention besides the case's own."""
    found = {number for text in texts for number in CASE_NO.findall(text or "")}
    return tuple(sorted(number for number in found if plain_no(number) != plain_no(own)))


def who_of(one: Involved) -> Who:
    return Who(one.name, one.id_fingerprint or "", tuple(one.aliases or ()), text_of(one.organisation_id))


def officer_of(one: Involved, organ: int) -> Who:
    return Who(
        one.name, one.id_fingerprint or "", tuple(one.aliases or ()), str(one.organisation_id or organ)
    )


def with_petitioner(review: CaseReview, parties: Iterable[Who]) -> tuple[Who, ...]:
    """The parties and the petitioner of the matter, who is one of them if number or name is the same."""
    one = review.item.petitioner
    petitioner = Who(one.name, one.id_fingerprint or "")
    listed = tuple(parties)
    if any(is_listed(petitioner, party) for party in listed):
        return listed
    return (petitioner, *listed)


def is_listed(petitioner: Who, party: Who) -> bool:
    if petitioner.id_hash:
        return party.id_hash == petitioner.id_hash
    return party.name == petitioner.name


def expert_facts(session: Session, review: CaseReview, shared: Shared) -> Iterable[ExpertFacts]:
    affirmed: dict[int, list[tuple[str, str]]] = {}
    for known in queries.known_conflicts(session, review.legal_case):
        affirmed.setdefault(known.expert_id, []).append((known.rule, known.note))
    for one in shared.pool:
        yield ExpertFacts(
            expert_no=one.expert_no,
            who=Who(
                one.name, one.id_fingerprint or "", tuple(one.aliases or ()), text_of(one.organisation_id)
            ),
            category=one.category,
            employments=tuple(employment(post) for post in one.employments),
            kin=tuple(kin(tie) for tie in lasting(one) if tie.kind in KIN),
            representations=tuple(representations(one, shared.clients)),
            shareholdings=tuple(
                shareholding(tie, review) for tie in lasting(one) if tie.kind is TieKind.SHAREHOLDER
            ),
            ties=tuple(other_tie(tie) for tie in lasting(one) if is_other(tie)),
            declared=tuple(affirmed.get(one.id, ())),
            panels_on=shared.served_elsewhere(one, review),
            answered=frozenset(Ask) if one.ties_declared_at else frozenset(),
        )


def is_other(tie: ExpertTie) -> bool:
    return tie.kind not in KIN and tie.kind not in (TieKind.SHAREHOLDER, TieKind.REPRESENTED)


def employment(post: ExpertEmployment) -> Employment:
    superior_of = tuple(post.is_superior_of or ())
    return Employment(str(post.organisation_id), post.since, post.until, superior_of=superior_of)


def tied_to(tie: ExpertTie) -> Who:
    return Who(tie.name, tie.id_fingerprint or "", unit=text_of(tie.organisation_id))


def kin(tie: ExpertTie) -> Kin:
    firm = text_of(tie.organisation_id) if tie.practises_law else ""
    return Kin(tie.kind, Who(tie.name, tie.id_fingerprint or ""), practises_at=firm)


def other_tie(tie: ExpertTie) -> Tie:
    return Tie(tie.kind, tied_to(tie), tie.case_no, tie.note, tie.until)


def shareholding(tie: ExpertTie, review: CaseReview) -> Shareholding:
    """Whether the company is listed stands with the party it is."""
    listed = any(
        party.is_listed_company
        for party in review.legal_case.involved
        if party.is_organisation and is_company(tie, party)
    )
    return Shareholding(tied_to(tie), listed=listed)


def is_company(tie: ExpertTie, party: Involved) -> bool:
    if tie.organisation_id and party.organisation_id:
        return tie.organisation_id == party.organisation_id
    return compare(tie.name, party.name) is NameMatch.SAME


def representations(expert: Expert, clients: Clients) -> Iterable[Representation]:
    own = [tie for tie in lasting(expert) if tie.kind is TieKind.REPRESENTED]
    yield from (representation(tie, by_firm=False) for tie in own)
    if expert.category is ExpertCategory.LAWYER:
        for other, tie in clients.get(expert.organisation_id or 0, ()):
            if other != expert.id:
                yield representation(tie, by_firm=True)


def representation(tie: ExpertTie, *, by_firm: bool) -> Representation:
    return Representation(tied_to(tie), tie.case_no, by_firm, tie.since, tie.until)


def decisions(session: Session, review: CaseReview, pool: Sequence[Expert]) -> list[Decision]:
    numbers = {one.id: one.expert_no for one in pool}
    return [
        Decision(numbers[one.expert_id], one.rule, one.confirmed, one.fact_key)
        for one in queries.conflict_decisions(session, review.legal_case)
        if one.expert_id in numbers
    ]


def standing(
    expert: Expert, open_reviews: int, *, on: date, answer_by: date | None = None, joined: int = 0
) -> Standing:
    """What the pool says about an expert on a day. `answer_by` is the last day of answering an invitation:
    whoever is away on any day until then is not drawn. `joined` counts his panels of this month."""
    in_term = expert.term_end is None or expert.term_end >= on
    away = expert.unavailable_until is not None and expert.unavailable_until >= on
    ran_out = lapsed(expert.credentials, on)
    levels = levels_with_wider(expert.specialty_levels or {})
    return Standing(
        specialties=with_wider(expert.specialties or ()),
        practice_years=full_years(expert.practice_from, on),
        open_reviews=open_reviews,
        active=expert.status is ExpertStatus.ACTIVE and in_term,
        available=not away and not is_away(expert.leaves, first=on, last=answer_by or on),
        specialty_levels=tuple(Depth(name, level) for name, level in levels.items()),
        max_open=expert.max_open,
        month_left=None if expert.max_month is None else max(0, expert.max_month - joined),
        lapsed=ran_out[0].kind if ran_out else "",
    )


def barred(session: Session, review: CaseReview, pool: Sequence[Expert]) -> Iterable[Exclusion]:
    """Who cannot sign in, who runs or oversees reviews, and who left this panel already."""
    panel = queries.panel_of(session, review)
    members = panel.members if panel is not None else []
    left = {one.expert_id for one in members if one.status in GONE}
    for expert in pool:
        if expert.person is None or expert.person.disabled_at is not None:
            yield Exclusion(expert.expert_no, "NO_ACCOUNT", "POOL")
        elif expert.person.has(*OFFICE_ROLES):
            yield Exclusion(expert.expert_no, "OFFICE_ROLE", "POOL")
        if expert.id in left:
            yield Exclusion(expert.expert_no, "LEFT", "POOL")
