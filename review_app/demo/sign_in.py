"""What is printed at the start: who can sign in, with what, and what waits for each."""

from dataclasses import dataclass

from review_app.demo.office import Office
from review_app.demo.people import OFFICIALS, PASSWORD


@dataclass(frozen=True)
class SignInLine:
    role: str
    name: str
    login: str
    password: str
    note: str = ""


def sign_in_lines(office: Office) -> list[SignInLine]:
    return [SignInLine(official.post, official.name, official.login, PASSWORD) for official in OFFICIALS]
