"""What papers that leave the office must not show: the people of the matter, their numbers and homes, the panel."""

from collections.abc import Iterable, Sequence

from review_app.masking.kinds import DatumKind
from review_app.masking.names import mask_name
from review_app.masking.texts import Datum, address_masked, names_masked, values_masked
from review_app.reviews.faces import private_people
from review_app.reviews.models import CaseReview


def private_data(review: CaseReview, people: Iterable[Sequence[str]]) -> list[Datum]:
    """What the circulated copy masks: ``people`` as they were when the opinion was signed (张某甲, 李某乙), and the
    petitioner's numbers and home as registered (最高人民法院关于人民法院在互联网公布裁判文书的规定（2016）第10条)."""
    petitioner = review.item.petitioner
    named = names_masked(people)
    return [
        *named,
        *screen_names(named),
        *address_masked(petitioner.address or ""),
        *values_masked(DatumKind.ID_NUMBER, [petitioner.id_number], "（证件号略）"),
        *values_masked(DatumKind.PHONE, [petitioner.phone], "（电话略）"),
    ]


def screen_names(named: Sequence[Datum]) -> list[Datum]:
    """What pages call the same people (秦某田), for panels copy it from there: one person, one name in one paper.
    What could be two people, or is somebody's new name, is left alone; 秦某 alone says too little to be replaced."""
    shown = [(mask_name(datum.value), datum.mask) for datum in named]
    taken = {datum.mask for datum in named}
    return [
        Datum(DatumKind.PERSON, name, mask)
        for name, mask in dict.fromkeys(shown)
        if len(name) > 2 and name not in taken and len({each for other, each in shown if other == name}) == 1
    ]


def panel_names(review: CaseReview) -> list[Datum]:
    """Members of the panel: no paper that leaves the office names them."""
    return [
        Datum(DatumKind.PERSON, seat.person.name, seat.person.name)
        for seat in review.accesses
        if len(seat.person.name) > 1
    ]


def never_served(review: CaseReview, people: Iterable[Sequence[str]]) -> list[Datum]:
    """What no file served on the organ may hold anywhere."""
    return [*private_data(review, people), *panel_names(review)]


def never_told(review: CaseReview) -> list[Datum]:
    """What no file for the petitioner may hold: other people of the case, his own numbers and home, the panel."""
    own = review.item.petitioner.name
    others = [names for names in private_people(review) if own not in names]
    return never_served(review, others)
