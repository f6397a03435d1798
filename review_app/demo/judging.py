"""The panel at work together: findings merged, both sides heard, ballots, minutes, dissent."""

from collections.abc import Iterator

from review_app.accounts.models import Person
from review_app.clock import local_day
from review_app.deliberations import concluding, consolidating, hearing, recording, sessions
from review_app.deliberations.models import Deliberation, Question
from review_app.deliberations.panel_input import Vote
from review_app.deliberations.queries import findings_of, hearing_of, present_session
from review_app.deliberations.states import QuestionKind, Stage, Stance
from review_app.demo.narratives import FormRow, Narrative
from review_app.demo.office import Office
from review_app.discussions import service as discussions
from review_app.discussions.service import Subject, Words
from review_app.evaluations.queries import signed_forms
from review_app.precedents import reporting as library
from review_app.precedents.library import EVERYONES, Asked, ask
from review_app.precedents.models import Precedent
from review_app.precedents.signing import sign_report
from review_app.precedents.states import Conclusion, Likeness, Tier
from review_app.progress.service import advance
from review_app.reviews.models import CaseReview
from review_app.reviews.states import Capacity, ReviewState

PLACE = "市委政法委二楼会议室"
COMPARED = 2


def seat_of(review: CaseReview, capacity: Capacity) -> Person:
    return next(one.person for one in review.accesses if one.capacity is capacity and one.ended_at is None)


def consolidate(office: Office, told: Narrative, review: CaseReview) -> None:
    """The lead reviewer makes findings of the proposals, words and confirms them."""
    lead = seat_of(review, Capacity.LEAD)
    consolidating.draft_findings(office.session, review, by=lead, now=office.now)
    for finding in findings_of(office.session, review):
        text = told.findings[finding.code]
        consolidating.word_finding(
            office.session, finding, text=text.text, locus=text.locus, severity=finding.severity,
            row_version=finding.row_version, by=lead, now=office.now,
        )  # fmt: skip


def search_precedents(office: Office, told: Narrative, review: CaseReview) -> None:
    """The lead reviewer searches the library, keeps the searches, compares hits and signs the report."""
    lead = seat_of(review, Capacity.LEAD)
    hits: list[int] = []
    for query in told.queries:
        asked = Asked(q=query)
        answered = ask(office.engine, asked, readable=EVERYONES)
        library.keep_search(
            office.session,
            review,
            asked,
            answered,
            generation="demo",
            engine=office.settings.search_engine,
            by=lead,
            now=office.now,
        )
        hits += [int(hit.key) for hit in answered.page.hits if int(hit.key) not in hits]
    for key in hits[:COMPARED]:
        precedent = office.session.get_one(Precedent, key)
        hit = library.choose_hit(office.session, review, precedent, by=lead, now=office.now)
        library.compare_hit(
            office.session, review, hit, facts=Likeness.PARTLY, issues=Likeness.SAME, law=Likeness.SAME,
            result=Likeness.PARTLY, note="争议焦点和适用的法律相同，事实部分相似，可以参照。",
            followed=True if precedent.source_tier is Tier.GUIDING else None, by=lead, now=office.now,
        )  # fmt: skip
    report = library.open_report(office.session, review, by=lead, now=office.now)
    library.conclude(
        office.session, review, report, conclusion=Conclusion.FOLLOW if hits else Conclusion.NONE,
        explanation="所列案例的处理方式与本案评查意见一致。" if hits else "未检索到类案。", by=lead, now=office.now,
    )  # fmt: skip
    sign_report(office.session, review, report, by=lead, now=office.now)


def lead_goes(office: Office, review: CaseReview, to: ReviewState) -> None:
    advance(office.session, review, to, by=seat_of(review, Capacity.LEAD), now=office.now)


def chair_goes(office: Office, review: CaseReview, to: ReviewState) -> None:
    advance(office.session, review, to, by=seat_of(review, Capacity.CHAIR), now=office.now)


def answer_findings(office: Office, told: Narrative, review: CaseReview) -> None:
    """The organ objects to one finding, or to none; the lead replies."""
    open_hearing = hearing_of(office.session, review)
    assert open_hearing is not None  # noqa: S101 - opened with the state
    answers = {
        finding.id: hearing.Answer(
            objects=bool(told.objection) and finding.code == told.objection_code,
            text=told.objection if finding.code == told.objection_code else "",
        )
        for finding in findings_of(office.session, review)
    }
    hearing.answer_hearing(office.session, open_hearing, answers, by=office.liaison(review), now=office.now)
    office.session.flush()
    for objection in open_hearing.objections:
        if objection.objects:
            hearing.reply_to(
                office.session, objection, text=told.objection_reply, by=seat_of(review, Capacity.LEAD),
                now=office.now,
            )  # fmt: skip


def hear_petitioner(office: Office, told: Narrative, review: CaseReview) -> None:
    hearing.record_interview(
        office.session, review, held_on=local_day(office.now), place="市矛盾纠纷调处化解中心接访室",
        text=told.interview, by=office.coordinator, now=office.now,
    )  # fmt: skip


def discuss(office: Office, review: CaseReview) -> None:
    """The panel talks about its first finding: asked, answered, settled; a second question stays open."""
    findings = findings_of(office.session, review)
    lead, others = seat_of(review, Capacity.LEAD), members_in_order(office, review)
    if not findings:
        return
    asked = next(one for one in others if one.id != lead.id)
    thread = discussions.open_thread(
        office.session, review, subject=Subject(finding=findings[0]), title="卷内材料是否足以认定",
        words=Words(f"@{asked.name} 请对照摘录所在页再看一遍，现有材料能否认定到这个程度？"), by=lead, now=office.now,
    )  # fmt: skip
    discussions.write(
        office.session,
        thread,
        Words("已核对原件，摘录与原文一致，认定的程度不变。"),
        by=asked,
        now=office.now,
    )
    discussions.resolve(
        office.session, thread, reason="经核对原件，维持拟认定的程度。", by=lead, now=office.now
    )
    discussions.open_thread(
        office.session, review, subject=Subject(finding=findings[-1]), title="是否应当单列为一个问题",
        words=Words("这一项与前面的问题有交叉，建议研讨时先明确是否重复评价。"), by=asked, now=office.now,
    )  # fmt: skip


def meet(office: Office, review: CaseReview) -> Deliberation:
    """The chair opens the session with everybody present."""
    forms = signed_forms(office.session, review)
    return sessions.open_session(
        office.session, review, in_writing=False, held_at=office.now, place=PLACE,
        secretary=office.people["secretary"], present=[form.person_id for form in forms],
        by=seat_of(review, Capacity.CHAIR), now=office.now,
    )  # fmt: skip


def vote_all(office: Office, told: Narrative, review: CaseReview) -> Deliberation:
    """Everybody hands in his papers until nothing is asked any more."""
    deliberation = meet(office, review)
    while deliberation.stage in (Stage.FINDINGS, Stage.CONCLUSIONS):
        for member, person in enumerate(members_in_order(office, review)):
            vote(office, told, deliberation, person, member)
    return deliberation


def members_in_order(office: Office, review: CaseReview) -> list[Person]:
    """The members in the order in which they wrote the forms of the case."""
    return [form.person for form in signed_forms(office.session, review)]


def vote(office: Office, told: Narrative, deliberation: Deliberation, person: Person, member: int) -> None:
    asked = sessions.open_questions(deliberation, person)
    if asked:
        papers = {question.id: cast(office, told, question, member) for question in asked}
        sessions.cast_ballots(office.session, deliberation, papers, by=person, now=office.now)


def cast(office: Office, told: Narrative, question: Question, member: int) -> sessions.Cast:
    """What member number ``member`` answers."""
    if question.kind is QuestionKind.GRADE:
        return sessions.Cast(told.expected.grade if told.expected else "B")
    if question.kind is QuestionKind.OUTCOME:
        return sessions.Cast(told.outcome.value if told.outcome else "")
    if question.kind is QuestionKind.MEASURE:
        return sessions.Cast(Vote.UPHOLD if question.measure in told.measures else Vote.REJECT)
    finding = question.finding
    row = next(row for row in told.forms if finding is not None and row.code == finding.code)
    for_veto = question.kind is QuestionKind.VETO
    upholds = member in upholders(row, told.dissenter, row.veto_votes if for_veto else row.uphold)
    if upholds:
        return sessions.Cast(Vote.UPHOLD)
    return sessions.Cast(Vote.REJECT, "现有材料尚不足以认定该问题成立。")


def upholders(row: FormRow, dissenter: int | None, count: int) -> list[int]:
    """The members (from 0) who uphold: first those who proposed it, the dissenter last of all."""
    order = sorted(
        range(len(row.points)),
        key=lambda member: (row.points[member] is None, member + 1 == dissenter, member),
    )
    return order[:count]


def dissenters(told: Narrative) -> Iterator[int]:
    if told.dissent and told.dissenter is not None:
        yield told.dissenter - 1


def write_down(office: Office, told: Narrative, review: CaseReview) -> None:
    """Minutes by the secretary, the differing opinion by its member."""
    deliberation = present_session(office.session, review)
    assert deliberation is not None  # noqa: S101 - held just before
    recording.keep_minutes(
        office.session, deliberation, text=told.minutes, row_version=deliberation.row_version,
        by=seat_of(review, Capacity.CHAIR), now=office.now,
    )  # fmt: skip
    differing = set(dissenters(told))
    for member, person in enumerate(members_in_order(office, review)):
        if member not in differing:
            recording.take_stance(
                office.session, deliberation, stance=Stance.AGREE, text="", by=person, now=office.now
            )
    for member in differing:
        recording.hand_in_dissent(
            office.session, deliberation, text=told.dissent, by=members_in_order(office, review)[member],
            now=office.now,
        )  # fmt: skip


def advise(office: Office, told: Narrative, review: CaseReview) -> None:
    """Recommendations: routes first, then what else should be done."""
    lead = seat_of(review, Capacity.LEAD)
    for route in told.routes:
        concluding.advise(
            office.session, review, text=route.text, route=route.route, organ=route.organ, due_on=None,
            expired=False, by=lead, now=office.now,
        )  # fmt: skip
