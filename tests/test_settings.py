"""Settings stop the start when they are wrong."""

from pathlib import Path

import pytest

from review_app.errors import ReviewError
from review_app.settings import Settings, read_settings


def test_settings_come_from_the_environment_and_given_values_win() -> None:
    environment = {
        "YIAN_DATA": "/srv/yian",
        "YIAN_SECURE_COOKIES": "False",
        "YIAN_SESSION_HOURS": "4",
        "HOME": "/",
    }

    read = read_settings(environment, language="en", tenant=None)

    assert read == Settings(data=Path("/srv/yian"), secure_cookies=False, session_hours=4, language="en")
    assert read.url == "sqlite:////srv/yian/yian.db"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"YIAN_DATTA": "x"}, "不认识的设置 YIAN_DATTA"),
        ({"YIAN_DEMO": "yes"}, "YIAN_DEMO 只能写 True 或 False"),
        ({"YIAN_SESSION_HOURS": "ten"}, "YIAN_SESSION_HOURS 应为整数"),
        ({"YIAN_LANGUAGE": "fr"}, "只能是 zh 或 en"),
    ],
)
def test_wrong_settings_stop_the_start_with_a_sentence(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(ReviewError, match=sentence):
        read_settings(environment)
