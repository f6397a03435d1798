"""What a thread is about, in words and as a choice of a form (``finding-3``, ``dimension-D1``, ``question-7``)."""

from flask_babel import gettext

from review_app.deliberations.queries import findings_of, present_session
from review_app.deliberations.states import QUESTION_LABELS
from review_app.discussions.models import Thread
from review_app.discussions.service import Subject
from review_app.discussions.states import ABOUT_LABELS, About
from review_app.form_templates.reading import catalogue_of, rules_of
from review_app.reviews.models import CaseReview
from review_app.web.deliberations.words import finding_name
from review_app.web.evaluations.desk import in_words
from review_app.web.request import session

WHOLE = "review"


def subjects_of(review: CaseReview) -> dict[str, tuple[str, Subject]]:
    """Everything of the review that can be discussed: value → name and subject."""
    found = {WHOLE: (str(gettext(ABOUT_LABELS[About.REVIEW])), Subject())}
    for finding in findings_of(session(), review):
        name = f"{finding.code} {finding_name(finding)} {finding.locus}".strip()[:80]
        found[f"finding-{finding.id}"] = name, Subject(finding=finding)
    for code, dimension in rules_of(review).dimensions.items():
        found[f"dimension-{code}"] = f"{code} {in_words(dimension)}", Subject(dimension=code)
    deliberation = present_session(session(), review)
    for question in deliberation.questions if deliberation else []:
        if question.finding is None:
            name = str(gettext(QUESTION_LABELS[question.kind]))
            if question.measure:
                name += f" {in_words(rules_of(review).measures[question.measure])}"
            found[f"question-{question.id}"] = name, Subject(question=question)
    return found


def subject_name(thread: Thread) -> str:
    """What the thread is about, in the reader's language."""
    if thread.finding:
        return f"{thread.finding.code} {finding_name(thread.finding)}"
    if thread.item:
        catalogue = catalogue_of(thread.review)
        return f"{thread.item} {in_words(catalogue.deductions[thread.item])}"
    if thread.dimension:
        return f"{thread.dimension} {in_words(rules_of(thread.review).dimensions[thread.dimension])}"
    if thread.question:
        return str(gettext(QUESTION_LABELS[thread.question.kind]))
    return ""


def title_of(thread: Thread) -> str:
    """Its title; a thread that the rules opened is named by what it is about."""
    if thread.by_itself:
        return str(gettext("%(item)s：各成员扣分相差较大", item=subject_name(thread)))
    return thread.title
