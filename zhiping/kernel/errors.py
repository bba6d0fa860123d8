"""The two ways in which the platform says no."""


class Forbidden(Exception):
    """The actor may not do this at all; pages answer 403."""


class Refused(Exception):
    """Not now, not so: a Chinese sentence for the person that says what is wrong and what to do.

    `field` names the form field the sentence belongs to, if there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
