"""Forms: they parse and they show again what was typed. Saving is an operation's work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.forms.renderers import TemplatesSetting

from zhiping.documents.glyphs import UnprintableError, require_printable, without_unseen
from zhiping.kernel.errors import Refused

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def refuse_strange_day(day: date) -> None:
    """Days with which no calendar of ours reckons are slips of the keyboard (or worse)."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError(f"年份应在 {FIRST_DAY.year} 到 {LAST_DAY.year} 之间，请核对日期。")


def keep_printable(field: forms.CharField) -> None:
    """Let a field read its text as it can be printed; a character without a shape is named.

    A password is a secret, not a text: it is never printed.
    """
    if isinstance(field.widget, forms.PasswordInput) or refuse_unprintable in field.validators:
        return
    read = field.to_python
    field.to_python = lambda value: without_unseen(read(value)) if value else read(value)  # type: ignore[method-assign]
    field.validators.append(refuse_unprintable)


def refuse_unprintable(text: str) -> None:
    try:
        require_printable(text)
    except UnprintableError as refusal:
        raise forms.ValidationError(refusal.sentence) from None


class FieldRenderer(TemplatesSetting):
    """Label, hint, error, control, in this order, for every form of the platform (ui.md §5 no. 10)."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def sentences_for(field: forms.Field, label: str) -> dict[str, str]:
    """Error sentences that say what is wrong and what to do, by kind of error."""
    if isinstance(field, forms.BooleanField):
        return {"required": f"请先勾选“{label}”。"}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        gone = f"“{label}”里没有这一项，请从列出的里面选。"
        return {"required": f"请选择{label}。", "invalid_choice": gone}
    if isinstance(field, forms.FileField):
        empty = "这个文件是空的，请另选一个。"
        return {
            "required": f"请选择{label}的文件。",
            "empty": empty,
            "invalid": "没有收到文件，请重新选择后再提交。",
        }
    said = {"required": f"请填写{label}。"}
    if isinstance(field, forms.DateField):
        said["invalid"] = f"{label}不是一个日期。请写成 2026-03-09 这样。"
    elif isinstance(field, forms.IntegerField):
        said["invalid"] = f"{label}要填数字，不带单位和标点。"
    return said


class PlatformForm(forms.Form):
    """A form whose error sentences name the field and which can show an operation's refusal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            standing = _standard_messages(type(field))
            for code, sentence in sentences_for(field, str(field.label or name)).items():
                if field.error_messages.get(code) == standing.get(code):
                    field.error_messages[code] = sentence
            if isinstance(field, forms.DateField):
                field.validators.append(refuse_strange_day)
            if type(field.widget) is forms.DateInput:
                field.widget = forms.DateInput(
                    format="%Y-%m-%d", attrs={**field.widget.attrs, "type": "date"}
                )

    def full_clean(self) -> None:
        """Read what was sent; here, because some forms add fields of their own after they were made."""
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                keep_printable(field)
        super().full_clean()

    def add_refusal(self, refusal: Refused) -> None:
        """Show why an operation said no: beside its field if the form has it, else above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    @contextmanager
    def showing_refusals(self) -> Iterator[None]:
        """Undo what was done inside if it is refused, and show the refusal in the form.

        The block runs the operation and returns the next page; after a refusal the code below it shows this one again.
        """
        try:
            with transaction.atomic():
                yield
        except Refused as refusal:
            self.add_refusal(refusal)


def _standard_messages(kind: type[forms.Field]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        merged |= getattr(each, "default_error_messages", {})
    return merged
