"""The walk of each review, in days before the demo's start. Each stops where somebody should find it waiting."""

from collections.abc import Iterator
from datetime import datetime

from review_app.demo.beginning import (
    answer_invitations,
    ask_for_recusal,
    collect,
    go,
    open_draw,
    register,
    tell_both,
    witness,
)
from review_app.demo.concluding import (
    release,
    reply,
    resolve,
    serve,
    settle_some,
    sign_by_all,
    write_opinion,
)
from review_app.demo.judging import (
    advise,
    answer_findings,
    chair_goes,
    consolidate,
    discuss,
    hear_petitioner,
    lead_goes,
    search_precedents,
    vote_all,
    write_down,
)
from review_app.demo.narratives import Narrative
from review_app.demo.office import Office
from review_app.demo.own_cases import hand_over, let_in
from review_app.demo.reading import fill_in, forms_of, sign_off
from review_app.demo.saved_searches import follow_new_cases
from review_app.demo.timeline import Walk
from review_app.panels.states import DrawMethod
from review_app.reviews.states import ReviewState as S


def walks(office: Office) -> list[Walk]:
    told = office.told
    return [
        enforcement(office, told["case1"]),
        traffic(office, told["case2"]),
        expropriation(office, told["case3"]),
        labour(office, told["case4"]),
        assault(office, told["case5"]),
        deposit(office, told["case6"]),
        street_stall(office, told["case7"]),
        lorry(office, told["case8"]),
        only_due(office, told["due"]),
        intake(office, told["intake"]),
        files(office, told["files"]),
        draw(office, told["draw"]),
        notice(office, told["notice"]),
        backlog(office, told["loan"], begin=18),
        backlog(office, told["wages"], begin=17),
        follow_new_cases(office),
    ]


def to_reading(office: Office, told: Narrative, *, begin: int) -> Iterator[datetime]:
    """Registration to reading, in 17 days."""
    yield office.before(begin)
    review = register(office, told)
    yield office.before(begin, 10)
    go(office, review, S.INTAKE)
    yield office.before(begin - 1)
    go(office, review, S.FILES)
    yield office.before(begin - 5, 14)
    collect(office, told, review)
    yield office.before(begin - 6, 10)
    go(office, review, S.DRAW)
    yield office.before(begin - 8, 9)
    witness(office, open_draw(office, review))
    yield office.before(begin - 11, 16)
    answer_invitations(office, review)
    yield office.before(begin - 12, 9)
    go(office, review, S.NOTICE)
    yield office.before(begin - 12, 15)
    tell_both(office, review, waive=True)
    yield office.before(begin - 14, 9)
    go(office, review, S.READING)


def all_read(office: Office, told: Narrative, *, begin: int, days: int) -> Iterator[datetime]:
    """Every member fills and signs, one after the other."""
    review = office.reviews[told.key]
    for member, form in enumerate(forms_of(office, review)):
        yield office.before(begin - min(member, days - 1), 11 + member)
        sign_off(office, fill_in(office, told, form, member))


def to_deliberation(office: Office, told: Narrative, *, begin: int) -> Iterator[datetime]:
    """Findings merged, both sides heard, in 8 days."""
    review = office.reviews[told.key]
    yield office.before(begin)
    go(office, review, S.DRAFT)
    yield office.before(begin - 1, 10)
    consolidate(office, told, review)
    if told.queries:
        yield office.before(begin - 1, 15)
        search_precedents(office, told, review)
    yield office.before(begin - 2)
    lead_goes(office, review, S.HEARING)
    yield office.before(begin - 4, 10)
    hear_petitioner(office, told, review)
    discuss(office, review)
    yield office.before(begin - 5, 15)
    answer_findings(office, told, review)
    yield office.before(begin - 7)
    go(office, review, S.DELIBERATION)


def to_opinion(office: Office, told: Narrative, *, begin: int) -> Iterator[datetime]:
    """Session, ballots, minutes, opinion signed by all, in 4 days."""
    review = office.reviews[told.key]
    yield office.before(begin, 9)
    vote_all(office, told, review)
    yield office.before(begin, 16)
    write_down(office, told, review)
    advise(office, told, review)
    yield office.before(begin - 1)
    chair_goes(office, review, S.OPINION)
    yield office.before(begin - 2, 15)
    write_opinion(office, told, review)
    yield office.before(begin - 3, 10)
    sign_by_all(office, review)
    yield office.before(begin - 4)
    lead_goes(office, review, S.SIGNOFF)


def to_reply(office: Office, told: Narrative, *, begin: int) -> Iterator[datetime]:
    """Released, served, open for the organ's reply, in 2 days."""
    review = office.reviews[told.key]
    yield office.before(begin)
    release(office, review)
    yield office.before(begin - 1, 10)
    serve(office, review)
    yield office.before(begin - 2)
    go(office, review, S.RECTIFY)


def enforcement(office: Office, told: Narrative) -> Iterator[datetime]:
    """Case 1, to the follow-up: replied, enforcement resumed, not resolved yet."""
    yield from to_reading(office, told, begin=110)
    yield from all_read(office, told, begin=94, days=6)
    yield from to_deliberation(office, told, begin=86)
    yield from to_opinion(office, told, begin=77)
    yield from to_reply(office, told, begin=71)
    review = office.reviews[told.key]
    yield office.before(45, 15)
    reply(office, told, review)
    yield office.before(43)
    go(office, review, S.FOLLOWUP)
    yield office.before(12, 10)
    settle_some(office, review, everything=False)
    yield office.before(3, 10)
    resolve(office, told, review)


def traffic(office: Office, told: Narrative) -> Iterator[datetime]:
    """Case 2, to the deliberation: the chair opens the session."""
    yield from to_reading(office, told, begin=40)
    yield from all_read(office, told, begin=23, days=8)
    yield from to_deliberation(office, told, begin=13)


def expropriation(office: Office, told: Narrative) -> Iterator[datetime]:
    """Case 3, to the sign-off: the leader releases."""
    yield from to_reading(office, told, begin=52)
    yield from all_read(office, told, begin=36, days=7)
    yield from to_deliberation(office, told, begin=24)
    yield from to_opinion(office, told, begin=6)


def labour(office: Office, told: Narrative) -> Iterator[datetime]:
    """Case 4, in reading: one form is signed, one begun, one empty."""
    yield from to_reading(office, told, begin=21)
    forms = forms_of(office, office.reviews[told.key])
    yield office.before(4, 11)
    sign_off(office, fill_in(office, told, forms[0], 0))
    yield office.before(2, 15)
    fill_in(office, told, forms[1], 1)


def assault(office: Office, told: Narrative) -> Iterator[datetime]:
    """Case 5, escalated: the coordinator says how it goes on."""
    yield from to_reading(office, told, begin=46)
    yield from all_read(office, told, begin=29, days=7)
    yield from to_deliberation(office, told, begin=18)
    review = office.reviews[told.key]
    yield office.before(5, 9)
    vote_all(office, told, review)
    yield office.before(5, 16)
    write_down(office, told, review)
    advise(office, told, review)
    yield office.before(3)
    chair_goes(office, review, S.ESCALATED)


def deposit(office: Office, told: Narrative) -> Iterator[datetime]:
    """Case 6, waiting for the court's reply."""
    yield from to_reading(office, told, begin=60)
    yield from all_read(office, told, begin=44, days=4)
    yield from to_deliberation(office, told, begin=38)
    yield from to_opinion(office, told, begin=29)
    yield from to_reply(office, told, begin=23)


def street_stall(office: Office, told: Narrative) -> Iterator[datetime]:
    """Case 7, closed and archived; its text for the library waits for the second check."""
    yield from to_archive(office, told, begin=120)
    yield office.before(2, 15)
    hand_over(office, office.reviews[told.key])


def lorry(office: Office, told: Narrative) -> Iterator[datetime]:
    """Case 8, closed and archived, in the library as a case of the platform's own."""
    yield from to_archive(office, told, begin=126)
    yield office.before(24, 10)
    own = hand_over(office, office.reviews[told.key])
    yield office.before(22, 15)
    let_in(office, own)


def to_archive(office: Office, told: Narrative, *, begin: int) -> Iterator[datetime]:
    """From registration to the archive, in 92 days."""
    yield from to_reading(office, told, begin=begin)
    yield from all_read(office, told, begin=begin - 16, days=4)
    yield from to_deliberation(office, told, begin=begin - 22)
    yield from to_opinion(office, told, begin=begin - 31)
    yield from to_reply(office, told, begin=begin - 37)
    review = office.reviews[told.key]
    yield office.before(begin - 54, 15)
    reply(office, told, review)
    yield office.before(begin - 56)
    go(office, review, S.FOLLOWUP)
    yield office.before(begin - 90, 10)
    settle_some(office, review, everything=True)
    resolve(office, told, review)
    yield office.before(begin - 92)
    go(office, review, S.CLOSED)


def only_due(office: Office, told: Narrative) -> Iterator[datetime]:
    yield office.before(1, 15)
    register(office, told)


def intake(office: Office, told: Narrative) -> Iterator[datetime]:
    yield office.before(3, 14)
    review = register(office, told)
    yield office.before(2, 9)
    go(office, review, S.INTAKE)


def files(office: Office, told: Narrative) -> Iterator[datetime]:
    """The court's liaison should upload the file."""
    yield from to_files(office, told, begin=9)


def to_files(office: Office, told: Narrative, *, begin: int) -> Iterator[datetime]:
    yield office.before(begin)
    review = register(office, told)
    go(office, review, S.INTAKE)
    yield office.before(begin - 1)
    go(office, review, S.FILES)


def draw(office: Office, told: Narrative) -> Iterator[datetime]:
    """The draw is open and waits for its witness."""
    yield from to_files(office, told, begin=16)
    review = office.reviews[told.key]
    yield office.before(8, 14)
    collect(office, told, review)
    yield office.before(2, 9)
    go(office, review, S.DRAW)
    yield office.before(1, 16, 40)
    open_draw(office, review)


def backlog(office: Office, told: Narrative, *, begin: int) -> Iterator[datetime]:
    """Waits for its panel, which is planned together with that of others."""
    yield from to_files(office, told, begin=begin)
    review = office.reviews[told.key]
    yield office.before(9, 15)
    collect(office, told, review)
    yield office.before(2, 10)
    go(office, review, S.DRAW)


def notice(office: Office, told: Narrative) -> Iterator[datetime]:
    """The panel is matched, its names are told; the petitioner asks for a recusal, which the leader decides."""
    yield from to_files(office, told, begin=19)
    review = office.reviews[told.key]
    yield office.before(13, 14)
    collect(office, told, review)
    yield office.before(11)
    go(office, review, S.DRAW)
    yield office.before(10)
    witness(office, open_draw(office, review, DrawMethod.MATCH))
    yield office.before(7, 16)
    answer_invitations(office, review)
    yield office.before(2, 9)
    go(office, review, S.NOTICE)
    tell_both(office, review, waive=False)
    yield office.before(1, 10)
    ask_for_recusal(office, review)
