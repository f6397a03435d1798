"""Step 1: the coordinator signs in and registers the review."""

import re
from typing import Any

from review_app.demo.names import id_number
from review_app.demo.narratives import InvolvedText
from review_app.reviews.states import InvolvedAs, ReviewState
from tests.chromium.main_job.story import Story

FORM = "main form.sheet-form"


def register(story: Story) -> None:
    hands = story.hands.sign_in(story.people["coord"])
    hands.follow("登记评查")
    add_rows(story)
    hands.fill(FORM, particulars(story))
    hands.press("重新计算")
    assert "按规则为5人，依据：" in hands.text
    hands.press("保存登记", ".submit-row")
    story.review_id = int(re.findall(r"/reviews/(\d+)", hands.window.path)[0])
    story.go_on(ReviewState.INTAKE)
    review = story.review
    assert (review.state, review.size, review.doubt_flag) == (ReviewState.INTAKE, 5, True)
    assert [line.text for line in review.item.requests] == [one.text for one in story.told.requests]


def people_of(story: Story) -> list[InvolvedText]:
    return [one for one in story.told.involved if one.role is not InvolvedAs.PETITIONER]


def add_rows(story: Story) -> None:
    """A row for every request and everybody involved; what is typed stays when a row is added."""
    hands = story.hands.fill(FORM, {"item_no": story.told.item.item_no})
    for _ in story.told.requests[1:]:
        hands.press("添加诉求")
    buttons = {"OFFICER": "添加承办人", "PARTY": "添加当事人", "COUNSEL": "添加代理人"}
    for one in people_of(story):
        hands.press(buttons[one.role])
    assert hands.window.find("[name=item_no]").get_attribute("value") == story.told.item.item_no


def particulars(story: Story) -> dict[str, Any]:
    told = story.told
    item, case, petitioner = told.item, told.legal_case, told.petitioner
    values: dict[str, Any] = {
        "title": told.title, "channel": item.channel, "received_on": item.received_on, "place": item.place,
        "repeats": item.repeats, "petitioner_name": petitioner.name, "gender": petitioner.gender,
        "birth_year": petitioner.birth_year, "id_number": id_number(petitioner.birth_year, 11),
        "phone": petitioner.phone, "address": petitioner.address, "facts": item.facts, "reasons": item.reasons,
        "petition_history": item.history, "legal_stage": item.legal_stage,
        "reviewed_org": story.organs[case.organ].id, "case_no": case.case_no, "case_name": case.case_name,
        "cause": case.cause, "stage": case.stage, "subkind": told.subkind, "last_document": case.last_document,
        "last_document_on": case.last_document_on, "act_on": case.act_on, "effective_on": case.effective_on,
        "amount": case.amount, "result": case.result, "case_history": case.history, "template": told.template,
        "doubt_reasons": told.doubt, "doubt_note": told.doubt_note, "size": 0, "summary": told.summary,
    }  # fmt: skip
    for place, request in enumerate(told.requests):
        values[f"requests-{place}"] = request.text
    for place, one in enumerate(people_of(story)):
        values |= {f"participants-{place}-{name}": value for name, value in row_of(story, one).items()}
    return values


def row_of(story: Story, one: InvolvedText) -> dict[str, Any]:
    number = id_number(one.birth_year, one.serial) if one.birth_year and one.serial else ""
    return {
        "name": one.name, "part": one.part, "organisation": story.organs[one.org].id if one.org else 0,
        "post": one.post, "id_number": number, "is_organisation": one.organisation,
    }  # fmt: skip
