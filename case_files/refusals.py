"""The sentences with which this room turns something away."""

Fact = str | int | float


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a sentence or label that is translated where it is shown."""
    return sentence


class CaseFileError(Exception):
    """Something a person must read: what happened and what to do.

    `sentence` is a Chinese message id with `%(name)s` slots, `facts` are the values of the slots; `str()`
    gives the finished Chinese sentence. Facts are strings or numbers: a refusal can cross a process border.
    """

    def __init__(self, sentence: str, **facts: Fact) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence % self.facts if self.facts else self.sentence


class FileRefused(CaseFileError):
    """A file that must not enter the case file."""


class SecrecyMarkFound(FileRefused):
    """A file that bears a state-secret mark; the attempt is to be reported (保密法 arts 14, 17, 20)."""


class FileDamaged(CaseFileError):
    """A stored file is missing or its bytes are no longer those that were put in."""


class QuotationRefused(CaseFileError):
    """A quotation that is outside its page, or too short or too long to serve as evidence."""
