"""Guard against interference (三个规定): what people outside the panel say to an open review is kept."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.accounts.models import Person
from review_app.audit.service import record
from review_app.deliberations import rules
from review_app.deliberations.models import Intervention
from review_app.deliberations.states import LEADER_KINDS, Channel, InterventionKind
from review_app.errors import N_, NotAllowed, ReviewError
from review_app.reviews.models import CaseReview

SHORTEST = 5
LONGEST_COMMENT = 500


def comment(
    session: Session, review: CaseReview, *, kind: InterventionKind, text: str, by: Person, now: datetime
) -> Intervention:
    """A leader's note on time, coordination or resources; anything else has no place in the box."""
    if not rules.can_comment(by, review):
        raise NotAllowed
    if kind not in LEADER_KINDS:
        raise ReviewError(
            N_("领导留言只能涉及时间进度、组织协调和保障事项，不得涉及证据、事实、法律适用和结论。")
        )
    if not SHORTEST <= len("".join(text.split())) <= LONGEST_COMMENT:
        raise ReviewError(N_("留言应当有%(least)s至%(most)s个字。"), least=SHORTEST, most=LONGEST_COMMENT)
    return keep(
        session, review, kind=kind, channel=Channel.PLATFORM, who=by.name, post=by.post, at=now,
        content=text.strip(), by=by, now=now,
    )  # fmt: skip


def record_intervention(
    session: Session,
    review: CaseReview,
    *,
    who: str,
    post: str,
    channel: Channel,
    at: datetime,
    content: str,
    by: Person,
    now: datetime,
) -> Intervention:
    """Put on record that somebody outside the panel spoke about evidence, facts, law or result."""
    if not rules.can_record_intervention(by, review):
        raise NotAllowed
    if not who.strip() or len("".join(content.split())) < SHORTEST:
        raise ReviewError(N_("请写明何人、何时、以何种方式、说了什么。"))
    if at > now:
        raise ReviewError(N_("过问的时间不能晚于现在。"))
    return keep(
        session, review, kind=InterventionKind.SUBSTANCE, channel=channel, who=who.strip(), post=post.strip(),
        at=at, content=content.strip(), by=by, now=now,
    )  # fmt: skip


def keep(
    session: Session,
    review: CaseReview,
    *,
    kind: InterventionKind,
    channel: Channel,
    who: str,
    post: str,
    at: datetime,
    content: str,
    by: Person,
    now: datetime,
) -> Intervention:
    kept = Intervention(
        review=review, kind=kind, channel=channel, who=who, post=post, at=at, content=content,
        recorded_by=by, created_at=now, created_by_id=by.id,
    )  # fmt: skip
    session.add(kept)
    record(
        session, action="intervention.record", subject=kept, by=by, now=now, review_id=review.id,
        after={"kind": kind, "channel": channel},
    )  # fmt: skip
    return kept
