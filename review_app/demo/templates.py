"""A change of a form template under way: proposed by the coordinator, waiting for the leader."""

from review_app.demo.office import Office
from review_app.form_templates.editing import with_field, with_typed
from review_app.form_templates.service import begin_version, data_of, propose, save_version
from review_app.form_templates.states import FieldKind

CHANGED = "EXE"


def propose_change(office: Office) -> None:
    """The enforcement form asks besides whether the creditor was told of the search for property."""
    version = begin_version(office.session, CHANGED, by=office.coordinator, now=office.now)
    data, code = with_field(data_of(version), FieldKind.SINGLE)
    typed = {
        f"fields.{code}.zh": ["是否向申请执行人告知财产查控结果"],
        f"fields.{code}.en": ["Was the creditor told what the search for property found?"],
        f"fields.{code}.help_zh": ["查执行日志、告知笔录和送达回证。"],
        f"fields.{code}.help_en": ["See the enforcement log, the record of notice and the proof of service."],
        f"fields.{code}.choices": ["YES|已告知|Told\nNO|未告知|Not told"],
        f"fields.{code}.may_not_apply": ["1"],
        "dimensions.D7.help_zh": ["逐项核对查询、查封、扣押、冻结、处分、发放六个环节。"],
        "dimensions.D7.help_en": ["Check search, seizure, freezing, disposal and payment one by one."],
    }
    save_version(
        office.session, version, with_typed(data, typed), edition=version.edition, by=office.coordinator,
        now=office.now,
    )  # fmt: skip
    propose(
        office.session, version, reason="近期多件执行案件反映未告知财产查控结果，建议在评查表中单列。",
        by=office.coordinator, now=office.now,
    )  # fmt: skip
