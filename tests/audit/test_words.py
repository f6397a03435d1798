import re
from pathlib import Path

from flask import Flask

import review_app
from review_app.own_cases.states import OwnCaseState
from review_app.web.audit.words import action_words

ACTION = re.compile(r'action="([a-z_.-]+)"')


def test_every_action_of_the_log_has_words(app: Flask) -> None:
    sources = Path(review_app.__file__).parent.rglob("*.py")
    actions = {action for source in sources for action in ACTION.findall(source.read_text("utf-8"))}

    actions |= {f"own_cases.{state.lower()}" for state in OwnCaseState}

    with app.test_request_context():
        wordless = sorted(action for action in actions if action_words(action) == action)

    assert wordless == []
    assert "form.sign" in actions
