"""A form made from the questions of the archive or the profile. It shows; reading is the operation's work."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from zhiping.achievements.record import typed_value
from zhiping.achievements.schema import Field
from zhiping.web.forms import PlatformForm


class RecordForm(PlatformForm):
    """One control for each question, filled with `values` (text as typed, or typed values of a version)."""

    use_required_attribute = False  # a draft may be incomplete

    def __init__(self, questions: Iterable[Field], values: Mapping[str, Any]) -> None:
        super().__init__({}, prefix=None)
        for question in questions:
            self.fields[question.name] = _control(question)
        self.data = {name: typed_value(values.get(name)) for name in self.fields}

    def full_clean(self) -> None:
        """No check of its own: the sentences come from the operation."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Put each sentence beside its field; what belongs to no field stands above."""
        for name, sentence in errors.items():
            self.add_error(name if name in self.fields else None, sentence)


def _control(question: Field) -> forms.Field:
    said = {"label": question.label, "required": not question.optional, "help_text": question.hint}
    if question.type in {"choice", "boolean"}:
        return forms.ChoiceField(choices=[("", "请选择"), *question.options], **said)
    if question.is_long:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **said)
    attributes = {"autocomplete": "off"}
    if question.type == "date":
        said["help_text"] = question.hint or "例如 2018-06-30；只知道月份的写 2018-06。"
    if question.type in {"integer", "number"}:
        attributes["inputmode"] = "decimal"
    return forms.CharField(widget=forms.TextInput(attrs=attributes), **said)
