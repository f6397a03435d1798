"""The draw as an act: opened with a sealed secret, given a public nonce, witnessed, carried out.

Nothing but the witness's confirmation brings a result into being, and a draw that has a result can never
be voided: so nobody can draw until the panel pleases.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from review_app import rulebook
from review_app.accounts.models import Person
from review_app.accounts.service import confirm_password
from review_app.audit.service import record
from review_app.clock import local_day
from review_app.database import one_at_a_time
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.notices.service import notify
from review_app.organisations.models import Organisation
from review_app.panels import queries, rules
from review_app.panels.board import DrawInput
from review_app.panels.draw import DrawImpossible, draw
from review_app.panels.gathering import gather
from review_app.panels.lottery import commit_to, new_secret
from review_app.panels.models import Panel, PanelDraw
from review_app.panels.preferred import preferred_specialties
from review_app.panels.profiles import TrackRecord, fits_of, track_record_of
from review_app.panels.record import (
    Frozen,
    Weighing,
    frozen_of,
    input_of,
    lots_for,
    plain,
    record_of,
    result_of_draw,
    sha256_of,
)
from review_app.panels.seats import seat_result, take_turn
from review_app.panels.shared import Shared, shared_facts
from review_app.panels.states import (
    BOARD_RULE_LABELS,
    DRAW_STEPS,
    FOR_ONE,
    DrawKind,
    DrawMethod,
    DrawState,
    SeatRole,
)
from review_app.reviews.models import CaseReview, StateChange
from review_app.reviews.states import ReviewState
from review_app.rulebook.matching import load_matching
from review_app.rulebook.reading import read

LONGEST_NONCE = 200


def open_draw(
    session: Session,
    review: CaseReview,
    *,
    by: Person,
    now: datetime,
    method: DrawMethod = DrawMethod.DRAW,
) -> PanelDraw:
    """Freeze the input, make the secret and publish its commit. Facts that were drawn before, in a draw since
    given up, are drawn again only with the reason for which that one was.

    Raises ReviewError when a draw is running, the panel is complete, or no legal panel could be formed.
    """
    if not rules.can_open_draw(by, review):
        raise NotAllowed
    one_at_a_time(session, f"draw:{review.id}")
    if queries.running_draw(session, review) is not None:
        raise ReviewError(N_("已有一次抽选正在进行，请先完成或者作废。"))
    kind = kind_of_next_draw(session, review)
    if method not in FOR_ONE:
        raise ReviewError(N_("请选择组成方式。"))
    frozen = freeze(
        session, review, draw_no=next_draw_no(session, review), kind=kind, on=local_day(now), method=method
    )
    try_out(frozen)
    before = given_up_on_same_facts(session, review, frozen)
    secret = new_secret()
    opened = PanelDraw(
        review=review, draw_no=frozen.draw_no, round=review.round, kind=kind, frozen=plain(frozen),
        state=DrawState.OPENED, input_sha256=sha256_of(frozen), commit=commit_to(secret), secret=secret.hex(),
        candidate_list_sha256=sha256_of(frozen.candidates), drawn_by=by, created_at=now, created_by_id=by.id,
        method=method, again_reason=before.void_reason if before else "",
    )  # fmt: skip
    session.add(opened)
    session.flush()
    record(
        session, action="draw.open", subject=opened, by=by, now=now, review_id=review.id,
        after={
            "draw_no": opened.draw_no, "commit": opened.commit, "input_sha256": opened.input_sha256,
            "method": method, "again_after": before.draw_no if before else None,
        },
        reason=opened.again_reason,
    )  # fmt: skip
    return opened


def given_up_on_same_facts(session: Session, review: CaseReview, frozen: Frozen) -> PanelDraw | None:
    """The last draw that was given up with the very same candidates, exclusions and rules."""
    facts = facts_sha256(plain(frozen))
    for earlier in queries.draws_of(session, review):
        if earlier.state is DrawState.VOIDED and facts_sha256(earlier.frozen) == facts:
            return earlier
    return None


def facts_sha256(frozen: Mapping[str, Any]) -> str:
    """Digest of what was frozen without its number and method."""
    apart = ("draw_no", "method", "weighing", "fits", "plan")
    return sha256_of({name: value for name, value in frozen.items() if name not in apart})


def next_draw_no(session: Session, review: CaseReview) -> int:
    last = select(func.max(PanelDraw.draw_no)).where(PanelDraw.review_id == review.id)
    return (session.scalar(last) or 0) + 1


def kind_of_next_draw(session: Session, review: CaseReview) -> DrawKind:
    """The first panel of the round, or two more members for a review that comes from ESCALATED."""
    panel = queries.panel_of(session, review)
    if panel is None:
        return DrawKind.FIRST
    if needs_enlarging(session, review, panel):
        return DrawKind.ENLARGE
    raise ReviewError(N_("评查组已经组成，不能重新抽选。需要更换成员的，按回避或者退出办理，由候补递补。"))


def is_due(session: Session, review: CaseReview) -> bool:
    """Whether a draw can be opened now: none is running, and seats wait to be drawn."""
    if queries.running_draw(session, review) is not None:
        return False
    panel = queries.panel_of(session, review)
    return panel is None or needs_enlarging(session, review, panel)


def needs_enlarging(session: Session, review: CaseReview, panel: Panel) -> bool:
    """Whether the review came back to the draw from ESCALATED and nobody has been added since."""
    entered = select(StateChange).where(
        StateChange.review_id == review.id, StateChange.to_state == ReviewState.DRAW
    )
    last = session.scalars(entered.order_by(StateChange.id.desc())).first()
    if last is None or last.from_state is not ReviewState.ESCALATED:
        return False
    done = [one for one in panel.draws if one.kind is DrawKind.ENLARGE and one.created_at >= last.created_at]
    return not any(one.state is DrawState.DRAWN for one in done)


def freeze(
    session: Session,
    review: CaseReview,
    *,
    draw_no: int,
    kind: DrawKind,
    on: date,
    shared: Shared | None = None,
    method: DrawMethod = DrawMethod.DRAW,
    track: TrackRecord | None = None,
) -> Frozen:
    """Everything that decides the draw, as of a day. ``shared`` and ``track`` are what many reviews have in
    common, read once. A match has the measures of every candidate besides."""
    rule_file = rulebook.load(review.rule_version)
    shared = shared or shared_facts(session)
    gathered = gather(session, review, on=on, shared=shared)
    panel = queries.panel_of(session, review) if kind is DrawKind.ENLARGE else None
    add = rule_file.consolidation.escalate_panel_add if panel is not None else 0
    reviewed = session.get_one(Organisation, review.legal_case.reviewed_org_id)
    given = DrawInput(
        review_no=review.review_no or "",
        draw_no=draw_no,
        size=(panel.size if panel is not None else review.size) + add,
        matching=rule_file.templates[review.template].specialties,
        reviewed_system=reviewed.system,
        seed=b"",
        candidates=gathered.candidates,
        exclusions=gathered.exclusions,
        rules=rule_file.panel,
        preferred=preferred_specialties(review.template, review.legal_case.subkind, review.legal_case.cause),
        **roles_kept(panel),
    )
    require_sound_members(given)
    frozen = frozen_of(given, template=review.template, rule_version=review.rule_version)
    if method is DrawMethod.DRAW:
        return frozen
    track = track or track_record_of(session, shared.pool)
    return weighed(frozen, review, method=method, shared=shared, track=track, on=on)


def weighed(
    frozen: Frozen,
    review: CaseReview,
    *,
    method: DrawMethod,
    shared: Shared,
    track: TrackRecord,
    on: date,
) -> Frozen:
    """The same with the published weights of a match and the measures of every candidate."""
    matching = load_matching()
    weights = matching.weights_for(review.template)
    noise = matching.noise if method is DrawMethod.RANDOM_MATCH else 0
    return replace(
        frozen,
        method=method,
        weighing=Weighing(matching.version, weights, noise, matching.quality_floor if noise else 0),
        fits=fits_of(review, frozen.candidates, shared=shared, track=track, rules=matching, on=on),
    )


def roles_kept(panel: Panel | None) -> dict[str, Any]:
    """The members who stay and the roles they keep."""
    seated = panel.seated if panel is not None else []
    roles = {member.role: member.expert.expert_no for member in seated}
    numbers = tuple(member.expert.expert_no for member in seated)
    return {"fixed": numbers, "chair": roles.get(SeatRole.CHAIR, ""), "lead": roles.get(SeatRole.LEAD, "")}


def require_sound_members(given: DrawInput) -> None:
    barred = sorted({one.expert_no for one in given.exclusions if one.level != "POOL"} & {*given.fixed})
    if barred:
        raise ReviewError(
            N_("现有成员%(experts)s存在应当回避或者待决定的情形，请先处理后再扩大评查组。"),
            experts="、".join(barred),
        )


def try_out(frozen: Frozen) -> None:
    """Whether a legal panel exists does not depend on the lots: better to know before the secret is made."""
    try:
        draw(replace(input_of(frozen, bytes(32)), scores={}))
    except DrawImpossible as impossible:
        raise impossible_sentence(impossible) from impossible


def impossible_sentence(impossible: DrawImpossible) -> ReviewError:
    lacking = "，".join(BOARD_RULE_LABELS.get(rule, rule) + fact for rule, fact in impossible.lacking.items())
    return ReviewError(
        N_(
            "按现有专家库无法组成合法的评查组：共%(pool)d人，可抽选%(eligible)d人；不足：%(lacking)s。"
            "请补充专家、决定待核实的回避事项，或者邀请上级专家库的专家入库后再抽选。"
        ),
        pool=impossible.pool,
        eligible=impossible.eligible,
        lacking=lacking or "—",
    )


def step(opened: PanelDraw, to: DrawState) -> None:
    if to not in DRAW_STEPS[opened.state]:
        raise ReviewError(N_("这次抽选已进入其他环节，请刷新页面查看。"))
    opened.state = to


def type_nonce(
    session: Session,
    opened: PanelDraw,
    *,
    nonce: str,
    source: str,
    witness: Person,
    by: Person,
    now: datetime,
) -> None:
    """Enter the public nonce and ask a witness. `source` says where anyone can look it up."""
    if not rules.can_type_nonce(by, opened):
        raise NotAllowed
    if not rules.may_ever_witness(witness, opened):
        raise ReviewError(N_("见证人应当是发起人以外的协调员、记录秘书或者督查人员，且不属于被评查单位。"))
    nonce, source = public_nonce(nonce, source)
    step(opened, DrawState.AWAITING_WITNESS)
    opened.nonce, opened.nonce_source, opened.nonce_at = nonce, source, now
    opened.asked_witness = witness
    record(
        session, action="draw.nonce", subject=opened, by=by, now=now, review_id=opened.review_id,
        after={"nonce": nonce, "source": opened.nonce_source, "asked_witness": witness.login},
    )  # fmt: skip
    notify(
        session, "draw-witness", witness, now=now, review_id=opened.review_id,
        link=draw_link(opened), step=f"draw:{opened.id}:witness", review_no=opened.review.review_no or "",
    )  # fmt: skip


def public_nonce(nonce: str, source: str) -> tuple[str, str]:
    """The nonce as it goes into the seed, and where anyone can look it up; refused when one of them is missing."""
    nonce = " ".join(nonce.split())
    if not nonce or len(nonce) > LONGEST_NONCE or not nonce.isprintable():
        raise ReviewError(N_("请输入公开随机数（1至%(most)d个字符）。"), most=LONGEST_NONCE)
    if not source.strip():
        raise ReviewError(N_("请写明随机数的来源，使任何人都可以查证。"))
    return nonce, source.strip()


def draw_link(opened: PanelDraw) -> str:
    return f"/reviews/{opened.review_id}/panel/draws/{opened.draw_no}"


def witness_draw(
    session: Session,
    opened: PanelDraw,
    *,
    seen_sha256: str,
    password: str,
    by: Person,
    now: datetime,
    code: str = "",
) -> Panel:
    """The witness confirms nonce and input (`seen_sha256`: the digest on the page he read); then the draw is
    carried out, its record stored and the drawn experts told.

    Raises ReviewError when the facts changed since the draw was opened.
    """
    if not rules.can_witness(by, opened):
        raise NotAllowed
    confirm_password(session, by, password, code=code, now=now)
    take_turn(session)
    frozen = read(Frozen, opened.frozen)
    require_unchanged(session, opened, frozen, seen_sha256)
    step(opened, DrawState.DRAWN)
    lots = lots_for(frozen, secret=bytes.fromhex(opened.secret), nonce=opened.nonce)
    result = result_of_draw(frozen, bytes.fromhex(lots.seed))
    opened.witnessed_by, opened.drawn_at = by, now
    opened.record = record_of(
        frozen, lots, result, drawn_by=opened.drawn_by.login, witnessed_by=by.login, time=now.isoformat()
    )
    opened.record_sha256 = opened.record["sha256"]
    panel = seat_result(session, opened, result, by=by, now=now)
    record(
        session, action="draw.carry-out", subject=opened, by=by, now=now, review_id=opened.review_id,
        after={"record_sha256": opened.record_sha256, "size": panel.size},
    )  # fmt: skip
    return panel


def require_unchanged(session: Session, opened: PanelDraw, frozen: Frozen, seen_sha256: str) -> None:
    """What was published with the commit must still be true, or the draw is opened anew."""
    again = freeze(
        session, opened.review, draw_no=opened.draw_no, kind=opened.kind,
        on=local_day(opened.created_at), method=opened.method,
    )  # fmt: skip
    if seen_sha256 != opened.input_sha256 or not (
        sha256_of(again) == opened.input_sha256 == sha256_of(frozen)
    ):
        raise ReviewError(
            N_(
                "发起抽选以后，专家名单、回避情况或者案件信息有变化，不能继续。请发起人作废本次抽选，重新发起。"
            )
        )


def void_draw(session: Session, opened: PanelDraw, *, reason: str, by: Person, now: datetime) -> None:
    """Give up a draw that has no result yet, with the reason; its number stays used."""
    if not rules.can_open_draw(by, opened.review):
        raise NotAllowed
    if len(reason.strip()) < 5:
        raise ReviewError(N_("请写明作废的理由（至少五个字）。"))
    step(opened, DrawState.VOIDED)
    opened.void_reason = reason.strip()
    record(
        session, action="draw.void", subject=opened, by=by, now=now, review_id=opened.review_id,
        reason=opened.void_reason,
    )  # fmt: skip


def exported(opened: PanelDraw) -> dict[str, Any]:
    """The record for download."""
    if opened.record is None:
        raise ReviewError(N_("抽选尚未完成，没有可以导出的记录。"))
    return dict(opened.record)
