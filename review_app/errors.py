"""What can go wrong, said in sentences a person can act on."""


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a Chinese sentence or label for translation where it is defined."""
    return sentence


class ReviewError(Exception):
    """Something a person can put right. ``sentence`` is a Chinese message id with ``%(name)s`` slots,
    ``facts`` fill them; ``str()`` gives the filled Chinese sentence."""

    def __init__(self, sentence: str, **facts: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts

    def __str__(self) -> str:
        return self.sentence % self.facts if self.facts else self.sentence


class NotAllowed(ReviewError):
    """The person may not do this. Pages answer "not found" and the attempt goes to the audit log."""

    def __init__(self, sentence: str = "您没有进行此操作的权限。", **facts: object) -> None:
        super().__init__(sentence, **facts)


class EditConflict(ReviewError):
    """Somebody else saved the same thing meanwhile; ``theirs`` maps field names to what they saved."""

    def __init__(
        self,
        sentence: str = "您编辑期间，他人已保存新的内容。您输入的内容仍在下方，请核对后再次保存。",
        *,
        theirs: dict[str, object] | None = None,
        **facts: object,
    ) -> None:
        super().__init__(sentence, **facts)
        self.theirs = theirs or {}
