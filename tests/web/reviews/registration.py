"""A filled registration form, for the tests of its pages."""

from typing import Any

from review_app.organisations.models import Organisation


def filled(organ: Organisation, **values: Any) -> dict[str, Any]:
    """Everything a coordinator types for a sound registration."""
    return {
        "item_no": "XF3799812023061300017",
        "title": "秦大田反映买卖合同纠纷执行案件",
        "channel": "ONLINE",
        "received_on": "2023-06-13",
        "petitioner_name": "秦大田",
        "requests-0": "请求恢复执行。",
        "legal_stage": "EFFECTIVE",
        "reviewed_org": organ.id,
        "case_no": "（2020）海0799执1187号",
        "cause": "执行实施",
        "last_document": "终结本次执行程序裁定书",
        "last_document_on": "2020-09-28",
        "template": "EXE",
        "doubt_reasons": ["NEW_EVIDENCE"],
        "summary": "一起买卖合同纠纷执行案件，申请执行人反映终结本次执行程序不当。",
        **values,
    }
