"""What the registration lacks before files can be asked for."""

from datetime import datetime

from sqlalchemy.orm import Session

from review_app.errors import N_
from review_app.petitions.states import LegalStage
from review_app.reviews.lacks import COORDINATOR, Missing
from review_app.reviews.models import CaseReview
from review_app.reviews.states import TEMPLATE_LABELS, InvolvedAs

ADMINISTRATIVE = "ADM"  # the reviewed organ itself is the other side


def missing_intake(session: Session, review: CaseReview, *, now: datetime) -> list[Missing]:
    """What DUE and INTAKE lack: an effective result, the requests, a form, the reasons of a doubt, and the
    people whose ties the recusal check compares."""
    return [
        Missing(sentence, who=COORDINATOR, page="reviews.edit")
        for sentence, is_there in points(review).items()
        if not is_there
    ]


def points(review: CaseReview) -> dict[str, bool]:
    """Each sentence of the list, and whether it is settled."""
    case = review.legal_case
    others = case.involved_as(InvolvedAs.PARTY, InvolvedAs.VICTIM)
    return {
        N_("原案的处理结果尚未生效，不能评查。"): review.item.legal_stage is LegalStage.EFFECTIVE,
        N_("尚未登记信访人的诉求。"): bool(review.item.requests),
        N_("尚未选择评查表。"): review.template in TEMPLATE_LABELS,
        N_("已标为存疑，但没有写明存疑情形。"): not review.doubt_flag or bool(review.doubt_reasons),
        N_("尚未登记原案承办人，无法审查回避。"): bool(case.involved_as(InvolvedAs.OFFICER)),
        N_("尚未登记对方当事人，无法审查回避。"): bool(others) or review.template == ADMINISTRATIVE,
        N_("尚未填写案情摘要，专家签署声明前只能看到它。"): bool(review.summary.strip()),
    }
