"""What a review is about, part by part, as a question for cases like it."""

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from review_app.errors import N_
from review_app.precedents.library import Asked
from review_app.precedents.models import Precedent
from review_app.reviews.models import CaseReview
from search_index.citations import articles_in

LONGEST_LIKE = 20_000  # characters of a case that similar cases are looked for with


class ReviewPart(StrEnum):
    """A part of a review that cases may be like. The first four are texts."""

    FACTS = "facts"
    REASONS = "reasons"
    REQUESTS = "requests"
    RESULT = "result"
    LAW = "law"
    CAUSE = "cause"


REVIEW_PART_LABELS = {
    ReviewPart.FACTS: N_("事实"),
    ReviewPart.REASONS: N_("理由（争议点）"),
    ReviewPart.REQUESTS: N_("诉求"),
    ReviewPart.RESULT: N_("原处理结果"),
    ReviewPart.LAW: N_("所涉法条"),
    ReviewPart.CAUSE: N_("案由"),
}

TEXTS = (ReviewPart.FACTS, ReviewPart.REASONS, ReviewPart.RESULT, ReviewPart.REQUESTS)


def parts_of(review: CaseReview) -> dict[ReviewPart, tuple[str, ...]]:
    """What the review says under each part, in its own words; parts that say nothing are left out."""
    item, case = review.item, review.legal_case
    said = {
        ReviewPart.FACTS: (item.facts,),
        ReviewPart.REASONS: (item.reasons,),
        ReviewPart.REQUESTS: tuple(request.text for request in item.requests),
        ReviewPart.RESULT: (case.result,),
        ReviewPart.LAW: articles_in("\n".join((item.facts, item.reasons, case.result))),
        ReviewPart.CAUSE: (case.cause,),
    }
    kept = {part: tuple(text for text in texts if text.strip()) for part, texts in said.items()}
    return {part: texts for part, texts in kept.items() if texts}


def chosen_parts(asked: Asked) -> frozenset[ReviewPart]:
    """The parts a question is to be built of: those ticked, with all texts where no text is ticked."""
    known = frozenset(ReviewPart(part) for part in asked.parts if part in list(ReviewPart))
    if not known:
        return frozenset(ReviewPart)
    return known if known & set(TEXTS) else known | set(TEXTS)


def asked_like(asked: Asked, review: CaseReview) -> Asked:
    """The question for cases like the review: text, articles and cause of the chosen parts. A cause the person states
    goes before the review's own."""
    said, wanted = parts_of(review), chosen_parts(asked)
    return replace(
        asked,
        like=text_of(said, wanted),
        like_laws=said.get(ReviewPart.LAW, ()) if ReviewPart.LAW in wanted else (),
        like_causes=asked.like_causes
        or (said.get(ReviewPart.CAUSE, ()) if ReviewPart.CAUSE in wanted else ()),
    )


def asked_like_case(asked: Asked, precedent: Precedent) -> Asked:
    """The question for cases like a case of the library: its facts and reasoning, its articles and causes."""
    told = "\n".join(part for part in (precedent.facts, precedent.reasoning) if part) or precedent.text
    return replace(
        asked,
        like=told[:LONGEST_LIKE],
        like_laws=tuple(precedent.law_refs),
        like_causes=asked.like_causes or tuple(precedent.causes),
    )


def text_of(said: dict[ReviewPart, tuple[str, ...]], wanted: Collection[ReviewPart]) -> str:
    """The chosen texts, the cause before them."""
    order = (ReviewPart.CAUSE, *TEXTS)
    return "\n".join(text for part in order if part in wanted for text in said.get(part, ()))
