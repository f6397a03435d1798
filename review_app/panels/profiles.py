"""From the database to the measures of matching: what each expert knows, did and has time for.

Nothing of any evaluation, ballot or grade is read here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from review_app import rulebook
from review_app.experts.models import Expert
from review_app.panels import track_record
from review_app.panels.board import Candidate
from review_app.panels.fitness import Fit, Profile, Theme, fit_of, theme_of
from review_app.panels.preferred import preferred_specialties
from review_app.panels.shared import Shared
from review_app.reviews.models import CaseReview
from review_app.rulebook.matching import MatchingRules

NOTHING_KNOWN = 500
"""per mille in time of somebody of whom no finished form is known"""


@dataclass(frozen=True)
class TrackRecord:
    """Forms in time (per mille) and finished panels by template, by expert number; read once for many cases."""

    on_time: Mapping[str, int]
    finished: Mapping[str, Mapping[str, int]]


def track_record_of(session: Session, pool: Iterable[Expert]) -> TrackRecord:
    """What the events of earlier panels say about the experts."""
    return TrackRecord(track_record.timeliness(session, pool), track_record.experience(session))


def fits_of(
    review: CaseReview,
    candidates: Iterable[Candidate],
    *,
    shared: Shared,
    track: TrackRecord,
    rules: MatchingRules,
    on: date,
) -> tuple[Fit, ...]:
    """The measures of every candidate for one review, by expert number."""
    theme = theme_of_review(review, rules)
    experts = {one.expert_no: one for one in shared.pool}
    people = sorted(candidates, key=lambda one: one.expert_no)
    return tuple(
        fit_of(profile_of(experts[one.expert_no], one, review, shared, track, rules, on), theme, rules)
        for one in people
    )


def theme_of_review(review: CaseReview, rules: MatchingRules) -> Theme:
    """What the case is about: its kind, cause and the summary written without names."""
    case, template = review.legal_case, rulebook.load(review.rule_version).templates[review.template]
    return theme_of(
        review.template,
        matching=frozenset(template.specialties),
        preferred=frozenset(preferred_specialties(review.template, case.subkind, case.cause)),
        words=" ".join([template.zh, case.subkind, case.cause, review.summary]),
        rules=rules,
    )


def profile_of(
    expert: Expert,
    candidate: Candidate,
    review: CaseReview,
    shared: Shared,
    track: TrackRecord,
    rules: MatchingRules,
    on: date,
) -> Profile:
    templates = rulebook.load(review.rule_version).templates
    kinds = [templates[one].zh for one in expert.case_types or () if one in templates]
    since = on - timedelta(days=rules.rotation.days)
    return Profile(
        expert_no=expert.expert_no,
        specialties=frozenset(candidate.specialties),
        levels={one.specialty: one.level for one in candidate.specialty_levels},
        case_types=frozenset(expert.case_types or ()),
        words=" ".join([*candidate.specialties, *kinds, expert.post]),
        finished=track.finished.get(expert.expert_no, {}),
        panels_lately=sum(day >= since for _organ, day in shared.served_elsewhere(expert, review)),
        on_time=track.on_time.get(expert.expert_no, NOTHING_KNOWN),
        served_often=candidate.served_often,
    )
